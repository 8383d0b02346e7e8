/**
 * Feeds that stand still. A firm that filed before and has filed nothing for longer than the framework's lag is
 * told to the ledger once, and once more when it is heard again. The clock is the authority's: the instant of the
 * firm's last admission against that of this entry, so a firm whose own clock is wrong changes nothing. A silent
 * feed holds nobody else up.
 */

import type pg from 'pg';
import { SYSTEM, append, lockLedger, withActor, type Entry, type NewEntry, type Tx } from '../log/index.ts';
import { formatInstant, instantOf, type Instant } from '../terms/index.ts';

/** How long a feed may be silent, and by which clause of the framework: an assumption is named as one. */
export interface FeedLag {
  readonly us: number;
  readonly basis: string;
}

interface FeedRow {
  readonly firm: string;
  readonly last_at: number;
  readonly stopped: boolean | null;
}

/** Looks at every feed; appends what changed, and brings the view along. Gives the firms whose feed changed. */
export async function watchFeeds(pool: pg.Pool, now: Instant, lag: FeedLag): Promise<readonly string[]> {
  const seen = await withActor(pool, SYSTEM, (tx) => readChanged(tx, now, lag.us));
  if (seen.length === 0) return [];
  return withActor(pool, SYSTEM, async (tx) => {
    const head = await lockLedger(tx, now);
    const changed = await readChanged(tx, head.admittedAt, lag.us);
    const entries = await append(tx, head.admittedAt, changed.map((row): NewEntry<'feed-stopped'> => ({
      kind: 'feed-stopped', actor: 'intake', basis: lag.basis,
      body: row.stopped === true ? { firm: row.firm, stopped: false, reason: 'it files again' } : { firm: row.firm, stopped: true, reason: `nothing was filed since ${formatInstant(instantOf(row.last_at))}` },
    })));
    for (const entry of entries) await applyFeedEntry(tx, entry);
    return changed.map((row) => row.firm);
  });
}

/** Folds an entry into the view. */
export async function applyFeedEntry(tx: Tx, { admittedAt, body }: Entry<'feed-stopped'>): Promise<void> {
  await tx.query(
    `insert into intake.feed (firm, stopped, reason, since) values ($1, $2, $3, $4)
     on conflict (firm) do update set stopped = excluded.stopped, reason = excluded.reason, since = excluded.since`,
    [body.firm, body.stopped, body.reason, admittedAt]);
}

/** Feeds whose state is not what their last filing says at an instant. */
async function readChanged(tx: Tx, at: Instant, lagMaxUs: number): Promise<readonly FeedRow[]> {
  const found = await tx.query<FeedRow>(
    `select s.firm, s.last_at, f.stopped from (select firm, max(last_at) as last_at from intake.stream group by firm) s left join intake.feed f on f.firm = s.firm
     where coalesce(f.stopped, false) <> ($1::bigint - s.last_at > $2::bigint) order by s.firm`, [at, lagMaxUs]);
  return found.rows;
}
