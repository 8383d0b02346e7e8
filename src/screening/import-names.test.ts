import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pakistan } from '../framework/testing.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { LocalObjects, SYSTEM, isKind, logMigrations, readEntries, withActor, withTransaction, type Entry } from '../log/index.ts';
import { instantOf, type Rejection } from '../terms/index.ts';
import { importNameList, type NameSource } from './import-names.ts';
import { importWalletList, listStates, readVersions, rebuildScreening, screeningMigrations, type Importer } from './index.ts';
import { folderOf, unXml } from './lists/testing.ts';
import { readLists } from './lists/read-lists.ts';
import { NameHistory } from './name-history.ts';
import { OFAC_2024, day, exemptions, namesMadeUp } from './testing.ts';

const NOW = day('2026-11-24');
const BY: Importer = { actor: 'screening', basis: 'refresh of the list' };
let database: TestDatabase;
let directory: string;
let objects: LocalObjects;
const framework = pakistan();

before(async () => {
  database = await openTestDatabase([...logMigrations, ...screeningMigrations]);
  directory = await mkdtemp(join(tmpdir(), 'nigran-names-'));
  objects = new LocalObjects(directory);
});
after(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

const ground = { objects: { put: (bytes: Uint8Array) => objects.put(bytes), get: (sha256: string) => objects.get(sha256), has: (sha256: string) => objects.has(sha256) }, framework, exemptions };
const take = (source: NameSource, by = BY, now = NOW) => withActor(database.pool('nigran_app'), SYSTEM, (tx) => importNameList(tx, now, ground, source, by));
const codeOf = (answer: Entry | Rejection): string | undefined => ('code' in answer ? answer.code : undefined);
const state = (version: string, count: number, from = 0): NameSource => namesMadeUp('un', version, count, from);

test('a version of names is entered with what became of every row, under the framework\'s force, and has one instant', async () => {
  const entry = await take({ ...state('2026-01-01', 10), rows: 14, folded: 3, quarantined: [{ place: 'row 14', reason: 'no-name' }] });
  ok('body' in entry);
  const { holds, read, count, repeated, exempt, quarantined, force, covers } = entry.body;
  deepStrictEqual({ holds, read, count, repeated, exempt, quarantined, force, covers }, { holds: 'names', read: 14, count: 10, repeated: 3, exempt: 0, quarantined: 1, force: 'freeze', covers: [] });
  strictEqual(codeOf(await take(state('2026-01-01', 10))), 'LIST_VERSION_KNOWN');
  strictEqual(codeOf(await take({ ...state('2026-01-01', 10), version: 'the same day again' })), 'LIST_VERSION_KNOWN');
  strictEqual(codeOf(await take(namesMadeUp('atlantis', '2026-01-01', 10))), 'LIST_UNKNOWN');
  strictEqual(codeOf(await take({ ...state('2026-01-02', 10), entries: [] })), 'LIST_EMPTY');
});

test('a list with half its people gone, or with other people in their place, is held back and grows stale until a second person confirms', async () => {
  ok('body' in await take(state('2026-02-01', 6, 4)), 'six of ten are left');
  strictEqual(codeOf(await take(state('2026-03-01', 6, 7))), 'LIST_SHRUNK', 'as many as before, and half of them others');
  const staleOf = async () => (await withActor(database.pool('nigran_app'), SYSTEM, (tx) => listStates(tx, framework, instantOf(day('2026-03-02'))))).find((one) => one.list === 'un');
  deepStrictEqual([(await staleOf())?.version, (await staleOf())?.isStale], ['2026-02-01', true]);
  strictEqual(codeOf(await take(state('2026-03-01', 6, 7), { ...BY, confirmsLoss: true })), 'SECOND_PERSON_REQUIRED');
  ok('body' in await take(state('2026-03-01', 6, 7), { ...BY, second: 'supervisor', confirmsLoss: true }));
  deepStrictEqual([(await staleOf())?.version, (await staleOf())?.heldSince], ['2026-03-01', undefined]);
});

test('names and wallets of one list are versions of their own', async () => {
  ok('body' in await withActor(database.pool('nigran_app'), SYSTEM, (tx) => importWalletList(tx, NOW, ground, OFAC_2024, BY)));
  ok('body' in await take(namesMadeUp('ofac', '2024-09-27', 3)));
  const owner = database.pool('nigran_owner');
  deepStrictEqual([(await readVersions(owner, 'ofac', 'names')).length, (await readVersions(owner, 'ofac', 'wallets')).length], [1, 1]);
});

test('a history filled from ledger and objects answers for each of the two times', async () => {
  const history = new NameHistory();
  const entries = (await withActor(database.pool('nigran_app'), SYSTEM, (tx) => readEntries(tx, { from: 0, kinds: ['list-version'], limit: 100 }))).filter((entry) => isKind(entry, 'list-version') && entry.body.holds === 'names');
  for (const entry of entries) if (isKind(entry, 'list-version')) history.add(entry.body, await objects.get(entry.body.sha256), entry.admittedAt);
  const [first, second] = entries;
  ok(first !== undefined && second !== undefined);
  strictEqual(history.listedAt('un', '1', day('2026-01-15'))?.version.version, '2026-01-01');
  strictEqual(history.listedAt('un', '1', day('2026-02-15')), undefined, 'delisted in February');
  strictEqual(history.listedAt('un', '1', day('2026-02-15'), first.admittedAt)?.version.version, '2026-01-01', 'the house did not know that yet');
  strictEqual(history.listedAt('un', '5', day('2026-02-15'))?.since.version, '2026-01-01');
});

test('what was read from a publisher\'s file is what the ledger\'s version holds', async () => {
  const folder = await folderOf({ 'un.xml': unXml('2026-05-01') });
  const [found] = (await readLists(folder)).lists;
  await rm(folder, { recursive: true });
  ok(found !== undefined);
  const { list, entries, rows, folded, quarantined } = found;
  const entry = await take({ list, version: found.version, publishedAt: day(found.version), source: 'un.xml', entries, rows, folded, quarantined }, { ...BY, second: 'supervisor', confirmsLoss: true });
  ok('body' in entry);
  const history = new NameHistory();
  history.add(entry.body, await objects.get(entry.body.sha256), entry.admittedAt);
  deepStrictEqual(history.entriesAt('un', NOW), entries);
});

test('the views folded again are the same bytes', async () => {
  const owner = database.pool('nigran_owner');
  const dump = async (): Promise<string> => JSON.stringify([(await owner.query('select * from screening.list_version order by entry')).rows, (await owner.query('select * from screening.list_held order by entry')).rows]);
  const before = await dump();
  await withTransaction(owner, rebuildScreening);
  strictEqual(await dump(), before);
});
