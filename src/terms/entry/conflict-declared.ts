/** An officer declared a conflict of interest in a firm: from here on they read about it and do not act on it. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const conflictDeclared = entryKind({
  kind: 'conflict-declared', version: 1, owner: 'access', readers: [], control: false,
  body: z.strictObject({ account: z.string(), firm: z.string(), reason: z.string().max(2_000) }),
});
