import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { accessMigrations, type Member } from '../access/index.ts';
import { pakistan } from '../framework/testing.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { SYSTEM, isKind, logMigrations, readEntries, withActor, type Tx } from '../log/index.ts';
import { DAY_US, instantOf, parseInstant, type Instant } from '../terms/index.ts';
import { adoptPack, holdToPack, proposePack, readAdoption } from './adoption.ts';
import { licensingMigrations } from './migrations.ts';

const framework = pakistan();
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const START = { actor: 'start', basis: 'as found' };
const A: Member = { account: 'officer.a', organisation: 'authority', roles: ['policy'] };
const B: Member = { account: 'officer.b', organisation: 'authority', roles: ['supervisor'] };
const next = { ...framework, revision: framework.revision + 1, hash: 'b'.repeat(64) };
let database: TestDatabase;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations, ...licensingMigrations]);
});
after(() => database.drop());

const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withActor(database.pool('nigran_app'), SYSTEM, work);
const hold = (pack: typeof framework) => act((tx) => holdToPack(tx, NOW, pack, START));
const codeOf = (answer: object): string | undefined => ('code' in answer ? String(answer.code) : undefined);

test('a house without an entry records its pack as found, and from then on starts under no other', async () => {
  strictEqual(await hold(framework), undefined);
  strictEqual(await hold(framework), undefined, 'and says it once');
  const entries = await act((tx) => readEntries(tx, { from: 0, limit: 10 }));
  deepStrictEqual(entries.map((entry) => [entry.kind, entry.actor]), [['framework-adopted', 'start']]);
  const changed = await hold({ ...framework, hash: 'a'.repeat(64) });
  match(changed?.what ?? '', /was changed under its revision/);
  match((await hold({ ...framework, revision: framework.revision - 1, hash: 'a'.repeat(64) }))?.what ?? '', /is older/);
  match((await hold({ ...framework, id: 'another' , hash: 'a'.repeat(64) }))?.what ?? '', /another framework/);
  match((await hold(next))?.what ?? '', /is not adopted/);
  strictEqual((await act((tx) => readEntries(tx, { from: 0, limit: 10 }))).length, 1, 'a refusal writes nothing');
});

test('a new revision is adopted by two officers, each another, and then the house starts under it alone', async () => {
  const wanted = { framework: framework.id, revision: next.revision, hash: next.hash, reasons: 'The licensing regulations are out.' };
  const propose = (more: object, by = A) => act((tx) => proposePack(tx, NOW, { ...wanted, ...more }, by));
  strictEqual(codeOf(await propose({ revision: framework.revision })), 'PACK_NOT_NEXT');
  strictEqual(codeOf(await propose({ framework: 'another' })), 'PACK_NOT_NEXT');
  strictEqual(codeOf(await propose({ hash: 'short' })), 'DECISION_INVALID');
  strictEqual(codeOf(await propose({ reasons: ' ' })), 'DECISION_INVALID');
  strictEqual(codeOf(await propose({}, { account: 'x', organisation: 'authority', roles: ['surveillance-analyst'] })), 'FORBIDDEN');
  const made = await propose({}, B);
  ok('index' in made);
  strictEqual(codeOf(await propose({})), 'DECISION_STALE', 'it is proposed already');
  const agree = (by: Member, proposal = made.index) => act((tx) => adoptPack(tx, NOW, proposal, by));
  strictEqual(codeOf(await agree(B)), 'SECOND_PERSON_REQUIRED');
  strictEqual(codeOf(await agree(A)), 'FORBIDDEN', 'who plans policy agrees to nothing');
  strictEqual(codeOf(await agree({ ...B, account: 'officer.c' }, made.index + 9)), 'PROPOSAL_UNKNOWN');
  const adopted = await agree({ ...B, account: 'officer.c' });
  ok(isKind(adopted as never, 'framework-adopted') && 'second' in adopted);
  deepStrictEqual([adopted.actor, adopted.second], ['officer.b', 'officer.c']);
  const now = await act((tx) => readAdoption(tx, NOW));
  deepStrictEqual([now.adopted?.hash, now.waits], [next.hash, []]);
  strictEqual(await hold(next), undefined);
  match((await hold(framework))?.what ?? '', /is older/);
  strictEqual(codeOf(await agree(B)), 'PROPOSAL_UNKNOWN', 'it is done');
});

test('a demo\'s invented officers adopt a later revision at once, and never a changed one', async () => {
  const officers = { actor: 'policy', second: 'supervisor', basis: 'synthetic' };
  const later = { ...framework, revision: next.revision + 1, hash: 'c'.repeat(64) };
  strictEqual(await act((tx) => holdToPack(tx, NOW, later, START, officers)), undefined);
  match((await act((tx) => holdToPack(tx, NOW, { ...later, hash: 'd'.repeat(64) }, START, officers)))?.what ?? '', /was changed/);
});

test('a revision that is adopted for a later day holds from that day on, and the one before until then', async () => {
  const before = (await act((tx) => readAdoption(tx, NOW))).adopted;
  ok(before !== undefined);
  const day = instantOf(NOW + 10 * DAY_US);
  const coming = { ...framework, revision: before.revision + 1, hash: 'e'.repeat(64) };
  const propose = (more: object) => act((tx) => proposePack(tx, NOW, { framework: framework.id, revision: coming.revision, hash: coming.hash, reasons: 'From the first of the month.', ...more }, A));
  strictEqual(codeOf(await propose({ effectiveFrom: NOW })), 'DECISION_INVALID', 'nothing reaches back');
  const made = await propose({ effectiveFrom: day });
  ok('index' in made);
  strictEqual(codeOf(await act((tx) => adoptPack(tx, NOW, made.index, B))), undefined);
  const held = (pack: typeof framework, at: Instant) => act((tx) => holdToPack(tx, at, pack, START)).then((refused) => refused?.what ?? 'starts');
  const old = { ...framework, revision: before.revision, hash: before.hash };
  deepStrictEqual([await held(old, NOW), await held(coming, day)], ['starts', 'starts']);
  match(await held(coming, NOW), /is adopted for 2026-12-04T10:00:00.* and not before/);
  match(await held(old, day), /is older/);
  const now = await act((tx) => readAdoption(tx, NOW));
  deepStrictEqual([now.adopted?.hash, now.coming?.hash], [before.hash, coming.hash]);
  strictEqual(codeOf(await propose({})), 'PACK_NOT_NEXT', 'the next one follows what is coming');
});
