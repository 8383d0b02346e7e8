/**
 * Who is warned of has replied, and an officer has published the reply beside the warning: the right to be heard. The
 * words are the party's own; a name of a natural person does not belong into them.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const warningReplied = entryKind({
  kind: 'warning-replied', version: 1, owner: 'register', readers: [], control: false,
  body: z.strictObject({ warning: z.string(), words: z.string().min(1).max(4_000), evidence: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(20) }),
});
