/**
 * Copies the event log into ClickHouse, exactly once in effect. What is about to be inserted is first
 * written down as an intent (ranges of offsets by partition); after a crash what ClickHouse holds of the same
 * ranges is counted, and they are inserted again under the same token, which it drops when it has them. Positions
 * move, and the intent goes, in one transaction. A range that was trimmed before it was copied stops the copying.
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

/** Tokens under which one insert is tried: each engine that was killed in it may have left one. */
const AGAIN_MAX = 8;

/** Offsets of one partition, `from` included and `to` not. */
interface Range {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/** The event log no longer holds what analytics has not copied. Nothing is copied past it. */
export class TrimmedEvents extends Error {
  override readonly name = 'TrimmedEvents';
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

  /** Copies what there is; gives the rows copied, 0 when analytics has everything. Throws `TrimmedEvents` where the log no longer has what is to be copied. */
  async turn(): Promise<number> {
    const { unfinished, next } = await this.#state();
    const { ranges, batches } = unfinished === null ? await this.#plan(next) : { ranges: unfinished, batches: await this.#read(unfinished) };
    if (ranges.length === 0) return 0;
    const rows = batches.reduce((sum, batch) => sum + batch.count, 0);
    const block = nativeBlock(batches.map((stored) => ({ stored, batch: decodeBatch(stored.bytes) })));
    if (unfinished === null) await this.#analytics.insert(EVENTS_INSERT, block, tokenOf(ranges));
    else await this.#insertAgain(ranges, block, rows);
    await this.#finish(ranges);
    return rows;
  }

  /**
   * Inserts what may be there already. Rows and token are written one after the other, and a large block in several parts:
   * an engine that was killed in between has rows without a token, some of them, or a token without rows. So what it
   * holds is counted.
   */
  async #insertAgain(ranges: readonly Range[], block: Buffer, rows: number): Promise<void> {
    const held = await this.#held(ranges);
    if (held === rows) return;
    if (held !== 0) await this.#analytics.run(`alter table events delete where ${within(ranges)} settings mutations_sync = 1`);
    for (let n = 0; n < AGAIN_MAX; n++) {
      await this.#analytics.insert(EVENTS_INSERT, block, n === 0 ? tokenOf(ranges) : `${tokenOf(ranges)}/${n}`);
      if ((await this.#held(ranges)) === rows) return;
    }
    throw new Error(`ClickHouse does not hold what was inserted of ${within(ranges)}`);
  }

  async #held(ranges: readonly Range[]): Promise<number> {
    const [found] = await this.#analytics.ask(`select toUInt32(count()) as n from events where ${within(ranges)}`);
    return typeof found === 'object' && found !== null && 'n' in found ? Number(found.n) : Number.NaN;
  }

  /** What was about to be inserted, and how far each partition was copied. */
  async #state(): Promise<{ readonly unfinished: readonly Range[] | null; readonly next: ReadonlyMap<number, number> }> {
    const found = await this.#pool.query<{ ranges: Range[] | null; next: [partition: number, next: number][] }>({
      name: 'analytics-state',
      text: `select (select ranges from log.analytics_intent) as ranges, coalesce((select jsonb_agg(jsonb_build_array(partition, next)) from log.analytics_position), '[]') as next`,
    });
    return { unfinished: found.rows[0]?.ranges ?? null, next: new Map(found.rows[0]?.next ?? []) };
  }

  async #plan(next: ReadonlyMap<number, number>): Promise<{ readonly ranges: readonly Range[]; readonly batches: readonly StoredBatch[] }> {
    const wanted = Array.from({ length: this.#partitions }, (_each, partition) => ({ partition, from: next.get(partition) ?? 0 }));
    const batches = await this.#events.readMany(wanted, READ_BYTES);
    const ranges: Range[] = [];
    for (const { partition, from } of wanted) {
      const own = batches.filter((batch) => batch.partition === partition);
      const [first, last] = [own[0], own.at(-1)];
      if (first === undefined || last === undefined) continue;
      if (first.offset > from) await this.#mustHold(partition, from);
      ranges.push({ partition, from, to: last.offset + 1 });
    }
    if (ranges.length > 0) await this.#pool.query('insert into log.analytics_intent (one, ranges) values (true, $1)', [JSON.stringify(ranges)]);
    return { ranges, batches };
  }

  async #read(ranges: readonly Range[]): Promise<StoredBatch[]> {
    const out: StoredBatch[] = [];
    for (const range of ranges) {
      await this.#mustHold(range.partition, range.from);
      let from = range.from;
      while (from < range.to) {
        const batches = (await this.#events.read(range.partition, from, READ_BYTES)).filter((batch) => batch.offset < range.to);
        out.push(...batches);
        from = (batches.at(-1)?.offset ?? range.to - 1) + 1;
      }
    }
    return out;
  }

  /** What was trimmed and not copied would be missing from every screen, and nobody would know. */
  async #mustHold(partition: number, from: number): Promise<void> {
    const { first } = await this.#events.bounds(partition);
    if (first > from) throw new TrimmedEvents(`batches ${from} to ${first - 1} of partition ${partition} were trimmed before analytics had them`);
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

/** The condition on rows of some ranges; whole numbers only. */
function within(ranges: readonly Range[]): string {
  return ranges.map(({ partition, from, to }) => `(part = ${Number(partition)} and off >= ${Number(from)} and off < ${Number(to)})`).join(' or ');
}

/** One token for the same ranges. They come back from the database as jsonb, which keeps no order of keys. */
function tokenOf(ranges: readonly Range[]): string {
  return createHash('sha256').update(JSON.stringify(ranges.map(({ partition, from, to }) => [partition, from, to]))).digest('hex');
}
