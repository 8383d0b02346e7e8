/** Two person ids were found to be one person; both are recomputed under the surviving id. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const personMerged = entryKind({
  kind: 'person-merged', version: 1, owner: 'vault', readers: ['intake', 'monitor'], control: true,
  body: z.strictObject({ from: z.string(), into: z.string(), reason: z.string() }),
});
