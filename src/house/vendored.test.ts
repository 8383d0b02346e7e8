import { createHash } from 'node:crypto';
import { deepStrictEqual, ok } from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const DATA = join(import.meta.dirname, '..', '..', 'data');
/** What says where the rest comes from is not itself vendored. */
const OUR_OWN = ['PROVENANCE.md', 'SHA256SUMS'];

const sums = new Map(readFileSync(join(DATA, 'SHA256SUMS'), 'utf8').trim().split('\n').map((line): [string, string] => [line.slice(66), line.slice(0, 64)]));
const present = readdirSync(DATA, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(DATA.length + 1)).filter((path) => !OUR_OWN.includes(path)).sort();

test('every vendored file is named with its hash, and every named file is there', () => {
  deepStrictEqual([...sums.keys()].sort(), present);
});

test('every vendored file has the bytes that were taken from its source', () => {
  const changed = present.filter((path) => createHash('sha256').update(readFileSync(join(DATA, path))).digest('hex') !== sums.get(path));
  deepStrictEqual(changed, []);
});

test('every vendored folder has its row in PROVENANCE.md and its licence beside it', () => {
  const provenance = readFileSync(join(DATA, 'PROVENANCE.md'), 'utf8');
  const folders = new Set(present.filter((path) => path.includes('/')).map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
  ok(folders.size > 0);
  for (const folder of folders) {
    ok(provenance.includes(`\`${folder}\``), `${folder} has no row in PROVENANCE.md`);
    ok(present.includes(`${folder}LICENSE`), `${folder} has no LICENSE`);
  }
});
