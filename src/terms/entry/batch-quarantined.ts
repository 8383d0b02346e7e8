/** A batch killed its worker twice and is set aside whole; its events count as undecided. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const batchQuarantined = entryKind({
  kind: 'batch-quarantined', version: 1, owner: 'monitor', readers: ['intake', 'alerts'], control: true,
  body: z.strictObject({ partition: z.number().int(), offset: z.number().int(), firm: z.string(), count: z.number().int(), reason: z.string() }),
});
