/** A firm enters a stage of the framework from an instant on. The stage is law: it is read as of the event's time. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const stageChanged = entryKind({
  kind: 'stage-changed', version: 1, owner: 'licensing', readers: ['monitor', 'register', 'obligations'], control: true,
  body: z.strictObject({ firm: z.string(), from: z.string().nullable(), to: z.string(), effectiveFrom: z.number().int(), reasons: z.string(), evidence: z.array(z.string()).max(50) }),
});
