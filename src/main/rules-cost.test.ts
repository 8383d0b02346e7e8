import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { PACK_DIRECTORY } from './framework.ts';
import { costRules } from './rules-cost.ts';

test('the cost of the rules names each column once with the rules that share it, and times each rule', () => {
  let ticks = 0;
  const cost = costRules(PACK_DIRECTORY, () => (ticks += 1));
  strictEqual(new Set(cost.columns.map((one) => one.column)).size, cost.columns.length);
  const received = cost.columns.find((one) => one.column === 'sum[24h](in)');
  deepStrictEqual([received?.bytes, received?.rules], [8, ['untraded']]);
  deepStrictEqual(cost.columns.find((one) => one.column === 'sum[7d](in)')?.rules, ['drain', 'funnel']);
  strictEqual(cost.columns.length * 8 + 3 * 4, cost.bytesPerBlock, 'a value for each column and a cursor for each of three windows');
  const funnel = cost.rules.find((one) => one.rule === 'funnel');
  deepStrictEqual([funnel?.sharedColumns, funnel?.ownColumns, funnel?.ownBytes, funnel?.walks], [1, 0, 0, ['senders[7d]']]);
  deepStrictEqual(cost.measured.rules.map((one) => one.rule), cost.rules.map((one) => one.rule));
  ok(cost.measured.figures > 0 && ticks > 2 * cost.rules.length, 'each was timed by the stopwatch that was given');
});
