/** One occurrence of an obligation was waived, with a reason: by one officer, or by two where the framework asks for it (`proposal`). Version 1 knew one alone. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const obligationWaived = entryKind({
  kind: 'obligation-waived', version: 2, owner: 'obligations', readers: ['licensing', 'reports', 'register'], control: false,
  body: z.strictObject({ firm: z.string(), obligation: z.string(), occurrence: z.string(), reason: z.string().max(4_000), proposal: z.number().int().optional() }),
});
