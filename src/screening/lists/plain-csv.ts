/**
 * A list of any authority as a plain table with a header: `name`, and what else it knows. Cells that hold several
 * values divide them by a semicolon or a bar. Columns are known by many words and no others are read as facts; what
 * a table calls them beside these is named in the guide. `list` names the list, or the file's own name does.
 */

import { countryOf } from '../countries.ts';
import { birthDateOf } from './birth-dates.ts';
import { readRows } from './csv-rows.ts';
import type { EntryDraft } from './draft.ts';
import { ListFault } from './fault.ts';
import { identifierKind } from './identifier.ts';
import { Gathering, type Reading } from './reading.ts';

const COLUMNS = {
  name: ['name', 'fullname', 'wholename', 'primaryname', 'entityname'], alias: ['alias', 'aliases', 'aka', 'akas', 'othernames', 'aliasnames'], original: ['originalname', 'originalscript', 'nameoriginalscript', 'nativename'],
  entry: ['entry', 'entryid', 'id', 'number', 'no', 'srno', 'reference', 'ref', 'uid', 'entnum', 'uniqueid'], schema: ['schema', 'type', 'entitytype', 'kind', 'subjecttype', 'sdntype'],
  father: ['fathername', 'fathersname', 'father', 'parentage'], birth: ['birthdate', 'dob', 'dateofbirth', 'yearofbirth', 'born'], nationality: ['nationality', 'nationalities', 'country', 'citizenship', 'countries'],
  gender: ['gender', 'sex'], cnic: ['cnic', 'cnicno', 'nic'], nicop: ['nicop'], passport: ['passport', 'passports', 'passportno', 'passportnumber'], lei: ['lei'], tax: ['ntn', 'tin', 'taxid', 'taxnumber'],
  registration: ['registration', 'registrationnumber', 'registrationno', 'companynumber'], other: ['identifier', 'identifiers', 'nationalid', 'idnumber'], place: ['address', 'addresses', 'place', 'placeofbirth', 'district', 'province', 'city'],
  program: ['program', 'programme', 'programs', 'regime', 'sanctions'], asset: ['asset', 'ticker'], wallet: ['wallet', 'wallets', 'walletaddress', 'walletaddresses'],
} as const;
type Column = keyof typeof COLUMNS;
const IDENTIFIERS = ['cnic', 'nicop', 'passport', 'lei', 'tax', 'registration', 'other'] as const;
const LIST = ['list', 'listcode', 'source'];

/** Does a header make a plain table? */
export function isPlainHeader(header: readonly string[]): boolean {
  const keys = header.map(keyOf);
  return keys.some((key) => COLUMNS.name.some((name) => name === key)) && keys.filter((key) => Object.values(COLUMNS).some((names) => names.some((name) => name === key))).length >= 1 && keys.every((key) => key.length < 60);
}

/** Reads the table: one list of each name that the column `list` has, else one of the file's own name. Throws `ListFault`. */
export async function readPlainCsv(path: string, delimiter: string, fallback: string): Promise<Reading[]> {
  let lists = new Map<string, Gathering>();
  await readRows(path, delimiter, () => {
    lists = new Map();
    const begun = lists;
    let columns: readonly string[] | undefined;
    return (row, number) => {
      if (columns === undefined) columns = headerOf(row);
      else readRow(begun, columns, row, { number, fallback });
    };
  });
  return [...lists.values()].map((one) => one.finish());
}

function headerOf(row: readonly string[]): readonly string[] {
  if (!isPlainHeader(row)) throw new ListFault('LIST_FILE_UNKNOWN', 'no column `name`');
  return row.map(keyOf);
}

function readRow(lists: Map<string, Gathering>, columns: readonly string[], row: readonly string[], { number, fallback }: { readonly number: number; readonly fallback: string }): void {
  const cells = (names: readonly string[]): string[] => columns.flatMap((key, i) => (names.includes(key) ? [row[i]?.trim() ?? ''] : [])).filter((cell) => cell !== '');
  const values = (column: Column): string[] => cells(COLUMNS[column]).flatMap((cell) => cell.split(/[;|]/)).map((value) => value.trim()).filter((value) => value !== '');
  const list = (cells(LIST)[0] ?? fallback).toLowerCase().replace(/[^a-z0-9-]+/g, '-').slice(0, 60);
  const gathering = lists.get(list) ?? new Gathering(list);
  lists.set(list, gathering);
  const name = cells(COLUMNS.name)[0];
  if (name === undefined) return gathering.setAside(`row ${number}`, 'no-name');
  const draft = gathering.row(cells(COLUMNS.entry)[0] ?? `row-${number}`, schemaOf(cells(COLUMNS.schema)[0], values('father').length > 0 || values('cnic').length > 0));
  draft.name(name, draft.hasName ? 'alias' : 'primary');
  readFacts(draft, values);
  const asset = cells(COLUMNS.asset)[0] ?? '';
  for (const wallet of values('wallet')) draft.wallet(asset, wallet);
}

function readFacts(draft: EntryDraft, values: (column: Column) => string[]): void {
  for (const alias of values('alias')) draft.name(alias);
  for (const original of values('original')) draft.name(original, 'original');
  for (const father of values('father')) draft.fatherName(father);
  for (const birth of values('birth')) draft.birthDate(birthDateOf(birth));
  for (const nationality of values('nationality')) draft.nationality(nationality);
  for (const gender of values('gender')) draft.gender(gender);
  for (const program of values('program')) draft.program(program);
  for (const place of values('place')) draft.place(place);
  const country = values('nationality').map(countryOf).find((code) => code !== undefined) ?? null;
  for (const kind of IDENTIFIERS) for (const value of values(kind)) draft.identifier(kind === 'other' ? identifierKind('', value, country) : kind, value, kind === 'cnic' || kind === 'nicop' ? 'pk' : country);
}

function schemaOf(written: string | undefined, hasPersonFacts: boolean): EntryDraft['schema'] {
  // A table that does not say what it lists, lists people: so do the registers of proscribed persons.
  if (written === undefined || hasPersonFacts) return 'Person';
  return /vessel|ship/i.test(written) ? 'Vessel' : /aircraft/i.test(written) ? 'Aircraft' : /person|individual|natural/i.test(written) ? 'Person' : 'Organization';
}

function keyOf(header: string): string {
  return header.toLowerCase().replace(/[^a-z0-9]/g, '');
}
