/**
 * The clocks of a firm: each that an event of its dossier started, when it stood still, when it runs out, and by what it
 * was answered. What the framework says to answer a clock ends every start before it; what ticks off an obligation that
 * comes again each time ends one start, the oldest. A clock whose outcome the law leaves open stays open when it has run
 * out, and says so; nothing is approved or refused by silence. Holidays that were announced later move what is still open.
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
  readonly state: 'runs' | 'ran-out' | 'stopped' | 'word' | 'unset' | 'answered';
  readonly deadline: Deadline | undefined;
  /** Only of one that was answered: when, and by which entry. */
  readonly answer: Mark | undefined;
}

/** An instant with the ledger index of its entry. */
interface Mark {
  readonly at: Instant;
  readonly entry: number;
}

/**
 * The clocks that were started by `now`, in the pack's order, each by one start: of those without an answer the oldest where
 * being late counts, else the newest; when all are answered, the newest with its answer.
 */
export function clocksOf(framework: Framework, calendar: WorkCalendar, dossier: Dossier, now: Instant): ClockStanding[] {
  return [...framework.clocks].flatMap(([name, dated]) => {
    const starts = (dossier.happenings.get(dated[0]?.start ?? '') ?? []).filter((one) => one.at <= now);
    if (starts.length === 0) return [];
    const answers = answersTo(framework, dossier, name, starts, now);
    const open = starts.filter((one) => !answers.has(one));
    const start = open.length === 0 ? starts.at(-1) : dated[0]?.ends === 'overdue' ? open[0] : open.at(-1);
    const clock = start === undefined ? undefined : inForce(dated, start.at);
    if (start === undefined || clock === undefined) return [];
    const answer = answers.get(start);
    const own = standing(calendar, clock, start.at, dossier, now);
    return [{ clock, startedAt: start.at, entry: start.entry, ...own, answer, state: answer === undefined ? own.state : 'answered' as const }];
  });
}

/** By what the framework itself says to answer a clock, a start of it was answered; `undefined` while it was not. */
export function answerTo(clock: CompiledClock, dossier: Dossier, start: Mark, now: Instant): Mark | undefined {
  const events = [...clock.answered ?? [], ...(clock.event === undefined ? [] : [clock.event])];
  return events.flatMap((event) => dossier.happenings.get(event)?.find((one) => isAfter(one, start) && one.at <= now) ?? []).toSorted(byTime)[0];
}

/** The starts that were answered, each with its answer. */
function answersTo(framework: Framework, dossier: Dossier, name: string, starts: readonly Mark[], now: Instant): ReadonlyMap<Mark, Mark> {
  const answers = new Map<Mark, Mark>();
  for (const start of starts) {
    const clock = inForce(framework.clocks.get(name), start.at);
    const answer = clock === undefined ? undefined : answerTo(clock, dossier, start, now);
    if (answer !== undefined) answers.set(start, answer);
  }
  for (const dated of framework.obligations.values()) {
    const owed = dated.at(-1);
    if (owed?.clock !== name) continue;
    for (const act of dossier.released) {
      // An act names the start that it ends.
      const start = act.body.obligation === owed.obligation && act.at <= now ? starts.find((one) => act.body.occurrence === `#${one.entry}`) : undefined;
      if (start !== undefined) answers.set(start, act);
    }
    for (const done of doneMarks(owed, dossier, now)) {
      const before = starts.filter((one) => !answers.has(one) && isAfter(done, one));
      for (const start of owed.repeats === 'once' ? before : before.slice(0, 1)) answers.set(start, done);
    }
  }
  return answers;
}

type Obligation = Framework['obligations'] extends ReadonlyMap<string, readonly (infer O)[]> ? O : never;

/** When the dossier shows that the obligation was done: an event, or a form that was filed and lacks nothing. */
function doneMarks(owed: Obligation, dossier: Dossier, now: Instant): Mark[] {
  const ticked = owed.doneBy === 'event' ? dossier.happenings.get(owed.event ?? '') ?? []
    : owed.doneBy === 'form' ? [...dossier.forms].filter(([key]) => key.startsWith(`${owed.form ?? ''}/`)).flatMap(([, versions]) => versions).filter((filing) => filing.body.faults === 0) : [];
  return ticked.filter((one) => one.at <= now).toSorted(byTime);
}

const byTime = (a: Mark, b: Mark): number => a.at - b.at || a.entry - b.entry;
const isAfter = (one: Mark, start: Mark): boolean => byTime(one, start) > 0;

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
