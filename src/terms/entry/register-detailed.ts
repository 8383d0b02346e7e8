/**
 * What an officer has entered about a firm for the public register beside its status: names it trades under, its legal
 * entity identifier, its own websites and apps. Each entry replaces what stood before. `source` says where it is from.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const registerDetailed = entryKind({
  kind: 'register-detailed', version: 1, owner: 'register', readers: [], control: false,
  body: z.strictObject({
    firm: z.string(), lei: z.string().regex(/^[A-Z0-9]{18}[0-9]{2}$/).optional(), country: z.string().regex(/^[A-Z]{2}$/).optional(), names: z.array(z.string().min(1).max(200)).max(20), address: z.string().max(400).optional(),
    websites: z.array(z.string().min(3).max(253)).max(50), apps: z.array(z.strictObject({ store: z.string().min(1).max(40), id: z.string().min(1).max(200), name: z.string().max(200).optional() })).max(50),
    source: z.string().min(4).max(1_000),
  }),
});
