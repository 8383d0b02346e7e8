/**
 * What the calendar does by itself and what is done to it. A clock that ends in an event lets that event happen when
 * it has run out: an emergency freeze is over, and the firm is back where it was. No other step is ever taken by a
 * clock. A holiday that is announced late moves every open deadline in working days; its entry lists them.
 */

import { decide, type Member } from '../access/index.ts';
import { calendarOf, type Framework } from '../framework/index.ts';
import { append, lockLedger, type Entry, type Tx } from '../log/index.ts';
import { formatKarachiDay, parseKarachiDay, reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import { entered, judgedStep, stepEntry } from './acts.ts';
import { clocksOf } from './clocks.ts';
import { readCalendar, readDossier, readDossiers } from './dossier-view.ts';
import type { Firm } from './firm.ts';
import { openSteps, type WantedStep } from './step.ts';
import { readFirms } from './views.ts';

/** Deadlines that an entry lists at most. */
const MOVED_MAX = 300;
const ACTOR = 'clock';

/** A holiday to announce: `day` as `2026-11-24`, with its notification as source. */
export interface WantedHoliday {
  readonly day: string;
  readonly title: { readonly en: string; readonly ur: string };
  readonly source: string;
}

/** Lets happen what clocks let happen by themselves, at the instant at which each ran out. Gives the steps that were taken. */
export async function runOut(tx: Tx, now: Instant, framework: Framework): Promise<Entry<'stage-changed'>[]> {
  const ending = [...framework.clocks.values()].flat().filter((clock) => clock.ends === 'event');
  const waiting = async (): Promise<Firm[]> => (await readFirms(tx)).filter((firm) => ending.some((clock) => clock.start === firm.held.at(-1)?.event));
  if ((await waiting()).length === 0) return [];
  await lockLedger(tx, now);
  const firms = await waiting();
  const calendar = await readCalendar(tx, framework);
  const taken: Entry<'stage-changed'>[] = [];
  for (const firm of firms) {
    const dossier = await readDossier(tx, firm.firm);
    const ran = clocksOf(framework, calendar, dossier, now).find((one) => one.clock.ends === 'event' && one.state === 'ran-out' && one.clock.start === firm.held.at(-1)?.event);
    if (ran?.deadline?.kind !== 'due') continue;
    const wanted = wayBack(framework, firm, ran.clock.event ?? '', ran.deadline.lateFrom);
    const step = wanted === undefined ? undefined : judgedStep(framework, firm, dossier, wanted, { actor: ACTOR, basis: '' });
    // A firm that an officer moved on meanwhile, or that came back by hand, has nothing to come back from.
    if (wanted === undefined || step === undefined || 'code' in step) continue;
    taken.push(await entered(tx, await append(tx, now, [await stepEntry(tx, framework, dossier, wanted, { actor: ACTOR, basis: step.clause.en }, now, undefined)])));
  }
  return taken;
}

/** The step by the event, with the services that the firm had before. */
function wayBack(framework: Framework, firm: Firm, event: string, at: Instant): WantedStep | undefined {
  const step = openSteps(framework, firm, at).find((one) => one.event === event);
  const home = firm.held.findLast((held) => held.stage === step?.toStage);
  if (step === undefined) return undefined;
  return {
    firm: firm.firm, from: step.fromStage, to: step.toStage, event, effectiveFrom: at, reasons: step.clause.en, evidence: [],
    ...(home?.services === undefined ? {} : { services: home.services.filter((service) => service !== 'none') }),
  };
}

/** Announces a holiday; its entry lists the deadlines that it moves. */
export async function announceHoliday(tx: Tx, now: Instant, framework: Framework, wanted: WantedHoliday, by: Member): Promise<Entry<'holiday-announced'> | Rejection> {
  const may = decide(by, 'calendar.announce');
  if (!may.allowed) return may.rejection;
  const day = parseKarachiDay(wanted.day);
  if (day === undefined || wanted.title.en.trim() === '' || wanted.source.trim() === '') return reject('DECISION_INVALID', day === undefined ? 'day' : 'source');
  await lockLedger(tx, now);
  const before = await readCalendar(tx, framework);
  if (!before.isWorkingDay(day)) return reject('HOLIDAY_KNOWN', 'day');
  const firms = await readFirms(tx);
  const dossiers = await readDossiers(tx, firms.map((firm) => firm.firm));
  const moved: EntryBody<'holiday-announced'>['moved'] = [];
  for (const [firm, dossier] of dossiers) {
    const after = calendarOf(framework, [...dossier.holidays, day]);
    const then = new Map(clocksOf(framework, after, dossier, now).map((one) => [one.clock.clock, one.deadline]));
    for (const { clock, state, deadline } of clocksOf(framework, before, dossier, now)) {
      const next = then.get(clock.clock);
      if (state === 'runs' && deadline?.kind === 'due' && next?.kind === 'due' && next.day !== deadline.day) moved.push({ firm, clock: clock.clock, from: deadline.day, to: next.day });
    }
  }
  return entered(tx, await append(tx, now, [{
    kind: 'holiday-announced', actor: by.account, basis: `${wanted.source}: ${formatKarachiDay(day)}`, body: { day, title: wanted.title, source: wanted.source, moved: moved.slice(0, MOVED_MAX), movedTotal: moved.length },
  }]));
}
