/** What an officer did with an alert: assigned, dismissed with a reason, escalated, or proposed one of these. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const alertDecided = entryKind({
  kind: 'alert-decided', version: 2, owner: 'alerts', readers: ['cases', 'insight'], control: false,
  body: z.strictObject({
    alert: z.string(), act: z.enum(['assign', 'unassign', 'proposeDismiss', 'dismiss', 'proposeEscalate', 'escalate', 'sendBack', 'reopen']), assignee: z.string().optional(),
    reason: z.string().max(2_000).optional(),
    /** The officer's own words. Version 1 had them behind the reason and a colon. */
    note: z.string().max(2_000).optional(),
    seen: z.number().int(),
  }),
});
