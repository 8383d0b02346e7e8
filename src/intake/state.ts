/**
 * What intake keeps in memory to judge a filing without a query: the customers of each firm, the ids
 * that were admitted, the filings, the numbers of each stream, and which customers have events waiting. All of it
 * is a fold of intake's tables; after a failed commit it is thrown away and folded again, because
 * nobody can tell whether that commit happened.
 *
 * Bound: ids are remembered for the last `KNOWN_EVENTS_MAX` events. A firm that repeats an older id is
 * caught by the stream's numbers, which are remembered for ever.
 */

import { instantOf, type Instant } from '../terms/index.ts';
import { HashTable, hashText } from './hash-table.ts';
import { Sequence } from './sequence.ts';

/** Ids remembered at most (28 bytes each before load): 64 million are 2.6 GB at the worst load. */
export const KNOWN_EVENTS_MAX = 64_000_000;

/** 32-bit words of a remembered event: hash of its content, of its customer, of its second customer. */
const KNOWN_WORDS = 3;
const PERSON_WORDS = 4;

/** What is remembered of an admitted event. */
export interface KnownEvent {
  readonly content: number;
  readonly customer: number;
  readonly other: number;
}

export class IntakeState {
  /** Merges of people in the ledger below it were followed. */
  mergedTo = 0;
  /** Instant of the ledger's newest entry when the state was folded, and what the clock said then. */
  #admittedAt = 0;
  #seenAt = 0;
  readonly #customers = new HashTable(PERSON_WORDS);
  readonly #known = new HashTable(KNOWN_WORDS);
  readonly #submissions = new HashTable(0);
  readonly #streams = new Map<string, Sequence>();
  /** (firm number, customer) that held events wait for, with how many. */
  readonly #waiting = new Map<string, number>();
  readonly #key = new Uint32Array(4);

  /** The ledger's newest entry is of this instant. A process's clock never runs back, but a new process may find it set back. */
  admitted(at: Instant, clock: Instant): void {
    this.#admittedAt = at;
    this.#seenAt = clock;
  }

  /**
   * What the house goes by when its clock says `clock`: `now` never lies before the ledger's newest entry. `latest` goes
   * on from there as the clock runs: a clock that was set back makes no report one of the future.
   */
  instants(clock: Instant): { readonly now: Instant; readonly latest: Instant } {
    const now = instantOf(Math.max(clock, this.#admittedAt));
    return { now, latest: instantOf(Math.max(now, this.#admittedAt + clock - this.#seenAt)) };
  }

  get customers(): number {
    return this.#customers.size;
  }

  get knownEvents(): number {
    return this.#known.size;
  }

  get bytes(): number {
    return this.#customers.bytes + this.#known.bytes + this.#submissions.bytes;
  }

  /** Person of a firm's customer reference: 32 hex digits. */
  person(firm: number, customer: string): string | undefined {
    const place = this.#customers.find(hashText(firm, customer, this.#key));
    if (place < 0) return undefined;
    return this.#customers.hex(place, PERSON_WORDS);
  }

  /** Enters a customer, or moves the reference to another person after a merge. */
  setPerson(firm: number, customer: string, person: string): void {
    const key = hashText(firm, customer, this.#key);
    const found = this.#customers.find(key);
    const place = found < 0 ? this.#customers.insert(key) : found;
    this.#customers.setHex(place, PERSON_WORDS, person);
  }

  /** What is remembered under the key of (firm, event id). */
  knownEvent(key: Uint32Array): KnownEvent | undefined {
    const place = this.#known.find(key);
    if (place < 0) return undefined;
    return { content: this.#known.word(place, 0), customer: this.#known.word(place, 1), other: this.#known.word(place, 2) };
  }

  /** Remembers an event under the key that `packKnown` would store. */
  remember(key: Uint32Array, event: KnownEvent): void {
    if (this.#known.size >= KNOWN_EVENTS_MAX || this.#known.find(key) >= 0) return;
    const place = this.#known.insert(key);
    this.#known.setWord(place, 0, event.content);
    this.#known.setWord(place, 1, event.customer);
    this.#known.setWord(place, 2, event.other);
  }

  /** Was a filing admitted, or planned since the state was folded? */
  hasSubmission(id: string): boolean {
    return this.#submissions.find(hashText(0, id, this.#key)) >= 0;
  }

  addSubmission(id: string): void {
    const key = hashText(0, id, this.#key);
    if (this.#submissions.find(key) < 0) this.#submissions.insert(key);
  }

  stream(firm: number, name: string): Sequence {
    const key = `${firm}/${name}`;
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    const made = new Sequence();
    this.#streams.set(key, made);
    return made;
  }

  setStream(firm: number, name: string, edges: readonly number[]): void {
    this.#streams.set(`${firm}/${name}`, new Sequence(edges));
  }

  waitFor(firm: number, customer: string): void {
    const key = `${firm}/${customer}`;
    this.#waiting.set(key, (this.#waiting.get(key) ?? 0) + 1);
  }

  isWaitedFor(firm: number, customer: string): boolean {
    return this.#waiting.has(`${firm}/${customer}`);
  }

  stopWaiting(firm: number, customer: string): void {
    this.#waiting.delete(`${firm}/${customer}`);
  }
}

const scratch = new Uint32Array(4);

/** 32 bits of a text: for content and customer words. */
export function hash32(text: string): number {
  return hashText(0, text, scratch)[0] ?? 0;
}
