/**
 * A tree of the database as a source of static tiles: its hashes from the nodes that were kept as it grew, its
 * entries as they were hashed. Reads within one transaction of the caller, so a log that grows meanwhile is seen at
 * one size. A hole is a broken invariant: a log with one would never verify.
 */

import type { TreeSource } from '../proof/published.ts';
import { assert } from '../terms/index.ts';
import type { Tx } from './database.ts';
import { LEDGER } from './ledger.ts';
export { publicEntries } from './public-log.ts';

/** The hashes of a tree, and the entries that `entriesOf` reads for leaves [from, to). */
export function treeSource(tx: Tx, tree: string, entriesOf: TreeSource['entries']): TreeSource {
  return {
    hashes: async (level, from, to) => {
      const found = await tx.query<{ hash: Buffer }>('select hash from log.tree_node where tree = $1 and level = $2 and index >= $3 and index < $4 order by index', [tree, level, from, to]);
      assert(found.rows.length === to - from, `the tree ${tree} has all hashes of level ${level} from ${from} to ${to}`);
      return found.rows.map((row) => row.hash);
    },
    entries: async (from, to) => {
      const entries = await entriesOf(from, to);
      assert(entries.length === to - from, `the tree ${tree} has all entries from ${from} to ${to}`);
      return entries;
    },
  };
}

/** The ledger as a source of tiles. The transaction's actor must see every entry. */
export function ledgerSource(tx: Tx): TreeSource {
  return treeSource(tx, LEDGER, async (from, to) => {
    const found = await tx.query<{ bytes: Buffer }>('select bytes from log.entry where index >= $1 and index < $2 order by index', [from, to]);
    return found.rows.map((row) => row.bytes);
  });
}
