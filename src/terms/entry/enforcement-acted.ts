/**
 * A rung of the enforcement ladder was used against a firm, or against a target that it stands for. `fineMinor`: a
 * fine in hundredths of the currency. `plan`: hash of the wind-down plan. A rung that moves the firm is followed by
 * its step in the same transaction.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const enforcementActed = entryKind({
  kind: 'enforcement-acted', version: 1, owner: 'licensing', readers: ['register', 'obligations'], control: false,
  body: z.strictObject({
    firm: z.string(), rung: z.string(), target: z.string().max(200), terms: z.string().max(8_000), fineMinor: z.number().int().min(0).optional(), plan: z.string().optional(), reasons: z.string().max(8_000), evidence: z.array(z.string()).max(50),
    proposal: z.number().int().optional(),
  }),
});
