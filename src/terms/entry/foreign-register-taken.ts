/**
 * A published state of another authority's register was taken in: which register, the day of the copy, its hash and its
 * counts; the bytes lie in objects under the hash. `read` = `records` + `repeated` + `quarantined`: no row vanishes.
 * What is not in a later state any more is a question, and no revocation.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

const count = z.number().int().min(0);

export const foreignRegisterTaken = entryKind({
  kind: 'foreign-register-taken', version: 1, owner: 'register', readers: [], control: false,
  body: z.strictObject({
    register: z.enum(['esma-casp']), takenAt: z.number().int(), sha256: z.string().regex(/^[0-9a-f]{64}$/), source: z.string().min(4).max(1_000), read: count, records: count, repeated: count, quarantined: count,
    /** More than a third of the records was gone, and the officer who took it said that it is so. */
    shrunk: z.boolean().optional(),
  }),
});
