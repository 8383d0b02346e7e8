/**
 * Merkle trees as RFC 6962 and RFC 9162 define them: leaf hash `H(0x00 ‖ entry)`, node hash
 * `H(0x01 ‖ left ‖ right)`, a tree of n leaves split at the largest power of two below n. Appending keeps a
 * frontier, the roots of the complete subtrees from left to right, and emits each subtree that became
 * complete, once; so k leaves cost k leaf hashes and about k node hashes, whatever the tree's size.
 *
 * Pure, and portable: the hash is handed in, so a browser uses @noble/hashes and the server its platform's.
 * Sizes are exact up to 2^53. Verification refuses every malformed size, index and path. What RFC 9162 leaves
 * open is decided here: the empty tree has the hash of nothing as its root and no leaf; it is extended by
 * every tree, with an empty proof, and only when its root is that hash (transparency-dev/merkle takes any root
 * there, tlog-witness asks for the empty proof); a tree extends itself with an empty proof and an equal root.
 */

import { assert } from '../terms/index.ts';
import { equalBytes } from './bytes.ts';

/** SHA-256, or in tests another hash of 32 bytes. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** Roots of the complete subtrees of a tree's leaves, largest first. */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

/** Root of the complete subtree over leaves [index·2^level, (index+1)·2^level). */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

/** Reads the root of a complete subtree; it must exist. */
export type NodeReader = (level: number, index: number) => Uint8Array;

const HASH_BYTES = 32;
/** Where two children stand to be hashed: `1`, left, right. Hashes are made at once and keep nothing of it. */
const PAIR = new Uint8Array(1 + 2 * HASH_BYTES);

/** Leaf hash of an entry. Source: RFC 6962 §2.1. */
export function leafHash(entry: Uint8Array, hash: Hash): Uint8Array {
  const bytes = new Uint8Array(1 + entry.length);
  bytes.set(entry, 1);
  return hash(bytes);
}

/** Hash of two children. Source: RFC 6962 §2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Hash): Uint8Array {
  const isPair = left.length === HASH_BYTES && right.length === HASH_BYTES;
  // A proof of others may hold what is no hash: it is hashed as it is, and leads to no root.
  const bytes = isPair ? PAIR : new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return hash(bytes);
}

/** Appends leaf hashes; gives the new frontier, its root and every subtree that became complete. */
export function appendLeaves(frontier: Frontier, leaves: readonly Uint8Array[], hash: Hash): { frontier: Frontier; nodes: TreeNode[]; root: Uint8Array } {
  assert(frontier.hashes.length === onesOf(frontier.size), 'a frontier has one hash for each bit of its size');
  const hashes = [...frontier.hashes];
  const nodes: TreeNode[] = [];
  let size = frontier.size;
  for (const leaf of leaves) {
    let level = 0;
    let index = size;
    let carried = leaf;
    nodes.push({ level, index, hash: carried });
    while (index % 2 === 1) {
      const left = hashes.pop();
      assert(left !== undefined, 'an odd index has a left neighbour');
      carried = nodeHash(left, carried, hash);
      level += 1;
      index = (index - 1) / 2;
      nodes.push({ level, index, hash: carried });
    }
    hashes.push(carried);
    size += 1;
  }
  return { frontier: { size, hashes }, nodes, root: rootOf(hashes, hash) };
}

/** Root of a frontier: its subtrees folded from the right. The empty tree has the hash of nothing. */
function rootOf(hashes: readonly Uint8Array[], hash: Hash): Uint8Array {
  let root = hashes.at(-1);
  if (root === undefined) return hash(new Uint8Array(0));
  for (let i = hashes.length - 2; i >= 0; i--) root = nodeHash(hashes[i] ?? root, root, hash);
  return root;
}

function onesOf(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

/** Root of the leaves [from, to), where `from` is a multiple of the range's enclosing power of two. */
function rangeRoot(from: number, to: number, node: NodeReader, hash: Hash): Uint8Array {
  const n = to - from;
  const level = levelOf(n);
  if (level !== undefined) return node(level, from / n);
  const k = largestPowerBelow(n);
  return nodeHash(rangeRoot(from, from + k, node, hash), rangeRoot(from + k, to, node, hash), hash);
}

/** The level whose complete subtrees have n leaves, or `undefined`. Not by Math.log2, which rounds 2^49 + 1 to 2^49. */
function levelOf(n: number): number | undefined {
  let level = 0;
  for (let k = 1; k < n; k *= 2) level += 1;
  return 2 ** level === n ? level : undefined;
}

/** Largest power of two smaller than n, for n > 1. */
function largestPowerBelow(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Audit path of leaf `index` in the tree of `size` leaves, leaf side first. Source: RFC 9162 §2.1.3.1. */
export function inclusionProof(index: number, size: number, node: NodeReader, hash: Hash): Uint8Array[] {
  assert(isSize(size) && isSize(index) && index < size, 'a leaf lies within its tree');
  const path: Uint8Array[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from);
    if (index < middle) {
      path.push(rangeRoot(middle, to, node, hash));
      to = middle;
    } else {
      path.push(rangeRoot(from, middle, node, hash));
      from = middle;
    }
  }
  return path.reverse();
}

/** Proof that the tree of `size` leaves extends that of `from`. Source: RFC 9162 §2.1.4.1. */
export function consistencyProof(from: number, size: number, node: NodeReader, hash: Hash): Uint8Array[] {
  assert(isSize(from) && isSize(size) && from <= size, 'a tree extends a smaller one');
  if (from === 0 || from === size) return [];
  return subproof(from, 0, size, true, node, hash);
}

function subproof(m: number, from: number, to: number, whole: boolean, node: NodeReader, hash: Hash): Uint8Array[] {
  const n = to - from;
  if (m === n) return whole ? [] : [rangeRoot(from, to, node, hash)];
  const k = largestPowerBelow(n);
  if (m <= k) return [...subproof(m, from, from + k, whole, node, hash), rangeRoot(from + k, to, node, hash)];
  return [...subproof(m - k, from + k, to, false, node, hash), rangeRoot(from, from + k, node, hash)];
}

/** Does `path` prove that a leaf is at `index` in the tree of `size` with this root? Source: RFC 9162 §2.1.3.2. */
export function verifyInclusion(leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[], root: Uint8Array, hash: Hash): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !path.every(isHash) || !isHash(leaf)) return false;
  let fn = index;
  let sn = size - 1;
  let running = leaf;
  for (const sibling of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      running = nodeHash(sibling, running, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else running = nodeHash(running, sibling, hash);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equalBytes(running, root);
}

/** Does `path` prove that the tree of `size` and `root` extends that of `from` and `fromRoot`? Source: RFC 9162 §2.1.4.2. */
export function verifyConsistency(from: number, fromRoot: Uint8Array, size: number, root: Uint8Array, path: readonly Uint8Array[], hash: Hash): boolean {
  if (!isSize(from) || !isSize(size) || from > size || !path.every(isHash)) return false;
  if (from === size) return path.length === 0 && equalBytes(fromRoot, root);
  if (from === 0) return path.length === 0 && equalBytes(fromRoot, hash(new Uint8Array(0)));
  const hashes = levelOf(from) === undefined ? [...path] : [fromRoot, ...path];
  const first = hashes.shift();
  if (first === undefined) return false;
  let fn = from - 1;
  let sn = size - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let old = first;
  let grown = first;
  for (const sibling of hashes) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      old = nodeHash(sibling, old, hash);
      grown = nodeHash(sibling, grown, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else grown = nodeHash(grown, sibling, hash);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equalBytes(old, fromRoot) && equalBytes(grown, root);
}

const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const isHash = (bytes: Uint8Array): boolean => bytes.length === 32;
