import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test, { after, before } from 'node:test';
import { logMigrations } from '../log/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { MINUTE_US, instantOf, parseInstant } from '../terms/index.ts';
import { accessMigrations } from './migrations.ts';
import { ReplayGuard, type Single } from './replay-guard.ts';

const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
let database: TestDatabase;
before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations]);
});
after(() => database.drop());

const single = (value: string, until = instantOf(NOW + MINUTE_US)): Single => ({ kind: 'proof', of: 'k', value, until });
const name = (): string => randomBytes(8).toString('hex');
const guardOf = () => new ReplayGuard(database.pool('nigran_app'), { flushed: false });

test('of many at once, in one statement or several, the first gets through', async () => {
  const guard = guardOf();
  const [warm, twice] = [name(), name()];
  const answers = await Promise.all([
    guard.take([single(warm)], NOW), guard.take([single(twice)], NOW), guard.take([single(twice), single(warm)], NOW), guard.take([single(twice), single(twice)], NOW),
  ]);
  assert.deepEqual(answers, [[true], [true], [false, false], [false, false]]);
});

test('two guards over one database share one memory', async () => {
  const value = name();
  const answers = await Promise.all(Array.from({ length: 6 }, () => guardOf().take([single(value)], NOW)));
  assert.equal(answers.flat().filter(Boolean).length, 1);
});

test('keys are forgotten some time after their end, not before, and calls go on meanwhile', async () => {
  const guard = guardOf();
  const [short, long] = [name(), name()];
  await guard.take([single(short, instantOf(NOW + MINUTE_US)), single(long, instantOf(NOW + 60 * MINUTE_US))], NOW);
  const late = instantOf(NOW + 20 * MINUTE_US);
  // The first call after the end removes what has ended; those that come while it does are answered too.
  await guard.take([single(name(), instantOf(late + MINUTE_US))], late);
  await Promise.all(Array.from({ length: 20 }, () => guard.take([single(name(), instantOf(late + MINUTE_US))], late)));
  const left = async () => (await database.pool('nigran_app').query('select from access.replay where expires_at <= $1', [NOW + MINUTE_US])).rowCount;
  for (let tries = 0; tries < 100 && (await left()) !== 0; tries += 1) await new Promise((done) => setTimeout(done, 10));
  assert.equal(await left(), 0);
  assert.deepEqual(await guard.take([single(long)], late), [false]);
});

test('when the insert fails nothing counts as fresh, and the guard goes on when the database is back', async () => {
  const owner = database.pool('nigran_owner');
  const guard = guardOf();
  const value = name();
  await owner.query('alter table access.replay rename to away');
  await assert.rejects(guard.take([single(value)], NOW));
  await owner.query('alter table access.away rename to replay');
  assert.deepEqual(await guard.take([single(value)], NOW), [true]);
});
