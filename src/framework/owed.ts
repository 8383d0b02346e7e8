/**
 * What the compiled pack answers at an instant: what an event does to a firm in a stage, what a firm in a stage
 * owes, and the office calendar by which clocks run.
 */

import type { Instant, KarachiDay } from '../terms/index.ts';
import { WorkCalendar } from './calendar.ts';
import type { Answer, Framework, Owed } from './compiled.ts';
import { dayAt, dayOf } from './day.ts';
import { FOREVER } from './compile.ts';
import { inForce } from './permit.ts';

/**
 * What the event does to a firm in the stage at the instant: the steps that are in force then, or a refusal with its
 * clause. `undefined` for a stage or an event that the framework does not have.
 */
export function answerTo(framework: Framework, stage: string, event: string, at: Instant): Answer | undefined {
  const answer = framework.table.get(stage)?.get(event);
  if (answer?.kind !== 'steps') return answer;
  const steps = answer.steps.filter((step) => step.from <= at && at < step.to);
  const [first] = answer.steps;
  if (steps.length > 0 || first === undefined) return { kind: 'steps', steps };
  return { kind: 'closed', source: first };
}

/**
 * What is owed at the instant about a firm in the stage: by it, or by the authority to it (`owedBy` says which).
 * Without a stage, what hangs on no firm's stage: of the authority to the public, of banks, of whoever is affected.
 */
export function obligationsAt(framework: Framework, stage: string | undefined, at: Instant): Owed[] {
  return [...framework.obligations.values()].flatMap((dated) => {
    const obligation = inForce(dated, at);
    if (obligation === undefined || (stage === undefined ? obligation.stages !== undefined : obligation.stages?.includes(stage) !== true)) return [];
    const clock = inForce(framework.clocks.get(obligation.clock), at);
    if (clock === undefined) return [];
    const rhythm = obligation.repeats === 'unset' ? obligation.workingRepeats : obligation.repeats;
    return [{ obligation, clock, rhythm, binds: obligation.status === 'prescribed' && obligation.repeats !== 'unset' && clock.status === 'prescribed' }];
  });
}

/**
 * The office calendar of a pack. `announced`: holidays that were announced after the pack was published; `withdrawn`:
 * days that the pack expected and that are none, as when the moon was seen on another evening.
 */
export function calendarOf(framework: Framework, announced: readonly KarachiDay[] = [], withdrawn: readonly KarachiDay[] = []): WorkCalendar {
  const days = framework.holidays.flatMap((one) => (one.day === undefined ? [] : [dayOf(one.day)])).filter((one) => !withdrawn.includes(one));
  return new WorkCalendar({
    zone: framework.zone, knownTo: framework.holidaysTo, holidays: [...days, ...announced],
    rest: framework.holidays.flatMap((one) => (one.weekday === undefined ? [] : [{
      weekday: one.weekday, from: dayAt(one.from, framework.zone), to: one.to === FOREVER ? undefined : dayAt(one.to, framework.zone),
    }])),
  });
}
