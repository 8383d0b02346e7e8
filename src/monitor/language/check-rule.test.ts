/** Bad rules are refused whole, each with code, place and remedy; the rules of the table are not. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PARAMETERS } from '../engine/testing/cases.ts';
import { RULES } from '../rules/table.ts';
import { checkRule } from './check-rule.ts';
import type { Facts } from './meaning.ts';

const facts: Facts = { parameter: (name) => PARAMETERS[name] };
const others = RULES.filter((rule) => !RULES.some((later) => later.id === rule.id && later.version > rule.version));
const judge = (rule: unknown): string[] => {
  const judged = checkRule(rule, others, facts);
  if ('sound' in judged) return [];
  ok(judged.faults.every((fault) => fault.remedy.length > 10), 'each has its remedy');
  return judged.faults.map((fault) => `${fault.code} ${fault.place}`.trim());
};
const out = { any: ['out'], all: [], none: [] };
const named = (en: string, ur: string) => ({ on: out, text: 'count[24h](out) >= 7', title: { en, ur } });
const deep = Array.from({ length: 10_000 }).reduce<unknown>((inner) => ({ is: 'not', of: inner }), { is: 'event-is', where: { any: ['in'], all: [], none: [] } });

const BAD: readonly (readonly [what: string, rule: unknown, faults: readonly string[]])[] = [
  ['a share of nothing at all', { on: out, text: 'sum[24h](out) / 0 PKR otherwise 0% >= 5%' }, ['DIVISOR_ZERO left.value']],
  ['a window of no length', { on: out, text: 'count[0h](out) >= 3' }, ['TEXT_SYNTAX 7']],
  ['a tree of ten thousand nodes', { on: out, tree: { is: 'all', of: Array.from({ length: 10_000 }, () => ({ is: 'event-is', where: { any: ['in'], all: [], none: [] } })) } }, ['TREE_TOO_LARGE']],
  ['a tree of ten thousand levels', { on: out, tree: deep }, ['TREE_TOO_DEEP']],
  ['an overflow', { on: out, text: 'sum[30d](in) * 1000% >= 1 PKR' }, ['OVERFLOW left']],
  ['money against time', { on: out, text: 'value >= 3d' }, ['UNIT_MISMATCH']],
  ['a name that runs from right to left', named('Safe \u202Eelur', 'قاعدہ'), ['TEXT_UNSAFE title.en']],
  ['a name with a hidden mark', named('Rule', 'قاع\u200Bدہ'), ['TEXT_UNSAFE title.ur']],
  ['no name', named('Rule', ' '), ['TEXT_EMPTY title.ur']],
  ['three walks', { on: out, text: 'senders[7d] >= 5 and senders[24h] >= 5 and elsewhere[24h] >= 5 PKR' }, ['TOO_COSTLY']],
  ['what can never be', { on: out, text: 'count[24h](out) >= 5 and count[24h](out) <= 4' }, ['UNREACHABLE of.1']],
  ['what another rule says already', { on: out, text: 'count[24h](out) <= 30 and receivers[24h] >= 9' }, ['SUBSUMED']],
  ['no expression', { on: out }, ['FORM_WRONG']],
  ['an unknown key', { on: out, text: 'value >= 1 PKR', weight: 5 }, ['FORM_WRONG']],
  ['an event that is none', { on: { any: ['sideways'], all: [], none: [] }, text: 'value >= 1 PKR' }, ['FORM_WRONG on.any.0']],
];
for (const [what, rule, faults] of BAD) test(`refused: ${what}`, () => deepStrictEqual(judge(rule), faults));

test('the near misses of what is refused are sound, and say their words and cost', () => {
  for (const rule of [named('Rule', 'قاعدہ'), named('Safe', 'ایکس‌چینج سے'), { on: out, text: 'count[24h](out) <= 50 and receivers[24h] >= 9' }, { on: out, text: 'sum[24h](out) / 1 PKR otherwise 0% >= 5%' }]) deepStrictEqual(judge(rule), []);
  const judged = checkRule({ on: out, text: 'count[24h](out)  >=  7' }, [], facts);
  ok('sound' in judged);
  deepStrictEqual([judged.sound.text, judged.sound.fires.en, judged.sound.cost.bytes], ['count[24h](out) >= 7', 'the number of payments out within 24 hours is at least 7', 8]);
});

test('each rule of the table is sound, its names too', () => {
  for (const rule of others) deepStrictEqual(judge({ on: rule.on, tree: JSON.parse(JSON.stringify(rule.when)), title: rule.title, innocent: rule.innocent }).filter((fault) => fault !== 'SUBSUMED'), [], rule.id);
});

test('any JSON is judged and nothing is thrown', () => {
  fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.record({ on: fc.constant(out), text: fc.string() }), fc.record({ on: fc.constant(out), tree: fc.jsonValue() })), (json) => {
    strictEqual(typeof judge(json).length, 'number');
  }));
});
