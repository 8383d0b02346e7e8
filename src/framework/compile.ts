/**
 * From a checked pack to what the house works with: stages and what each allows on each day, steps, services,
 * limits, parameters, lists and retention in the house's units, each with its source in words. The hash is
 * over the content, not over spacing and comments, so that the same law has the same hash.
 *
 * Refuses nothing: what is wrong with a pack was found before, and a compiled pack is sound.
 */

import { createHash } from 'node:crypto';
import { assert, canonicalJson, instantOf, startOfKarachiDay, type Instant, type Json, type Service } from '../terms/index.ts';
import { dayOf } from './day.ts';
import { NEEDED_PARAMETERS, type ParameterUse } from './needed.ts';
import { readQuantity } from './quantity.ts';
import type { Citation, Instrument, Measured, PackText, Permission, Sourced, Stage, Step, Unit, Worded } from './schema.ts';

/** After every instant: what is in force without an end. */
export const FOREVER = instantOf(Number.MAX_SAFE_INTEGER);

/** Where a value comes from, in words, and when it is in force: `from` and before `to`. */
export interface Source extends Citation {
  readonly status: Sourced['status'];
  /** Instrument and section as screens cite them; the house's own assumptions cite themselves. */
  readonly clause: Worded;
  readonly note: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** A measured value. `value`: hundredths of the currency, microseconds, a number or a word; `undefined` while it is unset. */
export interface Quantity extends Source {
  readonly name: string;
  readonly title: Worded;
  readonly unit: Unit;
  readonly value: number | string | undefined;
  /** The value is what the house works with meanwhile; the law has set none. */
  readonly isWorkingDefault: boolean;
}

/** What a stage allows while its source is in force. */
export interface CompiledPermission extends Source {
  readonly scope: Permission['scope'];
  readonly services: readonly Service[];
}

/** A stage with what it allows by date. `isLicence` is true for a licence alone: an NOC is none. */
export interface CompiledStage extends Source {
  readonly stage: string;
  readonly title: Worded;
  readonly means: Worded;
  readonly standing: Stage['standing'];
  readonly isLicence: boolean;
  readonly initial: boolean;
  /** In the order of time, without gap or overlap. */
  readonly permissions: readonly CompiledPermission[];
}

/** A step that a firm may take from one stage to another, or within one. */
export interface CompiledStep extends Source, Pick<Step, 'event' | 'way' | 'second'> {
  readonly fromStage: string;
  readonly toStage: string;
  /** The event that must have brought the firm into the stage it leaves. */
  readonly after: string | undefined;
}

/** A framework in the form that the house works with. Maps keep the pack's order; dated lists are in the order of time. */
export interface Framework {
  readonly id: string;
  readonly revision: number;
  readonly hash: string;
  readonly title: Worded;
  readonly authority: Worded;
  readonly country: string;
  readonly currency: string;
  readonly evidence: Worded;
  readonly effectiveFrom: Instant;
  readonly instruments: readonly Instrument[];
  readonly services: ReadonlyMap<Service, Source & { readonly number: number; readonly title: Worded; readonly carveOut: Worded | undefined }>;
  readonly stages: ReadonlyMap<string, CompiledStage>;
  readonly steps: readonly CompiledStep[];
  readonly limits: ReadonlyMap<string, readonly (Quantity & { readonly stage: string; readonly measure: string; readonly bound: 'ceiling' | 'floor' })[]>;
  readonly parameters: ReadonlyMap<string, readonly (Quantity & { readonly use: ParameterUse })[]>;
  readonly retention: ReadonlyMap<string, readonly Quantity[]>;
  readonly lists: ReadonlyMap<string, readonly (Source & { readonly title: Worded; readonly force: 'freeze' | 'review' | 'information'; readonly publisher: string })[]>;
  readonly flags: readonly { readonly flag: string; readonly title: Worded; readonly text: Worded; readonly stages: readonly string[] | undefined; readonly clauses: readonly Worded[] }[];
  /** What is off because a value is unset and has no working default. */
  readonly off: readonly { readonly parameter: string; readonly what: string; readonly clause: Worded; readonly from: Instant; readonly to: Instant }[];
}

/** Compiles a pack that has no fault. */
export function compilePack(text: PackText): Framework {
  const { currency, ...pack } = text['pack.yaml'];
  const cite = clauseIn(text['instruments.yaml']);
  const sourceOf = (block: Sourced): Source => ({
    status: block.status, instrument: block.instrument, version: block.version, section: block.section, clause: cite(block), note: block.note,
    from: startOfKarachiDay(dayOf(block.effectiveFrom)), to: block.effectiveTo === undefined ? FOREVER : startOfKarachiDay(dayOf(block.effectiveTo)),
  });
  const quantityOf = (name: string, title: Worded, block: Measured): Quantity => {
    const written = block.value ?? block.workingDefault;
    return {
      ...sourceOf(block), name, title, unit: block.unit, isWorkingDefault: block.workingDefault !== undefined,
      value: written === undefined ? undefined : readQuantity(block.unit, written, currency),
    };
  };
  const parameters = dated(text['parameters.yaml'].map((one) => {
    const use = NEEDED_PARAMETERS[one.parameter]?.use;
    assert(use !== undefined, `${one.parameter} is a parameter that the house reads`);
    return [one.parameter, { ...quantityOf(one.parameter, one.title, one), use }];
  }));
  return {
    id: pack.pack, revision: pack.revision, hash: contentHash(text), title: pack.title, authority: pack.authority, country: pack.country, currency,
    evidence: pack.evidence, effectiveFrom: startOfKarachiDay(dayOf(pack.effectiveFrom)), instruments: text['instruments.yaml'],
    services: new Map(text['services.yaml'].map((one) => [one.service, { ...sourceOf(one), number: one.number, title: one.title, carveOut: one.carveOut }])),
    stages: stagesOf(text, sourceOf),
    steps: text['steps.yaml'].map((one) => ({ ...sourceOf(one), fromStage: one.from, toStage: one.to, event: one.event, after: one.after, way: one.way, second: one.second })),
    limits: dated(text['limits.yaml'].map((one) => [one.limit, { ...quantityOf(one.limit, one.title, one), stage: one.stage, measure: one.measure, bound: one.bound }])),
    parameters,
    retention: dated(text['retention.yaml'].map((one) => [one.record, quantityOf(one.record, one.title, one)])),
    lists: dated(text['lists.yaml'].map((one) => [one.list, { ...sourceOf(one), title: one.title, force: one.force, publisher: one.publisher }])),
    flags: text['flags.yaml'].map((one) => ({ flag: one.flag, title: one.title, text: one.text, stages: one.stages, clauses: one.cites.map(cite) })),
    off: [...parameters.values()].flat().filter((one) => one.value === undefined)
      .map(({ name, clause, from, to }) => ({ parameter: name, what: NEEDED_PARAMETERS[name]?.off ?? name, clause, from, to })),
  };
}

function stagesOf(text: PackText, sourceOf: (block: Sourced) => Source): Framework['stages'] {
  const permissions = dated(text['permissions.yaml'].map((one) => [one.stage, { ...sourceOf(one), scope: one.scope, services: one.services ?? [] }]));
  return new Map(text['stages.yaml'].map((one) => [one.stage, {
    ...sourceOf(one), stage: one.stage, title: one.title, means: one.means, standing: one.standing, isLicence: one.standing === 'licence',
    initial: one.initial, permissions: permissions.get(one.stage) ?? [],
  }]));
}

function clauseIn(instruments: readonly Instrument[]): (cited: Citation) => Worded {
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
  const content: Json = JSON.parse(JSON.stringify(text));
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}
