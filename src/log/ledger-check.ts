/**
 * The ledger against itself: every entry's bytes give its leaf, no index is missing, instants never run back, and
 * the leaves give the head that stands. What `rebuild` folds is only worth as much as this.
 */

import { appendLeaves, leafHash } from '../proof/index.ts';
import type { Tx } from './database.ts';
import { LEDGER } from './ledger.ts';
import { sha256, treeHead } from './tree.ts';

const PAGE_ENTRIES = 2_000;

/** The ledger's head as its entries give it. */
export interface CheckedLedger {
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** What does not hold, in words. */
  readonly faults: readonly string[];
}

/** Reads every entry. `tx`: may see them all. */
export async function checkLedger(tx: Tx): Promise<CheckedLedger> {
  let frontier: Parameters<typeof appendLeaves>[0] = { size: 0, hashes: [] };
  let root: Uint8Array = sha256(new Uint8Array(0));
  let last = -1;
  const faults: string[] = [];
  for (;;) {
    const page = await tx.query<{ index: number; admitted_at: number; bytes: Buffer; leaf: Buffer }>(
      'select index, admitted_at, bytes, leaf from log.entry where index >= $1 order by index limit $2', [frontier.size, PAGE_ENTRIES]);
    if (page.rows.length === 0) break;
    for (const [i, row] of page.rows.entries()) {
      if (row.index !== frontier.size + i) faults.push(`entry ${frontier.size + i} is missing`);
      if (row.admitted_at <= last) faults.push(`entry ${row.index} was admitted before the one before it`);
      if (!row.leaf.equals(leafHash(row.bytes, sha256))) faults.push(`the leaf of entry ${row.index} is not that of its bytes`);
      last = row.admitted_at;
    }
    if (faults.length > 0) break;
    ({ frontier, root } = appendLeaves(frontier, page.rows.map((row) => row.leaf), sha256));
  }
  const head = await treeHead(tx, LEDGER);
  if (faults.length === 0 && (head.size !== frontier.size || !Buffer.from(head.root).equals(root))) faults.push(`the ledger's head of size ${head.size} is not that of its ${frontier.size} entries`);
  return { size: frontier.size, root: Buffer.from(root).toString('hex'), faults };
}
