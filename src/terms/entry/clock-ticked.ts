/** The ledger was silent and findings waited to be settled: this entry's instant of admission lets them. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const clockTicked = entryKind({
  kind: 'clock-ticked', version: 1, owner: 'monitor', readers: [], control: true,
  body: z.strictObject({}),
});
