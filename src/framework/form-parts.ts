/**
 * What the blocks of a pack are made of: names, texts in two languages, days, sources, measured values. Nothing
 * is inherited and nothing has a default, so that a reader of one block knows all of it.
 */

import { z } from 'zod';
import { SERVICES, parseKarachiDay } from '../terms/index.ts';

/** Blocks of one file at most. Pakistan's pack has some 70 in its longest; judging is quadratic in places. */
const BLOCKS_MAX = 2_000;

export const name = z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/).max(60).describe('Lower-case words, joined by hyphens and dots');
export const text = z.string().min(3).max(2_000);
export const worded = z.strictObject({ en: z.string().min(1).max(2_000), ur: z.string().min(1).max(2_000) }).describe('One text in English and Urdu');
export const day = z.string().refine((value) => parseKarachiDay(value) !== undefined, 'a day that exists, for example 2026-03-07').describe('A day, for example 2026-03-07');
export const service = z.enum(SERVICES).exclude(['none']);
/** Names of other blocks; each must be declared. */
export const names = z.array(name).min(1).max(60);
const scalar = z.union([z.number(), z.string().min(1).max(2_000), z.boolean()]);

/** Where a value comes from. */
export const citation = {
  instrument: name.describe('An instrument of instruments.yaml'),
  version: z.string().min(1).max(60).describe('Its version; in quotes when it looks like a number'),
  section: z.string().min(1).max(80).describe('A section that instruments.yaml declares for that version'),
};

/** What every value carries. */
export const sourced = {
  status: z.enum(['prescribed', 'draft', 'unset', 'assumption']),
  ...citation,
  effectiveFrom: day,
  effectiveTo: day.optional().describe('The day on which it is no longer in force'),
  note: text.describe('What the source says, how sure it is, and what is missing'),
};

/** A value that is measured: given, or marked unset, perhaps with what the house works with meanwhile. */
export const measured = {
  unit: z.enum(['money', 'count', 'ratio', 'duration', 'years', 'choice', 'text']),
  value: scalar.optional().describe('Absent when the status is unset'),
  workingDefault: scalar.optional().describe('Only with the status unset: what the house works with meanwhile, and says so'),
};

/** A file that is a list of such blocks. */
export function listOf<T extends z.ZodType>(block: T): z.ZodArray<T> {
  return z.array(block).max(BLOCKS_MAX);
}

export type Citation = { readonly instrument: string; readonly version: string; readonly section: string };
/** What every value of a pack carries, as written. */
export interface Sourced extends Citation {
  readonly status: 'prescribed' | 'draft' | 'unset' | 'assumption';
  readonly effectiveFrom: string;
  readonly effectiveTo?: string | undefined;
  readonly note: string;
}
export type Unit = z.output<(typeof measured)['unit']>;
/** A measured value, as written. */
export interface Measured extends Sourced {
  readonly unit: Unit;
  readonly value?: string | number | boolean | undefined;
  readonly workingDefault?: string | number | boolean | undefined;
}
export type Worded = z.output<typeof worded>;
