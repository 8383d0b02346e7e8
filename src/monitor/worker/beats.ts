/**
 * A worker's pulse: one row that says what it does and how fast, renewed once a second. People's screens
 * read it; nothing decides by it except intake, which refuses when a shard is full.
 */

import type pg from 'pg';
import { SECOND_US, type Instant } from '../../terms/index.ts';
import { bytesOf } from '../engine/state.ts';
import type { Shard } from './shard.ts';

export type WorkerState = 'starting' | 'up' | 'waiting' | 'full' | 'down';

export class Beats {
  readonly #pool: pg.Pool;
  readonly #member: string;
  readonly #clock: () => Instant;
  #beatAt = 0;
  #events = 0;
  #isFirst = true;

  constructor(pool: pg.Pool, member: string, clock: () => Instant) {
    this.#pool = pool;
    this.#member = member;
    this.#clock = clock;
  }

  /** Counts decided events, and once a second writes the row. */
  async beat(shards: readonly Shard[], decided: number): Promise<void> {
    this.#events += decided;
    const now = this.#clock();
    const since = now - this.#beatAt;
    if (since < SECOND_US) return;
    const rate = this.#beatAt === 0 ? 0 : (this.#events * SECOND_US) / since;
    this.#beatAt = now;
    this.#events = 0;
    const full = shards.filter((shard) => shard.halt === 'full').map((shard) => shard.partition);
    const waiting = shards.some((shard) => shard.halt === 'noRules');
    const note = full.length > 0 ? `no room for more people: partitions ${full.join(', ')}` : waiting ? 'waits until rules are in force' : '';
    await this.#write(full.length > 0 ? 'full' : waiting ? 'waiting' : 'up', note, shards, rate, now);
  }

  /** Writes the row at once. */
  async say(state: WorkerState, note: string): Promise<void> {
    await this.#write(state, note, [], 0, this.#clock());
  }

  async #write(state: WorkerState, note: string, shards: readonly Shard[], rate: number, now: Instant): Promise<void> {
    await this.#pool.query({
      name: 'monitor-beat',
      text: `insert into monitor.worker as w (member, state, note, partitions, events_per_second, behind, bytes, restarts, started_at, beat_at)
             values ($1, $2, $3, $4::smallint[], $5, (select coalesce(sum(greatest(e.next_offset - s.next_offset, 0)), 0) from log.event_partition e
               join monitor.shard s on s.partition = e.partition where e.partition = any($4::smallint[])), $6, 0, $7, $7)
             on conflict (member) do update set state = $2, note = $3, partitions = $4, events_per_second = $5, behind = excluded.behind, bytes = $6,
               restarts = w.restarts + $8, started_at = case when $8 = 1 then $7 else w.started_at end, beat_at = $7`,
      values: [this.#member, state, note, shards.map((shard) => shard.partition), rate, shards.reduce((sum, shard) => sum + bytesOf(shard.state), 0), now, this.#isFirst ? 1 : 0],
    });
    this.#isFirst = false;
  }
}
