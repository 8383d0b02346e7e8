/** An officer's conflict of interest in a firm is over, as another officer found. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const conflictEnded = entryKind({
  kind: 'conflict-ended', version: 1, owner: 'access', readers: [], control: false,
  body: z.strictObject({ account: z.string(), firm: z.string(), reason: z.string().max(2_000) }),
});
