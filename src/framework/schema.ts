/**
 * The form of a pack, version 2: one schema a file. Every value is a block of its own that says where it comes
 * from; nothing is inherited, nothing has a default, and an unknown key is refused. The JSON Schema of
 * `frameworks/schema.json` is generated from these schemas.
 *
 * `effectiveTo` is the day on which a value is no longer in force. Days are days of the pack's time zone.
 */

import { z } from 'zod';
import { ZONES } from './day.ts';
import {
  capitalBlock, clockBlock, conditionBlock, crosswalkBlock, feeBlock, flagBlock, holidayBlock, limitBlock, listBlock, obligationBlock, offenceBlock,
  parameterBlock, retentionBlock, rungBlock, stopBlock, warningBlock,
} from './form-duty.ts';
import { criterionBlock, documentBlock, eventBlock, formBlock, gateBlock, permissionBlock, roleBlock, serviceBlock, stageBlock, stepBlock } from './form-entry.ts';
import { day, listOf, name, text, worded } from './form-parts.ts';

/** The form that this file describes; a pack names the form that it is written in. */
export const FORM = 2;
/** What stands in the file of a list without blocks: a file that lost its content is none. */
export const NO_BLOCKS = 'none';

const packBlock = z.strictObject({
  pack: name, revision: z.int().min(1).max(10_000), form: z.literal(FORM), title: worded, authority: worded,
  country: z.string().regex(/^[A-Z]{2}$/), currency: z.string().regex(/^iso4217:[A-Z]{3}$/), timeZone: z.enum(ZONES),
  effectiveFrom: day, publishedOn: day, holidaysTo: day.describe('The last day whose holidays are declared; a deadline in working days beyond it is provisional'),
  evidence: worded.describe('How good the sources are, told to every reader'),
});

const instrumentBlock = z.strictObject({
  instrument: name, version: z.string().min(1).max(60), title: worded, short: worded.describe('How a clause is cited'),
  kind: z.enum(['law', 'draft', 'standard', 'assumption']), inForceFrom: day.optional(), inForceTo: day.optional(),
  citation: z.string().max(200).optional(), source: text.describe('Where it was read'),
  sections: z.array(z.strictObject({
    section: z.string().min(1).max(80), about: z.string().min(3).max(400),
    evidence: z.enum(['quoted', 'reported', 'recalled', 'ours']).describe('quoted: read where the instrument is quoted; reported: a secondary source says so; ours: only of an assumption'),
  })).min(1).max(500),
});

/** The files of a pack and the form of each. */
export const PACK_FILES = {
  'pack.yaml': packBlock,
  'instruments.yaml': listOf(instrumentBlock),
  'services.yaml': listOf(serviceBlock),
  'stages.yaml': listOf(stageBlock),
  'permissions.yaml': listOf(permissionBlock),
  'events.yaml': listOf(eventBlock),
  'steps.yaml': listOf(stepBlock),
  'gates.yaml': listOf(gateBlock),
  'forms.yaml': listOf(formBlock),
  'documents.yaml': listOf(documentBlock),
  'roles.yaml': listOf(roleBlock),
  'criteria.yaml': listOf(criterionBlock),
  'limits.yaml': listOf(limitBlock),
  'conditions.yaml': listOf(conditionBlock),
  'clocks.yaml': listOf(clockBlock),
  'stops.yaml': listOf(stopBlock),
  'obligations.yaml': listOf(obligationBlock),
  'holidays.yaml': listOf(holidayBlock),
  'fees.yaml': listOf(feeBlock),
  'capital.yaml': listOf(capitalBlock),
  'ladder.yaml': listOf(rungBlock),
  'offences.yaml': listOf(offenceBlock),
  'warnings.yaml': listOf(warningBlock),
  'parameters.yaml': listOf(parameterBlock),
  'retention.yaml': listOf(retentionBlock),
  'lists.yaml': listOf(listBlock),
  'flags.yaml': listOf(flagBlock),
  'crosswalk.yaml': listOf(crosswalkBlock),
} as const;

export type PackFileName = keyof typeof PACK_FILES;
/** A pack as it was written, after its form was checked. */
export type PackText = { readonly [F in PackFileName]: z.output<(typeof PACK_FILES)[F]> };
export type Instrument = z.output<typeof instrumentBlock>;

/** The published JSON Schema: a definition for each file, by the file's name without its ending. */
export function packJsonSchema(): string {
  const definitions = Object.entries(PACK_FILES).map(([file, schema]) => {
    const { $schema: _dialect, ...definition } = z.toJSONSchema(schema, { io: 'input' });
    return [file.replace('.yaml', ''), file === 'pack.yaml' ? definition : { anyOf: [{ const: NO_BLOCKS }, definition] }];
  });
  return `${JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema', title: `A framework pack, form ${FORM}`,
    description: 'Generated from src/framework/schema.ts. Each file of a pack is an instance of the definition that has its name.',
    $defs: Object.fromEntries(definitions),
  }, null, 2)}\n`;
}
