/** A firm was reminded of an obligation, or is in breach of one that is law and late. `occurrence` tells the times of one obligation apart; `day`: the day it is or was due, since 1970 in the framework's zone. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const obligationNoticed = entryKind({
  kind: 'obligation-noticed', version: 1, owner: 'obligations', readers: ['cases', 'register', 'reports'], control: false,
  body: z.strictObject({ firm: z.string(), obligation: z.string(), occurrence: z.string(), notice: z.enum(['reminder', 'breach']), day: z.number().int() }),
});
