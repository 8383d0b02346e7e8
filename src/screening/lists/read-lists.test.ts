import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { birthDateOf } from './birth-dates.ts';
import { countryOf } from '../countries.ts';
import type { ListEntry } from '../entity.ts';
import { readLists, type FoundLists } from './read-lists.ts';
import { EU_CSV, EU_XML, NACTA, NON_SDN_PRIMARY, OFAC_ADDRESS, OFAC_ADVANCED, OFAC_ALIAS, OFAC_PRIMARY, OFAC_REMARK, UK_CSV, UK_XML, folderOf, unXml } from './testing.ts';

async function read(files: Readonly<Record<string, string | Uint8Array>>): Promise<FoundLists> {
  const directory = await folderOf(files);
  try {
    return await readLists(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}
const entryOf = (found: FoundLists, entry: string): ListEntry => {
  const one = found.lists.flatMap((list) => list.entries).find((each) => each.entry === entry);
  ok(one !== undefined, `entry ${entry}`);
  return one;
};

test('OFAC\'s tables are found by what stands in them, joined by number, and a row without a primary is set aside with its place', async () => {
  const found = await read({ 'a.bin': OFAC_PRIMARY, 'b.txt.gz': gzipSync(OFAC_ALIAS), 'c': OFAC_ADDRESS, 'd.csv': OFAC_REMARK, 'cons-part.csv': NON_SDN_PRIMARY });
  deepStrictEqual(found.refused, []);
  const [ofac] = found.lists;
  ok(ofac !== undefined && found.lists.length === 1);
  deepStrictEqual([ofac.list, ofac.rows, ofac.entries.length, ofac.folded, ofac.quarantined], ['ofac', 9, 4, 4, [{ place: 'b.txt.gz:3', reason: 'no-primary-row' }]]);
  deepStrictEqual(entryOf(found, '1001'), {
    list: 'ofac', entry: '1001', schema: 'Person',
    names: [{ text: 'EXAMPLE, Zafar Iqbal', kind: 'primary', quality: 'strong' }, { text: 'EXAMPLE, Zaffar', kind: 'alias', quality: 'strong' }, { text: 'SAMPLE, Z.', kind: 'alias', quality: 'strong' }],
    fatherNames: [], birthDates: ['1970-05-04', '1970/1974'], nationalities: ['pk', 'ir'], gender: 'male',
    identifiers: [{ kind: 'passport', value: 'AB0000001', country: 'pk' }, { kind: 'cnic', value: '00000-0000000-1', country: 'pk' }, { kind: 'tax', value: '000 123', country: 'pk' }],
    places: ['Sargodha, Pakistan', '1 Invented Road, Sargodha, Pakistan'], programs: ['MADEUP', 'SAMPLE'], wallets: [{ asset: 'XBT', address: '1111111111111111111114oLvT2' }],
  });
  deepStrictEqual(entryOf(found, '36').names.map((name) => [name.text, name.quality]), [['INVENTED AIRWAYS', 'strong'], ['IAW', 'weak']]);
  deepStrictEqual([entryOf(found, '2002').schema, entryOf(found, '2002').nationalities], ['Vessel', ['pa']]);
  strictEqual(entryOf(found, '7001').identifiers[0]?.kind, 'lei');
});

test('of two states of a list the newer is taken, by its own day, by its name, or by when it was written', async () => {
  const found = await read({ 'un-first.xml': unXml('2026-02-27', 'NEWER FRONT'), 'z-un.xml': unXml('2025-01-01'), 'sdn_20210818.csv': OFAC_PRIMARY, 'sdn_20240503.csv': OFAC_PRIMARY.replace('INVENTED AIRWAYS', 'RENAMED AIRWAYS') });
  deepStrictEqual(found.lists.map((list) => [list.list, list.version, list.files]), [['ofac', '2024-05-03', ['sdn_20240503.csv']], ['un', '2026-02-27', ['un-first.xml']]]);
  strictEqual(entryOf(found, '690002').names[0]?.text, 'NEWER FRONT');
  strictEqual(entryOf(found, '36').names[0]?.text, 'RENAMED AIRWAYS');
  deepStrictEqual([...found.superseded].sort(), ['sdn_20210818.csv', 'z-un.xml']);
});

test('as of a day the newest state of that day or before is taken, and what is of a later day is named', async () => {
  const directory = await folderOf({ 'un-first.xml': unXml('2026-02-27', 'NEWER FRONT'), 'z-un.xml': unXml('2025-01-01'), 'sdn_20210818.csv': OFAC_PRIMARY, 'sdn_20240503.csv': OFAC_PRIMARY });
  const at = async (day: string) => { const found = await readLists(directory, day); return [found.lists.map((list) => `${list.list} ${list.version}`), [...found.later].sort()]; };
  deepStrictEqual(await at('2025-12-31'), [['ofac 2024-05-03', 'un 2025-01-01'], ['un-first.xml']]);
  deepStrictEqual(await at('2021-08-18'), [['ofac 2021-08-18'], ['sdn_20240503.csv', 'un-first.xml', 'z-un.xml']]);
  deepStrictEqual(await at('2020-01-01'), [[], ['sdn_20210818.csv', 'sdn_20240503.csv', 'un-first.xml', 'z-un.xml']]);
  await rm(directory, { recursive: true });
});

test('OFAC\'s advanced XML says of a person what the tables say, with the name in its script', async () => {
  const found = await read({ 'x.xml': OFAC_ADVANCED });
  deepStrictEqual(entryOf(found, '1001'), {
    list: 'ofac', entry: '1001', schema: 'Person',
    names: [{ text: 'EXAMPLE, Zafar Iqbal', kind: 'primary', quality: 'strong' }, { text: 'ظفر اقبال', kind: 'original', quality: 'strong' }, { text: 'ZI', kind: 'alias', quality: 'weak' }],
    fatherNames: [], birthDates: ['1970-05-04'], nationalities: ['pk'], gender: 'male', identifiers: [{ kind: 'passport', value: 'AB0000001', country: 'pk' }],
    places: [], programs: ['MADEUP'], wallets: [{ asset: 'XBT', address: '1111111111111111111114oLvT2' }],
  });
  strictEqual(found.lists[0]?.version, '2026-09-24');
});

test('the UN\'s aliases keep their quality, names their script, and birth years their doubt', async () => {
  const person = entryOf(await read({ 'consolidated.xml': unXml('2026-02-27') }), '690001');
  deepStrictEqual(person.names, [
    { text: 'BASHIR MADEUP KHAN', kind: 'primary', quality: 'strong' }, { text: 'بشیر خان', kind: 'original', quality: 'strong' },
    { text: 'Bashir & Khan', kind: 'alias', quality: 'strong' }, { text: 'BK', kind: 'alias', quality: 'weak' },
  ]);
  deepStrictEqual([person.birthDates, person.nationalities, person.gender, person.identifiers], [['1968/1972'], ['ir'], 'male', [{ kind: 'cnic', value: '00000-0000000-2', country: 'pk' }]]);
});

test('the UK\'s and the EU\'s tables say what their XML says; a row without a number is set aside', async () => {
  const [ukXml, ukCsv, euXml, euCsv] = await Promise.all([read({ a: UK_XML }), read({ a: UK_CSV }), read({ a: EU_XML }), read({ a: EU_CSV })]);
  deepStrictEqual(entryOf(ukCsv, 'XXX0001'), entryOf(ukXml, 'XXX0001'));
  deepStrictEqual(entryOf(euCsv, '101'), entryOf(euXml, '101'));
  deepStrictEqual(entryOf(ukXml, 'XXX0001').names.map((name) => [name.text, name.kind, name.quality]), [['IVAN INVENTED', 'primary', 'strong'], ['Иван Выдуманный', 'original', 'strong'], ['SAMPLE', 'alias', 'weak']]);
  deepStrictEqual([entryOf(ukXml, 'XXX0001').birthDates, entryOf(ukXml, 'XXX0001').identifiers], [['1952-10-07', '1953'], [{ kind: 'passport', value: '000000001', country: 'ru' }]]);
  deepStrictEqual(entryOf(euXml, '101').names.map((name) => [name.text, name.kind, name.quality]), [['Anna Madeup', 'primary', 'strong'], ['Анна Выдумка', 'original', 'strong'], ['A. M.', 'alias', 'weak']]);
  deepStrictEqual(ukCsv.lists.map((list) => [list.version, list.rows, list.folded, list.quarantined]), [['2026-09-10', 4, 2, [{ place: 'row 6', reason: 'no-number' }]]]);
  deepStrictEqual([ukXml.lists[0]?.version, euXml.lists[0]?.version, euCsv.lists[0]?.version], ['2026-09-10', '2026-08-05', '2026-08-05']);
});

test('NACTA\'s rows keep father and CNIC, and no CNIC becomes a number of an entry', async () => {
  const found = await read({ 'export.json': NACTA });
  const [nacta] = found.lists;
  ok(nacta !== undefined);
  deepStrictEqual([nacta.list, nacta.rows, nacta.quarantined], ['nacta', 3, [{ place: 'row 3', reason: 'no-name' }]]);
  const [first, second] = nacta.entries;
  deepStrictEqual([first?.names.map((name) => name.text), first?.fatherNames, first?.identifiers, first?.places], [['Example Khan', 'Sample Khan'], ['Invented Khan'], [{ kind: 'cnic', value: '00000-0000000-3', country: 'pk' }], ['Sample, Punjab']]);
  ok(first?.entry !== second?.entry && nacta.entries.every((one) => /^[0-9a-f]{24}$/.test(one.entry)));
});

test('a plain table of any authority is a list of its file\'s name, or of the name in its column', async () => {
  const found = await read({ 'Home Department-2026-01-02.csv': 'Sr No,Name,Father\'s Name,CNIC,Aliases\n1,Example Shah,Sample Shah,0000000000005,E Shah; Exampel Shah\n', 'more.csv': 'list;name;type\nsbp;MADE UP BANK;entity\n' });
  deepStrictEqual(found.lists.map((list) => list.list), ['home-department', 'sbp']);
  deepStrictEqual([entryOf(found, '1').schema, entryOf(found, '1').names.map((name) => name.text), entryOf(found, '1').fatherNames], ['Person', ['Example Shah', 'E Shah', 'Exampel Shah'], ['Sample Shah']]);
});

test('a file that is cut, declares entities, is no text or no list is refused with its code, and stops no other', async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>&b;</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>`;
  const found = await read({
    'cut.xml': EU_XML.slice(0, -40), 'bomb.xml': bomb, 'other-bomb.xml': bomb.replaceAll('CONSOLIDATED_LIST', 'lolz'), 'cut.gz': gzipSync(UK_XML).subarray(0, 300), 'no-text.xml': Buffer.concat([Buffer.from(unXml('2026-02-27')), Buffer.from([0xff, 0xc0])]),
    'LICENSE': 'Permission is hereby granted', 'deep.xml': `<Designations>${'<a>'.repeat(100)}`, 'quote.csv': `1,"A",-0- ,"X",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n2,"${'x'.repeat(1_100_000)}`, 'good.csv': OFAC_PRIMARY,
  });
  deepStrictEqual(Object.fromEntries(found.refused.map((one) => [one.file, one.code])), {
    'cut.xml': 'LIST_FILE_BROKEN', 'bomb.xml': 'LIST_FILE_FORBIDDEN', 'other-bomb.xml': 'LIST_FILE_FORBIDDEN', 'cut.gz': 'LIST_FILE_BROKEN', 'no-text.xml': 'LIST_FILE_ENCODING', LICENSE: 'LIST_FILE_UNKNOWN', 'deep.xml': 'LIST_FILE_BROKEN', 'quote.csv': 'LIST_FILE_BROKEN',
  });
  deepStrictEqual(found.lists.map((list) => list.list), ['ofac']);
});

test('where the newest state is cut, the older whole one is taken and the refusal stands beside it', async () => {
  const found = await read({ 'new.xml': unXml('2026-02-27').slice(0, -30), 'old.xml': unXml('2025-01-01') });
  deepStrictEqual([found.lists.map((list) => list.version), found.refused.map((one) => [one.file, one.code])], [['2025-01-01'], [['new.xml', 'LIST_FILE_BROKEN']]]);
});

test('a text without end, a table in an older encoding: bounded, and read', async () => {
  const found = await read({ 'long.xml': `<Designations><Designation><UniqueID>${'x'.repeat(5_000_000)}`, 'latin.csv': Buffer.from('name,type\nJos\u00e9 Example,person\n', 'latin1') });
  deepStrictEqual(found.refused.map((one) => [one.file, one.code]), [['long.xml', 'LIST_FILE_BROKEN']]);
  strictEqual(found.lists[0]?.entries[0]?.names[0]?.text, 'José Example');
});

test('birth dates of every list have one form, and a text that is none gives none', () => {
  for (const [written, form] of [
    ['15 Jan 1955', '1955-01-15'], ['Sep 1938', '1938-09'], ['1946', '1946'], ['circa 1951', '1949/1953'], ['1951 to 1953', '1951/1953'], ['01 Jan 1961 to 31 Dec 1962', '1961/1962'], ['01 Jan 1961 to 31 Dec 1961', '1961-01-01'],
    ['07/10/1952', '1952-10-07'], ['dd/mm/1952', '1952'], ['00/00/1952', '1952'], ['1970-02-31', '1970-02'], ['1970-05-01', '1970-05-01'], ['circa 1979-1982', '1977/1984'], ['unknown', undefined], ['', undefined], ['0001', undefined],
  ] as const) strictEqual(birthDateOf(written), form, written);
  fc.assert(fc.property(fc.string(), (text) => { const form = birthDateOf(text); return form === undefined || /^\d{4}(?:-\d{2}(?:-\d{2})?|\/\d{4})?$/.test(form); }));
});

test('countries are known by name, code and their publishers\' ways of writing them', () => {
  for (const [written, code] of [
    ['Iran (Islamic Republic of)', 'ir'], ['Korea, North', 'kp'], ['Democratic People\'s Republic of Korea', 'kp'], ['The Gambia', 'gm'], ['Côte d’Ivoire', 'ci'], ['PK', 'pk'], ['pak', 'pk'], ['Congo, Democratic Republic of the', 'cd'],
    ['Türkiye', 'tr'], ['United Kingdom of Great Britain and Northern Ireland', 'gb'], ['Bahamas, The', 'bs'], ['Atlantis', undefined], ['', undefined], ['x'.repeat(10_000), undefined],
  ] as const) strictEqual(countryOf(written), code, written);
});
