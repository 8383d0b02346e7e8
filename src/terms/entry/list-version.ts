/** A new version of a sanctions or tag list: what it is, its hash and count; the content lies in objects under the hash. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const listVersion = entryKind({
  kind: 'list-version', version: 1, owner: 'screening', readers: ['monitor', 'insight'], control: true,
  body: z.strictObject({ list: z.string(), version: z.string(), force: z.enum(['freeze', 'review', 'information']), sha256: z.string(), count: z.number().int(), source: z.string(), publishedAt: z.number().int() }),
});
