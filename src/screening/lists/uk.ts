/**
 * The UK Sanctions List of the FCDO, as XML and as CSV. In the CSV each row is one combination of name, address and
 * birth date, and its first line is no header but the date of the report. The list's own number is the unique id.
 * (OFSI's consolidated list was closed on 28 January 2026 and is not read.)
 */

import { birthDateOf } from './birth-dates.ts';
import { readRows } from './csv-rows.ts';
import type { EntryDraft } from './draft.ts';
import { ListFault } from './fault.ts';
import { identifierKind } from './identifier.ts';
import { Gathering, type Reading } from './reading.ts';
import { nodesAt, textAt, textsAt, xmlRecords, type XmlNode } from './xml-records.ts';

type Schema = EntryDraft['schema'];
const NAME_PARTS = ['Name1', 'Name2', 'Name3', 'Name4', 'Name5', 'Name6'];
const ADDRESS_PARTS = ['AddressLine1', 'AddressLine2', 'AddressLine3', 'AddressLine4', 'AddressLine5', 'AddressLine6', 'AddressPostalCode', 'AddressCountry'];

/** Reads the XML. Throws `ListFault`. */
export async function readUkXml(path: string): Promise<Reading> {
  const gathering = new Gathering('uk');
  for await (const node of xmlRecords(path, new Set(['Designation', 'DateGenerated']))) {
    if (node.name === 'DateGenerated') gathering.publishedOn ??= birthDateOf(node.text);
    else if (node.name === 'Designation') readDesignation(gathering.row(textAt(node, 'UniqueID'), schemaOf(textAt(node, 'IndividualEntityShip'))), node);
  }
  return gathering.finish();
}

function readDesignation(draft: EntryDraft, node: XmlNode): void {
  for (const name of nodesAt(node, 'Names', 'Name')) {
    const text = textAt(name, 'Name') || NAME_PARTS.map((part) => textAt(name, part)).join(' ');
    addName(draft, text, textAt(name, 'NameType'), textAt(name, 'AliasStrength'));
  }
  for (const block of nodesAt(node, 'NonLatinNames')) {
    for (const name of [...textsAt(block, 'NameNonLatinScript'), ...textsAt(block, 'NonLatinName', 'NameNonLatinScript')]) draft.name(name, 'original');
  }
  for (const regime of textsAt(node, 'RegimeName')) draft.program(regime);
  for (const address of nodesAt(node, 'Addresses', 'Address')) draft.place(ADDRESS_PARTS.map((part) => textAt(address, part)).filter((text) => text !== '').join(', '));
  for (const person of nodesAt(node, 'IndividualDetails', 'Individual')) readPerson(draft, person);
  for (const number of textsAt(node, 'EntityDetails', 'Entity', 'BusinessRegistrationNumbers', 'BusinessRegistrationNumber')) draft.identifier('registration', number, null);
  for (const ship of nodesAt(node, 'ShipDetails', 'Ship')) {
    for (const number of textsAt(ship, 'IMONumbers', 'IMONumber')) draft.identifier('registration', number, null);
    for (const flag of textsAt(ship, 'CurrentBelievedFlagOfShips', 'CurrentBelievedFlagOfShip')) draft.nationality(flag);
  }
}

function readPerson(draft: EntryDraft, person: XmlNode): void {
  for (const date of textsAt(person, 'DOBs', 'DOB')) draft.birthDate(birthDateOf(date));
  for (const nationality of textsAt(person, 'Nationalities', 'Nationality')) draft.nationality(nationality);
  for (const gender of textsAt(person, 'Genders', 'Gender')) draft.gender(gender);
  for (const place of nodesAt(person, 'BirthDetails', 'Location')) draft.place([textAt(place, 'TownOfBirth'), textAt(place, 'CountryOfBirth')].filter((text) => text !== '').join(', '));
  for (const [block, each, number, label] of [['PassportDetails', 'Passport', 'PassportNumber', 'passport'], ['NationalIdentifierDetails', 'NationalIdentifier', 'NationalIdentifierNumber', 'national identifier']] as const) {
    const country = draft.nationalityAlone;
    for (const written of textsAt(person, block, each, number)) draft.identifier(identifierKind(label, written, country), written, country);
  }
}

/** Header of a CSV column, without spaces and signs, to what it holds. */
const keyOf = (header: string): string => header.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Reads the CSV. Throws `ListFault`. */
export async function readUkCsv(path: string): Promise<Reading> {
  let gathering = new Gathering('uk');
  await readRows(path, ',', () => {
    gathering = new Gathering('uk');
    const begun = gathering;
    let columns: readonly string[] | undefined;
    return (row, number) => {
      if (columns !== undefined) readRow(begun, columns, row, number);
      else if (row.some((cell) => keyOf(cell) === 'uniqueid')) columns = row.map(keyOf);
      else if (number > 20) throw new ListFault('LIST_FILE_UNKNOWN', 'no header with a unique id');
      else begun.publishedOn ??= birthDateOf(row.join(' ').replace(/report date|last updated/i, ''));
    };
  });
  return gathering.finish();
}

function readRow(gathering: Gathering, columns: readonly string[], row: readonly string[], number: number): void {
  const at = (...keys: string[]): string => keys.map((key) => row[columns.indexOf(key)]?.trim() ?? '').find((cell) => cell !== '') ?? '';
  const id = at('uniqueid');
  if (id === '') return gathering.setAside(`row ${number}`, 'no-number');
  const draft = gathering.row(id, schemaOf(at('individualentityship', 'designationtype')));
  addName(draft, ['name1', 'name2', 'name3', 'name4', 'name5', 'name6'].map((key) => at(key)).join(' '), at('nametype', 'aliastype'), at('aliasstrength', 'aliasquality'));
  draft.name(at('namenonlatinscript'), 'original');
  draft.program(at('regimename', 'regime'));
  draft.gender(at('gender'));
  draft.place(['addressline1', 'addressline2', 'addressline3', 'addressline4', 'addressline5', 'addressline6', 'addresspostalcode', 'addresscountry'].map((key) => at(key)).filter((text) => text !== '').join(', '));
  draft.place([at('townofbirth'), at('countryofbirth')].filter((text) => text !== '').join(', '));
  for (const date of many(at('dob'))) draft.birthDate(birthDateOf(date));
  for (const nationality of many(at('nationalityies', 'nationality'))) draft.nationality(nationality);
  for (const flag of many(at('currentbelievedflagofship'))) draft.nationality(flag);
  const country = draft.nationalityAlone;
  for (const value of many(at('passportnumber'))) draft.identifier('passport', value, country);
  for (const value of many(at('nationalidentifiernumber'))) draft.identifier(identifierKind('national identifier', value, country), value, country);
  for (const value of many(at('businessregistrationnumbers'))) draft.identifier('registration', value, null);
  for (const value of many(at('imonumber'))) draft.identifier('registration', value, null);
}

/** `(1) 01/02/1970 (2) 1971` and `Iran; Iraq` as their parts. */
function many(cell: string): string[] {
  return cell.split(/\(\d{1,2}\)|[;|]/).map((part) => part.trim()).filter((part) => part !== '');
}

function addName(draft: EntryDraft, text: string, type: string, strength: string): void {
  const isPrimary = /^primary name$/i.test(type.trim());
  draft.name(text, isPrimary ? 'primary' : 'alias', /low|weak/i.test(strength) ? 'weak' : 'strong');
}

function schemaOf(kind: string): Schema {
  return /ship|vessel/i.test(kind) ? 'Vessel' : /individual/i.test(kind) ? 'Person' : 'Organization';
}
