/** An officer waived an obligation once, with a reason. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const obligationWaived = entryKind({
  kind: 'obligation-waived', version: 1, owner: 'obligations', readers: ['licensing', 'reports', 'register'], control: false,
  body: z.strictObject({ firm: z.string(), obligation: z.string(), occurrence: z.string(), reason: z.string().max(4_000) }),
});
