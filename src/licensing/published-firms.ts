/**
 * Real firms of which something was published, with the sources. The facts are all that is ever said of them:
 * no figure, event, alert or later stage is made up about a real firm. Refuses a file that says anything else.
 */

import { z } from 'zod';
import { parseKarachiDay, startOfKarachiDay, type Instant } from '../terms/index.ts';
import type { NewFirm } from './acts.ts';

const fileSchema = z.strictObject({
  version: z.literal(1), asOf: z.string(), meaning: z.string(),
  firms: z.array(z.strictObject({
    firm: z.string(), code: z.string(), name: z.string(), nameUr: z.string().optional(),
    stage: z.string(), since: z.string(), basis: z.string(),
    facts: z.array(z.strictObject({ text: z.string().min(10), source: z.string().min(10) })).min(1).max(20),
  })).max(500),
});

/** A published firm: what to register, and the stage in which it was found, since the day that was published. */
export interface PublishedFirm {
  readonly firm: NewFirm;
  readonly stage: string;
  readonly since: Instant;
  readonly basis: string;
}

/** Reads `data/published-firms.json`. Throws when the file is not of its form. */
export function parsePublishedFirms(text: string): PublishedFirm[] {
  return fileSchema.parse(JSON.parse(text)).firms.map(({ stage, since, basis, nameUr, ...firm }) => {
    const day = parseKarachiDay(since);
    if (day === undefined) throw new Error(`${firm.firm} stands in its stage since a day that does not exist: ${since}`);
    return { firm: { ...firm, synthetic: false, ...(nameUr === undefined ? {} : { nameUr }) }, stage, since: startOfKarachiDay(day), basis };
  });
}
