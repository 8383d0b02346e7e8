/** A firm must freeze what it holds of a customer: a confirmed match on a list that the framework gives that force. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const assetFreezeOrdered = entryKind({
  kind: 'asset-freeze-ordered', version: 1, owner: 'screening', readers: ['obligations', 'insight'], control: false,
  body: z.strictObject({
    hit: z.number().int().min(0), person: z.string().regex(/^[0-9a-f]{32}$/), list: z.string().max(200), entry: z.string().max(200), firm: z.string().max(80),
    /** The firm's own references of the customer. */
    customers: z.array(z.string().max(80)).min(1).max(500), ground: z.enum(['number', 'decision']),
  }),
});
