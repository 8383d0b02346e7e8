/**
 * Events of one firm that one limit counts, in the order of events (time, then the hash of the id), and what they come
 * to at each of them. A window is counted in whole minutes: it holds the events of the minutes after the one in which it
 * begins. So its sum never depends on how much of the past is still known event by event: what is forgotten stays in its
 * minute, and beyond every window in the total.
 */

import { MINUTE_US, assert } from '../../terms/index.ts';

/** An event as limits count it. `what`: bits of `COUNTS` (facts.ts). */
export interface Fact {
  readonly at: number;
  readonly hi: number;
  readonly lo: number;
  readonly id: string;
  /** 32 hex digits. */
  readonly person: string;
  /** The firm's own reference of its customer. */
  readonly customer: string;
  readonly asset: string;
  readonly paisa: number;
  readonly what: number;
}

/** What events come to: exact, whatever a firm may report. */
export interface Sum {
  readonly paisa: bigint;
  readonly count: number;
}

/** Order of one firm's events. */
export function compareFacts(a: Fact, b: Fact): number {
  return a.at - b.at || a.hi - b.hi || a.lo - b.lo;
}

const minuteOf = (at: number): number => Math.floor(at / MINUTE_US);
const NOTHING: Sum = { paisa: 0n, count: 0 };

/** Puts a fact in its place; the newest goes to the end at once. */
export function insert(list: Fact[], fact: Fact): void {
  let place = list.length;
  if (place > 0 && compareFacts(list[place - 1] ?? fact, fact) > 0) place = firstNotBefore(list, fact);
  list.splice(place, 0, fact);
}

/** Place of the first fact that is not before `fact`. */
function firstNotBefore(list: readonly Fact[], fact: Fact): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareFacts(list[middle] ?? fact, fact) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Takes a fact out; false when it is not there. */
export function remove(list: Fact[], fact: Fact): boolean {
  const place = firstNotBefore(list, fact);
  if (list[place] !== fact) return false;
  list.splice(place, 1);
  return true;
}

export class Series {
  readonly #windowUs: number | undefined;
  readonly #facts: Fact[] = [];
  readonly #minutes = new Map<number, Sum>();
  #before: Sum = NOTHING;
  #reach = -Infinity;

  /** `windowUs`: the time that is counted over; everything when absent. */
  constructor(windowUs: number | undefined) {
    this.#windowUs = windowUs;
  }

  get facts(): readonly Fact[] {
    return this.#facts;
  }

  /** Facts before this instant are no longer known one by one. */
  get reach(): number {
    return this.#reach;
  }

  add(fact: Fact): void {
    insert(this.#facts, fact);
    this.#count(fact, 1);
  }

  /** Takes a fact out again, if it is still known. */
  remove(fact: Fact): void {
    if (remove(this.#facts, fact)) this.#count(fact, -1);
  }

  /** Place of the first fact at or after an instant. */
  placeOf(at: number): number {
    return firstNotBefore(this.#facts, { at, hi: -1, lo: -1, id: '', person: '', customer: '', asset: '', paisa: 0, what: 0 });
  }

  /** Each fact from a place on, with what its window comes to, itself included. */
  *valuesFrom(place: number): Iterable<{ readonly place: number; readonly fact: Fact; readonly sum: Sum }> {
    const first = this.#facts[place];
    if (first === undefined) return;
    let edge = this.#edgeOf(first.at);
    let { paisa, count } = this.#upTo(place, edge);
    for (let i = place; i < this.#facts.length; i++) {
      const fact = this.#facts[i];
      assert(fact !== undefined, 'facts have no gap');
      for (const next = this.#edgeOf(fact.at); edge < next; edge++) {
        const gone = this.#minutes.get(edge + 1);
        paisa -= gone?.paisa ?? 0n;
        count -= gone?.count ?? 0;
      }
      paisa += BigInt(fact.paisa);
      count += 1;
      assert(paisa >= 0n && count > 0, 'a window holds at least this event');
      yield { place: i, fact, sum: { paisa, count } };
    }
  }

  /** Facts that are known and lie in the window of the one at a place, the newest `most`, oldest first. */
  behind(place: number, most: number): readonly Fact[] {
    const edge = this.#edgeOf(this.#facts[place]?.at ?? 0);
    const out: Fact[] = [];
    for (let i = place; i >= 0 && out.length < most; i--) {
      const fact = this.#facts[i];
      if (fact === undefined || minuteOf(fact.at) <= edge) break;
      out.push(fact);
    }
    return out.reverse();
  }

  /** Forgets facts before an instant one by one, and minutes that no later window can reach. */
  forget(before: number): void {
    this.#reach = Math.max(this.#reach, before);
    this.#facts.splice(0, this.placeOf(before));
    const edge = this.#windowUs === undefined ? minuteOf(before) : this.#edgeOf(before);
    for (const [minute, sum] of this.#minutes) {
      if (minute >= edge || minute >= minuteOf(this.#facts[0]?.at ?? before)) continue;
      this.#minutes.delete(minute);
      this.#before = { paisa: this.#before.paisa + sum.paisa, count: this.#before.count + sum.count };
    }
  }

  /** The last minute that a window ending at an instant does not hold. */
  #edgeOf(at: number): number {
    return this.#windowUs === undefined ? Number.MIN_SAFE_INTEGER : Math.min(minuteOf(at - this.#windowUs), minuteOf(at) - 1);
  }

  /** What comes before the fact at a place, after the minute `edge`. */
  #upTo(place: number, edge: number): Sum {
    const minute = minuteOf(this.#facts[place]?.at ?? 0);
    let { paisa, count } = this.#windowUs === undefined ? this.#before : NOTHING;
    for (const [one, sum] of this.#minutes) {
      if (one <= edge || one >= minute) continue;
      paisa += sum.paisa;
      count += sum.count;
    }
    // Of the fact's own minute: what was forgotten of it, and what is known to come before.
    const own = this.#minutes.get(minute) ?? NOTHING;
    paisa += own.paisa;
    count += own.count;
    for (let i = place; minuteOf(this.#facts[i]?.at ?? Infinity) === minute; i++) {
      paisa -= BigInt(this.#facts[i]?.paisa ?? 0);
      count -= 1;
    }
    return { paisa, count };
  }

  #count(fact: Fact, sign: 1 | -1): void {
    const minute = minuteOf(fact.at);
    const known = this.#minutes.get(minute) ?? NOTHING;
    const sum = { paisa: known.paisa + BigInt(sign * fact.paisa), count: known.count + sign };
    if (sum.count === 0) this.#minutes.delete(minute);
    else this.#minutes.set(minute, sum);
  }
}
