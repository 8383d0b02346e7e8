/**
 * Addresses in typed memory, each with a dense row number. Open addressing over slots of a 32-bit fingerprint and
 * a row; a hit is confirmed against the address's own bytes, so two addresses are never taken for one. An EVM
 * address is kept as its 20 bytes, any other as its text. Nothing is ever removed: what is no longer listed stays
 * with its history.
 *
 * 8 bytes a slot at a load of at most 0.85 are 9.5 bytes an address in the table; the addresses themselves lie
 * beside it (`bytes` tells both).
 */

import { assert, type ChainFamily } from '../terms/index.ts';

/** Characters of a canonical address at most, as `canonicalAddress` bounds them; a record keeps its length in one byte. */
const ADDRESS_LENGTH_MAX = 128;
/** Above this share of used slots, searches for what is absent grow long: 0.85 takes some 22 probes in the worst mean. */
const LOAD_MAX = 0.85;
/** Rows at most: a slot keeps row + 1 in 32 bits. */
const ROWS_MAX = 100_000_000;
const FAMILY_NUMBER: Readonly<Record<ChainFamily, number>> = { bitcoin: 1, evm: 2, tron: 3, solana: 4, ripple: 5, other: 6 };
const FAMILIES = Object.entries(FAMILY_NUMBER).sort(([, a], [, b]) => a - b).map(([family]) => family as ChainFamily);

export class AddressSet {
  /** Pairs of fingerprint and row + 1; a row of 0 is an empty slot. */
  #slots = new Uint32Array(2 * 16);
  #capacity = 16;
  #count = 0;
  /** Where each row's record begins: family, length, bytes. */
  #begin = new Uint32Array(16);
  #bytes = new Uint8Array(512);
  #used = 0;
  readonly #scratch = new Uint8Array(ADDRESS_LENGTH_MAX + 2);
  #scratchLength = 0;
  #hash = 0;
  #fingerprint = 0;

  get count(): number {
    return this.#count;
  }

  /** Bytes of the table, and of the addresses beside it. */
  get bytes(): { readonly table: number; readonly addresses: number } {
    return { table: this.#slots.byteLength, addresses: this.#bytes.byteLength + this.#begin.byteLength };
  }

  /** Makes room for so many addresses in all, so that adding them moves nothing. */
  reserve(count: number): void {
    assert(count <= ROWS_MAX, `at most ${ROWS_MAX} addresses`);
    if (count > this.#capacity * LOAD_MAX) this.#rehash(Math.ceil(count / LOAD_MAX));
    if (count > this.#begin.length) this.#begin = grown(this.#begin, new Uint32Array(count));
  }

  /** Row of the address, or -1 when it is not there. Allocates nothing. */
  find(family: ChainFamily, address: string): number {
    return this.#encode(family, address) ? this.#search() : -1;
  }

  /** Row of the address, which is added when it is new. */
  add(family: ChainFamily, address: string): number {
    assert(this.#encode(family, address), `an address of at most ${ADDRESS_LENGTH_MAX} characters in canonical form`);
    const known = this.#search();
    if (known >= 0) return known;
    if (this.#count + 1 > Math.floor(this.#capacity * LOAD_MAX)) this.reserve(Math.ceil((this.#count + 1) * 1.5));
    if (this.#count === this.#begin.length) this.#begin = grown(this.#begin, new Uint32Array(this.#count * 2));
    if (this.#used + this.#scratchLength > this.#bytes.length) this.#bytes = grown(this.#bytes, new Uint8Array(Math.ceil((this.#used + this.#scratchLength) * 1.5)));
    const row = this.#count++;
    this.#begin[row] = this.#used;
    this.#bytes.set(this.#scratch.subarray(0, this.#scratchLength), this.#used);
    this.#used += this.#scratchLength;
    this.#place(row);
    return row;
  }

  /** The family of a row. */
  familyOf(row: number): ChainFamily {
    const family = FAMILIES[(this.#bytes[this.#begin[row] ?? 0] ?? 0) - 1];
    assert(family !== undefined && row < this.#count, 'a row of the set');
    return family;
  }

  /** Writes family, length and bytes into the scratch, and its hashes. False when the text is no canonical address of its family. */
  #encode(family: ChainFamily, address: string): boolean {
    const scratch = this.#scratch;
    scratch[0] = FAMILY_NUMBER[family];
    if (address.length > ADDRESS_LENGTH_MAX) return false;
    if (family === 'evm') {
      if (address.length !== 42) return false;
      for (let i = 0; i < 20; i++) {
        const high = NIBBLE[address.charCodeAt(2 * i + 2)] ?? 16;
        const low = NIBBLE[address.charCodeAt(2 * i + 3)] ?? 16;
        if ((high | low) > 15) return false;
        scratch[i + 2] = (high << 4) | low;
      }
      this.#scratchLength = 22;
    } else {
      for (let i = 0; i < address.length; i++) scratch[i + 2] = address.charCodeAt(i);
      this.#scratchLength = address.length + 2;
    }
    scratch[1] = this.#scratchLength - 2;
    this.#hashScratch();
    return true;
  }

  /** Two independent 32-bit hashes of the scratch: one places, the other tells apart. Multiply-mix of whole words (MurmurHash3's). */
  #hashScratch(): void {
    const s = this.#scratch;
    let a = 0x9747b28c;
    let b = 0x1b873593;
    const end = this.#scratchLength;
    for (let i = 0; i < end; i += 4) {
      const word = (s[i] ?? 0) | ((i + 1 < end ? s[i + 1] ?? 0 : 0) << 8) | ((i + 2 < end ? s[i + 2] ?? 0 : 0) << 16) | ((i + 3 < end ? s[i + 3] ?? 0 : 0) << 24);
      a = Math.imul(a ^ Math.imul(word, 0xcc9e2d51), 0x85ebca6b);
      a ^= a >>> 15;
      b = Math.imul(b ^ Math.imul(word, 0x2545f491), 0xc2b2ae35);
      b ^= b >>> 13;
    }
    this.#hash = (a ^ (a >>> 16)) >>> 0;
    this.#fingerprint = (b ^ (b >>> 16)) >>> 0;
  }

  #search(): number {
    const slots = this.#slots;
    const capacity = this.#capacity;
    const fingerprint = this.#fingerprint;
    for (let slot = Math.floor((this.#hash * capacity) / 4_294_967_296); ; slot = slot + 1 === capacity ? 0 : slot + 1) {
      const row = slots[2 * slot + 1] ?? 0;
      if (row === 0) return -1;
      if (slots[2 * slot] === fingerprint && this.#isHere(row - 1)) return row - 1;
    }
  }

  #isHere(row: number): boolean {
    const from = this.#begin[row] ?? 0;
    for (let i = 0; i < this.#scratchLength; i++) if (this.#bytes[from + i] !== this.#scratch[i]) return false;
    return true;
  }

  /** Puts a row, whose address is in the scratch, into the first free slot. */
  #place(row: number): void {
    const capacity = this.#capacity;
    let slot = Math.floor((this.#hash * capacity) / 4_294_967_296);
    while (this.#slots[2 * slot + 1] !== 0) slot = slot + 1 === capacity ? 0 : slot + 1;
    this.#slots[2 * slot] = this.#fingerprint;
    this.#slots[2 * slot + 1] = row + 1;
  }

  #rehash(capacity: number): void {
    // What `add` has encoded is placed after the move, so the scratch is restored.
    const pending = this.#scratch.slice(0, this.#scratchLength);
    this.#slots = new Uint32Array(2 * capacity);
    this.#capacity = capacity;
    for (let row = 0; row < this.#count; row++) {
      const from = this.#begin[row] ?? 0;
      const length = (this.#bytes[from + 1] ?? 0) + 2;
      for (let i = 0; i < length; i++) this.#scratch[i] = this.#bytes[from + i] ?? 0;
      this.#scratchLength = length;
      this.#hashScratch();
      this.#place(row);
    }
    this.#scratch.set(pending);
    this.#scratchLength = pending.length;
    this.#hashScratch();
  }
}

/** Value of a hex digit by its code; 16 for every other code below 128. Canonical EVM addresses are in lower case. */
const NIBBLE = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return digit < 0 ? 16 : digit;
});

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
