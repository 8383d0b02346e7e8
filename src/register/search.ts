/**
 * Finding a firm by what a person types: its code, its name in English or Urdu, or a misspelt one in Roman letters. Each
 * word of the question is held against each word of a name: the same, its beginning, the same sound, a slip or two. Who
 * matches better comes first; equal ones stay in the register's order.
 */

import { editsBetween, foldName, plainOf, soundOf } from './sound.ts';

/** Words of a question at most; a name has no more. */
const WORDS_MAX = 8;
/** Below this a match says nothing. */
const SCORE_MIN = 0.62;
/** Words that many names have: alone they find, beside others they weigh little. */
const COMMON = new Set(['exchange', 'digital', 'coin', 'crypto', 'token', 'tokens', 'bits', 'pilot', 'markets', 'limited', 'ltd', 'pvt', 'invented', 'pakistan', 'ایکسچینج', 'ڈیجیٹل', 'کوائن', 'کرپٹو', 'ٹوکن', 'پائلٹ', 'مارکیٹس', 'فرضی']);
const COMMON_WEIGHT = 0.35;

interface Word {
  readonly text: string;
  readonly plain: string;
  readonly sound: string;
}

/** What may be found, with the names it goes by. */
export interface Named<T> {
  readonly value: T;
  readonly names: readonly string[];
}

/** What was found, best first; `score` from 0.62 to 1. */
export interface Found<T> {
  readonly value: T;
  readonly score: number;
}

/** An index of names. */
export class NameIndex<T> {
  readonly #items: readonly { readonly value: T; readonly names: readonly (readonly Word[])[] }[];
  /** Every word of the names once, with what it came to for the words that were asked lately. */
  readonly #words: readonly Word[];

  constructor(items: readonly Named<T>[]) {
    const words = new Map<string, Word>();
    this.#items = items.map(({ value, names }) => ({
      value, names: names.map((name) => foldName(name).split(' ').filter((text) => text !== '').map((text) => {
        const known = words.get(text) ?? wordOf(text);
        words.set(text, known);
        return known;
      })),
    }));
    this.#words = [...words.values()];
  }

  /** The best matches of a question; none for a question without letters. */
  search(question: string, limit: number): Found<T>[] {
    const asked = foldName(question).split(' ').filter((text) => text !== '').slice(0, WORDS_MAX).map(wordOf);
    if (asked.length === 0) return [];
    const scores = asked.map((word) => new Map(this.#words.map((known) => [known, likeness(word, known)] as const).filter(([, score]) => score > 0)));
    const weights = asked.map((word) => (COMMON.has(word.text) ? COMMON_WEIGHT : 1));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const found = this.#items.flatMap(({ value, names }) => {
      const score = names.reduce((best, name) => Math.max(best, scores.reduce((sum, known, i) => sum + (weights[i] ?? 1) * name.reduce((top, word) => Math.max(top, known.get(word) ?? 0), 0), 0) / whole), 0);
      return score < SCORE_MIN ? [] : [{ value, score }];
    });
    return found.sort((a, b) => b.score - a.score).slice(0, limit);
  }
}

function wordOf(text: string): Word {
  return { text, plain: plainOf(text), sound: soundOf(text) };
}

/** How much a word of the question is like a word of a name, 0 to 1. */
function likeness(asked: Word, known: Word): number {
  if (asked.text === known.text) return 1;
  if (asked.text.length >= 3 && known.text.startsWith(asked.text)) return 0.92;
  if (asked.sound.length >= 3 && asked.sound === known.sound) return 0.9;
  if (asked.plain === known.plain) return 0.9;
  const shorter = Math.min(asked.plain.length, known.plain.length);
  const slips = shorter >= 8 ? 3 : shorter >= 5 ? 2 : shorter >= 4 ? 1 : 0;
  const edits = slips === 0 ? 1 : editsBetween(asked.plain, known.plain, slips);
  if (edits <= slips && slips > 0) return 1 - (edits / Math.max(asked.plain.length, known.plain.length)) * 1.2;
  if (asked.sound.length >= 4 && known.sound.length >= 4 && editsBetween(asked.sound, known.sound, 1) <= 1) return 0.7;
  return 0;
}
