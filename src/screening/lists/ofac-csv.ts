/**
 * OFAC's tables without headers: primary names (12 columns), aliases (5), addresses (6), and the overflow of remarks
 * (2), of the SDN and of the Non-SDN list. They join by ent_num, which both lists share. What a table leaves for its
 * remarks is read from them: birth dates, nationalities, numbers, digital currency addresses, and the quoted aliases
 * that OFAC itself calls weak.
 *
 * A row whose ent_num has no primary row is set aside with a count: the tables were not published together.
 */

import { birthDateOf } from './birth-dates.ts';
import { readRows } from './csv-rows.ts';
import type { ListEntry } from '../entity.ts';
import { EntryDraft } from './draft.ts';
import { identifierOfRemark } from './identifier.ts';
import { Gathering, type Reading } from './reading.ts';

/** What one of OFAC's tables holds. */
export type OfacTable = 'primary' | 'alias' | 'address' | 'remark';

/** A table by what it holds. */
export interface OfacFile {
  readonly table: OfacTable;
  readonly path: string;
  readonly name: string;
  /** The Non-SDN list. */
  readonly isNonSdn: boolean;
}

type Row = readonly string[];

/** Reads tables of one day, or of the days nearest to it. Throws `ListFault`. */
export async function readOfacCsv(files: readonly OfacFile[]): Promise<Reading> {
  const gathering = new Gathering('ofac');
  const overflow = new Map<string, string>();
  const remarkRows = new Map<string, number[]>();
  for (const file of files.filter((one) => one.table === 'remark')) {
    const family = file.isNonSdn;
    for (const { row, number } of await rowsOf(file)) {
      // The overflow goes on in the middle of a word, so its blanks count.
      overflow.set(`${family} ${row[0] ?? ''}`, row[1] ?? '');
      remarkRows.set(row[0] ?? '', [...remarkRows.get(row[0] ?? '') ?? [], number]);
    }
  }
  for (const file of files.filter((one) => one.table === 'primary')) {
    for (const { row } of await rowsOf(file)) readPrimary(gathering.row(cell(row, 0), schemaOf(row)), row, overflow.get(`${file.isNonSdn} ${row[0] ?? ''}`) ?? '');
  }
  for (const [entry, numbers] of remarkRows) for (const number of numbers) joined(gathering, entry, `remarks row ${number}`, () => undefined);
  for (const file of files) {
    if (file.table !== 'alias' && file.table !== 'address') continue;
    const read = file.table === 'alias' ? readAlias : readAddress;
    for (const { row, number } of await rowsOf(file)) joined(gathering, cell(row, 0), `${file.name}:${number}`, (draft) => read(draft, row));
  }
  return gathering.finish();
}

/** One row of the primary table as an entry, for changes of it. Gives the reason where there is none. */
export function entryOfPrimary(row: readonly string[]): ListEntry | string {
  const draft = new EntryDraft('ofac', cell(row, 0), schemaOf(row));
  readPrimary(draft, row, '');
  return draft.finish();
}

/** Numbers of a table's entries: two states of one table share most of them. */
export async function numbersOf(path: string): Promise<Set<string>> {
  let found = new Set<string>();
  await readRows(path, ',', () => {
    found = new Set();
    const begun = found;
    return (row) => begun.add(cell(row, 0));
  });
  return found;
}

async function rowsOf(file: OfacFile): Promise<{ readonly row: Row; readonly number: number }[]> {
  let found: { readonly row: Row; readonly number: number }[] = [];
  await readRows(file.path, ',', () => {
    found = [];
    const begun = found;
    return (row, number) => begun.push({ row, number });
  });
  return found;
}

function joined(gathering: Gathering, entry: string, place: string, add: (draft: EntryDraft) => void): void {
  if (!gathering.has(entry)) gathering.setAside(place, 'no-primary-row');
  else add(gathering.row(entry, 'Organization'));
}

/** OFAC writes `-0-` where a cell is empty. */
function cell(row: Row, index: number): string {
  const text = row[index]?.trim() ?? '';
  return text === '-0-' ? '' : text;
}

function schemaOf(row: Row): EntryDraft['schema'] {
  const type = cell(row, 2).toLowerCase();
  return type === 'individual' ? 'Person' : type === 'vessel' ? 'Vessel' : type === 'aircraft' ? 'Aircraft' : 'Organization';
}

function readPrimary(draft: EntryDraft, row: Row, overflow: string): void {
  draft.name(cell(row, 1), 'primary');
  for (const program of cell(row, 3).split('] [')) draft.program(program);
  if (draft.schema === 'Vessel') draft.nationality(cell(row, 9));
  if (cell(row, 5) !== '') draft.identifier('other', cell(row, 5), null);
  readRemarks(draft, overflow === '' ? cell(row, 11) : `${row[11] ?? ''}${overflow}`);
}

function readAlias(draft: EntryDraft, row: Row): void {
  draft.name(cell(row, 3), 'alias', /weak|low/i.test(cell(row, 4)) ? 'weak' : 'strong');
}

function readAddress(draft: EntryDraft, row: Row): void {
  draft.place([2, 3, 4, 5].map((index) => cell(row, index)).filter((text) => text !== '').join(', '));
}

/** Reads what OFAC writes into remarks, part by part. Both of OFAC's forms have them. */
export function readRemarks(draft: EntryDraft, remarks: string): void {
  for (const part of remarks.split(/;\s+|;$/)) {
    const text = part.trim().replace(/\.$/, '');
    const [, word, rest = ''] = /^(?:alt\. )?(DOB|POB|nationality|citizen|Gender|Digital Currency Address -)\s+(.+)$/.exec(text) ?? [];
    if (word === 'DOB') draft.birthDate(birthDateOf(rest));
    else if (word === 'POB') draft.place(rest);
    else if (word === 'nationality' || word === 'citizen') draft.nationality(rest);
    else if (word === 'Gender') draft.gender(rest);
    else if (word !== undefined) readWallet(draft, rest);
    else readOther(draft, text);
  }
}

function readWallet(draft: EntryDraft, text: string): void {
  const [, asset, address] = /^([A-Z0-9]{2,10})\s+(\S+)/.exec(text) ?? [];
  if (asset !== undefined && address !== undefined) draft.wallet(asset, address);
}

/** Names in quotes are OFAC's weak aliases: useful to a person who compares, misleading to a machine. */
function readOther(draft: EntryDraft, text: string): void {
  const alias = /^(?:alt\. )?(?:a\.k\.a\.|f\.k\.a\.|n\.k\.a\.)\s+'(.+)'$/.exec(text)?.[1];
  if (alias !== undefined) draft.name(alias, 'alias', 'weak');
  const identifier = identifierOfRemark(text);
  if (identifier !== undefined) draft.identifier(identifier.kind, identifier.value, identifier.country);
}
