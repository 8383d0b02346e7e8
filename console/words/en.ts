/** English, the first language of the console and the list of all keys. */
import { enScreens } from './en-screens.ts';
import { enShell } from './en-shell.ts';

export const en = { ...enShell, ...enScreens } as const;
