/** How far the watch has followed the lists of names: which versions there are, and which of them people were run against. */

import type { Db, Tx } from '../../log/index.ts';
import { instantOf, type Instant } from '../../terms/index.ts';
import type { FollowedList } from './known-people.ts';

/** A version of a list of names, without what it says. */
export type NewestNames = Omit<FollowedList, 'lines'>;

/** The newest version of each list of names, by list. */
export async function readNewestNames(db: Db): Promise<NewestNames[]> {
  return (await db.query<NewestNames>(`select distinct on (list) list, entry, version, sha256, force from screening.list_version where holds = 'names' order by list, published_at desc, entry desc`)).rows;
}

/** The versions that people were run against, by list. */
export async function readFollowed(db: Db): Promise<NewestNames[]> {
  return (await db.query<NewestNames>('select v.list, v.entry, v.version, v.sha256, v.force from screening.followed f join screening.list_version v on v.entry = f.entry order by v.list')).rows;
}

/** Writes down that people were run against a version. */
export async function markFollowed(tx: Tx, list: NewestNames, at: Instant): Promise<void> {
  await tx.query('insert into screening.followed (list, entry, sha256, at) values ($1, $2, $3, $4) on conflict (list) do update set entry = excluded.entry, sha256 = excluded.sha256, at = excluded.at', [list.list, list.entry, list.sha256, at]);
}

/** When people were run against which version of each list, by the entry that brought it. */
export async function readApplied(db: Db): Promise<ReadonlyMap<number, Instant>> {
  const found = await db.query<{ entry: number; at: number }>('select entry, at from screening.followed');
  return new Map(found.rows.map((row) => [row.entry, instantOf(row.at)]));
}
