/** A firm did what it owed, with the documents that show it: a submission, a notice. What a form or an event ticks off needs no such entry. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const obligationDischarged = entryKind({
  kind: 'obligation-discharged', version: 1, owner: 'obligations', readers: ['licensing', 'reports'], control: false,
  body: z.strictObject({ firm: z.string(), obligation: z.string(), occurrence: z.string(), note: z.string().max(2_000), evidence: z.array(z.string()).max(50) }),
});
