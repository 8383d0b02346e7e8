/** A deputy's proposal ended without effect, or a deputy was relieved before the period was over. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const deputyClosed = entryKind({
  kind: 'deputy-closed', version: 1, owner: 'access', readers: [], control: false,
  body: z.strictObject({ proposal: z.number().int(), verdict: z.enum(['sent-back', 'withdrawn', 'relieved']), note: z.string().max(2_000) }),
});
