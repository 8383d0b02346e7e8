/**
 * All lists in a folder, each in its newest state, whatever the files are called. A file that cannot be read is
 * told with its code and stops no other; where an older state of the same list is whole, that one is taken, and the
 * refusal stands beside it. Nothing here needs a server or a database.
 */

import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { assert, reject, type Rejection } from '../../terms/index.ts';
import type { ListEntry } from '../entity.ts';
import { readEuCsv, readEuXml } from './eu.ts';
import { ListFault, type Quarantined } from './fault.ts';
import { headOf } from './list-file.ts';
import { joinEntries } from './join-entries.ts';
import { readNacta } from './nacta.ts';
import { numbersOf, readOfacCsv, type OfacFile } from './ofac-csv.ts';
import { readOfacAdvanced, readOfacPlain } from './ofac-xml.ts';
import { readPlainCsv } from './plain-csv.ts';
import type { Reading } from './reading.ts';
import { recognise, type ListForm } from './recognise.ts';
import { readUkCsv, readUkXml } from './uk.ts';
import { readUn } from './un.ts';

/** Files looked at in one folder at most, and folders inside each other. */
const FILES_MAX = 2_000;
const DEPTH_MAX = 5;
/** Two tables are states of one list when this share of the smaller one's entries is in both. SDN of 2021 and 2024: 0.90; SDN and Non-SDN: 0.14. */
const SAME_LIST_SHARE = 0.5;

/** A list as it was found. `rows` = entries + `folded` + `quarantined.length`. */
export interface FoundList {
  /** `ofac`, `un`, `uk`, `eu`, `nacta`, or an authority's own code. */
  readonly list: string;
  /** Day of the state: what the file says of itself, else what its name says, else the day on which it was written. */
  readonly version: string;
  readonly files: readonly string[];
  readonly entries: readonly ListEntry[];
  readonly rows: number;
  /** Rows that added to the entry of another row. */
  readonly folded: number;
  /** Rows that could not be kept, each with its place and reason. */
  readonly quarantined: readonly Quarantined[];
}

/** What a folder holds. */
export interface FoundLists {
  readonly lists: readonly FoundList[];
  /** Files that were not taken: no list, or a list that cannot be read. Names are relative to the folder. */
  readonly refused: readonly ({ readonly file: string } & Rejection)[];
  /** Older states of a list that is here in a newer one. */
  readonly superseded: readonly string[];
  /** Files that are of a later day than was asked for. */
  readonly later: readonly string[];
}

/** Later than the day of every list. */
const LAST_DAY = '9999-12-31';

interface Candidate {
  readonly path: string;
  readonly name: string;
  readonly form: ListForm;
  /** Day of the state as far as the name or the file system tells. */
  readonly day: string;
}

/**
 * Reads every list found in a folder, each in its newest state; with `until`, in its newest state of that day or before.
 * Throws only when the folder itself cannot be read.
 */
export async function readLists(directory: string, until?: string): Promise<FoundLists> {
  const refused: ({ readonly file: string } & Rejection)[] = [];
  const candidates: Candidate[] = [];
  for (const path of await filesIn(directory, 0)) {
    const name = relative(directory, path);
    const form = await formOf(path);
    if ('code' in form) refused.push({ file: name, ...form });
    else candidates.push({ path, name, form, day: dayOfName(basename(path)) ?? await dayWritten(path) });
  }
  const found = new FoundStates(refused, until ?? LAST_DAY);
  await found.takeOfacTables(candidates.filter((one) => found.isDue(one)));
  for (const one of candidates.filter((each) => each.form.form !== 'ofac-table')) await found.take(one);
  return found.finish();
}

/** States of lists while they are found: the newest that is whole of each. */
class FoundStates {
  readonly #refused: ({ readonly file: string } & Rejection)[];
  readonly #states: { readonly part: string; readonly state: FoundList }[] = [];
  readonly #superseded: string[] = [];
  readonly #later: string[] = [];
  readonly #until: string;

  constructor(refused: ({ readonly file: string } & Rejection)[], until: string) {
    this.#refused = refused;
    this.#until = until;
  }

  /** Is a table, whose day stands in its name alone, of the day that was asked for or before? */
  isDue(one: Candidate): boolean {
    if (one.form.form !== 'ofac-table') return false;
    const isDue = one.day <= this.#until;
    if (!isDue) this.#later.push(one.name);
    return isDue;
  }

  async take(one: Candidate): Promise<void> {
    try {
      for (const reading of await readOne(one.path, one.form)) this.#add(reading, one.day, [one.name], partOf(one, reading.list));
    } catch (error) {
      this.#refused.push({ file: one.name, ...rejectionOf(error) });
    }
  }

  /** OFAC's tables join each other, so they are chosen together: of each kind the newest, of the SDN and of the Non-SDN list. */
  async takeOfacTables(candidates: readonly Candidate[]): Promise<void> {
    const chosen: (Candidate & { readonly table: OfacFile })[] = [];
    for (const table of ['primary', 'alias', 'address', 'remark'] as const) {
      const kept: { readonly family: string; readonly numbers: ReadonlySet<string> }[] = [];
      const ofKind = candidates.filter((one) => one.form.form === 'ofac-table' && one.form.table === table).sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : a.name < b.name ? 1 : -1));
      for (const one of ofKind) {
        try {
          const numbers = await numbersOf(one.path);
          const family = isNonSdn(one.path) ? 'cons' : 'sdn';
          if (kept.some((other) => other.family === family && isSameList(other.numbers, numbers))) this.#superseded.push(one.name);
          else {
            kept.push({ family, numbers });
            chosen.push({ ...one, table: { table, path: one.path, name: basename(one.path), isNonSdn: family === 'cons' } });
          }
        } catch (error) {
          this.#refused.push({ file: one.name, ...rejectionOf(error) });
        }
      }
    }
    const families = new Set(chosen.filter((one) => one.table.table === 'primary').map((one) => one.table.isNonSdn));
    // Tables without a primary of their own family belong to the one that is here.
    const [only] = families;
    for (const family of families.size === 0 ? [false] : [false, true].filter((one) => families.has(one))) {
      const own = chosen.filter((one) => families.size < 2 ? only === family || only === undefined : one.table.isNonSdn === family);
      if (own.length > 0) await this.#takeTables(own, family);
    }
  }

  async #takeTables(chosen: readonly (Candidate & { readonly table: OfacFile })[], isNonSdn: boolean): Promise<void> {
    try {
      const days = chosen.filter((one) => one.table.table === 'primary').map((one) => one.day).sort();
      this.#add(await readOfacCsv(chosen.map((one) => one.table)), days.at(-1) ?? '', chosen.map((one) => one.name), isNonSdn ? 'ofac non-sdn' : 'ofac');
    } catch (error) {
      for (const one of chosen) this.#refused.push({ file: one.name, ...rejectionOf(error) });
    }
  }

  #add(reading: Reading, day: string, files: readonly string[], part: string): void {
    assert(reading.rows === reading.entries.length + reading.folded + reading.quarantined.length, 'the counts of a list balance');
    const { list, entries, rows, folded, quarantined } = reading;
    if ((reading.publishedOn ?? day) > this.#until) return void this.#later.push(...files);
    this.#states.push({ part, state: { list, version: reading.publishedOn ?? day, files, entries, rows, folded, quarantined } });
  }

  finish(): FoundLists {
    const newest = new Map<string, FoundList>();
    // The tables come first, so of two states of one day the file that came after them, OFAC's XML, leads.
    for (const { part, state } of this.#states.filter((one) => one.state.rows > 0)) {
      const known = newest.get(part);
      const [kept, left] = known === undefined ? [state, undefined] : state.version >= known.version ? [state, known] : [known, state];
      newest.set(part, kept);
      if (left !== undefined) this.#superseded.push(...left.files);
    }
    return { lists: joined(newest), refused: this.#refused, superseded: this.#superseded, later: this.#later };
  }
}

/** Parts of one list as one: OFAC's Non-SDN list shares its numbers with the SDN. */
function joined(parts: ReadonlyMap<string, FoundList>): FoundList[] {
  const lists = new Map<string, FoundList>();
  for (const state of parts.values()) {
    const known = lists.get(state.list);
    if (known === undefined) {
      lists.set(state.list, state);
      continue;
    }
    const { entries, folded } = joinEntries([...known.entries, ...state.entries]);
    lists.set(state.list, {
      // A list is as fresh as its stalest part.
      list: state.list, version: state.version < known.version ? state.version : known.version, files: [...known.files, ...state.files], entries, rows: known.rows + state.rows,
      folded: known.folded + state.folded + folded, quarantined: [...known.quarantined, ...state.quarantined],
    });
  }
  return [...lists.values()].sort((a, b) => (a.list < b.list ? -1 : 1));
}

function partOf(one: Candidate, list: string): string {
  return list === 'ofac' && isNonSdn(one.path) ? 'ofac non-sdn' : list;
}

async function readOne(path: string, form: ListForm): Promise<Reading[]> {
  switch (form.form) {
    case 'ofac-advanced': return [await readOfacAdvanced(path)];
    case 'ofac-plain': return [await readOfacPlain(path)];
    case 'un': return [await readUn(path)];
    case 'uk-xml': return [await readUkXml(path)];
    case 'uk-csv': return [await readUkCsv(path)];
    case 'eu-xml': return [await readEuXml(path)];
    case 'eu-csv': return [await readEuCsv(path)];
    case 'nacta': return [await readNacta(path)];
    case 'plain': return readPlainCsv(path, form.delimiter, basename(path).replace(/(?:\.(?:csv|tsv|txt|gz))+$/i, '').replace(/[-_ ]?\d{4}[-_]?\d{2}[-_]?\d{2}/, '') || 'list');
    case 'ofac-table': throw new ListFault('LIST_FILE_UNKNOWN', 'a table of OFAC is read with its others');
  }
}

async function formOf(path: string): Promise<ListForm | Rejection> {
  try {
    const form = recognise(await headOf(path));
    if (form === 'declares-entities') return reject('LIST_FILE_FORBIDDEN');
    return form === 'unknown' ? reject('LIST_FILE_UNKNOWN') : form;
  } catch (error) {
    return rejectionOf(error);
  }
}

function rejectionOf(error: unknown): Rejection {
  if (error instanceof ListFault) return reject(error.code, error.detail);
  throw error;
}

async function filesIn(directory: string, depth: number): Promise<string[]> {
  const found: string[] = [];
  for (const entry of (await readdir(directory, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(directory, entry.name);
    if (entry.isDirectory() && depth < DEPTH_MAX) found.push(...await filesIn(path, depth + 1));
    else if (entry.isFile() || (entry.isSymbolicLink() && (await stat(path)).isFile())) found.push(path);
    assert(found.length <= FILES_MAX, `a folder of lists holds at most ${FILES_MAX} files`);
  }
  return found;
}

function isNonSdn(path: string): boolean {
  return /cons|non[-_ ]?sdn/i.test(basename(path));
}

function isSameList(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const one of small) if (large.has(one)) shared += 1;
  return small.size > 0 && shared / small.size >= SAME_LIST_SHARE;
}

function dayOfName(name: string): string | undefined {
  const [, year, month, day] = /(?<!\d)((?:19|20)\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(name) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}

async function dayWritten(path: string): Promise<string> {
  return (await stat(path)).mtime.toISOString().slice(0, 10);
}
