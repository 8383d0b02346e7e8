/**
 * The framework pack under which the house stands from here on: which one, in which revision, by the hash of its content.
 * Written when the house is opened, and by two officers when a new revision is adopted; a house starts under the pack
 * that was adopted last and under no other. What a pack says of the past stays in it, so history recomputes under the
 * law of its day. `effectiveFrom`: until then the house stands under the one before; at once when absent, as in version 1.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const frameworkAdopted = entryKind({
  kind: 'framework-adopted', version: 2, owner: 'licensing', readers: ['register', 'insight'], control: false,
  body: z.strictObject({ framework: z.string().max(60), revision: z.number().int().min(0), hash: z.string(), reasons: z.string().max(4_000), effectiveFrom: z.number().int().optional(), proposal: z.number().int().optional() }),
});
