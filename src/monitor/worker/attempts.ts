/**
 * Which batch ends its process? After an unclean end a shard's next batches are tried one at a time, each
 * marked before it is stepped and unmarked by its commit; a mark that is still there has killed. In order,
 * and after the first clean stretch, nothing is marked and nothing is paid.
 */

import type pg from 'pg';
import type { StoredBatch, Tx } from '../../log/index.ts';
import type { Instant } from '../../terms/index.ts';
import { DEATHS_MAX } from './store.ts';

/** Batches tried one at a time after an unclean end: what one turn reads at most. */
export const CAREFUL_BATCHES = 512;

/** Marks a batch; false when it has killed too often and is to be set aside. */
export async function markAttempt(pool: pg.Pool, batch: StoredBatch, now: Instant): Promise<boolean> {
  const marked = await pool.query<{ tries: number }>(
    `insert into monitor.attempt as a (partition, "offset", tries, started_at) values ($1, $2, 1, $3)
     on conflict (partition, "offset") do update set tries = a.tries + 1, started_at = excluded.started_at returning tries`,
    [batch.partition, batch.offset, now]);
  return (marked.rows[0]?.tries ?? 1) <= DEATHS_MAX;
}

/** Takes the marks of a partition below an offset away, in the commit that decided or set aside their batches. */
export async function unmark(tx: Tx, partition: number, before: number): Promise<void> {
  await tx.query('delete from monitor.attempt where partition = $1 and "offset" < $2', [partition, before]);
}
