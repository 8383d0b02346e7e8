/** An officer opened the sealed answers of a form, to judge whether those whom it names are fit: which filing, by its hash, and why; never what was seen. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const answersOpened = entryKind({
  kind: 'answers-opened', version: 1, owner: 'vault', readers: ['insight'], control: false,
  body: z.strictObject({ firm: z.string().max(80), form: z.string().max(60), about: z.string().max(60), sealed: z.string(), reason: z.string().max(2_000) }),
});
