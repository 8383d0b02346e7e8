/** Words are made from the tree: every rule has them in both languages, each threshold shows its value, and other trees have other words. */
import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { PARAMETERS } from '../engine/testing/cases.ts';
import { parametersOf } from '../engine/rule.ts';
import { RULES } from '../rules/table.ts';
import { parseCondition } from './parse.ts';
import { conditionWords, eventWords, valueWords } from './wording.ts';

const words = (text: string): { en: string; ur: string } => {
  const read = parseCondition(text);
  ok('tree' in read, text);
  return conditionWords(read.tree, (name) => PARAMETERS[name]);
};

test('a rule reads as a sentence, its thresholds as values', () => {
  strictEqual(words('count[24h](near) >= structuring.count and sum[24h](near) >= record.threshold').en,
    'the number of movements just below the record threshold within 24 hours is at least 3, and the sum of movements just below the record threshold within 24 hours is at least PKR 1,000,000');
  strictEqual(words('count[24h](near) >= structuring.count').ur, '24 گھنٹوں میں ریکارڈ کی حد سے ذرا نیچے نقل و حرکت کی تعداد کم از کم 3 ہو');
  strictEqual(words('sum[1h](out with hosted) / sum[1h](in with fiat) otherwise 0% <= through.most').en,
    'the sum of payments out with other providers within one hour, as a share of the sum of receipts in rupees within one hour, is at most 101%');
  strictEqual(words('not (silence otherwise 0s >= 90d or event is (in|out without near))').en,
    'it is not so that the time since the movement before (0 seconds where there is none) is at least 90 days, or the event is one of the receipts or payments out, but not just below the record threshold');
  match(words('count[24h](in) >= no.such').en, /no\.such \(unset\)/);
});

test('every rule of the table has words in both languages, and no two conditions the same', () => {
  const newest = RULES.filter((rule) => !RULES.some((other) => other.id === rule.id && other.version > rule.version));
  for (const rule of newest) {
    const said = conditionWords(rule.when, (name) => PARAMETERS[name]);
    ok(said.en.length > 10 && /[\u0600-\u06FF]/.test(said.ur), rule.id);
    ok(!/[\u06F0-\u06F9]/.test(said.ur), `${rule.id}: digits are Latin`);
    for (const name of parametersOf(rule)) ok(!said.en.includes(name), `${rule.id} names ${name} instead of its value`);
  }
  for (const language of ['en', 'ur'] as const) strictEqual(new Set(newest.map((rule) => `${eventWords(rule.on)[language]} ${conditionWords(rule.when, (name) => PARAMETERS[name])[language]}`)).size, newest.length, language);
});

test('values carry their unit; a time is written in the largest unit that divides it', () => {
  deepStrictEqual([valueWords(90 * 86_400e6, 'duration').en, valueWords(5_400e6, 'duration').en, valueWords(3_600e6, 'duration').en, valueWords(0.905, 'ratio').en, valueWords(100_050, 'paisa').en], ['90 days', '90 minutes', '1 hour', '90.5%', 'PKR 1,000.5']);
});
