/**
 * Similarities of the words of one query to the words of an index, kept until the next query: a row of numbers for
 * each place in the query, made when that place is first used, and cleared by a new stamp rather than by writing.
 */

import type { SimilarityMemo } from './align.ts';

/** Stamps start again before they leave 32 bits. */
const STAMP_MAX = 2 ** 30;

/** Keeps similarities by place and word number. */
export class WordMemo implements SimilarityMemo {
  readonly #words: number;
  readonly #values: Float32Array[] = [];
  readonly #stamps: Int32Array[] = [];
  #stamp = 0;

  constructor(words: number) {
    this.#words = words;
  }

  /** Forgets all. */
  clear(): void {
    this.#stamp += 1;
    if (this.#stamp < STAMP_MAX) return;
    for (const stamps of this.#stamps) stamps.fill(0);
    this.#stamp = 1;
  }

  /** The similarity, or -1 when it is not known. */
  get(place: number, number: number): number {
    return this.#stamps[place]?.[number] === this.#stamp ? (this.#values[place]?.[number] ?? -1) : -1;
  }

  set(place: number, number: number, similarity: number): void {
    let [values, stamps] = [this.#values[place], this.#stamps[place]];
    if (values === undefined || stamps === undefined) {
      values = this.#values[place] = new Float32Array(this.#words);
      stamps = this.#stamps[place] = new Int32Array(this.#words);
    }
    values[number] = similarity;
    stamps[number] = this.#stamp;
  }
}
