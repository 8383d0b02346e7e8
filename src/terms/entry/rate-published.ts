/** Reference rates: paisa for one whole unit of each asset, times 10^8, from an instant on. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const ratePublished = entryKind({
  kind: 'rate-published', version: 1, owner: 'intake', readers: ['monitor', 'insight'], control: false,
  body: z.strictObject({ at: z.number().int(), source: z.string(), rates: z.array(z.strictObject({ asset: z.string(), paisaE8: z.string().regex(/^\d{1,30}$/) })).max(500) }),
});
