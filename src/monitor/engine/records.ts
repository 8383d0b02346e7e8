/**
 * Event records: what the engine keeps of each event that moves value or onboards somebody, linked
 * into its person's chain in event order (time, firm number, 64-bit hash of the event id, first leg
 * before second). Freed records are reused. Slot 0 is never given: it means "none".
 */

import { FLAG, assert } from '../../terms/index.ts';
import { makeColumns, rowBytes, type Columns } from './columns.ts';

const SPEC = {
  at: Float64Array, paisa: Float64Array,
  /** Hash of the event id, and of the counterparty (0 when none was named). An opening load has no counterparty: its two words are the instant since when the customer is known. */
  hashHi: Uint32Array, hashLo: Uint32Array, partyHi: Uint32Array, partyLo: Uint32Array,
  prev: Uint32Array, next: Uint32Array,
  flags: Uint32Array,
  /** Place of the event id in `Texts`, and its length in bytes. */
  text: Uint32Array, textLength: Uint8Array,
  firm: Uint16Array, kind: Uint8Array, service: Uint8Array,
  /** Classes of the event as rules ask for them: `CLASS`. */
  classes: Uint32Array,
} as const;

export class Records {
  columns: Columns<typeof SPEC>;
  next = 1;
  /** Head of the free list, linked by `next`. */
  free = 0;
  live = 0;

  constructor(slots: number) {
    this.columns = makeColumns(SPEC, slots);
  }

  get capacity(): number {
    return this.columns.at.length;
  }

  static bytesOf(slots: number): number {
    return slots * rowBytes(SPEC);
  }

  grow(slots: number): void {
    this.columns = makeColumns(SPEC, slots, this.columns);
  }

  /** A slot; its columns still hold what was there before. Room was reserved. */
  take(): number {
    this.live += 1;
    const slot = this.free;
    if (slot !== 0) {
      this.free = this.columns.next[slot] ?? 0;
      return slot;
    }
    assert(this.next < this.capacity, 'room for records was reserved');
    return this.next++;
  }

  give(slot: number): void {
    this.live -= 1;
    this.columns.next[slot] = this.free;
    this.free = slot;
  }

  /** Negative when record `a` comes before `b` in event order, 0 when they are one event's same leg. */
  compare(a: number, b: number): number {
    const { at, firm, hashHi, hashLo, flags } = this.columns;
    return (at[a] ?? 0) - (at[b] ?? 0)
      || (firm[a] ?? 0) - (firm[b] ?? 0)
      || (hashHi[a] ?? 0) - (hashHi[b] ?? 0)
      || (hashLo[a] ?? 0) - (hashLo[b] ?? 0)
      || ((flags[a] ?? 0) & FLAG.secondLeg) - ((flags[b] ?? 0) & FLAG.secondLeg);
  }
}
