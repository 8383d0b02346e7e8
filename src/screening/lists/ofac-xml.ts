/**
 * OFAC's lists as XML: the advanced form, 120 MB of references between numbered values, places, documents, parties
 * and sanctions entries; and the plain form (`sdnList`). Only what a party needs is kept while the file passes by.
 * The list's own number is the party's FixedRef, the same as the tables' ent_num.
 */

import { countryOf } from '../countries.ts';
import { birthDateOf, dateOf, rangeOf } from './birth-dates.ts';
import type { EntryDraft } from './draft.ts';
import { identifierKind } from './identifier.ts';
import { readRemarks } from './ofac-csv.ts';
import { Gathering, type Reading } from './reading.ts';
import { nodesAt, textAt, textsAt, xmlRecords, type XmlNode } from './xml-records.ts';

const RECORDS = new Set(['DateOfIssue', 'ReferenceValueSets', 'Location', 'IDRegDocument', 'DistinctParty', 'SanctionsEntry']);
/** OFAC's number for the Latin script, when the file does not say it. */
const LATIN = '215';

interface Document {
  readonly label: string;
  readonly number: string;
  readonly country: string | null;
}

/** What parties refer to, by number. */
class References {
  /** `FeatureType 8` → `Birthdate`. */
  readonly values = new Map<string, string>();
  readonly countries = new Map<string, string>();
  readonly places = new Map<string, { readonly text: string; readonly country: string | undefined }>();
  readonly documents = new Map<string, Document[]>();

  say(kind: string, id: string | undefined): string {
    return id === undefined ? '' : (this.values.get(`${kind} ${id}`) ?? '');
  }
}

/** Reads the advanced form. Throws `ListFault`. */
export async function readOfacAdvanced(path: string): Promise<Reading> {
  const gathering = new Gathering('ofac');
  const known = new References();
  /** Entry of each profile, for the sanctions entries that come after all parties. */
  const profiles = new Map<string, EntryDraft>();
  for await (const node of xmlRecords(path, RECORDS)) {
    if (node.name === 'DateOfIssue') gathering.publishedOn ??= dayAt(node);
    else if (node.name === 'ReferenceValueSets') readReferences(known, node);
    else if (node.name === 'Location') readLocation(known, node);
    else if (node.name === 'IDRegDocument') readDocument(known, node);
    else if (node.name === 'DistinctParty') readParty(gathering, known, profiles, node);
    else if (node.name === 'SanctionsEntry') for (const program of textsAt(node, 'SanctionsMeasure', 'Comment')) profiles.get(node.attributes['ProfileID'] ?? '')?.program(program);
  }
  return gathering.finish();
}

function readReferences(known: References, node: XmlNode): void {
  for (const value of nodesAt(node, '*', '*')) {
    const id = value.attributes['ID'] ?? '';
    known.values.set(`${value.name} ${id}`, value.text.trim());
    if (value.name === 'Country') known.countries.set(id, countryOf(value.attributes['ISO2'] ?? '') ?? countryOf(value.text) ?? '');
    if (value.name === 'AreaCode' && known.countries.get(value.attributes['CountryID'] ?? '') === undefined) known.countries.set(value.attributes['CountryID'] ?? '', countryOf(value.text) ?? '');
  }
}

function readLocation(known: References, node: XmlNode): void {
  const countries = nodesAt(node, 'LocationCountry').map((one) => one.attributes['CountryID'] ?? '');
  const parts = [...textsAt(node, 'LocationPart', 'LocationPartValue', 'Value'), ...countries.map((id) => known.say('Country', id))].filter((text) => text !== '');
  const text = parts.join(', ');
  known.places.set(node.attributes['ID'] ?? '', { text, country: countries.map((id) => known.countries.get(id)).find((code) => code !== undefined && code !== '') ?? countryOf(text) });
}

function readDocument(known: References, node: XmlNode): void {
  const identity = node.attributes['IdentityID'] ?? '';
  const issuer = node.attributes['IssuedBy-CountryID'] ?? nodesAt(node, 'IssuedBy')[0]?.attributes['CountryID'] ?? '';
  const country = known.countries.get(issuer);
  const document = { label: known.say('IDRegDocType', node.attributes['IDRegDocTypeID']), number: textAt(node, 'IDRegistrationNo'), country: country === undefined || country === '' ? null : country };
  known.documents.set(identity, [...known.documents.get(identity) ?? [], document]);
}

function readParty(gathering: Gathering, known: References, profiles: Map<string, EntryDraft>, node: XmlNode): void {
  const draft = gathering.row(node.attributes['FixedRef'] ?? '', 'Organization');
  for (const profile of nodesAt(node, 'Profile')) {
    profiles.set(profile.attributes['ID'] ?? '', draft);
    const type = `${known.say('PartySubType', profile.attributes['PartySubTypeID'])} ${known.say('PartyType', profile.attributes['PartyTypeID'])}`.toLowerCase();
    const isPerson = profile.attributes['PartySubTypeID'] === '4' || type.includes('individual');
    draft.is(type.includes('vessel') ? 'Vessel' : type.includes('aircraft') ? 'Aircraft' : isPerson ? 'Person' : 'Organization');
    for (const identity of nodesAt(profile, 'Identity')) readIdentity(draft, known, identity);
    for (const feature of nodesAt(profile, 'Feature')) readFeature(draft, known, feature);
  }
}

function readIdentity(draft: EntryDraft, known: References, identity: XmlNode): void {
  const groups = new Map(nodesAt(identity, 'NamePartGroups', 'MasterNamePartGroup', 'NamePartGroup').map((one) => [one.attributes['ID'] ?? '', known.say('NamePartType', one.attributes['NamePartTypeID'])]));
  for (const alias of nodesAt(identity, 'Alias')) {
    const quality = /^true$/i.test(alias.attributes['LowQuality'] ?? '') ? 'weak' : 'strong';
    const isPrimary = /^true$/i.test(alias.attributes['Primary'] ?? '');
    for (const [index, name] of nodesAt(alias, 'DocumentedName').entries()) {
      const parts = nodesAt(name, 'DocumentedNamePart', 'NamePartValue');
      const isLatin = parts.every((part) => (part.attributes['ScriptID'] ?? LATIN) === LATIN);
      draft.name(writtenName(parts, groups), !isLatin ? 'original' : isPrimary && index === 0 ? 'primary' : 'alias', quality);
    }
  }
  for (const { label, number, country } of known.documents.get(identity.attributes['ID'] ?? '') ?? []) draft.identifier(identifierKind(label, number, country), number, country);
}

/** `ABBAS, Abu`, as the tables write a person; any other name as its parts. */
function writtenName(parts: readonly XmlNode[], groups: ReadonlyMap<string, string>): string {
  const typeOf = (part: XmlNode): string => (groups.get(part.attributes['NamePartGroupID'] ?? '') ?? '').toLowerCase();
  const last = parts.filter((part) => typeOf(part).includes('last name')).map((part) => part.text.trim());
  const others = parts.filter((part) => !typeOf(part).includes('last name')).map((part) => part.text.trim());
  return last.length > 0 && others.length > 0 ? `${last.join(' ')}, ${others.join(' ')}` : parts.map((part) => part.text.trim()).join(' ');
}

function readFeature(draft: EntryDraft, known: References, feature: XmlNode): void {
  const type = known.say('FeatureType', feature.attributes['FeatureTypeID']).toLowerCase();
  const versions = nodesAt(feature, 'FeatureVersion');
  for (const version of versions.length === 0 ? [feature] : versions) {
    const places = nodesAt(version, 'VersionLocation').map((one) => known.places.get(one.attributes['LocationID'] ?? '')).filter((one) => one !== undefined);
    const details = nodesAt(version, 'VersionDetail').map((one) => one.text.trim() || known.say('DetailReference', one.attributes['DetailReferenceID'])).filter((text) => text !== '');
    const texts = [...details, ...places.map((one) => one.country ?? one.text)];
    if (/birthdate|date of birth/.test(type)) for (const period of nodesAt(version, 'DatePeriod')) draft.birthDate(periodOf(period));
    else if (/nationality|citizenship|vessel flag|^flag/.test(type)) for (const text of texts) draft.nationality(text);
    else if (type.includes('gender')) for (const text of details) draft.gender(text);
    else if (type.startsWith('digital currency address')) for (const address of details) draft.wallet(type.replace(/^digital currency address\s*-?\s*/, '').toUpperCase(), address);
    else if (/swift|mmsi|serial|tail number|\bimo\b|call sign|\blei\b|isin/.test(type)) for (const text of details) draft.identifier(identifierKind(type, text, null), text, null);
    else if (/^location$|place of birth/.test(type)) for (const place of places) draft.place(place.text);
    if (/place of birth/.test(type)) for (const text of details) draft.place(text);
  }
}

/** A period of one day is that day; any other is the years it spans. */
function periodOf(period: XmlNode): string | undefined {
  const first = nodesAt(period, 'Start', 'From')[0];
  const last = nodesAt(period, 'End', 'To')[0] ?? nodesAt(period, 'Start', 'To')[0] ?? first;
  if (first === undefined || last === undefined) return undefined;
  const circa = nodesAt(period, 'Start').some((one) => /^true$/i.test(one.attributes['Approximate'] ?? ''));
  const [from, to] = [Number(textAt(first, 'Year')), Number(textAt(last, 'Year'))];
  const same = (part: string): boolean => textAt(first, part) === textAt(last, part);
  if (circa || from !== to) return rangeOf(from, to, circa);
  return dateOf(from, same('Month') ? Number(textAt(first, 'Month')) || undefined : undefined, same('Month') && same('Day') ? Number(textAt(first, 'Day')) || undefined : undefined);
}

function dayAt(node: XmlNode): string | undefined {
  return dateOf(Number(textAt(node, 'Year')), Number(textAt(node, 'Month')), Number(textAt(node, 'Day')));
}

/** Reads the plain form, `sdnList`. Throws `ListFault`. */
export async function readOfacPlain(path: string): Promise<Reading> {
  const gathering = new Gathering('ofac');
  // The first word is the schema's own misspelling.
  for await (const node of xmlRecords(path, new Set(['publshInformation', 'publishInformation', 'sdnEntry']))) {
    if (node.name === 'sdnEntry') readPlainEntry(gathering.row(textAt(node, 'uid'), plainSchema(textAt(node, 'sdnType'))), node);
    else if (node.name.endsWith('Information')) gathering.publishedOn ??= monthFirst(textAt(node, 'Publish_Date'));
  }
  return gathering.finish();
}

function readPlainEntry(draft: EntryDraft, node: XmlNode): void {
  const nameOf = (part: XmlNode): string => [textAt(part, 'lastName'), textAt(part, 'firstName')].filter((text) => text !== '').join(', ');
  draft.name(nameOf(node), 'primary');
  for (const aka of nodesAt(node, 'akaList', 'aka')) draft.name(nameOf(aka), 'alias', /weak/i.test(textAt(aka, 'category')) ? 'weak' : 'strong');
  for (const program of textsAt(node, 'programList', 'program')) draft.program(program);
  for (const date of textsAt(node, 'dateOfBirthList', 'dateOfBirthItem', 'dateOfBirth')) draft.birthDate(birthDateOf(date));
  for (const place of textsAt(node, 'placeOfBirthList', 'placeOfBirthItem', 'placeOfBirth')) draft.place(place);
  for (const country of [...textsAt(node, 'nationalityList', 'nationality', 'country'), ...textsAt(node, 'citizenshipList', 'citizenship', 'country')]) draft.nationality(country);
  for (const address of nodesAt(node, 'addressList', 'address')) draft.place(address.children.filter((one) => one.name !== 'uid').map((one) => one.text.trim()).filter((text) => text !== '').join(', '));
  for (const id of nodesAt(node, 'idList', 'id')) {
    const [label, number, country] = [textAt(id, 'idType'), textAt(id, 'idNumber'), countryOf(textAt(id, 'idCountry')) ?? null];
    if (/^gender$/i.test(label)) draft.gender(number);
    else if (/^digital currency address/i.test(label)) draft.wallet(label.replace(/^digital currency address\s*-?\s*/i, '').toUpperCase(), number);
    else if (/\d/.test(number) && !/^(?:phone|email|website|fax|secondary|additional|executive|organization)/i.test(label)) draft.identifier(identifierKind(label, number, country), number, country);
  }
  readRemarks(draft, textAt(node, 'remarks'));
}

function plainSchema(type: string): EntryDraft['schema'] {
  return /individual/i.test(type) ? 'Person' : /vessel/i.test(type) ? 'Vessel' : /aircraft/i.test(type) ? 'Aircraft' : 'Organization';
}

/** OFAC's plain form dates itself `MM/DD/YYYY`. */
function monthFirst(text: string): string | undefined {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  return year === undefined ? birthDateOf(text) : dateOf(Number(year), Number(month), Number(day));
}
