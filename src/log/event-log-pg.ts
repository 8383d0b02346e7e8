/**
 * The event log in PostgreSQL: the embedded default. A partition's counter row is locked until the
 * commit, so offsets become visible in order and a reader never skips one that commits late.
 */

import { createHash } from 'node:crypto';
import pg from 'pg';
import { assert, instantOf } from '../terms/index.ts';
import { packed, withTransaction, type Tx } from './database.ts';
import { READ_BATCHES_MAX, RepeatedBatch, assertBatches, type EventLog, type NewBatch, type ReadFrom, type StoredBatch } from './event-log.ts';

/** The constraint that a repeated batch breaks; its transaction cannot commit any more. */
const ONCE = 'event_batch_partition_producer_seq_key';

interface BatchRow {
  partition: number; offset: number; producer: string; seq: number; firm: string; count: number; admitted_at: number; control_epoch: number; bytes: Buffer;
}

/** The event log in PostgreSQL; `append` joins the caller's transaction when one is given. */
export class PgEventLog implements EventLog {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async append(tx: Tx | undefined, batches: readonly NewBatch[]): Promise<number[]> {
    assertBatches(batches);
    try {
      return await (tx === undefined ? withTransaction(this.#pool, (own) => appendWithin(own, batches)) : appendWithin(tx, batches));
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.constraint === ONCE) throw new RepeatedBatch(error.detail, { cause: error });
      throw error;
    }
  }

  read(partition: number, from: number, maxBytes: number): Promise<StoredBatch[]> {
    return this.readMany([{ partition, from }], maxBytes);
  }

  async readMany(wanted: readonly ReadFrom[], maxBytes: number): Promise<StoredBatch[]> {
    const found = await this.#pool.query<BatchRow>({
      name: 'event-log-read',
      text: `select r.* from unnest($1::smallint[], $2::bigint[]) with ordinality as w(partition, first, n), lateral (
               select b.partition, b."offset", b.producer, b.seq, b.firm, b.count, b.admitted_at, b.control_epoch, b.bytes,
                      sum(octet_length(b.bytes)) over (order by b."offset") - octet_length(b.bytes) as running
               from (select * from log.event_batch where partition = w.partition and "offset" >= w.first order by "offset" limit $4) b) r
             where r.running < greatest($3::bigint, 1) order by w.n, r."offset"`,
      values: [wanted.map((one) => one.partition), wanted.map((one) => one.from), maxBytes, READ_BATCHES_MAX],
    });
    return found.rows.map((row) => ({
      partition: row.partition, offset: row.offset, producer: row.producer, seq: row.seq, firm: row.firm, count: row.count,
      admittedAt: instantOf(row.admitted_at), controlEpoch: row.control_epoch, bytes: row.bytes,
    }));
  }

  async bounds(partition: number): Promise<{ first: number; next: number }> {
    const found = await this.#pool.query<{ first_offset: number; next_offset: number }>(
      'select first_offset, next_offset from log.event_partition where partition = $1', [partition]);
    const row = found.rows[0];
    return row === undefined ? { first: 0, next: 0 } : { first: row.first_offset, next: row.next_offset };
  }

  async trim(partition: number, before: number): Promise<void> {
    await withTransaction(this.#pool, async (tx) => {
      await tx.query('select log.trim_events($1, $2)', [partition, before]);
    });
  }
}

/** Advances the partitions in one order (no two writers can wait for each other), inserts and wakes the readers, in one statement. */
async function appendWithin(tx: Tx, batches: readonly NewBatch[]): Promise<number[]> {
  if (batches.length === 0) return [];
  const counts = new Map<number, number>();
  const ranks = batches.map(({ partition }) => {
    const rank = counts.get(partition) ?? 0;
    counts.set(partition, rank + 1);
    return rank;
  });
  const partitions = [...counts.keys()].sort((a, b) => a - b);
  const bytes = packed(batches.map((b) => b.bytes));
  const advanced = await tx.query<{ partition: number; next_offset: number }>({
    name: 'event-log-append',
    text: `with wanted as (select partition, n from unnest($1::smallint[], $2::int[]) as w(partition, n)),
                advanced as (insert into log.event_partition as p (partition, next_offset) select partition, n from wanted order by partition
                             on conflict (partition) do update set next_offset = p.next_offset + excluded.next_offset returning partition, next_offset),
                stored as (insert into log.event_batch (partition, "offset", producer, seq, firm, count, admitted_at, control_epoch, sha256, bytes)
                           select b.partition, a.next_offset - w.n + b.rank, producer, seq, firm, count, at, epoch, substring($11::bytea from (b.n - 1)::int * 32 + 1 for 32), substring($12::bytea from start for length)
                           from unnest($3::smallint[], $4::int[], $5::text[], $6::bigint[], $7::text[], $8::int[], $9::bigint[], $10::bigint[], $13::int[], $14::int[])
                             with ordinality as b(partition, rank, producer, seq, firm, count, at, epoch, start, length, n)
                           join wanted w on w.partition = b.partition join advanced a on a.partition = b.partition)
           select partition, next_offset, pg_notify('nigran_events', '') from advanced`,
    values: [
      partitions, partitions.map((p) => counts.get(p) ?? 0), batches.map((b) => b.partition), ranks, batches.map((b) => b.producer), batches.map((b) => b.seq), batches.map((b) => b.firm),
      batches.map((b) => b.count), batches.map((b) => b.admittedAt), batches.map((b) => b.controlEpoch), Buffer.concat(batches.map((b) => createHash('sha256').update(b.bytes).digest())), bytes.bytes, bytes.starts, bytes.lengths,
    ],
  });
  const next = new Map(advanced.rows.map((row) => [row.partition, row.next_offset]));
  return batches.map(({ partition }, i) => {
    const [end, count, rank] = [next.get(partition), counts.get(partition), ranks[i]];
    assert(end !== undefined && count !== undefined && rank !== undefined, 'an advanced partition has its counter');
    return end - count + rank;
  });
}
