import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { appendLeaves, consistencyProof, inclusionProof, leafHash, nodeHash, verifyConsistency, verifyInclusion, type Frontier, type TreeNode } from './merkle.ts';
import { ARGON, CT_CONSISTENCY, CT_INCLUSION, CT_LEAVES, CT_ROOTS, EMPTY_ROOT, naiveConsistency, naivePath, naiveRoot, sha256 } from './testing/vectors.ts';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const hexesOf = (hashes: readonly Uint8Array[]): string[] => hashes.map(hexOf);
const EMPTY: Frontier = { size: 0, hashes: [] };
const OTHER = sha256(Buffer.from('other'));

function treeOf(leaves: readonly Uint8Array[], cuts: readonly number[] = []): { root: Uint8Array; node: (level: number, index: number) => Uint8Array; nodes: TreeNode[] } {
  let frontier = EMPTY;
  let root = sha256(new Uint8Array(0));
  const nodes: TreeNode[] = [];
  const edges = [0, ...cuts.map((cut) => Math.min(cut, leaves.length)).sort((a, b) => a - b), leaves.length];
  for (const [i, from] of edges.slice(0, -1).entries()) {
    const grown = appendLeaves(frontier, leaves.slice(from, edges[i + 1]), sha256);
    frontier = grown.frontier;
    root = grown.root;
    nodes.push(...grown.nodes);
  }
  const byPlace = new Map(nodes.map((n) => [`${n.level}/${n.index}`, n.hash]));
  const node = (level: number, index: number) => {
    const found = byPlace.get(`${level}/${index}`);
    assert.ok(found !== undefined, `node ${level}/${index} was emitted`);
    return found;
  };
  return { root, node, nodes };
}

const leavesOf = (n: number): Uint8Array[] => Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`leaf ${i}`), sha256));
const rootOfCt = (size: number): Uint8Array => CT_ROOTS[size - 1] ?? EMPTY_ROOT;

test('roots of the published vectors', () => {
  const leaves = CT_LEAVES.map((entry) => leafHash(entry, sha256));
  for (const [i, root] of CT_ROOTS.entries()) assert.equal(hexOf(treeOf(leaves.slice(0, i + 1)).root), hexOf(root));
  assert.equal(hexOf(treeOf([]).root), hexOf(EMPTY_ROOT));
});

test('proofs of the published vectors are made and verified', () => {
  const leaves = CT_LEAVES.map((entry) => leafHash(entry, sha256));
  const { node } = treeOf(leaves);
  for (const { index, size, path } of CT_INCLUSION) {
    assert.deepEqual(hexesOf(inclusionProof(index, size, node, sha256)), hexesOf(path));
    assert.ok(verifyInclusion(leaves[index] ?? OTHER, index, size, path, rootOfCt(size), sha256));
  }
  for (const { from, size, path } of CT_CONSISTENCY) {
    assert.deepEqual(hexesOf(consistencyProof(from, size, node, sha256)), hexesOf(path));
    assert.ok(verifyConsistency(from, rootOfCt(from), size, rootOfCt(size), path, sha256));
  }
});

test('the published corruptions of those proofs are refused', () => {
  for (const { index, size, path } of CT_INCLUSION) {
    const leaf = leafHash(CT_LEAVES[index] ?? OTHER, sha256);
    const root = rootOfCt(size);
    const wrong: readonly (readonly [number, number, Uint8Array, readonly Uint8Array[], Uint8Array])[] = [
      [index - 1, size, leaf, path, root], [index + 1, size, leaf, path, root], [index ^ 2, size, leaf, path, root], [index, size * 2, leaf, path, root],
      [index, Math.floor(size / 2), leaf, path, root], [index, size, Buffer.from('WrongLeaf'), path, root], [index, size, leaf, path, EMPTY_ROOT], [index, size, leaf, path, OTHER],
      [index, size, leaf, [...path, new Uint8Array(0)], root], [index, size, leaf, [...path, root], root], [index, size, leaf, [new Uint8Array(0), ...path], root],
      [index, size, leaf, [root, ...path], root], [index + 0.5, size, leaf, path, root], [Number.NaN, size, leaf, path, root], [index, Number.POSITIVE_INFINITY, leaf, path, root],
    ];
    for (const [i, probe] of wrong.entries()) assert.equal(verifyInclusion(probe[2], probe[0], probe[1], probe[3], probe[4], sha256), false, `${index} of ${size}: ${i}`);
    if (path.length > 0) assert.equal(verifyInclusion(leaf, index, size, path.slice(0, -1), root, sha256), false);
  }
  for (const { from, size, path } of CT_CONSISTENCY.filter((vector) => vector.path.length > 0)) {
    const [old, root] = [rootOfCt(from), rootOfCt(size)];
    const wrong: readonly (readonly [number, number, Uint8Array, Uint8Array, readonly Uint8Array[]])[] = [
      [from - 1, size, old, root, path], [from + 1, size, old, root, path], [from ^ 2, size, old, root, path], [from, size * 2, old, root, path], [from, Math.floor(size / 2), old, root, path],
      [from, size, Buffer.from('WrongRoot'), root, path], [from, size, old, Buffer.from('WrongRoot'), path], [from, size, root, old, path], [from, size, old, root, []],
      [from, size, old, root, [...path, new Uint8Array(0)]], [from, size, old, root, [...path, old]], [from, size, old, root, [...path, root]],
      [from, size, old, root, [new Uint8Array(0), ...path]], [from, size, old, root, [old, ...path]], [from, size, old, root, [root, ...path]],
      [from, size, old, root, path.slice(0, -1)], [from, size, old, root, [...path.slice(0, 1), ...path]],
    ];
    for (const [i, probe] of wrong.entries()) assert.equal(verifyConsistency(probe[0], probe[2], probe[1], probe[3], probe[4], sha256), false, `${from} to ${size}: ${i}`);
  }
});

test('a certificate transparency log of 961,984,013 leaves verifies', () => {
  assert.ok(verifyInclusion(leafHash(ARGON.entry, sha256), ARGON.index, ARGON.size, ARGON.path, ARGON.root, sha256));
  assert.ok(verifyConsistency(ARGON.earlier.size, ARGON.earlier.root, ARGON.size, ARGON.root, ARGON.earlier.path, sha256));
  assert.equal(verifyInclusion(leafHash(ARGON.entry, sha256), ARGON.index + 1, ARGON.size, ARGON.path, ARGON.root, sha256), false);
  assert.equal(verifyConsistency(ARGON.earlier.size + 1, ARGON.earlier.root, ARGON.size, ARGON.root, ARGON.earlier.path, sha256), false);
});

test('a hash of another length is none, also where the bytes would hash alike', () => {
  const [left, right] = [sha256(Buffer.from('left')), sha256(Buffer.from('right'))];
  const root = nodeHash(left, right, sha256);
  assert.ok(verifyInclusion(left, 0, 2, [right], root, sha256));
  assert.equal(verifyInclusion(left.slice(0, 31), 0, 2, [Buffer.concat([left.slice(31), right])], root, sha256), false);
  assert.equal(verifyInclusion(Buffer.concat([left, right.slice(0, 1)]), 0, 2, [right.slice(1)], root, sha256), false);
  assert.equal(verifyInclusion(new Uint8Array(0), 0, 1, [], new Uint8Array(0), sha256), false);
  assert.ok(verifyConsistency(1, left, 2, root, [right], sha256));
  assert.equal(verifyConsistency(1, left.slice(0, 31), 2, root, [Buffer.concat([left.slice(31), right])], sha256), false);
});

test('what the standard leaves open: the empty tree, and a tree beside itself', () => {
  const root = rootOfCt(1);
  assert.equal(verifyInclusion(root, 0, 0, [], EMPTY_ROOT, sha256), false, 'nothing is in the empty tree');
  assert.ok(verifyConsistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, [], sha256));
  assert.ok(verifyConsistency(0, EMPTY_ROOT, 1, root, [], sha256), 'every tree extends the empty one');
  assert.equal(verifyConsistency(0, root, 1, root, [], sha256), false, 'but only under the empty tree\'s own root');
  assert.equal(verifyConsistency(0, EMPTY_ROOT, 1, root, [EMPTY_ROOT], sha256), false);
  assert.ok(verifyConsistency(1, root, 1, root, [], sha256));
  assert.equal(verifyConsistency(1, root, 1, root, [root], sha256), false);
  assert.equal(verifyConsistency(1, root, 1, OTHER, [], sha256), false);
  assert.equal(verifyConsistency(2, root, 1, root, [], sha256), false, 'a tree does not shrink');
  assert.equal(verifyConsistency(1, root, 2, rootOfCt(2), [], sha256), false);
});

test('the frontier gives the root of the definition, however the leaves arrive, and each node once', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 140 }), fc.array(fc.nat(140), { maxLength: 6 }), (n, cuts) => {
    const leaves = leavesOf(n);
    const tree = treeOf(leaves, cuts);
    assert.equal(hexOf(tree.root), hexOf(naiveRoot(leaves)));
    assert.equal(new Set(tree.nodes.map((node) => `${node.level}/${node.index}`)).size, tree.nodes.length);
  }), { numRuns: 60 });
});

test('appending k leaves to a large tree costs about 2k hashes', () => {
  const before = appendLeaves(EMPTY, leavesOf(5000), sha256).frontier;
  let hashes = 0;
  appendLeaves(before, leavesOf(100), (bytes) => {
    hashes += 1;
    return sha256(bytes);
  });
  assert.ok(hashes <= 2 * 100 + 13, `${hashes} hashes`);
});

test('every leaf of every size up to 70 has the path of the definition, and no other place, size or leaf has it', () => {
  const leaves = leavesOf(70);
  const { node } = treeOf(leaves);
  for (let size = 1; size <= 70; size++) {
    const root = naiveRoot(leaves.slice(0, size));
    for (let index = 0; index < size; index++) {
      const leaf = leaves[index] ?? root;
      const path = inclusionProof(index, size, node, sha256);
      if (size < 40) assert.deepEqual(hexesOf(path), hexesOf(naivePath(index, leaves.slice(0, size))));
      assert.ok(verifyInclusion(leaf, index, size, path, root, sha256), `${index} of ${size}`);
      assert.equal(verifyInclusion(leaf, index + 1, size, path, root, sha256), false);
      assert.equal(verifyInclusion(leaf, index, size, [...path, root], root, sha256), false);
      assert.equal(verifyInclusion(leaf, index, size, path.slice(1), root, sha256), path.length === 0);
    }
  }
});

test('every pair of sizes up to 40 is consistent by the proof of the definition, and a changed past is not', () => {
  const leaves = leavesOf(40);
  const { node } = treeOf(leaves);
  const other = leavesOf(40).map((leaf, i) => (i === 0 ? sha256(leaf) : leaf));
  for (let size = 0; size <= 40; size++) {
    const root = naiveRoot(leaves.slice(0, size));
    for (let from = 0; from <= size; from++) {
      const path = consistencyProof(from, size, node, sha256);
      if (from > 0) assert.deepEqual(hexesOf(path), hexesOf(naiveConsistency(from, leaves.slice(0, size))));
      assert.ok(verifyConsistency(from, naiveRoot(leaves.slice(0, from)), size, root, path, sha256), `${from} to ${size}`);
      if (from > 0) assert.equal(verifyConsistency(from, naiveRoot(other.slice(0, from)), size, root, path, sha256), false);
      if (from > 0 && from < size) assert.equal(verifyConsistency(from, naiveRoot(leaves.slice(0, from)), size, naiveRoot(other.slice(0, size)), path, sha256), false);
    }
  }
});

test('sizes near 2^53 prove and verify: a tree whose leaves are all alike needs one hash a level', () => {
  const levels = [OTHER];
  for (let i = 1; i <= 53; i++) levels.push(nodeHash(levels[i - 1] ?? OTHER, levels[i - 1] ?? OTHER, sha256));
  const node = (level: number): Uint8Array => levels[level] ?? OTHER;
  const rootOf = (size: number): Uint8Array => {
    let rest = size;
    let root: Uint8Array | undefined;
    for (let level = 0; rest > 0; level++, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 1) root = root === undefined ? node(level) : nodeHash(node(level), root, sha256);
    }
    return root ?? EMPTY_ROOT;
  };
  const large = fc.tuple(fc.integer({ min: 30, max: 52 }), fc.integer({ min: 0, max: 3 })).map(([level, more]) => 2 ** level + more);
  fc.assert(fc.property(fc.oneof(large, fc.integer({ min: 2, max: Number.MAX_SAFE_INTEGER })), fc.double({ min: 0, max: 1, noNaN: true }), (size, part) => {
    const index = Math.min(Math.floor(part * size), size - 1);
    assert.ok(verifyInclusion(OTHER, index, size, inclusionProof(index, size, node, sha256), rootOf(size), sha256), `${index} of ${size}`);
    assert.ok(verifyConsistency(index, rootOf(index), size, rootOf(size), consistencyProof(index, size, node, sha256), sha256), `${index} to ${size}`);
  }), { numRuns: 60, examples: [[2 ** 49 + 1, 0.5], [2 ** 49 + 1, 1]] });
});

test('any flipped bit of leaf, path or root is refused', () => {
  const leaves = leavesOf(67);
  const { node, root } = treeOf(leaves);
  fc.assert(fc.property(fc.nat(66), fc.nat(), fc.nat(7), (index, place, bit) => {
    const path = inclusionProof(index, 67, node, sha256);
    const bytes = Buffer.concat([leaves[index] ?? root, root, ...path]);
    const at = place % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    const bent = path.map((_, i) => bytes.subarray(64 + i * 32, 96 + i * 32));
    assert.equal(verifyInclusion(bytes.subarray(0, 32), index, 67, bent, bytes.subarray(32, 64), sha256), false);
  }));
  fc.assert(fc.property(fc.integer({ min: 1, max: 66 }), fc.nat(), fc.nat(7), (from, place, bit) => {
    const path = consistencyProof(from, 67, node, sha256);
    const bytes = Buffer.concat([naiveRoot(leaves.slice(0, from)), root, ...path]);
    const at = place % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    const bent = path.map((_, i) => bytes.subarray(64 + i * 32, 96 + i * 32));
    assert.equal(verifyConsistency(from, bytes.subarray(0, 32), 67, bytes.subarray(32, 64), bent, sha256), false);
  }));
});
