import { deepStrictEqual, rejects } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type pg from 'pg';
import { SECOND_US, instantOf, type Instant } from '../terms/index.ts';
import { withTransaction } from './database.ts';
import { openTestDatabase, type TestDatabase } from './engine/testing.ts';
import { StaleLease, claimLeases, commitPositions, readPosition, releaseLeases, type Lease } from './lease.ts';
import { logMigrations } from './migrations.ts';

const TTL_MS = 10_000;
const START = 1_700_000_000 * SECOND_US;
const at = (seconds: number): Instant => instantOf(START + seconds * SECOND_US);

let database: TestDatabase;
let pool: pg.Pool;
before(async () => {
  database = await openTestDatabase(logMigrations);
  pool = database.pool('nigran_worker');
});
after(() => database.drop());

const claim = async (group: string, member: string, partitions: readonly number[], seconds: number): Promise<Lease[]> =>
  (await claimLeases(pool, { group, member, partitions, ttlMs: TTL_MS, now: at(seconds) })).sort((a, b) => a.partition - b.partition);
const commit = (group: string, epoch: number, offset: number): Promise<void> => withTransaction(pool, (tx) => commitPositions(tx, group, [{ partition: 0, epoch, offset }]));

test('a live lease is its owner\'s alone, and only what is free is given', async () => {
  deepStrictEqual(await claim('live', 'a', [0, 1], 0), [{ partition: 0, epoch: 1 }, { partition: 1, epoch: 1 }]);
  deepStrictEqual(await claim('live', 'b', [0, 1, 2], 9), [{ partition: 2, epoch: 1 }]);
  deepStrictEqual(await claim('other group', 'b', [0], 0), [{ partition: 0, epoch: 1 }]);
  deepStrictEqual(await claim('live', 'b', [], 9), []);
});

test('the owner renews under the same epoch, and each renewal counts from its own instant', async () => {
  await claim('renewed', 'a', [0], 0);
  deepStrictEqual(await claim('renewed', 'a', [0], 9), [{ partition: 0, epoch: 1 }]);
  deepStrictEqual(await claim('renewed', 'b', [0], 18), []);
  deepStrictEqual(await claim('renewed', 'b', [0], 19), [{ partition: 0, epoch: 2 }], 'a lease ends at its instant, not after it');
});

test('the epoch rises with each change of owner, and also when the same owner comes back too late', async () => {
  const epochs: number[] = [];
  for (const [member, seconds] of [['a', 0], ['b', 10], ['b', 25], ['a', 40], ['a', 45], ['b', 60]] as const) {
    epochs.push(...(await claim('risen', member, [0], seconds)).map((lease) => lease.epoch));
  }
  deepStrictEqual(epochs, [1, 2, 3, 4, 4, 5]);
});

test('of many who claim at once one has it', async () => {
  const claims = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((member) => claim('wanted', member, [0, 1, 2, 3], 0)));
  const given = claims.flat().sort((a, b) => a.partition - b.partition);
  deepStrictEqual(given, [0, 1, 2, 3].map((partition) => ({ partition, epoch: 1 })));
  const [first, second] = await Promise.all(['x', 'y'].map((member) => claim('wanted', member, [0], 20)));
  deepStrictEqual([...(first ?? []), ...(second ?? [])], [{ partition: 0, epoch: 2 }]);
});

test('what is released is free at once, and its next owner has a new epoch', async () => {
  await claim('released', 'a', [0, 1], 0);
  await claim('released', 'b', [2], 0);
  await releaseLeases(pool, 'released', 'a');
  deepStrictEqual(await claim('released', 'b', [0, 1, 2], 1), [{ partition: 0, epoch: 2 }, { partition: 1, epoch: 2 }, { partition: 2, epoch: 1 }]);
  await releaseLeases(pool, 'released', 'a');
  deepStrictEqual(await claim('released', 'a', [0], 2), [], 'who owns nothing releases nothing');
});

test('a position is kept by group and partition, with the epoch that wrote it', async () => {
  deepStrictEqual(await readPosition(pool, 'kept', 0), { offset: 0, epoch: 0 });
  await claim('kept', 'a', [0], 0);
  await commit('kept', 1, 7);
  await commit('kept', 1, 9);
  deepStrictEqual([await readPosition(pool, 'kept', 0), await readPosition(pool, 'kept', 1)], [{ offset: 9, epoch: 1 }, { offset: 0, epoch: 0 }]);
});

test('a commit under an older, a later or no lease is refused, and leaves nothing of its transaction', async () => {
  await rejects(commit('stale', 1, 5), StaleLease);
  await claim('stale', 'a', [0], 0);
  await commit('stale', 1, 3);
  await claim('stale', 'b', [0], 10);
  for (const epoch of [0, 1, 3]) {
    await rejects(withTransaction(pool, async (tx) => {
      await tx.query(`insert into log.checkpoint (tree, size, note, signed_at) values ('stale', $1, 'a finding', 0)`, [epoch]);
      await commitPositions(tx, 'stale', [{ partition: 0, epoch, offset: 99 }]);
    }), StaleLease, `epoch ${epoch}`);
  }
  deepStrictEqual(await readPosition(pool, 'stale', 0), { offset: 3, epoch: 1 });
  deepStrictEqual((await pool.query(`select from log.checkpoint where tree = 'stale'`)).rowCount, 0);
  await commit('stale', 2, 4);
  deepStrictEqual(await readPosition(pool, 'stale', 0), { offset: 4, epoch: 2 });
});

test('who takes a partition over waits for the commit in hand, and reads its position', async () => {
  await claim('handed', 'a', [0], 0);
  let taken: Promise<Lease[]> | undefined;
  let isTaken = false;
  await withTransaction(pool, async (tx) => {
    await commitPositions(tx, 'handed', [{ partition: 0, epoch: 1, offset: 5 }]);
    taken = claim('handed', 'b', [0], 20).finally(() => {
      isTaken = true;
    });
    await pool.query('select pg_sleep(0.05)');
    deepStrictEqual(isTaken, false);
  });
  deepStrictEqual(await taken, [{ partition: 0, epoch: 2 }]);
  deepStrictEqual(await readPosition(pool, 'handed', 0), { offset: 5, epoch: 1 });
  await rejects(commit('handed', 1, 6), StaleLease);
});

test('a position never runs back, and of several that are moved together all move or none', async () => {
  await claim('together', 'a', [0, 1, 2], 0);
  const move = (positions: readonly (readonly [partition: number, epoch: number, offset: number])[]): Promise<void> =>
    withTransaction(pool, (tx) => commitPositions(tx, 'together', positions.map(([partition, epoch, offset]) => ({ partition, epoch, offset }))));
  const positions = (): Promise<number[]> => Promise.all([0, 1, 2].map(async (partition) => (await readPosition(pool, 'together', partition)).offset));
  await move([[2, 1, 7], [0, 1, 5], [1, 1, 6]]);
  deepStrictEqual(await positions(), [5, 6, 7]);
  await move([[0, 1, 5], [1, 1, 8]]);
  await rejects(move([[1, 1, 9], [0, 1, 4]]), { name: 'BrokenInvariant' });
  await rejects(move([[1, 1, 9], [0, 2, 9]]), StaleLease);
  await rejects(move([[1, 1, 9], [3, 1, 9]]), StaleLease);
  deepStrictEqual(await positions(), [5, 8, 7]);
});
