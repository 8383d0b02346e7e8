/**
 * A firm enters a stage of the framework from an instant on, or its grant in that stage is varied (`from` and
 * `to` are then the same). The stage is law: it is read as of the event's time. `services` stands there, and
 * only there, where the stage leaves the services to the firm's own grant: a licence, a letter of approval. `event`
 * is the step of the framework; a firm's first stage is recorded as it is found, without one. `clocks`: how the
 * firm's clocks stood then. `proposal`: the entry that proposed the step. Version 1 had neither.
 */

import { z } from 'zod';
import { SERVICES } from '../event.ts';
import { entryKind } from './kind.ts';

export const stageChanged = entryKind({
  kind: 'stage-changed', version: 2, owner: 'licensing', readers: ['intake', 'monitor', 'register', 'obligations'], control: true,
  body: z.strictObject({
    firm: z.string(), from: z.string().nullable(), to: z.string(), event: z.string().optional(), services: z.array(z.enum(SERVICES).exclude(['none'])).max(10).optional(), effectiveFrom: z.number().int(), reasons: z.string(), evidence: z.array(z.string()).max(50),
    /** `day`: days since 1970 in the framework's zone. */
    clocks: z.array(z.strictObject({ clock: z.string(), startedAt: z.number().int(), state: z.enum(['runs', 'ran-out', 'stopped', 'word', 'unset']), day: z.number().int().optional() })).max(100).optional(),
    proposal: z.number().int().optional(),
  }),
});
