/**
 * What the blocks of a pack mean to each other: names that are declared once and used as declared, sources that
 * exist and may say what they are cited for, values without holes, gaps or overlaps in time, steps that lead
 * somewhere and never forward in a circle. Gives every fault with its line; a pack with one does not start.
 */

import type { KarachiDay } from '../terms/index.ts';
import { dayOf } from './day.ts';
import { faultAt, type PackFault, type Report } from './fault.ts';
import { measuredFaults } from './measured.ts';
import { MEASURE_UNITS, NEEDED_PARAMETERS, NEEDED_RECORDS } from './needed.ts';
import type { PackSource } from './read.ts';
import type { Citation, Instrument, PackFileName, PackText, Sourced } from './schema.ts';
import { stepFaults } from './steps.ts';

/** Every fault of a pack whose form is right. */
export function checkMeaning({ text, files }: PackSource): PackFault[] {
  const found: PackFault[] = [];
  const report: Report = (name, block, key, code, detail) => {
    const path = [block, key].filter((part) => part !== undefined);
    found.push(faultAt(name, files.get(name)?.lineOf(path) ?? 1, code, detail));
  };
  uniqueNames(text, report);
  sources(text, report);
  permissions(text, report);
  measuredFaults(text, report);
  periods(text, report);
  stepFaults(text, report);
  usedNames(text, report);
  return found;
}

/** Blocks that carry a source, by file. */
const SOURCED = ['services.yaml', 'stages.yaml', 'permissions.yaml', 'steps.yaml', 'limits.yaml', 'parameters.yaml', 'retention.yaml', 'lists.yaml'] as const;

function uniqueNames(text: PackText, report: Report): void {
  const once = (file: PackFileName, names: readonly string[]): void => {
    for (const [at, name] of names.entries()) if (names.indexOf(name) < at) report(file, at, undefined, 'PACK_NAME_TWICE', name);
  };
  once('instruments.yaml', text['instruments.yaml'].map((one) => `${one.instrument} ${one.version}`));
  once('services.yaml', text['services.yaml'].map((one) => one.service));
  once('stages.yaml', text['stages.yaml'].map((one) => one.stage));
  once('steps.yaml', text['steps.yaml'].map((one) => `${one.from} to ${one.to} by ${one.event}`));
  once('flags.yaml', text['flags.yaml'].map((one) => one.flag));
  for (const [at, one] of text['instruments.yaml'].entries()) {
    const sections = one.sections.map((each) => each.section);
    for (const [i, section] of sections.entries()) if (sections.indexOf(section) < i) report('instruments.yaml', at, 'sections', 'PACK_NAME_TWICE', section);
  }
}

function sources(text: PackText, report: Report): void {
  const instruments = new Map(text['instruments.yaml'].map((one) => [`${one.instrument} ${one.version}`, one]));
  const instrumentOf = (file: PackFileName, at: number, cited: Citation): Instrument | undefined => {
    const instrument = instruments.get(`${cited.instrument} ${cited.version}`);
    if (instrument === undefined) report(file, at, 'instrument', 'PACK_NAME_UNKNOWN', `${cited.instrument} ${cited.version}`);
    else if (!instrument.sections.some((one) => one.section === cited.section)) report(file, at, 'section', 'PACK_SECTION_UNDECLARED', `${cited.section} of ${cited.instrument}`);
    return instrument;
  };
  for (const file of SOURCED) {
    for (const [at, block] of text[file].entries()) {
      const instrument = instrumentOf(file, at, block);
      const wrong = instrument === undefined ? undefined : wrongStatus(block, instrument);
      if (wrong !== undefined) report(file, at, 'status', 'PACK_STATUS_WRONG', wrong);
    }
  }
  for (const [at, flag] of text['flags.yaml'].entries()) for (const cited of flag.cites) instrumentOf('flags.yaml', at, cited);
}

/** Why an instrument cannot give a value this status on the value's days; `undefined` when it can. */
function wrongStatus(block: Sourced, instrument: Instrument): string | undefined {
  const { kind } = instrument;
  const fits = { prescribed: kind === 'law', draft: kind === 'draft', assumption: kind === 'assumption', unset: kind === 'law' || kind === 'draft' }[block.status];
  if (!fits) return `${block.status}, by ${instrument.instrument}, which is ${kind}`;
  if (block.status !== 'prescribed') return undefined;
  if (instrument.inForceFrom === undefined || dayOf(block.effectiveFrom) < dayOf(instrument.inForceFrom)) return `${instrument.instrument} was not yet in force on ${block.effectiveFrom}`;
  const ends = instrument.inForceTo;
  const outlives = ends !== undefined && (block.effectiveTo === undefined || dayOf(block.effectiveTo) > dayOf(ends));
  return outlives ? `${instrument.instrument} ended on ${ends}` : undefined;
}

function permissions(text: PackText, report: Report): void {
  for (const [at, one] of text['permissions.yaml'].entries()) {
    if (one.status === 'unset' || (one.scope === 'listed' && one.services === undefined)) report('permissions.yaml', at, 'scope', 'PACK_HOLE', `services of ${one.stage}`);
    if (one.scope !== 'listed' && one.services !== undefined) report('permissions.yaml', at, 'services', 'PACK_FIELD_INVALID', `services stand only with the scope listed`);
    const twice = one.services?.find((service, i) => one.services?.indexOf(service) !== i);
    if (twice !== undefined) report('permissions.yaml', at, 'services', 'PACK_NAME_TWICE', twice);
  }
}

function usedNames(text: PackText, report: Report): void {
  const stages = new Set(text['stages.yaml'].map((one) => one.stage));
  const services = new Set<string>(text['services.yaml'].map((one) => one.service));
  const stage = (file: PackFileName, at: number, key: string, name: string): void => {
    if (!stages.has(name)) report(file, at, key, 'PACK_NAME_UNKNOWN', `the stage ${name}`);
  };
  for (const [at, one] of text['permissions.yaml'].entries()) {
    stage('permissions.yaml', at, 'stage', one.stage);
    for (const service of one.services ?? []) if (!services.has(service)) report('permissions.yaml', at, 'services', 'PACK_NAME_UNKNOWN', `the service ${service}`);
  }
  for (const [at, one] of text['steps.yaml'].entries()) {
    stage('steps.yaml', at, 'from', one.from);
    stage('steps.yaml', at, 'to', one.to);
    if (one.after !== undefined && !text['steps.yaml'].some((other) => other.event === one.after && other.to === one.from)) report('steps.yaml', at, 'after', 'PACK_NAME_UNKNOWN', `the event ${one.after}, which leads to ${one.from}`);
  }
  for (const [at, one] of text['limits.yaml'].entries()) stage('limits.yaml', at, 'stage', one.stage);
  for (const [at, one] of text['flags.yaml'].entries()) for (const name of one.stages ?? []) stage('flags.yaml', at, 'stages', name);
  for (const [at, one] of text['parameters.yaml'].entries()) {
    if (!Object.hasOwn(NEEDED_PARAMETERS, one.parameter)) report('parameters.yaml', at, 'parameter', 'PACK_NAME_UNKNOWN', `the parameter ${one.parameter}, which nothing in the house reads`);
  }
  for (const [at, one] of text['retention.yaml'].entries()) {
    if (!NEEDED_RECORDS.includes(one.record)) report('retention.yaml', at, 'record', 'PACK_NAME_UNKNOWN', `the record class ${one.record}`);
  }
  for (const [at, one] of text['limits.yaml'].entries()) {
    if (MEASURE_UNITS[one.measure] !== one.unit) report('limits.yaml', at, 'unit', 'PACK_UNIT_WRONG', `${one.measure} is measured in ${MEASURE_UNITS[one.measure] ?? 'another unit'}`);
  }
}

type DatedFile = 'permissions.yaml' | 'limits.yaml' | 'parameters.yaml' | 'retention.yaml' | 'lists.yaml';

interface DatedBlock {
  readonly at: number;
  readonly from: KarachiDay;
  readonly to: KarachiDay | undefined;
}

/** Every dated name is in force on each day from its start on, by exactly one block. */
function periods(text: PackText, report: Report): void {
  const begin = dayOf(text['pack.yaml'].effectiveFrom);
  const stageBegin = new Map(text['stages.yaml'].map((one) => [one.stage, dayOf(one.effectiveFrom)]));
  for (const file of ['services.yaml', 'stages.yaml', 'steps.yaml'] as const) {
    for (const [at, { effectiveFrom, effectiveTo }] of text[file].entries()) {
      if (effectiveTo !== undefined && dayOf(effectiveTo) <= dayOf(effectiveFrom)) report(file, at, 'effectiveTo', 'PACK_PERIOD_EMPTY', file);
    }
  }
  const judge = (file: DatedFile, nameOf: (at: number) => string, needed: readonly string[], startOf: (name: string) => KarachiDay): void => {
    const byName = new Map<string, DatedBlock[]>();
    for (const [at, block] of text[file].entries()) {
      const to = block.effectiveTo === undefined ? undefined : dayOf(block.effectiveTo);
      const name = nameOf(at);
      byName.set(name, [...(byName.get(name) ?? []), { at, from: dayOf(block.effectiveFrom), to }]);
    }
    for (const name of needed) if (!byName.has(name)) missing(file, name);
    for (const [name, blocks] of byName) periodFaults(file, name, blocks, startOf(name), report);
  };
  const missing = (file: DatedFile, name: string): void => {
    const stage = file === 'permissions.yaml' ? text['stages.yaml'].findIndex((one) => one.stage === name) : -1;
    if (stage < 0) report(file, undefined, undefined, 'PACK_HOLE', name);
    else report('stages.yaml', stage, 'stage', 'PACK_HOLE', `permissions.yaml says nothing of ${name}`);
  };
  judge('permissions.yaml', (at) => text['permissions.yaml'][at]?.stage ?? '', [...stageBegin.keys()], (name) => stageBegin.get(name) ?? begin);
  judge('parameters.yaml', (at) => text['parameters.yaml'][at]?.parameter ?? '', Object.keys(NEEDED_PARAMETERS), () => begin);
  judge('retention.yaml', (at) => text['retention.yaml'][at]?.record ?? '', NEEDED_RECORDS, () => begin);
  judge('limits.yaml', (at) => text['limits.yaml'][at]?.limit ?? '', [], () => Number.POSITIVE_INFINITY);
  judge('lists.yaml', (at) => text['lists.yaml'][at]?.list ?? '', [], () => begin);
}

function periodFaults(file: PackFileName, name: string, blocks: readonly DatedBlock[], start: KarachiDay, report: Report): void {
  const sorted = blocks.toSorted((a, b) => a.from - b.from || a.at - b.at);
  for (const one of sorted) if (one.to !== undefined && one.to <= one.from) report(file, one.at, 'effectiveTo', 'PACK_PERIOD_EMPTY', name);
  const [first] = sorted;
  if (first !== undefined && first.from > start) report(file, first.at, 'effectiveFrom', 'PACK_PERIOD_GAP', `${name}, before its first block`);
  for (const [i, one] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next === undefined) {
      if (one.to !== undefined) report(file, one.at, 'effectiveTo', 'PACK_PERIOD_GAP', `${name}, after its last block`);
    } else if (one.to === undefined || one.to > next.from) report(file, next.at, 'effectiveFrom', 'PACK_PERIOD_OVERLAP', name);
    else if (one.to < next.from) report(file, next.at, 'effectiveFrom', 'PACK_PERIOD_GAP', name);
  }
}
