/** A proposed waiver ended without effect: sent back by another person, or withdrawn by its proposer. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const waiverClosed = entryKind({
  kind: 'waiver-closed', version: 1, owner: 'obligations', readers: [], control: false,
  body: z.strictObject({ firm: z.string(), obligation: z.string(), occurrence: z.string(), proposal: z.number().int(), verdict: z.enum(['sent-back', 'withdrawn']), note: z.string().max(4_000) }),
});
