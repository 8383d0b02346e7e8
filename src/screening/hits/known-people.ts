/**
 * What the watch over people holds in memory, and nowhere else: the lists as they stand, the index of people's names
 * and numbers, and a matcher made when it is first asked. Both directions weigh a person and an entry by the same
 * arithmetic. Names are asked of it and never told by it: it answers people, entries and what a pair rests on.
 */

import type { Identity, NamedParty, NamedScreening, OpenStatement } from '../../vault/index.ts';
import { assert } from '../../terms/index.ts';
import type { ListEntry } from '../entity.ts';
import { groundOf } from './ground.ts';
import { Matcher } from '../match/matcher.ts';
import { partName, readQuery, type ScreeningQuery } from '../match/query.ts';
import { MATCHER_VERSION } from '../match/policy.ts';
import { prepareName } from '../match/prepare.ts';
import { entryOfLine } from '../name-content.ts';
import { NumberIndex } from '../number-index.ts';
import { PeopleIndex, numbersOf, weighPair, type WeighedPair } from '../people-index.ts';
import { keyOfEntry, subjectsOf } from '../subjects.ts';

/** A list as the watch has followed it. */
export interface FollowedList {
  readonly list: string;
  /** Entry of the ledger that brought this version. */
  readonly entry: number;
  readonly version: string;
  readonly sha256: string;
  readonly force: 'freeze' | 'review' | 'information';
  /** Lines of facts by the list's own number. */
  readonly lines: ReadonlyMap<string, string>;
}

/** How a list differs from what was followed before. */
export interface Differing {
  readonly fresh: readonly ListEntry[];
  readonly changed: readonly ListEntry[];
  readonly removed: readonly string[];
}

/** A person beside an entry. */
export interface FoundPair extends WeighedPair {
  readonly person: string;
  readonly entry: ListEntry;
}

/** Entries near one person that are weighed at most: more say nothing about who it is. */
const CANDIDATES_MAX = 40;
/** Parties of one form at most. */
const PARTIES_MAX = 100;
const ID_BYTES = 16;

/** People and lists of this process. */
export class KnownPeople {
  readonly #lists = new Map<string, FollowedList>();
  #subjects: ReadonlyMap<string, string> = new Map();
  #matcher: { readonly matcher: Matcher; readonly entries: ReadonlyMap<string, ListEntry> } | undefined;
  #names = new PeopleIndex();
  #numbers = new NumberIndex();
  /** The person of ref n: sixteen bytes from n × 16 on. */
  #people = Buffer.alloc(1_024 * ID_BYTES);
  #count = 0;

  /** People held: a person with several statements counts for each. */
  get size(): number {
    return this.#count;
  }

  get lists(): ReadonlyMap<string, FollowedList> {
    return this.#lists;
  }

  /** Takes a list in as it stands now; what was made from the lists before is made anew when it is asked for. */
  setList(list: FollowedList): void {
    this.#lists.set(list.list, list);
    this.#matcher = undefined;
  }

  /** Puts a statement's names and numbers in. */
  put(statement: OpenStatement): void {
    const query = queryOf(statement.identity);
    const ref = this.#count;
    if ((ref + 1) * ID_BYTES > this.#people.length) this.#people = Buffer.concat([this.#people, Buffer.alloc(this.#people.length)]);
    this.#people.write(statement.person, ref * ID_BYTES, 'hex');
    this.#count += 1;
    this.#names.put(ref, query.names, query.schema === 'Person');
    this.#numbers.put(ref, query.identifiers.map((one) => one.value));
  }

  /** Takes everybody of these ids out. */
  drop(people: ReadonlySet<string>): void {
    for (let ref = 0; ref < this.#count; ref += 1) if (people.has(this.#personOf(ref))) this.#names.drop(ref);
  }

  /** Forgets lists and people: they are about to be read again. */
  forgetAll(): void {
    this.#lists.clear();
    this.#matcher = undefined;
    this.forget();
  }

  /** Forgets all people: they are about to be put in again. */
  forget(): void {
    this.#names = new PeopleIndex();
    this.#numbers = new NumberIndex();
    this.#count = 0;
  }

  /** Makes the index ready for a change of a list. */
  settle(): void {
    this.#names.settle();
  }

  /** Entries that a person comes near, by what one statement says, and the best score with each list, looked at or not. */
  screen(statement: OpenStatement): { readonly pairs: FoundPair[]; readonly best: ReadonlyMap<string, number> } {
    const { matcher, entries } = this.#ready();
    const query = queryOf(statement.identity);
    const found = matcher.screen(query, CANDIDATES_MAX);
    const best = new Map<string, number>();
    if ('code' in found) return { pairs: [], best };
    for (const { list, score } of found.candidates) best.set(list, Math.max(best.get(list) ?? 0, score));
    const pairs = found.candidates.flatMap((candidate) => {
      const entry = candidate.decision === 'clear' ? undefined : entries.get(`${candidate.list}:${candidate.entry}`);
      const pair = entry === undefined ? undefined : weighPair(query, entry);
      return entry === undefined || pair === undefined ? [] : [{ person: statement.person, entry, ...pair }];
    });
    return { pairs, best };
  }

  /** What parties come near, whom a form names; a field that cannot be read is left out and told. */
  screenNamed(named: readonly NamedParty[]): NamedScreening {
    const { matcher, entries } = this.#ready();
    const parties = named.slice(0, PARTIES_MAX).map((party): NamedScreening['parties'][number] => {
      const whole = readQuery(party);
      const { birthDate: _, ...rest } = party;
      const query = 'names' in whole ? whole : readQuery(rest);
      const told = 'names' in whole ? [] : [whole];
      const found = 'names' in query ? matcher.screen(query, CANDIDATES_MAX) : query;
      // A name that cannot be compared is no clear one: an officer looks.
      if ('code' in found || 'code' in query) return { decision: 'review', warnings: [...told, ...('code' in found ? [found] : [])], near: [] };
      const near = found.candidates.flatMap((candidate) => {
        const entry = entries.get(`${candidate.list}:${candidate.entry}`);
        const pair = candidate.decision === 'clear' || entry === undefined ? undefined : weighPair(query, entry);
        return pair === undefined ? [] : [{ list: candidate.list, entry: candidate.entry, name: pair.at, decision: pair.weighed.decision === 'match' ? 'match' as const : 'review' as const, ground: groundOf(pair.weighed), score: pair.weighed.score, strength: pair.weighed.strength }];
      });
      return { decision: told.length > 0 && found.decision === 'clear' ? 'review' : found.decision, warnings: [...told, ...query.warnings], near };
    });
    return { lists: [...this.#lists.values()].map(({ list, version }) => ({ list, version })), matcher: MATCHER_VERSION, parties };
  }

  /** Whose names or numbers come near these entries: entries by the id under which the person was put in. */
  near(entries: readonly ListEntry[]): Map<string, ListEntry[]> {
    const found = new Map<string, ListEntry[]>();
    for (const entry of entries) {
      const refs = [...this.#names.near(entry), ...this.#numbers.withNumbers(numbersOf(entry))];
      for (const person of new Set(refs.map((ref) => this.#personOf(ref)))) found.set(person, [...(found.get(person) ?? []), entry]);
    }
    return found;
  }

  /** `list:entry` of the first entry of a listed one. */
  subjectOf(entry: Pick<ListEntry, 'list' | 'entry'>): string {
    this.#ready();
    return this.#subjects.get(keyOfEntry(entry)) ?? keyOfEntry(entry);
  }

  #personOf(ref: number): string {
    return this.#people.toString('hex', ref * ID_BYTES, (ref + 1) * ID_BYTES);
  }

  #ready(): { readonly matcher: Matcher; readonly entries: ReadonlyMap<string, ListEntry> } {
    if (this.#matcher !== undefined) return this.#matcher;
    const all = [...this.#lists.values()].flatMap(({ list, lines }) => [...lines.values()].map((line) => entryOfLine(list, line)));
    this.#subjects = subjectsOf(all).subjectOf;
    const versions = new Map([...this.#lists.values()].map((one) => [one.list, one.version]));
    this.#matcher = { matcher: new Matcher({ entries: all, versions, subjectOf: (entry) => this.#subjects.get(keyOfEntry(entry)) }), entries: new Map(all.map((entry) => [keyOfEntry(entry), entry])) };
    return this.#matcher;
  }
}

/** How a list changed from one state to another, by its lines. */
export function differing(list: string, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Differing {
  const [fresh, changed]: [ListEntry[], ListEntry[]] = [[], []];
  for (const [number, line] of after) {
    const was = before.get(number);
    if (was === undefined) fresh.push(entryOfLine(list, line));
    else if (was !== line) changed.push(entryOfLine(list, line));
  }
  return { fresh, changed, removed: [...before.keys()].filter((number) => !after.has(number)) };
}

/** The best pair of what several firms state of a person with an entry; undefined where nobody needs to look. */
export function weighStatements(statements: readonly OpenStatement[], entry: ListEntry): WeighedPair | undefined {
  let best: WeighedPair | undefined;
  for (const { identity } of statements) {
    const pair = weighPair(queryOf(identity), entry);
    if (pair !== undefined && (best === undefined || rank(pair) > rank(best))) best = pair;
  }
  return best;
}

/** A match before a review, then the score, then the evidence. */
const rank = ({ weighed }: WeighedPair): number => (weighed.decision === 'match' ? 4 : 0) + weighed.score * 2 + weighed.strength / 10_000;

/** In the place of a name that holds no letter, or too many words, to be compared: the person's numbers still are. */
const NO_NAME = 'unreadable';

/** What an identity asks of the lists: every name that it holds, and all else that can be compared. A date that is no day is left out. */
export function queryOf(identity: Identity): ScreeningQuery {
  const isPerson = identity.type === 'person';
  const known = isPerson
    ? {
      name: identity.name, schema: 'Person', nationality: identity.nationality, ...(identity.fatherName === undefined ? {} : { fatherName: identity.fatherName }),
      identifiers: [...numbers('cnic', identity.cnic), ...numbers('nicop', identity.nicop), ...numbers('passport', identity.passport?.number)],
    }
    : { name: identity.name, schema: 'Organization', nationality: identity.country, identifiers: [...numbers('registration', identity.registrationNumber), ...numbers('tax', identity.ntn)] };
  const whole = readQuery(isPerson ? { ...known, birthDate: identity.birthDate } : known);
  const query = 'names' in whole ? whole : readQuery(known);
  assert('names' in query, 'an identity was parsed when it was taken');
  const names = [...query.names, ...(identity.nameUr === undefined ? [] : partName(identity.nameUr).names)].filter((name) => typeof prepareName(name, isPerson) !== 'string');
  return { ...query, names: names.length === 0 ? [NO_NAME] : [...new Set(names)] };
}

function numbers(kind: string, value: string | undefined): { kind: string; value: string }[] {
  return value === undefined ? [] : [{ kind, value }];
}
