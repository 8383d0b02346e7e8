/** Two persons set a deputy: one proposed, another agreed. */

import { z } from 'zod';
import { deputyParts } from './deputy-parts.ts';
import { entryKind } from './kind.ts';

export const deputySet = entryKind({
  kind: 'deputy-set', version: 1, owner: 'access', readers: [], control: false,
  body: z.strictObject({ ...deputyParts, proposal: z.number().int() }),
});
