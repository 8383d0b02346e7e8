import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decodeEntries, decodeHashes, encodeEntries, encodeHashes, parseTilePath, tilePath, tilesBetween, type Tile } from './tile.ts';

const tile: fc.Arbitrary<Tile> = fc.record({
  level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)), index: fc.nat(2 ** 31 - 1), width: fc.integer({ min: 1, max: 256 }),
});

test('paths of the specification', () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
  assert.equal(tilePath({ level: 'entries', index: 0, width: 112 }), 'tile/entries/000.p/112');
  assert.equal(tilePath({ level: 3, index: 5, width: 1 }), 'tile/3/005.p/1');
  assert.equal(tilePath({ level: 0, index: 1000, width: 256 }), 'tile/0/x001/000');
});

test('every tile has one path and every path one tile', () => {
  fc.assert(fc.property(tile, (each) => assert.deepEqual(parseTilePath(tilePath(each)), { ...each })));
  for (const path of [
    '', 'checkpoint', 'tile/0/0', 'tile/0/00', 'tile/0/0000', 'tile/00/000', 'tile/64/000', 'tile/-1/000', 'tile/data/000', 'tile/0/001/000', 'tile/0/x000/001', 'tile/0/000.p/0', 'tile/0/000.p/256',
    'tile/0/000.p/07', 'tile/0/000/', '/tile/0/000', 'tile/0/../000', 'tile/8/0/000', 'tile/entries/000.p/300', `tile/0/${'x999/'.repeat(9)}999`,
  ]) assert.equal(parseTilePath(path), undefined, path);
});

test('a tree of 70,000 has the tiles that the specification counts, and one of 256 a full tile and a partial one above', () => {
  const count = (size: number, level: number | 'entries', isFull: boolean) => tilesBetween(0, size).filter((each) => each.level === level && (each.width === 256) === isFull);
  assert.equal(count(70_000, 0, true).length, 273);
  assert.deepEqual(count(70_000, 0, false), [{ level: 0, index: 273, width: 112 }]);
  assert.equal(count(70_000, 'entries', true).length, 273);
  assert.equal(count(70_000, 1, true).length, 1);
  assert.deepEqual(count(70_000, 1, false), [{ level: 1, index: 1, width: 17 }]);
  assert.deepEqual(count(70_000, 2, false), [{ level: 2, index: 0, width: 1 }]);
  assert.deepEqual([...new Set(tilesBetween(0, 70_000).map((each) => each.level))], ['entries', 0, 1, 2]);
  assert.deepEqual(tilesBetween(0, 256), [{ level: 'entries', index: 0, width: 256 }, { level: 0, index: 0, width: 256 }, { level: 1, index: 0, width: 1 }]);
  assert.deepEqual(tilesBetween(0, 0), []);
});

test('growing writes what is new, and in the end all tiles of the tree', () => {
  fc.assert(fc.property(fc.array(fc.nat(3000), { maxLength: 8 }), (steps) => {
    const written = new Set<string>();
    let size = 0;
    for (const step of steps) {
      for (const each of tilesBetween(size, size + step)) {
        assert.ok(!written.has(tilePath(each)), `${tilePath(each)} is written once`);
        written.add(tilePath(each));
      }
      size += step;
    }
    for (const each of tilesBetween(0, size)) assert.ok(written.has(tilePath(each)), tilePath(each));
  }), { numRuns: 50 });
});

test('entries and hashes round-trip; a bundle cut or continued is none', () => {
  const entry = fc.uint8Array({ maxLength: 300 });
  fc.assert(fc.property(fc.array(entry, { minLength: 1, maxLength: 256 }), (entries) => {
    const bytes = encodeEntries(entries);
    assert.deepEqual(decodeEntries(bytes, entries.length)?.map((each) => [...each]), entries.map((each) => [...each]));
    assert.equal(decodeEntries(bytes.slice(0, -1), entries.length), undefined);
    assert.equal(decodeEntries(Buffer.concat([bytes, Uint8Array.of(0)]), entries.length), undefined);
    assert.equal(decodeEntries(bytes, entries.length + 1), undefined);
  }), { numRuns: 50 });
  const longest = new Uint8Array(65_535).fill(7);
  assert.equal(decodeEntries(encodeEntries([longest]), 1)?.[0]?.length, 65_535);
  assert.throws(() => encodeEntries([new Uint8Array(65_536)]), /65535 bytes/);
  assert.throws(() => encodeEntries([]), /1 to 256/);
  assert.throws(() => encodeHashes([new Uint8Array(31)]), /32 bytes/);
  const hashes = Array.from({ length: 256 }, (_, i) => new Uint8Array(32).fill(i));
  assert.deepEqual(decodeHashes(encodeHashes(hashes), 256), hashes);
  assert.deepEqual(decodeHashes(encodeHashes(hashes), 3), hashes.slice(0, 3), 'a full tile serves a partial one');
  assert.equal(decodeHashes(encodeHashes(hashes).slice(0, 64), 3), undefined);
  assert.equal(decodeHashes(encodeHashes(hashes).slice(1), 3), undefined);
  assert.equal(decodeHashes(Buffer.concat([encodeHashes(hashes), encodeHashes(hashes.slice(0, 1))]), 3), undefined);
});
