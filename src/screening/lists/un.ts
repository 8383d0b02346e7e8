/**
 * The UN Security Council's consolidated list in XML. Aliases of quality "Low" are weak, as the list itself warns;
 * names in the script of their bearer are kept beside the Latin ones. The list's own number is DATAID.
 */

import { countryOf } from '../countries.ts';
import { birthDateOf, dateOf, rangeOf } from './birth-dates.ts';
import type { EntryDraft } from './draft.ts';
import { identifierKind } from './identifier.ts';
import { Gathering, type Reading } from './reading.ts';
import { nodesAt, textAt, textsAt, xmlRecords, type XmlNode } from './xml-records.ts';

const RECORDS = new Set(['INDIVIDUAL', 'ENTITY']);

/** Reads the list. Throws `ListFault`. */
export async function readUn(path: string): Promise<Reading> {
  const gathering = new Gathering('un');
  for await (const node of xmlRecords(path, RECORDS)) {
    if (!RECORDS.has(node.name)) {
      gathering.publishedOn ??= /^\d{4}-\d{2}-\d{2}/.exec(node.attributes['dateGenerated'] ?? '')?.[0];
      continue;
    }
    const isPerson = node.name === 'INDIVIDUAL';
    const draft = gathering.row(textAt(node, 'DATAID'), isPerson ? 'Person' : 'Organization');
    readRecord(draft, node, isPerson ? 'INDIVIDUAL' : 'ENTITY');
  }
  return gathering.finish();
}

function readRecord(draft: EntryDraft, node: XmlNode, prefix: string): void {
  draft.name(['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'].map((part) => textAt(node, part)).join(' '), 'primary');
  for (const name of textsAt(node, 'NAME_ORIGINAL_SCRIPT')) draft.name(name, 'original');
  for (const alias of nodesAt(node, `${prefix}_ALIAS`)) draft.name(textAt(alias, 'ALIAS_NAME'), 'alias', /^low/i.test(textAt(alias, 'QUALITY')) ? 'weak' : 'strong');
  for (const program of textsAt(node, 'UN_LIST_TYPE')) draft.program(program);
  for (const gender of textsAt(node, 'GENDER')) draft.gender(gender);
  for (const nationality of textsAt(node, 'NATIONALITY', 'VALUE')) draft.nationality(nationality);
  for (const birth of nodesAt(node, `${prefix}_DATE_OF_BIRTH`)) draft.birthDate(birthOf(birth));
  for (const place of [...nodesAt(node, `${prefix}_ADDRESS`), ...nodesAt(node, `${prefix}_PLACE_OF_BIRTH`)]) {
    draft.place(['STREET', 'CITY', 'STATE_PROVINCE', 'ZIP_CODE', 'COUNTRY', 'NOTE'].map((part) => textAt(place, part)).filter((text) => text !== '').join(', '));
  }
  for (const document of nodesAt(node, `${prefix}_DOCUMENT`)) {
    const country = countryOf(textAt(document, 'ISSUING_COUNTRY')) ?? countryOf(textAt(document, 'COUNTRY_OF_ISSUE')) ?? null;
    const label = textAt(document, 'TYPE_OF_DOCUMENT') || textAt(document, 'TYPE_OF_DOCUMENT2');
    const number = textAt(document, 'NUMBER');
    draft.identifier(identifierKind(label, number, country), number, country);
  }
}

function birthOf(birth: XmlNode): string | undefined {
  const circa = /approx/i.test(textAt(birth, 'TYPE_OF_DATE'));
  const [from, to] = [Number(textAt(birth, 'FROM_YEAR')), Number(textAt(birth, 'TO_YEAR'))];
  if (from > 0 && to > 0) return rangeOf(from, to, circa);
  const written = textAt(birth, 'DATE') || textAt(birth, 'YEAR');
  const date = birthDateOf(written) ?? dateOf(Number(textAt(birth, 'YEAR')), undefined, undefined);
  return date !== undefined && circa ? rangeOf(Number(date.slice(0, 4)), Number(date.slice(0, 4)), true) : date;
}
