/** A proposal about the rules ends without taking effect: sent back by another officer, or taken back by its proposer. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const rulesClosed = entryKind({
  kind: 'rules-closed', version: 1, owner: 'monitor', readers: ['insight'], control: false,
  body: z.strictObject({ proposal: z.number().int(), outcome: z.enum(['sent-back', 'withdrawn']), note: z.string().max(4_000) }),
});
