/** An officer proposes a deputy for an officer's role; set when a second person agrees. */

import { z } from 'zod';
import { deputyParts } from './deputy-parts.ts';
import { entryKind } from './kind.ts';

export const deputyProposed = entryKind({
  kind: 'deputy-proposed', version: 1, owner: 'access', readers: [], control: false,
  body: z.strictObject({ ...deputyParts, reason: z.string().max(2_000) }),
});
