import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NameIndex } from './search.ts';
import { editsBetween, foldName, soundOf } from './sound.ts';

const FIRMS = [
  ['SDX', 'Sindh Digital Exchange', 'سندھ ڈیجیٹل ایکس‌چینج'], ['RCH', 'Ravi Coin House', 'راوی کوائن ہاؤس'], ['KHX', 'Khunjerab Exchange', 'خنجراب ایکس‌چینج'], ['CHX', 'Chenab Exchange', 'چناب ایکس‌چینج'],
  ['BINANCE', 'Binance', 'بائنانس'], ['HTX', 'HTX'], ['MGM', 'Margalla Markets', 'مارگلہ مارکیٹس'], ['GRK', 'Gorakh Exchange', 'گورکھ ایکس‌چینج'],
] as const;
const index = new NameIndex(FIRMS.map((names) => ({ value: names[0], names })));
const first = (question: string): string | undefined => index.search(question, 5)[0]?.value;

test('a firm is found by its code, in English, in Urdu, and misspelt in Roman letters', () => {
  const cases: Readonly<Record<string, string>> = {
    sdx: 'SDX', 'Sindh Digital Exchange': 'SDX', 'sind dijital exchnage': 'SDX', 'سندھ': 'SDX', 'سنده': 'SDX', 'سندھ ڈیجیٹل ایکسچینج': 'SDX', 'raavi koin': 'RCH', raawi: 'RCH', 'راوي': 'RCH', khanjrab: 'KHX', khunjrab: 'KHX',
    chanab: 'CHX', 'chinab ekschenj': 'CHX', 'بائنانس': 'BINANCE', binanse: 'BINANCE', bainance: 'BINANCE', baynans: 'BINANCE', 'بینانس': 'BINANCE', htx: 'HTX', margla: 'MGM', gorak: 'GRK', 'gorakh xchange': 'GRK',
  };
  for (const [question, code] of Object.entries(cases)) strictEqual(first(question), code, question);
});

test('what is no name of the register finds nothing, and a word that many share finds all of them', () => {
  for (const question of ['', '   ', '؟؟؟', 'zzz', 'ab', 'huobi', 'kraken', 'a'.repeat(500)]) deepStrictEqual(index.search(question, 5), [], question.slice(0, 20));
  strictEqual(index.search('exchange', 10).length, 4);
  strictEqual(first('exchange chenab'), 'CHX', 'the word of its own weighs more');
});

test('every name finds itself first, in any case and with marks around it', () => {
  fc.assert(fc.property(fc.constantFrom(...FIRMS.flatMap((names) => names.map((name) => [names[0], name] as const))), fc.boolean(), fc.constantFrom('', ' ', '-', '  ،'), ([code, name], upper, mark) => {
    strictEqual(first(`${mark}${upper ? name.toUpperCase() : name}${mark}`), code);
  }));
});

test('edits are those of a plain table, and stop at the bound', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 }), fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 }), fc.integer({ min: 0, max: 4 }), (one, other, max) => {
    const whole = editsBetween(one, other, 99);
    strictEqual(editsBetween(one, other, max) <= max, whole <= max);
    strictEqual(whole, editsBetween(other, one, 99));
    strictEqual(whole === 0, one === other);
  }));
  strictEqual(editsBetween('binance', 'bianance', 3), 1);
  strictEqual(editsBetween('binance', 'biannce', 3), 1, 'a swap is one');
});

test('folding is stable, and a sound has consonants alone', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
    const folded = foldName(name);
    if (folded.length < 150) strictEqual(foldName(folded), folded);
    ok(/^[a-z0-9]*$/.test(soundOf('exchange')));
  }));
  strictEqual(soundOf(foldName('ایکس‌چینج')), soundOf('exchange'));
});
