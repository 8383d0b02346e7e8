import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ListEntry, ListName } from '../entity.ts';
import { alignNames } from './align.ts';
import { pairLine, screenLine, LINE_LENGTH_MAX } from './answer.ts';
import { answerLines, linesOf } from './batch.ts';
import { KeyTable } from './key-table.ts';
import { Matcher, type ScreeningResult } from './matcher.ts';
import { prepareName, type PreparedName } from './prepare.ts';
import { readQuery } from './query.ts';
import { letterDistance, wordSimilarity, type Spelled } from './similarity.ts';

const name = (text: string, kind: ListName['kind'] = 'primary'): ListName => ({ text, kind, quality: 'strong' });
const entry = (number: string, names: readonly ListName[], more: Partial<ListEntry> = {}): ListEntry => ({
  list: 'test', entry: number, schema: 'Person', names, fatherNames: [], birthDates: [], nationalities: [], gender: null, identifiers: [], places: [], programs: [], wallets: [], ...more,
});

/** Invented entries; no person or firm is meant. */
const ENTRIES: readonly ListEntry[] = [
  entry('1', [name('ZAROORI, Abd al-Rahman Salah al-Din'), name('عبد الرحمن صلاح الدين ضروري', 'original')], { birthDates: ['1970-05-02'], nationalities: ['pk'], fatherNames: ['Ghulam Rasool'], gender: 'male', identifiers: [{ kind: 'cnic', value: '99999-1234567-1', country: 'pk' }] }),
  entry('2', [name('Muhammad Yousuf QUMBRANI')], { birthDates: ['1980'] }),
  entry('3', [name('LIMITED LIABILITY COMPANY VOSTOKTEST PRIBOR')], { schema: 'Organization' }),
  entry('4', [name('AERO-TESTIBBEAN SHIPPING NO. 4 CO., LTD.')], { schema: 'Organization' }),
  entry('5', [name('Saifullah TORABZAI')]),
];
const matcher = new Matcher({ entries: ENTRIES, versions: new Map([['test', '2026-01-01']]) });
const KNOWN = { codes: ['test'], since: '2026-01-01' };

function ask(query: unknown): ScreeningResult {
  const read = readQuery(query);
  ok(!('code' in read), JSON.stringify(read));
  const result = matcher.screen(read);
  ok(!('code' in result), JSON.stringify(result));
  return result;
}

function prepared(text: string): PreparedName {
  const one = prepareName(text, false);
  ok(typeof one !== 'string');
  return one;
}

async function gathered(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

const pair = (a: string, b: string): number => alignNames(prepared(a), prepared(b)).score;

test('each writing of a name finds its entry and asks for a review', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Abdul Rehman Salahuddin Zaroori', '1'], ['ZAROORI Abdurrahman Salah ud Din', '1'], ['Abd ar-Rahman Salaheddine Zarouri', '1'], ['عبدالرحمان صلاح الدین ضروری', '1'], ['Z\u200baroori Abd al-R\u202eahman Salah al-Din', '1'],
    ['Zаrооri Abdul Rаhman Salahuddin', '1'], ['ＺＡＲＯＯＲＩ Abdul Rahman Salahuddin', '1'], ['Mohd. Yusuf Qumbrani', '2'], ['Md Yousaf Qumbrani', '2'], ['Qumbrani M. Yusuf', '2'], ['محمد یوسف قمبرانی', '2'], ['Мухаммад Юсуф Кумбрани', '2'], ['Muhamad Yuosuf Qumbrani', '2'],
    ['OOO Vostoktest Pribor', '3'], ['Vostok test pribor', '3'], ['VOSTOKTESTPRIBOR L.L.C.', '3'], ['Vostoktest Pribor LIMITED LIABILTY COMPANY', '3'], ['Aerotestibbean Shipping No 4', '4'], ['Saif Ullah Torabzai', '5'], ['سیف اللہ تراب زئی', '5'], ['Torabzai, Sayf Allah', '5'],
  ];
  for (const [query, sought] of cases) {
    const { candidates, decision } = ask(query);
    strictEqual(candidates[0]?.entry, sought, query);
    strictEqual(decision, 'review', `${query}: ${candidates[0]?.score}`);
  }
});

test('another name is clear, however near a part of it is', () => {
  for (const query of ['Muhammad Yousuf Khan', 'Abdul Rahman', 'Salahuddin Ahmed', 'Vostok Trading LLC', 'Limited Liability Company', 'Shipping Co Ltd', 'Aero-Testibbean Shipping No. 7', 'Saifullah Khan', 'محمد خان']) {
    strictEqual(ask(query).decision, 'clear', `${query}: ${ask(query).candidates[0]?.score}`);
  }
});

test('firms that share a kind of business, or differ in a number, stay apart', () => {
  for (const [a, b] of [['Testia Fund I LP', 'Testia Fund II LP'], ['Northern Testia Shipping Co', 'Northern Testia Maritime Co'], ['Testia Bank No. 2', 'Testia Bank No. 3'], ['Testia Solutions GmbH', 'Testia Systems GmbH']] as const) {
    ok(pair(a, b) < pair(a, a.replace('Testia', 'Testja')), `${a}, ${b}: ${pair(a, b)}`);
    ok(pair(a, b) < 0.8, `${a}, ${b}: ${pair(a, b)}`);
  }
  ok(pair('Testia Trading Fund III', 'TESTIA TRADING FUND 3') > 0.95);
});

test('words in any order are one name, also where a compound is torn', () => {
  for (const [a, b] of [['Abdul Rahman Testani', 'Testani Rahman Abdul'], ['Sundus Abd al-Ghafar', 'al-Ghafar Sundus Abd'], ['Testia Trading Company', 'Company Trading Testia']] as const) ok(pair(a, b) >= 0.8, `${a}, ${b}: ${pair(a, b)}`);
});

test('a name alone is reviewed at most, a name with more can match, and what contradicts takes away', () => {
  const given = 'Abd al-Rahman Salah al-Din Zaroori';
  strictEqual(ask(given).decision, 'review');
  ok((ask(given).candidates[0]?.score ?? 1) < 1);
  const full = ask({ name: given, birthDate: '1970-05-02', fatherName: 'Ghulam Rasul', nationality: 'Pakistan', gender: 'male' });
  strictEqual(full.decision, 'match');
  ok((full.candidates[0]?.evidence.strength ?? 0) > (ask(given).candidates[0]?.evidence.strength ?? 1));
  const score = (more: object): number => ask({ name: given, ...more }).candidates[0]?.score ?? 0;
  const bare = score({});
  for (const other of [{ birthDate: '1991-01-01' }, { fatherName: 'Nazir Hussain Testani' }, { gender: 'female' }, { nationality: 'Norway' }]) ok(score(other) < bare, JSON.stringify(other));
  ok(score({ birthDate: '1991-01-01' }) < score({ birthDate: '1970-11-20' }), 'another day of the same year is a doubt, another decade speaks against');
  ok(score({ birthDate: '1970' }) >= bare && score({ birthDate: '1970-02-05' }) >= bare);
  strictEqual(score({ passportless: 1 }), bare);
});

test('what a side does not know leaves the score and lowers the evidence', () => {
  const bare = ask('Saifullah Torabzai').candidates[0];
  const asked = ask({ name: 'Saifullah Torabzai', birthDate: '1990-01-01', fatherName: 'Gul Zaman' }).candidates[0];
  strictEqual(asked?.score, bare?.score);
  deepStrictEqual(asked?.evidence.missing, ["father's name", 'date of birth']);
});

test('an equal CNIC decides whatever the name, and another one speaks against', () => {
  const { decision, candidates } = ask({ name: 'Somebody Else Entirely', identifiers: [{ kind: 'cnic', value: '9999912345671' }] });
  deepStrictEqual([decision, candidates[0]?.entry], ['match', '1']);
  strictEqual(ask({ name: 'Somebody Else', identifiers: { cnic: '99999-1234567-1' } }).decision, 'match');
  strictEqual(ask({ name: 'Somebody Else', identifiers: ['99999-7654321-1'] }).decision, 'clear');
  strictEqual(ask({ name: 'Somebody Else', identifiers: [{ kind: 'lei', value: '9999912345671' }] }).decision, 'clear');
  const name = 'Abdul Rahman Salahuddin Zaroori';
  ok((ask({ name, identifiers: { cnic: '11111-1111111-1' } }).candidates[0]?.score ?? 1) < (ask(name).candidates[0]?.score ?? 0));
});

test('urf, @ and s/o are read as people write them', () => {
  const query = readQuery('Kala Khan urf Saifullah Torabzai S/O Gul Zaman');
  ok(!('code' in query));
  strictEqual(query.fatherName, 'Gul Zaman');
  strictEqual(ask('Kala Khan urf Saifullah Torabzai').candidates[0]?.entry, '5');
  strictEqual(ask('Kala @ Saifullah Torabzai').candidates[0]?.entry, '5');
});

test('every candidate explains itself word by word, with the versions that gave it', () => {
  const found = ask('Mohd Yusuf Qumbrani').candidates[0];
  deepStrictEqual(found?.evidence.name.words.map((word) => [word.query, word.list, word.how]), [['qumbrani', 'qumbrani', 'equal'], ['mohd', 'muhammad', 'variant'], ['yusuf', 'yousuf', 'variant']]);
  ok(found?.evidence.says.some((line) => line.includes('another writing of the same name')));
  deepStrictEqual([found?.evidence.matcher, found?.evidence.listVersion, found?.subject], ['nigran-matcher/1', '2026-01-01', 'test:2']);
});

test('a pair has the score that a screening has', () => {
  for (const query of ['Mohd Yusuf Qumbrani', 'Qumbrani Muhammad', 'Yousaf Qumbrani Md.']) {
    const screened = ask({ name: query, schema: 'Person' }).candidates[0];
    const compared: { score: number } = JSON.parse(pairLine(JSON.stringify({ query: { name: query, schema: 'Person' }, candidate: { name: 'Muhammad Yousuf QUMBRANI', schema: 'Person' } }), 1));
    strictEqual(compared.score, screened?.score, query);
  }
});

test('a score does not depend on which name stands first', () => {
  const words = fc.constantFrom('Muhammad', 'Ahmed', 'Khan', 'Zaroori', 'al', 'Rahman', 'Testani', 'Bank', 'Company', 'Ltd', 'Salah', 'din', 'abd', 'J', '4', 'محمد', 'خان');
  const names = fc.array(words, { minLength: 1, maxLength: 5 }).map((all) => all.join(' '));
  fc.assert(fc.property(names, names, (a, b) => Math.abs(pair(a, b) - pair(b, a)) < 0.02), { numRuns: 300, seed: 1 });
});

test('any text gives a score or a code, and never more than a name can have', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 60 }), (a, b) => {
    const answer: unknown = JSON.parse(pairLine(JSON.stringify({ query: a, candidate: b }), 1));
    ok(typeof answer === 'object' && answer !== null);
    return 'code' in answer || ('score' in answer && typeof answer.score === 'number' && answer.score >= 0 && answer.score <= 0.99);
  }), { numRuns: 200, seed: 2 });
});

test('a line that cannot be answered has its code in its place', () => {
  const code = (line: string): unknown => JSON.parse(screenLine(matcher, KNOWN, line, 7)).code;
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['', 'QUERY_NOT_JSON'], ['{"name":', 'QUERY_NOT_JSON'], ['[]', 'QUERY_NOT_OBJECT'], ['7', 'QUERY_NOT_OBJECT'], ['{}', 'QUERY_NAME_MISSING'], ['{"name":"  "}', 'QUERY_NAME_MISSING'], ['{"name":"\\u200b\\u202e"}', 'QUERY_NAME_MISSING'],
    ['{"name":7}', 'QUERY_FIELD_INVALID'], ['{"name":"Test","birthDate":"soon"}', 'QUERY_FIELD_INVALID'], ['{"name":"Test","lists":["moon"]}', 'QUERY_LIST_UNKNOWN'], ['{"name":"Test","asOf":"2020-01-01"}', 'QUERY_AS_OF_UNKNOWN'],
    [JSON.stringify({ name: 'a'.repeat(10_000) }), 'QUERY_NAME_TOO_LONG'], [JSON.stringify({ name: 'a b '.repeat(100) }), 'QUERY_NAME_TOO_LONG'], ['x'.repeat(LINE_LENGTH_MAX + 1), 'QUERY_TOO_LONG'], ['{"name":"Te\ufffdst"}', 'QUERY_NOT_JSON'],
    ['{"name":"Test","unheard":1,"birthDate":null}', undefined], ['"Test"', undefined],
  ];
  for (const [line, expected] of cases) strictEqual(code(line), expected, line.slice(0, 60));
  deepStrictEqual(JSON.parse(screenLine(matcher, KNOWN, '{"name":"Test","unheard":1}', 1)).ignored, ['unheard']);
});

test('answers come in the order of the lines, the same from workers as from here', async () => {
  const lines = Array.from({ length: 4_000 }, (_, at) => (at % 97 === 0 ? 'broken' : JSON.stringify({ name: `${['Yousuf Qumbrani', 'Torabzai Saifullah', 'Nobody Here'][at % 3]} ${at}` })));
  const ground = { screen: { entries: ENTRIES, versions: new Map([['test', '2026-01-01']]), known: KNOWN } };
  const take = async (cores: number): Promise<string[]> => gathered(answerLines(linesOf((async function* bytes() { yield Buffer.from(lines.join('\n')); })()), ground, cores));
  const [alone, together] = [await take(1), await take(2)];
  strictEqual(alone.length, lines.length);
  deepStrictEqual(together, alone);
  strictEqual(JSON.parse(alone[97] ?? '').line, 98);
});

test('a line cut by blocks of bytes is whole again, and one without end is not kept', async () => {
  const bytes = Buffer.from(`"عبد"\r\n\n${'x'.repeat(LINE_LENGTH_MAX * 3)}\n"last"`);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
  }
  const lines = await gathered(linesOf(chunks()));
  deepStrictEqual(lines.map((line) => line.length), [5, 0, LINE_LENGTH_MAX + 1, 6]);
});

test('the distance of letters is that of a plain table, or one above the limit', () => {
  const plain = (a: string, b: string): number => {
    const d = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)));
    const at = (i: number, j: number): number => d[i]?.[j] ?? 0;
    for (let i = 1; i <= a.length; i += 1) for (let j = 1; j <= b.length; j += 1) {
      let cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(i - 2, j - 2) + 1);
      const row = d[i];
      if (row !== undefined) row[j] = cost;
    }
    return at(a.length, b.length);
  };
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(fc.property(word, word, fc.integer({ min: 0, max: 8 }), (a, b, limit) => letterDistance(a, b, limit) === Math.min(plain(a, b), limit + 1)), { seed: 3 });
});

test('a key table gives back what was put in', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }).map((n) => Math.imul(n, 0x9e3779b1) >>> 0), fc.integer({ min: 0, max: 9 }))), (pairs) => {
    const table = new KeyTable();
    for (const [key, number] of pairs) table.add(key, number);
    table.close();
    return pairs.every(([key]) => {
      const got: number[] = [];
      table.each(key, (number) => got.push(number));
      return got.toSorted().join() === pairs.filter(([other]) => other === key).map(([, number]) => number).toSorted().join();
    });
  }), { seed: 4 });
});

test('words are told apart before they are aligned only where the alignment would tell them apart', () => {
  const letters = 'aeiouabdhklmnqrstyzshkhgh'.split('');
  const word = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 10 }).map((signs) => prepared(signs.join('')).words[0]).filter((one) => one !== undefined);
  // Who has every sign lacks none: it is aligned in any case.
  const unsigned = (one: Spelled): Spelled => ({ ...one, low: -1, high: -1, letters: -1 });
  fc.assert(fc.property(word, word, fc.nat(9), fc.constantFrom(...letters), (a, b, at, letter) => {
    const near = prepared(`${a.text.slice(0, at)}${letter}${a.text.slice(at + 1)}`).words[0] ?? a;
    for (const other of [b, near]) strictEqual(wordSimilarity(a, other), wordSimilarity(unsigned(a), unsigned(other)), `${a.text} and ${other.text}`);
  }), { numRuns: 2_000 });
});
