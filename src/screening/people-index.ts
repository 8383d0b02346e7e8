/**
 * The other direction: who of all known people bears a name that a list has changed? Only names are held here, and
 * the number by which their owner is asked for; everything else about a person is opened for the few whose names
 * come near. Two indexes stand beside each other, a large one that is rarely made anew and a small one of those who
 * came since, so that a list change waits for neither.
 *
 * The pair of a listed name and a person's is weighed by the same arithmetic as a screening of that person, so the
 * answer is that of a full rescreen, without asking it of everybody.
 */

import { assert } from '../terms/index.ts';
import type { ListEntry } from './entity.ts';
import { alignNames } from './match/align.ts';
import { NameIndex, type IndexedName } from './match/name-index.ts';
import { DECISION_POLICY, NAME_POLICY } from './match/policy.ts';
import { prepareName } from './match/prepare.ts';
import { numberKey, isTelling } from './match/features.ts';
import { weigh, type AlignedNames, type Weighed } from './match/matcher.ts';
import type { ScreeningQuery } from './match/query.ts';

/** People at most: an index of one million takes about 300 MB. */
const PEOPLE_MAX = 4_000_000;
/** Those who came since are taken into the large index when they are more than this share of it. */
const FRESH_SHARE_MAX = 0.1;
const FRESH_MIN = 20_000;

/** Names of people, found by names of lists. */
export class PeopleIndex {
  #large: NameIndex | undefined;
  #largeNames: readonly IndexedName[] = [];
  #small: NameIndex | undefined;
  #fresh: IndexedName[] = [];
  /** Those who are gone, or whose names were put in anew. */
  readonly #gone = new Set<number>();

  /** Names held. */
  get size(): number {
    return this.#largeNames.length + this.#fresh.length;
  }

  /** Puts a person's names in. A person who is put in again under another `ref` must be dropped under the old one. */
  put(ref: number, names: readonly string[], isPerson: boolean): void {
    assert(this.size < PEOPLE_MAX * 2, 'the people of an index stay within their bound');
    for (const text of names) this.#fresh.push({ text, isPerson, owner: ref });
    this.#small = undefined;
  }

  /** Takes a person out. What came since the large index was made leaves the memory at once, the rest when that is made anew. */
  drop(ref: number): void {
    this.#gone.add(ref);
    const kept = this.#fresh.filter((name) => name.owner !== ref);
    if (kept.length === this.#fresh.length) return;
    this.#fresh = kept;
    this.#small = undefined;
  }

  /** Makes the large index anew where it is due; a second for some 150,000 names. Asked before a list change, never within one. */
  settle(): void {
    if (this.#fresh.length < Math.max(FRESH_MIN, this.#largeNames.length * FRESH_SHARE_MAX)) return;
    this.#largeNames = [...this.#largeNames, ...this.#fresh].filter((name) => !this.#gone.has(name.owner));
    this.#fresh = [];
    this.#gone.clear();
    this.#large = new NameIndex(this.#largeNames);
    this.#small = undefined;
  }

  /** Whose names come near one of the entry's, by the name alone. */
  near(entry: ListEntry): number[] {
    if (this.#fresh.length > 0) this.#small ??= new NameIndex(this.#fresh);
    const found = new Set<number>();
    for (const listed of entry.names) {
      const query = prepareName(listed.text, entry.schema === 'Person');
      if (typeof query === 'string') continue;
      for (const index of [this.#large, this.#small]) {
        if (index === undefined) continue;
        for (const name of index.near(query, (owner) => !this.#gone.has(owner) && !found.has(owner))) {
          if (alignNames(query, index.preparedAt(name), index.memo).score >= NAME_SCORE_MIN) found.add(index.ownerOf(name));
        }
      }
    }
    return [...found];
  }
}

/** Below it no other feature lifts a pair to a review: what features add at most is 0.1. */
const NAME_SCORE_MIN = DECISION_POLICY.review.weight - 0.12;

/** A person and an entry at which somebody must look, or that is a match. */
export interface WeighedPair {
  /** The name of the entry that fits best. */
  readonly name: string;
  readonly weighed: Weighed;
  /** Which of the entry's names that is. */
  readonly at: number;
  readonly aligned: AlignedNames;
}

/** Weighs a person against an entry as a screening of that person does; undefined where nobody needs to look. */
export function weighPair(query: ScreeningQuery, entry: ListEntry): WeighedPair | undefined {
  if (query.schema !== undefined && (query.schema === 'Person') !== (entry.schema === 'Person')) return undefined;
  let best: { readonly name: string; readonly at: number; readonly aligned: AlignedNames } | undefined;
  for (const written of query.names) {
    const asked = prepareName(written, query.schema === 'Person');
    if (typeof asked === 'string') continue;
    for (const [at, listed] of entry.names.entries()) {
      const prepared = prepareName(listed.text, entry.schema === 'Person');
      if (typeof prepared === 'string') continue;
      const alignment = alignNames(asked, prepared);
      const nameScore = alignment.score - (listed.quality === 'weak' ? NAME_POLICY.weakAlias.weight : 0);
      if (best === undefined || best.aligned.nameScore < nameScore) best = { name: listed.text, at, aligned: { query: asked, prepared, alignment, nameScore } };
    }
  }
  if (best === undefined) return undefined;
  const weighed = weigh(query, entry, best.aligned);
  return weighed.decision === 'clear' ? undefined : { ...best, weighed };
}

/** The numbers of an entry by which a bearer is found whatever the name. */
export function numbersOf(entry: ListEntry): string[] {
  return entry.identifiers.filter(({ value }) => isTelling(value)).map(({ value }) => numberKey(value));
}
