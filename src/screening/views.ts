/**
 * Which versions of which lists the house holds, which refreshes it held back, and how stale each list is: views
 * of the ledger, written with their entries and folded again by `rebuildScreening`.
 */

import { numberAt, type Framework } from '../framework/index.ts';
import { isKind, readEntries, type Db, type Entry, type Tx } from '../log/index.ts';
import { instantOf, type EntryBody, type Instant } from '../terms/index.ts';
import { HIT_KINDS, applyToHits } from './hits/fold.ts';

/** The views that `rebuildScreening` folds. */
export const screeningViews: readonly string[] = ['screening.list_version', 'screening.list_held', 'screening.hit', 'screening.hit_step', 'screening.asset_freeze', 'screening.asset_freeze_step'];

/** Entries folded at once. */
const PAGE_ENTRIES = 1_000;

/** A version as its entry holds it, with the instant at which the house came to know it. */
export interface KnownVersion extends EntryBody<'list-version'> {
  readonly entry: number;
  readonly admittedAt: Instant;
}

/** A list as screens show it. Ages are in microseconds. */
export interface ListState {
  readonly list: string;
  readonly holds: 'wallets' | 'names';
  /** Entry of the ledger that brought it. */
  readonly entry: number;
  /** The newest good version: what screening uses. */
  readonly version: string;
  readonly publishedAt: Instant;
  readonly admittedAt: Instant;
  readonly count: number;
  readonly quarantined: number;
  readonly force: 'freeze' | 'review' | 'information';
  readonly ageUs: number;
  readonly isStale: boolean;
  /** A refresh that is newer was held back at this instant: the list grows stale until someone looks. */
  readonly heldSince: Instant | undefined;
}

interface VersionRow {
  readonly entry: number; readonly list: string; readonly holds: 'wallets' | 'names'; readonly version: string; readonly force: 'freeze' | 'review' | 'information';
  readonly covers: string[]; readonly sha256: string; readonly read: number; readonly count: number; readonly repeated: number; readonly exempt: number;
  readonly quarantined: number; readonly source: string; readonly published_at: number; readonly admitted_at: number;
}

/** Folds entries of the ledger into the views; other kinds pass by. */
export async function applyToViews(tx: Tx, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) {
    if (isKind(entry, 'list-version')) await insertVersion(tx, entry);
    if (isKind(entry, 'list-held')) await insertHeld(tx, entry);
    await applyToHits(tx, entry);
  }
}

async function insertVersion(tx: Tx, { index, admittedAt, body }: Entry<'list-version'>): Promise<void> {
  await tx.query(
    `insert into screening.list_version (entry, list, holds, version, force, covers, sha256, read, count, repeated, exempt, quarantined, source, published_at, admitted_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [index, body.list, body.holds, body.version, body.force, body.covers, body.sha256, body.read, body.count, body.repeated, body.exempt, body.quarantined, body.source, body.publishedAt, admittedAt]);
}

async function insertHeld(tx: Tx, { index, admittedAt, body }: Entry<'list-held'>): Promise<void> {
  await tx.query(
    `insert into screening.list_held (entry, list, holds, version, sha256, count, last_good_version, last_good_count, published_at, admitted_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [index, body.list, body.holds, body.version, body.sha256, body.count, body.lastGoodVersion, body.lastGoodCount, body.publishedAt, admittedAt]);
}

/** Versions of a list, newest publication first. */
export async function readVersions(db: Db, list: string, holds: 'wallets' | 'names'): Promise<KnownVersion[]> {
  const found = await db.query<VersionRow>('select * from screening.list_version where list = $1 and holds = $2 order by published_at desc, entry desc', [list, holds]);
  return found.rows.map(({ published_at, admitted_at, ...row }) => ({ ...row, publishedAt: published_at, admittedAt: instantOf(admitted_at) }));
}

/** Was this refresh held back before, and not taken in since? */
export async function wasHeld(db: Db, list: string, sha256: string): Promise<boolean> {
  return (await db.query('select from screening.list_held where list = $1 and sha256 = $2 limit 1', [list, sha256])).rows.length > 0;
}

/** Every list that the house holds, by name, with its staleness at `now`. */
export async function listStates(db: Db, framework: Framework, now: Instant): Promise<ListState[]> {
  const staleUs = numberAt(framework, 'list.stale', now);
  const found = await db.query<VersionRow & { held_at: number | null }>(
    `select distinct on (v.list, v.holds) v.*,
            (select min(h.admitted_at) from screening.list_held h where h.list = v.list and h.holds = v.holds and h.published_at > v.published_at) as held_at
     from screening.list_version v order by v.list, v.holds, v.published_at desc, v.entry desc`);
  return found.rows.map((row) => {
    const ageUs = now - row.published_at;
    return {
      list: row.list, holds: row.holds, entry: row.entry, version: row.version, publishedAt: instantOf(row.published_at), admittedAt: instantOf(row.admitted_at), count: row.count,
      quarantined: row.quarantined, force: row.force, ageUs, isStale: ageUs > staleUs || row.held_at !== null, heldSince: row.held_at === null ? undefined : instantOf(row.held_at),
    };
  });
}

/** A refresh that was held back. */
export interface HeldRefresh {
  readonly entry: number; readonly list: string; readonly holds: 'wallets' | 'names'; readonly version: string; readonly count: number; readonly last_good_count: number; readonly admitted_at: number; readonly actor: string;
}

/** Refreshes that were held back and are newer than the last good version of their list, newest first. */
export async function readHeld(db: Db): Promise<HeldRefresh[]> {
  return (await db.query<HeldRefresh>(
    `select h.entry, h.list, h.holds, h.version, h.count, h.last_good_count, h.admitted_at, e.actor from screening.list_held h join log.entry e on e.index = h.entry
     where not exists (select from screening.list_version v where v.list = h.list and v.holds = h.holds and v.published_at >= h.published_at) order by h.entry desc limit 100`)).rows;
}

/** Drops the views' rows and folds the whole ledger again. `tx`: as the owner of the tables. Gives how many entries were folded. */
export async function rebuildScreening(tx: Tx): Promise<number> {
  for (const view of screeningViews.toReversed()) await tx.query(`delete from ${view}`);
  let folded = 0;
  for (let from = 0; ;) {
    const entries = await readEntries(tx, { from, kinds: ['list-version', 'list-held', ...HIT_KINDS], limit: PAGE_ENTRIES });
    await applyToViews(tx, entries);
    folded += entries.length;
    const last = entries.at(-1);
    if (last === undefined) return folded;
    from = last.index + 1;
  }
}
