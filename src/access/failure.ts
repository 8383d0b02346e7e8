/**
 * Guessing is bounded: after ten failures in a row an account's password and code rest for fifteen minutes.
 * An attempt is counted before it is judged, so that a hundred attempts at once are a hundred attempts. The
 * account is kept as a hash, and an unknown name is counted like a known one: neither the answer nor the
 * table says who exists. Passkeys cannot be guessed and are not counted, so nobody can lock an officer out.
 */

import { createHash } from 'node:crypto';
import type { Tx } from '../log/index.ts';
import { MINUTE_US, type Instant } from '../terms/index.ts';

export const FAILURES_MAX = 10;
export const REST_US = 15 * MINUTE_US;

const keyOf = (account: string): Buffer => createHash('sha256').update(account.normalize('NFKC').toLowerCase()).digest();

/** Counts an attempt; `false` while the account rests. */
export async function countAttempt(tx: Tx, now: Instant, account: string): Promise<boolean> {
  await tx.query('delete from access.failure where last_at <= $1', [now - REST_US]);
  const counted = await tx.query<{ failures: number }>(
    `insert into access.failure as f (account_sha256, failures, last_at) values ($1, 1, $2)
     on conflict (account_sha256) do update set
       failures = least(f.failures + 1, $3 + 1),
       last_at = case when f.failures >= $3 then f.last_at else excluded.last_at end
     returning failures`,
    [keyOf(account), now, FAILURES_MAX]);
  return (counted.rows[0]?.failures ?? FAILURES_MAX + 1) <= FAILURES_MAX;
}

/** The attempt was no failure, but the sign-in is not whole yet: it is not counted, earlier ones stay. */
export async function uncountAttempt(tx: Tx, account: string): Promise<void> {
  await tx.query('update access.failure set failures = greatest(failures - 1, 0) where account_sha256 = $1', [keyOf(account)]);
}

/** The sign-in is whole: earlier failures are forgotten. */
export async function forgetFailures(tx: Tx, account: string): Promise<void> {
  await tx.query('delete from access.failure where account_sha256 = $1', [keyOf(account)]);
}
