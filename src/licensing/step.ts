/**
 * May the firm take this step? Judged by the framework alone: the step exists and is in force on its day, the
 * event before it is the one it asks for, a restoration leads back to where the firm was, the services are named
 * where the grant names them and nowhere else, a second person agrees where one is needed, and every gate is met.
 *
 * A firm's first stage is recorded as it is found, whatever it is: an installation opens among firms that already
 * stand somewhere.
 */

import { answerTo, inForce, type Framework } from '../framework/index.ts';
import { reject, type Instant, type Rejection, type Service } from '../terms/index.ts';
import type { Dossier } from './dossier.ts';
import type { Firm, Held } from './firm.ts';
import { gatesOf } from './gates.ts';

/** Who acts. The second person is another than the first. */
export interface Officers {
  readonly actor: string;
  readonly second?: string;
  /** Legal basis, or the reason of the act. */
  readonly basis: string;
}

/** A step that is wanted. `from`: the stage that the officer saw, `null` before the first. */
export interface WantedStep {
  readonly firm: string;
  readonly from: string | null;
  readonly to: string;
  /** The framework's step; absent only for a firm's first stage. */
  readonly event?: string;
  readonly services?: readonly Exclude<Service, 'none'>[];
  readonly effectiveFrom: Instant;
  readonly reasons: string;
  /** Hashes of documents. */
  readonly evidence: readonly string[];
}

/** The code by which a step is refused, or `undefined` when the firm may take it. */
export function judgeStep(framework: Framework, firm: Firm, dossier: Dossier, wanted: WantedStep, by: Officers): Rejection | undefined {
  const last = firm.held.at(-1);
  if ((last?.stage ?? null) !== wanted.from) return reject('DECISION_STALE', 'from');
  if (wanted.reasons.trim() === '') return reject('DECISION_INVALID', 'reasons');
  if (by.second === by.actor) return reject('SECOND_PERSON_REQUIRED');
  const stage = framework.stages.get(wanted.to);
  if (stage === undefined || wanted.effectiveFrom < stage.from) return reject('STAGE_UNKNOWN', 'to');
  if (last !== undefined && wanted.effectiveFrom <= last.from) return reject('STAGE_INSTANT_CLOSED', 'effectiveFrom');
  const scope = inForce(stage.permissions, wanted.effectiveFrom)?.scope;
  const named = wanted.services ?? [];
  // Which services there are the framework says.
  if ((scope === 'granted') !== named.length > 0 || new Set(named).size !== named.length || named.some((service) => !framework.services.has(service))) return reject('STAGE_SERVICES_WRONG', 'services');
  return last === undefined ? judgeFirst(wanted) : judgeNext(framework, firm, dossier, last, wanted, by);
}

function judgeFirst(wanted: WantedStep): Rejection | undefined {
  return wanted.event === undefined ? undefined : reject('STAGE_STEP_CLOSED', 'event');
}

function judgeNext(framework: Framework, firm: Firm, dossier: Dossier, last: Held, wanted: WantedStep, by: Officers): Rejection | undefined {
  const answer = answerTo(framework, last.stage, wanted.event ?? '', wanted.effectiveFrom);
  if (answer === undefined || answer.kind === 'closed') return reject('EVENT_NOT_IN_STAGE', answer?.source.clause.en ?? 'event');
  const open = openSteps(framework, firm, wanted.effectiveFrom);
  const step = open.find((one) => one.fromStage === last.stage && one.toStage === wanted.to && one.event === wanted.event);
  if (step === undefined) return reject('STAGE_STEP_CLOSED', open.map((one) => `${one.event} to ${one.toStage}`).join(', '));
  if (step.second && by.second === undefined) return reject('SECOND_PERSON_REQUIRED');
  const unmet = gatesOf(framework, firm.held, dossier, step.gates, wanted.effectiveFrom).filter((gate) => gate.state !== 'met');
  return unmet.length > 0 ? reject('GATE_UNMET', unmet.map((gate) => (gate.state === 'not-run' ? `${gate.gate} (not run)` : gate.gate)).join(', ')) : undefined;
}

/** The steps that are open to a firm at an instant, from the stage it entered last. */
export function openSteps(framework: Framework, firm: Firm, at: Instant): Framework['steps'] {
  const last = firm.held.at(-1);
  if (last === undefined) return [];
  const home = firm.held.findLast((held) => held.stage !== last.stage)?.stage;
  return framework.steps.filter((step) => step.fromStage === last.stage && step.from <= at && at < step.to
    && (step.after === undefined || step.after === last.event)
    && (step.way !== 'restore' || step.toStage === home));
}
