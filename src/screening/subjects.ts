/**
 * Entries of several lists that speak of one person or firm are one subject, so that one bearer raises one alert.
 * They stay separate candidates; the subject stands beside each, with the reason. A subject holds one entry of a list
 * at most, because a list that has two entries means two bearers. What contradicts a bearer (another CNIC, no birth
 * date in common, another gender) keeps entries apart whatever their names, and so does a person's decision.
 */

import type { ListEntry } from './entity.ts';
import { isTelling, numberKey } from './match/features.ts';
import { prepareName } from './match/prepare.ts';

/** Why two entries are one subject, strongest first. */
type Ground = 'number' | 'name-and-birth-day' | 'names-and-birth-year' | 'name-of-firm';

/** Two entries that were made one, with what they have in common. */
export interface SubjectLink {
  /** `list:entry`. */
  readonly a: string;
  readonly b: string;
  readonly ground: Ground;
  readonly says: string;
}

/** Subjects of entries: only those that hold several are named. */
export interface Subjects {
  /** Subject of `list:entry`: the first of its entries. */
  readonly subjectOf: ReadonlyMap<string, string>;
  readonly links: readonly SubjectLink[];
}

const GROUNDS: readonly Ground[] = ['number', 'name-and-birth-day', 'names-and-birth-year', 'name-of-firm'];
/** Kinds of number that one bearer has; a tax or registration number only together with its country. */
const OWN_NUMBERS: ReadonlySet<string> = new Set(['cnic', 'nicop', 'passport', 'lei']);
/** Words of a firm's name from which on two firms hardly share it. */
const FIRM_WORDS_MIN = 3;
/** Entries that share a key at most; what more share says nothing about who they are. */
const SHARED_MAX = 12;

/** `list:entry`. */
export function keyOfEntry(entry: Pick<ListEntry, 'list' | 'entry'>): string {
  return `${entry.list}:${entry.entry}`;
}

/** Joins entries of different lists. `parted`: pairs `a b` of keys, in their order, that a person has decided are two. */
export function subjectsOf(entries: readonly ListEntry[], parted: ReadonlySet<string> = new Set()): Subjects {
  const groups = new Map<string, { readonly lists: Set<string>; readonly members: string[] }>();
  const kept: SubjectLink[] = [];
  for (const link of linksOf(entries, parted)) {
    const [a, b] = [groupOf(groups, link.a), groupOf(groups, link.b)];
    if (a === b || [...a.lists].some((list) => b.lists.has(list)) || a.members.some((one) => b.members.some((other) => parted.has(pairOf(one, other))))) continue;
    for (const list of b.lists) a.lists.add(list);
    a.members.push(...b.members);
    for (const member of b.members) groups.set(member, a);
    kept.push(link);
  }
  const subjectOf = new Map<string, string>();
  for (const [key, { members }] of groups) if (members.length > 1) subjectOf.set(key, members.reduce((first, one) => (one < first ? one : first)));
  return { subjectOf, links: kept };
}

function groupOf(groups: Map<string, { readonly lists: Set<string>; readonly members: string[] }>, key: string): { readonly lists: Set<string>; readonly members: string[] } {
  const known = groups.get(key);
  if (known !== undefined) return known;
  const made = { lists: new Set([key.slice(0, key.indexOf(':'))]), members: [key] };
  groups.set(key, made);
  return made;
}

/** The pair of two keys in its one order, as `parted` holds it. */
export function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

/** Every link that holds, the strongest first, in an order of its own. */
function linksOf(entries: readonly ListEntry[], parted: ReadonlySet<string>): SubjectLink[] {
  const found: SubjectLink[] = [];
  if (entries.every((entry) => entry.list === entries[0]?.list)) return found;
  for (const [key, sharing] of sharedKeys(entries)) {
    if (sharing.length < 2 || sharing.length > SHARED_MAX) continue;
    const { ground, says } = groundOf(key);
    for (const [i, one] of sharing.entries()) {
      for (const other of sharing.slice(i + 1)) {
        const [a, b] = [keyOfEntry(one), keyOfEntry(other)].sort();
        if (one.list === other.list || a === undefined || b === undefined || parted.has(pairOf(a, b)) || contradicts(one, other)) continue;
        found.push({ a, b, ground, says });
      }
    }
  }
  return found.sort((x, y) => GROUNDS.indexOf(x.ground) - GROUNDS.indexOf(y.ground) || order(x.a, y.a) || order(x.b, y.b));
}

/** What entries may share, as texts that begin with the ground. */
function sharedKeys(entries: readonly ListEntry[]): Map<string, ListEntry[]> {
  const shared = new Map<string, ListEntry[]>();
  for (const entry of entries) {
    for (const key of new Set(keysOf(entry))) {
      const known = shared.get(key);
      if (known === undefined) shared.set(key, [entry]);
      else known.push(entry);
    }
  }
  return shared;
}

function keysOf(entry: ListEntry): string[] {
  const keys = entry.identifiers.filter(({ kind, value, country }) => isTelling(value) && (OWN_NUMBERS.has(kind) || (country !== null && kind !== 'other')))
    .map(({ kind, value, country }) => `number\t${kind}\t${OWN_NUMBERS.has(kind) && kind !== 'passport' ? '' : (country ?? '')}\t${numberKey(value)}`);
  const names = entry.names.filter((name) => name.quality === 'strong').flatMap((name) => nameKey(name.text, entry.schema === 'Person') ?? []);
  if (entry.schema !== 'Person') return [...keys, ...names.filter((name) => name.split(' ').length >= FIRM_WORDS_MIN).map((name) => `name-of-firm\t${entry.schema}\t${name}`)];
  const many = names.filter((name) => name.includes(' '));
  for (const birth of entry.birthDates) {
    if (birth.length === 10) keys.push(...many.map((name) => `name-and-birth-day\t${birth}\t${name}`));
    if (many.length > 1 && !birth.includes('/')) keys.push(...pairsOf(many).map((pair) => `names-and-birth-year\t${birth.slice(0, 4)}\t${pair}`));
  }
  return keys;
}

/** Pairs of names of one entry; entries of hundreds of names give those of the first ones. */
function pairsOf(names: readonly string[]): string[] {
  const few = [...new Set(names)].sort().slice(0, 20);
  return few.flatMap((one, i) => few.slice(i + 1).map((other) => `${one}\t${other}`));
}

/** Words of a name in an order of their own, one writing for all of a known name. */
function nameKey(text: string, isPerson: boolean): string | undefined {
  const prepared = prepareName(text, isPerson);
  if (typeof prepared === 'string') return undefined;
  return prepared.words.filter((word) => word.kind !== 'particle').map((word) => (word.variant > 0 ? `#${word.variant}` : word.text)).sort().join(' ');
}

function groundOf(key: string): { readonly ground: Ground; readonly says: string } {
  const [word = '', first = '', second = ''] = key.split('\t');
  const ground = GROUNDS.find((one) => one === word) ?? 'name-of-firm';
  const says = ground === 'number' ? `the same ${first} number${second === '' ? '' : ` of ${second}`}`
    : ground === 'name-and-birth-day' ? `the same name and the birth date ${first}`
      : ground === 'names-and-birth-year' ? `two names in common and the birth year ${first}` : 'the same name of three words or more';
  return { ground, says };
}

/** Does something that both say speak against one bearer? */
function contradicts(a: ListEntry, b: ListEntry): boolean {
  if ((a.schema === 'Person') !== (b.schema === 'Person')) return true;
  if (a.gender !== null && b.gender !== null && a.gender !== b.gender) return true;
  const [x, y] = [cnicsOf(a), cnicsOf(b)];
  if (x.length > 0 && y.length > 0 && !x.some((one) => y.includes(one))) return true;
  return a.birthDates.length > 0 && b.birthDates.length > 0 && !a.birthDates.some((one) => b.birthDates.some((other) => overlap(one, other)));
}

function cnicsOf(entry: ListEntry): string[] {
  return entry.identifiers.filter((one) => one.kind === 'cnic').map((one) => numberKey(one.value));
}

/** A year of tolerance: lists copy birth dates from each other with slips. */
function overlap(a: string, b: string): boolean {
  const [from, to, begin, end] = [yearsOf(a)[0], yearsOf(a)[1], yearsOf(b)[0], yearsOf(b)[1]];
  return from - 1 <= end && begin - 1 <= to;
}

function yearsOf(form: string): [number, number] {
  const [from = '', to] = form.includes('/') ? form.split('/') : [form.slice(0, 4)];
  return [Number(from), Number(to ?? from)];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
