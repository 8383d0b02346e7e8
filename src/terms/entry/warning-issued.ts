/**
 * Two people have agreed on a public warning: it is issued, corrected or lifted. `actor` proposed it, `second` agreed.
 * A correction replaces the content as a whole; what stood before stays in the ledger and in the public log.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';
import { warningContent } from './warning-parts.ts';

export const warningIssued = entryKind({
  kind: 'warning-issued', version: 1, owner: 'register', readers: ['insight'], control: false,
  body: z.strictObject({ act: z.enum(['issue', 'amend', 'lift']), warning: z.string(), content: warningContent.optional(), proposal: z.number().int() }),
});
