/**
 * Addresses in typed memory, each with a dense row number. Buckets of one cache line hold eight 32-bit fingerprints
 * and eight rows, so that what is absent is found absent after one line in two of three cases; a hit is confirmed
 * against the address's own bytes, so two addresses are never taken for one. An EVM address is kept as its 20 bytes,
 * any other as its text. Nothing is ever removed: what is no longer listed stays with its history. A lookup
 * allocates nothing.
 *
 * 8 bytes a slot at a load of at most 0.81 are 9.9 bytes an address in the table. The exact confirm is not in that
 * figure: the addresses themselves lie beside it, 26 bytes each for EVM (`bytes` tells both).
 */

import { assert, type ChainFamily } from '../terms/index.ts';

/** Characters of a canonical address at most, as `canonicalAddress` bounds them; a record keeps its length in one byte. */
const ADDRESS_LENGTH_MAX = 128;
/** Share of used slots at most: a third of the buckets is then full, and a search goes on to the next one. */
const LOAD_MAX = 0.81;
/** Slots of a bucket: with their rows they fill a cache line of 64 bytes. */
const BUCKET = 8;
/** Rows at most: the addresses stay within 4 GiB. */
const ROWS_MAX = 100_000_000;
/** Bytes before each address: its family and its length. */
const HEAD_BYTES = 2;
const EVM_BYTES = 20;
const EVM_LENGTH = 42;
/** Keys looked up together: their buckets, 32 kB, stay in the nearest cache. */
const BLOCK = 512;
const SEED = 0x9747b28c;
const FINGERPRINT_SEED = 0x1b873593;

const FAMILIES: readonly ChainFamily[] = ['bitcoin', 'evm', 'tron', 'solana', 'ripple', 'other'];

/** Value of a hex digit by its code; 16 for every other code below 128. Canonical EVM addresses are in lower case. */
const NIBBLE = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return digit < 0 ? 16 : digit;
});

/** Listed addresses, each with a row. `add` and `find` take the canonical text of `canonicalAddress`; a row is a number from 0 on. */
export class AddressSet {
  /** Buckets of 8 fingerprints and 8 rows + 1, filled from their beginning; a row of 0 is an empty slot. */
  #slots = new Int32Array(2 * BUCKET * 2);
  #buckets = 2;
  #count = 0;
  /** Where each row's record begins: family, length, bytes. */
  #begin = new Uint32Array(16);
  #bytes = new Uint8Array(512);
  #used = 0;
  /** Places and fingerprints of a block that is looked up. */
  readonly #places = new Int32Array(BLOCK);
  readonly #fingerprints = new Int32Array(BLOCK);
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

  /** Makes room for so many addresses in all, so that adding them, when they are EVM, moves nothing. */
  reserve(count: number): void {
    assert(count <= ROWS_MAX, `at most ${ROWS_MAX} addresses`);
    if (count > this.#room) this.#rehash(Math.ceil(count / LOAD_MAX / BUCKET) + 1);
    if (count > this.#begin.length) this.#begin = grown(this.#begin, new Uint32Array(count));
    const bytes = count * (HEAD_BYTES + EVM_BYTES);
    if (bytes > this.#bytes.length) this.#bytes = grown(this.#bytes, new Uint8Array(bytes));
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
    if (row + 1 > this.#room) this.reserve(Math.ceil((row + 1) * 1.5));
    if (row === this.#begin.length) this.#begin = grown(this.#begin, new Uint32Array(row * 2));
    this.#begin[row] = this.#used;
    this.#write(family, address);
    this.#count += 1;
    this.#read(family, address);
    this.#place(row);
    return row;
  }

  /**
   * Rows of many EVM addresses at once, -1 for each that is not there. `addresses` holds 20 bytes each, as a chain
   * writes them; `rows` takes one number for each.
   */
  findMany(addresses: Uint8Array, rows: Int32Array): void {
    assert(addresses.length === rows.length * EVM_BYTES, 'twenty bytes for each row asked for');
    for (let first = 0; first < rows.length; first += BLOCK) this.#findBlock(addresses, rows, first, Math.min(first + BLOCK, rows.length));
  }

  /**
   * A block of keys in three steps, because memory answers many questions at once and one after the other slowly:
   * places and fingerprints are worked out, then the buckets are touched, then compared when they have come.
   */
  #findBlock(addresses: Uint8Array, rows: Int32Array, first: number, end: number): void {
    const [slots, buckets, places, fingerprints] = [this.#slots, this.#buckets, this.#places, this.#fingerprints];
    const seed = SEED ^ FAMILIES.indexOf('evm');
    for (let i = first; i < end; i++) {
      let a = seed;
      let b = FINGERPRINT_SEED;
      for (let j = i * EVM_BYTES; j < (i + 1) * EVM_BYTES; j += 4) {
        const word = wordAt(addresses, j);
        a = mixPlace(a, word);
        b = mixFingerprint(b, word);
      }
      places[i - first] = 2 * BUCKET * Math.floor((endPlace(a) / 4_294_967_296) * buckets);
      fingerprints[i - first] = b ^ (b >>> 16);
    }
    let touched = 0;
    for (let i = 0; i < end - first; i++) touched |= slots[places[i] ?? 0] ?? 0;
    // Written so that no compiler leaves the loads out; each row's own answer takes its place below.
    rows[first] = touched;
    for (let i = first; i < end; i++) {
      const fingerprint = fingerprints[i - first] ?? 0;
      let found = -1;
      for (let at = places[i - first] ?? 0; ; at = at + 2 * BUCKET === slots.length ? 0 : at + 2 * BUCKET) {
        for (let slot = at; slot < at + BUCKET; slot++) {
          if (slots[slot] === fingerprint && this.#areHere((slots[slot + BUCKET] ?? 0) - 1, addresses, i * EVM_BYTES)) found = (slots[slot + BUCKET] ?? 0) - 1;
        }
        if (found >= 0 || slots[at + 2 * BUCKET - 1] === 0) break;
      }
      rows[i] = found;
    }
  }

  get #room(): number {
    return Math.floor(this.#buckets * BUCKET * LOAD_MAX);
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
    else for (let i = from; i < end; i += 4) this.#mix(wordAt(bytes, i));
    this.#ends();
  }

  #begins(family: ChainFamily): void {
    this.#hash = SEED ^ FAMILIES.indexOf(family);
    this.#fingerprint = FINGERPRINT_SEED;
  }

  #mix(word: number): void {
    this.#hash = mixPlace(this.#hash, word);
    this.#fingerprint = mixFingerprint(this.#fingerprint, word);
  }

  #ends(): void {
    this.#hash = endPlace(this.#hash);
    this.#fingerprint = this.#fingerprint ^ (this.#fingerprint >>> 16);
  }

  #search(family: ChainFamily, address: string): number {
    const slots = this.#slots;
    const fingerprint = this.#fingerprint;
    for (let at = this.#firstBucket(); ; at = at + 2 * BUCKET === slots.length ? 0 : at + 2 * BUCKET) {
      for (let slot = at; slot < at + BUCKET; slot++) {
        if (slots[slot] !== fingerprint) continue;
        const row = slots[slot + BUCKET] ?? 0;
        if (row !== 0 && this.#isHere(row - 1, family, address)) return row - 1;
      }
      if (slots[at + 2 * BUCKET - 1] === 0) return -1;
    }
  }

  /** Where a search begins: the hash as a share of the buckets, which need be no power of two. */
  #firstBucket(): number {
    return 2 * BUCKET * Math.floor((this.#hash / 4_294_967_296) * this.#buckets);
  }

  #areHere(row: number, addresses: Uint8Array, from: number): boolean {
    if (row < 0) return false;
    const bytes = this.#bytes;
    const here = (this.#begin[row] ?? 0) + HEAD_BYTES;
    if (FAMILIES[bytes[here - 2] ?? FAMILIES.length] !== 'evm') return false;
    for (let i = 0; i < EVM_BYTES; i++) if (bytes[here + i] !== addresses[from + i]) return false;
    return true;
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
    let at = this.#firstBucket();
    while (slots[at + 2 * BUCKET - 1] !== 0) at = at + 2 * BUCKET === slots.length ? 0 : at + 2 * BUCKET;
    while (slots[at + BUCKET] !== 0) at += 1;
    slots[at] = this.#fingerprint;
    slots[at + BUCKET] = row + 1;
  }

  #rehash(buckets: number): void {
    this.#slots = new Int32Array(2 * BUCKET * buckets);
    this.#buckets = buckets;
    for (let row = 0; row < this.#count; row++) {
      this.#readRow(row);
      this.#place(row);
    }
  }
}

/** Takes a word in: multiply and mix, with the constants of MurmurHash3. */
function mixPlace(hash: number, word: number): number {
  const a = Math.imul(hash ^ Math.imul(word, 0xcc9e2d51), 0x85ebca6b);
  return a ^ (a >>> 15);
}

function mixFingerprint(hash: number, word: number): number {
  const b = Math.imul(hash ^ Math.imul(word, 0x2545f491), 0xc2b2ae35);
  return b ^ (b >>> 13);
}

function endPlace(hash: number): number {
  const a = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
  return (a ^ (a >>> 13)) >>> 0;
}

function wordAt(bytes: Uint8Array, i: number): number {
  return ((bytes[i] ?? 0) << 24) | ((bytes[i + 1] ?? 0) << 16) | ((bytes[i + 2] ?? 0) << 8) | (bytes[i + 3] ?? 0);
}

function byteAt(address: string, i: number): number {
  return ((NIBBLE[address.charCodeAt(2 * i + 2)] ?? 0) << 4) | (NIBBLE[address.charCodeAt(2 * i + 3)] ?? 0);
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
