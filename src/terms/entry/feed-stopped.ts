/** A firm's feed is stopped because its counts do not balance, or started again. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const feedStopped = entryKind({
  kind: 'feed-stopped', version: 1, owner: 'intake', readers: ['alerts', 'obligations'], control: false,
  body: z.strictObject({ firm: z.string(), stopped: z.boolean(), reason: z.string() }),
});
