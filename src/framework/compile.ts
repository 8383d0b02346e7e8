/**
 * From a checked pack to what the house works with: stages and what each allows on each day, the table of stages
 * and events, gates, forms, clocks and what is owed by them, each with its source in words and in the house's
 * units. The hash is over the content, not over spacing and comments, so that the same law has the same hash.
 *
 * Refuses nothing: what is wrong with a pack was found before, and a compiled pack is sound.
 */

import { createHash } from 'node:crypto';
import { assert, canonicalJson, instantOf, type Json } from '../terms/index.ts';
import type { Answer, Compiled, CompiledClock, CompiledStep, Framework, Quantity, Source } from './compiled.ts';
import { dayOf, startOfDay } from './day.ts';
import type { eventBlock } from './form-entry.ts';
import type { Citation, Measured, Sourced, Worded } from './form-parts.ts';
import { readLength } from './length.ts';
import { NEEDED_PARAMETERS, type ParameterUse } from './needed.ts';
import { readQuantity } from './quantity.ts';
import type { Instrument, PackText } from './schema.ts';

/** After every instant: what is in force without an end. */
export const FOREVER = instantOf(Number.MAX_SAFE_INTEGER);

/** What turns blocks of one pack into compiled ones. */
interface Press {
  readonly text: PackText;
  source(block: Sourced): Source;
  quantity(name: string, title: Worded, block: Measured): Quantity;
  /** A text of money in hundredths of the currency, of a duration in microseconds. */
  amount(unit: 'money' | 'duration', written: string | undefined): number | undefined;
}

/** Compiles a pack that has no fault. */
export function compilePack(text: PackText): Framework {
  const press = pressOf(text);
  const pack = text['pack.yaml'];
  const cite = clauseIn(text['instruments.yaml']);
  return {
    id: pack.pack, revision: pack.revision, hash: contentHash(text), title: pack.title, authority: pack.authority, country: pack.country, currency: pack.currency,
    zone: pack.timeZone, evidence: pack.evidence, effectiveFrom: startOfDay(dayOf(pack.effectiveFrom), pack.timeZone), instruments: text['instruments.yaml'],
    services: new Map(text['services.yaml'].map((one) => [one.service, { ...press.source(one), number: one.number, title: one.title, carveOut: one.carveOut }])),
    ...entryOf(press),
    ...dutyOf(press),
    ...figuresOf(press),
    lists: dated(text['lists.yaml'].map((one) => [one.list, { ...press.source(one), title: one.title, force: one.force, publisher: one.publisher }])),
    flags: text['flags.yaml'].map((one) => ({ flag: one.flag, title: one.title, text: one.text, stages: one.stages, clauses: one.cites.map(cite) })),
    crosswalk: text['crosswalk.yaml'].map((one) => ({ crosswalk: one.crosswalk, from: one.from.map(cite), to: one.to.map(cite), about: one.about })),
  };
}

function pressOf(text: PackText): Press {
  const { currency, timeZone } = text['pack.yaml'];
  const cite = clauseIn(text['instruments.yaml']);
  const source = (block: Sourced): Source => ({
    status: block.status, instrument: block.instrument, version: block.version, section: block.section, clause: cite(block), note: block.note,
    from: startOfDay(dayOf(block.effectiveFrom), timeZone), to: block.effectiveTo === undefined ? FOREVER : startOfDay(dayOf(block.effectiveTo), timeZone),
  });
  return {
    text, source,
    quantity: (name, title, block) => {
      const written = block.value ?? block.workingDefault;
      return {
        ...source(block), name, title, unit: block.unit, isWorkingDefault: block.workingDefault !== undefined,
        value: written === undefined ? undefined : readQuantity(block.unit, written, currency),
      };
    },
    amount: (unit, written) => {
      const amount = written === undefined ? undefined : readQuantity(unit, written, currency);
      assert(amount === undefined || typeof amount === 'number', `${unit} is a number`);
      return amount;
    },
  };
}

function entryOf({ text, source }: Press): Pick<Framework, 'stages' | 'events' | 'steps' | 'table' | 'gates' | 'forms' | 'documents' | 'roles' | 'criteria'> {
  const permissions = dated(text['permissions.yaml'].map((one) => [one.stage, { ...source(one), scope: one.scope, services: one.services ?? [] }]));
  const events = new Map(text['events.yaml'].map((one) => [one.event, { ...one, ...source(one) }]));
  const steps = text['steps.yaml'].map((one): CompiledStep => ({
    ...source(one), fromStage: one.from, toStage: one.to, event: one.event, after: one.after, way: one.way, second: one.second, reasons: one.reasons, gates: one.gates ?? [],
  }));
  return {
    events, steps,
    stages: new Map(text['stages.yaml'].map((one) => [one.stage, {
      ...source(one), stage: one.stage, title: one.title, means: one.means, standing: one.standing, isLicence: one.standing === 'licence',
      initial: one.initial, final: one.final, permissions: permissions.get(one.stage) ?? [],
    }])),
    table: tableOf(text['stages.yaml'].map((one) => one.stage), [...events.values()], steps),
    gates: dated(text['gates.yaml'].map((one) => [one.gate, { ...one, ...source(one) }])),
    forms: dated(text['forms.yaml'].map((one) => [one.form, { ...one, ...source(one) }])),
    documents: dated(text['documents.yaml'].map((one) => [one.document, { ...one, ...source(one) }])),
    roles: dated(text['roles.yaml'].map((one) => [one.role, { ...one, ...source(one) }])),
    criteria: dated(text['criteria.yaml'].map((one) => [one.criterion, { ...one, ...source(one) }])),
  };
}

function tableOf(stages: readonly string[], events: readonly Compiled<typeof eventBlock>[], steps: readonly CompiledStep[]): Framework['table'] {
  const taken = Map.groupBy(steps, (step) => `${step.fromStage} ${step.event}`);
  const moving = events.filter((one) => one.kind === 'step');
  return new Map(stages.map((stage) => [stage, new Map(moving.map((event): [string, Answer] => {
    const open = taken.get(`${stage} ${event.event}`);
    return [event.event, open === undefined ? { kind: 'closed', source: event } : { kind: 'steps', steps: open }];
  }))]));
}

function dutyOf(press: Press): Pick<Framework, 'conditions' | 'clocks' | 'obligations' | 'holidays' | 'holidaysTo' | 'ladder' | 'offences' | 'warnings'> {
  const { text, source } = press;
  return {
    conditions: dated(text['conditions.yaml'].map((one) => [one.condition, { ...one, ...source(one) }])),
    clocks: dated(text['clocks.yaml'].map((one): [string, CompiledClock] => {
      const written = one.length ?? one.workingDefault;
      return [one.clock, {
        ...one, ...source(one), span: written === undefined ? undefined : readLength(written), isWorkingDefault: one.workingDefault !== undefined,
        stops: text['stops.yaml'].filter((stop) => stop.clock === one.clock).map((stop) => ({ ...stop, ...source(stop) })),
      }];
    })),
    obligations: dated(text['obligations.yaml'].map((one) => [one.obligation, { ...one, ...source(one) }])),
    holidays: text['holidays.yaml'].map((one) => ({ ...one, ...source(one) })),
    holidaysTo: dayOf(text['pack.yaml'].holidaysTo),
    ladder: dated(text['ladder.yaml'].map((one) => [one.rung, { ...one, ...source(one), capMinor: press.amount('money', one.cap) }])),
    offences: dated(text['offences.yaml'].map((one) => [one.offence, { ...one, ...source(one), fineMinor: press.amount('money', one.fine) }])),
    warnings: dated(text['warnings.yaml'].map((one) => [one.warning, { ...one, ...source(one) }])),
  };
}

function figuresOf(press: Press): Pick<Framework, 'limits' | 'parameters' | 'retention' | 'fees' | 'capital' | 'off'> {
  const { text, quantity } = press;
  const parameters = dated(text['parameters.yaml'].map((one): [string, Quantity & { use: ParameterUse | 'shown' }] => {
    const use = one.use === 'shown' ? 'shown' : NEEDED_PARAMETERS[one.parameter]?.use;
    assert(use !== undefined, `${one.parameter} is a parameter that the house reads`);
    return [one.parameter, { ...quantity(one.parameter, one.title, one), use }];
  }));
  return {
    parameters,
    limits: dated(text['limits.yaml'].map((one) => [one.limit, {
      ...quantity(one.limit, one.title, one), limit: one.limit, stage: one.stage, measure: one.measure, per: one.per, bound: one.bound,
      window: one.window, windowUs: press.amount('duration', one.window),
    }])),
    retention: dated(text['retention.yaml'].map((one) => [one.record, quantity(one.record, one.title, one)])),
    fees: dated(text['fees.yaml'].map((one) => [one.fee, { ...quantity(one.fee, one.title, one), fee: one.fee, event: one.event, refundable: one.refundable }])),
    capital: dated(text['capital.yaml'].map((one) => [one.capital, { ...quantity(one.capital, one.title, one), capital: one.capital, service: one.service }])),
    off: [...parameters.values()].flat().filter((one) => one.value === undefined && one.use !== 'shown')
      .map(({ name, clause, from, to }) => ({ parameter: name, what: NEEDED_PARAMETERS[name]?.off ?? name, clause, from, to })),
  };
}

/** Words by which a clause of these instruments is cited. */
export function clauseIn(instruments: readonly Instrument[]): (cited: Citation) => Worded {
  const shorts = new Map(instruments.map((one) => [`${one.instrument} ${one.version}`, one.short]));
  return (cited) => {
    const short = shorts.get(`${cited.instrument} ${cited.version}`);
    assert(short !== undefined, `${cited.instrument} is declared`);
    return { en: `${short.en}, ${cited.section}`, ur: `${short.ur}، ${cited.section}` };
  };
}

function dated<T extends Source>(blocks: readonly (readonly [string, T])[]): Map<string, T[]> {
  const byName = new Map<string, T[]>();
  for (const [name, block] of blocks) byName.set(name, [...(byName.get(name) ?? []), block]);
  for (const list of byName.values()) list.sort((a, b) => a.from - b.from);
  return byName;
}

function contentHash(text: PackText): string {
  return createHash('sha256').update(contentOf(text)).digest('hex');
}

/** What a pack holds, without spacing and comments, as the bytes that its hash is over. */
export function contentOf(text: PackText): string {
  const content: Json = JSON.parse(JSON.stringify(text));
  return canonicalJson(content);
}
