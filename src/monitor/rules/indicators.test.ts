import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { FATF_INDICATORS, LATER_INDICATORS, numberOf, reasonOf } from './indicators.ts';
import { RULES } from './table.ts';

const LEAVES = FATF_INDICATORS.flatMap((part) => part.indicators);

test('the report has 58 indicators in 66 leaves, each once', () => {
  deepStrictEqual(FATF_INDICATORS.map((part) => new Set(part.indicators.map(numberOf)).size), [5, 8, 14, 19, 8, 4]);
  strictEqual(LEAVES.length, 66);
  strictEqual(new Set(LEAVES.map((leaf) => leaf.id)).size, 66);
});

test('what is recalled and not verified says so: fifteen leaves', () => {
  strictEqual(LEAVES.filter((leaf) => !leaf.verified).length, 15);
});

test('a rule named by a leaf is in the table, and a rule with an indicator is named by its leaves', () => {
  const ids = new Set(RULES.map((rule) => rule.id));
  const all = [...LEAVES, ...LATER_INDICATORS.flatMap((part) => part.indicators)];
  for (const leaf of all) for (const rule of leaf.rules) ok(ids.has(rule), `${leaf.id} names ${rule}`);
  for (const rule of RULES) {
    for (const number of rule.indicator?.split('/') ?? []) {
      const id = number.startsWith('RF-') ? number : `RF-${number}`;
      ok(all.some((leaf) => leaf.id === id && leaf.rules.includes(rule.id)), `${rule.id} stands at ${id}`);
    }
  }
});

test('a leaf that nobody can see says why, and no rule claims it', () => {
  for (const leaf of LEAVES) if (leaf.by.includes('unseen')) ok(leaf.note !== undefined && leaf.rules.length === 0, leaf.id);
});

test('a leaf without a rule says what is lacking, and one with a rule gives no excuse', () => {
  for (const leaf of [...LEAVES, ...LATER_INDICATORS.flatMap((part) => part.indicators)]) strictEqual((reasonOf(leaf)?.length ?? 0) > 10, leaf.rules.length === 0, leaf.id);
  deepStrictEqual([LEAVES.filter((leaf) => leaf.rules.length > 0).length, LEAVES.filter((leaf) => reasonOf(leaf) !== undefined).length], [19, 47]);
});
