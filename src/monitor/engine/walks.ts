/**
 * What a walk over a person's newest movements would find, kept up to date for the few whose walks are long. A walk looks
 * at the movements of its window, `WALK_RECORDS_MAX` at most; here each movement is counted once when it comes and once when it leaves,
 * so that the account with a million events costs no more an event than any other.
 *
 * It is a memory of answers and no state: it is in no snapshot and no hash, and it is dropped whenever something other than a newest
 * record changes the person's chain. What it says is what the walk says.
 */

import { CLASS, MOVES } from './classes.ts';
import { WALK_RECORDS_MAX } from './limits.ts';
import type { Records } from './records.ts';

/** Movements that a walk must have seen for it to be worth keeping. */
const LONG_WALK = 48;
/** Walks kept at most, each of at most a thousand movements: some 50 MB in the worst case. */
const KEPT_MAX = 512;

/** Key of a counterparty; 0 for none. */
export function partyOf(records: Records, r: number): number {
  const [hi, lo] = [records.partyHi(r), records.partyLo(r)];
  return (hi | lo) === 0 ? 0 : hi * 0x200000 + (lo >>> 11) + 1;
}

/** The movements of one window of one person, as of its newest record. */
export class Walked {
  readonly #records: Records;
  readonly #lengthUs: number;
  /** Newest record counted, oldest record not yet passed, and movements between. */
  #newest: number;
  #oldest: number;
  #count = 0;
  #cameIn = 0;
  readonly #inAt = new Map<number, number>();
  readonly #outAt = new Map<number, number>();
  readonly #senders = new Map<number, number>();
  readonly #receivers = new Map<number, number>();

  constructor(records: Records, newest: number, lengthUs: number) {
    this.#records = records;
    this.#lengthUs = lengthUs;
    const after = records.at(newest) - lengthUs;
    [this.#newest, this.#oldest] = [newest, newest];
    for (let r = newest; r !== 0 && records.at(r) > after && this.#count < WALK_RECORDS_MAX; r = records.before(r)) {
      this.#oldest = r;
      this.#take(r, 1);
    }
  }

  /** Goes on to a record that came after those it knows. */
  advance(record: number): void {
    const records = this.#records;
    while (this.#newest !== record) {
      this.#newest = records.after(this.#newest);
      this.#take(this.#newest, 1);
    }
    const after = records.at(record) - this.#lengthUs;
    while (this.#count > WALK_RECORDS_MAX || records.at(this.#oldest) <= after) {
      this.#take(this.#oldest, -1);
      this.#oldest = records.after(this.#oldest);
    }
  }

  /** Instant of the oldest record that it may still read. */
  get from(): number { return this.#records.at(this.#oldest); }
  get senders(): number { return this.#senders.size; }
  get receivers(): number { return this.#receivers.size; }
  /** Value that came in at other firms, and that went out at one. */
  elsewhere(firm: number): number { return this.#cameIn - (this.#inAt.get(firm) ?? 0); }
  leftAt(firm: number): number { return this.#outAt.get(firm) ?? 0; }

  #take(r: number, sign: 1 | -1): void {
    const records = this.#records;
    const bits = records.classes(r);
    if ((bits & MOVES) === 0) return;
    this.#count += sign;
    const [firm, value, party] = [records.firm(r), sign * records.paisa(r), partyOf(records, r)];
    if ((bits & CLASS.in) !== 0) {
      this.#cameIn += value;
      this.#inAt.set(firm, (this.#inAt.get(firm) ?? 0) + value);
      if (party !== 0) count(this.#senders, party, sign);
    }
    if ((bits & CLASS.out) !== 0) {
      this.#outAt.set(firm, (this.#outAt.get(firm) ?? 0) + value);
      if (party !== 0) count(this.#receivers, party, sign);
    }
  }
}

function count(of: Map<number, number>, party: number, sign: 1 | -1): void {
  const now = (of.get(party) ?? 0) + sign;
  if (now === 0) of.delete(party);
  else of.set(party, now);
}

/** The walks that are kept, by person and window. */
export class Walks {
  readonly #kept = new Map<number, Map<number, Walked>>();
  readonly #from: number;

  /** `from`: movements that a walk must have seen to be kept; what is found does not depend on it. */
  constructor(from = LONG_WALK) {
    this.#from = from;
  }

  /** What is kept of a person's window, brought up to its newest record. */
  find(person: number, record: number, lengthUs: number): Walked | undefined {
    const walked = this.#kept.size === 0 ? undefined : this.#kept.get(person)?.get(lengthUs);
    walked?.advance(record);
    return walked;
  }

  /** Keeps a walk that was long. */
  keep(records: Records, person: number, record: number, lengthUs: number, seen: number): void {
    if (seen < this.#from) return;
    const known = this.#kept.get(person) ?? new Map<number, Walked>();
    known.set(lengthUs, new Walked(records, record, lengthUs));
    this.#kept.set(person, known);
    if (this.#kept.size <= KEPT_MAX) return;
    const [eldest] = this.#kept.keys();
    if (eldest !== undefined) this.#kept.delete(eldest);
  }

  /** Records before an instant are about to leave the chain: a walk that was not asked for so long still stands on them. */
  dropBefore(person: number, at: number): void {
    const known = this.#kept.size === 0 ? undefined : this.#kept.get(person);
    for (const [lengthUs, walked] of known ?? []) if (walked.from < at) known?.delete(lengthUs);
  }

  /** The person's chain has changed elsewhere than at its newest end. */
  drop(person: number): void {
    if (this.#kept.size > 0) this.#kept.delete(person);
  }
}
