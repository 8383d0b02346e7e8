/**
 * What became of a freeze: the firm has frozen, a person complained of being taken for another, the authority refused the
 * complaint or ordered the release, the firm has released.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const assetFreezeMoved = entryKind({
  kind: 'asset-freeze-moved', version: 1, owner: 'screening', readers: ['obligations', 'insight'], control: false,
  body: z.strictObject({
    freeze: z.number().int().min(0), act: z.enum(['acknowledge', 'complain', 'refuse', 'order-release', 'release']), note: z.string().max(2_000),
    /** Number of the complaint at the public desk. */
    complaint: z.string().max(40).optional(),
  }),
});
