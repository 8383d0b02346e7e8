import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { REJECTIONS } from '../src/terms/index.ts';
import { en } from './words/en.ts';
import { rejectionsInUrdu } from './words/rejections-ur.ts';
import { ur } from './words/ur.ts';

const places = (text: string): string[] => [...new Set(text.match(/\{[a-zA-Z-]+\}/g) ?? [])].toSorted();
const english = new Map<string, string>(Object.entries(en));

test('Urdu has the keys of English and no other', () => {
  deepStrictEqual(Object.keys(ur).toSorted(), Object.keys(en).toSorted());
});

test('each Urdu text fills the same places as its English one', () => {
  for (const [key, text] of Object.entries(ur)) deepStrictEqual(places(text), places(english.get(key) ?? ''), key);
});

test('Urdu is Urdu: no text was left in English by mistake', () => {
  const latin = new Set(['language.other', 'engine.name.postgresql', 'engine.name.clickhouse']);
  for (const [key, text] of Object.entries(ur)) ok(latin.has(key) || /[\u0600-\u06FF]/.test(text) || !/[a-zA-Z]/.test(text.replaceAll(/\{[^}]*\}|PKT?/g, '')), `${key}: ${text}`);
});

test('digits are Latin in both languages', () => {
  for (const [key, text] of Object.entries(ur)) ok(!/[\u06F0-\u06F9\u0660-\u0669]/.test(text), key);
});

test('an NOC is never worded as a licence', () => {
  for (const [key, text] of Object.entries(en)) ok(!/licensed (?:by|under) an? NOC/i.test(text), key);
  strictEqual(en['firm.not-a-licence'].includes('not a licence'), true);
});

test('every rejection code that the console can show has its Urdu words', () => {
  const shown = Object.entries(REJECTIONS).filter(([, term]) => term.scope !== 'pack').map(([code]) => code);
  ok(shown.length > 40);
  deepStrictEqual(shown.filter((code) => !Object.hasOwn(rejectionsInUrdu, code)), []);
});
