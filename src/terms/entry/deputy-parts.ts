/**
 * What the entries about a deputy share: who stands in for whom, in which role, from when until before when. `matters`:
 * only firms in which the officer has a conflict of interest, or all that the role does.
 */

import { z } from 'zod';

export const deputyParts = {
  account: z.string(), deputy: z.string(), role: z.string(), matters: z.enum(['conflicts', 'all']), from: z.number().int(), to: z.number().int(),
};
