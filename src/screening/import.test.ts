import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pakistan } from '../framework/testing.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { LocalObjects, SYSTEM, isKind, logMigrations, readEntries, withActor, withTransaction, type Entry } from '../log/index.ts';
import { instantOf, type Instant, type Rejection } from '../terms/index.ts';
import { WalletTable, importWalletList, listStates, readVersions, rebuildScreening, screeningMigrations, type Importer, type WalletSource } from './index.ts';
import { OFAC_2024, OFAC_2026, day, exemptions } from './testing.ts';

const NOW = day('2026-11-24');
const BY: Importer = { actor: 'screening', basis: 'refresh of the list' };
let database: TestDatabase;
let directory: string;
let objects: LocalObjects;
const framework = pakistan();

before(async () => {
  database = await openTestDatabase([...logMigrations, ...screeningMigrations]);
  directory = await mkdtemp(join(tmpdir(), 'nigran-lists-'));
  objects = new LocalObjects(directory);
});
after(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

const take = (source: WalletSource, by = BY) => withActor(database.pool('nigran_app'), SYSTEM, (tx) => importWalletList(tx, NOW, { objects, framework, exemptions }, source, by));
const codeOf = (answer: Entry | Rejection): string | undefined => ('code' in answer ? answer.code : undefined);
const state = async (now: Instant = NOW) => (await withActor(database.pool('nigran_app'), SYSTEM, (tx) => listStates(tx, framework, now)))[0];
const half: WalletSource = {
  ...OFAC_2026, version: '2026-07-01', publishedAt: day('2026-07-01'),
  files: OFAC_2026.files.map((file) => ({ ...file, text: file.text.split('\n').slice(0, 49).join('\n') })),
};

test('a version is entered with what became of every row, under the framework\'s force, and its content lies under its hash', async () => {
  const entry = await take(OFAC_2024);
  ok('body' in entry);
  const { read, count, repeated, exempt, quarantined, force, covers } = entry.body;
  deepStrictEqual({ read, count, repeated, exempt, quarantined, force }, { read: 654, count: 640, repeated: 13, exempt: 0, quarantined: 1, force: 'review' });
  deepStrictEqual(covers, ['bitcoin', 'evm', 'tron', 'ripple', 'other']);
  const text = await readFile(join(directory, entry.body.sha256.slice(0, 2), entry.body.sha256), 'utf8');
  strictEqual(text.split('\n').filter((line) => line.includes('"unreadable"')).length, 1);
});

test('a version is taken in once, of a list that the framework knows, with rows that can be read', async () => {
  strictEqual(codeOf(await take(OFAC_2024)), 'LIST_VERSION_KNOWN');
  strictEqual(codeOf(await take({ ...OFAC_2024, version: 'the same day again' })), 'LIST_VERSION_KNOWN');
  strictEqual(codeOf(await take({ ...OFAC_2024, list: 'atlantis' })), 'LIST_UNKNOWN');
  strictEqual(codeOf(await take({ ...OFAC_2026, version: 'empty', files: [{ name: 'sanctioned_addresses_ETH.txt', text: 'nothing\n' }] })), 'LIST_EMPTY');
});

test('a refresh that lost less than half of its families\' rows is taken in', async () => {
  const entry = await take(OFAC_2026);
  ok('body' in entry, 'the 97 of 2026 after the 156 EVM wallets of 2024');
});

test('a list with half its rows gone is held back, grows stale, and needs a second person', async () => {
  strictEqual((await state())?.heldSince, undefined);
  strictEqual(codeOf(await take(half)), 'LIST_SHRUNK');
  strictEqual(codeOf(await take(half)), 'LIST_SHRUNK', 'a refresh that is tried again is held again');
  const held = (await withActor(database.pool('nigran_app'), SYSTEM, (tx) => readEntries(tx, { from: 0, limit: 100 }))).filter((entry) => isKind(entry, 'list-held'));
  deepStrictEqual(held.map((entry) => [entry.body.count, entry.body.lastGoodVersion, entry.body.lastGoodCount]), [[48, '2026-06-25', 97]]);
  const before = await state(instantOf(day('2026-06-25') + 1));
  deepStrictEqual([before?.version, before?.isStale], ['2026-06-25', true]);
  strictEqual(codeOf(await take(half, { ...BY, confirmsLoss: true })), 'SECOND_PERSON_REQUIRED');
  strictEqual(codeOf(await take(half, { ...BY, second: BY.actor, confirmsLoss: true })), 'SECOND_PERSON_REQUIRED');
  ok('body' in await take(half, { ...BY, second: 'supervisor', confirmsLoss: true }));
  const after = await state(instantOf(day('2026-07-01') + 1));
  deepStrictEqual([after?.version, after?.isStale, after?.heldSince], ['2026-07-01', false, undefined]);
  strictEqual((await state())?.isStale, true, 'a list of July is stale in November');
});

test('a table filled from ledger and objects answers for each of the two times', async () => {
  const table = new WalletTable();
  const entries = await withActor(database.pool('nigran_app'), SYSTEM, (tx) => readEntries(tx, { from: 0, kinds: ['list-version'], limit: 100 }));
  for (const entry of entries) if (isKind(entry, 'list-version')) table.add(entry.body, await objects.get(entry.body.sha256), entry.admittedAt);
  const [first, second] = entries;
  ok(first !== undefined && second !== undefined);
  const tornado = '0x8589427373d6d84e98730d7795d8f6f8731fda16';
  strictEqual(table.lookup('evm', tornado, day('2025-01-01'))?.entry, 'ETH:90');
  strictEqual(table.lookup('evm', tornado, NOW), undefined);
  strictEqual(table.listedAt('evm', tornado, NOW, first.admittedAt)?.version, '2024-09-27');
  strictEqual(table.listedAt('evm', tornado, NOW, second.admittedAt), undefined);
});

test('the views folded again are the same bytes', async () => {
  const owner = database.pool('nigran_owner');
  const dump = async (): Promise<string> => JSON.stringify([(await owner.query('select * from screening.list_version order by entry')).rows, (await owner.query('select * from screening.list_held order by entry')).rows]);
  const before = await dump();
  strictEqual(await withTransaction(owner, rebuildScreening), 4);
  strictEqual(await dump(), before);
  deepStrictEqual((await readVersions(owner, 'ofac', 'wallets')).map((one) => one.version), ['2026-07-01', '2026-06-25', '2024-09-27']);
});
