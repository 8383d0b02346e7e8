/**
 * Who works a partition, and how far. A lease has an epoch that rises with each new owner; every
 * position carries the epoch under which it was written, so an owner that was thought dead and
 * wakes up is fenced off: its commit fails as a whole, findings and all.
 */

import type pg from 'pg';
import { assert, type Instant } from '../terms/index.ts';
import { withTransaction, type Db, type Tx } from './database.ts';

/** The partition has a newer owner; everything in this transaction must be rolled back. */
export class StaleLease extends Error {
  override readonly name = 'StaleLease';
}

/** A partition that `member` owns until the lease ends, under an epoch. */
export interface Lease {
  readonly partition: number;
  readonly epoch: number;
}

export interface LeaseClaim {
  readonly group: string;
  readonly member: string;
  readonly partitions: readonly number[];
  readonly ttlMs: number;
  readonly now: Instant;
}

/**
 * Claims those of the wanted partitions that are free, ended or already ours; renews ours. A claim of a
 * partition that had another owner, or had ended, raises its epoch.
 */
export function claimLeases(pool: pg.Pool, claim: LeaseClaim): Promise<Lease[]> {
  return withTransaction(pool, async (tx) => {
    const got = await tx.query<{ partition: number; epoch: number }>(
      `insert into log.lease as l ("group", partition, member, epoch, expires_at)
       select $1, p, $2, 1, $4::bigint + $5::bigint * 1000 from unnest($3::smallint[]) p order by p
       on conflict ("group", partition) do update
         set epoch = case when l.member = $2 and l.expires_at > $4 then l.epoch else l.epoch + 1 end,
             member = $2, expires_at = excluded.expires_at
         where l.member = $2 or l.expires_at <= $4
       returning partition, epoch`,
      [claim.group, claim.member, claim.partitions, claim.now, claim.ttlMs]);
    return got.rows.map((row) => ({ partition: row.partition, epoch: row.epoch }));
  });
}

/** Gives partitions back at once, so that the next owner need not wait for the lease to end. */
export async function releaseLeases(db: Db, group: string, member: string): Promise<void> {
  await db.query('update log.lease set expires_at = 0 where "group" = $1 and member = $2', [group, member]);
}

export interface Position {
  readonly partition: number;
  readonly epoch: number;
  /** The next offset to read. */
  readonly offset: number;
}

/**
 * Moves positions of one group within `tx`, in one statement. Throws `StaleLease` when a lease's epoch is newer than
 * ours; a position that would run back is a broken invariant, because what lies between was decided already.
 */
export async function commitPositions(tx: Tx, group: string, positions: readonly Position[]): Promise<void> {
  const done = await tx.query<{ owned: number[]; moved: number[] }>({
    name: 'position-move',
    text: `with wanted as (select * from unnest($2::smallint[], $3::bigint[], $4::bigint[]) as w(partition, epoch, "offset")),
                owned as (select l.partition from log.lease l join wanted w on w.partition = l.partition where l."group" = $1 and l.epoch = w.epoch order by l.partition for share of l),
                moved as (insert into log.position as p ("group", partition, epoch, "offset")
                          select $1, w.partition, w.epoch, w."offset" from wanted w join owned o on o.partition = w.partition
                          on conflict ("group", partition) do update set epoch = excluded.epoch, "offset" = excluded."offset" where p."offset" <= excluded."offset" returning partition)
           select array(select partition from owned) as owned, array(select partition from moved) as moved`,
    values: [group, positions.map((one) => one.partition), positions.map((one) => one.epoch), positions.map((one) => one.offset)],
  });
  const row = done.rows[0];
  for (const { partition, epoch, offset } of positions) {
    if (row?.owned.includes(partition) !== true) throw new StaleLease(`partition ${partition} of ${group} is worked under another epoch than ${epoch}`);
    assert(row.moved.includes(partition), `the position of partition ${partition} of ${group} runs back to ${offset}`);
  }
}

/** The next offset to read and the epoch that wrote it; offset 0 when nothing was read yet. */
export async function readPosition(db: Db, group: string, partition: number): Promise<{ offset: number; epoch: number }> {
  const found = await db.query<{ offset: number; epoch: number }>(
    'select "offset", epoch from log.position where "group" = $1 and partition = $2', [group, partition]);
  return found.rows[0] ?? { offset: 0, epoch: 0 };
}
