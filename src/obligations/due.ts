/**
 * What a firm owes, occurrence by occurrence: when it began, when it is due, whether it was done. Pure: the framework,
 * the calendar, the firm's stages, its dossier and what was done about its obligations go in. An occurrence stands
 * under the law of the day on which it began, and holds only where the firm's stage of that day owes it.
 *
 * What is no law only reminds: it is never overdue; nor is what rests on holidays that nobody has declared. A time that the instrument gives in words, or that nobody has set,
 * has no day. What is owed to the FIU as a report stands in no list: who reads it would know of a suspicion.
 */

import { obligationsAt, type Framework, type Owed, type WorkCalendar } from '../framework/index.ts';
import { answerTo, deadlineOf, type Dossier, type Firm } from '../licensing/index.ts';
import { formatKarachiDay, type Instant } from '../terms/index.ts';

/** What was done about an occurrence, as entries say. */
export interface Act {
  readonly obligation: string;
  readonly occurrence: string;
  readonly what: 'reminder' | 'breach' | 'discharged' | 'waived' | 'waiver-proposed' | 'waiver-closed';
  readonly entry: number;
  readonly actor: string;
  readonly at: Instant;
  /** The note of who discharged it, or the reason of who waived it or proposes to. */
  readonly words: string;
}

/** How an occurrence stands. `open`: it has no day, or its clock stands still. `reminds`: late, and no law, or by a day that may still move. */
export type DueState = 'open' | 'due' | 'reminds' | 'overdue' | 'breach' | 'done' | 'waived';

/** One time that something is owed. */
export interface Occurrence {
  readonly firm: string;
  readonly owed: Owed;
  /** Tells the times of one obligation apart: the day on which it began, or the entry that began it. */
  readonly occurrence: string;
  readonly startedAt: Instant;
  /** The last day on which it is in time; `undefined` where it has none. */
  readonly day: number | undefined;
  /** Holidays up to there are not all known. */
  readonly provisional: boolean;
  readonly state: DueState;
  /** A waiver of it that waits for a second person. */
  readonly waiver: Act | undefined;
}

/** Moments that the calendar itself brings; months between two of them. Every other one is recorded. */
const CALENDAR: Readonly<Record<string, number>> = { 'month-ended': 1, 'quarter-ended': 3, 'year-ended': 12 };
const OWING: ReadonlySet<string> = new Set(['firm', 'applicant', 'issuer', 'controller']);
/** Months that are looked back at most: the longest record class of the law is ten years. */
const MONTHS_MAX = 121;

interface Start {
  readonly at: Instant;
  /** Ledger index of the entry that began it; -1 of what the calendar brings. */
  readonly entry: number;
  readonly occurrence: string;
}

/** What a framework has firms owe, made ready once for all firms. */
export interface Duties {
  /** Obligations of firms that something ticks off: the stages that owe each, and the events that begin it. */
  readonly obligations: readonly { readonly name: string; readonly stages: ReadonlySet<string>; readonly begins: readonly string[] }[];
  /** What a stage owes at an instant, by name. */
  owedIn(stage: string, at: Instant): ReadonlyMap<string, Owed>;
  /** The end of a month, by its number since year 0: the zone of a framework's calendars is one. */
  endOfMonth(calendar: WorkCalendar, month: number): Start;
}

/** Makes a framework's duties ready. */
export function dutiesOf(framework: Framework): Duties {
  const obligations = [...framework.obligations].flatMap(([name, dated]) => {
    const owing = dated.filter((one) => OWING.has(one.owedBy) && isTicked(one.doneBy));
    const begins = new Set(owing.flatMap((one) => framework.clocks.get(one.clock) ?? []).map((clock) => clock.start));
    return owing.length === 0 ? [] : [{ name, stages: new Set(owing.flatMap((one) => one.stages ?? [])), begins: [...begins] }];
  });
  const ended = new Map<number, Start>();
  const endOfMonth = (calendar: WorkCalendar, month: number): Start => {
    const known = ended.get(month);
    if (known !== undefined) return known;
    const day = Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0) / 86_400_000;
    const found = { at: calendar.endOf(day), entry: -1, occurrence: formatKarachiDay(day) };
    ended.set(month, found);
    return found;
  };
  return { obligations, owedIn: owedBy(framework), endOfMonth };
}

/** Every occurrence that began by `now`, in the order in which they began. */
export function occurrencesOf(duties: Duties, calendar: WorkCalendar, firm: Firm, dossier: Dossier, acts: readonly Act[], now: Instant): Occurrence[] {
  const byKey = new Map<string, Act[]>();
  for (const act of acts) byKey.set(keyOf(act), [...(byKey.get(keyOf(act)) ?? []), act]);
  const found = duties.obligations.filter(({ stages }) => firm.held.some((held) => stages.has(held.stage))).flatMap(({ name, begins }) => {
    const held = begins.flatMap((event) => startsOf(event, duties, calendar, firm, dossier, now)).toSorted((a, b) => a.at - b.at).flatMap((start) => {
      const stage = firm.held.findLast((one) => one.from <= start.at)?.stage;
      const owed = stage === undefined ? undefined : duties.owedIn(stage, start.at).get(name);
      return owed === undefined || owed.rhythm === undefined ? [] : [{ start, owed }];
    });
    const last = held.at(-1);
    const wanted = last !== undefined && last.owed.rhythm === 'once' ? [last] : held;
    const done = discharges(wanted.map((one) => one.owed), dossier);
    return wanted.map(({ start, owed }) => occurrence(firm.firm, owed, start, calendar, dossier, byKey.get(`${name}/${start.occurrence}`) ?? [], done, now));
  });
  return found.toSorted((a, b) => a.startedAt - b.startedAt);
}

/** What is not done: by day, what has none last. */
export function dueList(occurrences: readonly Occurrence[]): Occurrence[] {
  return occurrences.filter((one) => one.state !== 'done' && one.state !== 'waived').toSorted((a, b) => (a.day ?? Infinity) - (b.day ?? Infinity));
}

const keyOf = (act: Act): string => `${act.obligation}/${act.occurrence}`;

/** A report to the FIU is nobody's here, and conduct is owed all the time: no occurrence of it is ever done. */
function isTicked(doneBy: string): boolean {
  return doneBy !== 'report' && doneBy !== 'conduct';
}

/** What a stage owes at an instant, by name; asked once for each stage and change of law. */
function owedBy(framework: Framework): (stage: string, at: Instant) => ReadonlyMap<string, Owed> {
  const changes = [...new Set([...framework.obligations.values(), ...framework.clocks.values()].flat().flatMap((one) => [one.from, one.to]))].toSorted((a, b) => a - b);
  const known = new Map<string, Map<number, ReadonlyMap<string, Owed>>>();
  return (stage, at) => {
    const law = changes.findLastIndex((from) => from <= at);
    const ofStage = known.get(stage) ?? new Map<number, ReadonlyMap<string, Owed>>();
    const found = ofStage.get(law) ?? new Map(obligationsAt(framework, stage, at).map((owed) => [owed.obligation.obligation, owed]));
    known.set(stage, ofStage.set(law, found));
    return found;
  };
}

function startsOf(event: string, duties: Duties, calendar: WorkCalendar, firm: Firm, dossier: Dossier, now: Instant): Start[] {
  const months = CALENDAR[event];
  if (months !== undefined) return ends(duties, calendar, firm, months, now);
  return (dossier.happenings.get(event) ?? []).filter((one) => one.at <= now).map((one) => ({ at: one.at, entry: one.entry, occurrence: `#${one.entry}` }));
}

/** The ends of months, quarters or years since the firm's first stage. */
function ends(duties: Duties, calendar: WorkCalendar, firm: Firm, months: number, now: Instant): Start[] {
  const since = firm.held[0]?.from;
  if (since === undefined) return [];
  const today = new Date(calendar.dayOf(now) * 86_400_000);
  const begun = new Date(calendar.dayOf(since) * 86_400_000);
  const index = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();
  const starts: Start[] = [];
  for (let month = Math.max(index(begun), index(today) - MONTHS_MAX); month < index(today); month++) {
    if ((month + 1) % months === 0) starts.push(duties.endOfMonth(calendar, month));
  }
  return starts;
}

/** Instants at which the dossier shows something done: each ticks off the first open occurrence that began before it. */
function discharges(owed: readonly Owed[], dossier: Dossier): Instant[] {
  const obligation = owed.at(-1)?.obligation;
  if (obligation?.doneBy === 'event') return (dossier.happenings.get(obligation.event ?? '') ?? []).map((one) => one.at);
  if (obligation?.doneBy !== 'form') return [];
  return [...dossier.forms].filter(([key]) => key.startsWith(`${obligation.form ?? ''}/`)).flatMap(([, versions]) => versions).filter((filing) => filing.body.faults === 0)
    .map((filing) => filing.at).toSorted((a, b) => a - b);
}

function occurrence(firm: string, owed: Owed, start: Start, calendar: WorkCalendar, dossier: Dossier, acts: readonly Act[], done: Instant[], now: Instant): Occurrence {
  const deadline = deadlineOf(calendar, owed.clock, start.at, dossier);
  const ticked = done.findIndex((at) => at >= start.at);
  if (ticked >= 0) done.splice(ticked, 1);
  // What the framework says to answer the clock ends what was owed, also where the firm itself did nothing: a question to one that withdrew.
  const isAnswered = owed.clock.answered !== undefined && answerTo(owed.clock, dossier, { at: start.at, entry: start.entry }, now) !== undefined;
  const due = deadline?.kind === 'due' ? deadline : undefined;
  return {
    firm, owed, occurrence: start.occurrence, startedAt: start.at, day: due?.day, provisional: due?.provisional === true, state: stateOf(owed, due, ticked >= 0 || isAnswered, acts, now), waiver: waitingWaiver(acts),
  };
}

/** The last proposal to waive it, unless it was closed or agreed to. */
function waitingWaiver(acts: readonly Act[]): Act | undefined {
  const last = acts.findLast((act) => act.what === 'waiver-proposed' || act.what === 'waiver-closed' || act.what === 'waived');
  return last?.what === 'waiver-proposed' ? last : undefined;
}

function stateOf(owed: Owed, due: { readonly lateFrom: Instant; readonly provisional: boolean } | undefined, ticked: boolean, acts: readonly Act[], now: Instant): DueState {
  if (ticked || acts.some((act) => act.what === 'discharged')) return 'done';
  if (acts.some((act) => act.what === 'waived')) return 'waived';
  if (due === undefined) return 'open';
  if (now < due.lateFrom) return 'due';
  if (!owed.binds || due.provisional) return 'reminds';
  if (owed.clock.ends !== 'overdue') return 'open';
  return acts.some((act) => act.what === 'breach') ? 'breach' : 'overdue';
}
