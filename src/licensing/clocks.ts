/**
 * The clocks of a firm: each that an event of its dossier started, when it stood still, when it runs out. A clock whose
 * outcome the law leaves open stays open when it has run out, and says so; nothing is approved or refused by silence.
 * Holidays that were announced later move what is still open.
 */

import { inForce, type CompiledClock, type Deadline, type Framework, type Pause, type WorkCalendar } from '../framework/index.ts';
import type { Instant } from '../terms/index.ts';
import type { Dossier } from './dossier.ts';

/** A clock that was started. `ran-out` with `clock.ends` open: the law does not say what follows, and nothing does. */
export interface ClockStanding {
  readonly clock: CompiledClock;
  readonly startedAt: Instant;
  /** Ledger index of the entry that started it. */
  readonly entry: number;
  readonly state: 'runs' | 'ran-out' | 'stopped' | 'word' | 'unset';
  readonly deadline: Deadline | undefined;
}

/** The clocks that were started by `now`, each by its newest start, in the pack's order. */
export function clocksOf(framework: Framework, calendar: WorkCalendar, dossier: Dossier, now: Instant): ClockStanding[] {
  return [...framework.clocks.keys()].flatMap((name) => {
    const starts = framework.clocks.get(name)?.[0]?.start;
    const start = starts === undefined ? undefined : dossier.happenings.get(starts)?.findLast((one) => one.at <= now);
    const clock = start === undefined ? undefined : inForce(framework.clocks.get(name), start.at);
    return start === undefined || clock === undefined ? [] : [{ clock, startedAt: start.at, entry: start.entry, ...standing(calendar, clock, start.at, dossier, now) }];
  });
}

/** When a clock of this kind that started at the instant runs out; `undefined` while no length is set. */
export function deadlineOf(calendar: WorkCalendar, clock: CompiledClock, start: Instant, dossier: Dossier): Deadline | undefined {
  return clock.span === undefined ? undefined : calendar.deadline(clock.span, start, pausesOf(clock, dossier, start));
}

function standing(calendar: WorkCalendar, clock: CompiledClock, start: Instant, dossier: Dossier, now: Instant): Pick<ClockStanding, 'state' | 'deadline'> {
  const deadline = deadlineOf(calendar, clock, start, dossier);
  if (deadline === undefined) return { state: 'unset', deadline };
  switch (deadline.kind) {
    case 'word':
      return { state: 'word', deadline };
    case 'stopped':
      return { state: 'stopped', deadline };
    case 'due':
      return { state: now >= deadline.lateFrom ? 'ran-out' : 'runs', deadline };
  }
}

/** From each stopping event to the next that lets the clock go on; several questions may be open at once. */
function pausesOf(clock: CompiledClock, dossier: Dossier, start: Instant): Pause[] {
  return clock.stops.flatMap(({ stop, resume }) => {
    const ends = dossier.happenings.get(resume) ?? [];
    return (dossier.happenings.get(stop) ?? []).flatMap((one, i, stops): Pause[] => {
      if (one.at < start) return [];
      // The nth question is closed by the nth answer: while one is open the clock stands still.
      const before = stops.filter((other, j) => j < i && other.at < start).length;
      const from = ends.filter((end) => end.at >= start);
      return [{ from: one.at, to: from[i - before]?.at }];
    });
  });
}
