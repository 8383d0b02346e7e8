import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import { instantOf } from '../terms/index.ts';
import { BATCH_BYTES_MAX, BATCH_ROWS_MAX } from './batch.ts';
import { withTransaction } from './database.ts';
import { openTestDatabase, type TestDatabase } from './engine/testing.ts';
import { MemoryEventLog } from './event-log-memory.ts';
import { PgEventLog } from './event-log-pg.ts';
import { READ_BATCHES_MAX, RepeatedBatch, type EventLog, type NewBatch } from './event-log.ts';
import { logMigrations } from './migrations.ts';

/** The contract of `event-log.ts`, run by every adapter on partitions of their own. */
const ADAPTERS: readonly (readonly [string, (pool: pg.Pool) => EventLog])[] = [['PostgreSQL', (pool) => new PgEventLog(pool)], ['memory', () => new MemoryEventLog()]];
const ALL = 2 ** 40;
const REFUSED = { name: 'BrokenInvariant' };

let database: TestDatabase;
before(async () => {
  database = await openTestDatabase(logMigrations);
});
after(() => database.drop());

const batch = (partition: number, seq: number, more: Partial<NewBatch> = {}): NewBatch => ({
  partition, producer: 'intake:sdx', seq, firm: 'sdx', count: 1, admittedAt: instantOf(1_700_000_000_000_000 + seq), controlEpoch: seq, bytes: Buffer.from(`batch ${seq} of ${partition}`), ...more,
});
const seqs = async (log: EventLog, partition: number, from = 0, bytesMax = ALL): Promise<number[]> => (await log.read(partition, from, bytesMax)).map((stored) => stored.seq);

for (const [name, open] of ADAPTERS) {
  suite(`the event log in ${name}`, () => {
    let pool: pg.Pool;
    let log: EventLog;
    let partition = 0;
    before(() => {
      pool = database.pool('nigran_app');
      log = open(pool);
    });

    test('gives back what was appended, at the offsets that it told', async () => {
      partition += 2;
      deepStrictEqual(await log.bounds(partition), { first: 0, next: 0 });
      deepStrictEqual(await log.read(partition, 0, ALL), []);
      deepStrictEqual(await log.append(undefined, []), []);
      const sent = [batch(partition, 5, { bytes: Buffer.from([0, 255, 0, 1]), count: BATCH_ROWS_MAX }), batch(partition + 1, 5), batch(partition, 3, { producer: 'intake:kpx', firm: 'kpx' })];
      deepStrictEqual(await log.append(undefined, sent), [0, 0, 1]);
      deepStrictEqual(await log.append(undefined, [batch(partition, 6)]), [2]);
      const read = (await log.read(partition, 0, ALL)).map((stored) => ({ ...stored, bytes: Buffer.from(stored.bytes) }));
      deepStrictEqual(read, [{ ...sent[0], offset: 0 }, { ...sent[2], offset: 1 }, { ...batch(partition, 6), offset: 2 }]);
      deepStrictEqual([await log.bounds(partition), await log.bounds(partition + 1)], [{ first: 0, next: 3 }, { first: 0, next: 1 }]);
    });

    test('a reader or a producer that changes its bytes changes nothing that is kept', async () => {
      partition += 2;
      const bytes = Buffer.from('as sent');
      await log.append(undefined, [batch(partition, 1, { bytes })]);
      bytes.fill(0);
      (await log.read(partition, 0, ALL))[0]?.bytes.fill(1);
      strictEqual(Buffer.from((await log.read(partition, 0, ALL))[0]?.bytes ?? []).toString(), 'as sent');
    });

    test('a read is bounded by bytes and by batches, and never empty when there is something', async () => {
      partition += 2;
      await log.append(undefined, [1, 2, 3, 4].map((seq) => batch(partition, seq, { bytes: Buffer.alloc(100, seq) })));
      const bounded = await Promise.all([-1, 0, 1, 100, 101, 200, 201, 400].map((bytesMax) => seqs(log, partition, 0, bytesMax)));
      deepStrictEqual(bounded, [[1], [1], [1], [1], [1, 2], [1, 2], [1, 2, 3], [1, 2, 3, 4]]);
      deepStrictEqual([await seqs(log, partition, 2), await seqs(log, partition, 3, 0), await seqs(log, partition, 4), await seqs(log, partition, 99)], [[3, 4], [4], [], []]);
      await log.append(undefined, Array.from({ length: READ_BATCHES_MAX }, (_each, i) => batch(partition, 10 + i)));
      strictEqual((await log.read(partition, 0, ALL)).length, READ_BATCHES_MAX);
      strictEqual((await log.read(partition, 4, ALL)).at(-1)?.offset, READ_BATCHES_MAX + 3);
    });

    test('several partitions are read in one question, each as it is read alone, in the order in which they were named', async () => {
      partition += 3;
      const [one, two, none] = [partition - 1, partition, partition + 1];
      await log.append(undefined, [1, 2, 3].flatMap((seq) => [batch(one, seq, { bytes: Buffer.alloc(100, seq) }), batch(two, seq, { bytes: Buffer.alloc(70, seq) })]));
      for (const bytesMax of [0, 100, 101, ALL]) {
        const wanted = [{ partition: two, from: 1 }, { partition: none, from: 0 }, { partition: one, from: 0 }];
        const alone = (await Promise.all(wanted.map((each) => log.read(each.partition, each.from, bytesMax)))).flat();
        deepStrictEqual((await log.readMany(wanted, bytesMax)).map((stored) => [stored.partition, stored.offset, Buffer.from(stored.bytes).toString('hex')]), alone.map((stored) => [stored.partition, stored.offset, Buffer.from(stored.bytes).toString('hex')]));
      }
      deepStrictEqual(await log.readMany([], ALL), []);
      partition += 1;
    });

    test('concurrent writers leave no gap, and nothing appears below what was seen', async () => {
      partition += 2;
      const [writers, each] = [5, 12];
      let isOver = false;
      const watched = (async () => {
        const seen: number[] = [];
        while (!isOver) {
          for (const stored of await log.read(partition, seen.length, ALL)) seen.push(stored.offset);
          const { next } = await log.bounds(partition);
          ok(next >= seen.length, 'the bounds hold what was read');
          await turn();
        }
        return seen;
      })();
      const told = await Promise.all(Array.from({ length: writers }, async (_none, writer) => {
        const offsets: number[] = [];
        for (let seq = 0; seq < each; seq += 1) {
          const producer = `writer-${writer}`;
          const pair = [batch(partition + (writer % 2), seq, { producer: `${producer}-other` }), batch(partition, seq, { producer })];
          const given = seq % 3 === 0 ? await withTransaction(pool, (tx) => log.append(tx, pair)) : await log.append(undefined, pair);
          offsets.push(...given.slice(writer % 2));
        }
        return offsets;
      }));
      isOver = true;
      const total = told.flat().length;
      deepStrictEqual(told.flat().sort((a, b) => a - b), Array.from({ length: total }, (_none, i) => i), 'each offset was told once');
      for (const offsets of told) deepStrictEqual(offsets, [...offsets].sort((a, b) => a - b), 'a writer\'s batches keep their order');
      const kept = (await log.read(partition, 0, ALL)).map((stored) => stored.offset);
      deepStrictEqual(kept, Array.from({ length: total }, (_none, i) => i));
      const seen = await watched;
      deepStrictEqual(seen, kept.slice(0, seen.length), 'a reader that follows sees each offset, in order');
    });

    test('a repeated (partition, producer, seq) is refused whole, and is stored once', async () => {
      partition += 2;
      await log.append(undefined, [batch(partition, 1)]);
      const repeats = [[batch(partition, 1)], [batch(partition, 2), batch(partition, 1, { bytes: Buffer.from('other') })], [batch(partition, 3), batch(partition, 3)]];
      for (const repeat of repeats) {
        await rejects(log.append(undefined, repeat), RepeatedBatch);
        await rejects(withTransaction(pool, (tx) => log.append(tx, repeat)), RepeatedBatch);
      }
      deepStrictEqual(await log.append(undefined, [batch(partition, 1, { producer: 'intake:kpx' }), batch(partition + 1, 1), batch(partition, 2)]), [1, 0, 2]);
      deepStrictEqual(await seqs(log, partition), [1, 1, 2]);
    });

    test('two that append the same at once store it once', async () => {
      partition += 2;
      const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => log.append(undefined, [batch(partition, 1)])));
      deepStrictEqual(outcomes.map((one) => (one.status === 'fulfilled' ? 'stored' : one.reason instanceof RepeatedBatch)).sort(), ['stored', true, true, true].sort());
      deepStrictEqual(await seqs(log, partition), [1]);
    });

    test('an append follows the caller\'s transaction: seen after its commit, and gone with its rollback', async () => {
      partition += 2;
      await log.append(undefined, [batch(partition, 1)]);
      await rejects(withTransaction(pool, async (tx) => {
        deepStrictEqual(await log.append(tx, [batch(partition, 2), batch(partition + 1, 2)]), [1, 0]);
        deepStrictEqual(await log.append(tx, [batch(partition, 3)]), [2]);
        deepStrictEqual([await seqs(log, partition), await log.bounds(partition)], [[1], { first: 0, next: 1 }], 'nobody sees it before the commit');
        throw new Error('changed my mind');
      }), /changed my mind/);
      deepStrictEqual([await seqs(log, partition), await log.bounds(partition), await log.bounds(partition + 1)], [[1], { first: 0, next: 1 }, { first: 0, next: 0 }]);
      deepStrictEqual(await withTransaction(pool, (tx) => log.append(tx, [batch(partition, 2), batch(partition, 4)])), [1, 2]);
      deepStrictEqual(await seqs(log, partition), [1, 2, 4]);
    });

    test('who appends while another\'s transaction is open comes after it', async () => {
      partition += 2;
      let later: Promise<number[]> | undefined;
      await withTransaction(pool, async (tx) => {
        await log.append(tx, [batch(partition, 1)]);
        later = log.append(undefined, [batch(partition, 2)]);
        deepStrictEqual(await seqs(log, partition), []);
      });
      deepStrictEqual([await later, await seqs(log, partition)], [[1], [1, 2]]);
    });

    test('what was trimmed is not read, the rest keeps its offsets, and an offset is never given twice', async () => {
      partition += 2;
      await log.trim(partition, 5);
      deepStrictEqual(await log.bounds(partition), { first: 0, next: 0 });
      await log.append(undefined, [1, 2, 3, 4].map((seq) => batch(partition, seq)));
      for (const [trimmed, first] of [[0, 0], [2, 2], [1, 2], [3, 3]] as const) {
        await log.trim(partition, trimmed);
        deepStrictEqual(await log.bounds(partition), { first, next: 4 });
      }
      deepStrictEqual([(await log.read(partition, 0, ALL)).map((stored) => stored.offset), await seqs(log, partition, 3)], [[3], [4]]);
      await log.trim(partition, 99);
      deepStrictEqual([await log.bounds(partition), await log.read(partition, 0, ALL)], [{ first: 4, next: 4 }, []]);
      deepStrictEqual(await log.append(undefined, [batch(partition, 5)]), [4]);
    });

    test('a trim waits for an open append, so that nothing is left below the first offset', async () => {
      partition += 2;
      await log.append(undefined, [batch(partition, 1)]);
      let trimmed: Promise<void> | undefined;
      await withTransaction(pool, async (tx) => {
        await log.append(tx, [batch(partition, 2)]);
        trimmed = log.trim(partition, 99);
        await pool.query('select pg_sleep(0.05)');
      });
      await trimmed;
      const { first, next } = await log.bounds(partition);
      strictEqual(next, 2);
      ok((await log.read(partition, 0, ALL)).every((stored) => stored.offset >= first), 'what is read lies within the bounds');
    });

    test('what no log can carry is refused before anything is stored', async () => {
      partition += 2;
      const wrong: readonly Partial<NewBatch>[] = [
        { partition: -1 }, { partition: 256 }, { partition: 0.5 }, { producer: '' }, { producer: 'nul\0' }, { producer: 'p'.repeat(201) }, { firm: 'two words' }, { firm: '\ud800' }, { bytes: Buffer.alloc(0) },
        { bytes: Buffer.alloc(BATCH_BYTES_MAX + 1) }, { count: 0 }, { count: BATCH_ROWS_MAX + 1 }, { count: 1.5 }, { seq: 2 ** 53 }, { seq: -1 }, { controlEpoch: Number.NaN },
      ];
      for (const one of wrong) await rejects(log.append(undefined, [batch(partition, 1), batch(partition, 2, one)]), REFUSED, Object.keys(one).join());
      const large = Buffer.alloc(BATCH_BYTES_MAX);
      await rejects(log.append(undefined, [1, 2, 3, 4, 5].map((seq) => batch(partition, seq, { bytes: large }))), REFUSED, 'bytes of one append');
      await rejects(log.append(undefined, Array.from({ length: 5_000 }, (_none, seq) => batch(partition, seq))), REFUSED, 'batches of one append');
      deepStrictEqual(await log.bounds(partition), { first: 0, next: 0 });
    });
  });
}

test('the memory log fails as it is told: before it stores, or after', async () => {
  const log = new MemoryEventLog();
  log.failNext('beforeStore', 'afterStore');
  await rejects(log.append(undefined, [batch(0, 1), batch(1, 1)]), /before storing/);
  deepStrictEqual([await log.bounds(0), await log.bounds(1)], [{ first: 0, next: 0 }, { first: 0, next: 0 }]);
  await rejects(log.append(undefined, [batch(0, 1)]), /after storing/);
  await rejects(log.append(undefined, [batch(0, 1)]), RepeatedBatch, 'who lost the acknowledgement learns that it arrived');
  log.failNext('afterStore');
  await rejects(withTransaction(database.pool('nigran_app'), (tx) => log.append(tx, [batch(0, 2)])), /after storing/);
  deepStrictEqual(await seqs(log, 0), [1], 'and in a transaction it goes with the rollback');
});

test('PostgreSQL that fails in the middle of an append leaves nothing', async () => {
  const pool = database.pool('nigran_app');
  const log = new PgEventLog(pool);
  await rejects(withTransaction(pool, async (tx) => {
    const own = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await log.append(tx, [batch(200, 1)]);
    await pool.query('select pg_terminate_backend($1)', [own.rows[0]?.pid]);
    await log.append(tx, [batch(200, 2)]);
  }));
  deepStrictEqual([await log.bounds(200), await log.read(200, 0, ALL)], [{ first: 0, next: 0 }, []]);
  deepStrictEqual(await log.append(undefined, [batch(200, 1)]), [0]);
});

test('a transaction whose error was swallowed is not taken for committed', async () => {
  const pool = database.pool('nigran_app');
  const log = new PgEventLog(pool);
  await log.append(undefined, [batch(201, 1)]);
  await rejects(withTransaction(pool, async (tx) => {
    await log.append(tx, [batch(201, 2)]);
    await log.append(tx, [batch(201, 1)]).catch(() => undefined);
  }), /nothing of it was stored/);
  deepStrictEqual(await seqs(log, 201), [1]);
});
