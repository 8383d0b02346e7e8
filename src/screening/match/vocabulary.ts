/**
 * The words of all names on the lists, and which of them are near a word that is asked for. Two words meet by a key
 * that both have: the word itself or less one letter; its consonants in coarse classes, less one from four on, less two
 * from seven on; its line of variants. Keys bring candidates, the similarity decides. A key that two unlike words share
 * costs a comparison and nothing else.
 */

import { similarityOf } from './align.ts';
import { KeyTable } from './key-table.ts';
import type { PreparedName, Word, WordStore } from './prepare.ts';
import { latinSounds, skeletonOf } from './sounds.ts';

/** Near words that a word of the query may bring. */
const NEIGHBOURS_MAX = 60;
/** Words of queries whose near words are kept, some 300 bytes each. */
const NEAR_KEPT_MAX = 20_000;
/** Words that share a key and are looked at; a larger bucket says nothing. */
const BUCKET_MAX = 400;
/** Below this a word brings no names. */
const NEAR_MIN = 0.5;
/** What a word of the list adds that is two of the query: its share counts for both. */
const JOINED_SHARE = 1.7;
/** Shorter words are found written together only when they are so to the letter. */
const JOINED_FUZZY_LENGTH_MIN = 7;
/** Letters of the pieces into which a word may fall that was written together. */
const PIECE_LENGTH_MIN = 3;

/** A word of the vocabulary by its number, and the share of the query's word that it stands for. */
export interface Neighbour {
  readonly word: number;
  readonly share: number;
}

/** Words by number, and by what is near. Filled while names are prepared with `store`, then closed. */
export class Vocabulary {
  readonly store: WordStore = new Map();
  readonly #words: Word[] = [];
  readonly #byText = new Map<string, number>();
  readonly #spellings = new KeyTable();
  readonly #skeletons = new KeyTable();
  readonly #nearBefore = new Map<string, readonly Neighbour[]>();
  #lookedAt = new Int32Array(0);
  #lookedTick = 0;

  /** How many words there are. */
  get size(): number {
    return this.#words.length;
  }

  /** A word by its number. */
  wordAt(number: number): Word | undefined {
    return this.#words[number];
  }

  /** Takes in a word of a name that was prepared with `store`; gives its number. */
  take(word: Word): number {
    if (word.number === this.#words.length) {
      this.#words.push(word);
      if (!this.#byText.has(word.text)) this.#byText.set(word.text, word.number);
    }
    return word.number;
  }

  /** Makes the keys; no word is taken in after it. */
  close(): void {
    this.#words.forEach((word, number) => {
      for (const key of spellingKeys(word.text)) this.#spellings.add(key, number);
      for (const skeleton of word.skeletons) for (const key of skeletonKeys(skeleton)) this.#skeletons.add(key, number);
      if (word.variant > 0) this.#skeletons.add(variantKey(word.variant), number);
      if (word.bare !== '') this.#spellings.add(hashOf(word.bare, -1, -1, SEED_SPELLING), number);
    });
    this.#spellings.close();
    this.#skeletons.close();
    this.#lookedAt = new Int32Array(this.#words.length);
  }

  /** Forgets what was worked out for earlier queries; it changes no answer. */
  forget(): void {
    this.#nearBefore.clear();
  }

  /** Words near a word by itself, the nearest first; kept for the words that come again. */
  near(word: Word): readonly Neighbour[] {
    if (word.kind === 'initial') return [];
    const key = `${word.text}|${word.kind}|${word.variant}`;
    const kept = this.#nearBefore.get(key);
    if (kept !== undefined) return kept;
    if (this.#nearBefore.size >= NEAR_KEPT_MAX) this.#nearBefore.clear();
    const near = this.#look(word);
    this.#nearBefore.set(key, near);
    return near;
  }

  #look(word: Word): readonly Neighbour[] {
    const found: Neighbour[] = [];
    this.#lookedTick += 1;
    const look = (number: number): void => {
      if (this.#lookedAt[number] === this.#lookedTick) return;
      this.#lookedAt[number] = this.#lookedTick;
      const other = this.#words[number];
      const share = other === undefined ? 0 : similarityOf(word, other);
      if (share > NEAR_MIN) found.push({ word: number, share });
    };
    const exact = this.#byText.get(word.text);
    if (exact !== undefined) look(exact);
    if (word.kind !== 'particle') {
      for (const key of spellingKeys(word.text)) this.#spellings.each(key, look, BUCKET_MAX);
      for (const skeleton of word.skeletons) for (const key of skeletonKeys(skeleton)) this.#skeletons.each(key, look, BUCKET_MAX);
      if (word.variant > 0) this.#skeletons.each(variantKey(word.variant), look);
      if (word.bare !== '') this.#spellings.each(hashOf(word.bare, -1, -1, SEED_SPELLING), look);
    }
    return found.sort((a, b) => b.share - a.share).slice(0, NEIGHBOURS_MAX);
  }

  /** Words of the list that are a word of the query and its neighbour together, or a part of it. */
  joined(query: PreparedName, at: number): readonly Neighbour[] {
    const word = query.words[at];
    const next = query.words[at + 1];
    if (word === undefined || word.kind === 'particle') return [];
    const found: Neighbour[] = [];
    const add = (number: number): number => found.push({ word: number, share: JOINED_SHARE });
    if (word.script === 'arabic') {
      if (next?.script === 'arabic') this.#skeletons.each(hashOf(`${word.skeletons[0] ?? ''}${next.skeletons[0] ?? ''}`, -1, -1, SEED_SKELETON), add, BUCKET_MAX);
      return found;
    }
    const text = next?.script === 'latin' ? word.text + next.text : '';
    if (text.length > 4) {
      for (const key of keysOf(text, text.length < JOINED_FUZZY_LENGTH_MIN ? 0 : 1, SEED_SPELLING)) {
        this.#spellings.each(key, (number) => {
          if (Math.abs((this.#words[number]?.text.length ?? 0) - text.length) <= 1) add(number);
        }, BUCKET_MAX);
      }
    }
    for (let cut = PIECE_LENGTH_MIN; cut <= word.text.length - PIECE_LENGTH_MIN; cut += 1) {
      const head = this.#byText.get(word.text.slice(0, cut));
      const tail = this.#byText.get(word.text.slice(cut));
      if (head !== undefined && tail !== undefined) found.push({ word: head, share: cut / word.text.length }, { word: tail, share: 1 - cut / word.text.length });
    }
    return found;
  }
}

/** Keys of all consonants of a name in a row, whatever its spaces, with and without its legal forms. */
export function wholeKeys(name: PreparedName): number[] {
  if (name.words.some((word) => word.script === 'arabic')) return [hashOf(name.words.map((word) => word.skeletons[0] ?? '').join(''), -1, -1, SEED_SKELETON)];
  const [letters, all] = [name.letters(), name.allLetters()];
  const keys = letters.length < WHOLE_LENGTH_MIN ? [] : [wholeKey(letters)];
  return all === letters || all.length < WHOLE_LENGTH_MIN ? keys : [...keys, wholeKey(all)];
}

/** Letters of a name from which it is found by all of them in a row. */
const WHOLE_LENGTH_MIN = 5;

function wholeKey(letters: string): number {
  return hashOf(skeletonOf(latinSounds(letters)), -1, -1, SEED_SKELETON);
}

const SEED_SPELLING = 0x811c9dc5;
const SEED_SKELETON = 0x2f0b4c47;
const SEED_VARIANT = 0x5bd1e995;

/** A word and the word less one letter; words of under four letters only whole. */
function spellingKeys(text: string): number[] {
  return keysOf(text, text.length < 4 ? 0 : 1, SEED_SPELLING);
}

/** A skeleton, less one consonant from four on, less two from seven on. */
function skeletonKeys(skeleton: string): number[] {
  if (skeleton.length < 2) return skeleton.length === 0 ? [] : keysOf(skeleton, 0, SEED_SKELETON);
  return keysOf(skeleton, skeleton.length < 4 ? 0 : skeleton.length < 7 ? 1 : 2, SEED_SKELETON);
}

function keysOf(text: string, deletions: 0 | 1 | 2, seed: number): number[] {
  const keys = [hashOf(text, -1, -1, seed)];
  if (deletions > 0) for (let at = 0; at < text.length; at += 1) keys.push(hashOf(text, at, -1, seed));
  if (deletions > 1) for (let at = 0; at < text.length; at += 1) for (let other = at + 1; other < text.length; other += 1) keys.push(hashOf(text, at, other, seed));
  return keys;
}

/** FNV-1a with a last mix, over a text less up to two letters. */
function hashOf(text: string, without: number, alsoWithout: number, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) {
    if (at !== without && at !== alsoWithout) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function variantKey(variant: number): number {
  return hashOf(String(variant), -1, -1, SEED_VARIANT);
}
