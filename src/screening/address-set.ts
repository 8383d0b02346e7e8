/**
 * Addresses in typed memory, each with a dense row number. Open addressing over slots of a 32-bit fingerprint and
 * a row; a hit is confirmed against the address's own bytes, so two addresses are never taken for one. An EVM
 * address is kept as its 20 bytes, any other as its text. Nothing is ever removed: what is no longer listed stays
 * with its history. A lookup allocates nothing.
 *
 * 8 bytes a slot at a load of at most 0.81 are 9.9 bytes an address in the table; the addresses themselves lie
 * beside it (`bytes` tells both).
 */

import { assert, type ChainFamily } from '../terms/index.ts';

/** Characters of a canonical address at most, as `canonicalAddress` bounds them; a record keeps its length in one byte. */
const ADDRESS_LENGTH_MAX = 128;
/** Share of used slots at most: what is absent is then found absent after 14 slots in the mean, two cache lines. */
const LOAD_MAX = 0.81;
/** Rows at most: a slot keeps row + 1 in 32 bits, and the addresses stay within 4 GiB. */
const ROWS_MAX = 100_000_000;
/** Bytes before each address: its family and its length. */
const HEAD_BYTES = 2;
const EVM_BYTES = 20;
const EVM_LENGTH = 42;

const FAMILIES: readonly ChainFamily[] = ['bitcoin', 'evm', 'tron', 'solana', 'ripple', 'other'];

/** Value of a hex digit by its code; 16 for every other code below 128. Canonical EVM addresses are in lower case. */
const NIBBLE = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return digit < 0 ? 16 : digit;
});

export class AddressSet {
  /** Pairs of fingerprint and row + 1; a row of 0 is an empty slot. */
  #slots = new Uint32Array(2 * 16);
  #capacity = 16;
  #count = 0;
  /** Where each row's record begins: family, length, bytes. */
  #begin = new Uint32Array(16);
  #bytes = new Uint8Array(512);
  #used = 0;
  /** Two independent hashes of the address in hand: one places, the other tells apart. */
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
    if (count > Math.floor(this.#capacity * LOAD_MAX)) this.#rehash(Math.ceil(count / LOAD_MAX) + 1);
    if (count > this.#begin.length) this.#begin = grown(this.#begin, new Uint32Array(count));
  }

  /** Row of the address, or -1 when it is not there. */
  find(family: ChainFamily, address: string): number {
    return this.#read(family, address) ? this.#search(family, address) : -1;
  }

  /** Row of the address, which is added when it is new. */
  add(family: ChainFamily, address: string): number {
    assert(this.#read(family, address), `an address of at most ${ADDRESS_LENGTH_MAX} characters in canonical form`);
    const known = this.#search(family, address);
    if (known >= 0) return known;
    const row = this.#count;
    if (row + 1 > Math.floor(this.#capacity * LOAD_MAX)) this.reserve(Math.ceil((row + 1) * 1.5));
    if (row === this.#begin.length) this.#begin = grown(this.#begin, new Uint32Array(row * 2));
    this.#begin[row] = this.#used;
    this.#write(family, address);
    this.#count += 1;
    this.#read(family, address);
    this.#place(row);
    return row;
  }

  /** The family of a row. */
  familyOf(row: number): ChainFamily {
    const family = FAMILIES[this.#bytes[this.#begin[row] ?? 0] ?? FAMILIES.length];
    assert(family !== undefined && row < this.#count, 'a row of the set');
    return family;
  }

  /** Hashes the address; false when the text is no canonical address of its family. */
  #read(family: ChainFamily, address: string): boolean {
    const length = address.length;
    if (length > ADDRESS_LENGTH_MAX) return false;
    this.#begins(family);
    if (family !== 'evm') {
      for (let i = 0; i < length; i++) this.#mix(address.charCodeAt(i));
    } else {
      if (length !== EVM_LENGTH) return false;
      for (let i = 2; i < EVM_LENGTH; i += 8) {
        let word = 0;
        let seen = 0;
        for (let j = i; j < i + 8; j++) {
          const nibble = NIBBLE[address.charCodeAt(j)] ?? 16;
          seen |= nibble;
          word = (word << 4) | nibble;
        }
        if (seen > 15) return false;
        this.#mix(word);
      }
    }
    this.#ends();
    return true;
  }

  /** Hashes the address that a row holds: the same words, so the same hashes. */
  #readRow(row: number): void {
    const bytes = this.#bytes;
    const from = (this.#begin[row] ?? 0) + HEAD_BYTES;
    const end = from + (bytes[from - 1] ?? 0);
    const family = this.familyOf(row);
    this.#begins(family);
    if (family !== 'evm') for (let i = from; i < end; i++) this.#mix(bytes[i] ?? 0);
    else for (let i = from; i < end; i += 4) this.#mix(((bytes[i] ?? 0) << 24) | ((bytes[i + 1] ?? 0) << 16) | ((bytes[i + 2] ?? 0) << 8) | (bytes[i + 3] ?? 0));
    this.#ends();
  }

  #begins(family: ChainFamily): void {
    this.#hash = 0x9747b28c ^ FAMILIES.indexOf(family);
    this.#fingerprint = 0x1b873593;
  }

  /** Takes a word in: multiply and mix, with the constants of MurmurHash3. */
  #mix(word: number): void {
    const a = Math.imul(this.#hash ^ Math.imul(word, 0xcc9e2d51), 0x85ebca6b);
    const b = Math.imul(this.#fingerprint ^ Math.imul(word, 0x2545f491), 0xc2b2ae35);
    this.#hash = a ^ (a >>> 15);
    this.#fingerprint = b ^ (b >>> 13);
  }

  #ends(): void {
    const a = Math.imul(this.#hash ^ (this.#hash >>> 16), 0xc2b2ae35);
    this.#hash = (a ^ (a >>> 13)) >>> 0;
    this.#fingerprint = (this.#fingerprint ^ (this.#fingerprint >>> 16)) >>> 0;
  }

  #search(family: ChainFamily, address: string): number {
    const slots = this.#slots;
    const fingerprint = this.#fingerprint;
    for (let at = this.#firstSlot(); ; at = at + 2 === slots.length ? 0 : at + 2) {
      const row = slots[at + 1] ?? 0;
      if (row === 0) return -1;
      if (slots[at] === fingerprint && this.#isHere(row - 1, family, address)) return row - 1;
    }
  }

  /** Index of the pair where a search begins: the hash as a share of the capacity, which need be no power of two. */
  #firstSlot(): number {
    return 2 * Math.floor((this.#hash / 4_294_967_296) * this.#capacity);
  }

  #isHere(row: number, family: ChainFamily, address: string): boolean {
    const bytes = this.#bytes;
    const from = (this.#begin[row] ?? 0) + HEAD_BYTES;
    if (FAMILIES[bytes[from - 2] ?? FAMILIES.length] !== family) return false;
    if (family !== 'evm') {
      if (bytes[from - 1] !== address.length) return false;
      for (let i = 0; i < address.length; i++) if (bytes[from + i] !== address.charCodeAt(i)) return false;
      return true;
    }
    for (let i = 0; i < EVM_BYTES; i++) if (bytes[from + i] !== byteAt(address, i)) return false;
    return true;
  }

  #write(family: ChainFamily, address: string): void {
    const length = family === 'evm' ? EVM_BYTES : address.length;
    const end = this.#used + HEAD_BYTES + length;
    if (end > this.#bytes.length) this.#bytes = grown(this.#bytes, new Uint8Array(Math.ceil(end * 1.5)));
    const from = this.#used + HEAD_BYTES;
    this.#bytes[from - 2] = FAMILIES.indexOf(family);
    this.#bytes[from - 1] = length;
    for (let i = 0; i < length; i++) this.#bytes[from + i] = family === 'evm' ? byteAt(address, i) : address.charCodeAt(i);
    this.#used = end;
  }

  /** Puts a row, whose hashes are in hand, into the first free slot. */
  #place(row: number): void {
    const slots = this.#slots;
    let at = this.#firstSlot();
    while (slots[at + 1] !== 0) at = at + 2 === slots.length ? 0 : at + 2;
    slots[at] = this.#fingerprint;
    slots[at + 1] = row + 1;
  }

  #rehash(capacity: number): void {
    this.#slots = new Uint32Array(2 * capacity);
    this.#capacity = capacity;
    for (let row = 0; row < this.#count; row++) {
      this.#readRow(row);
      this.#place(row);
    }
  }
}

function byteAt(address: string, i: number): number {
  return ((NIBBLE[address.charCodeAt(2 * i + 2)] ?? 0) << 4) | (NIBBLE[address.charCodeAt(2 * i + 3)] ?? 0);
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
