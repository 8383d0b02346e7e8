/**
 * Numbers under 32-bit keys, many to many: filled once, then closed into two flat arrays ordered by key, with a
 * directory over the keys' upper bits. A key that two texts share brings too many numbers, never too few.
 */

/** Average numbers behind one place of the directory. */
const LOAD = 4;
const GROWTH = 2;

/** A table of numbers by key. */
export class KeyTable {
  #keys = new Uint32Array(1 << 12);
  #numbers = new Int32Array(1 << 12);
  #directory = new Int32Array(0);
  #shift = 32;
  #size = 0;

  /** Puts a number under a key; only before `close`. */
  add(key: number, number: number): void {
    if (this.#size === this.#keys.length) {
      const keys = new Uint32Array(this.#size * GROWTH);
      const numbers = new Int32Array(this.#size * GROWTH);
      keys.set(this.#keys);
      numbers.set(this.#numbers);
      [this.#keys, this.#numbers] = [keys, numbers];
    }
    this.#keys[this.#size] = key;
    this.#numbers[this.#size] = number;
    this.#size += 1;
  }

  /** Orders what was put in. */
  close(): void {
    const bits = Math.max(1, Math.ceil(Math.log2(Math.max(2, this.#size / LOAD))));
    this.#shift = 32 - bits;
    const directory = new Int32Array((1 << bits) + 1);
    for (let at = 0; at < this.#size; at += 1) {
      const place = ((this.#keys[at] ?? 0) >>> this.#shift) + 1;
      directory[place] = (directory[place] ?? 0) + 1;
    }
    for (let place = 0; place + 1 < directory.length; place += 1) directory[place + 1] = (directory[place + 1] ?? 0) + (directory[place] ?? 0);
    const keys = new Uint32Array(this.#size);
    const numbers = new Int32Array(this.#size);
    const fill = directory.slice();
    for (let at = 0; at < this.#size; at += 1) {
      const key = this.#keys[at] ?? 0;
      const place = fill[key >>> this.#shift] ?? 0;
      fill[key >>> this.#shift] = place + 1;
      keys[place] = key;
      numbers[place] = this.#numbers[at] ?? 0;
    }
    [this.#keys, this.#numbers, this.#directory] = [keys, numbers, directory];
  }

  /** Visits the numbers under a key; a key with more than `most` of them is passed over. */
  each(key: number, visit: (number: number) => void, most = Infinity): void {
    const place = key >>> this.#shift;
    const begin = this.#directory[place] ?? 0;
    const end = this.#directory[place + 1] ?? 0;
    if (most < end - begin && this.#count(key, begin, end) > most) return;
    for (let at = begin; at < end; at += 1) if (this.#keys[at] === key) visit(this.#numbers[at] ?? 0);
  }

  #count(key: number, begin: number, end: number): number {
    let count = 0;
    for (let at = begin; at < end; at += 1) if (this.#keys[at] === key) count += 1;
    return count;
  }
}
