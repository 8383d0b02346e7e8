import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pakistan } from '../framework/testing.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { LocalObjects, SYSTEM, logMigrations, withActor } from '../log/index.ts';
import { ScreeningDesk, importNameList, screeningMigrations, type NameSource } from './index.ts';
import { day, namesMadeUp } from './testing.ts';

let database: TestDatabase;
let directory: string;
let desk: ScreeningDesk;
let objects: LocalObjects;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...screeningMigrations]);
  directory = await mkdtemp(join(tmpdir(), 'nigran-desk-'));
  objects = new LocalObjects(directory);
  desk = new ScreeningDesk(database.pool('nigran_app'), objects, 2);
});
after(async () => {
  await desk.close();
  await database.drop();
  await rm(directory, { recursive: true });
});

const take = (source: NameSource) => withActor(database.pool('nigran_app'), SYSTEM, (tx) => importNameList(tx, day('2026-11-24'), { objects, framework: pakistan() }, source, { actor: 'screening', basis: 'refresh of the list' }));
const named = (source: NameSource, name: string): NameSource => ({ ...source, entries: source.entries.map((one, i) => (i === 0 ? { ...one, names: [{ text: name, kind: 'primary', quality: 'strong' }] } : one)) });

test('while the house holds no list of names, nobody is called clear', async () => {
  deepStrictEqual(await desk.answer(['{"name":"Zafar Example"}']), { code: 'LIST_EMPTY' });
});

test('questions are answered in their order, by every list and version that the ledger holds', async () => {
  ok('body' in await take(named(namesMadeUp('un', '2026-01-01', 4), 'EXAMPLE, Zafar Wahid')));
  ok('body' in await take(named(namesMadeUp('ofac', '2026-02-01', 4), 'SAMPLE, Olga Petrovna')));
  const lines = Array.from({ length: 450 }, (_, i) => JSON.stringify({ name: i % 3 === 0 ? 'Zafar Wahid Example' : i % 3 === 1 ? 'Olga Petrovna Sample' : 'Quite Somebody Else' }));
  lines[5] = 'no JSON';
  const answers = await desk.answer(lines);
  ok(!('code' in answers));
  strictEqual(answers.length, 450);
  const read = answers.map((answer) => JSON.parse(answer));
  deepStrictEqual([read[5].code, read[5].line], ['QUERY_NOT_JSON', 6]);
  for (const [i, answer] of read.entries()) {
    if (i === 5) continue;
    if (i % 3 === 2) strictEqual(answer.decision, 'clear');
    else deepStrictEqual([answer.candidates[0].list, answer.candidates[0].evidence.listVersion, answer.decision], i % 3 === 0 ? ['un', '2026-01-01', 'review'] : ['ofac', '2026-02-01', 'review']);
  }
});

test('a new version is asked as soon as the ledger holds it', async () => {
  ok('body' in await take(named(namesMadeUp('un', '2026-03-01', 4), 'OTHERWISE, Named')));
  const [gone, here] = await Promise.all([desk.answer(['{"name":"Zafar Wahid Example"}']), desk.answer(['{"name":"Named Otherwise"}'])]);
  ok(!('code' in gone) && !('code' in here));
  deepStrictEqual([JSON.parse(gone[0] ?? '').decision, JSON.parse(here[0] ?? '').candidates[0].evidence.listVersion], ['clear', '2026-03-01']);
});

test('as of an earlier day the lists of that day answer, a list without a state of that day is named, and what was learnt later is not known', async () => {
  const ask = async (query: object) => {
    const answers = await desk.answer([JSON.stringify(query)]);
    ok(!('code' in answers));
    return JSON.parse(answers[0] ?? '');
  };
  const then = await ask({ name: 'Zafar Wahid Example', asOf: '2026-02-15' });
  deepStrictEqual([then.decision, then.candidates[0].evidence.listVersion, then.asOf], ['review', '2026-01-01', { day: '2026-02-15', versions: { ofac: '2026-02-01', un: '2026-01-01' } }]);
  const early = await ask({ name: 'Zafar Wahid Example', asOf: '2026-01-15' });
  deepStrictEqual([early.code, early.detail], ['QUERY_AS_OF_UNKNOWN', 'asOf: ofac']);
  strictEqual((await ask({ name: 'Zafar Wahid Example', asOf: '2026-01-15', lists: ['un'] })).decision, 'review');
  deepStrictEqual((await ask({ name: 'Zafar Wahid Example', asOf: '2026-02-15', knownAt: '2026-02-15' })).detail, 'asOf: ofac, un');
  strictEqual((await ask({ name: 'Zafar Wahid Example', asOf: '2026-03-01' })).decision, 'clear');
});

test('more lines than a call may have are refused, and nothing is answered', async () => {
  deepStrictEqual(await desk.answer(Array.from({ length: 10_001 }, () => '{"name":"A B"}')), { code: 'BODY_TOO_MANY' });
});
