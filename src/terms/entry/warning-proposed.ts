/**
 * An officer proposes to issue a public warning, to correct one (`amend`: the content as it is to stand), or to lift
 * one. It takes effect when a second person agrees, and not before. `warning` names the one that is corrected or lifted.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';
import { warningContent } from './warning-parts.ts';

export const warningProposed = entryKind({
  kind: 'warning-proposed', version: 1, owner: 'register', readers: [], control: false,
  body: z.strictObject({ act: z.enum(['issue', 'amend', 'lift']), warning: z.string().optional(), content: warningContent.optional(), reasons: z.string().min(1).max(8_000) }),
});
