/**
 * What may be used once is used once: `jti` of assertions and DPoP proofs, nonces of signatures. Keys are
 * hashed to 16 bytes and kept in PostgreSQL until they end by themselves, so a restart forgets nothing and
 * several servers share one memory. Calls that come while an insert runs wait for the next one and share
 * it: at 1,000 requests/s one statement carries what came within some milliseconds.
 *
 * `flushed: false` does not wait for the disk. A killed server loses nothing by that; a crash of
 * PostgreSQL itself could lose the last 0.6 s, but not the key of a filing that took effect: the filing's
 * own commit flushes the write-ahead log up to its end, and the key lies before it.
 */

import { createHash } from 'node:crypto';
import type pg from 'pg';
import { MINUTE_US, type Instant } from '../terms/index.ts';

/** What is used once: what kind of thing, whose, and which. */
export interface Single {
  readonly kind: 'assertion' | 'proof' | 'signature';
  readonly of: string;
  readonly value: string;
  /** After this instant the thing is refused by its own age, and the key may be forgotten. */
  readonly until: Instant;
}

/** Keys of one statement at most; the rest goes with the next. */
const KEYS_MAX = 5_000;
/** Keys that may wait; one more is refused as an operating error, which the door answers with CAPACITY. */
const QUEUE_LENGTH_MAX = 20_000;
/** Ended keys are removed so much later, for a clock that is set back must not open a door. */
const KEPT_LONGER_US = 10 * MINUTE_US;
/** Ended keys are removed at most so often. */
const SWEEP_EVERY_US = MINUTE_US;

interface Waiting {
  readonly key: Buffer;
  readonly until: Instant;
  readonly done: (fresh: boolean) => void;
  readonly failed: (error: unknown) => void;
}

/** The guard over one pool. */
export class ReplayGuard {
  readonly #pool: pg.Pool;
  readonly #flushed: boolean;
  readonly #gather: (() => Promise<void>) | undefined;
  #queue: Waiting[] = [];
  #running = false;
  #sweptAt = 0;

  /** `gather`: a moment in which the first of a statement waits for more; none when it is left out. */
  constructor(pool: pg.Pool, how: { readonly flushed: boolean; readonly gather?: (() => Promise<void>) | undefined }) {
    this.#pool = pool;
    this.#flushed = how.flushed;
    this.#gather = how.gather;
  }

  /** Uses these things; for each, was it the first time? Throws when the database cannot be asked: nothing is then let through. */
  take(singles: readonly Single[], now: Instant): Promise<boolean[]> {
    if (this.#queue.length + singles.length > QUEUE_LENGTH_MAX) throw new Error('the replay guard has too many keys waiting');
    const asked = singles.map((single) => new Promise<boolean>((done, failed) => {
      this.#queue.push({ key: keyOf(single), until: single.until, done, failed });
    }));
    void this.#run(now);
    return Promise.all(asked);
  }

  async #run(now: Instant): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (this.#queue.length > 0) {
      await this.#gather?.();
      await this.#insert(this.#queue.splice(0, KEYS_MAX));
    }
    this.#running = false;
    if (now - this.#sweptAt >= SWEEP_EVERY_US) await this.#sweep(now);
  }

  async #insert(waiting: readonly Waiting[]): Promise<void> {
    try {
      const first = new Map<string, Waiting>();
      for (const one of waiting) if (!first.has(one.key.toString('latin1'))) first.set(one.key.toString('latin1'), one);
      const keys = [...first.values()];
      const made = await this.#pool.query<{ key: Buffer }>({
        name: 'access-replay',
        text: `with durability as materialized (select set_config('synchronous_commit', $3, true) as set)
               insert into access.replay (key, expires_at) select k, u from unnest($1::bytea[], $2::bigint[]) as t(k, u), durability where durability.set is not null
               on conflict (key) do nothing returning key`,
        values: [keys.map((one) => one.key), keys.map((one) => one.until), this.#flushed ? 'on' : 'off'],
      });
      const fresh = new Set(made.rows.map((row) => row.key.toString('latin1')));
      for (const one of waiting) one.done(fresh.has(one.key.toString('latin1')) && first.get(one.key.toString('latin1')) === one);
    } catch (error) {
      for (const one of waiting) one.failed(error);
    }
  }

  /** Removes ended keys; when that fails they are removed next time. */
  async #sweep(now: Instant): Promise<void> {
    this.#sweptAt = now;
    await this.#pool.query('delete from access.replay where expires_at < $1', [now - KEPT_LONGER_US]).catch(() => undefined);
  }
}

function keyOf(single: Single): Buffer {
  return createHash('sha256').update(`${single.kind}\0${single.of}\0${single.value}`).digest().subarray(0, 16);
}
