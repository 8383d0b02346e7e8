/** The rules in force from an instant on, by content hash; `proposal`: the entry that two officers agreed on. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const ruleSetActivated = entryKind({
  kind: 'rule-set-activated', version: 2, owner: 'monitor', readers: ['alerts', 'insight'], control: true,
  body: z.strictObject({ hash: z.string(), effectiveFrom: z.number().int(), rules: z.array(z.strictObject({ id: z.string(), version: z.number().int() })).max(500), proposal: z.number().int().optional() }),
});
