import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ListEntry } from './entity.ts';
import { pairOf, subjectsOf } from './subjects.ts';

function entry(list: string, number: string, names: readonly string[], more: Partial<ListEntry> = {}): ListEntry {
  return {
    list, entry: number, schema: 'Person', names: names.map((text, i) => ({ text, kind: i === 0 ? 'primary' : 'alias', quality: 'strong' })), fatherNames: [], birthDates: [], nationalities: [], gender: null,
    identifiers: [], places: [], programs: [], wallets: [], ...more,
  };
}
const cnic = (value: string) => ({ identifiers: [{ kind: 'cnic', value, country: 'pk' }] as const });
const firm = { schema: 'Organization' as const };

test('a number, a name with a birth day, two names with a year, and a firm\'s long name make entries of two lists one subject, each with its reason', () => {
  const { subjectOf, links } = subjectsOf([
    entry('ofac', '1', ['EXAMPLE, Zafar'], cnic('00000-0000000-1')), entry('nacta', 'a', ['Zafar Sample'], cnic('0000000000001')),
    entry('ofac', '2', ['INVENTED, Muhammad'], { birthDates: ['1970-05-04'] }), entry('un', '20', ['MOHD INVENTED'], { birthDates: ['1970-05-04'] }),
    entry('ofac', '3', ['SAMPLE, Ivan', 'MADEUP, Ivan'], { birthDates: ['1960'] }), entry('eu', '30', ['Ivan Sample', 'Ivan Madeup'], { birthDates: ['1960-01-01'] }),
    entry('ofac', '4', ['MADE UP TRADING HOUSE'], firm), entry('un', '40', ['Made Up Trading House'], firm),
  ]);
  deepStrictEqual(Object.fromEntries(subjectOf), { 'nacta:a': 'nacta:a', 'ofac:1': 'nacta:a', 'ofac:2': 'ofac:2', 'un:20': 'ofac:2', 'eu:30': 'eu:30', 'ofac:3': 'eu:30', 'ofac:4': 'ofac:4', 'un:40': 'ofac:4' });
  deepStrictEqual(links.map((link) => [link.ground, link.says]), [
    ['number', 'the same cnic number'], ['name-and-birth-day', 'the same name and the birth date 1970-05-04'], ['names-and-birth-year', 'two names in common and the birth year 1960'], ['name-of-firm', 'the same name of three words or more'],
  ]);
});

test('a name alone, another CNIC, another gender or birth years apart keep entries separate', () => {
  for (const [a, b] of [
    [{}, {}], [{ birthDates: ['1970-05-04'], ...cnic('00000-0000000-1') }, { birthDates: ['1970-05-04'], ...cnic('00000-0000000-2') }],
    [{ birthDates: ['1970-05-04'], gender: 'male' as const }, { birthDates: ['1970-05-04'], gender: 'female' as const }],
    [{ ...cnic('00000-0000000-1'), birthDates: ['1950'] }, { ...cnic('00000-0000000-1'), birthDates: ['1970'] }],
  ] as const) strictEqual(subjectsOf([entry('ofac', '1', ['EXAMPLE, Zafar'], a), entry('un', '2', ['Zafar Example'], b)]).links.length, 0);
});

test('a subject holds one entry of a list, and what a person has parted stays parted, also by way of a third', () => {
  const all = [entry('ofac', '1', ['EXAMPLE, Zafar'], cnic('00000-0000000-1')), entry('un', '2', ['Zafar Example'], cnic('00000-0000000-1')), entry('ofac', '3', ['EXAMPLE, Z.'], cnic('00000-0000000-1')), entry('eu', '4', ['Zafar Example'], cnic('00000-0000000-1'))];
  const joined = subjectsOf(all);
  strictEqual(joined.subjectOf.get('ofac:1'), joined.subjectOf.get('un:2'));
  strictEqual(joined.subjectOf.get('ofac:3'), undefined, 'the list says that these are two');
  const parted = subjectsOf(all, new Set([pairOf('ofac:1', 'un:2')]));
  ok(parted.subjectOf.get('ofac:1') !== parted.subjectOf.get('un:2'));
});

test('the order of the entries changes no subject', () => {
  const numbers = ['1', '2', '3'];
  const any = fc.record({ list: fc.constantFrom('ofac', 'un', 'eu', 'uk'), number: fc.constantFrom(...numbers, '4', '5'), shared: fc.constantFrom(...numbers), born: fc.constantFrom('1970-05-04', '1971', '1980') });
  fc.assert(fc.property(fc.uniqueArray(any, { selector: (one) => `${one.list}:${one.number}`, maxLength: 12 }).chain((made) => fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length }))), ([made, shuffled]) => {
    const of = (list: typeof made) => [...subjectsOf(list.map((one) => entry(one.list, one.number, ['EXAMPLE, Zafar', 'SAMPLE, Zafar'], { birthDates: [one.born], ...cnic(`00000-0000000-${one.shared}`) }))).subjectOf].sort();
    deepStrictEqual(of(shuffled), of(made));
  }));
});
