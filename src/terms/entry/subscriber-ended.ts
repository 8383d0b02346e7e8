/** An officer ended a subscription: nothing is sent to that address any more. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const subscriberEnded = entryKind({
  kind: 'subscriber-ended', version: 1, owner: 'register', readers: [], control: false,
  body: z.strictObject({ subscriber: z.string(), reason: z.string().min(1).max(2_000) }),
});
