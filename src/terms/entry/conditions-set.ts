/**
 * A decision sets caps on a firm as conditions of its grant, from an instant on. `limit` is a limit of the framework; `value`
 * stands in its unit (a count, or hundredths of the currency), and null lifts what an earlier decision set. A cap binds
 * while the firm stands as the limit's stage stands: what a certificate was given under ends with the certificate.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const conditionsSet = entryKind({
  kind: 'conditions-set', version: 1, owner: 'licensing', readers: ['monitor', 'register', 'obligations'], control: true,
  body: z.strictObject({
    firm: z.string(), caps: z.array(z.strictObject({ limit: z.string(), value: z.number().int().min(0).nullable() })).min(1).max(40), effectiveFrom: z.number().int(),
    reasons: z.string().max(8_000), evidence: z.array(z.string()).max(50), proposal: z.number().int().optional(),
  }),
});
