/** An officer read a sealed complaint: who, which, and why. It is on disk before the vault opens anything. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const complaintOpened = entryKind({
  kind: 'complaint-opened', version: 1, owner: 'vault', readers: [], control: false,
  body: z.strictObject({ complaint: z.string().max(40), sealed: z.string().regex(/^[0-9a-f]{64}$/), reason: z.string().max(2_000) }),
});
