/**
 * An officer proposes that the house stand under another revision of its framework pack; it is adopted when a second person agrees.
 * `effectiveFrom`: from when on the house is to stand under it; at once when absent, as in version 1.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const frameworkProposed = entryKind({
  kind: 'framework-proposed', version: 2, owner: 'licensing', readers: ['register'], control: false,
  body: z.strictObject({ framework: z.string().max(60), revision: z.number().int().min(0), hash: z.string(), reasons: z.string().max(4_000), effectiveFrom: z.number().int().optional() }),
});
