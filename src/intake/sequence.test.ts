import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { Sequence, formatRanges, parseRanges } from './sequence.ts';

test('a sequence knows what a set knows, in any order of arrival', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 120 }), (numbers) => {
    const sequence = new Sequence();
    const model = new Set<number>();
    for (const n of numbers) {
      assert.equal(sequence.add(n), !model.has(n), `add ${n}`);
      model.add(n);
    }
    for (let n = 1; n <= 62; n++) assert.equal(sequence.has(n), model.has(n), `has ${n}`);
    let gapless = 0;
    while (model.has(gapless + 1)) gapless += 1;
    assert.equal(sequence.gaplessTo, gapless);
    assert.equal(sequence.last, Math.max(0, ...model));
    const missing = Array.from({ length: sequence.last }, (_, i) => i + 1).filter((n) => !model.has(n) && n > (sequence.edges[0] ?? 0)).length;
    assert.equal(sequence.missing, missing + Math.max(0, (sequence.edges[0] ?? 1) - 1));
    assert.deepEqual(parseRanges(formatRanges(sequence.edges)), [...sequence.edges]);
  }));
});

test('a stream without gaps is one range', () => {
  const sequence = new Sequence();
  for (let n = 1; n <= 10_000; n++) sequence.add(n);
  assert.deepEqual([...sequence.edges], [1, 10_000]);
});
