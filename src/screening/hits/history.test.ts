import { deepStrictEqual, ok } from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { IdentityInput } from '../../vault/index.ts';
import type { ListEntry } from '../entity.ts';
import { entryOfPrimary } from '../lists/ofac-csv.ts';
import { Matcher } from '../match/matcher.ts';
import { readQuery } from '../match/query.ts';
import { ofacStates } from '../testing.ts';
import { WatchedHouse, personOf, stateOf } from './testing/watched-house.ts';

let house: WatchedHouse;
before(async () => { house = await WatchedHouse.open(); });
after(() => house.close());

const GIVEN = ['Muhammad', 'Ali', 'Ahmed', 'Ivan', 'Sergei', 'Maria', 'Li', 'Hassan', 'Carlos', 'Kim'];
const FAMILY = ['Khan', 'Hussain', 'Petrov', 'Garcia', 'Wei', 'Rahman', 'Kuznetsov', 'Shah', 'Mohammadi', 'Chol'];

/** A name as another clerk would write it: the parts turned round, a letter left out in every other. */
function respelt(name: string, n: number): string {
  const [last = '', first = ''] = name.split(', ');
  const turned = `${first} ${last}`.trim().toLowerCase();
  const at = 2 + (n % Math.max(1, turned.length - 3));
  return n % 2 === 0 ? turned : `${turned.slice(0, at)}${turned.slice(at + 1)}`;
}

test('after each sampled change of OFAC\'s list the open hits of the house are those of a full rescreen of everybody', async () => {
  const customers: { readonly person: string; readonly identity: IdentityInput }[] = [];
  const onboard = async (identities: readonly IdentityInput[]): Promise<void> => {
    const people = await house.vault.onboard('sdx', identities.map((identity, i) => [`c${customers.length + i}`, identity] as const));
    customers.push(...identities.map((identity, i) => ({ identity, person: people[i] ?? '' })));
  };
  await onboard(GIVEN.flatMap((given, i) => FAMILY.map((family, j) => personOf(1_000 + i * 10 + j, `${given} ${family}`, { birthDate: `${1950 + ((i * 7 + j) % 50)}-05-06` }))));
  let [number, compared, concerned] = [0, 0, 0];
  for await (const { set, rows } of ofacStates()) {
    number += 1;
    if (number !== 1 && number % 100 !== 0) continue;
    const entries = [...rows.values()].filter((row) => row[2] === 'individual').map((row) => entryOfPrimary(row)).filter((entry): entry is ListEntry => typeof entry !== 'string');
    // People who come now bear names of this state, which a later one may have dropped or written otherwise.
    await onboard(entries.filter((_, n) => n % 200 === number % 200).map((entry, n) => personOf(10_000 + number * 100 + n, respelt(entry.names[0]?.text ?? '', n), { birthDate: entry.birthDates.find((date) => date.length === 10) ?? '1970-01-01' })));
    ok('body' in await house.take(stateOf('ofac', set?.date ?? '2021-08-18', entries)));
    await house.round();
    const matcher = new Matcher({ entries });
    const full = customers.flatMap(({ person, identity }) => {
      const { cnic, v: _, type: __, ...known } = { cnic: '', ...identity };
      const query = readQuery({ ...known, schema: 'Person', identifiers: { cnic } });
      ok('names' in query);
      const found = matcher.screen(query, 40);
      ok('candidates' in found);
      return found.candidates.filter((one) => one.decision !== 'clear').map((one) => `${person} ${one.entry} ${one.decision} ${one.score}`);
    }).sort();
    const open = (await house.rows<{ person: string; entry: string; decision: string; score: number }>(`select person, entry, decision, score from screening.hit where state = 'open'`)).map((row) => `${row.person} ${row.entry} ${row.decision} ${row.score}`).sort();
    deepStrictEqual(open, full, `state ${number} of ${set?.date ?? 'the beginning'}`);
    compared += 1;
    concerned += full.length;
  }
  ok(compared >= 4 && concerned >= 200, `${compared} states, ${concerned} hits`);
});
