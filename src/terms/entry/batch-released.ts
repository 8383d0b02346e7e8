/** A quarantined batch is decided after all, by a mended engine. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const batchReleased = entryKind({
  kind: 'batch-released', version: 1, owner: 'monitor', readers: ['intake', 'alerts'], control: true,
  body: z.strictObject({ partition: z.number().int(), offset: z.number().int(), engine: z.string() }),
});
