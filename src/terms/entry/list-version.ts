/**
 * A new version of a sanctions or tag list: what it is, its hash and its counts; the content lies in objects
 * under the hash. `read` = `count` + `repeated` + `exempt` + `quarantined`: no row of the source vanishes.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

const count = z.number().int().min(0);

export const listVersion = entryKind({
  kind: 'list-version', version: 1, owner: 'screening', readers: ['monitor', 'insight'], control: true,
  body: z.strictObject({
    list: z.string(), holds: z.enum(['wallets', 'names']), version: z.string(), force: z.enum(['freeze', 'review', 'information']),
    /** Chain families that this version speaks about; what it leaves out stays as an earlier version said. */
    covers: z.array(z.string()).max(20),
    sha256: z.string(), read: count, count, repeated: count, exempt: count, quarantined: count, source: z.string(), publishedAt: z.number().int(),
  }),
});
