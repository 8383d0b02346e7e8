/** A refresh of a list was held back, because it shrank suspiciously: the last good version stays in use and grows stale. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const listHeld = entryKind({
  kind: 'list-held', version: 1, owner: 'screening', readers: ['insight'], control: false,
  body: z.strictObject({ list: z.string(), holds: z.enum(['wallets', 'names']), version: z.string(), sha256: z.string(), count: z.number().int().min(0), lastGoodVersion: z.string(), lastGoodCount: z.number().int().min(0), source: z.string(), publishedAt: z.number().int() }),
});
