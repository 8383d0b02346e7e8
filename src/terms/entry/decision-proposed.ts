/**
 * An officer proposes a step, a rung of the ladder or caps for a firm; it takes effect when a second person agrees, on the
 * same state of the dossier. `seen`: the version of the dossier that the officer saw. A step's `to`, `services` and
 * `effectiveFrom` are as `stage-changed` has them; without an instant it takes effect when it is agreed. `caps` are as
 * `conditions-set` has them, with a step or alone. Version 1 had none.
 */

import { z } from 'zod';
import { SERVICES } from '../event.ts';
import { entryKind } from './kind.ts';

export const decisionProposed = entryKind({
  kind: 'decision-proposed', version: 2, owner: 'licensing', readers: ['register'], control: false,
  body: z.strictObject({
    firm: z.string(), seen: z.number().int(), reasons: z.string().max(8_000), evidence: z.array(z.string()).max(50),
    step: z.strictObject({ event: z.string(), from: z.string(), to: z.string(), services: z.array(z.enum(SERVICES).exclude(['none'])).max(10).optional(), effectiveFrom: z.number().int().optional() }).optional(),
    rung: z.strictObject({ rung: z.string(), target: z.string().max(200), terms: z.string().max(8_000), fineMinor: z.number().int().min(0).optional(), plan: z.string().optional(), moment: z.string().optional() }).optional(),
    caps: z.array(z.strictObject({ limit: z.string(), value: z.number().int().min(0).nullable() })).min(1).max(40).optional(),
  }),
});
