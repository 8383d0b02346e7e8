/**
 * An officer moved a complaint on: referred it to someone, or closed it with an outcome. `words` is for who complained
 * and is shown under the tracking number: it names nobody. `note` stays inside.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

/** How a complaint ended. */
export const COMPLAINT_OUTCOMES = ['upheld', 'partly-upheld', 'not-upheld', 'not-for-the-authority', 'withdrawn'] as const;

export const complaintMoved = entryKind({
  kind: 'complaint-moved', version: 1, owner: 'register', readers: ['insight'], control: false,
  body: z.strictObject({
    complaint: z.string(), to: z.enum(['referred', 'closed']), referredTo: z.string().min(1).max(200).optional(), outcome: z.enum(COMPLAINT_OUTCOMES).optional(), redressMinor: z.number().int().min(0).optional(), words: z.string().max(2_000), note: z.string().max(4_000),
  }),
});
