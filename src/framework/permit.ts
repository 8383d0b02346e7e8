/**
 * What a firm may offer at an instant: the stages that it went through, each under the law of its day. Law is
 * asked for as of the event's time, so a late event is judged by the stage of then. The monitor asks this for
 * every movement: a lookup allocates nothing and looks at the newest periods first.
 *
 * A firm without a stage may offer nothing. Refuses a stage that the framework does not have.
 */

import { SERVICES, assert, type Instant, type Service } from '../terms/index.ts';
import { CapTimeline } from './cap.ts';
import { FOREVER } from './compile.ts';
import type { CompiledStage, Framework } from './compiled.ts';

/** A stage that a firm entered; `services` where the stage leaves them to the firm's grant. */
interface Entered {
  readonly from: Instant;
  readonly stage: string;
  readonly services: readonly Service[] | undefined;
}

/** The services, one bit for each by its number in `SERVICES`, that are open from an instant on. */
interface Open {
  readonly from: number;
  readonly bits: number;
}

/** Does the stage allow the service at the instant? `granted`: the services that the firm's own grant names. */
export function stageAllows(framework: Framework, stage: string, service: Service, at: Instant, granted: readonly Service[] = []): boolean {
  const found = framework.stages.get(stage);
  return found !== undefined && openServices(found, at, granted).includes(service);
}

/** Firms by number, each with the stages that it entered. */
export class PermitTimeline {
  /** What caps each of them; their stages are entered here. */
  readonly caps: CapTimeline;
  readonly #framework: Framework;
  readonly #entered = new Map<number, Entered[]>();
  readonly #open = new Map<number, Open[]>();

  constructor(framework: Framework) {
    this.#framework = framework;
    this.caps = new CapTimeline(framework);
  }

  /** The firm is in the stage from the instant on. Steps may be entered in any order; of one instant the last entered holds. */
  enter(firm: number, stage: string, from: Instant, services?: readonly Service[]): void {
    assert(this.#framework.stages.has(stage), `the framework has the stage ${stage}`);
    const before = this.#entered.get(firm) ?? [];
    const entered = [...before.filter((one) => one.from !== from), { from, stage, services }].sort((a, b) => a.from - b.from);
    this.#entered.set(firm, entered);
    this.caps.enter(firm, stage, from);
    this.#open.set(firm, entered.flatMap((one, i) => this.#openDuring(one, entered[i + 1]?.from ?? FOREVER)));
  }

  /** The firm's stage at the instant, or `undefined` when it has none yet. */
  stageAt(firm: number, at: Instant): string | undefined {
    return this.#entered.get(firm)?.findLast((one) => one.from <= at)?.stage;
  }

  /** May the firm offer the service, by its number in `SERVICES`, at the instant? */
  permits(firm: number, service: number, at: number): boolean {
    const open = this.#open.get(firm);
    if (open === undefined) return false;
    for (let i = open.length - 1; i >= 0; i--) {
      const period = open[i];
      if (period !== undefined && period.from <= at) return (period.bits & (1 << service)) !== 0;
    }
    return false;
  }

  /** One period for each change of law while the firm is in the stage. */
  #openDuring(entered: Entered, until: Instant): Open[] {
    const stage = this.#framework.stages.get(entered.stage);
    assert(stage !== undefined, `the framework has the stage ${entered.stage}`);
    const changes = stage.permissions.map((one) => one.from).filter((from) => from > entered.from && from < until);
    return [entered.from, ...changes].map((from) => ({ from, bits: bitsOf(openServices(stage, from, entered.services ?? [])) }));
  }
}

function openServices(stage: CompiledStage, at: Instant, granted: readonly Service[]): readonly Service[] {
  const law = stage.permissions.find((one) => one.from <= at && at < one.to);
  switch (law?.scope) {
    case 'listed':
      return law.services;
    case 'granted':
      return granted;
    case 'none':
    case undefined:
      return [];
  }
}

function bitsOf(services: readonly Service[]): number {
  return services.reduce((bits, service) => bits | (1 << SERVICES.indexOf(service)), 0);
}

/** The value in force at an instant; before the first one there is none. */
export function inForce<T extends { readonly from: Instant; readonly to: Instant }>(dated: readonly T[] | undefined, at: Instant): T | undefined {
  return dated?.find((one) => one.from <= at && at < one.to);
}
