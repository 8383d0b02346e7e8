/**
 * Caps that bind a firm at an instant: what the pack prescribes for the stage that the firm is in, and what a decision
 * set as a condition of its grant. Only law caps: a draft or an assumption binds nobody, and an unset limit is no
 * limit. Of a prescribed and a decided value the lower one binds. A decided cap holds while the firm stands as the stage
 * of its limit stands, so that what a certificate was given under ends with the certificate and comes back with it.
 *
 * Measured are customers, what is traded or paid out, and assets; other measures no event shows.
 */

import { assert, type Instant } from '../terms/index.ts';
import type { Framework } from './compiled.ts';

/** A limit as the pack compiles it. */
type Limit = Framework['limits'] extends ReadonlyMap<string, readonly (infer L)[]> ? L : never;

const MEASURED = ['customers', 'traded', 'paid-out', 'assets'] as const;
/** What the feed shows of a firm, so that a cap on it can be watched. */
type CapMeasure = (typeof MEASURED)[number];

/** A cap in force. `value`: a count, or hundredths of the pack's currency. `entry`: of the decision that set it; absent where the pack prescribes it. */
export interface Cap {
  readonly limit: Limit & { readonly measure: CapMeasure };
  readonly value: number;
  readonly entry: number | undefined;
}

interface Decided {
  readonly from: Instant;
  readonly value: number | null;
  readonly entry: number;
}

interface Firm {
  readonly entered: { readonly from: Instant; readonly stage: string }[];
  readonly decided: Map<string, Decided[]>;
}

/** Can a cap of this limit be watched? */
function isMeasured(limit: Limit): limit is Limit & { readonly measure: CapMeasure } {
  return limit.bound === 'ceiling' && MEASURED.some((one) => one === limit.measure);
}

/** Firms by number, with the stages that they entered and the caps that were decided for them. */
export class CapTimeline {
  readonly #framework: Framework;
  readonly #firms = new Map<number, Firm>();

  constructor(framework: Framework) {
    this.#framework = framework;
  }

  /** The firm is in the stage from the instant on; of one instant the last entered holds. */
  enter(firm: number, stage: string, from: Instant): void {
    assert(this.#framework.stages.has(stage), `the framework has the stage ${stage}`);
    place(this.#of(firm).entered, { from, stage });
  }

  /** A decision sets a cap, or lifts it with null, from the instant on. Refuses a limit that the framework does not have. */
  set(firm: number, cap: { readonly limit: string; readonly value: number | null }, from: Instant, entry: number): void {
    assert(this.#framework.limits.has(cap.limit), `the framework has the limit ${cap.limit}`);
    const { decided } = this.#of(firm);
    const known = decided.get(cap.limit) ?? [];
    place(known, { from, value: cap.value, entry });
    decided.set(cap.limit, known);
  }

  /** Names of the limits that bind the firm at some instant, in the pack's order. */
  limitsOf(firm: number): readonly string[] {
    const known = this.#firms.get(firm);
    if (known === undefined) return [];
    return [...this.#framework.limits].flatMap(([name, dated]) => {
      const prescribed = dated.some((one) => isMeasured(one) && isLaw(one) && known.entered.some(({ stage }) => stage === one.stage));
      const decided = dated.some(isMeasured) && known.decided.get(name)?.some((one) => one.value !== null) === true;
      return prescribed || decided ? [name] : [];
    });
  }

  /** The cap of the limit that binds the firm at the instant. */
  capAt(firm: number, name: string, at: Instant): Cap | undefined {
    const known = this.#firms.get(firm);
    const stage = known?.entered.findLast((one) => one.from <= at)?.stage;
    const dated = this.#framework.limits.get(name);
    const limit = inForce(dated, at) ?? dated?.at(-1);
    if (known === undefined || stage === undefined || limit === undefined || !isMeasured(limit)) return undefined;
    const prescribed = limit.from <= at && at < limit.to && limit.stage === stage && isLaw(limit) ? limit.value : undefined;
    const last = this.#stands(stage, limit.stage) ? known.decided.get(name)?.findLast((one) => one.from <= at) : undefined;
    const decided = last?.value ?? undefined;
    if (decided !== undefined && (prescribed === undefined || decided < prescribed)) return { limit, value: decided, entry: last?.entry };
    return prescribed === undefined ? undefined : { limit, value: prescribed, entry: undefined };
  }

  /** Those of a limit's periods that can be watched. */
  measured(dated: readonly Limit[]): readonly (Limit & { readonly measure: CapMeasure })[] {
    return dated.filter(isMeasured);
  }

  /** Limits on which a decision may set a cap for a firm in the stage. */
  openIn(stage: string, at: Instant): readonly Limit[] {
    return [...this.#framework.limits.values()].flatMap((dated) => inForce(dated, at) ?? []).filter((limit) => isMeasured(limit) && this.#stands(stage, limit.stage));
  }

  /** Does a firm in the stage stand as one in the other? */
  #stands(stage: string, other: string): boolean {
    return this.#framework.stages.get(stage)?.standing === this.#framework.stages.get(other)?.standing;
  }

  #of(firm: number): Firm {
    const known = this.#firms.get(firm) ?? { entered: [], decided: new Map<string, Decided[]>() };
    this.#firms.set(firm, known);
    return known;
  }
}

function isLaw(limit: Limit): limit is Limit & { readonly value: number } {
  return limit.status === 'prescribed' && typeof limit.value === 'number';
}

/** Keeps a history by instant; of one instant the later said stands last. */
function place<T extends { readonly from: Instant }>(history: T[], one: T): void {
  let at = history.length;
  while (at > 0 && (history[at - 1]?.from ?? 0) > one.from) at -= 1;
  history.splice(at, 0, one);
}

function inForce(dated: readonly Limit[] | undefined, at: Instant): Limit | undefined {
  return dated?.find((one) => one.from <= at && at < one.to);
}
