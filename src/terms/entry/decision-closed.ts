/** A proposal ended without effect: sent back by the second person, or withdrawn by its proposer. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const decisionClosed = entryKind({
  kind: 'decision-closed', version: 1, owner: 'licensing', readers: [], control: false,
  body: z.strictObject({ firm: z.string(), proposal: z.number().int(), verdict: z.enum(['sent-back', 'withdrawn']), note: z.string().max(4_000) }),
});
