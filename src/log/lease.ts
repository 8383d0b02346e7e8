/**
 * Who works a partition, and how far. A lease has an epoch that rises with each new owner; every
 * position carries the epoch under which it was written, so an owner that was thought dead and
 * wakes up is fenced off: its commit fails as a whole, findings and all.
 */

import type pg from 'pg';
import type { Instant } from '../terms/index.ts';
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
  readonly group: string;
  readonly partition: number;
  readonly epoch: number;
  /** The next offset to read. */
  readonly offset: number;
}

/** Moves the position within `tx`. Throws `StaleLease` when the lease's epoch is newer than ours. */
export async function commitPosition(tx: Tx, position: Position): Promise<void> {
  const lease = await tx.query<{ epoch: number }>({
    name: 'lease-share', text: 'select epoch from log.lease where "group" = $1 and partition = $2 for share', values: [position.group, position.partition] });
  if (lease.rows[0]?.epoch !== position.epoch) {
    throw new StaleLease(`partition ${position.partition} of ${position.group} is worked under another epoch than ${position.epoch}`);
  }
  await tx.query({
    name: 'position-move',
    text: `insert into log.position as p ("group", partition, epoch, "offset") values ($1, $2, $3, $4)
           on conflict ("group", partition) do update set epoch = excluded.epoch, "offset" = excluded."offset"`,
    values: [position.group, position.partition, position.epoch, position.offset],
  });
}

/** The next offset to read and the epoch that wrote it; offset 0 when nothing was read yet. */
export async function readPosition(db: Db, group: string, partition: number): Promise<{ offset: number; epoch: number }> {
  const found = await db.query<{ offset: number; epoch: number }>(
    'select "offset", epoch from log.position where "group" = $1 and partition = $2', [group, partition]);
  return found.rows[0] ?? { offset: 0, epoch: 0 };
}
