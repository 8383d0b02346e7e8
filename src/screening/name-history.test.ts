import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { DAY_US, instantOf, parseInstant } from '../terms/index.ts';
import type { ListEntry } from './entity.ts';
import { entryOfPrimary } from './lists/ofac-csv.ts';
import { decodeNames, encodeNames, entryOfLine, lineOf } from './name-content.ts';
import { NameHistory, type NameVersion } from './name-history.ts';
import { ofacStates } from './testing.ts';

const FOREVER = Number.MAX_SAFE_INTEGER;

function person(entry: string, name: string, list = 'ofac'): ListEntry {
  return { list, entry, schema: 'Person', names: [{ text: name, kind: 'primary', quality: 'strong' }], fatherNames: [], birthDates: [], nationalities: [], gender: null, identifiers: [], places: [], programs: [], wallets: [] };
}
const version = (list: string, day: number, known: number): NameVersion => ({ list, version: `v${day}`, force: 'review', publishedAt: instantOf(day * DAY_US), known });
const linesOf = (entries: readonly ListEntry[]): Map<string, string> => new Map(entries.map((one) => [one.entry, lineOf(one)]));

test('a version comes back from its bytes as it went in, its entries in the order of their numbers', () => {
  const entries = [person('10', 'TEN "Quoted", Ali'), person('9', 'نو'), person('9a', '\\"entry":"7"')];
  const head = { list: 'ofac', version: 'v1', publishedAt: instantOf(5), source: 'test' };
  const bytes = encodeNames(head, linesOf(entries), [{ place: 'alt.csv:3', reason: 'no-primary-row' }]);
  const back = decodeNames(bytes);
  deepStrictEqual([back.head, back.quarantined, [...back.lines.keys()]], [head, 1, ['9', '10', '9a']]);
  deepStrictEqual([...back.lines.values()].map((line) => entryOfLine('ofac', line)), [entries[1], entries[0], entries[2]]);
  deepStrictEqual(encodeNames(head, new Map([...back.lines].reverse()), [{ place: 'alt.csv:3', reason: 'no-primary-row' }]), bytes, 'the order of the rows leaves the bytes as they are');
});

test('an entry is listed from the version that brings it, without a break, and only as the house knew it', () => {
  const history = new NameHistory();
  history.take(version('un', 1, 100), linesOf([person('1', 'A', 'un'), person('2', 'B', 'un')]));
  history.take(version('un', 3, 300), linesOf([person('1', 'A', 'un')]));
  history.take(version('un', 5, 500), linesOf([person('1', 'A changed', 'un'), person('2', 'B', 'un')]));
  const late = history.take(version('un', 4, 600), linesOf([person('2', 'B', 'un')]));
  const at = (entry: string, day: number, known = FOREVER) => { const found = history.listedAt('un', entry, instantOf(day * DAY_US), known); return found === undefined ? undefined : [found.entry.names[0]?.text, found.version.version, found.since.version]; };
  deepStrictEqual([at('1', 0), at('1', 1), at('1', 3), at('1', 4), at('1', 5)], [undefined, ['A', 'v1', 'v1'], ['A', 'v3', 'v1'], undefined, ['A changed', 'v5', 'v5']]);
  deepStrictEqual([at('1', 4, 599), at('1', 5, 599), at('1', 1, 99)], [['A', 'v3', 'v1'], ['A changed', 'v5', 'v1'], undefined]);
  deepStrictEqual([at('2', 3), at('2', 4), at('2', 5)], [undefined, ['B', 'v4', 'v4'], ['B', 'v5', 'v4']]);
  deepStrictEqual([late.before?.version, late.added.map((one) => one.entry), late.removed.map((one) => one.entry)], ['v3', ['2'], ['1']]);
  deepStrictEqual(history.changeOf('un', 'v5')?.changed.map(({ before, after }) => [before.names[0]?.text, after.names[0]?.text]), [['A', 'A changed']]);
});

test('any question of the two times is answered as a plain search of the versions answers it', () => {
  const state = fc.record({ day: fc.integer({ min: 1, max: 9 }), named: fc.array(fc.constantFrom('x', 'y', undefined), { minLength: 4, maxLength: 4 }) });
  fc.assert(fc.property(fc.uniqueArray(state, { selector: (one) => one.day, maxLength: 7 }), (states) => {
    const history = new NameHistory();
    const entriesOf = (named: readonly (string | undefined)[]): ListEntry[] => named.flatMap((name, i) => (name === undefined ? [] : [person(`${i}`, name)]));
    for (const [learnt, { day, named }] of states.entries()) history.take(version('ofac', day, learnt), linesOf(entriesOf(named)));
    for (let day = 0; day < 11; day++) {
      for (let known = -1; known < states.length; known++) {
        const then = states.filter((one, learnt) => learnt <= known && one.day <= day).sort((a, b) => a.day - b.day).at(-1);
        deepStrictEqual(history.entriesAt('ofac', instantOf(day * DAY_US), known).sort((a, b) => Number(a.entry) - Number(b.entry)), entriesOf(then?.named ?? []));
        for (let i = 0; i < 4; i++) strictEqual(history.listedAt('ofac', `${i}`, instantOf(day * DAY_US), known)?.entry.names[0]?.text, then?.named[i]);
      }
    }
  }), { numRuns: 60 });
});

test('each of OFAC\'s 307 real changes gives the rows that it tells, and who was listed is known at every version', async () => {
  const history = new NameHistory();
  const lines = new Map<string, string>();
  const lived: { readonly at: number; readonly present: ReadonlySet<string> }[] = [];
  const watched = new Set<string>();
  let number = 0;
  for await (const { set, rows } of ofacStates()) {
    if (set !== undefined) strictEqual(rows.size, set.rows, `${set.date}: rows after the change`);
    const touched = set === undefined ? [...rows.keys()] : [...set.added, ...set.changed].map((row) => row[0] ?? '');
    for (const id of lines.keys()) if (!rows.has(id)) lines.delete(id);
    for (const id of touched) {
      const entry = entryOfPrimary(rows.get(id) ?? []);
      ok(typeof entry !== 'string', `${id}: ${String(entry)}`);
      lines.set(id, lineOf(entry));
    }
    const at = instantOf((parseInstant(`${set?.date ?? '2021-08-18'}T00:00:00Z`) ?? 0) + number);
    const change = history.take({ list: 'ofac', version: `${number}`, force: 'review', publishedAt: at, known: number }, lines);
    if (set !== undefined) {
      // A row may change in what no fact is read from, such as a title.
      const told = new Set([...touched, ...set.removed]);
      const seen = [...change.added, ...change.changed.map((one) => one.after), ...change.removed].map((one) => one.entry);
      deepStrictEqual(seen.filter((id) => !told.has(id)), [], `${set.date}: nothing else changed`);
      deepStrictEqual([change.added.length, change.removed.length], [set.added.length, set.removed.length], `${set.date}: who came and who went`);
    }
    for (const id of touched.slice(0, 2)) watched.add(id);
    for (const one of change.removed.slice(0, 2)) watched.add(one.entry);
    lived.push({ at, present: new Set(rows.keys()) });
    number += 1;
  }
  strictEqual(number, 308);
  const asked = [...watched].slice(0, 250);
  for (const [i, { at, present }] of lived.entries()) {
    if (i % 11 !== 0 && i !== 307) continue;
    for (const id of asked) strictEqual(history.listedAt('ofac', id, instantOf(at)) !== undefined, present.has(id), `${id} at version ${i}`);
  }
  ok(history.facts < 20_000);
});
