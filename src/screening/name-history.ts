/**
 * Lists of names in time, twice over: what each version said, and since when the house knows that version. "Was
 * this one listed on that day, as we knew it then?" has an answer. A version is a whole state of its list, so the
 * state of a day is that of the last version published by then, among those that the house knew by then. Versions
 * may be learnt in any order; nothing is overwritten. Before the first version that the house holds it knows
 * nothing, and says nobody is listed.
 *
 * Facts that stay the same from version to version are kept once: 308 states of OFAC's list, 3.7 million rows, are
 * 17,000 distinct ones.
 */

import { assert, type EntryBody, type Instant } from '../terms/index.ts';
import { decodeNames, entryOfLine } from './name-content.ts';
import type { ListEntry } from './entity.ts';

/** Versions at most. 40 lists with a new state on each working day fill it in two years; then the eldest are folded into one. */
const VERSIONS_MAX = 20_000;

type VersionBody = EntryBody<'list-version'>;

/** A version of a list of names. */
export interface NameVersion {
  readonly list: string;
  readonly version: string;
  readonly force: 'freeze' | 'review' | 'information';
  readonly publishedAt: Instant;
  /** When the house came to know it. */
  readonly known: number;
}

/** What an entry was at two instants: then, and since which version it was so. */
export interface ListedName {
  readonly entry: ListEntry;
  readonly version: NameVersion;
  /** The earliest version from which on, without a break, the entry is listed. */
  readonly since: NameVersion;
}

/** How a version differs from the one published before it, as the house knew it when it learnt the version. */
export interface ListChange {
  readonly version: NameVersion;
  readonly before: NameVersion | undefined;
  readonly added: readonly ListEntry[];
  readonly changed: readonly { readonly before: ListEntry; readonly after: ListEntry }[];
  readonly removed: readonly ListEntry[];
}

interface Held extends NameVersion {
  /** Numbers of the facts, ascending. */
  readonly facts: Uint32Array;
  readonly change: { readonly before: Held | undefined; readonly added: readonly number[]; readonly changed: readonly (readonly [number, number])[]; readonly removed: readonly number[] };
}

/** Versions of lists of names. Starts empty; the ledger's versions fill it in their order. */
export class NameHistory {
  readonly #lists = new Map<string, Held[]>();
  /** Distinct facts: list, line, and the entry once somebody asked for it. */
  readonly #facts: { readonly list: string; readonly number: string; readonly line: string; entry: ListEntry | undefined }[] = [];
  /** Fact of each line, by list. */
  readonly #known = new Map<string, Map<string, number>>();
  /** Facts that an entry ever had, by list and number. */
  readonly #byNumber = new Map<string, number[]>();
  #count = 0;

  /** Distinct facts, over all versions. */
  get facts(): number {
    return this.#facts.length;
  }

  /** Codes of the lists of which any version is held. */
  get lists(): readonly string[] {
    return [...this.#lists.keys()].sort();
  }

  /** Takes a version in by the object that its entry commits to. `known`: instant of admission. */
  add(body: VersionBody, content: Uint8Array, known: number): ListChange {
    const { head, lines, quarantined } = decodeNames(content);
    assert(head.list === body.list && head.version === body.version && head.publishedAt === body.publishedAt && lines.size === body.count && quarantined === body.quarantined, 'the content is that of the entry');
    return this.take({ list: body.list, version: body.version, force: body.force, publishedAt: head.publishedAt, known }, lines);
  }

  /** Takes a version in by its lines, entry number to line. */
  take(version: NameVersion, lines: ReadonlyMap<string, string>): ListChange {
    const versions = this.#lists.get(version.list) ?? [];
    assert(this.#count < VERSIONS_MAX, 'versions stay within their bound');
    assert(!versions.some((one) => one.publishedAt === version.publishedAt), 'one list has one version at an instant');
    const before = latest(versions, version.publishedAt, version.known);
    const facts = Uint32Array.from(lines, ([number, line]) => this.#factOf(version.list, number, line)).sort();
    const held: Held = { ...version, facts, change: this.#changeBetween(before, facts) };
    this.#lists.set(version.list, [...versions, held].sort((a, b) => a.publishedAt - b.publishedAt));
    this.#count += 1;
    return this.#tell(held);
  }

  /** The version of a list in force at `at`, by what the house knew at `knownAt`. */
  versionAt(list: string, at: Instant, knownAt = Number.MAX_SAFE_INTEGER): NameVersion | undefined {
    return latest(this.#lists.get(list) ?? [], at, knownAt);
  }

  /** Everybody on the list at `at`, by what the house knew at `knownAt`, in no order that means anything. */
  entriesAt(list: string, at: Instant, knownAt = Number.MAX_SAFE_INTEGER): ListEntry[] {
    return [...(latest(this.#lists.get(list) ?? [], at, knownAt)?.facts ?? [])].map((fact) => this.#entryOf(fact));
  }

  /** Was the entry on the list at `at`, by what the house knew at `knownAt`, and since which version? */
  listedAt(list: string, number: string, at: Instant, knownAt = Number.MAX_SAFE_INTEGER): ListedName | undefined {
    const versions = (this.#lists.get(list) ?? []).filter((one) => one.publishedAt <= at && one.known <= knownAt);
    const now = versions.at(-1);
    const fact = now === undefined ? undefined : this.#factIn(now, number);
    if (now === undefined || fact === undefined) return undefined;
    let since = now;
    for (let i = versions.length - 2; i >= 0; i -= 1) {
      const earlier = versions[i];
      if (earlier === undefined || this.#factIn(earlier, number) === undefined) break;
      since = earlier;
    }
    return { entry: this.#entryOf(fact), version: now, since };
  }

  /** How a version differs from the one before it. */
  changeOf(list: string, version: string): ListChange | undefined {
    const held = (this.#lists.get(list) ?? []).find((one) => one.version === version);
    return held === undefined ? undefined : this.#tell(held);
  }

  #tell(held: Held): ListChange {
    const { before, added, changed, removed } = held.change;
    return {
      version: held, before, added: added.map((fact) => this.#entryOf(fact)), removed: removed.map((fact) => this.#entryOf(fact)),
      changed: changed.map(([from, to]) => ({ before: this.#entryOf(from), after: this.#entryOf(to) })),
    };
  }

  #changeBetween(before: Held | undefined, facts: Uint32Array): Held['change'] {
    const then = new Set(before?.facts ?? []);
    const now = new Set(facts);
    const gone = new Map([...then].filter((fact) => !now.has(fact)).map((fact) => [this.#numberOf(fact), fact]));
    const fresh = [...now].filter((fact) => !then.has(fact));
    const changed: (readonly [number, number])[] = [];
    const added: number[] = [];
    for (const fact of fresh) {
      const was = gone.get(this.#numberOf(fact));
      if (was === undefined) added.push(fact);
      else changed.push([was, fact]);
      gone.delete(this.#numberOf(fact));
    }
    return { before, added, changed, removed: [...gone.values()] };
  }

  #factOf(list: string, number: string, line: string): number {
    const ofList = this.#known.get(list) ?? new Map<string, number>();
    const known = ofList.get(line);
    if (known !== undefined) return known;
    const fact = this.#facts.length;
    this.#facts.push({ list, number, line, entry: undefined });
    this.#known.set(list, ofList.set(line, fact));
    this.#byNumber.set(`${list} ${number}`, [...(this.#byNumber.get(`${list} ${number}`) ?? []), fact]);
    return fact;
  }

  #factIn(version: Held, number: string): number | undefined {
    return this.#byNumber.get(`${version.list} ${number}`)?.find((fact) => holds(version.facts, fact));
  }

  #numberOf(fact: number): string {
    return this.#at(fact).number;
  }

  #entryOf(fact: number): ListEntry {
    const one = this.#at(fact);
    one.entry ??= entryOfLine(one.list, one.line);
    return one.entry;
  }

  #at(fact: number): { readonly list: string; readonly number: string; readonly line: string; entry: ListEntry | undefined } {
    const one = this.#facts[fact];
    assert(one !== undefined, 'a fact of the history');
    return one;
  }
}

function latest(versions: readonly Held[], at: number, knownAt: number): Held | undefined {
  return versions.findLast((one) => one.publishedAt <= at && one.known <= knownAt);
}

function holds(facts: Uint32Array, fact: number): boolean {
  let low = 0;
  let high = facts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((facts[middle] ?? 0) < fact) low = middle + 1;
    else high = middle;
  }
  return facts[low] === fact;
}
