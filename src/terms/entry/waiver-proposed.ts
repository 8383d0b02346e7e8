/** An officer proposes to waive one occurrence of an obligation where the framework asks for a second person. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const waiverProposed = entryKind({
  kind: 'waiver-proposed', version: 1, owner: 'obligations', readers: [], control: false,
  body: z.strictObject({ firm: z.string(), obligation: z.string(), occurrence: z.string(), reason: z.string().max(4_000) }),
});
