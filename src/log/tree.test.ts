import { deepStrictEqual, ok, rejects, strictEqual, throws } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type pg from 'pg';
import { verifyConsistency, verifyInclusion } from '../proof/index.ts';
import { withTransaction } from './database.ts';
import { openTestDatabase, type TestDatabase } from './engine/testing.ts';
import { logMigrations } from './migrations.ts';
import { growTrees, leafOf, lockTrees, proveConsistency, proveInclusion, sha256, treeHead, type Grown, type TreeHead } from './tree.ts';

let database: TestDatabase;
let pool: pg.Pool;
before(async () => {
  database = await openTestDatabase(logMigrations);
  pool = database.pool('nigran_app');
});
after(() => database.drop());

const hex = (hashes: readonly Uint8Array[]): string[] => hashes.map((hash) => Buffer.from(hash).toString('hex'));

/** Adds so many leaves to each tree, all in one statement. */
async function grow(more: Readonly<Record<string, number>>, leaves: Map<string, Uint8Array[]>): Promise<Map<string, Grown>> {
  const names = Object.keys(more);
  return withTransaction(pool, async (tx) => {
    const heads = await lockTrees(tx, names, 0);
    const growths = names.map((name) => {
      const head = heads.get(name);
      ok(head !== undefined);
      const kept = leaves.get(name) ?? [];
      strictEqual(head.size, kept.length, 'a tree is as large as what was added to it');
      const added = Array.from({ length: more[name] ?? 0 }, (_none, i) => leafOf(`${name} ${kept.length + i}`));
      leaves.set(name, [...kept, ...added]);
      return { name, head, leaves: added, lastAdmitted: 0 };
    });
    const grown = await growTrees(tx, growths);
    return new Map(grown.map((tree) => [tree.name, tree]));
  });
}

test('trees that grow together: proofs at hand are those of the database, and verify against every head there was', async () => {
  let run = 0;
  const steps = fc.array(fc.record({ a: fc.integer({ min: 0, max: 9 }), b: fc.integer({ min: 1, max: 3 }), c: fc.constantFrom(0, 1, 31, 33) }), { minLength: 1, maxLength: 5 });
  await fc.assert(fc.asyncProperty(steps, async (growths) => {
    run += 1;
    const leaves = new Map<string, Uint8Array[]>();
    const heads = new Map<string, TreeHead[]>();
    for (const growth of growths) {
      const before = new Map([...leaves].map(([name, own]) => [name, own.length]));
      const grown = await grow(Object.fromEntries(Object.entries(growth).map(([name, n]) => [`${run}:${name}`, n])), leaves);
      for (const [name, tree] of grown) {
        const own = leaves.get(name) ?? [];
        deepStrictEqual({ size: tree.size, root: hex([tree.root]) }, { size: own.length, root: hex([(await treeHead(pool, name)).root]) });
        for (let index = before.get(name) ?? 0; index < own.length; index += 1) {
          const path = tree.prove(index);
          ok(verifyInclusion(own[index] ?? tree.root, index, tree.size, path, tree.root, sha256), `${index} of ${tree.size}`);
          if (index % 7 === 0) deepStrictEqual(hex(path), hex(await proveInclusion(pool, name, index, tree.size)));
        }
        heads.set(name, [...(heads.get(name) ?? []), tree]);
      }
    }
    for (const [name, seen] of heads) {
      const last = seen.at(-1);
      ok(last !== undefined);
      for (const head of seen) {
        ok(verifyConsistency(head.size, head.root, last.size, last.root, await proveConsistency(pool, name, head.size, last.size), sha256), `${head.size} to ${last.size}`);
        const index = head.size - 1;
        const leaf = (leaves.get(name) ?? [])[index];
        if (leaf === undefined) continue;
        ok(verifyInclusion(leaf, index, last.size, await proveInclusion(pool, name, index, last.size), last.root, sha256));
        ok(verifyInclusion(leaf, index, head.size, await proveInclusion(pool, name, index, head.size), head.root, sha256), 'also in the tree as it was then');
      }
    }
  }), { numRuns: 8, examples: [[[{ a: 0, b: 1, c: 0 }, { a: 0, b: 1, c: 0 }]], [[{ a: 3, b: 3, c: 31 }, { a: 1, b: 1, c: 33 }, { a: 9, b: 3, c: 1 }]]] });
});

test('an empty tree has the hash of nothing, and nothing is proven in it or beyond a tree', async () => {
  const name = 'empty';
  deepStrictEqual(await treeHead(pool, 'never'), { size: 0, root: sha256(new Uint8Array(0)) });
  const grown = (await grow({ [name]: 0 }, new Map())).get(name);
  deepStrictEqual([grown?.size, hex([grown?.root ?? new Uint8Array(0)])], [0, hex([sha256(new Uint8Array(0))])]);
  throws(() => grown?.prove(0), { name: 'BrokenInvariant' });
  await rejects(proveInclusion(pool, name, 0, 0), { name: 'BrokenInvariant' });
  const leaves = new Map<string, Uint8Array[]>();
  await grow({ beyond: 5 }, leaves);
  await rejects(proveInclusion(pool, 'beyond', 5, 5), { name: 'BrokenInvariant' });
  await rejects(proveInclusion(pool, 'beyond', 6, 8), { name: 'BrokenInvariant' });
  await rejects(proveConsistency(pool, 'beyond', 3, 8), { name: 'BrokenInvariant' });
});

test('what grew within a transaction that rolled back is gone, nodes and all', async () => {
  const leaves = new Map<string, Uint8Array[]>();
  const first = (await grow({ undone: 3 }, leaves)).get('undone');
  await rejects(withTransaction(pool, async (tx) => {
    const head = (await lockTrees(tx, ['undone'], 0)).get('undone');
    ok(head !== undefined);
    await growTrees(tx, [{ name: 'undone', head, leaves: [leafOf('x'), leafOf('y')], lastAdmitted: 0 }]);
    throw new Error('undone');
  }), /undone/);
  deepStrictEqual(hex([(await treeHead(pool, 'undone')).root]), hex([first?.root ?? new Uint8Array(0)]));
  await grow({ undone: 2 }, leaves);
  strictEqual((await pool.query(`select from log.tree_node where tree = 'undone'`)).rowCount, 5 + 2 + 1, 'five leaves, two pairs and a four');
});

test('a head that was used already is refused, and so is a tree that grows twice in one statement', async () => {
  for (const twice of [true, false]) {
    await rejects(withTransaction(pool, async (tx) => {
      const head = (await lockTrees(tx, ['twice'], 0)).get('twice');
      ok(head !== undefined);
      const growth = { name: 'twice', head, leaves: [leafOf('x')], lastAdmitted: 0 };
      await growTrees(tx, twice ? [growth, growth] : [growth]);
      await growTrees(tx, [growth]);
    }), { code: '23505' });
  }
  strictEqual((await treeHead(pool, 'twice')).size, 0);
});

test('many who grow the same trees in any order wait for each other, and none is lost', async () => {
  const names = ['many:a', 'many:b', 'many:c'];
  await Promise.all(Array.from({ length: 12 }, (_none, i) => withTransaction(pool, async (tx) => {
    const order = i % 2 === 0 ? names : [...names].reverse();
    const heads = await lockTrees(tx, order, 0);
    await growTrees(tx, order.flatMap((name) => {
      const head = heads.get(name);
      return head === undefined ? [] : [{ name, head, leaves: [leafOf(`${name} ${i}`)], lastAdmitted: 0 }];
    }));
  })));
  deepStrictEqual(await Promise.all(names.map(async (name) => (await treeHead(pool, name)).size)), [12, 12, 12]);
});
