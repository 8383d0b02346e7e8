/** A person's identity and index rows were destroyed; the id and what was done under it stay. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const personErased = entryKind({
  kind: 'person-erased', version: 1, owner: 'vault', readers: ['insight'], control: false,
  body: z.strictObject({ person: z.string(), reason: z.string().max(2_000) }),
});
