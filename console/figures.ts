/**
 * How figures are written: Latin digits in both languages, thousands with commas, a true minus, local time
 * of Asia/Karachi. Nothing here rounds a sum apart from its parts: `shares` rounds a column so that what is
 * shown adds up to the total that is shown.
 */
import { DAY_US, karachiDay, formatKarachiDay, instantOf, type Instant } from '../src/terms/index.ts';
import type { Language } from './preferences.ts';
import type { Sayer, WordKey } from './words.tsx';

const minus = '\u2212';
const wholes = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const signed = (text: string): string => text.replace('-', minus);

/** `1,284,906`. */
export const whole = (value: number): string => signed(wholes.format(value));

/** A number with a fixed count of decimals. */
export const fixed = (value: number, digits: number): string =>
  signed(new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value));

/** `99.7 %`: one decimal unless it is whole; 1 is the whole. */
export const percent = (ratio: number, digits = 1): string => `${fixed(ratio * 100, digits)}\u00A0%`;

/** A decimal text with commas and at least two decimals: `4850` → `4,850.00`. At most eight are shown. */
export function amountText(decimal: string): string {
  const negative = decimal.startsWith('-');
  const [units = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const shown = fraction.replace(/0+$/, '').slice(0, 8).padEnd(2, '0');
  return `${negative ? minus : ''}${units.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${shown}`;
}

/** A scale for rupees, so that a column of them has one unit in its head. */
export type Scale = { readonly divisor: number; readonly unit: WordKey; readonly digits: number };
const scales: readonly Scale[] = [
  { divisor: 1e11, unit: 'unit.bn', digits: 1 },
  { divisor: 1e8, unit: 'unit.mn', digits: 1 },
  { divisor: 1e5, unit: 'unit.thousand', digits: 1 },
  { divisor: 100, unit: 'unit.rupees', digits: 0 },
];

/** The scale in which the largest value of a column is 10 or more, so that parts keep two figures. */
export function scaleOf(largestPaisa: number): Scale {
  const size = Math.abs(largestPaisa);
  return scales.find((scale) => size >= scale.divisor * 10) ?? { divisor: 100, unit: 'unit.rupees', digits: 0 };
}

export const onScale = (paisa: number, scale: Scale): string => fixed(paisa / scale.divisor, scale.digits);

/** Rupees in full, without paisa: `14,857,920`. */
export const rupees = (paisa: number): string => whole(Math.trunc(paisa / 100));

/**
 * Writes parts on a scale so that they add up to their total as it is shown (largest remainders). `parts`
 * are paisa; the texts come in the same order.
 */
export function shares(parts: readonly number[], scale: Scale): string[] {
  const step = scale.divisor / 10 ** scale.digits;
  const total = Math.round(parts.reduce((sum, part) => sum + part, 0) / step);
  const floors = parts.map((part) => Math.floor(part / step));
  let missing = total - floors.reduce((sum, part) => sum + part, 0);
  const order = parts.map((part, place) => ({ place, rest: part / step - Math.floor(part / step) })).toSorted((a, b) => b.rest - a.rest);
  for (const { place } of order) {
    if (missing <= 0) break;
    floors[place] = (floors[place] ?? 0) + 1;
    missing -= 1;
  }
  return floors.map((steps) => fixed(steps / 10 ** scale.digits, scale.digits));
}

/** A span in the two largest units that matter: `6 h 2 min`, `4 min 12 s`, `11 d`. */
export function span(ms: number, say: Sayer): string {
  const sign = ms < 0 ? minus : '';
  const size = Math.abs(ms);
  const seconds = Math.floor(size / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const two = (a: number, unitA: WordKey, b: number, unitB: WordKey): string =>
    b === 0 ? `${a}\u00A0${say(unitA)}` : `${a}\u00A0${say(unitA)} ${b}\u00A0${say(unitB)}`;
  if (size < 10_000) return `${sign}${fixed(size / 1000, 1)}\u00A0${say('unit.s')}`;
  if (minutes < 1) return `${sign}${seconds}\u00A0${say('unit.s')}`;
  if (hours < 1) return sign + two(minutes, 'unit.min', minutes < 10 ? seconds % 60 : 0, 'unit.s');
  if (days < 1) return sign + two(hours, 'unit.h', minutes % 60, 'unit.min');
  return sign + two(days, 'unit.d', days < 3 ? hours % 24 : 0, 'unit.h');
}

const zone = 'Asia/Karachi';
const localeOf = (language: Language): string => (language === 'ur' ? 'ur-PK-u-nu-latn' : 'en-GB');
const formats = new Map<string, Intl.DateTimeFormat>();

function parts(at: Instant, language: Language, timeZone: string): Record<string, string> {
  const name = `${language} ${timeZone}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(localeOf(language), {
    timeZone, hourCycle: 'h23', weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  formats.set(name, format);
  return Object.fromEntries(format.formatToParts(Math.floor(at / 1000)).map((part) => [part.type, part.value]));
}

export type TimeForm = 'minute' | 'second' | 'date' | 'day' | 'full' | 'exact' | 'short';

/** An instant in local time: `minute` 14:20, `second` 14:20:05, `date` 24 Nov 2026, `day` 24 Nov, `short` 24 Nov, 14:20, `full` with the weekday, `exact` with seconds too. */
export function timeText(at: Instant, form: TimeForm, language: Language): string {
  const p = parts(at, language, zone);
  const day = `${p['day']} ${p['month']}`;
  const minute = `${p['hour']}:${p['minute']}`;
  switch (form) {
    case 'minute': return minute;
    case 'second': return `${minute}:${p['second']}`;
    case 'day': return day;
    case 'date': return `${day} ${p['year']}`;
    case 'short': return language === 'ur' ? `${day}، ${minute}` : `${day}, ${minute}`;
    case 'exact': return language === 'ur' ? `${p['weekday']} ${day} ${p['year']}، ${minute}:${p['second']}` : `${p['weekday']} ${day} ${p['year']}, ${minute}:${p['second']}`;
    case 'full': return language === 'ur' ? `${p['weekday']} ${day} ${p['year']}، ${minute}` : `${p['weekday']} ${day} ${p['year']}, ${minute}`;
  }
}

/** The same instant as UTC, for `datetime` and for the hover: `2026-11-24 09:20:00 UTC`. */
export const utcText = (at: Instant): string => `${new Date(Math.floor(at / 1000)).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
export const isoText = (at: Instant): string => new Date(Math.floor(at / 1000)).toISOString();

/** A Karachi day (`2026-11-24`) as text. */
export function dayText(day: string, form: 'day' | 'date', language: Language): string {
  const noon = instantOf(Date.parse(`${day}T07:00:00Z`) * 1000);
  return timeText(noon, form, language);
}

/** A month (`2026-11`) as text. */
export const monthText = (month: string, language: Language): string => new Intl.DateTimeFormat(localeOf(language), { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(Date.parse(`${month}-15T00:00:00Z`));

/** Days from today, as Karachi counts them, to a day; below zero where it has passed. */
export const daysTo = (day: string, at: Instant): number => Math.round((Date.parse(`${day}T07:00:00Z`) - Date.parse(`${dayOf(at)}T07:00:00Z`)) / (DAY_US / 1000));

/** The Karachi day of an instant, `2026-11-24`. */
export const dayOf = (at: Instant): string => formatKarachiDay(karachiDay(at));

/** The thirty whole Karachi days before a day: the period of every traded figure. */
export function thirtyDaysBefore(day: string): { from: string; to: string } {
  const noon = Date.parse(`${day}T07:00:00Z`) * 1000;
  return { from: dayOf(instantOf(noon - 30 * DAY_US)), to: dayOf(instantOf(noon - DAY_US)) };
}
