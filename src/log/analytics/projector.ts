/**
 * Copies the event log into ClickHouse, exactly once in effect. What is about to be inserted is first
 * written down as an intent (ranges of offsets by partition); after a crash the same ranges are inserted
 * again under the same token, which ClickHouse drops when it has them. Positions move, and the intent goes,
 * in one transaction.
 */

import { createHash } from 'node:crypto';
import type pg from 'pg';
import { decodeBatch } from '../batch.ts';
import { withTransaction } from '../database.ts';
import type { EventLog, StoredBatch } from '../event-log.ts';
import type { Analytics } from './client.ts';
import { EVENTS_INSERT, nativeBlock } from './native.ts';

/** Compressed bytes read of each partition for one insert: about 8,000 events. */
const READ_BYTES = 1024 * 1024;

/** Offsets of one partition, `from` included and `to` not. */
interface Range {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/** Copies the event log into ClickHouse, a turn at a time; a turn that throws is taken up again by the next. */
export class Projector {
  readonly #pool: pg.Pool;
  readonly #events: EventLog;
  readonly #analytics: Analytics;
  readonly #partitions: number;

  constructor(ground: { pool: pg.Pool; events: EventLog; analytics: Analytics; partitions: number }) {
    this.#pool = ground.pool;
    this.#events = ground.events;
    this.#analytics = ground.analytics;
    this.#partitions = ground.partitions;
  }

  /** Copies what there is; gives the rows copied, 0 when analytics has everything. */
  async turn(): Promise<number> {
    const unfinished = await this.#intent();
    const ranges = unfinished ?? (await this.#plan());
    if (ranges.length === 0) return 0;
    const batches = await this.#read(ranges);
    const block = nativeBlock(batches.map((stored) => ({ stored, batch: decodeBatch(stored.bytes) })));
    await this.#analytics.insert(EVENTS_INSERT, block, tokenOf(ranges));
    await this.#finish(ranges);
    return batches.reduce((sum, batch) => sum + batch.count, 0);
  }

  async #intent(): Promise<readonly Range[] | undefined> {
    const found = await this.#pool.query<{ ranges: Range[] }>('select ranges from log.analytics_intent');
    return found.rows[0]?.ranges;
  }

  async #plan(): Promise<readonly Range[]> {
    const positions = await this.#pool.query<{ partition: number; next: number }>('select partition, next from log.analytics_position');
    const next = new Map(positions.rows.map((row) => [row.partition, row.next]));
    const ranges: Range[] = [];
    for (let partition = 0; partition < this.#partitions; partition++) {
      const from = next.get(partition) ?? 0;
      const batches = await this.#events.read(partition, from, READ_BYTES);
      const last = batches.at(-1);
      if (last !== undefined) ranges.push({ partition, from, to: last.offset + 1 });
    }
    if (ranges.length > 0) await this.#pool.query('insert into log.analytics_intent (one, ranges) values (true, $1)', [JSON.stringify(ranges)]);
    return ranges;
  }

  async #read(ranges: readonly Range[]): Promise<StoredBatch[]> {
    const out: StoredBatch[] = [];
    for (const range of ranges) {
      let from = range.from;
      while (from < range.to) {
        const batches = (await this.#events.read(range.partition, from, READ_BYTES)).filter((batch) => batch.offset < range.to);
        out.push(...batches);
        from = (batches.at(-1)?.offset ?? range.to - 1) + 1;
      }
    }
    return out;
  }

  async #finish(ranges: readonly Range[]): Promise<void> {
    await withTransaction(this.#pool, async (tx) => {
      await tx.query(
        `insert into log.analytics_position (partition, next) select * from unnest($1::smallint[], $2::bigint[])
         on conflict (partition) do update set next = excluded.next`,
        [ranges.map((r) => r.partition), ranges.map((r) => r.to)]);
      await tx.query('delete from log.analytics_intent');
    });
  }
}

/** One token for the same ranges. They come back from the database as jsonb, which keeps no order of keys. */
function tokenOf(ranges: readonly Range[]): string {
  return createHash('sha256').update(JSON.stringify(ranges.map(({ partition, from, to }) => [partition, from, to]))).digest('hex');
}
