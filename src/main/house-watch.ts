/**
 * What the server looks at beside its doors: whether the monitor has room (when it has none, intake refuses with
 * CAPACITY and nothing is lost), and which feeds stand still.
 */

import type pg from 'pg';
import { watchFeeds } from '../intake/index.ts';
import { SYSTEM, withActor } from '../log/index.ts';
import { SECOND_US, type Instant } from '../terms/index.ts';

/** A worker that said nothing for so long is no longer believed to be full. */
const BEAT_US = 30 * SECOND_US;
/** Feeds are looked at so often; their lag is a matter of minutes. */
const FEEDS_US = 5 * SECOND_US;

export class HouseWatch {
  /** A worker of the monitor has no room left. */
  isFull = false;
  #feedsAt = 0;

  /** Looks. `lag`: how far a feed may be behind. */
  async look(pool: pg.Pool, now: Instant, lag: Parameters<typeof watchFeeds>[2]): Promise<void> {
    const full = await withActor(pool, SYSTEM, (tx) => tx.query(`select from monitor.worker where state = 'full' and beat_at > $1 limit 1`, [now - BEAT_US]));
    this.isFull = full.rowCount === 1;
    if (now - this.#feedsAt < FEEDS_US) return;
    this.#feedsAt = now;
    await watchFeeds(pool, now, lag);
  }
}
