/**
 * What one firm reported, as limits count it: customers onboarded, value traded and paid out, assets. A corrected event
 * counts as corrected, a cancelled one not at all, whatever the order of arrival; of several amendments of one event the
 * one that the firm numbered last holds, unless it was cancelled itself. Second legs are counted with their first.
 */

import type { EventBatch } from '../../log/index.ts';
import { wideHex } from '../../log/index.ts';
import { FLAG } from '../../terms/index.ts';
import { KIND } from '../engine/classes.ts';
import { hashBytes, type Hash64 } from '../engine/hash.ts';
import type { Fact } from './series.ts';

/** What an event counts as. */
export const COUNTS = { customer: 1 << 0, traded: 1 << 1, paid: 1 << 2, asset: 1 << 3 } as const;

/** A correction (with the event as it should have been) or a cancellation (without). */
interface Amendment {
  readonly target: string;
  readonly own: string;
  readonly seq: number;
  readonly hi: number;
  readonly lo: number;
  readonly fact: Fact | undefined;
}

/** Chains of amendments are followed so far; a firm gains nothing by a longer one. */
const CHAIN_MAX = 32;

function countsOf(kind: number, flags: number): number {
  const asset = (flags & FLAG.fiat) === 0 ? COUNTS.asset : 0;
  switch (kind) {
    case KIND.onboarded:
    case KIND.opening:
      return COUNTS.customer;
    case KIND.trade:
    case KIND.p2p:
      return COUNTS.traded | asset;
    case KIND.deposit:
      return asset;
    case KIND.withdrawal:
      return COUNTS.paid | asset;
    case KIND.fiatOut:
      return COUNTS.paid;
    default:
      return 0;
  }
}

const keyOf = (hash: { readonly hi: number; readonly lo: number }): string => `${hash.hi}:${hash.lo}`;

/** The events of one firm that count. `change` is told of each fact that begins or ceases to stand. */
export class FirmFacts {
  readonly #originals = new Map<string, Fact>();
  readonly #amendments = new Map<string, Amendment[]>();
  readonly #byOwn = new Map<string, Amendment>();
  /** What stands for an event, by the key of the event as it was first reported. */
  readonly #standing = new Map<string, Fact>();
  readonly #change: (fact: Fact, stands: boolean) => void;

  constructor(change: (fact: Fact, stands: boolean) => void) {
    this.#change = change;
  }

  /** Takes the rows of a batch in; gives the keys of their events. */
  take(events: EventBatch): ReadonlySet<string> {
    const heap = { id: events.offsets('id'), target: events.offsets('target') };
    const taken = new Set<string>();
    for (let i = 0; i < events.count; i++) {
      if (((events.flags[i] ?? 0) & FLAG.secondLeg) !== 0) continue;
      const kind = events.kind[i] ?? 0;
      if (!mayCount(kind, events.flags[i] ?? 0)) continue;
      const own = hashAt(events, heap.id, i);
      taken.add(keyOf(own));
      if (kind !== KIND.cancel && kind !== KIND.correct) this.#arrive(factOf(events, i, kind, own));
      else {
        const fact = kind === KIND.correct ? factOf(events, i, events.replacementKind[i] ?? 0, own) : undefined;
        this.#amend({ target: keyOf(hashAt(events, heap.target, i)), own: keyOf(own), seq: events.seq[i] ?? 0, ...own, fact });
      }
    }
    return taken;
  }

  /** Forgets events before an instant one by one, and an eighth of the oldest when there are too many; gives the instant. An amendment of a forgotten event changes nothing. */
  forget(before: number, sizeMax: number): number {
    let reached = before;
    const kept = this.#originals.size + this.#byOwn.size > sizeMax ? (sizeMax * 7) / 8 : Infinity;
    for (const [key, fact] of this.#originals) {
      if (fact.at >= before && this.#originals.size + this.#byOwn.size <= kept) break;
      reached = Math.max(reached, fact.at);
      this.#originals.delete(key);
      this.#standing.delete(key);
      this.#drop(key, 0);
    }
    return reached;
  }

  #drop(key: string, depth: number): void {
    for (const { own } of this.#amendments.get(key) ?? []) {
      this.#byOwn.delete(own);
      if (depth < CHAIN_MAX) this.#drop(own, depth + 1);
    }
    this.#amendments.delete(key);
  }

  #arrive(fact: Fact): void {
    const key = keyOf(fact);
    if (this.#originals.has(key)) return;
    this.#originals.set(key, fact);
    this.#resolve(key);
  }

  #amend(amendment: Amendment): void {
    if (this.#byOwn.has(amendment.own)) return;
    this.#byOwn.set(amendment.own, amendment);
    this.#amendments.set(amendment.target, [...(this.#amendments.get(amendment.target) ?? []), amendment]);
    let root = amendment.target;
    for (let depth = 0, next = this.#byOwn.get(root); next !== undefined && depth < CHAIN_MAX; next = this.#byOwn.get(root), depth++) root = next.target;
    this.#resolve(root);
  }

  /** Follows an event by the amendment that holds, and by its own, to what stands; an amendment waits until its event is there. */
  #resolve(root: string): void {
    const original = this.#originals.get(root);
    if (original === undefined) return;
    let fact: Fact | undefined = original;
    for (let depth = 0, holds = this.#winnerOf(root, 0); holds !== undefined && depth < CHAIN_MAX; holds = this.#winnerOf(holds.own, 0), depth++) fact = holds.fact;
    const before = this.#standing.get(root);
    if (before === fact) return;
    if (before !== undefined) this.#change(before, false);
    if (fact === undefined) this.#standing.delete(root);
    else {
      this.#standing.set(root, fact);
      this.#change(fact, true);
    }
  }

  #winnerOf(key: string, depth: number): Amendment | undefined {
    let winner: Amendment | undefined;
    for (const one of this.#amendments.get(key) ?? []) {
      if ((winner === undefined || isLater(one, winner)) && (depth > CHAIN_MAX || !this.#isCancelled(one, depth + 1))) winner = one;
    }
    return winner;
  }

  #isCancelled(amendment: Amendment, depth: number): boolean {
    return (this.#amendments.get(amendment.own) ?? []).some((other) => other.fact === undefined && (depth > CHAIN_MAX || !this.#isCancelled(other, depth + 1)));
  }
}

/** Sign-ins, devices and the like are half of what is reported: they count for no limit, and nothing that amends them can. */
function mayCount(kind: number, flags: number): boolean {
  return kind === KIND.cancel || kind === KIND.correct || (flags & FLAG.moves) !== 0 || countsOf(kind, flags) !== 0;
}

function isLater(a: Amendment, b: Amendment): boolean {
  return a.seq > b.seq || (a.seq === b.seq && (a.hi > b.hi || (a.hi === b.hi && a.lo > b.lo)));
}

function hashAt(events: EventBatch, offsets: Uint32Array, i: number): Hash64 {
  const hash = { hi: 0, lo: 0 };
  hashBytes(events.heap, offsets[i] ?? 0, offsets[i + 1] ?? 0, 0, hash);
  return hash;
}

function factOf(events: EventBatch, i: number, kind: number, hash: Hash64): Fact {
  return {
    at: events.at[i] ?? 0, hi: hash.hi, lo: hash.lo, id: events.text('id', i), person: wideHex(events.person, i), customer: events.text('customer', i), asset: events.word('asset', i),
    paisa: events.paisa[i] ?? 0, what: countsOf(kind, events.flags[i] ?? 0),
  };
}
