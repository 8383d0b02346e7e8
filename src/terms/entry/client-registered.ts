/** A firm's machine client and its public key (JWK thumbprint) may send from here on. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const clientRegistered = entryKind({
  kind: 'client-registered', version: 1, owner: 'access', readers: ['intake'], control: false,
  body: z.strictObject({ client: z.string(), firm: z.string(), key: z.string(), algorithm: z.string() }),
});
