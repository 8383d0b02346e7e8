/**
 * What kind of number a list's label means, and how OFAC's remarks write one. Only labels of a closed list make an
 * identifier: `Branch 15` in somebody's office is no number of a person. Pakistan's 13 digits are a CNIC whatever
 * the label calls them, except on a passport or a NICOP.
 */

import { countryOf } from '../countries.ts';
import type { ListIdentifier } from '../entity.ts';

type Kind = ListIdentifier['kind'];

const CNIC_DIGITS = 13;
/** Label to kind, the first that fits. */
const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/nicop/i, 'nicop'],
  [/pass(?:port|eport)|pasaporte|travel document/i, 'passport'],
  [/legal entity (?:number|identifier)|\blei\b/i, 'lei'],
  [/cnic|\bnic\b(?! code)/i, 'cnic'],
  [/tax|fiscal|v\.?a\.?t\.?|^nit\b|^ruc\b|r\.?f\.?c|\binn\b|\bfein\b|^rif\b|^rtn\b|c\.u\.i\.t|c\.i\.f|^cuit|\bpan\b|nuit/i, 'tax'],
  [/regist|company number|\bimo\b|incorporation|^c\.r\. no|folio|matricula|chamber of comm|trade license|social credit|business (?:number|registration)|enterprise number|economic register|regnumber|ogrn|charity/i, 'registration'],
];

/** Kind of an identifier by its label, its value and the country that gave it. */
export function identifierKind(label: string, value: string, country: string | null): Kind {
  const kind = KINDS.find(([pattern]) => pattern.test(label))?.[1];
  const isNumber = /^[\d\s-]+$/.test(value) && value.replace(/\D/g, '').length === CNIC_DIGITS;
  if (country === 'pk' && isNumber && kind !== 'passport' && kind !== 'nicop') return 'cnic';
  return kind === 'cnic' && !isNumber ? 'other' : (kind ?? 'other');
}

/** Labels of OFAC's remarks that hold a number of the person, firm or vessel. Phones, gazettes and orders are none. */
const LABELS = [
  '(?:Diplomatic |Stateless Person |British National Overseas )?Passport(?: Booklet:?)?', 'Travel Document Number', 'National ID No\\.', 'National Foreign ID Number', 'Personal ID Card', 'Kenyan ID No\\.',
  'Tazkira National ID Card', "Citizen's Card Number", 'Turkish Identification Number', 'Identification Number(?: IMO)?', 'UAE Identification', 'Numero de Identidad', 'Refugee ID Card',
  'Residency Number', 'Cedula No\\.', 'C\\.U\\.R\\.P\\.(?: #)?', 'C\\.U\\.I\\.P?\\.?', 'D\\.N\\.I\\.', 'I\\.F\\.E\\.', 'SSN', 'LE Number', 'Electoral Registry No\\.', 'Credencial electoral', 'Birth Certificate Number',
  "Driver's License No\\.", 'Pilot License Number', 'Tax ID No\\.', 'V\\.A\\.T\\. Number', 'NIT #', 'RUC #', 'R\\.F\\.C\\.(?: #)?', 'RFC', 'RIF #', 'RTN', 'C\\.U\\.I\\.T\\.', 'C\\.I\\.F\\.', 'US FEIN', 'Italian Fiscal Code:?',
  'Paraguayan tax identification number', 'Registration Number', 'Registration ID', 'Business Registration (?:Number|Document #)', 'Business Number', 'Commercial Registry Number', '(?:UK )?Company Number(?: IMO)?',
  'Legal Entity Number', 'Unified Social Credit Code(?: \\(USCC\\))?', 'United Social Credit Code Certificate(?: \\(USCCC\\))?', 'C\\.R\\. No\\.', 'Economic Register Number(?: \\(CBLS\\))?', 'Trade License No\\.', 'License',
  'Matricula Mercantil No\\.?', 'Folio Mercantil No\\.', 'Chamber of Commerce Number', 'Certificate of Incorporation Number', 'Enterprise Number', 'Central Registration System Number', 'Public Registration Number',
  'Registered Charity No\\.', 'D-U-N-S Number', 'SWIFT/BIC', 'BIK \\(RU\\)', 'ISIN', 'MMSI', 'Vessel Registration Identification(?: IMO)?', 'Aircraft Tail Number', "Aircraft Manufacturer's Serial Number(?: \\(MSN\\))?",
  'Military Registration Number', 'File Number',
];
const REMARK = new RegExp(`^(?:alt\\. )?(${LABELS.join('|')})\\s+(\\S.*)$`);

/** `Passport AB4106401 (Pakistan) issued 04 May 2001` as an identifier, or undefined when the remark holds none. */
export function identifierOfRemark(remark: string): ListIdentifier | undefined {
  const found = REMARK.exec(remark);
  const [label, rest] = [found?.[1], found?.[2]];
  if (label === undefined || rest === undefined || !/\d/.test(rest)) return undefined;
  const value = rest.replace(/\s*(?:\b(?:issued|expires|expired|valid)\b.*)?$/, '').trim();
  const place = /^(.*?)\s*\(([^()]+)\)\s*$/.exec(value);
  const country = place?.[2] === undefined ? undefined : countryOf(place[2]);
  const number = (place?.[1] ?? value).replace(/^#\s*/, '').trim();
  return number === '' || number.length > 60 ? undefined : { kind: identifierKind(label, number, country ?? null), value: number, country: country ?? null };
}
