/**
 * The names of lists, indexed by their words, to find in a fraction of a millisecond the few that may be the name asked
 * for: names that hold words near those of the query are summed by worth, and the best are handed out to be aligned
 * exactly. Flat typed arrays throughout. The index proposes and never scores.
 */

import { assert } from '../../terms/index.ts';
import { KeyTable } from './key-table.ts';
import { nameOf, prepareName, type PreparedName, type Word } from './prepare.ts';
import { Vocabulary, wholeKeys, type Neighbour } from './vocabulary.ts';
import { WordMemo } from './word-memo.ts';

/** Names that are aligned exactly for one query, and of one owner among them. */
const ALIGNED_MAX = 40;
const ALIGNED_OF_OWNER_MAX = 4;
/** Names of lists that are kept prepared, some 400 bytes each. */
const PREPARED_KEPT_MAX = 100_000;
/** A name must share at least this part of the query's worth to be looked at. */
const SHARE_MIN = 0.3;
/** The shared worth over the mean of both names' worth must be above this: a name with less has no score to show. */
const RATE_MIN = 0.38;
const RATE_STEPS = 200;
/** The same where every near name is asked for: below it no pair of names comes to a review. */
const RATE_NEAR_MIN = 0.5;
const RATE_STEP_MIN = Math.round(RATE_MIN * RATE_STEPS);
/** And above this part of the best name's share. */
const RATE_OF_BEST_MIN = 0.5;
/** Names are taken beyond those that are aligned, because filters and owners thin them out. */
const ALIGNED_SPARE = 4;
const TAKEN_MAX = 4_000;
/** Stamps of one query at most: a word each, and one more. */
const STAMPS_EACH = 128;
/** Stamps start again before they leave 32 bits. */
const STAMP_MAX = 2 ** 30;

/** One name to be indexed. */
export interface IndexedName {
  readonly text: string;
  readonly isPerson: boolean;
  /** Who bears it, by number: several names of one owner share it. */
  readonly owner: number;
}

/** Finds names; made once per version of the lists. */
export class NameIndex {
  readonly #vocabulary = new Vocabulary();
  readonly #names: readonly IndexedName[];
  /** Words of name n: #flat[#starts[n]] up to #flat[#starts[n + 1]]. */
  readonly #starts: Int32Array;
  readonly #flat: Int32Array;
  readonly #forms: (readonly string[])[] = [];
  readonly #worth: Float32Array;
  readonly #allLength: Uint16Array;
  readonly #postingStarts: Int32Array;
  readonly #postings: Int32Array;
  readonly #wholes = new KeyTable();
  readonly #sums: Float32Array;
  readonly #touched: Int32Array;
  readonly #seenAt: Int32Array;
  readonly #wordAt: Int32Array;
  readonly #leftOut: number[] = [];
  /** Similarities of the query that was asked last. */
  readonly memo: WordMemo;
  #tick = 0;

  /** Indexes names; those that hold no letter or are over a limit are left out and named in `facts`. */
  constructor(names: readonly IndexedName[]) {
    this.#names = names;
    const flat: number[] = [];
    this.#starts = new Int32Array(names.length + 1);
    this.#worth = new Float32Array(names.length);
    this.#allLength = new Uint16Array(names.length);
    names.forEach((name, at) => {
      const prepared = prepareName(name.text, name.isPerson, this.#vocabulary.store);
      if (typeof prepared === 'string') this.#leftOut.push(at);
      else {
        for (const word of prepared.words) flat.push(this.#vocabulary.take(word));
        this.#worth[at] = prepared.worth;
        this.#allLength[at] = prepared.allLength;
        for (const key of wholeKeys(prepared)) this.#wholes.add(key, at);
      }
      this.#forms.push(typeof prepared === 'string' ? [] : prepared.forms);
      this.#starts[at + 1] = flat.length;
    });
    this.#flat = Int32Array.from(flat);
    this.#wholes.close();
    this.#vocabulary.close();
    [this.#postingStarts, this.#postings] = this.#post();
    this.#sums = new Float32Array(names.length);
    this.#touched = new Int32Array(names.length);
    this.#seenAt = new Int32Array(names.length);
    this.#wordAt = new Int32Array(names.length);
    this.memo = new WordMemo(this.#vocabulary.size);
  }

  /** How many names and words there are, and which names could not be prepared. */
  get facts(): { readonly names: number; readonly words: number; readonly leftOut: readonly number[] } {
    return { names: this.#names.length, words: this.#vocabulary.size, leftOut: this.#leftOut };
  }

  /** Forgets what was worked out for earlier queries; it changes no answer. */
  forget(): void {
    this.#vocabulary.forget();
  }

  /** Who bears a name. */
  ownerOf(name: number): number {
    return this.#names[name]?.owner ?? -1;
  }

  /** A name of the index, prepared. */
  preparedAt(name: number): PreparedName {
    const kept = this.#preparedBefore.get(name);
    if (kept !== undefined) return kept;
    if (this.#preparedBefore.size >= PREPARED_KEPT_MAX) this.#preparedBefore.clear();
    const prepared = this.#preparedAgain(name);
    this.#preparedBefore.set(name, prepared);
    return prepared;
  }

  readonly #preparedBefore = new Map<number, PreparedName>();

  #preparedAgain(name: number): PreparedName {
    const words: Word[] = [];
    for (let at = this.#starts[name] ?? 0; at < (this.#starts[name + 1] ?? 0); at += 1) {
      const word = this.#vocabulary.wordAt(this.#flat[at] ?? 0);
      if (word !== undefined) words.push(word);
    }
    const { text, isPerson } = this.#names[name] ?? { text: '', isPerson: false };
    // The letters as written are asked for by few comparisons, so they are worked out again rather than kept.
    let again: PreparedName | undefined;
    const written = (): PreparedName => {
      const prepared = again ?? prepareName(text, isPerson, this.#vocabulary.store);
      assert(typeof prepared !== 'string', 'a name of the index was prepared before');
      return (again = prepared);
    };
    return nameOf({ written: text, words, forms: this.#forms[name] ?? [], notes: [] }, this.#allLength[name] ?? 0, () => written().letters(), () => written().allLetters());
  }

  /** The names that may be the one asked for, the likeliest first; what it learned of words is in `memo` until the next query. */
  candidates(query: PreparedName, accepts?: (owner: number) => boolean): number[] {
    this.memo.clear();
    const touched = this.#sum(query);
    return this.#best(query, touched, accepts);
  }

  /**
   * Every name that shares enough with the query to have a score to show, in no order and without a bound on their
   * number: for who must miss nobody. What it learned of words is in `memo` until the next query.
   */
  near(query: PreparedName, accepts: (owner: number) => boolean): number[] {
    this.memo.clear();
    const touched = this.#sum(query);
    return [...this.#touched.subarray(0, touched)].filter((name) => this.#stepOf(query, name) >= RATE_NEAR_MIN * RATE_STEPS && accepts(this.ownerOf(name)));
  }

  #post(): [Int32Array, Int32Array] {
    const starts = new Int32Array(this.#vocabulary.size + 1);
    for (const word of this.#flat) starts[word + 1] = (starts[word + 1] ?? 0) + 1;
    for (let at = 0; at < this.#vocabulary.size; at += 1) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
    const fill = starts.slice();
    const postings = new Int32Array(this.#flat.length);
    for (let name = 0; name < this.#names.length; name += 1) {
      for (let at = this.#starts[name] ?? 0; at < (this.#starts[name + 1] ?? 0); at += 1) {
        const word = this.#flat[at] ?? 0;
        const place = fill[word] ?? 0;
        postings[place] = name;
        fill[word] = place + 1;
      }
    }
    return [starts, postings];
  }

  /** Sums what each name shares with the query; gives how many names were touched. */
  #sum(query: PreparedName): number {
    const order = query.words.map((_, at) => at).sort((a, b) => (query.words[b]?.worth ?? 0) - (query.words[a]?.worth ?? 0));
    let left = query.worth;
    this.#tick += STAMPS_EACH;
    if (this.#tick > STAMP_MAX) {
      this.#seenAt.fill(0);
      this.#wordAt.fill(0);
      this.#tick = STAMPS_EACH;
    }
    const begin = this.#tick;
    let touched = 0;
    for (const at of order) {
      const word = query.words[at];
      if (word === undefined) continue;
      this.#tick += 1;
      // What only the frequent words share is no candidate: they add to names that rarer words have brought.
      const brings = left >= query.worth * SHARE_MIN && word.kind !== 'particle';
      left -= word.worth;
      for (const neighbour of this.#neighbours(query, at)) touched = this.#add(neighbour, word.worth, brings, begin, touched);
    }
    this.#tick += 1;
    for (const key of wholeKeys(query)) {
      this.#wholes.each(key, (name) => {
        touched = this.#touch(name, begin, touched);
        this.#sums[name] = query.worth;
      });
    }
    return touched;
  }

  #touch(name: number, begin: number, touched: number): number {
    if ((this.#seenAt[name] ?? 0) >= begin) return touched;
    this.#seenAt[name] = begin;
    this.#sums[name] = 0;
    this.#touched[touched] = name;
    return touched + 1;
  }

  #add(neighbour: Neighbour, worth: number, brings: boolean, begin: number, touchedBefore: number): number {
    let touched = touchedBefore;
    const gain = worth * neighbour.share;
    const end = this.#postingStarts[neighbour.word + 1] ?? 0;
    for (let place = this.#postingStarts[neighbour.word] ?? 0; place < end; place += 1) {
      const name = this.#postings[place] ?? 0;
      if (this.#wordAt[name] === this.#tick) continue;
      if ((this.#seenAt[name] ?? 0) < begin) {
        if (!brings) continue;
        this.#seenAt[name] = begin;
        this.#sums[name] = 0;
        this.#touched[touched] = name;
        touched += 1;
      }
      this.#wordAt[name] = this.#tick;
      this.#sums[name] = (this.#sums[name] ?? 0) + gain;
    }
    return touched;
  }

  /** Words of the vocabulary that stand for a word of the query, the greatest share first. */
  #neighbours(query: PreparedName, at: number): readonly Neighbour[] {
    const word = query.words[at];
    if (word === undefined) return [];
    const near = this.#vocabulary.near(word);
    for (const each of near) this.memo.set(at, each.word, each.share);
    const joined = this.#vocabulary.joined(query, at);
    return joined.length === 0 ? near : [...near, ...joined].sort((a, b) => b.share - a.share);
  }

  /** The touched names that share most with the query, measured against both sides' worth. */
  #best(query: PreparedName, touched: number, accepts: ((owner: number) => boolean) | undefined): number[] {
    const counts = new Int32Array(RATE_STEPS + 1);
    for (let at = 0; at < touched; at += 1) {
      const step = this.#stepOf(query, this.#touched[at] ?? 0);
      if (step >= RATE_STEP_MIN) counts[step] = (counts[step] ?? 0) + 1;
    }
    let bar = RATE_STEPS;
    for (let sum = counts[bar] ?? 0; bar > RATE_STEP_MIN && sum < ALIGNED_MAX * ALIGNED_SPARE; sum += counts[bar] ?? 0) bar -= 1;
    const best: { name: number; rate: number }[] = [];
    for (let at = 0; at < touched && best.length < TAKEN_MAX; at += 1) {
      const name = this.#touched[at] ?? 0;
      if (this.#stepOf(query, name) < bar || (accepts !== undefined && !accepts(this.ownerOf(name)))) continue;
      best.push({ name, rate: (2 * (this.#sums[name] ?? 0)) / (query.worth + (this.#worth[name] ?? 0)) });
    }
    const perOwner = new Map<number, number>();
    best.sort((a, b) => b.rate - a.rate || a.name - b.name);
    const least = (best[0]?.rate ?? 0) * RATE_OF_BEST_MIN;
    return best.filter(({ name, rate }) => {
      if (rate < least) return false;
      const owner = this.ownerOf(name);
      const count = perOwner.get(owner) ?? 0;
      perOwner.set(owner, count + 1);
      return count < ALIGNED_OF_OWNER_MAX;
    }).slice(0, ALIGNED_MAX).map(({ name }) => name);
  }

  /** How much of both names' worth is shared, in steps. */
  #stepOf(query: PreparedName, name: number): number {
    return Math.min(RATE_STEPS, Math.floor(((2 * (this.#sums[name] ?? 0)) / (query.worth + (this.#worth[name] ?? 0))) * RATE_STEPS));
  }
}
