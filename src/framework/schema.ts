/**
 * The form of a pack, version 1: one schema a file. Every value is a block of its own that says where it comes
 * from; nothing is inherited, nothing has a default, and an unknown key is refused. The JSON Schema of
 * `frameworks/schema.json` is generated from these schemas.
 *
 * `effectiveTo` is the day on which a value is no longer in force. Days are Asia/Karachi days.
 */

import { z } from 'zod';
import { SERVICES, parseKarachiDay } from '../terms/index.ts';

/** The form that this file describes; a pack names the form that it is written in. */
export const FORM = 1;
/** Blocks of one file at most. Pakistan's pack has some 60 in its longest. */
const BLOCKS_MAX = 5_000;

const name = z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/).max(60).describe('Lower-case words, joined by hyphens and dots');
const text = z.string().min(3).max(2_000);
const worded = z.strictObject({ en: z.string().min(1).max(2_000), ur: z.string().min(1).max(2_000) }).describe('One text in English and Urdu');
const day = z.string().refine((value) => parseKarachiDay(value) !== undefined, 'a day that exists, for example 2026-03-07').describe('A day, for example 2026-03-07');
const scalar = z.union([z.number(), z.string().min(1).max(200), z.boolean()]);

const citation = {
  instrument: name.describe('An instrument of instruments.yaml'),
  version: z.string().min(1).max(60).describe('Its version; in quotes when it looks like a number'),
  section: z.string().min(1).max(80).describe('A section that instruments.yaml declares for that version'),
};

/** What every value carries. */
const sourced = {
  status: z.enum(['prescribed', 'draft', 'unset', 'assumption']),
  ...citation,
  effectiveFrom: day,
  effectiveTo: day.optional(),
  note: text.describe('What the source says, how sure it is, and what is missing'),
};

/** A value that is measured: given, or marked unset, perhaps with what the house works with meanwhile. */
const measured = {
  unit: z.enum(['money', 'count', 'ratio', 'duration', 'years', 'choice']),
  value: scalar.optional().describe('Absent when the status is unset'),
  workingDefault: scalar.optional().describe('Only with the status unset: what the house works with meanwhile, and says so'),
};

const packSchema = z.strictObject({
  pack: name, revision: z.int().min(1).max(10_000), form: z.literal(FORM), title: worded, authority: worded,
  country: z.string().regex(/^[A-Z]{2}$/), currency: z.string().regex(/^iso4217:[A-Z]{3}$/), timeZone: z.literal('Asia/Karachi'),
  effectiveFrom: day, publishedOn: day, evidence: worded.describe('How good the sources are, told to every reader'),
});

const instrumentSchema = z.strictObject({
  instrument: name, version: z.string().min(1).max(60), title: worded, short: worded.describe('How a clause is cited'),
  kind: z.enum(['law', 'draft', 'standard', 'assumption']), inForceFrom: day.optional(), inForceTo: day.optional(),
  citation: z.string().max(200).optional(), source: text.describe('Where it was read'),
  sections: z.array(z.strictObject({
    section: z.string().min(1).max(80), about: z.string().min(3).max(400),
    evidence: z.enum(['quoted', 'reported', 'recalled', 'ours']).describe('quoted: read where the instrument is quoted; reported: a secondary source says so'),
  })).min(1).max(500),
});

const serviceSchema = z.strictObject({ service: z.enum(SERVICES).exclude(['none']), number: z.int().min(1).max(99), title: worded, carveOut: worded.optional(), ...sourced });

const stageSchema = z.strictObject({
  stage: name, title: worded, means: worded.describe('In plain words, what a firm in it may and may not do'),
  standing: z.enum(['none', 'applicant', 'noc', 'licence', 'sandbox', 'letter', 'suspended', 'revoked']).describe('What the public may call the firm; only a licence is a licence'),
  initial: z.boolean().describe('A firm may begin here'), ...sourced,
});

const permissionSchema = z.strictObject({
  stage: name, scope: z.enum(['none', 'listed', 'granted']).describe('granted: the services that the firm\'s own grant names'),
  services: z.array(z.enum(SERVICES).exclude(['none'])).min(1).max(10).optional().describe('Only with the scope listed'), ...sourced,
});

const stepSchema = z.strictObject({
  from: name, to: name, event: name, after: name.optional().describe('Only when this event brought the firm into the stage that it leaves'),
  way: z.enum(['forward', 'vary', 'restore', 'sanction', 'end']).describe('Forward steps never lead in a circle'),
  second: z.boolean().describe('Needs a second person'), ...sourced,
});

const limitSchema = z.strictObject({
  limit: name, stage: name, title: worded, measure: z.enum(['customers', 'traded-30d', 'feed-lag']), bound: z.enum(['ceiling', 'floor']), ...measured, ...sourced,
});

const parameterSchema = z.strictObject({ parameter: name, title: worded, ...measured, ...sourced });
const retentionSchema = z.strictObject({ record: name, title: worded, ...measured, ...sourced });
const listSchema = z.strictObject({ list: name, title: worded, force: z.enum(['freeze', 'review', 'information']), publisher: text, ...sourced });
const flagSchema = z.strictObject({
  flag: name, title: worded, text: worded, stages: z.array(name).min(1).max(60).optional().describe('Firms that it concerns; all when absent'),
  cites: z.array(z.strictObject(citation)).min(2).max(10),
});

const listOf = <T extends z.ZodType>(block: T) => z.array(block).max(BLOCKS_MAX);

/** The files of a pack and the form of each. */
export const PACK_FILES = {
  'pack.yaml': packSchema,
  'instruments.yaml': listOf(instrumentSchema),
  'services.yaml': listOf(serviceSchema),
  'stages.yaml': listOf(stageSchema),
  'permissions.yaml': listOf(permissionSchema),
  'steps.yaml': listOf(stepSchema),
  'limits.yaml': listOf(limitSchema),
  'parameters.yaml': listOf(parameterSchema),
  'retention.yaml': listOf(retentionSchema),
  'lists.yaml': listOf(listSchema),
  'flags.yaml': listOf(flagSchema),
} as const;

export type PackFileName = keyof typeof PACK_FILES;
/** A pack as it was written, after its form was checked. */
export type PackText = { readonly [F in PackFileName]: z.output<(typeof PACK_FILES)[F]> };
export type Instrument = z.output<typeof instrumentSchema>;
export type Stage = z.output<typeof stageSchema>;
export type Permission = z.output<typeof permissionSchema>;
export type Step = z.output<typeof stepSchema>;
export type Citation = { readonly instrument: string; readonly version: string; readonly section: string };
/** What every value of a pack carries, as written. */
export interface Sourced extends Citation {
  readonly status: 'prescribed' | 'draft' | 'unset' | 'assumption';
  readonly effectiveFrom: string;
  readonly effectiveTo?: string | undefined;
  readonly note: string;
}
/** A measured value, as written. */
export interface Measured extends Sourced {
  readonly unit: Unit;
  readonly value?: string | number | boolean | undefined;
  readonly workingDefault?: string | number | boolean | undefined;
}
export type Unit = z.output<(typeof measured)['unit']>;
export type Worded = z.output<typeof worded>;

/** The published JSON Schema: a definition for each file, by the file's name without its ending. */
export function packJsonSchema(): string {
  const definitions = Object.entries(PACK_FILES).map(([file, schema]) => {
    const { $schema: _dialect, ...definition } = z.toJSONSchema(schema, { io: 'input' });
    return [file.replace('.yaml', ''), definition];
  });
  return `${JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema', title: `A framework pack, form ${FORM}`,
    description: 'Generated from src/framework/schema.ts. Each file of a pack is an instance of the definition that has its name.',
    $defs: Object.fromEntries(definitions),
  }, null, 2)}\n`;
}
