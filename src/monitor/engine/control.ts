/**
 * What the ledger said up to a control epoch, as the engine reads it: firms and their stages, rules in
 * force, lists, batches set aside. A fold of control entries, one for each shard, because a shard that is
 * behind must not know what came later.
 *
 * Law is kept with its effective instants and asked for as of an event's time; two entries effective at
 * one instant hold in the order of the ledger. Refuses a stage that the framework does not have and, when
 * asked for rules, an installation that has activated none: nothing is judged by no rules.
 */

import { PermitTimeline, numberAt, type Framework } from '../../framework/index.ts';
import { isKind, type Entry } from '../../log/index.ts';
import { assert, instantOf, type EntryBody } from '../../terms/index.ts';
import type { Law, WalletList } from './law.ts';
import { LATENESS_MAX_US } from './limits.ts';
import type { RuleSet } from './rule.ts';

/** Wallets of lists that can take a new version in. */
export interface GrowingWallets extends WalletList {
  /** `content`: the object that the entry commits to. */
  add(version: EntryBody<'list-version'>, content: Uint8Array): void;
}

/** What lies outside the entry and was fetched for it: the list's content, the rule set. */
export interface Fetched {
  readonly list?: Uint8Array;
  readonly ruleSet?: RuleSet;
}

/** What an entry asks of the state, beside being known. */
export type Effect =
  | { readonly kind: 'none' }
  /** Events from an instant on are to be classed and judged again; of one firm, or all. */
  | { readonly kind: 'reconsider'; readonly from: number; readonly firm: number | null; readonly rules: boolean }
  | { readonly kind: 'merge'; readonly from: string; readonly into: string };

interface Dated<T> {
  readonly from: number;
  readonly what: T;
}

/** What a shard's law stands on beside the ledger. */
export interface ControlOptions {
  readonly framework: Framework;
  /** An empty table: the ledger's list versions fill it. */
  readonly wallets: GrowingWallets;
}

export class ControlState implements Law {
  readonly wallets: GrowingWallets;
  /** Ledger index of the next entry to apply. */
  next = 0;
  readonly #permits: PermitTimeline;
  readonly #numbers = new Map<string, number>();
  readonly #firms = new Map<number, string>();
  readonly #ruleSets: Dated<RuleSet>[] = [];

  constructor(options: ControlOptions) {
    this.wallets = options.wallets;
    this.#permits = new PermitTimeline(options.framework);
    assert(numberAt(options.framework, 'lateness.max', instantOf(0)) === LATENESS_MAX_US, 'the pack and this engine wait equally long for late events');
  }

  /** Takes the next entry in. Entries that concern no law only move the epoch on. */
  apply(entry: Entry, fetched: Fetched): Effect {
    assert(entry.index >= this.next, 'control entries come in the order of the ledger');
    this.next = entry.index + 1;
    if (isKind(entry, 'firm-registered')) return this.#register(entry.body);
    if (isKind(entry, 'stage-changed')) return this.#changeStage(entry.body);
    if (isKind(entry, 'rule-set-activated')) return this.#activate(entry.body, fetched.ruleSet);
    if (isKind(entry, 'list-version') && entry.body.holds === 'wallets') {
      assert(fetched.list !== undefined, 'the content of a list was fetched');
      this.wallets.add(entry.body, fetched.list);
    }
    return isKind(entry, 'person-merged') ? { kind: 'merge', from: entry.body.from, into: entry.body.into } : { kind: 'none' };
  }

  rulesAt(at: number): RuleSet {
    const sets = this.#ruleSets;
    for (let i = sets.length - 1; i > 0; i--) {
      const set = sets[i];
      if (set !== undefined && set.from <= at) return set.what;
    }
    const first = sets[0];
    assert(first !== undefined, 'rules are in force before an event is decided');
    return first.what;
  }

  get hasRules(): boolean {
    return this.#ruleSets.length > 0;
  }

  permits(firm: number, service: number, at: number): boolean {
    return this.#permits.permits(firm, service, at);
  }

  /** The id of a firm's number. */
  firmOf(number: number): string {
    const firm = this.#firms.get(number);
    assert(firm !== undefined, `firm number ${number} is registered`);
    return firm;
  }

  #register(body: EntryBody<'firm-registered'>): Effect {
    assert(this.#firms.get(body.number) === undefined || this.#firms.get(body.number) === body.firm, 'a firm number is given once');
    this.#numbers.set(body.firm, body.number);
    this.#firms.set(body.number, body.firm);
    return { kind: 'none' };
  }

  #changeStage(body: EntryBody<'stage-changed'>): Effect {
    const number = this.#numbers.get(body.firm);
    assert(number !== undefined, `${body.firm} is registered before it enters a stage`);
    this.#permits.enter(number, body.to, instantOf(body.effectiveFrom), body.services);
    return { kind: 'reconsider', from: body.effectiveFrom, firm: number, rules: false };
  }

  #activate(body: EntryBody<'rule-set-activated'>, ruleSet: RuleSet | undefined): Effect {
    assert(ruleSet?.hash === body.hash, 'the rules that were activated were fetched');
    enter(this.#ruleSets, body.effectiveFrom, ruleSet);
    return { kind: 'reconsider', from: body.effectiveFrom, firm: null, rules: true };
  }
}

/** Keeps a history by effective instant; of one instant the later entry stands last. */
function enter<T>(history: Dated<T>[], from: number, what: T): void {
  let place = history.length;
  while (place > 0 && (history[place - 1]?.from ?? 0) > from) place -= 1;
  history.splice(place, 0, { from, what });
}
