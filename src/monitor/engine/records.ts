/**
 * Event records: what the engine keeps of each event that moves value or onboards somebody, linked
 * into its person's chain in event order (time, firm number, 64-bit hash of the event id, first leg
 * before second). A record is 56 bytes in one place, because a chain is walked from record to record. Freed records are
 * reused. Slot 0 is never given: it means "none".
 *
 * Record: time and paisa (doubles 0 and 1); hash of the event id, key of the counterparty (0 when none was named; an opening load has none, and its two words are the instant since when the customer is known), record before and
 * after, classes, flags, place of the id in `Texts` (words 4 to 12); firm, kind, service.
 */

import { FLAG, assert } from '../../terms/index.ts';

/** Where a record's fields lie, in units of their arrays: for loops that read them in place. */
export const RECORD = { doubles: 7, at: 0, paisa: 1, words: 14, hashHi: 4, hashLo: 5, partyHi: 6, partyLo: 7, prev: 8, next: 9, classes: 10, flags: 11, text: 12, halves: 28, firm: 26, bytes: 56, kind: 54, service: 55 } as const;

/** Two words hold an instant below 2^53. */
export const WORD = 2 ** 32;

/** What a new record says. */
export interface RecordTerm {
  at: number;
  paisa: number;
  hashHi: number;
  hashLo: number;
  partyHi: number;
  partyLo: number;
  flags: number;
  text: number;
  firm: number;
  kind: number;
  service: number;
}

export class Records {
  doubles: Float64Array;
  words: Uint32Array;
  halves: Uint16Array;
  bytes: Uint8Array;
  next = 1;
  /** Head of the free list, linked by `next`. */
  free = 0;
  live = 0;

  constructor(slots: number) {
    const buffer = new ArrayBuffer(slots * RECORD.bytes);
    [this.doubles, this.words, this.halves, this.bytes] = [new Float64Array(buffer), new Uint32Array(buffer), new Uint16Array(buffer), new Uint8Array(buffer)];
  }

  get capacity(): number {
    return this.doubles.length / RECORD.doubles;
  }

  static bytesOf(slots: number): number {
    return slots * RECORD.bytes;
  }

  grow(slots: number): void {
    const buffer = new ArrayBuffer(slots * RECORD.bytes);
    const words = new Uint32Array(buffer);
    words.set(this.words);
    [this.doubles, this.words, this.halves, this.bytes] = [new Float64Array(buffer), words, new Uint16Array(buffer), new Uint8Array(buffer)];
  }

  /** A slot that holds what the term says and is in no chain. Room was reserved. */
  take(term: RecordTerm): number {
    this.live += 1;
    let slot = this.free;
    if (slot !== 0) this.free = this.after(slot);
    else {
      assert(this.next < this.capacity, 'room for records was reserved');
      slot = this.next++;
    }
    const [d, w] = [slot * RECORD.doubles, slot * RECORD.words];
    const { doubles, words } = this;
    doubles[d + RECORD.at] = term.at;
    doubles[d + RECORD.paisa] = term.paisa;
    words[w + RECORD.hashHi] = term.hashHi;
    words[w + RECORD.hashLo] = term.hashLo;
    words[w + RECORD.partyHi] = term.partyHi;
    words[w + RECORD.partyLo] = term.partyLo;
    words[w + RECORD.classes] = 0;
    words[w + RECORD.flags] = term.flags;
    words[w + RECORD.text] = term.text;
    this.halves[slot * RECORD.halves + RECORD.firm] = term.firm;
    this.bytes[slot * RECORD.bytes + RECORD.kind] = term.kind;
    this.bytes[slot * RECORD.bytes + RECORD.service] = term.service;
    return slot;
  }

  give(slot: number): void {
    this.live -= 1;
    this.setAfter(slot, this.free);
    this.free = slot;
  }

  at(r: number): number { return this.doubles[r * RECORD.doubles + RECORD.at] ?? 0; }
  paisa(r: number): number { return this.doubles[r * RECORD.doubles + RECORD.paisa] ?? 0; }
  hashHi(r: number): number { return this.words[r * RECORD.words + RECORD.hashHi] ?? 0; }
  hashLo(r: number): number { return this.words[r * RECORD.words + RECORD.hashLo] ?? 0; }
  partyHi(r: number): number { return this.words[r * RECORD.words + RECORD.partyHi] ?? 0; }
  partyLo(r: number): number { return this.words[r * RECORD.words + RECORD.partyLo] ?? 0; }
  /** Since when an opening load says that its customer is known; 0 when it does not say. */
  since(r: number): number { return this.partyHi(r) * WORD + this.partyLo(r); }
  /** The record before it in event order, and after it; 0 at the ends. */
  before(r: number): number { return this.words[r * RECORD.words + RECORD.prev] ?? 0; }
  setBefore(r: number, other: number): void { this.words[r * RECORD.words + RECORD.prev] = other; }
  after(r: number): number { return this.words[r * RECORD.words + RECORD.next] ?? 0; }
  setAfter(r: number, other: number): void { this.words[r * RECORD.words + RECORD.next] = other; }
  /** Classes of the event as rules ask for them: `CLASS`. */
  classes(r: number): number { return this.words[r * RECORD.words + RECORD.classes] ?? 0; }
  setClasses(r: number, classes: number): void { this.words[r * RECORD.words + RECORD.classes] = classes; }
  flags(r: number): number { return this.words[r * RECORD.words + RECORD.flags] ?? 0; }
  text(r: number): number { return this.words[r * RECORD.words + RECORD.text] ?? 0; }
  firm(r: number): number { return this.halves[r * RECORD.halves + RECORD.firm] ?? 0; }
  kind(r: number): number { return this.bytes[r * RECORD.bytes + RECORD.kind] ?? 0; }
  service(r: number): number { return this.bytes[r * RECORD.bytes + RECORD.service] ?? 0; }

  /** Negative when record `a` comes before `b` in event order, 0 when they are one event's same leg. */
  compare(a: number, b: number): number {
    return this.at(a) - this.at(b) || this.firm(a) - this.firm(b) || this.hashHi(a) - this.hashHi(b) || this.hashLo(a) - this.hashLo(b)
      || (this.flags(a) & FLAG.secondLeg) - (this.flags(b) & FLAG.secondLeg);
  }
}
