import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instantOf, parseInstant } from '../terms/index.ts';
import { calendarOf, diffPacks, explainPack, inForce, numberAt, obligationsAt, ruleParametersAt, PermitTimeline, type Framework } from './index.ts';
import { filesOf, load, pakistan, type PackName } from './testing.ts';

const PACKS: readonly PackName[] = ['pk-pvara-2026', 'ae-vara-2026'];
const DAYS = ['2025-12-02', '2026-03-07', '2026-11-24', '2031-01-01'].map((day) => parseInstant(`${day}T12:00:00Z`) ?? instantOf(0));
const whole = pakistan();

/** A pack without a fault must do for everything that the house asks of it. */
function assertTotal(framework: Framework): void {
  const moving = [...framework.events.values()].filter((event) => event.kind === 'step');
  for (const stage of framework.stages.keys()) for (const { event } of moving) ok(framework.table.get(stage)?.has(event) === true, `${stage} answers to ${event}`);
  for (const step of framework.steps) {
    ok(framework.stages.has(step.fromStage) && framework.stages.has(step.toStage) && framework.events.has(step.event), step.event);
    for (const gate of step.gates) ok(inForce(framework.gates.get(gate), step.from) !== undefined, `${gate} is in force when ${step.event} is`);
  }
  const dated = [framework.gates, framework.forms, framework.documents, framework.clocks, framework.obligations, framework.limits, framework.conditions, framework.parameters, framework.retention, framework.ladder];
  for (const list of dated.flatMap((map) => [...map.values()])) {
    for (const [i, one] of list.entries()) {
      ok(one.clause.en.length > 2 && one.clause.ur.length > 2 && one.note.length > 2, `${one.clause.en} has a source`);
      ok(one.from < one.to && (list[i + 1]?.from ?? Infinity) >= one.to, 'one block is in force on a day');
    }
  }
  for (const clock of [...framework.clocks.values()].flat()) ok(framework.events.has(clock.start), `${clock.clock} has a start`);
  const calendar = calendarOf(framework);
  strictEqual(calendar.isWorkingDay(20_000), calendar.isWorkingDay(20_000));
  const permits = new PermitTimeline(framework);
  for (const [n, stage] of [...framework.stages.keys()].entries()) {
    for (const at of DAYS) {
      ok(Array.isArray(obligationsAt(framework, stage, at)));
      permits.enter(n + 1, stage, at);
      for (const name of permits.caps.limitsOf(n + 1)) permits.caps.capAt(n + 1, name, at);
    }
  }
  for (const at of DAYS) ok(Object.values(ruleParametersAt(framework, at)).every((one) => Number.isFinite(one.value)));
  ok(numberAt(framework, 'lateness.max', DAYS[1] ?? instantOf(0)) > 0);
  ok(explainPack(framework).every((one) => one.says !== '' && one.clause.en !== ''));
  ok(diffPacks(whole, framework).changes.every((one) => one.words !== ''));
}

/** Loads a bent pack: it is refused with faults that a person can mend, or it is total. */
function judge(files: ReadonlyMap<string, string>): 'refused' | 'taken' {
  const { errors, framework } = load(files);
  for (const fault of errors) {
    ok(files.has(fault.file) || fault.code === 'PACK_FILE_MISSING', `${fault.file} is a file of the pack`);
    ok(fault.line >= 1 && fault.line <= (files.get(fault.file) ?? '').split('\n').length + 1, `${fault.file}:${fault.line}`);
    ok(fault.code.startsWith('PACK_') && fault.detail !== '' && fault.remedy.length > 10, JSON.stringify(fault));
  }
  strictEqual(framework === undefined, errors.length > 0, 'faults, or a pack');
  if (framework === undefined) return 'refused';
  assertTotal(framework);
  return 'taken';
}

const SCALARS = ['none', 'true', '""', '0', '-1', '99999999', '1e400', '"2026-02-30"', '"1900-01-01"', '"9999-12-31"', 'prescribed', 'draft', 'unset', 'assumption', 'forward', 'end', 'restore', '~', '[]', '{}', '&a b', '*a', '!!str x', '"\\u202e"'];
type Lines = readonly string[];
const keyOf = (line: string): string => /^\s*(?:- )?([A-Za-z]+):/.exec(line)?.[1] ?? '';

/** Ways to bend a list of lines at a place. `other` draws a second place, `word` a scalar. */
const WAYS: readonly ((lines: Lines, at: number, other: number, word: string) => Lines)[] = [
  (lines, at) => lines.toSpliced(at, 1),
  (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''),
  (lines, at, other) => lines.toSpliced(at, 1, lines[other] ?? ''),
  (lines, at, other) => lines.with(at, lines[other] ?? '').with(other, lines[at] ?? ''),
  (lines, at) => lines.toSpliced(at, 0, `${/^\s*/.exec(lines[at] ?? '')?.[0] ?? ''}  stranger: 1`),
  (lines, at, _other, word) => lines.with(at, (lines[at] ?? '').replace(/: .*$/, `: ${word}`)),
  // The value that the same key has somewhere else: each is of its form, and means something else.
  (lines, at, other) => {
    const same = lines.filter((line) => keyOf(line) !== '' && keyOf(line) === keyOf(lines[at] ?? ''));
    return lines.with(at, (lines[at] ?? '').replace(/: .*$/, () => /: .*$/.exec(same[other % Math.max(same.length, 1)] ?? '')?.[0] ?? ':'));
  },
  // A whole block goes, stands twice, or comes last.
  (lines, at) => {
    const [from, to] = blockAt(lines, at);
    return lines.toSpliced(from, to - from);
  },
  (lines, at) => {
    const [from, to] = blockAt(lines, at);
    return [...lines, ...lines.slice(from, to)];
  },
  (lines, at) => lines.with(at, (lines[at] ?? '').replace(/^ {2}/, '')),
  (lines, at, _other, word) => lines.with(at, (lines[at] ?? '').slice(0, word.length)),
];

function blockAt(lines: Lines, at: number): [number, number] {
  let from = at;
  while (from > 0 && !(lines[from] ?? '').startsWith('- ')) from -= 1;
  let to = from + 1;
  while (to < lines.length && !(lines[to] ?? '').startsWith('- ')) to += 1;
  return [from, to];
}

test('a pack bent anywhere is refused with file, line, code and remedy, or is total: nothing breaks, and nothing is taken in silence', () => {
  const seen = { refused: 0, taken: 0 };
  const bend = fc.record({ pack: fc.constantFrom(...PACKS), file: fc.nat(), way: fc.nat(WAYS.length - 1), at: fc.nat(), other: fc.nat(), word: fc.constantFrom(...SCALARS) });
  fc.assert(fc.property(fc.array(bend, { minLength: 1, maxLength: 2 }), (bends) => {
    const [first] = bends;
    const files = filesOf(first?.pack ?? 'pk-pvara-2026');
    const names = [...files.keys()].filter((name) => name.endsWith('.yaml'));
    for (const { file, way, at, other, word } of bends) {
      const name = names[file % names.length] ?? '';
      const lines = (files.get(name) ?? '').split('\n');
      files.set(name, (WAYS[way]?.(lines, at % lines.length, other % lines.length, word) ?? lines).join('\n'));
    }
    seen[judge(files)] += 1;
  }), { numRuns: 2500 });
  ok(seen.refused > seen.taken && seen.taken > 0, JSON.stringify(seen));
});

test('a value whose source is taken away is refused, whichever key of it and wherever it stands', () => {
  const places = PACKS.flatMap((pack) => [...filesOf(pack)].flatMap(([name, text]) => text.split('\n').flatMap((line, at) => (/^ {2}(instrument|version|section|status|effectiveFrom|note): /.test(line) ? [{ pack, name, at, key: keyOf(line) }] : []))));
  ok(places.length > 2_000, String(places.length));
  fc.assert(fc.property(fc.constantFrom(...places), ({ pack, name, at, key }) => {
    const files = filesOf(pack);
    const lines = (files.get(name) ?? '').split('\n');
    // A text that goes on over several lines goes with its key.
    let end = at + 1;
    while (/^ {4,}\S/.test(lines[end] ?? '')) end += 1;
    files.set(name, lines.toSpliced(at, end - at).join('\n'));
    const { errors } = load(files);
    ok(errors.some((fault) => fault.file === name && ['PACK_SOURCE_MISSING', 'PACK_KEY_MISSING'].includes(fault.code) && fault.detail.endsWith(key)), `${name}:${at + 1} ${key} ${JSON.stringify(errors[0])}`);
  }), { numRuns: 60 });
});

test('a section, an instrument and a version that nobody declared are refused where they stand', () => {
  const places = [...filesOf('pk-pvara-2026')].filter(([name]) => name !== 'instruments.yaml').flatMap(([name, text]) => text.split('\n').flatMap((line, at) => (/^ {2}(instrument|version|section): /.test(line) ? [{ name, at }] : [])));
  fc.assert(fc.property(fc.constantFrom(...places), fc.constantFrom('no-such-thing', 's.999', '"0.0"'), ({ name, at }, word) => {
    const files = filesOf('pk-pvara-2026');
    const lines = (files.get(name) ?? '').split('\n');
    files.set(name, lines.with(at, (lines[at] ?? '').replace(/: .*$/, `: ${word}`)).join('\n'));
    const { errors } = load(files);
    ok(errors.length > 0 && errors.every((fault) => fault.remedy !== ''), `${name}:${at + 1}`);
    ok(errors.some((fault) => fault.file === name), JSON.stringify(errors[0]));
  }), { numRuns: 40 });
  deepStrictEqual(load(filesOf('pk-pvara-2026')).errors, []);
});
