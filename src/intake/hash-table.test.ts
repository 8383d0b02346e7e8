import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { HashTable, hashText } from './hash-table.ts';

test('the table holds what a Map holds', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.string({ maxLength: 12 })), { maxLength: 3_000 }), (entries) => {
    const table = new HashTable(2, 8);
    const model = new Map<string, number>();
    for (const [i, [firm, text]] of entries.entries()) {
      const key = hashText(firm, text, new Uint32Array(4));
      const name = `${firm}/${text}`;
      if (!model.has(name)) table.setWord(table.insert(key), 1, i);
      else table.setWord(table.find(key), 1, i);
      model.set(name, i);
    }
    assert.equal(table.size, model.size);
    for (const [firm, text] of entries) assert.equal(table.word(table.find(hashText(firm, text, new Uint32Array(4))), 1), model.get(`${firm}/${text}`));
  }), { numRuns: 50 });
});

test('a million references have a million keys', () => {
  const table = new HashTable(1, 2_097_152);
  const key = new Uint32Array(4);
  for (let i = 0; i < 1_000_000; i++) {
    hashText(3, `C-${String(i).padStart(10, '0')}`, key);
    assert.ok(table.find(key) < 0);
    table.insert(key);
  }
  assert.ok(table.find(hashText(4, 'C-0000000001', key)) < 0, 'another firm has keys of its own');
});
