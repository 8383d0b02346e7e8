/** A machine client may send no more. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const clientRevoked = entryKind({
  kind: 'client-revoked', version: 1, owner: 'access', readers: ['intake'], control: false,
  body: z.strictObject({ client: z.string(), firm: z.string(), reason: z.string() }),
});
