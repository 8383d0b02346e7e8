/**
 * Event ids, so that evidence can name its events. A text lies behind a byte that tells its length, in units of 8 bytes of one
 * growing buffer; a freed text joins the free list of its size. Unit 0 is never given: it means "no text".
 */

import { assert } from '../../terms/index.ts';
import { ID_BYTES_MAX } from './limits.ts';

const UNIT = 8;
const decoder = new TextDecoder();
const sizeOf = (length: number): number => (length + UNIT) >>> 3;

/** Units that a batch of `rows` can need at most. */
export const TEXT_UNITS_MAX = sizeOf(ID_BYTES_MAX);

export class Texts {
  bytes: Uint8Array;
  words: Uint32Array;
  /** Units in use or on a free list. */
  units = 1;
  /** Heads of the free lists by size in units. */
  readonly free = new Uint32Array(TEXT_UNITS_MAX + 1);

  constructor(units: number) {
    this.words = new Uint32Array(units * 2);
    this.bytes = new Uint8Array(this.words.buffer);
  }

  /** Makes room for `units`; gives the buffer's bytes afterwards. */
  grow(units: number): void {
    const words = new Uint32Array(units * 2);
    words.set(this.words);
    this.words = words;
    this.bytes = new Uint8Array(words.buffer);
  }

  get capacity(): number {
    return this.words.length / 2;
  }

  /** Keeps `heap[from, to)`; gives its place. Room was reserved before. */
  keep(heap: Uint8Array, from: number, to: number): number {
    const length = to - from;
    assert(length > 0 && length <= ID_BYTES_MAX, 'an event id has 1 to 64 bytes');
    const size = sizeOf(length);
    let place = this.free[size] ?? 0;
    if (place !== 0) this.free[size] = this.words[place * 2] ?? 0;
    else {
      place = this.units;
      this.units += size;
      assert(this.units <= this.capacity, 'text room was reserved');
    }
    const at = place * UNIT;
    const { bytes } = this;
    bytes[at] = length;
    for (let i = 0; i < length; i++) bytes[at + 1 + i] = heap[from + i] ?? 0;
    for (let i = length + 1; i < size * UNIT; i++) bytes[at + i] = 0;
    return place;
  }

  /** Gives a text back. */
  release(place: number): void {
    const size = sizeOf(this.bytes[place * UNIT] ?? 0);
    this.words[place * 2] = this.free[size] ?? 0;
    this.free[size] = place;
  }

  /** The text at a place. */
  read(place: number): string {
    const at = place * UNIT + 1;
    return decoder.decode(this.bytes.subarray(at, at + (this.bytes[at - 1] ?? 0)));
  }
}
