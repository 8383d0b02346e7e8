/**
 * Instants are whole microseconds since 1970-01-01T00:00:00Z, held in a JS number (exact until
 * the year 2255). Days, caps and clocks are Asia/Karachi days: UTC+5 without daylight saving since
 * 2009, so a day is a fixed offset and needs no time-zone table.
 *
 * A leap second (`:60`) is taken as `:59.999999`, as DESIGN §3 fixes. Text without an offset is
 * refused: a report that does not say where its clock stands cannot be ordered.
 */

import { assert } from './assert.ts';

declare const instantBrand: unique symbol;
/** Microseconds since the epoch, UTC, an integer. */
export type Instant = number & { readonly [instantBrand]: true };

/** Day in Asia/Karachi, counted from 1970-01-01. */
export type KarachiDay = number;

/** A second, in microseconds. */
export const SECOND_US = 1_000_000;
/** A minute, in microseconds. */
export const MINUTE_US = 60 * SECOND_US;
/** An hour, in microseconds. */
export const HOUR_US = 60 * MINUTE_US;
/** A day of 24 hours, in microseconds. */
export const DAY_US = 24 * HOUR_US;
const KARACHI_OFFSET_US = 5 * HOUR_US;

/** 2000-01-01 and 2200-01-01: outside of these no report can be meant. */
const EARLIEST_US = 946_684_800_000_000;
const LATEST_US = 7_258_118_400_000_000;

/** Brands a number that is known to be whole microseconds (a database column, a clock). */
export function instantOf(microseconds: number): Instant {
  assert(Number.isSafeInteger(microseconds), `an instant is whole microseconds, not ${microseconds}`);
  return microseconds as Instant;
}

/** Milliseconds of a JS clock as an instant. */
export function instantOfMilliseconds(milliseconds: number): Instant {
  return instantOf(Math.round(milliseconds * 1000));
}

/**
 * Reads RFC 3339 with up to six decimals and an explicit offset. Gives `undefined` when the text
 * is no such instant, when the date does not exist, or when it lies outside 2000 to 2200.
 */
export function parseInstant(text: string): Instant | undefined {
  if (text.length < 20 || !hasSeparators(text)) return undefined;
  const [hour, minute, second] = [digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)];
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return undefined;
  const midnight = midnightOf(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
  const zoneAt = text.charCodeAt(19) === POINT ? endOfDigits(text, 20) : 19;
  const places = zoneAt === 19 ? 0 : zoneAt - 20;
  const offset = offsetOf(text, zoneAt);
  if (midnight === undefined || offset === undefined || places > 6 || (places === 0 && zoneAt !== 19)) return undefined;
  const isLeap = second === 60;
  const micros = isLeap ? 999_999 : places === 0 ? 0 : digits(text, 20, places) * (SCALE[places] ?? 0);
  const instant = midnight + (hour * 3600 + minute * 60 + (isLeap ? 59 : second)) * SECOND_US + micros - offset;
  if (instant < EARLIEST_US || instant >= LATEST_US) return undefined;
  return instantOf(instant);
}

const [POINT, DASH, COLON, PLUS, ZERO] = [0x2e, 0x2d, 0x3a, 0x2b, 0x30];
/** Microseconds of one unit in the last of so many decimals. */
const SCALE = [0, 100_000, 10_000, 1_000, 100, 10, 1];

function hasSeparators(text: string): boolean {
  return text.charCodeAt(4) === DASH && text.charCodeAt(7) === DASH && text[10] === 'T' && text.charCodeAt(13) === COLON && text.charCodeAt(16) === COLON;
}

/** The number that so many ASCII digits write; NaN when one of them is none. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

function endOfDigits(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= ZERO + 9) at += 1;
  return at;
}

/** Writes `2026-11-24T09:20:00.123456Z`, always with six decimals: one instant has one text. */
export function formatInstant(instant: Instant): string {
  const micros = ((instant % SECOND_US) + SECOND_US) % SECOND_US;
  const whole = new Date((instant - micros) / 1000).toISOString();
  return `${whole.slice(0, 19)}.${String(micros).padStart(6, '0')}Z`;
}

/** The Asia/Karachi day in which an instant lies. */
export function karachiDay(instant: Instant): KarachiDay {
  return Math.floor((instant + KARACHI_OFFSET_US) / DAY_US);
}

/** `2026-11-24`: the calendar date of a Karachi day. */
export function formatKarachiDay(day: KarachiDay): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** First instant of a Karachi day. */
export function startOfKarachiDay(day: KarachiDay): Instant {
  return instantOf(day * DAY_US - KARACHI_OFFSET_US);
}

/** `2026-11-24` as a Karachi day, or `undefined` for a date that does not exist. */
export function parseKarachiDay(text: string): KarachiDay | undefined {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (m === null) return undefined;
  const midnight = midnightOf(Number(m[1]), Number(m[2]), Number(m[3]));
  return midnight === undefined ? undefined : midnight / DAY_US;
}

let lastDateKey = 0;
let lastMidnight: number | undefined;

/** UTC midnight of a date; the last one is remembered because a batch speaks of one or two days. */
function midnightOf(year: number, month: number, day: number): number | undefined {
  const key = (year * 16 + month) * 32 + day;
  if (key === lastDateKey) return lastMidnight;
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  lastDateKey = key;
  lastMidnight = exists ? ms * 1000 : undefined;
  return lastMidnight;
}

/** Microseconds by which the local time, whose zone is all that stands from `at`, is ahead of UTC. */
function offsetOf(text: string, at: number): number | undefined {
  if (text[at] === 'Z') return text.length === at + 1 ? 0 : undefined;
  const sign = text.charCodeAt(at);
  if ((sign !== PLUS && sign !== DASH) || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON) return undefined;
  const [hours, minutes] = [digits(text, at + 1, 2), digits(text, at + 4, 2)];
  if (!(hours <= 14 && minutes <= 59)) return undefined;
  const size = hours * HOUR_US + minutes * MINUTE_US;
  return sign === DASH ? -size : size;
}
