/**
 * Days as an office counts them. A working day is one that is neither a weekly day of rest nor a holiday; a clock
 * counts from the day after the one on which it starts, and what is due on a day is late from the next day on. A
 * day on which the clock stands still is not counted: from the day it stops up to the day before it goes on.
 *
 * Working days are counted once, into two arrays over two centuries, so that every question after that is a
 * lookup. Holidays beyond the pack's last declared day are not known, so such a deadline is provisional.
 * Refuses days outside 2000 to 2200: no clock of law runs there.
 */

import { HOUR_US, assert, instantOf, type Instant, type KarachiDay } from '../terms/index.ts';
import { dayAt, startOfDay, type Zone } from './day.ts';
import type { Length, LengthUnit, LengthWord } from './length.ts';

/** 2000-01-01 and 2200-01-01. */
const FIRST_DAY = 10_957;
const END_DAY = 84_006;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

/** When a clock stood still. `to` is absent while it still does. */
export interface Pause {
  readonly from: Instant;
  readonly to?: Instant | undefined;
}

/**
 * When a clock runs out. `due`: on `day`, late from `lateFrom` on; `provisional` while holidays up to there are not
 * all known. `stopped`: it stands still with so much left. `word`: the instrument sets no number.
 */
export type Deadline =
  | { readonly kind: 'due'; readonly day: KarachiDay; readonly lateFrom: Instant; readonly provisional: boolean }
  | { readonly kind: 'stopped'; readonly left: number; readonly unit: 'hours' | 'calendar-days' | 'working-days' }
  | { readonly kind: 'word'; readonly word: LengthWord };

/** What a calendar is made of. */
export interface CalendarTerm {
  readonly zone: Zone;
  /** Weekly days of rest, each while it holds. */
  readonly rest: readonly { readonly weekday: Weekday; readonly from: KarachiDay; readonly to: KarachiDay | undefined }[];
  readonly holidays: readonly KarachiDay[];
  /** The last day whose holidays are known. */
  readonly knownTo: KarachiDay;
}

/** Whole days on which a clock stands still, in order, apart from each other. `to` is the first that counts again. */
interface Still {
  readonly from: KarachiDay;
  readonly to: KarachiDay | undefined;
}

/** The working calendar of a pack, with holidays that were announced later if there are any. */
export class WorkCalendar {
  readonly #zone: Zone;
  readonly #knownTo: KarachiDay;
  /** Working days from FIRST_DAY up to and including each day. */
  readonly #counted = new Int32Array(END_DAY - FIRST_DAY);
  /** The working days in order. */
  readonly #days: Int32Array;

  constructor({ zone, rest, holidays, knownTo }: CalendarTerm) {
    this.#zone = zone;
    this.#knownTo = knownTo;
    const closed = new Set(holidays);
    const days: number[] = [];
    for (let day = FIRST_DAY; day < END_DAY; day++) {
      const weekday = weekdayOf(day);
      const rests = closed.has(day) || rest.some((one) => one.weekday === weekday && one.from <= day && (one.to === undefined || day < one.to));
      if (!rests) days.push(day);
      this.#counted[day - FIRST_DAY] = days.length;
    }
    this.#days = Int32Array.from(days);
  }

  /** The day of the calendar's zone in which an instant lies. */
  dayOf(at: Instant): KarachiDay {
    return dayAt(at, this.#zone);
  }

  /** The last microsecond of a day. */
  endOf(day: KarachiDay): Instant {
    return instantOf(startOfDay(day + 1, this.#zone) - 1);
  }

  isWorkingDay(day: KarachiDay): boolean {
    return this.#countTo(day) > this.#countTo(day - 1);
  }

  /** The `count`th working day after `day`; `day` itself, working or not, for 0. */
  addWorkingDays(day: KarachiDay, count: number): KarachiDay {
    assert(Number.isSafeInteger(count) && count >= 0, `working days are counted forward, not by ${count}`);
    if (count === 0) return day;
    const found = this.#days[this.#countTo(day) + count - 1];
    assert(found !== undefined, 'the calendar reaches as far as the clock runs');
    return found;
  }

  /** Working days after `from` up to and including `to`; none when `to` is not later. */
  workingDaysBetween(from: KarachiDay, to: KarachiDay): number {
    return to <= from ? 0 : this.#countTo(to) - this.#countTo(from);
  }

  /** The same day of the month so many months later; the month's last day where that one does not exist. */
  addMonths(day: KarachiDay, count: number): KarachiDay {
    const date = new Date(day * 86_400_000);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + count];
    const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)) / 86_400_000;
  }

  /** When a clock of this length that started at the instant runs out, given when it stood still. */
  deadline(length: Length, start: Instant, pauses: readonly Pause[] = []): Deadline {
    if (length.kind === 'word') return length;
    const { count, unit } = length;
    if (unit === 'hours') return this.#hours(count, start, pauses);
    const first = dayAt(start, this.#zone);
    const still = this.#still(pauses, first);
    if (unit === 'working-days') return this.#workingDays(count, first, still);
    return this.#calendarDays(this.#spanned(unit, first, count), first, still);
  }

  #spanned(unit: Exclude<LengthUnit, 'hours' | 'working-days'>, first: KarachiDay, count: number): KarachiDay {
    switch (unit) {
      case 'calendar-days':
        return first + count;
      case 'months':
        return this.addMonths(first, count);
      case 'years':
        return this.addMonths(first, 12 * count);
    }
  }

  #hours(count: number, start: Instant, pauses: readonly Pause[]): Deadline {
    let due = start + count * HOUR_US;
    for (const { from, to } of merged(pauses.map((pause) => ({ from: Math.max(pause.from, start), to: pause.to })))) {
      if (from >= due) break;
      if (to === undefined) return { kind: 'stopped', left: (due - from) / HOUR_US, unit: 'hours' };
      due += to - from;
    }
    const late = instantOf(due);
    return { kind: 'due', day: dayAt(late, this.#zone), lateFrom: late, provisional: false };
  }

  #calendarDays(wanted: KarachiDay, first: KarachiDay, still: readonly Still[]): Deadline {
    let due = wanted;
    for (const { from, to } of still) {
      const begin = Math.max(from, first + 1);
      if (begin > due) break;
      if (to === undefined) return { kind: 'stopped', left: due - begin + 1, unit: 'calendar-days' };
      due += Math.max(0, to - begin);
    }
    return this.#due(due, false);
  }

  #workingDays(count: number, first: KarachiDay, still: readonly Still[]): Deadline {
    let left = count;
    let from = first;
    for (const pause of still) {
      const before = this.workingDaysBetween(from, pause.from - 1);
      if (left <= before) break;
      left -= before;
      if (pause.to === undefined) return { kind: 'stopped', left, unit: 'working-days' };
      from = Math.max(from, pause.to - 1);
    }
    const due = this.addWorkingDays(from, left);
    return this.#due(due, due > this.#knownTo);
  }

  #due(day: KarachiDay, provisional: boolean): Deadline {
    return { kind: 'due', day, lateFrom: startOfDay(day + 1, this.#zone), provisional };
  }

  #still(pauses: readonly Pause[], first: KarachiDay): Still[] {
    const days = pauses.map(({ from, to }) => ({ from: Math.max(dayAt(from, this.#zone), first), to: to === undefined ? undefined : dayAt(to, this.#zone) }));
    return merged(days);
  }

  #countTo(day: KarachiDay): number {
    const counted = this.#counted[day - FIRST_DAY];
    assert(counted !== undefined, `the calendar has the day ${day}`);
    return counted;
  }
}

/** In order, without overlap; what begins and ends together is none. */
function merged(spans: readonly { readonly from: number; readonly to: number | undefined }[]): { from: number; to: number | undefined }[] {
  const out: { from: number; to: number | undefined }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (to !== undefined && to <= from) continue;
    const last = out.at(-1);
    if (last === undefined || (last.to !== undefined && last.to < from)) out.push({ from, to });
    else if (last.to !== undefined) last.to = to === undefined ? undefined : Math.max(last.to, to);
  }
  return out;
}

function weekdayOf(day: KarachiDay): Weekday {
  // 1970-01-01 was a Thursday.
  const weekday = WEEKDAYS[(((day + 4) % 7) + 7) % 7];
  assert(weekday !== undefined, 'a week has seven days');
  return weekday;
}
