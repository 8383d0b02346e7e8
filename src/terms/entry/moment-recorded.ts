/**
 * Something happened that moves no firm but starts, stops or ends a clock or meets a gate: a fee paid, a hearing
 * held, a question sent. `at` is when it happened, which may lie before the entry. `firm` is null for what concerns
 * the nation, such as regulations that were issued.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const momentRecorded = entryKind({
  kind: 'moment-recorded', version: 1, owner: 'licensing', readers: ['obligations', 'register'], control: false,
  body: z.strictObject({ firm: z.string().nullable(), event: z.string(), at: z.number().int(), note: z.string().max(2_000), evidence: z.array(z.string()).max(50) }),
});
