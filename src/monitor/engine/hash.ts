/**
 * 64 bits of a text, as two 32-bit words: the tie-break of event order and the key of a counterparty.
 * The order of events rests on it, so it is frozen and held by a golden test. It is no cryptographic
 * hash: a firm that seeks collisions can only change the order of its own events of one microsecond.
 */

/** The two words of the last hash. One object, so that the quiet path makes none. */
export interface Hash64 {
  hi: number;
  lo: number;
}

/** Hashes `heap[from, to)` into `out`. Two multiplicative lanes crossed at the end (cyrb53, all 64 bits kept). */
export function hashBytes(heap: Uint8Array, from: number, to: number, seed: number, out: Hash64): void {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = from; i < to; i++) {
    const byte = heap[i] ?? 0;
    a = Math.imul(a ^ byte, 0x9e3779b1);
    b = Math.imul(b ^ byte, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  out.hi = b >>> 0;
  out.lo = a >>> 0;
}
