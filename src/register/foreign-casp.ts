/**
 * ESMA's register of crypto-asset service providers (MiCA) as it is published: a CSV with a byte order mark, cells of
 * several lines, dates in several forms, lists joined in several ways, identifiers with stray signs, rows that stand
 * twice. One record an entity comes out; what cannot be read of a row is told with its row, and a row without a name
 * is set aside and counted. Nothing is guessed: a date that could be two days is none.
 */

import { parse } from 'csv-parse/sync';
import { canonicalDomain } from './domain.ts';
import { isLei } from './publication.ts';
import { foldName } from './sound.ts';

/** Bytes and rows of one state at most; the published one has a hundredth of both. */
const BYTES_MAX = 16 * 1024 * 1024;
const ROWS_MAX = 50_000;

/** An entity of another authority's register. Dates are ISO days; `null` where none is said or none can be read. */
export interface ForeignRecord {
  /** The identifier by which it is the same entity in another state: the LEI, else its folded name with its authority. */
  readonly id: string;
  readonly lei: string | null;
  readonly name: string;
  readonly names: readonly string[];
  readonly authority: string;
  readonly country: string;
  readonly address: string;
  readonly websites: readonly string[];
  readonly authorisedOn: string | null;
  readonly endedOn: string | null;
  /** Letters of Article 3(1)(16) of MiCA, `a` to `j`. */
  readonly services: readonly string[];
  readonly countries: readonly string[];
  readonly comments: string;
  readonly updatedOn: string | null;
}

/** Something in a row that could not be read. `row` counts records from 1, without the head. */
export interface ForeignFault {
  readonly row: number;
  readonly column: string;
  readonly text: string;
}

/** A state as it was read: `read` = records + repeated + quarantined. */
export interface ForeignState {
  readonly records: readonly ForeignRecord[];
  readonly read: number;
  readonly repeated: number;
  readonly quarantined: number;
  readonly faults: readonly ForeignFault[];
}

/** Reads a state; `undefined` when it is no CSV of this form. */
export function readCasps(bytes: Uint8Array): ForeignState | undefined {
  const rows = rowsOf(bytes);
  if (rows === undefined) return undefined;
  const faults: ForeignFault[] = [];
  const byId = new Map<string, ForeignRecord>();
  let quarantined = 0;
  let repeated = 0;
  for (const [i, row] of rows.entries()) {
    const record = recordOf(row, (column, text) => void faults.push({ row: i + 1, column, text: text.slice(0, 200) }));
    if (record === undefined) quarantined += 1;
    else {
      const known = byId.get(record.id);
      if (known !== undefined) repeated += 1;
      byId.set(record.id, known === undefined ? record : joined(known, record));
    }
  }
  return { records: [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), read: rows.length, repeated, quarantined, faults };
}

type Row = Readonly<Record<string, string>>;

function rowsOf(bytes: Uint8Array): Row[] | undefined {
  if (bytes.length > BYTES_MAX) return undefined;
  try {
    const rows: Row[] = parse<Row>(Buffer.from(bytes), { bom: true, columns: (head: string[]) => head.map((name) => name.trim()), relax_column_count: true, skip_empty_lines: true, to: ROWS_MAX + 1 });
    const [first] = rows;
    return rows.length <= ROWS_MAX && first !== undefined && 'ae_lei_name' in first && 'ac_serviceCode' in first ? rows : undefined;
  } catch {
    return undefined;
  }
}

function recordOf(row: Row, fault: (column: string, text: string) => void): ForeignRecord | undefined {
  const cell = (column: string): string => (row[column] ?? '').replaceAll(/\s+/gu, ' ').trim();
  const name = cell('ae_lei_name');
  const folded = foldName(name);
  if (folded === '') return void fault('ae_lei_name', name);
  const lei = cell('ae_lei').toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  if (lei !== '' && !isLei(lei)) fault('ae_lei', cell('ae_lei'));
  const day = (column: string): string | null => {
    const text = cell(column);
    const read = text === '' ? null : dayOf(text);
    if (read === undefined) fault(column, text);
    return read ?? null;
  };
  const websites = listOf(row['ae_website'] ?? '').flatMap((one) => canonicalDomain(one) ?? (fault('ae_website', one), []));
  const services = listOf(row['ac_serviceCode'] ?? '').flatMap((one) => {
    const letters = lettersOf(one);
    if (letters.length === 0) fault('ac_serviceCode', one);
    return letters;
  });
  const countries = unique((row['ac_serviceCode_cou'] ?? '').split(/[|,;/\s]+/).map((one) => one.trim().toUpperCase()).filter((one) => one !== '')).flatMap((one) => (/^[A-Z]{2}$/.test(one) ? one : (fault('ac_serviceCode_cou', one), [])));
  const authority = cell('ae_competentAuthority');
  return {
    id: isLei(lei) ? `lei:${lei}` : `name:${folded}|${foldName(authority)}`, lei: isLei(lei) ? lei : null, name, names: unique((row['ae_commercial_name'] ?? '').split(/[|;\n]+/).map((one) => one.replaceAll(/\s+/gu, ' ').trim()).filter((one) => foldName(one) !== '')),
    authority, country: cell('ae_homeMemberState').toUpperCase(), address: cell('ae_address'), websites: unique(websites), authorisedOn: day('ac_authorisationNotificationDate'), endedOn: day('ac_authorisationEndDate'),
    services: unique(services).sort(), countries: unique(countries).sort(), comments: cell('ac_comments'), updatedOn: day('ac_lastupdate'),
  };
}

/** Services by the words of Article 3(1)(16), for cells that leave the letter out. */
const SERVICE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/custody/i, 'a'], [/trading platform/i, 'b'], [/exchange.*for funds/i, 'c'], [/exchange.*for other/i, 'd'], [/execution of orders/i, 'e'], [/placing/i, 'f'], [/reception and transmission/i, 'g'], [/advice/i, 'h'], [/portfolio/i, 'i'], [/transfer services/i, 'j'],
];

/** The letters that a cell's part names: by its letter, or by the words of the services. */
function lettersOf(text: string): string[] {
  const letter = /^\(?([a-j])\s*[.)]/i.exec(text)?.[1] ?? /^[a-j]$/i.exec(text)?.[0];
  return letter === undefined ? SERVICE_WORDS.flatMap(([words, found]) => (words.test(text) ? found : [])) : [letter.toLowerCase()];
}

/** Parts of a list, whether they are joined by bars, semicolons or lines; a comma may stand inside a part. */
function listOf(text: string): string[] {
  return text.split(/[|;\n]+|,(?=\s*(?:https?:|www\.))|\s+(?=https?:|www\.)/).map((one) => one.replaceAll(/\s+/gu, ' ').trim()).filter((one) => one !== '' && !/^(n\/?a|none|-)$/i.test(one));
}

const unique = <T>(all: readonly T[]): T[] => [...new Set(all)];

/** Two rows of one entity: what either says. A date that differs is the earlier one; the later update counts. */
function joined(one: ForeignRecord, other: ForeignRecord): ForeignRecord {
  const [older, newer] = (one.updatedOn ?? '') <= (other.updatedOn ?? '') ? [one, other] : [other, one];
  const first = [one.authorisedOn, other.authorisedOn].filter((day) => day !== null).sort()[0];
  return {
    ...newer, names: unique([...older.names, ...newer.names]), websites: unique([...older.websites, ...newer.websites]), services: unique([...older.services, ...newer.services]).sort(), countries: unique([...older.countries, ...newer.countries]).sort(),
    authorisedOn: first ?? null, endedOn: newer.endedOn, comments: unique([older.comments, newer.comments].filter((text) => text !== '')).join(' / '),
  };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Day 0 of spreadsheets, which count 1900 as a leap year; 36526 is 2000-01-01. */
const SHEET_EPOCH_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

/**
 * The day of a text, ISO; `undefined` when none can be read. The register writes day before month; ISO, dots, hyphens,
 * month names and a spreadsheet's own day count occur too. A day that does not exist is none, and so is one with the
 * month first: where both would do, the day is first, as the register says of itself.
 */
export function dayOf(text: string): string | undefined {
  const bare = text.trim().replace(/[T ]\d{1,2}:\d{2}.*$/, '').replace(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+/i, '');
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(bare);
  if (iso !== null) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const european = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/.exec(bare);
  if (european !== null) return realDay(yearOf(european[3] ?? ''), Number(european[2]), Number(european[1]));
  const named = /^(\d{1,2})(?:st|nd|rd|th)?[- .]+([a-z]{3})[a-z]*\.?,?[- ]+(\d{4}|\d{2})$/i.exec(bare);
  if (named !== null) return realDay(yearOf(named[3] ?? ''), MONTHS.indexOf((named[2] ?? '').toLowerCase()) + 1, Number(named[1]));
  const american = /^([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/i.exec(bare);
  if (american !== null) return realDay(Number(american[3]), MONTHS.indexOf((american[1] ?? '').toLowerCase()) + 1, Number(american[2]));
  if (/^[345]\d{4}$/.test(bare)) return new Date(SHEET_EPOCH_MS + Number(bare) * DAY_MS).toISOString().slice(0, 10);
  return undefined;
}

function yearOf(text: string): number {
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function realDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1990 || year > 2200 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}
