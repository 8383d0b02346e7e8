import assert from 'node:assert/strict';
import test from 'node:test';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { appendLeaves, consistencyProof, inclusionProof, leafHash, nodeHash, verifyConsistency, verifyInclusion, type Frontier, type TreeNode } from './merkle.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const EMPTY: Frontier = { size: 0, hashes: [] };

/** The published vectors of the certificate-transparency reference implementation: eight leaves, eight roots. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The definition, naively: RFC 6962 §2.1. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return first;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)), sha256);
}

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

test('roots of the published vectors', () => {
  const leaves = LEAVES.map((hex) => leafHash(Buffer.from(hex, 'hex'), sha256));
  for (const [i, root] of ROOTS.entries()) assert.equal(hexOf(treeOf(leaves.slice(0, i + 1)).root), root);
  assert.equal(hexOf(treeOf([]).root), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('the frontier gives the root of the definition, however the leaves arrive, and each node once', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 140 }), fc.array(fc.nat(140), { maxLength: 6 }), (n, cuts) => {
    const leaves = leavesOf(n);
    const tree = treeOf(leaves, cuts);
    assert.equal(hexOf(tree.root), hexOf(naiveRoot(leaves)));
    assert.equal(new Set(tree.nodes.map((node) => `${node.level}/${node.index}`)).size, tree.nodes.length);
  }), { numRuns: 60 });
});

test('every leaf of every size up to 70 proves, and no other place, size or leaf does', () => {
  const leaves = leavesOf(70);
  const { node } = treeOf(leaves);
  for (let size = 1; size <= 70; size++) {
    const root = naiveRoot(leaves.slice(0, size));
    for (let index = 0; index < size; index++) {
      const leaf = leaves[index] ?? root;
      const path = inclusionProof(index, size, node, sha256);
      assert.ok(verifyInclusion(leaf, index, size, path, root, sha256), `${index} of ${size}`);
      assert.equal(verifyInclusion(leaf, index + 1, size, path, root, sha256), false);
      assert.equal(verifyInclusion(leaf, index, size, [...path, root], root, sha256), false);
      assert.equal(verifyInclusion(leaf, index, size, path.slice(1), root, sha256), path.length === 0);
    }
  }
});

test('every pair of sizes up to 40 is consistent, and a changed past is not', () => {
  const leaves = leavesOf(40);
  const { node } = treeOf(leaves);
  const other = leavesOf(40).map((leaf, i) => (i === 0 ? sha256(leaf) : leaf));
  for (let size = 0; size <= 40; size++) {
    const root = naiveRoot(leaves.slice(0, size));
    for (let from = 0; from <= size; from++) {
      const path = consistencyProof(from, size, node, sha256);
      assert.ok(verifyConsistency(from, naiveRoot(leaves.slice(0, from)), size, root, path, sha256), `${from} to ${size}`);
      if (from > 0) assert.equal(verifyConsistency(from, naiveRoot(other.slice(0, from)), size, root, path, sha256), false);
      if (from > 0 && from < size) assert.equal(verifyConsistency(from, naiveRoot(leaves.slice(0, from)), size, naiveRoot(other.slice(0, size)), path, sha256), false);
    }
  }
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
});
