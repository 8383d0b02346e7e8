import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import test from 'node:test';
import { instantOf, parseInstant } from '../terms/index.ts';
import type { ListEntry } from './entity.ts';
import { entryOfPrimary } from './lists/ofac-csv.ts';
import { Matcher } from './match/matcher.ts';
import { numberKey } from './match/features.ts';
import { readQuery, type ScreeningQuery } from './match/query.ts';
import { lineOf } from './name-content.ts';
import { NameHistory } from './name-history.ts';
import { PeopleIndex, weighPair } from './people-index.ts';
import { screenInReverse, type OpenedPeople } from './reverse.ts';
import { ofacStates } from './testing.ts';

const queryOf = (given: object): ScreeningQuery => {
  const query = readQuery(given);
  ok('names' in query);
  return query;
};
const customers = new Map<number, ScreeningQuery>();
const index = new PeopleIndex();
const people: OpenedPeople = {
  open: (ref) => customers.get(ref),
  withNumbers: (numbers) => [...customers].filter(([, query]) => query.identifiers.some(({ value }) => numbers.includes(numberKey(value)))).map(([ref]) => ref),
};
function enter(ref: number, given: object): void {
  const query = queryOf(given);
  customers.set(ref, query);
  index.put(ref, query.names, query.schema === 'Person');
}

const GIVEN = ['Muhammad', 'Ali', 'Ahmed', 'Fatima', 'Ivan', 'Sergei', 'Maria', 'Jose', 'Li', 'Hassan', 'Usman', 'Zainab', 'Olga', 'Carlos', 'Kim'];
const FAMILY = ['Khan', 'Hussain', 'Petrov', 'Ivanova', 'Garcia', 'Wei', 'Malik', 'Rahman', 'Lopez', 'Kuznetsov', 'Shah', 'Qureshi', 'Mohammadi', 'Chol', 'Haddad'];

/** A name as another clerk would write it: the parts turned round, a letter doubled or left out. */
function respelt(name: string, n: number): string {
  const [last = '', first = ''] = name.split(', ');
  const turned = `${first} ${last}`.trim().toLowerCase();
  const at = 2 + (n % Math.max(1, turned.length - 3));
  return n % 3 === 0 ? turned : n % 3 === 1 ? `${turned.slice(0, at)}${turned[at] ?? ''}${turned.slice(at)}` : `${turned.slice(0, at)}${turned.slice(at + 1)}`;
}

test('after each of OFAC\'s changes that is sampled, the people found in reverse are those that a full rescreen finds', async () => {
  for (const [i, given] of GIVEN.entries()) for (const [j, family] of FAMILY.entries()) enter(i * 100 + j, { name: `${given} ${family}`, schema: 'Person', birthDate: `${1950 + ((i * 7 + j) % 50)}` });
  const lines = new Map<string, string>();
  const entries = new Map<string, ListEntry>();
  const history = new NameHistory();
  let number = 0;
  let compared = 0;
  let concerned = 0;
  for await (const { set, rows } of ofacStates()) {
    const touched = set === undefined ? [...rows.keys()] : [...set.added, ...set.changed].map((row) => row[0] ?? '');
    for (const id of lines.keys()) if (!rows.has(id)) { lines.delete(id); entries.delete(id); }
    for (const id of touched) {
      const entry = entryOfPrimary(rows.get(id) ?? []);
      ok(typeof entry !== 'string');
      lines.set(id, lineOf(entry));
      entries.set(id, entry);
    }
    const isSampled = set !== undefined && number % 60 === 7 && set.added.length + set.changed.length < 120;
    if (isSampled) {
      for (const [n, row] of [...set.added, ...set.changed].slice(0, 12).entries()) enter(10_000 + number * 100 + n, { name: respelt(row[1] ?? '', n), ...(row[2] === 'individual' ? { schema: 'Person' } : { schema: 'Organization' }) });
    }
    const change = history.take({ list: 'ofac', version: `${number}`, force: 'review', publishedAt: instantOf((parseInstant(`${set?.date ?? '2021-08-18'}T00:00:00Z`) ?? 0) + number), known: number }, lines);
    number += 1;
    if (!isSampled) continue;
    const changed = new Set([...change.added, ...change.changed.map(({ after }) => after)].map((one) => one.entry));
    const reverse = screenInReverse(change, index, people).map((hit) => `${hit.ref} ${hit.entry.entry} ${hit.weighed.decision} ${hit.weighed.score}`).sort();
    const matcher = new Matcher({ entries: [...entries.values()] });
    const full = [...customers].flatMap(([ref, query]) => {
      const found = matcher.screen(query);
      ok('candidates' in found);
      return found.candidates.filter((one) => one.decision !== 'clear' && changed.has(one.entry)).map((one) => `${ref} ${one.entry} ${one.decision} ${one.score}`);
    }).sort();
    deepStrictEqual(reverse, full, `change set ${number - 1} of ${set.date}`);
    compared += 1;
    concerned += full.length;
  }
  ok(compared >= 3 && concerned >= 20, `${compared} changes, ${concerned} people`);
});

test('an equal number finds its bearer under any name, a person who is gone is not found, and one who came since is', () => {
  const entry: ListEntry = {
    list: 'nacta', entry: '1', schema: 'Person', names: [{ text: 'Invented Gul Sample', kind: 'primary', quality: 'strong' }], fatherNames: [], birthDates: [], nationalities: [], gender: null,
    identifiers: [{ kind: 'cnic', value: '00000-0000000-9', country: 'pk' }], places: [], programs: [], wallets: [],
  };
  const found = (): number[] => screenInReverse({ added: [entry], changed: [] }, index, people).map((hit) => hit.ref);
  enter(900_001, { name: 'Quite Another', schema: 'Person', identifiers: { cnic: '0000000000009' } });
  enter(900_002, { name: 'Gul Invented Sample', schema: 'Person' });
  deepStrictEqual(found(), [900_001, 900_002]);
  const pair = weighPair(customers.get(900_001) ?? queryOf({ name: 'nobody' }), entry);
  strictEqual(pair?.weighed.decision, 'match');
  index.drop(900_002);
  deepStrictEqual(found(), [900_001]);
});
