/**
 * Events become rows as at the authority's door: by intake's own judgement, with what names a customer replaced by a
 * key. An event of a customer who is not yet known is held and released when the customer comes; what is
 * refused, or waits at the end, is told by line.
 */

import type { Event } from '../../src/contract/index.ts';
import { rowsOf, type AssetBook } from '../../src/intake/judgement.ts';
import { MINUTE_US, instantOf } from '../../src/terms/index.ts';
import type { Arrival, Unread } from './material.ts';

/** The engine waits this long for late events. Source: the pack's `lateness.max`, which the engine shares. */
const LATENESS_MAX_US = 10 * MINUTE_US;

/** An event as it comes: whose, when, and who stands behind the customer if the event says so. */
export interface Coming {
  readonly event: Event;
  readonly firm: number;
  readonly line: number;
  readonly sentAt: number;
  readonly person?: string;
}

export class Door {
  readonly #book: AssetBook;
  readonly #people = new Map<string, string>();
  readonly #held = new Map<string, Coming[]>();
  readonly #unread: Unread[] = [];

  constructor(book: AssetBook) {
    this.#book = book;
  }

  person(firm: number, customer: string): string | undefined {
    return this.#people.get(`${firm} ${customer}`);
  }

  /** A customer is known from the start. */
  introduce(firm: number, customer: string, person: string): void {
    this.#people.set(`${firm} ${customer}`, person);
  }

  /** Rows of the event, and of what waited for it. */
  *take(coming: Coming): Generator<Arrival> {
    const { event, firm, line, sentAt } = coming;
    if (coming.person !== undefined && 'customer' in event) this.introduce(firm, event.customer, coming.person);
    const made = rowsOf(event, '', line, {
      firm, book: this.#book, now: instantOf(sentAt), latest: instantOf(sentAt), latenessMaxUs: LATENESS_MAX_US, claimGapShare: 1, person: (customer) => this.person(firm, customer),
    });
    if ('rows' in made) {
      // Rows of nobody are closing statements: a feed's health is no one's suspicion.
      const rows = made.rows.filter((row) => row.person !== '');
      if (rows.length > 0) yield { rows, sentAt };
    } else if ('rejection' in made) this.#unread.push({ line, code: made.rejection.code, detail: made.rejection.detail ?? '' });
    else if (made.heldFor === 'customer') this.#hold(`${firm} ${made.waitsOn}`, coming);
    else this.#unread.push({ line, code: 'HELD', detail: `no ${made.heldFor} for ${made.waitsOn}` });
    if (coming.person !== undefined && 'customer' in event) yield* this.#release(`${firm} ${event.customer}`, sentAt);
  }

  /** What was refused, and what still waits. */
  unread(): readonly Unread[] {
    return [...this.#unread, ...[...this.#held].flatMap(([key, waiting]) => waiting.map(({ line }) => ({ line, code: 'HELD', detail: `customer ${key.slice(key.indexOf(' ') + 1)} was never introduced` })))];
  }

  #hold(key: string, coming: Coming): void {
    const { person: _, ...rest } = coming;
    this.#held.set(key, [...(this.#held.get(key) ?? []), rest]);
  }

  *#release(key: string, sentAt: number): Generator<Arrival> {
    const waiting = this.#held.get(key);
    if (waiting === undefined) return;
    this.#held.delete(key);
    for (const one of waiting) yield* this.take({ ...one, sentAt: Math.max(one.sentAt, sentAt) });
  }
}
