/** A firm is known to the authority under an id, a short code and a name. It says nothing of any stage. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const firmRegistered = entryKind({
  kind: 'firm-registered', version: 1, owner: 'licensing', readers: ['intake', 'monitor', 'register', 'access'], control: true,
  body: z.strictObject({ firm: z.string(), number: z.number().int().min(1).max(65_535), code: z.string(), name: z.string(), nameUr: z.string().optional(), synthetic: z.boolean(), facts: z.array(z.strictObject({ text: z.string(), source: z.string() })).max(20).optional() }),
});
