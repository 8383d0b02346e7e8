/** An officer opened an identity: who, why, under which case; never what was seen. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const personUnmasked = entryKind({
  kind: 'person-unmasked', version: 1, owner: 'vault', readers: ['insight'], control: false,
  body: z.strictObject({ person: z.string(), case: z.string(), reason: z.string().max(2_000) }),
});
