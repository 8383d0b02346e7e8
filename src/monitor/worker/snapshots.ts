/**
 * Snapshots of shards in the database: the newest one of each, replaced as a whole. They only save time: one
 * that is missing, older, or of another engine means that more of the log is read, never that less is known.
 */

import type pg from 'pg';
import { withTransaction } from '../../log/index.ts';
import { MINUTE_US, assert, type Instant } from '../../terms/index.ts';
import { ENGINE_VERSION } from '../engine/limits.ts';
import { takeSnapshot } from '../engine/snapshot.ts';
import { bytesOf } from '../engine/state.ts';
import type { Shard } from './shard.ts';

/** A snapshot is taken after so long or so many events, whichever comes first. Source: DESIGN §4. */
const SNAPSHOT_US = 5 * MINUTE_US;
const SNAPSHOT_EVENTS = 10_000_000;
/** A larger state is not written: the database keeps at most 64 parts of 16 MiB, and compression is counted on for nothing. */
const STATE_BYTES_MAX = 1024 * 1024 * 1024;
const PART_BYTES = 16 * 1024 * 1024;

/** A snapshot as it was found. */
export interface Found {
  readonly bytes: Uint8Array;
  readonly nextOffset: number;
  readonly nextEntry: number;
}

/** The newest snapshot of a partition by this engine, at or before what was committed. */
export async function findSnapshot(pool: pg.Pool, partition: number, committedOffset: number): Promise<Found | undefined> {
  return withTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const found = await tx.query<{ next_offset: number; next_entry: number }>(
      'select next_offset, next_entry from monitor.snapshot where partition = $1 and engine = $2 and next_offset <= $3', [partition, ENGINE_VERSION, committedOffset]);
    const row = found.rows[0];
    if (row === undefined) return undefined;
    const parts = await tx.query<{ bytes: Buffer }>('select bytes from monitor.snapshot_part where partition = $1 order by n', [partition]);
    return { bytes: Buffer.concat(parts.rows.map((part) => part.bytes)), nextOffset: row.next_offset, nextEntry: row.next_entry };
  });
}

/** When a shard's next snapshot is due; one keeper for each shard. */
export class SnapshotKeeper {
  #takenAt: Instant;
  #events = 0;

  constructor(now: Instant) {
    this.#takenAt = now;
  }

  /** Counts decided events and writes a snapshot when one is due. Call it after a commit, with nothing uncommitted in the state. */
  async keep(pool: pg.Pool, shard: Shard, decided: number, now: Instant): Promise<void> {
    this.#events += decided;
    if (this.#events === 0 || (this.#events < SNAPSHOT_EVENTS && now - this.#takenAt < SNAPSHOT_US) || bytesOf(shard.state) > STATE_BYTES_MAX) return;
    await writeSnapshot(pool, shard, now);
    this.#events = 0;
    this.#takenAt = now;
  }

  /** Writes a snapshot unless nothing was decided since the last. */
  async finish(pool: pg.Pool, shard: Shard, now: Instant): Promise<void> {
    if (this.#events > 0 && bytesOf(shard.state) <= STATE_BYTES_MAX) await writeSnapshot(pool, shard, now);
  }
}

async function writeSnapshot(pool: pg.Pool, shard: Shard, now: Instant): Promise<void> {
  const bytes = Buffer.from(takeSnapshot(shard.state));
  assert(bytes.length > 0, 'a snapshot is not empty');
  await withTransaction(pool, async (tx) => {
    const kept = await tx.query(
      `insert into monitor.snapshot as s (partition, engine, next_offset, next_entry, taken_at) values ($1, $2, $3, $4, $5)
       on conflict (partition) do update set engine = $2, next_offset = $3, next_entry = $4, taken_at = $5 where s.engine <> $2 or s.next_offset <= $3`,
      [shard.partition, ENGINE_VERSION, shard.next, shard.law.next, now]);
    if (kept.rowCount === 0) return;
    await tx.query('delete from monitor.snapshot_part where partition = $1', [shard.partition]);
    for (let n = 0; n * PART_BYTES < bytes.length; n++) {
      await tx.query('insert into monitor.snapshot_part (partition, n, bytes) values ($1, $2, $3)', [shard.partition, n, bytes.subarray(n * PART_BYTES, (n + 1) * PART_BYTES)]);
    }
  });
}
