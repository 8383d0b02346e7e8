/**
 * A firm filed a form of the framework: its answers and, apart, what names natural persons, each as an object by
 * hash. `about` tells filings of one form apart (a person, an arrangement); `n` counts its versions. `roles`: the
 * positions that it fills. `faults`: how many places it lacks; a filing with faults is kept and is not complete.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const formFiled = entryKind({
  kind: 'form-filed', version: 1, owner: 'licensing', readers: ['obligations', 'screening'], control: false,
  body: z.strictObject({
    firm: z.string(), form: z.string(), about: z.string().max(60), n: z.number().int().min(1), answers: z.string(), sealed: z.string().optional(), faults: z.number().int().min(0), roles: z.array(z.string()).max(20),
  }),
});
