/** An officer judged a gate by its criteria, with a note and perhaps a score for each. `seen`: the version of the firm's dossier that was judged. */

import { z } from 'zod';
import { entryKind } from './kind.ts';

export const gateFound = entryKind({
  kind: 'gate-found', version: 1, owner: 'licensing', readers: ['register'], control: false,
  body: z.strictObject({
    firm: z.string(), gate: z.string(), outcome: z.enum(['met', 'unmet']), seen: z.number().int(), reasons: z.string().max(4_000), evidence: z.array(z.string()).max(50),
    criteria: z.array(z.strictObject({ criterion: z.string(), note: z.string().max(2_000), score: z.number().int().min(1).max(5).optional() })).max(40),
  }),
});
