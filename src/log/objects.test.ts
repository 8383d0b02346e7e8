import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import fc from 'fast-check';
import { LocalObjects, type Objects } from './objects.ts';

/** What every store of objects promises, and after it what a local directory can suffer. */
const root = mkdtempSync(join(tmpdir(), 'nigran-objects-'));
after(() => rmSync(root, { recursive: true, force: true }));

const nameOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const ABSENT = '0'.repeat(64);
const ADAPTERS: readonly (readonly [string, () => Objects])[] = [['a local directory', () => new LocalObjects(mkdtempSync(join(root, 'contract-')))]];

for (const [adapter, open] of ADAPTERS) {
  suite(`objects in ${adapter}`, () => {
    test('bytes come back by their SHA-256, whatever they are', async () => {
      const objects = open();
      await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (bytes) => {
        const name = await objects.put(bytes);
        strictEqual(name, nameOf(bytes));
        strictEqual(await objects.has(name), true);
        deepStrictEqual(Buffer.from(await objects.get(name)), Buffer.from(bytes));
      }), { numRuns: 20 });
    });

    test('what is not there is not had, and cannot be got', async () => {
      const objects = open();
      strictEqual(await objects.has(ABSENT), false);
      await rejects(objects.get(ABSENT));
    });

    test('the same bytes put by many at once are one object', async () => {
      const objects = open();
      const bytes = Buffer.alloc(200_000, 7);
      const names = await Promise.all(Array.from({ length: 8 }, () => objects.put(bytes)));
      deepStrictEqual(new Set(names), new Set([nameOf(bytes)]));
      strictEqual(await objects.put(bytes), nameOf(bytes));
      deepStrictEqual(Buffer.from(await objects.get(nameOf(bytes))), bytes);
    });

    test('a name that is no hash is refused, before anything is touched', async () => {
      const objects = open();
      for (const name of ['../../etc/passwd', '', '/etc/passwd', `../${ABSENT}`, `${ABSENT}/..`, 'A'.repeat(64), '0'.repeat(63), `${ABSENT}\n`, `${ABSENT}\0`]) {
        await rejects(objects.get(name), { name: 'BrokenInvariant' });
        await rejects(objects.has(name), { name: 'BrokenInvariant' }, JSON.stringify(name));
      }
    });
  });
}

function openLocal(): { readonly objects: LocalObjects; readonly directory: string; pathOf(name: string): string } {
  const directory = mkdtempSync(join(root, 'local-'));
  return { objects: new LocalObjects(directory), directory, pathOf: (name) => join(directory, name.slice(0, 2), name) };
}

test('a rotten, a short and an exchanged file are noticed', async () => {
  const { objects, pathOf } = openLocal();
  const [one, two] = [await objects.put(Buffer.from('one object')), await objects.put(Buffer.from('another'))];
  writeFileSync(pathOf(one), 'one objecT');
  truncateSync(pathOf(two), 3);
  for (const name of [one, two]) await rejects(objects.get(name), new RegExp(`object ${name} does not match its name`));
  writeFileSync(pathOf(two), 'one object');
  await rejects(objects.get(two), /does not match/);
});

test('what a killed process left half written is no object, and stands in nobody\'s way', async () => {
  const { objects, directory, pathOf } = openLocal();
  const bytes = Buffer.from('whole at last');
  const name = nameOf(bytes);
  mkdirSync(join(directory, name.slice(0, 2)));
  // In a container each process has the same id, and counts from the same number.
  for (let n = 0; n < 200; n += 1) writeFileSync(`${pathOf(name)}.${process.pid}.${n}.part`, 'who');
  strictEqual(await objects.has(name), false);
  await rejects(objects.get(name), { code: 'ENOENT' });
  strictEqual(await objects.put(bytes), name);
  deepStrictEqual(Buffer.from(await objects.get(name)), bytes);
});

test('a put that fails leaves nothing behind', async () => {
  const { objects, directory, pathOf } = openLocal();
  const bytes = Buffer.from('cannot be named');
  mkdirSync(pathOf(nameOf(bytes)), { recursive: true });
  await rejects(objects.put(bytes), { code: 'EISDIR' });
  deepStrictEqual(readdirSync(join(directory, nameOf(bytes).slice(0, 2))), [nameOf(bytes)]);
});

test('a store that cannot be asked does not say that it has nothing', async () => {
  const { objects, directory } = openLocal();
  writeFileSync(join(directory, ABSENT.slice(0, 2)), 'a file where a folder should be');
  await rejects(objects.has(ABSENT), { code: 'ENOTDIR' });
});

test('nobody else on the machine reads an object', async () => {
  const { objects, pathOf } = openLocal();
  const name = await objects.put(Buffer.from('sealed'));
  deepStrictEqual([statSync(pathOf(name)).mode & 0o777, statSync(join(pathOf(name), '..')).mode & 0o777], [0o600, 0o700]);
});
