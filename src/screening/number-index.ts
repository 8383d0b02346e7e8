/**
 * Whose identity holds a number that a list names? Numbers are kept as hashes of 53 bits, so the index proposes and
 * never decides: who is proposed is opened and compared in full. Two numbers of one hash cost one comparison too many,
 * never a bearer too few.
 */

import { numberKey } from './match/features.ts';

/** People by the hashes of their numbers. */
export class NumberIndex {
  readonly #refs = new Map<number, number | number[]>();

  /** Puts a person's numbers in. */
  put(ref: number, numbers: readonly string[]): void {
    for (const number of numbers) {
      const key = hashOf(numberKey(number));
      const known = this.#refs.get(key);
      if (known === undefined) this.#refs.set(key, ref);
      else if (typeof known === 'number') this.#refs.set(key, [known, ref]);
      else known.push(ref);
    }
  }

  /** Everybody who may have one of these numbers, as `numberKey` writes them. */
  withNumbers(keys: readonly string[]): number[] {
    return keys.flatMap((key) => this.#refs.get(hashOf(key)) ?? []);
  }
}

/** Two sums of 32 bits, each with a multiplier of its own, folded to 53 bits: what a key of a map may hold exactly. */
function hashOf(key: string): number {
  let [one, two] = [0x2c1b3c6d, 0x297a2d39];
  for (let at = 0; at < key.length; at += 1) {
    const unit = key.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x85ebca77);
    two = Math.imul(two ^ unit, 0xc2b2ae3d);
  }
  one ^= one >>> 15;
  two ^= two >>> 13;
  return (one & 0x1f_ffff) * 0x1_0000_0000 + (two >>> 0);
}
