/** Urdu, with exactly the keys of English: the compiler refuses a missing or a foreign one. */
import { urScreens } from './ur-screens.ts';
import { urShell } from './ur-shell.ts';

export const ur = { ...urShell, ...urScreens };
