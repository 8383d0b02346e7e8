/**
 * People of a shard: an open-addressing index from the 128-bit id to a dense row, and the row's base
 * columns. Ids are random, so a word of the id is its own hash; the first byte is not used because it
 * is the same within a shard. Rows are never removed: a person who was merged away keeps an empty one.
 * Row 0 is never given: it means "nobody".
 */

import { assert } from '../../terms/index.ts';
import { makeColumns, rowBytes, type Columns } from './columns.ts';

const SPEC = {
  /** Oldest and newest event record of the chain, 0 for none; records in it. */
  head: Uint32Array, tail: Uint32Array, length: Uint32Array,
  /** Window block, 0 until the person moves value. */
  block: Uint32Array,
  /** Earliest onboarding known, and the earliest of those that have left the chain; 0 for none. */
  onboardedAt: Float64Array, droppedOnboardedAt: Float64Array,
  /** Latest movement that has left the chain; 0 for none. */
  droppedMovedAt: Float64Array,
  firstSeenAt: Float64Array, lastSeenAt: Float64Array,
  /** Events ever decided for the person. */
  events: Float64Array,
  /** Profile classes of the latest onboarding or change, packed by `packProfile`, and when it was said. */
  profile: Uint32Array, profileAt: Float64Array,
  /** From here on settled features are in doubt; 0 for nowhere. */
  dirtyAt: Float64Array,
  /** First firm seen; `MANY_FIRMS` says that there are others. */
  firm: Uint16Array,
  bits: Uint8Array,
} as const;

/** Bits of `bits`. */
export const PERSON = { manyFirms: 1, amended: 2, found: 4 } as const;

const LOAD_MAX = 0.7;

export class People {
  columns: Columns<typeof SPEC>;
  /** Four words a row. */
  ids: Uint32Array;
  slots: Uint32Array;
  /** Next row to give. */
  next = 1;

  constructor(rows: number) {
    this.columns = makeColumns(SPEC, rows);
    this.ids = new Uint32Array(rows * 4);
    this.slots = new Uint32Array(slotsFor(rows));
  }

  get capacity(): number {
    return this.columns.head.length;
  }

  /** Bytes that a capacity of `rows` takes, index included. */
  static bytesOf(rows: number): number {
    return rows * (rowBytes(SPEC) + 16) + slotsFor(rows) * 4;
  }

  /** Makes room for `rows` in all, and enters everyone into the larger index. */
  grow(rows: number): void {
    this.columns = makeColumns(SPEC, rows, this.columns);
    const ids = new Uint32Array(rows * 4);
    ids.set(this.ids);
    this.ids = ids;
    this.slots = new Uint32Array(slotsFor(rows));
    this.reindex();
  }

  /** Enters every row into the index; also after a snapshot was read. */
  reindex(): void {
    this.slots.fill(0);
    for (let row = 1; row < this.next; row++) this.slots[this.#freeSlot(row * 4)] = row;
  }

  /** Row of the id whose four words start at `words[at]`, or 0. */
  find(words: Uint32Array, at: number): number {
    const { slots, ids } = this;
    const mask = slots.length - 1;
    const w0 = words[at] ?? 0;
    const w1 = words[at + 1] ?? 0;
    const w2 = words[at + 2] ?? 0;
    const w3 = words[at + 3] ?? 0;
    for (let slot = w1 & mask; ; slot = (slot + 1) & mask) {
      const row = slots[slot] ?? 0;
      if (row === 0) return 0;
      const own = row * 4;
      if (ids[own + 1] === w1 && ids[own] === w0 && ids[own + 2] === w2 && ids[own + 3] === w3) return row;
    }
  }

  /** Gives a new person a row. Room was reserved before. */
  add(words: Uint32Array, at: number): number {
    const row = this.next;
    assert(row < this.capacity, 'room for people was reserved');
    this.next = row + 1;
    for (let i = 0; i < 4; i++) this.ids[row * 4 + i] = words[at + i] ?? 0;
    this.slots[this.#freeSlot(row * 4)] = row;
    return row;
  }

  /** 32 hex digits of a row's id. */
  hex(row: number): string {
    return Buffer.from(this.ids.buffer, this.ids.byteOffset + row * 16, 16).toString('hex');
  }

  #freeSlot(id: number): number {
    const mask = this.slots.length - 1;
    let slot = (this.ids[id + 1] ?? 0) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }
}

/** A power of two that keeps the load below its limit. */
function slotsFor(rows: number): number {
  return 2 ** Math.ceil(Math.log2(rows / LOAD_MAX));
}

/** Words of an id of 32 hex digits, as a batch's `person` column holds them. */
export function idWords(hex: string): Uint32Array {
  const bytes = Buffer.from(hex, 'hex');
  assert(bytes.length === 16, 'a person id has 32 hex digits');
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}
