/**
 * Trees as PostgreSQL keeps them: a head (size, frontier, root) and the hash of every complete subtree,
 * so that appending costs the new leaves and a proof costs its own length. The head's row is locked
 * until the commit; the leaves of a tree therefore have no gaps and one order.
 */

import { hash } from 'node:crypto';
import { appendLeaves, consistencyProof, inclusionProof, leafHash, type TreeNode } from '../proof/index.ts';
import { assert } from '../terms/index.ts';
import { packed, type Db, type Tx } from './database.ts';

/** SHA-256 by the platform: about ten times as fast as the portable one that browsers use. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
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
  /** As many 16-byte random values as were asked for, drawn by the database: hashes of two UUIDs, because one has 122 random bits. */
  readonly salts: readonly Buffer[];
}

/** A tree's head: how many leaves and their root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Locks the heads of several trees, in the order of their names, making those that are new. */
export async function lockTrees(tx: Tx, names: readonly string[], salts: number): Promise<ReadonlyMap<string, LockedTree>> {
  const text = `select name, size, frontier, last_admitted, (select coalesce(array_agg(substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) for 16)), '{}') from generate_series(1, $2)) as salts
                from log.tree where name = any($1::text[]) order by name for update`;
  const found = await tx.query<{ name: string; size: number; frontier: Buffer; last_admitted: number; salts: Buffer[] }>({ name: 'tree-lock', text, values: [names, salts] });
  const locked = new Map(found.rows.map((row) => [row.name, { size: row.size, frontier: row.frontier, lastAdmitted: row.last_admitted, salts: row.salts }]));
  const missing = names.filter((name) => !locked.has(name)).sort();
  if (missing.length === 0) return locked;
  await tx.query(`insert into log.tree (name, size, frontier, root) select name, 0, '', $2 from unnest($1::text[]) as n(name) on conflict (name) do nothing`, [missing, sha256(new Uint8Array(0))]);
  return lockTrees(tx, names, salts);
}

/** A tree that grows within a transaction. */
export interface Growth {
  readonly name: string;
  readonly head: LockedTree;
  readonly leaves: readonly Uint8Array[];
  readonly lastAdmitted: number;
}

/** A tree's new head, and proofs of the leaves that it just got: what they need is all at hand. */
export interface Grown extends TreeHead {
  readonly name: string;
  readonly lastAdmitted: number;
  /** Subtrees that became complete. */
  readonly nodes: readonly TreeNode[];
  /** Roots of the complete subtrees from left to right. */
  readonly frontier: readonly Uint8Array[];
  /** Path of a new leaf in the tree of the new head. Source: RFC 9162 §2.1.3. */
  prove(index: number): Uint8Array[];
}

/** What a locked tree becomes by its new leaves; `writeTrees` stores it. */
export function grow({ name, head, leaves, lastAdmitted }: Growth): Grown {
  const { frontier, root, nodes } = appendLeaves({ size: head.size, hashes: frontierOf(head) }, leaves, sha256);
  // Laid out once, and only when somebody asks for a proof.
  let atHand: NodeReader | undefined;
  return { name, lastAdmitted, nodes, frontier: frontier.hashes, size: frontier.size, root, prove: (index) => inclusionProof(index, frontier.size, (atHand ??= nodesAtHand(head, nodes)), sha256) };
}

/** Stores trees that grew, in one statement. */
export async function writeTrees(tx: Tx, grown: readonly Grown[]): Promise<void> {
  const nodes = grown.flatMap((tree) => tree.nodes);
  const frontiers = packed(grown.map((tree) => Buffer.concat(tree.frontier)));
  await tx.query({
    name: 'tree-grow',
    text: `with nodes as (
             insert into log.tree_node (tree, level, index, hash)
             select ($1::text[])[tree], level, index, substring($11::bytea from (n - 1)::int * 32 + 1 for 32) from unnest($8::int[], $9::smallint[], $10::bigint[]) with ordinality as t(tree, level, index, n))
           update log.tree t set size = g.size, frontier = substring($3::bytea from g.start for g.length), root = substring($6::bytea from (g.n - 1)::int * 32 + 1 for 32), last_admitted = g.at
           from unnest($1::text[], $2::bigint[], $4::int[], $5::int[], $7::bigint[]) with ordinality as g(name, size, start, length, at, n) where t.name = g.name`,
    values: [
      grown.map((tree) => tree.name), grown.map((tree) => tree.size), frontiers.bytes, frontiers.starts, frontiers.lengths, Buffer.concat(grown.map((tree) => tree.root)), grown.map((tree) => tree.lastAdmitted),
      grown.flatMap((tree, n) => tree.nodes.map(() => n + 1)), nodes.map((n) => n.level), nodes.map((n) => n.index), Buffer.concat(nodes.map((n) => n.hash)),
    ],
  });
}

/** Appends leaf hashes to several locked trees; gives their new heads in the same order. */
export async function growTrees(tx: Tx, growths: readonly Growth[]): Promise<Grown[]> {
  const grown = growths.map(grow);
  await writeTrees(tx, grown);
  return grown;
}

function frontierOf(head: LockedTree): Uint8Array[] {
  const hashes: Uint8Array[] = [];
  for (let at = 0; at < head.frontier.length; at += 32) hashes.push(head.frontier.subarray(at, at + 32));
  return hashes;
}

/**
 * The subtrees that paths of new leaves pass by: those that became complete just now, and those of the frontier
 * before. A subtree of old leaves alone whose parent holds a new leaf was complete while its parent was not, so
 * it stood in the frontier.
 */
function nodesAtHand(head: LockedTree, made: readonly TreeNode[]): (level: number, index: number) => Uint8Array {
  const known: Map<number, Uint8Array>[] = [];
  const keep = (level: number, index: number, hash: Uint8Array): void => void (known[level] ??= new Map()).set(index, hash);
  for (const { level, index, hash } of made) keep(level, index, hash);
  let from = 0;
  for (const [n, level] of bitsOf(head.size).entries()) {
    keep(level, from / 2 ** level, head.frontier.subarray(n * 32, n * 32 + 32));
    from += 2 ** level;
  }
  return (level, index) => {
    const hash = known[level]?.get(index);
    assert(hash !== undefined, 'a path of a new leaf passes by the old frontier and new subtrees only');
    return hash;
  };
}

/** Places of a size's binary ones, the largest first. */
function bitsOf(size: number): number[] {
  const bits: number[] = [];
  for (let level = 0, rest = size; rest > 0; level += 1, rest = Math.floor(rest / 2)) if (rest % 2 === 1) bits.unshift(level);
  return bits;
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
