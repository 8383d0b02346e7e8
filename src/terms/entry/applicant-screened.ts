/**
 * Everyone named in forms was searched for in lists by an officer: which lists in which versions, and what was found
 * for each filing. A later filing of one of the forms has not been screened.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const applicantScreened = entryKind({
  kind: 'applicant-screened', version: 1, owner: 'licensing', readers: ['screening'], control: false,
  body: z.strictObject({
    firm: z.string(), lists: z.array(z.strictObject({ list: z.string(), version: z.string() })).min(1).max(20), evidence: z.array(z.string()).min(1).max(50),
    results: z.array(z.strictObject({ form: z.string(), about: z.string().max(60), result: z.enum(['clear', 'review', 'match']) })).min(1).max(300),
  }),
});
