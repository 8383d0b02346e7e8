/**
 * An officer let a bank, or another who relies on the register, be told when an answer changes: at which address, and of
 * which firms. No firm named means every firm of the register.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const subscriberRegistered = entryKind({
  kind: 'subscriber-registered', version: 1, owner: 'register', readers: [], control: false,
  body: z.strictObject({ subscriber: z.string(), name: z.string().min(1).max(200), address: z.string().min(1).max(500), firms: z.array(z.string()).max(200) }),
});
