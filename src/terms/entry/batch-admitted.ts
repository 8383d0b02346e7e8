/** One group commit of intake for one firm: the firm's tree head after it, its submissions and their totals. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const batchAdmitted = entryKind({
  kind: 'batch-admitted', version: 1, owner: 'intake', readers: ['monitor', 'register', 'insight'], control: false,
  body: z.strictObject({ firm: z.string(), treeSize: z.number().int(), treeRoot: z.string(), submissions: z.array(z.strictObject({ id: z.string(), leaf: z.string() })).max(200), accepted: z.number().int(), held: z.number().int(), rejected: z.number().int(), duplicate: z.number().int() }),
});
