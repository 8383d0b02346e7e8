/**
 * Listed wallets as a file that anyone may keep: a binary fuse filter (Graf and Lemire, 2022) of 8 bits, about 1.13
 * bytes an address, under a signed head. Whoever holds it asks it at home, and tells nobody whom they ask about. An
 * address that is listed is always found; one in 256 of the others is found too, and must be asked for by name.
 *
 * A key is the first 8 bytes of SHA-256 over `seed:family:address` in UTF-8, the address in its canonical form, so
 * that a reader of another make needs this paragraph and a hash. File: 4 bytes of the head's length, big-endian; the
 * head, a signed note; the filter's bytes, whose SHA-256 stands in the head. Refuses what no known key has signed, what
 * the head does not describe, and every other version.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import { assert, canonicalJson, type ChainFamily } from '../terms/index.ts';
import { concat, equalBytes, hex, textOf, utf8 } from './bytes.ts';
import { openNote, signNote, type NoteVerifier } from './note.ts';
import type { Signer } from './signer.ts';

/** Addresses at most: what one process builds in some minutes. */
const ADDRESSES_MAX = 50_000_000;
/** Bytes of a head, and tries of a seed; one in a hundred seeds fails for a small filter, fewer for a large one. */
const HEAD_BYTES_MAX = 10_000;
const SEEDS_MAX = 200;
const SEGMENT_MAX = 262_144;
const FIRST_LINE = 'nigran-address-filter/1';

const headSchema = z.strictObject({
  count: z.int().min(0).max(ADDRESSES_MAX), lists: z.array(z.strictObject({ list: z.string().max(60), version: z.string().max(200) })).max(100), asOf: z.string().max(40),
  seed: z.int().min(0).max(SEEDS_MAX), segmentLength: z.int().min(4).max(SEGMENT_MAX), segments: z.int().min(1).max(10_000_000), sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What a filter says of itself. */
export type FilterHead = z.output<typeof headSchema>;

/** A listed address in its canonical form. */
export interface FilteredAddress {
  readonly family: ChainFamily;
  readonly address: string;
}

interface Shape {
  readonly segmentLength: number;
  /** Segments in which the first of the three places may lie; two more follow. */
  readonly segments: number;
}

/** Builds and signs a filter. `lists` and `asOf` say what it was made of; addresses may repeat. */
export async function encodeAddressFilter(addresses: Iterable<FilteredAddress>, of: { readonly lists: readonly { readonly list: string; readonly version: string }[]; readonly asOf: string }, signer: Signer): Promise<Uint8Array> {
  const texts = [...new Set([...addresses].map(({ family, address }) => `${family}:${address}`))];
  assert(texts.length <= ADDRESSES_MAX, `a filter holds at most ${ADDRESSES_MAX} addresses`);
  const shape = shapeOf(texts.length);
  for (let seed = 0; seed < SEEDS_MAX; seed++) {
    const bytes = fill(texts.map((text) => keyOf(seed, text)), shape);
    if (bytes === undefined) continue;
    const head: FilterHead = { count: texts.length, lists: [...of.lists], asOf: of.asOf, seed, ...shape, sha256: hex.encode(sha256(bytes)) };
    const note = utf8(await signNote(`${FIRST_LINE}\n${canonicalJson({ ...head, lists: head.lists.map((one) => ({ ...one })) })}\n`, [signer]));
    return concat(Uint8Array.of(note.length >>> 24, note.length >>> 16, note.length >>> 8, note.length), note, bytes);
  }
  throw new Error(`no seed of ${SEEDS_MAX} makes a filter of ${texts.length} addresses`);
}

/** A filter that a known key has signed. */
export class AddressFilter {
  readonly head: FilterHead;
  readonly #bytes: Uint8Array;

  private constructor(head: FilterHead, bytes: Uint8Array) {
    this.head = head;
    this.#bytes = bytes;
  }

  /** Reads a file; undefined when it is none of this form, was changed, or no key of `verifiers` has signed it. */
  static open(file: Uint8Array, verifiers: readonly NoteVerifier[]): AddressFilter | undefined {
    const length = ((file[0] ?? 255) << 24 | (file[1] ?? 0) << 16 | (file[2] ?? 0) << 8 | (file[3] ?? 0)) >>> 0;
    if (length > HEAD_BYTES_MAX || file.length < 4 + length) return undefined;
    const text = textOf(file.subarray(4, 4 + length));
    const note = text === undefined ? undefined : openNote(text, verifiers);
    const [first, line] = note?.text.split('\n') ?? [];
    if (first !== FIRST_LINE || line === undefined) return undefined;
    const head = headSchema.safeParse(jsonOf(line));
    const bytes = file.subarray(4 + length);
    if (!head.success || !equalBytes(sha256(bytes), hex.decode(head.data.sha256) ?? new Uint8Array()) || bytes.length !== sizeOf(head.data)) return undefined;
    return new AddressFilter(head.data, bytes);
  }

  /** False: the address is not listed. True: it is, or it is one of the one in 256 others that must be asked for by name. */
  mayHold(family: ChainFamily, address: string): boolean {
    if (this.head.count === 0) return false;
    const key = keyOf(this.head.seed, `${family}:${address}`);
    const [a, b, c] = placesOf(key, this.head);
    return ((this.#bytes[a] ?? 0) ^ (this.#bytes[b] ?? 0) ^ (this.#bytes[c] ?? 0)) === printOf(key);
  }
}

interface Key {
  readonly high: number;
  readonly low: number;
}

function keyOf(seed: number, text: string): Key {
  const bytes = sha256(utf8(`${seed}:${text}`));
  const word = (at: number): number => ((bytes[at] ?? 0) << 24 | (bytes[at + 1] ?? 0) << 16 | (bytes[at + 2] ?? 0) << 8 | (bytes[at + 3] ?? 0)) >>> 0;
  return { high: word(0), low: word(4) };
}

function printOf({ high, low }: Key): number {
  return (high ^ low) & 0xff;
}

/** Three places in three segments that follow each other: the first by the key's high half, the two others moved within theirs. */
function placesOf({ high, low }: Key, { segmentLength, segments }: Shape): [number, number, number] {
  const first = mulHigh(high, segments * segmentLength);
  const mask = segmentLength - 1;
  return [first, (first + segmentLength) ^ ((low >>> 14) & mask), (first + 2 * segmentLength) ^ (low & mask)];
}

/** High 32 bits of the product of two numbers below 2^32, exact. */
function mulHigh(a: number, b: number): number {
  return Math.floor(((a >>> 16) * b + Math.floor(((a & 0xffff) * b) / 65_536)) / 65_536);
}

function sizeOf({ segmentLength, segments }: Shape): number {
  return (segments + 2) * segmentLength;
}

/** Lengths by the paper's fit for three places. */
function shapeOf(count: number): Shape {
  const segmentLength = count < 2 ? 4 : Math.min(SEGMENT_MAX, 2 ** Math.max(2, Math.floor(Math.log(count) / Math.log(3.33) + 2.25)));
  const factor = count < 2 ? 2 : Math.max(1.125, 0.875 + (0.25 * Math.log(1_000_000)) / Math.log(count));
  return { segmentLength, segments: Math.max(1, Math.ceil(Math.round(count * factor) / segmentLength) - 2) };
}

/** Solves the filter by peeling: a place that only one key still uses settles that key. Undefined when the seed leaves a knot. */
function fill(keys: readonly Key[], shape: Shape): Uint8Array | undefined {
  const size = sizeOf(shape);
  const uses = new Uint32Array(size);
  const mixed = new Uint32Array(size);
  for (const [i, key] of keys.entries()) {
    for (const place of placesOf(key, shape)) {
      uses[place] = (uses[place] ?? 0) + 1;
      mixed[place] = (mixed[place] ?? 0) ^ i;
    }
  }
  const alone: number[] = [];
  for (let place = 0; place < size; place++) if (uses[place] === 1) alone.push(place);
  const order: { readonly key: number; readonly place: number }[] = [];
  for (let place = alone.pop(); place !== undefined; place = alone.pop()) {
    if (uses[place] !== 1) continue;
    const number = mixed[place] ?? 0;
    const key = keys[number];
    assert(key !== undefined, 'a place that is used once names its key');
    order.push({ key: number, place });
    for (const other of placesOf(key, shape)) {
      uses[other] = (uses[other] ?? 0) - 1;
      mixed[other] = (mixed[other] ?? 0) ^ number;
      if (uses[other] === 1) alone.push(other);
    }
  }
  if (order.length < keys.length) return undefined;
  const bytes = new Uint8Array(size);
  for (const { key: number, place } of order.reverse()) {
    const key = keys[number] ?? { high: 0, low: 0 };
    bytes[place] = placesOf(key, shape).reduce((sum, other) => (other === place ? sum : sum ^ (bytes[other] ?? 0)), printOf(key));
  }
  return bytes;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
