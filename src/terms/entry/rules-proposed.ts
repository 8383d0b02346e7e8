/** An officer proposes other thresholds for the rules; they come into force when a second person agrees. What was tried on the past is named by its hash. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const rulesProposed = entryKind({
  kind: 'rules-proposed', version: 1, owner: 'monitor', readers: ['insight'], control: false,
  body: z.strictObject({
    base: z.string(), hash: z.string(), effectiveFrom: z.number().int(), reasons: z.string().max(4_000), tried: z.string().optional(),
    changes: z.array(z.strictObject({ parameter: z.string().max(64), value: z.number(), before: z.number().nullable() })).max(100), joins: z.array(z.string().max(64)).max(500),
  }),
});
