/**
 * Signed heads. A tree's head is signed when it has moved, and what was signed is kept: a log never signs
 * two heads of one size, because the size is the key of the table.
 */

import type pg from 'pg';
import { signCheckpoint, type Signer } from '../proof/index.ts';
import type { Instant } from '../terms/index.ts';
import { treeHead } from './tree.ts';

/** A signed head as it was kept. */
export interface SignedHead {
  readonly size: number;
  readonly note: string;
  readonly signedAt: number;
}

/** Signs a tree's head unless that size is signed already; gives the newest signed head. */
export async function signHead(pool: pg.Pool, tree: string, signer: Signer, now: Instant): Promise<SignedHead> {
  const head = await treeHead(pool, tree);
  const newest = await newestHead(pool, tree);
  if (newest !== undefined && newest.size >= head.size) return newest;
  const note = await signCheckpoint({ origin: signer.keyId, size: head.size, root: head.root }, signer);
  await pool.query('insert into log.checkpoint (tree, size, note, signed_at) values ($1, $2, $3, $4) on conflict do nothing', [tree, head.size, note, now]);
  return (await newestHead(pool, tree)) ?? { size: head.size, note, signedAt: now };
}

/** The newest signed head of a tree. */
export async function newestHead(pool: pg.Pool, tree: string): Promise<SignedHead | undefined> {
  const found = await pool.query<{ size: number; note: string; signed_at: number }>('select size, note, signed_at from log.checkpoint where tree = $1 order by size desc limit 1', [tree]);
  const row = found.rows[0];
  return row === undefined ? undefined : { size: row.size, note: row.note, signedAt: row.signed_at };
}
