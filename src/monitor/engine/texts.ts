/**
 * Event ids, so that evidence can name its events. Texts lie in units of 8 bytes in one growing
 * buffer; a freed text joins the free list of its length. Unit 0 is never given: it means "no text".
 */

import { assert } from '../../terms/index.ts';
import { ID_BYTES_MAX } from './limits.ts';

const UNIT = 8;

export class Texts {
  bytes: Uint8Array;
  words: Uint32Array;
  /** Units in use or on a free list. */
  units = 1;
  /** Heads of the free lists by length in units. */
  readonly free = new Uint32Array(ID_BYTES_MAX / UNIT + 1);
  readonly #decoder = new TextDecoder();

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
    const size = (length + UNIT - 1) >>> 3;
    let place = this.free[size] ?? 0;
    if (place !== 0) this.free[size] = this.words[place * 2] ?? 0;
    else {
      place = this.units;
      this.units += size;
      assert(this.units <= this.capacity, 'text room was reserved');
    }
    const at = place * UNIT;
    const { bytes } = this;
    for (let i = 0; i < length; i++) bytes[at + i] = heap[from + i] ?? 0;
    for (let i = length; i < size * UNIT; i++) bytes[at + i] = 0;
    return place;
  }

  /** Length in bytes of the text at a place that was kept with `size` bytes at most. */
  release(place: number, length: number): void {
    const size = (length + UNIT - 1) >>> 3;
    this.words[place * 2] = this.free[size] ?? 0;
    this.free[size] = place;
  }

  /** The text at a place. */
  read(place: number, length: number): string {
    return this.#decoder.decode(this.bytes.subarray(place * UNIT, place * UNIT + length));
  }
}
