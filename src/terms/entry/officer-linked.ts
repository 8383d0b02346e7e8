/** Another one-time link was issued for an officer, whose first one ended or whose passkeys are lost. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const officerLinked = entryKind({
  kind: 'officer-linked', version: 1, owner: 'access', readers: [], control: false,
  body: z.strictObject({ account: z.string() }),
});
