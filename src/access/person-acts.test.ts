import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test, { after, before } from 'node:test';
import { SYSTEM, logMigrations, withActor, type Tx } from '../log/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { DAY_US, HOUR_US, instantOf, type Instant } from '../terms/index.ts';
import { accessMigrations } from './migrations.ts';
import { agreedUnmasking, closePersonAct, lockWaitingAct, proposePersonAct, readPersonActs } from './person-acts.ts';

const NOW = instantOf(1_795_512_000_000_000);
const later = (us: number): Instant => instantOf(NOW + us);
let database: TestDatabase;
const asHouse = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withActor(database.pool('nigran_app'), SYSTEM, work);
const codeOf = (answer: unknown): unknown => (typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : answer);

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations]);
  await asHouse(async (tx) => {
    for (const account of ['a', 'b']) await tx.query(`insert into access.staff (account, name, organisation, roles, registered_at) values ($1, $1, 'authority', '{supervisor}', 1)`, [account]);
  });
});
after(() => database.drop());

const proposed = async (more: Partial<Parameters<typeof proposePersonAct>[3]> = {}): Promise<number> => {
  const id = await asHouse((tx) => proposePersonAct(tx, NOW, 'a', { act: 'unmask', person: randomBytes(16).toString('hex'), caseRef: 'AL-1', reason: 'why', ...more }));
  assert.ok(typeof id === 'number', JSON.stringify(id));
  return id;
};
const agree = (id: number, at: Instant, by = 'b') => asHouse(async (tx) => {
  const act = await lockWaitingAct(tx, at, by, id);
  if ('code' in act) return act;
  await closePersonAct(tx, at, by, act, { state: 'approved', note: '' });
  return undefined;
});

test('a proposal needs a reason, and to open an identity a case', async () => {
  const person = '0b'.repeat(16);
  for (const [wanted, code] of [
    [{ act: 'unmask', person, caseRef: undefined, reason: 'why' }, 'DECISION_INVALID'], [{ act: 'erase', person, caseRef: undefined, reason: ' ' }, 'DECISION_INVALID'],
    [{ act: 'erase', person: 'nobody', caseRef: undefined, reason: 'why' }, 'REQUEST_INVALID'],
  ] as const) assert.equal(codeOf(await asHouse((tx) => proposePersonAct(tx, NOW, 'a', wanted))), code);
  await proposed({ act: 'erase', person, caseRef: undefined });
  assert.equal(codeOf(await asHouse((tx) => proposePersonAct(tx, NOW, 'b', { act: 'erase', person, caseRef: undefined, reason: 'why' }))), 'DECISION_STALE', 'one at a time');
});

test('the second person is another than the first, in code and in the table', async () => {
  const id = await proposed();
  assert.equal(codeOf(await agree(id, NOW, 'a')), 'SECOND_PERSON_REQUIRED');
  await assert.rejects(asHouse((tx) => tx.query(`update access.person_act set state = 'approved', second_by = 'a' where id = $1`, [id])), /check constraint/);
  assert.equal(await agree(id, NOW), undefined);
  assert.equal(codeOf(await agree(id, NOW)), 'DECISION_STALE', 'agreed once');
});

test('what was agreed is looked at by its proposer alone, for an hour; what waits ends after seven days', async () => {
  const id = await proposed();
  const look = (at: Instant, by = 'a') => asHouse((tx) => agreedUnmasking(tx, at, by, id));
  assert.equal(codeOf(await look(NOW)), 'SECOND_PERSON_REQUIRED');
  await agree(id, later(DAY_US));
  assert.equal(codeOf(await look(later(DAY_US), 'b')), 'NOT_FOUND');
  assert.ok('person' in (await look(later(DAY_US + HOUR_US - 1))));
  assert.equal(codeOf(await look(later(DAY_US + HOUR_US))), 'DECISION_STALE');
  const late = await proposed();
  assert.equal(codeOf(await agree(late, later(7 * DAY_US))), 'DECISION_STALE');
  assert.deepEqual((await asHouse((tx) => readPersonActs(tx, later(7 * DAY_US), { id: late }))).map((act) => act.state), ['ended']);
});

test('of two who second at once, one does', async () => {
  const id = await proposed();
  const said = await Promise.all([agree(id, NOW), agree(id, NOW)]);
  assert.deepEqual(said.map(codeOf).sort(), ['DECISION_STALE', undefined]);
});
