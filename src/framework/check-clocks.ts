/**
 * Clocks that run: each has a length or says that none is set, starts by something other than its own end, and
 * ends as it says. Holidays leave at least one working day a week.
 */

import { dayOf } from './day.ts';
import type { Report } from './fault.ts';
import type { Clock } from './form-duty.ts';
import { LENGTH_WRITTEN, readLength } from './length.ts';
import type { PackText } from './schema.ts';

/** Reports clocks that cannot start, end or be read, and holidays that are none. */
export function clockFaults(text: PackText, report: Report): void {
  const clocks = new Map(text['clocks.yaml'].map((one) => [one.clock, one]));
  const clockOf = new Map(text['events.yaml'].map((one) => [one.event, one.clock]));
  for (const [at, one] of text['clocks.yaml'].entries()) {
    lengthFaults(text, at, report);
    endFaults(text, at, report);
    const circle = startCircle(one, clocks, clockOf);
    if (one.answered?.includes(one.start) === true) report('clocks.yaml', at, 'answered', 'PACK_FIELD_INVALID', `${one.start} starts the clock, so it does not answer it`);
    if (circle !== undefined) report('clocks.yaml', at, 'start', 'PACK_CLOCK_NO_START', `it waits for its own end: ${circle.join(' → ')}`);
  }
  for (const [at, one] of text['stops.yaml'].entries()) {
    if (one.stop === one.resume) report('stops.yaml', at, 'resume', 'PACK_FIELD_INVALID', 'what stops a clock does not let it go on');
  }
  holidayFaults(text, report);
}

function lengthFaults(text: PackText, at: number, report: Report): void {
  const one = text['clocks.yaml'][at];
  if (one === undefined) return;
  if (one.status === 'unset' && one.length !== undefined) report('clocks.yaml', at, 'length', 'PACK_VALUE_WITH_UNSET', one.clock);
  if (one.status !== 'unset' && one.length === undefined) report('clocks.yaml', at, undefined, 'PACK_HOLE', one.clock);
  if (one.status !== 'unset' && one.workingDefault !== undefined) report('clocks.yaml', at, 'workingDefault', 'PACK_FIELD_INVALID', 'a working default stands only with the status unset');
  for (const key of ['length', 'workingDefault'] as const) {
    const written = one[key];
    if (written !== undefined && readLength(written) === undefined) report('clocks.yaml', at, key, 'PACK_UNIT_WRONG', `${one.clock}: ${LENGTH_WRITTEN}`);
  }
}

function endFaults(text: PackText, at: number, report: Report): void {
  const one = text['clocks.yaml'][at];
  if (one === undefined) return;
  if ((one.ends === 'event') !== (one.event !== undefined)) {
    report('clocks.yaml', at, 'ends', one.event === undefined ? 'PACK_KEY_MISSING' : 'PACK_FIELD_INVALID', 'event stands with `ends: event`, and only then');
    return;
  }
  const event = text['events.yaml'].find((each) => each.event === one.event);
  if (event !== undefined && event.clock !== one.clock) report('clocks.yaml', at, 'event', 'PACK_FIELD_INVALID', `${event.event} does not say that it happens by this clock`);
  for (const [i, each] of text['events.yaml'].entries()) {
    if (each.clock === one.clock && one.event !== each.event) report('events.yaml', i, 'clock', 'PACK_FIELD_INVALID', `the clock ${one.clock} does not end in ${each.event}`);
  }
}

/** A clock that is started, through whatever clocks, by its own running out. */
function startCircle(first: Clock, clocks: ReadonlyMap<string, Clock>, clockOf: ReadonlyMap<string, string | undefined>): string[] | undefined {
  const path = new Set<string>();
  let clock: Clock | undefined = first;
  while (clock !== undefined) {
    if (path.has(clock.clock)) return clock.clock === first.clock ? [...path, clock.clock] : undefined;
    path.add(clock.clock);
    const by = clockOf.get(clock.start);
    clock = by === undefined ? undefined : clocks.get(by);
  }
  return undefined;
}

function holidayFaults(text: PackText, report: Report): void {
  const rest = new Set<string>();
  for (const [at, one] of text['holidays.yaml'].entries()) {
    if ((one.day === undefined) === (one.weekday === undefined)) report('holidays.yaml', at, undefined, 'PACK_FIELD_INVALID', 'a holiday is a day or a day of the week, one of the two');
    if (one.weekday !== undefined) rest.add(one.weekday);
    if (rest.size === 7) report('holidays.yaml', at, 'weekday', 'PACK_FIELD_INVALID', 'no day of the week is left to work on');
    if (one.day !== undefined && dayOf(one.day) > dayOf(text['pack.yaml'].holidaysTo)) report('holidays.yaml', at, 'day', 'PACK_PERIOD_OUTSIDE', 'later than the last day whose holidays are declared (holidaysTo)');
  }
}
