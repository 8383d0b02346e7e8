/**
 * Time: every dated name is in force on each day from its first on, by exactly one block, and nothing is in force
 * on a day on which what it stands on is not. Otherwise a day of history would have two laws, or none.
 */

import type { KarachiDay } from '../terms/index.ts';
import { dayOf } from './day.ts';
import type { Report } from './fault.ts';
import { LIST_FILES, NAMING, named, wordsAt, type ListFile } from './naming.ts';
import { NEEDED_PARAMETERS, NEEDED_RECORDS } from './needed.ts';
import type { PackText } from './schema.ts';

interface DatedBlock {
  readonly at: number;
  readonly from: KarachiDay;
  readonly to: KarachiDay | undefined;
}

/** Files whose names the pack must speak of, and from which day on. */
type Needs = ReadonlyMap<string, KarachiDay>;

/** Reports periods that end before they begin, overlap, leave days out, or reach beyond what they stand on. */
export function periodFaults(text: PackText, report: Report): void {
  for (const file of LIST_FILES) {
    const byName = Map.groupBy(named(text, file).filter(({ block }) => 'status' in block), (one) => one.name);
    const needs = needsOf(text, file);
    for (const name of needs.keys()) if (!byName.has(name)) missing(text, file, name, report);
    for (const [name, blocks] of byName) {
      const dated = blocks.map(({ at, block }) => datedBlock(at, block));
      if (NAMING[file].standing === 'once') for (const one of dated) emptyFault(file, name, one, report);
      else runFaults(file, name, dated, needs.get(name), report);
    }
  }
  outside(text, report);
}

function datedBlock(at: number, block: object): DatedBlock {
  const [from = ''] = wordsAt(block, 'effectiveFrom');
  const [to] = wordsAt(block, 'effectiveTo');
  return { at, from: dayOf(from), to: to === undefined ? undefined : dayOf(to) };
}

function needsOf(text: PackText, file: ListFile): Needs {
  const begin = dayOf(text['pack.yaml'].effectiveFrom);
  switch (file) {
    case 'permissions.yaml':
      return new Map(text['stages.yaml'].map((one) => [one.stage, dayOf(one.effectiveFrom)]));
    case 'parameters.yaml':
      return new Map(Object.keys(NEEDED_PARAMETERS).map((name) => [name, begin]));
    case 'retention.yaml':
      return new Map(NEEDED_RECORDS.map((name) => [name, begin]));
    default:
      return new Map();
  }
}

function missing(text: PackText, file: ListFile, name: string, report: Report): void {
  const stage = file === 'permissions.yaml' ? text['stages.yaml'].findIndex((one) => one.stage === name) : -1;
  if (stage < 0) report(file, undefined, undefined, 'PACK_HOLE', name);
  else report('stages.yaml', stage, 'stage', 'PACK_HOLE', `permissions.yaml says nothing of ${name}`);
}

function emptyFault(file: ListFile, name: string, one: DatedBlock, report: Report): void {
  if (one.to !== undefined && one.to <= one.from) report(file, one.at, 'effectiveTo', 'PACK_PERIOD_EMPTY', name);
}

function runFaults(file: ListFile, name: string, blocks: readonly DatedBlock[], start: KarachiDay | undefined, report: Report): void {
  const sorted = blocks.toSorted((a, b) => a.from - b.from || a.at - b.at);
  for (const one of sorted) emptyFault(file, name, one, report);
  const [first] = sorted;
  if (first !== undefined && start !== undefined && first.from > start) report(file, first.at, 'effectiveFrom', 'PACK_PERIOD_GAP', `${name}, before its first block`);
  for (const [i, one] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next === undefined) {
      if (one.to !== undefined && start !== undefined) report(file, one.at, 'effectiveTo', 'PACK_PERIOD_GAP', `${name}, after its last block`);
    } else if (one.to === undefined || one.to > next.from) report(file, next.at, 'effectiveFrom', 'PACK_PERIOD_OVERLAP', name);
    else if (one.to < next.from) report(file, next.at, 'effectiveFrom', 'PACK_PERIOD_GAP', name);
  }
}

/** What stands on what: a block of the first file is in force only while what its key names is. */
const STANDS_ON: readonly (readonly [file: ListFile, key: string, on: ListFile])[] = [
  ['permissions.yaml', 'stage', 'stages.yaml'], ['steps.yaml', 'from', 'stages.yaml'], ['steps.yaml', 'to', 'stages.yaml'], ['steps.yaml', 'event', 'events.yaml'],
  ['steps.yaml', 'gates', 'gates.yaml'], ['gates.yaml', 'forms', 'forms.yaml'], ['gates.yaml', 'gates', 'gates.yaml'], ['obligations.yaml', 'clock', 'clocks.yaml'],
  ['stops.yaml', 'clock', 'clocks.yaml'], ['ladder.yaml', 'expires', 'clocks.yaml'], ['events.yaml', 'clock', 'clocks.yaml'],
];

function outside(text: PackText, report: Report): void {
  for (const [file, key, on] of STANDS_ON) {
    const spans = new Map<string, { from: KarachiDay; to: KarachiDay }>();
    for (const { name, at, block } of named(text, on)) {
      const { from, to = Number.POSITIVE_INFINITY } = datedBlock(at, block);
      const before = spans.get(name);
      spans.set(name, { from: Math.min(from, before?.from ?? from), to: Math.max(to, before?.to ?? to) });
    }
    for (const { at, block } of named(text, file)) {
      const { from, to = Number.POSITIVE_INFINITY } = datedBlock(at, block);
      for (const word of wordsAt(block, key)) {
        const span = spans.get(word);
        if (span !== undefined && (from < span.from || to > span.to)) report(file, at, key, 'PACK_PERIOD_OUTSIDE', word);
      }
    }
  }
}
