/**
 * The EU's consolidated list of financial sanctions, as XML (`export`, everything in attributes) and as CSV with
 * semicolons, where each row repeats the entity beside one name, address, birth date or document. The list's own
 * number is the logical id. Names without a Latin letter are names in the script of their bearer.
 */

import { countryOf } from '../countries.ts';
import { birthDateOf, dateOf, rangeOf } from './birth-dates.ts';
import { readRows } from './csv-rows.ts';
import type { EntryDraft } from './draft.ts';
import { identifierKind } from './identifier.ts';
import { Gathering, type Reading } from './reading.ts';
import { nodesAt, xmlRecords, type XmlNode } from './xml-records.ts';

type Cell = (name: string) => string;

/** Reads the XML. Throws `ListFault`. */
export async function readEuXml(path: string): Promise<Reading> {
  const gathering = new Gathering('eu');
  for await (const node of xmlRecords(path, new Set(['sanctionEntity']))) {
    if (node.name !== 'sanctionEntity') {
      gathering.publishedOn ??= dayOf(node.attributes['generationDate'] ?? '');
      continue;
    }
    const draft = gathering.row(node.attributes['logicalId'] ?? '', 'Organization');
    for (const subject of nodesAt(node, 'subjectType')) if (isPerson(subject.attributes['classificationCode'] ?? subject.attributes['code'] ?? '')) draft.is('Person');
    for (const regulation of nodesAt(node, 'regulation')) draft.program(regulation.attributes['programme'] ?? '');
    for (const [kind, add] of PARTS) for (const part of nodesAt(node, kind)) add(draft, attributesOf(part));
  }
  return gathering.finish();
}

const attributesOf = (node: XmlNode): Cell => (name) => node.attributes[name] ?? '';

const PARTS: readonly (readonly [string, (draft: EntryDraft, at: Cell) => void])[] = [
  ['nameAlias', addName], ['citizenship', addCitizenship], ['birthdate', addBirth], ['address', addAddress], ['identification', addIdentification],
];

/** Reads the CSV. Throws `ListFault`. */
export async function readEuCsv(path: string): Promise<Reading> {
  let gathering = new Gathering('eu');
  await readRows(path, ';', () => {
    gathering = new Gathering('eu');
    const begun = gathering;
    let columns: ReadonlyMap<string, number> | undefined;
    return (row, number) => {
      if (columns !== undefined) readRow(begun, columns, row, number);
      else if (row.some((cell) => /^entity_logicalid$/i.test(cell.trim()))) columns = new Map(row.map((cell, i) => [cell.trim().toLowerCase(), i]));
      else begun.publishedOn ??= dayOf(row.join(' '));
    };
  });
  return gathering.finish();
}

function readRow(gathering: Gathering, columns: ReadonlyMap<string, number>, row: readonly string[], number: number): void {
  const at: Cell = (name) => row[columns.get(name.toLowerCase()) ?? -1]?.trim() ?? '';
  const id = at('Entity_LogicalId');
  if (row.every((cell) => cell.trim() === '')) return gathering.setAside(`row ${number}`, 'empty');
  if (id === '') return gathering.setAside(`row ${number}`, 'no-number');
  gathering.publishedOn ??= dayOf(at('fileGenerationDate'));
  const draft = gathering.row(id, 'Organization');
  if (isPerson(at('Entity_SubjectType_ClassificationCode') || at('Entity_SubjectType'))) draft.is('Person');
  draft.program(at('Entity_Regulation_Programme'));
  const inPart = (prefix: string): Cell => (name) => at(`${prefix}_${name}`);
  addName(draft, inPart('NameAlias'));
  addCitizenship(draft, inPart('Citizenship'));
  addBirth(draft, inPart('BirthDate'));
  addAddress(draft, inPart('Address'));
  addIdentification(draft, inPart('Identification'));
}

function addName(draft: EntryDraft, at: Cell): void {
  const name = at('wholeName') || [at('firstName'), at('middleName'), at('lastName')].join(' ');
  // The list marks no primary name: its first one leads.
  draft.name(name, draft.hasName ? 'alias' : 'primary', /^false$/i.test(at('strong')) ? 'weak' : 'strong');
  draft.gender(at('gender'));
}

function addCitizenship(draft: EntryDraft, at: Cell): void {
  draft.nationality(at('countryIso2Code'));
}

function addBirth(draft: EntryDraft, at: Cell): void {
  const circa = /^true$/i.test(at('circa'));
  const [from, to] = [Number(at('yearRangeFrom')), Number(at('yearRangeTo'))];
  const date = from > 0 && to > 0 ? rangeOf(from, to, circa)
    : birthDateOf(at('birthdate')) ?? dateOf(Number(at('year')), numberOf(at('monthOfYear') || at('month')), numberOf(at('dayOfMonth') || at('day')));
  draft.birthDate(date !== undefined && circa && !date.includes('/') ? rangeOf(Number(date.slice(0, 4)), Number(date.slice(0, 4)), true) : date);
  draft.place([at('place'), at('city'), at('region'), countryText(at)].filter((text) => text !== '').join(', '));
}

function addAddress(draft: EntryDraft, at: Cell): void {
  draft.place([at('street'), at('place'), at('city'), at('zipCode'), at('region'), countryText(at)].filter((text) => text !== '').join(', '));
}

function addIdentification(draft: EntryDraft, at: Cell): void {
  const number = at('number') || at('latinNumber');
  const country = countryOf(at('countryIso2Code')) ?? null;
  const label = `${at('identificationTypeCode') || at('typeCode')} ${at('identificationTypeDescription') || at('typeDescription')}`;
  // A document known to be forged names somebody else.
  if (!/^true$/i.test(at('knownFalse'))) draft.identifier(identifierKind(label, number, country), number, country);
}

function countryText(at: Cell): string {
  const text = at('countryDescription');
  return /^unknown$/i.test(text) ? '' : text;
}

function numberOf(text: string): number | undefined {
  return text === '' ? undefined : Number(text);
}

function isPerson(code: string): boolean {
  return /^p/i.test(code);
}

function dayOf(text: string): string | undefined {
  const iso = /\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  return iso ?? birthDateOf(text);
}
