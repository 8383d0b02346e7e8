import { deepStrictEqual, strictEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DAY_US, HOUR_US, instantOf, parseInstant, parseKarachiDay, type Instant } from '../terms/index.ts';
import { WorkCalendar, type Pause } from './calendar.ts';
import { dayAt } from './day.ts';
import { calendarOf } from './index.ts';
import { readLength, type Length } from './length.ts';
import { pakistan } from './testing.ts';

const day = (text: string): number => parseKarachiDay(text) ?? Number.NaN;
const at = (text: string): Instant => parseInstant(text) ?? instantOf(Number.NaN);
const length = (text: string): Length => readLength(text) ?? { kind: 'word', word: 'before' };
const calendar = calendarOf(pakistan());
const due = (text: string, start: string, pauses: readonly Pause[] = [], over = calendar): string => {
  const found = over.deadline(length(text), at(start), pauses);
  if (found.kind === 'due') return `${new Date(found.day * 86_400_000).toISOString().slice(0, 10)}${found.provisional ? ' provisional' : ''}`;
  return found.kind === 'word' ? found.word : `stopped, ${found.left} ${found.unit}`;
};

test('clocks count from the day after, in days of Karachi', () => {
  // 23:30 in Karachi on Friday, 6 March 2026.
  const friday = '2026-03-06T18:30:00Z';
  strictEqual(due('10 calendar days', friday), '2026-03-16');
  strictEqual(due('1 working day', friday), '2026-03-09');
  strictEqual(due('7 working days', friday), '2026-03-17');
  strictEqual(due('1 working day', '2026-03-06T19:30:00Z'), '2026-03-09', 'half past midnight on Saturday');
  strictEqual(due('10 working days', friday), '2026-03-20');
  strictEqual(due('11 working days', friday), '2026-03-24', 'Pakistan Day is no working day');
  strictEqual(due('48 hours', friday), '2026-03-08');
  strictEqual(due('3 months', '2026-11-30T08:00:00Z'), '2027-02-28', 'the last day of a shorter month');
  strictEqual(due('1 year', '2028-02-29T08:00:00Z'), '2029-02-28');
  strictEqual(due('promptly', friday), 'promptly', 'a word sets no day');
  strictEqual(due('7 working days', '2026-12-29T08:00:00Z'), '2027-01-07 provisional', 'no holiday of 2027 is declared');
});

test('what is due on a day is late from the next day on, not before', () => {
  const found = calendar.deadline(length('30 calendar days'), at('2026-06-01T09:00:00Z'));
  deepStrictEqual(found, { kind: 'due', day: day('2026-07-01'), lateFrom: at('2026-07-01T19:00:00Z'), provisional: false });
  const hours = calendar.deadline(length('1 hour'), at('2026-06-01T09:00:00Z'));
  strictEqual(hours.kind === 'due' && hours.lateFrom, at('2026-06-01T10:00:00Z'));
});

test('days on which a clock stands still do not count; a clock that still does has no deadline', () => {
  const start = '2026-06-01T09:00:00Z';
  strictEqual(due('60 calendar days', start), '2026-07-31');
  strictEqual(due('60 calendar days', start, [{ from: at('2026-06-10T08:00:00Z'), to: at('2026-06-20T08:00:00Z') }]), '2026-08-10');
  strictEqual(due('60 calendar days', start, [{ from: at('2026-06-10T08:00:00Z'), to: at('2026-06-10T18:00:00Z') }]), '2026-07-31', 'stopped and resumed on one day');
  strictEqual(due('60 calendar days', start, [{ from: at('2026-06-10T08:00:00Z') }]), 'stopped, 52 calendar-days');
  strictEqual(due('60 calendar days', start, [{ from: at('2026-08-10T08:00:00Z') }]), '2026-07-31', 'stopped after it had run out');
  strictEqual(due('10 working days', start, [{ from: at('2026-06-03T08:00:00Z') }]), 'stopped, 9 working-days');
  strictEqual(due('48 hours', start, [{ from: at('2026-06-01T10:00:00Z'), to: at('2026-06-02T10:00:00Z') }]), '2026-06-04');
  strictEqual(due('60 calendar days', start, [{ from: at('2026-06-10T08:00:00Z'), to: at('2026-06-15T08:00:00Z') }, { from: at('2026-06-12T08:00:00Z'), to: at('2026-06-20T08:00:00Z') }]), '2026-08-10', 'pauses that overlap count once');
});

test('a holiday that is announced late moves open deadlines in working days, and no others', () => {
  const later = calendarOf(pakistan(), [day('2026-06-03')]);
  strictEqual(due('5 working days', '2026-06-01T09:00:00Z'), '2026-06-08');
  strictEqual(due('5 working days', '2026-06-01T09:00:00Z', [], later), '2026-06-09');
  strictEqual(due('5 calendar days', '2026-06-01T09:00:00Z', [], later), '2026-06-06');
  const moon = calendarOf(pakistan(), [day('2026-05-26')], [day('2026-05-29')]);
  strictEqual(due('1 working day', '2026-05-28T09:00:00Z'), '2026-06-01');
  strictEqual(due('1 working day', '2026-05-28T09:00:00Z', [], moon), '2026-05-29', 'the feast began a day earlier than expected');
  strictEqual(due('1 working day', '2026-05-25T09:00:00Z', [], moon), '2026-05-29');
});

const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const FIRST = day('2026-01-01');
const someCalendar = fc.record({
  rest: fc.uniqueArray(fc.constantFrom(...WEEK), { maxLength: 4 }),
  holidays: fc.array(fc.integer({ min: FIRST - 20, max: FIRST + 300 }), { maxLength: 40 }),
  zone: fc.constantFrom('Asia/Karachi' as const, 'Asia/Dubai' as const),
}).map(({ rest, holidays, zone }) => ({
  rest, holidays, zone,
  calendar: new WorkCalendar({ zone, knownTo: FIRST + 365, holidays, rest: rest.map((weekday) => ({ weekday, from: FIRST - 100, to: undefined })) }),
}));
/** As a person would: look at the weekday in a calendar and cross out holidays. */
const works = (one: { rest: readonly string[]; holidays: readonly number[] }, on: number): boolean =>
  !one.rest.includes(WEEK[new Date(on * 86_400_000).getUTCDay()] ?? '') && !one.holidays.includes(on);

test('working days are those of a calendar that is walked day by day', () => {
  fc.assert(fc.property(someCalendar, fc.integer({ min: FIRST, max: FIRST + 250 }), fc.integer({ min: 0, max: 90 }), (one, from, count) => {
    let walked = from;
    for (let left = count; left > 0;) {
      walked += 1;
      if (works(one, walked)) left -= 1;
    }
    strictEqual(one.calendar.addWorkingDays(from, count), walked);
    let between = 0;
    for (let on = from + 1; on <= from + count; on++) if (works(one, on)) between += 1;
    strictEqual(one.calendar.workingDaysBetween(from, from + count), between);
    strictEqual(one.calendar.isWorkingDay(from), works(one, from));
    strictEqual(one.calendar.workingDaysBetween(from, one.calendar.addWorkingDays(from, count)), count, 'what is added is what lies between');
  }), { numRuns: 400 });
});

test('a deadline with pauses is the one that a person finds who counts day by day', () => {
  const pause = fc.record({ from: fc.integer({ min: 0, max: 60 * 24 }), hours: fc.integer({ min: 0, max: 400 }) });
  fc.assert(fc.property(someCalendar, fc.integer({ min: 0, max: 48 }), fc.constantFrom('calendar day', 'working day'), fc.integer({ min: 1, max: 60 }), fc.array(pause, { maxLength: 4 }), (one, startHour, unit, count, pauses) => {
    const start = instantOf(FIRST * DAY_US + startHour * HOUR_US);
    const spans = pauses.map(({ from, hours }) => ({ from: instantOf(start + from * HOUR_US), to: instantOf(start + (from + hours) * HOUR_US) }));
    const stands = (on: number): boolean => spans.some((span) => dayAt(span.from, one.zone) <= on && on < dayAt(span.to, one.zone));
    let walked = dayAt(start, one.zone);
    for (let left = count; left > 0;) {
      walked += 1;
      if (!stands(walked) && (unit === 'calendar day' || works(one, walked))) left -= 1;
    }
    const found = one.calendar.deadline(length(`${count} ${unit}${count === 1 ? '' : 's'}`), start, spans);
    strictEqual(found.kind === 'due' && found.day, walked);
  }), { numRuns: 600 });
});

test('months are those of the calendar on the wall', () => {
  fc.assert(fc.property(fc.integer({ min: FIRST, max: FIRST + 4_000 }), fc.integer({ min: 0, max: 120 }), (from, count) => {
    const before = new Date(from * 86_400_000);
    const after = new Date(calendar.addMonths(from, count) * 86_400_000);
    strictEqual((after.getUTCFullYear() - before.getUTCFullYear()) * 12 + after.getUTCMonth() - before.getUTCMonth(), count);
    const next = new Date((calendar.addMonths(from, count) + 1) * 86_400_000);
    if (after.getUTCDate() !== before.getUTCDate()) strictEqual(next.getUTCDate(), 1, 'the day does not exist, so the last one stands');
  }));
});

test('a length is read as it is written, or not at all', () => {
  deepStrictEqual(readLength('7 working days'), { kind: 'span', count: 7, unit: 'working-days' });
  deepStrictEqual(readLength('1 hour'), { kind: 'span', count: 1, unit: 'hours' });
  for (const wrong of ['7 days', '0 hours', '1 hours', '7 working day', '-1 months', '1.5 years', 'soon', '999999 years', ' 7 months', '7 Months', '']) strictEqual(readLength(wrong), undefined, wrong);
});

test('a clock is never counted backwards or beyond the calendar', () => {
  throws(() => calendar.addWorkingDays(FIRST, -1), /counted forward/);
  throws(() => calendar.addWorkingDays(day('2199-12-31'), 10), /reaches as far/);
});
