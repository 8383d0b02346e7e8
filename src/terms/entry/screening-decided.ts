/**
 * What officers said of a hit: the listed one, or another person until a day, with the reason. Where two are needed the
 * first proposes and the second decides or sends back. `reopen` is the house's own act on the day after.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const screeningDecided = entryKind({
  kind: 'screening-decided', version: 1, owner: 'screening', readers: ['obligations', 'insight'], control: false,
  body: z.strictObject({
    hit: z.number().int().min(0), act: z.enum(['propose-confirm', 'confirm', 'propose-clear', 'clear', 'send-back', 'reopen']),
    reason: z.string().max(2_000),
    /** Version of the hit that the officer saw. */
    seen: z.number().int().min(0),
    /** Instant until which the person counts as another than the listed one. */
    until: z.number().int().optional(),
  }),
});
