/**
 * A holiday was announced that the framework did not have: from this entry on every clock in working days counts it.
 * `moved`: open deadlines that it moved, by firm and clock, from one day to another (days since 1970 in the zone of the
 * framework); `movedTotal` counts them where they are too many to list.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const holidayAnnounced = entryKind({
  kind: 'holiday-announced', version: 1, owner: 'licensing', readers: ['obligations'], control: false,
  body: z.strictObject({
    day: z.number().int(), title: z.strictObject({ en: z.string().max(200), ur: z.string().max(200) }), source: z.string().max(500), movedTotal: z.number().int(),
    moved: z.array(z.strictObject({ firm: z.string(), clock: z.string(), from: z.number().int(), to: z.number().int() })).max(300),
  }),
});
