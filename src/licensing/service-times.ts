/**
 * How long decisions took, from the clocks as they stood when each was taken. Only aggregates: a figure of fewer than
 * three firms is none, so that nobody's application can be told from it. Working days are the office's.
 */

import type { Framework, WorkCalendar } from '../framework/index.ts';
import { instantOf } from '../terms/index.ts';
import type { Dossier, Said } from './dossier.ts';

/** A figure that fewer firms stand behind would tell of one of them. Source: the house's rule for every public figure. */
const FIRMS_MIN = 3;

/** How long a kind of decision took by one clock. Days are null where too few firms stand behind them. */
export interface ServiceTime {
  /** The event of the decision. */
  readonly event: string;
  readonly clock: string;
  readonly decisions: number;
  readonly firms: number;
  readonly days: { readonly median: number; readonly longest: number; readonly workingMedian: number; readonly late: number } | null;
}

/** Service times of the authority's decisions, by event and clock in the pack's order. */
export function serviceTimes(framework: Framework, calendar: WorkCalendar, dossiers: Iterable<Dossier>): ServiceTime[] {
  const taken = new Map<string, { event: string; clock: string; firms: Set<string>; days: number[]; working: number[]; late: number }>();
  for (const dossier of dossiers) {
    for (const said of dossier.history) {
      if (!isStep(said) || framework.events.get(said.body.event ?? '')?.by !== 'authority') continue;
      const event = said.body.event ?? '';
      const decided = calendar.dayOf(instantOf(said.body.effectiveFrom));
      for (const { clock, startedAt, state, day } of said.body.clocks ?? []) {
        if ((state !== 'runs' && state !== 'ran-out') || startedAt > said.body.effectiveFrom) continue;
        const key = `${event} ${clock}`;
        const known = taken.get(key) ?? { event, clock, firms: new Set<string>(), days: [], working: [], late: 0 };
        const started = calendar.dayOf(instantOf(startedAt));
        known.firms.add(dossier.firm);
        known.days.push(decided - started);
        known.working.push(calendar.workingDaysBetween(started, decided));
        if (day !== undefined && decided > day) known.late += 1;
        taken.set(key, known);
      }
    }
  }
  const order = [...framework.events.keys()];
  return [...taken.values()].sort((a, b) => order.indexOf(a.event) - order.indexOf(b.event) || (a.clock < b.clock ? -1 : 1)).map((one) => ({
    event: one.event, clock: one.clock, decisions: one.days.length, firms: one.firms.size,
    days: one.firms.size < FIRMS_MIN ? null : { median: median(one.days), longest: Math.max(...one.days), workingMedian: median(one.working), late: one.late },
  }));
}

function isStep(said: Said): said is Said<'stage-changed'> {
  return said.kind === 'stage-changed';
}

/** The middle one; of two, the greater. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
