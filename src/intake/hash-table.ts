/**
 * A table from a 128-bit key to a fixed number of 32-bit words, in typed arrays: 40 million entries
 * where a JS Map ends near 16 million and costs 200 bytes each. Linear probing at a load of at most
 * 0.7; entries are never removed one by one, only all at once.
 *
 * Keys are hashes of what they stand for. Two references of one firm collide with odds of about
 * n² / 2^129; a firm that builds a collision on purpose confuses only its own references.
 */

import { assert } from '../terms/index.ts';

const LOAD_MAX = 0.7;
/** Slots at most: 2^28 of 32 bytes are 8 GiB. */
const SLOTS_MAX = 2 ** 28;

export class HashTable {
  readonly #stride: number;
  #slots: number;
  #cells: Uint32Array;
  /** The same memory by bytes. */
  #bytes: Buffer;
  #size = 0;

  /** `words`: 32-bit words of a value. */
  constructor(words: number, slots = 1024) {
    this.#stride = 4 + words;
    this.#slots = slots;
    this.#cells = new Uint32Array(slots * this.#stride);
    this.#bytes = Buffer.from(this.#cells.buffer);
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#cells.byteLength;
  }

  /** Place of a key's value for `word`, or -1. */
  find(key: Uint32Array): number {
    const at = this.#locate(key);
    return this.#used(at) ? at + 4 : -1;
  }

  /** A value's word at a place that `find` or `insert` gave. */
  word(place: number, index: number): number {
    return this.#cells[place + index] ?? 0;
  }

  setWord(place: number, index: number, value: number): void {
    this.#cells[place + index] = value;
  }

  /** A value of so many words as hex digits, byte by byte. */
  hex(place: number, words: number): string {
    return this.#bytes.toString('hex', place * 4, (place + words) * 4);
  }

  setHex(place: number, words: number, hex: string): void {
    assert(hex.length === words * 8 && this.#bytes.write(hex, place * 4, words * 4, 'hex') === words * 4, `a value of ${words} words is ${words * 8} hex digits`);
  }

  /** Enters a key that is not there yet; gives the place of its value, all zero. */
  insert(key: Uint32Array): number {
    if (this.#size + 1 > this.#slots * LOAD_MAX) this.#grow();
    const at = this.#locate(key);
    assert(!this.#used(at), 'a key is entered once');
    this.#cells.set(key, at);
    this.#size += 1;
    return at + 4;
  }

  clear(): void {
    this.#cells.fill(0);
    this.#size = 0;
  }

  #used(at: number): boolean {
    const c = this.#cells;
    return (c[at] ?? 0) !== 0 || (c[at + 1] ?? 0) !== 0 || (c[at + 2] ?? 0) !== 0 || (c[at + 3] ?? 0) !== 0;
  }

  /** The slot of a key: its own, or the free one where it would go. */
  #locate(key: Uint32Array): number {
    const c = this.#cells;
    const [k0 = 0, k1 = 0, k2 = 0, k3 = 0] = key;
    let slot = (k0 ^ Math.imul(k1, 0x9e3779b1)) & (this.#slots - 1);
    for (;;) {
      const at = slot * this.#stride;
      if (c[at] === k0 && c[at + 1] === k1 && c[at + 2] === k2 && c[at + 3] === k3) return at;
      if (!this.#used(at)) return at;
      slot = (slot + 1) & (this.#slots - 1);
    }
  }

  #grow(): void {
    assert(this.#slots * 2 <= SLOTS_MAX, 'the table stays within its bound');
    const old = this.#cells;
    this.#slots *= 2;
    this.#cells = new Uint32Array(this.#slots * this.#stride);
    this.#bytes = Buffer.from(this.#cells.buffer);
    const key = new Uint32Array(4);
    for (let at = 0; at < old.length; at += this.#stride) {
      key.set(old.subarray(at, at + 4));
      if (key[0] === 0 && key[1] === 0 && key[2] === 0 && key[3] === 0) continue;
      this.#cells.set(old.subarray(at, at + this.#stride), this.#locate(key));
    }
  }
}

/**
 * 128 bits of a text within a firm: two runs of a 64-bit multiply-xor mix with different seeds.
 * Not cryptographic; see the head of this file. Writes into `out` and never gives all zero.
 */
export function hashText(firm: number, text: string, out: Uint32Array): Uint32Array {
  let a = 0xdeadbeef ^ firm;
  let b = 0x41c6ce57 ^ Math.imul(firm, 0x9e3779b1);
  let c = 0x7f4a7c15 ^ firm;
  let d = 0x94d049bb ^ Math.imul(firm, 0x85ebca6b);
  for (let i = 0; i < text.length; i++) {
    const ch = text.charCodeAt(i);
    a = Math.imul(a ^ ch, 2_654_435_761);
    b = Math.imul(b ^ ch, 1_597_334_677);
    c = Math.imul(c ^ ch, 3_266_489_917);
    d = Math.imul(d ^ ch, 668_265_263);
    a ^= b >>> 15;
    c ^= d >>> 13;
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  c = Math.imul(c ^ (c >>> 16), 2_246_822_507) ^ Math.imul(d ^ (d >>> 13), 3_266_489_909);
  d = Math.imul(d ^ (d >>> 16), 2_246_822_507) ^ Math.imul(c ^ (c >>> 13), 3_266_489_909);
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d === 0 ? 1 : d;
  return out;
}
