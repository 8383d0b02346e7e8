/**
 * Trees as PostgreSQL keeps them: a head (size, frontier, root) and the hash of every complete subtree,
 * so that appending costs the new leaves and a proof costs its own length. The head's row is locked
 * until the commit; the leaves of a tree therefore have no gaps and one order.
 */

import { createHash } from 'node:crypto';
import { appendLeaves, consistencyProof, inclusionProof, leafHash, type TreeNode } from '../proof/index.ts';
import { assert } from '../terms/index.ts';
import type { Db, Tx } from './database.ts';

/** SHA-256 by the platform: about ten times as fast as the portable one that browsers use. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** RFC 6962 leaf hash of a text in UTF-8. */
export function leafOf(text: string): Uint8Array {
  return leafHash(new TextEncoder().encode(text), sha256);
}

/** A tree's head within a transaction that holds its lock. */
export interface LockedTree {
  readonly size: number;
  /** Roots of the complete subtrees from left to right, 32 bytes each. */
  readonly frontier: Buffer;
  readonly lastAdmitted: number;
  /** As many 16-byte random values as were asked for, drawn by the database. */
  readonly salts: readonly Buffer[];
}

/** A tree's head: how many leaves and their root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Locks a tree's head, making the tree when it is new. */
export async function lockTree(tx: Tx, name: string, salts: number): Promise<LockedTree> {
  const text = `select size, frontier, last_admitted, (select coalesce(array_agg(uuid_send(gen_random_uuid())), '{}') from generate_series(1, $2)) as salts
                from log.tree where name = $1 for update`;
  const found = await tx.query<{ size: number; frontier: Buffer; last_admitted: number; salts: Buffer[] }>({ name: 'tree-lock', text, values: [name, salts] });
  const row = found.rows[0];
  if (row !== undefined) return { size: row.size, frontier: row.frontier, lastAdmitted: row.last_admitted, salts: row.salts };
  await tx.query(`insert into log.tree (name, size, frontier, root) values ($1, 0, '', $2) on conflict (name) do nothing`, [name, sha256(new Uint8Array(0))]);
  return lockTree(tx, name, salts);
}

/** Appends leaf hashes to a locked tree; gives its new head. */
export async function growTree(tx: Tx, name: string, head: LockedTree, leaves: readonly Uint8Array[], lastAdmitted: number): Promise<TreeHead> {
  const frontier: Uint8Array[] = [];
  for (let at = 0; at < head.frontier.length; at += 32) frontier.push(head.frontier.subarray(at, at + 32));
  const grown = appendLeaves({ size: head.size, hashes: frontier }, leaves, sha256);
  await insertNodes(tx, name, grown.nodes);
  await tx.query({
    name: 'tree-grow',
    text: 'update log.tree set size = $2, frontier = $3, root = $4, last_admitted = $5 where name = $1',
    values: [name, grown.frontier.size, Buffer.concat(grown.frontier.hashes), Buffer.from(grown.root), lastAdmitted],
  });
  return { size: grown.frontier.size, root: grown.root };
}

async function insertNodes(tx: Tx, name: string, nodes: readonly TreeNode[]): Promise<void> {
  await tx.query({
    name: 'tree-nodes',
    text: 'insert into log.tree_node (tree, level, index, hash) select $1, * from unnest($2::smallint[], $3::bigint[], $4::bytea[])',
    values: [name, nodes.map((n) => n.level), nodes.map((n) => n.index), nodes.map((n) => Buffer.from(n.hash))],
  });
}

/** The head of a tree, size 0 when it has no leaf yet. */
export async function treeHead(db: Db, name: string): Promise<TreeHead> {
  const found = await db.query<{ size: number; root: Buffer }>('select size, root from log.tree where name = $1', [name]);
  return found.rows[0] ?? { size: 0, root: sha256(new Uint8Array(0)) };
}

type NodeReader = (level: number, index: number) => Uint8Array;

/** Proof that leaf `index` is in the tree of the first `size` leaves. Source: RFC 9162 §2.1.3. */
export async function proveInclusion(db: Db, name: string, index: number, size: number): Promise<Uint8Array[]> {
  return withNodes(db, name, size, (node) => inclusionProof(index, size, node, sha256));
}

/** Proof that the tree of `size` leaves extends that of `from`. Source: RFC 9162 §2.1.4. */
export async function proveConsistency(db: Db, name: string, from: number, size: number): Promise<Uint8Array[]> {
  return withNodes(db, name, size, (node) => consistencyProof(from, size, node, sha256));
}

/** Runs a proof twice: once to learn which nodes it wants, once with them. */
async function withNodes(db: Db, name: string, size: number, prove: (node: NodeReader) => Uint8Array[]): Promise<Uint8Array[]> {
  const wanted = new Map<string, { level: number; index: number }>();
  const blank = new Uint8Array(32);
  prove((level, index) => {
    wanted.set(`${level}/${index}`, { level, index });
    return blank;
  });
  const list = [...wanted.values()];
  const found = await db.query<{ level: number; index: number; hash: Buffer }>(
    `select n.level, n.index, n.hash from log.tree_node n join unnest($2::smallint[], $3::bigint[]) as w(level, index)
     on n.tree = $1 and n.level = w.level and n.index = w.index`,
    [name, list.map((n) => n.level), list.map((n) => n.index)]);
  const nodes = new Map(found.rows.map((row) => [`${row.level}/${row.index}`, row.hash]));
  assert(nodes.size === list.length, `the tree ${name} has the nodes of its first ${size} leaves`);
  return prove((level, index) => nodes.get(`${level}/${index}`) ?? blank);
}
