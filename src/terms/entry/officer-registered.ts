/** A member of staff, by account id; the name lives in access, not here. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const officerRegistered = entryKind({
  kind: 'officer-registered', version: 1, owner: 'access', readers: ['alerts'], control: false,
  body: z.strictObject({ account: z.string(), organisation: z.string(), roles: z.array(z.string()).max(20) }),
});
