/**
 * Firms and the stages that they went through: the fold of `firm-registered` and `stage-changed`. Pure and in
 * memory, for every room that asks who a firm is and what it may do; the views in the database hold the same.
 *
 * Entries come in the order of the ledger. What the table of moves refuses cannot stand in the ledger, because
 * an act is judged by the same table before it is appended; finding it there is a broken invariant.
 */

import { PermitTimeline, type Framework } from '../framework/index.ts';
import { isKind, type Entry } from '../log/index.ts';
import { assert, instantOf, type EntryBody, type Instant, type RejectionCode, type Service } from '../terms/index.ts';

/** A stage that a firm holds from `from` on, until the next one begins. */
export interface Held {
  readonly stage: string;
  readonly from: Instant;
  /** The step that led here; absent for a firm's first stage, which is recorded as it was found. */
  readonly event: string | undefined;
  /** Services that the firm's grant names; absent where the stage itself says which. */
  readonly services: readonly Service[] | undefined;
  /** Ledger index of the entry. */
  readonly entry: number;
}

/** A firm as the ledger knows it. `held` is in the order of time and never empty gaps: each begins where the last ended. */
export interface Firm {
  readonly firm: string;
  readonly number: number;
  readonly code: string;
  readonly name: string;
  readonly nameUr: string | undefined;
  /** Invented, and marked so on every screen. */
  readonly synthetic: boolean;
  /** Published facts, each with its source: all that is said of a real firm. */
  readonly facts: readonly { readonly text: string; readonly source: string }[];
  readonly registeredAt: Instant;
  readonly entry: number;
  readonly held: readonly Held[];
}

/** What can be known of a firm, and what can happen to it. */
export type FirmState = 'unknown' | 'known' | 'staged';
export type FirmEvent = 'firm-registered' | 'stage-changed';

/** Every state with every event: where it leads, or the code by which it is refused. */
export const MOVES: Readonly<Record<FirmState, Readonly<Record<FirmEvent, { readonly to: FirmState } | { readonly refused: RejectionCode }>>>> = {
  unknown: { 'firm-registered': { to: 'known' }, 'stage-changed': { refused: 'FIRM_UNKNOWN' } },
  known: { 'firm-registered': { refused: 'FIRM_TAKEN' }, 'stage-changed': { to: 'staged' } },
  staged: { 'firm-registered': { refused: 'FIRM_TAKEN' }, 'stage-changed': { to: 'staged' } },
};

/** The state of a firm that may not be known. */
export function stateOf(firm: Firm | undefined): FirmState {
  if (firm === undefined) return 'unknown';
  return firm.held.length === 0 ? 'known' : 'staged';
}

/** The firm after one of its entries. */
export function stepFirm(before: Firm | undefined, entry: Entry<FirmEvent>): Firm {
  const move = MOVES[stateOf(before)][entry.kind];
  assert('to' in move, `${entry.kind} at entry ${entry.index} is a move that the table has`);
  if (isKind(entry, 'firm-registered')) return registered(entry);
  assert(before !== undefined && isKind(entry, 'stage-changed'), 'a known firm changes its stage');
  return { ...before, held: [...before.held, heldBy(entry, before.held.at(-1))] };
}

function registered({ body, admittedAt, index }: Entry<'firm-registered'>): Firm {
  return {
    firm: body.firm, number: body.number, code: body.code, name: body.name, nameUr: body.nameUr, synthetic: body.synthetic,
    facts: body.facts ?? [], registeredAt: admittedAt, entry: index, held: [],
  };
}

function heldBy({ body, index }: Entry<'stage-changed'>, last: Held | undefined): Held {
  assert(body.from === (last?.stage ?? null), `entry ${index} leaves the stage that the firm is in`);
  assert(last === undefined || body.effectiveFrom > last.from, `entry ${index} takes effect after the firm's last step`);
  return { stage: body.to, from: instantOf(body.effectiveFrom), event: body.event, services: body.services, entry: index };
}

/** The firms of the ledger, by id, number and code, with what each may offer at an instant. */
export class FirmDirectory {
  readonly #firms = new Map<string, Firm>();
  readonly #byNumber = new Map<number, string>();
  readonly #byCode = new Map<string, string>();
  readonly #permits: PermitTimeline;

  constructor(framework: Framework) {
    this.#permits = new PermitTimeline(framework);
  }

  /** Takes the next entry in; kinds that say nothing of firms pass by. */
  apply(entry: Entry): void {
    if (!isKind(entry, 'firm-registered') && !isKind(entry, 'stage-changed')) return;
    const firm = stepFirm(this.#firms.get(entry.body.firm), entry);
    assert(isKind(entry, 'stage-changed') || !this.#byNumber.has(firm.number), `the number ${firm.number} is given once`);
    this.#firms.set(firm.firm, firm);
    this.#byNumber.set(firm.number, firm.firm);
    this.#byCode.set(firm.code.toUpperCase(), firm.firm);
    if (isKind(entry, 'stage-changed')) this.#permits.enter(firm.number, entry.body.to, instantOf(entry.body.effectiveFrom), entry.body.services);
  }

  /** Every firm, in the order in which they became known. */
  all(): readonly Firm[] {
    return [...this.#firms.values()];
  }

  byId(firm: string): Firm | undefined {
    return this.#firms.get(firm);
  }

  byNumber(number: number): Firm | undefined {
    return this.#firms.get(this.#byNumber.get(number) ?? '');
  }

  /** By code, in either case. */
  byCode(code: string): Firm | undefined {
    return this.#firms.get(this.#byCode.get(code.toUpperCase()) ?? '');
  }

  numberOf(firm: string): number | undefined {
    return this.#firms.get(firm)?.number;
  }

  /** The stage that the firm holds at the instant; `undefined` before its first one, and for a firm that is not known. */
  stageAt(firm: string, at: Instant): Held | undefined {
    return this.#firms.get(firm)?.held.findLast((held) => held.from <= at);
  }

  /** May the firm of the number offer the service, by its number in `SERVICES`, at the instant? */
  permits(number: number, service: number, at: number): boolean {
    return this.#permits.permits(number, service, at);
  }
}

/** A registration as its entry holds it. */
export type Registration = EntryBody<'firm-registered'>;
