/** A proposal about a public warning ended without effect: its proposer withdrew it, or another person sent it back with a note. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const warningClosed = entryKind({
  kind: 'warning-closed', version: 1, owner: 'register', readers: [], control: false,
  body: z.strictObject({ proposal: z.number().int(), verdict: z.enum(['sent-back', 'withdrawn']), note: z.string().max(2_000) }),
});
