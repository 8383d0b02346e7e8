/**
 * People of a shard: an open-addressing index from the 128-bit id to a dense row of 64 bytes, one cache line, with what every
 * event of the person touches; what is seldom read lies beside it. Ids are random, so a word of the id is its own hash; the first
 * byte is not used because it is the same within a shard. Rows are never removed: a person who was merged away keeps an empty
 * one. Row 0 is never given: it means "nobody".
 *
 * Row: id (four words), oldest and newest record of the chain, window block, events ever decided (words 4 to 7); earliest onboarding,
 * latest movement that left the chain, latest event seen (doubles 4 to 6); profile classes (word 14), first firm seen, bits.
 */

import { assert } from '../../terms/index.ts';

const WORDS = 16;
const HEAD = 4;
const TAIL = 5;
const BLOCK = 6;
const EVENTS = 7;
const PROFILE = 14;
const DOUBLES = 8;
const ONBOARDED_AT = 4;
const DROPPED_MOVED_AT = 5;
const LAST_SEEN_AT = 6;
const HALVES = 32;
const FIRM = 30;
const BYTES = 64;
const BITS = 62;
/** Doubles of a row beside: first event seen, and when the profile was said. */
const ASIDE = 2;

/** Bits of a person: events at several firms; corrections are known; an onboarding has left the chain, and is the earliest unless said otherwise; features are in doubt. */
export const PERSON = { manyFirms: 1, amended: 2, onboardingDropped: 4, inDoubt: 8 } as const;

const LOAD_MAX = 0.7;

/** The rows. Instants are microseconds, 0 for none. */
export class People {
  static readonly rowBytes = BYTES;
  static readonly asideDoubles = ASIDE;
  words: Uint32Array;
  doubles: Float64Array;
  halves: Uint16Array;
  bytes: Uint8Array;
  aside: Float64Array;
  slots: Uint32Array;
  /** Next row to give. */
  next = 1;
  /** Earliest onboarding that left the chain, of the few for whom an earlier one stands in the chain. */
  readonly droppedLater = new Map<number, number>();
  /** From when on settled features are in doubt, of those who have the bit. */
  readonly doubts = new Map<number, number>();

  constructor(rows: number) {
    const buffer = new ArrayBuffer(rows * BYTES);
    [this.words, this.doubles, this.halves, this.bytes] = [new Uint32Array(buffer), new Float64Array(buffer), new Uint16Array(buffer), new Uint8Array(buffer)];
    this.aside = new Float64Array(rows * ASIDE);
    this.slots = new Uint32Array(slotsFor(rows));
  }

  get capacity(): number {
    return this.words.length / WORDS;
  }

  /** Bytes that a capacity of `rows` takes, index included. */
  static bytesOf(rows: number): number {
    return rows * (BYTES + ASIDE * 8) + slotsFor(rows) * 4;
  }

  /** Makes room for `rows` in all, and enters everyone into the larger index. */
  grow(rows: number): void {
    const buffer = new ArrayBuffer(rows * BYTES);
    const words = new Uint32Array(buffer);
    words.set(this.words);
    [this.words, this.doubles, this.halves, this.bytes] = [words, new Float64Array(buffer), new Uint16Array(buffer), new Uint8Array(buffer)];
    const aside = new Float64Array(rows * ASIDE);
    aside.set(this.aside);
    this.aside = aside;
    const slots = slotsFor(rows);
    if (slots === this.slots.length) return;
    this.slots = new Uint32Array(slots);
    this.reindex();
  }

  /** Enters every row into the index; also after a snapshot was read. */
  reindex(): void {
    this.slots.fill(0);
    for (let row = 1; row < this.next; row++) this.slots[this.#freeSlot(row)] = row;
  }

  /** Row of the id whose four words start at `words[at]`, or 0. */
  find(words: Uint32Array, at: number): number {
    const { slots, words: rows } = this;
    const mask = slots.length - 1;
    const w0 = words[at] ?? 0;
    const w1 = words[at + 1] ?? 0;
    const w2 = words[at + 2] ?? 0;
    const w3 = words[at + 3] ?? 0;
    for (let slot = w1 & mask; ; slot = (slot + 1) & mask) {
      const row = slots[slot] ?? 0;
      if (row === 0) return 0;
      const own = row * WORDS;
      if (rows[own + 1] === w1 && rows[own] === w0 && rows[own + 2] === w2 && rows[own + 3] === w3) return row;
    }
  }

  /** Gives a new person a row. Room was reserved before. */
  add(words: Uint32Array, at: number): number {
    const row = this.next;
    assert(row < this.capacity, 'room for people was reserved');
    this.next = row + 1;
    for (let i = 0; i < 4; i++) this.words[row * WORDS + i] = words[at + i] ?? 0;
    this.slots[this.#freeSlot(row)] = row;
    return row;
  }

  /** 32 hex digits of a row's id. */
  hex(row: number): string {
    return Buffer.from(this.bytes.buffer, row * BYTES, 16).toString('hex');
  }

  /** Empties a row; its id stays. */
  clear(row: number): void {
    this.words.fill(0, row * WORDS + 4, (row + 1) * WORDS);
    this.aside.fill(0, row * ASIDE, (row + 1) * ASIDE);
    this.droppedLater.delete(row);
    this.doubts.delete(row);
  }

  head(row: number): number { return this.words[row * WORDS + HEAD] ?? 0; }
  setHead(row: number, record: number): void { this.words[row * WORDS + HEAD] = record; }
  tail(row: number): number { return this.words[row * WORDS + TAIL] ?? 0; }
  setTail(row: number, record: number): void { this.words[row * WORDS + TAIL] = record; }
  /** Window block; 0 while the windows are read from the chain. */
  block(row: number): number { return this.words[row * WORDS + BLOCK] ?? 0; }
  setBlock(row: number, block: number): void { this.words[row * WORDS + BLOCK] = block; }
  /** Events ever decided for the person. */
  events(row: number): number { return this.words[row * WORDS + EVENTS] ?? 0; }
  profile(row: number): number { return this.words[row * WORDS + PROFILE] ?? 0; }
  onboardedAt(row: number): number { return this.doubles[row * DOUBLES + ONBOARDED_AT] ?? 0; }
  droppedMovedAt(row: number): number { return this.doubles[row * DOUBLES + DROPPED_MOVED_AT] ?? 0; }
  lastSeenAt(row: number): number { return this.doubles[row * DOUBLES + LAST_SEEN_AT] ?? 0; }
  firstSeenAt(row: number): number { return this.aside[row * ASIDE] ?? 0; }
  profileAt(row: number): number { return this.aside[row * ASIDE + 1] ?? 0; }
  has(row: number, bit: number): boolean { return ((this.bytes[row * BYTES + BITS] ?? 0) & bit) !== 0; }
  mark(row: number, bit: number): void { this.bytes[row * BYTES + BITS] = (this.bytes[row * BYTES + BITS] ?? 0) | bit; }
  unmark(row: number, bit: number): void { this.bytes[row * BYTES + BITS] = (this.bytes[row * BYTES + BITS] ?? 0) & ~bit; }

  /** What every event leaves: it is counted, seen first and last, and the firm is known. */
  see(row: number, at: number, firm: number): void {
    const w = row * WORDS + EVENTS;
    const events = this.words[w] ?? 0;
    this.words[w] = events + 1;
    if (events === 0 || at < (this.aside[row * ASIDE] ?? 0)) this.aside[row * ASIDE] = at;
    const last = row * DOUBLES + LAST_SEEN_AT;
    if (at > (this.doubles[last] ?? 0)) this.doubles[last] = at;
    const known = this.halves[row * HALVES + FIRM] ?? 0;
    if (known === 0) this.halves[row * HALVES + FIRM] = firm;
    else if (known !== firm) this.mark(row, PERSON.manyFirms);
  }

  /** The profile as it was said last; of one instant the greater stands. */
  describe(row: number, profile: number, at: number): void {
    const saidAt = this.profileAt(row);
    if (profile === 0 || at < saidAt || (at === saidAt && profile < this.profile(row))) return;
    this.words[row * WORDS + PROFILE] = profile;
    this.aside[row * ASIDE + 1] = at;
  }

  /** A movement leaves the chain. */
  dropMovement(row: number, at: number): void {
    const place = row * DOUBLES + DROPPED_MOVED_AT;
    this.doubles[place] = Math.max(this.doubles[place] ?? 0, at);
  }

  /** An onboarding of some instant enters the chain. */
  onboard(row: number, since: number): void {
    this.setOnboardedAt(row, earlier(this.onboardedAt(row), since));
  }

  /** An onboarding leaves the chain. It counts as before. */
  dropOnboarding(row: number, since: number): void {
    const dropped = earlier(this.droppedOnboardedAt(row), since);
    this.mark(row, PERSON.onboardingDropped);
    this.#keepDropped(row, dropped);
  }

  /** Earliest onboarding that has left the chain. */
  droppedOnboardedAt(row: number): number {
    return this.has(row, PERSON.onboardingDropped) ? this.droppedLater.get(row) ?? this.onboardedAt(row) : 0;
  }

  /** The earliest onboarding of all, those that left the chain among them. */
  setOnboardedAt(row: number, at: number): void {
    const dropped = this.droppedOnboardedAt(row);
    this.doubles[row * DOUBLES + ONBOARDED_AT] = at;
    if (dropped !== 0) this.#keepDropped(row, dropped);
  }

  /** Nearly always the earliest that left is the earliest of all, and needs no place of its own. */
  #keepDropped(row: number, dropped: number): void {
    if (dropped === this.onboardedAt(row)) this.droppedLater.delete(row);
    else this.droppedLater.set(row, dropped);
  }

  #freeSlot(row: number): number {
    const mask = this.slots.length - 1;
    let slot = (this.words[row * WORDS + 1] ?? 0) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }
}

/** The earlier of two instants of which 0 means "none". */
export function earlier(a: number, b: number): number {
  if (a === 0 || b === 0) return a + b;
  return Math.min(a, b);
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
