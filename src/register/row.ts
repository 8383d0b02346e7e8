/**
 * A firm as the register shows it: its class, since when, which services it may offer, and every class and scope that
 * it had before. Folded from the firm's stages and the framework alone; no stage is named here, so a pack of another
 * country gets its classes by the same rule. What is no status is not shown: an application, a talk, a refusal. Who
 * had a status and has none any more stays, as `ended`.
 */

import { inForce, stageAllows, type CompiledStage, type Framework, type Source } from '../framework/index.ts';
import type { Firm, Held } from '../licensing/index.ts';
import { assert, instantOf, type EntryBody, type Instant, type Service } from '../terms/index.ts';

/** Classes of the register, kept apart: none of them but `licensed` is a licence. */
export const REGISTER_CLASSES = ['licensed', 'aml-registered', 'noc', 'transitional', 'sandbox', 'no-action', 'suspended', 'revoked', 'ended'] as const;
/** A class of the register. */
export type RegisterClass = (typeof REGISTER_CLASSES)[number];

/** A time in which class and scope of a firm stayed the same. */
export interface RegisterPeriod {
  readonly class: RegisterClass;
  /** Name of the framework's stage; absent where the firm holds no status any more. */
  readonly stage: string | undefined;
  /** Services that were open, in the order of the Act. */
  readonly services: readonly Service[];
  readonly from: Instant;
  /** Before this instant; absent while it lasts. */
  readonly to: Instant | undefined;
  /** Ledger index of the entry by which the firm came into its stage. */
  readonly entry: number;
}

/** What an officer entered about a firm beside its status. */
export type RegisterDetail = EntryBody<'register-detailed'>;

/** A firm of the register as of an instant. */
export interface RegisterRow {
  readonly firm: Firm;
  readonly detail: RegisterDetail | undefined;
  readonly now: RegisterPeriod;
  readonly stage: CompiledStage | undefined;
  /** The law that opens or closes services. */
  readonly source: Source | undefined;
  /** Oldest first; the last one that has begun is `now`. */
  readonly history: readonly RegisterPeriod[];
}

/** Class and scope through time, oldest first, each beginning where the one before ends; empty while the firm never had a status. */
export function periodsOf(framework: Framework, firm: Firm): RegisterPeriod[] {
  const periods: RegisterPeriod[] = [];
  for (const [i, held] of firm.held.entries()) {
    for (const from of instantsOf(framework, held, firm.held[i + 1]?.from)) {
      const next = periodAt(framework, held, from, periods.length > 0);
      const last = periods.at(-1);
      if (next === undefined || (last !== undefined && isSame(last, next))) continue;
      if (last !== undefined) periods[periods.length - 1] = { ...last, to: from };
      periods.push(next);
    }
  }
  for (const [i, period] of periods.entries()) assert(period.to === periods[i + 1]?.from, `the register's periods of ${firm.firm} join without gap or overlap`);
  return periods;
}

/** The row of a firm as of an instant, from its periods; `undefined` when it had no status by then. */
export function rowAt(framework: Framework, firm: Firm, detail: RegisterDetail | undefined, periods: readonly RegisterPeriod[], at: Instant): RegisterRow | undefined {
  const history = periods.filter((one) => one.from <= at);
  const now = history.at(-1);
  if (now === undefined) return undefined;
  const stage = now.stage === undefined ? undefined : framework.stages.get(now.stage);
  return { firm, detail, now, stage, source: inForce(stage?.permissions, at), history };
}

/** The stage's own instant, and each later one at which the law of the stage changes while the firm is in it. */
function instantsOf(framework: Framework, held: Held, until: Instant | undefined): Instant[] {
  const law = framework.stages.get(held.stage)?.permissions ?? [];
  return [held.from, ...law.map((one) => one.from).filter((from) => from > held.from && (until === undefined || from < until))].map(instantOf);
}

function periodAt(framework: Framework, held: Held, from: Instant, hadStatus: boolean): RegisterPeriod | undefined {
  const services = [...framework.services.keys()].filter((service) => stageAllows(framework, held.stage, service, from, held.services));
  const found = classOf(framework.stages.get(held.stage), services.length > 0);
  if (found !== undefined) return { class: found, stage: held.stage, services, from, to: undefined, entry: held.entry };
  return hadStatus ? { class: 'ended', stage: undefined, services: [], from, to: undefined, entry: held.entry } : undefined;
}

/** A test or a transition counts from when it allows something; before that it is an application, which is nobody's business. */
function classOf(stage: CompiledStage | undefined, isOpen: boolean): RegisterClass | undefined {
  switch (stage?.standing) {
    case 'licence':
      return 'licensed';
    case 'noc':
      return isOpen ? 'aml-registered' : 'noc';
    case 'applicant':
      return isOpen ? 'transitional' : undefined;
    case 'sandbox':
      return isOpen ? 'sandbox' : undefined;
    case 'letter':
      return 'no-action';
    case 'suspended':
    case 'revoked':
      return stage.standing;
    case 'none':
    case undefined:
      return undefined;
  }
}

function isSame(one: RegisterPeriod, other: RegisterPeriod): boolean {
  return one.class === other.class && one.stage === other.stage && one.services.join() === other.services.join();
}
