/**
 * Birth dates as lists write them, in the one form that entries hold: a year, a month, a day, or a range of years.
 * "circa" and "approximately" widen a year by two on each side, because a list that is unsure must not make a true
 * bearer look like another person. A text that holds no year gives undefined.
 */

/** Years on each side of one that the list itself calls approximate. */
const CIRCA_YEARS = 2;
const YEAR_MIN = 1850;
const YEAR_MAX = 2100;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `15 Jan 1955`, `Sep 1938`, `1946`, `circa 1951`, `1951 to 1953`, `07/10/1952`, `dd/mm/1952`, `1952-10-07`: one form, or undefined. */
export function birthDateOf(text: string): string | undefined {
  const written = text.trim().toLowerCase().slice(0, 80);
  const circa = /\b(?:circa|approximately|approx|c\.|about|around)/.test(written);
  const range = /(\d{4})\b.*?(?:\bto\b|\band\b|[-–/])\s*(?:[a-z0-9 ]*?\s)?(\d{4})\b/.exec(written);
  if (range !== null && range[1] !== range[2]) return rangeOf(Number(range[1]), Number(range[2]), circa);
  const date = dayOf(written);
  if (date !== undefined && circa) return rangeOf(Number(date.slice(0, 4)), Number(date.slice(0, 4)), true);
  return date;
}

/** A range of years; `circa` widens it. A single year stays a year. */
export function rangeOf(from: number, to: number, circa: boolean): string | undefined {
  const [first, last] = [Math.min(from, to) - (circa ? CIRCA_YEARS : 0), Math.max(from, to) + (circa ? CIRCA_YEARS : 0)];
  if (!isYear(first) || !isYear(last)) return undefined;
  return first === last ? `${first}` : `${first}/${last}`;
}

/** A year with month and day where they are given; a day that no calendar has loses the day, not the year. */
export function dateOf(year: number, month: number | undefined, day: number | undefined): string | undefined {
  if (!isYear(year)) return undefined;
  if (month === undefined || !Number.isInteger(month) || month < 1 || month > 12) return `${year}`;
  const written = `${year}-${String(month).padStart(2, '0')}`;
  return day === undefined || !Number.isInteger(day) || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate() ? written : `${written}-${String(day).padStart(2, '0')}`;
}

function dayOf(written: string): string | undefined {
  const iso = /\b(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?!\d)/.exec(written);
  if (iso !== null) return dateOf(Number(iso[1]), Number(iso[2]), iso[3] === undefined ? undefined : Number(iso[3]));
  const slashed = /([a-z]{2}|\d{1,2})[/.]([a-z]{2}|\d{1,2})[/.](\d{4})/.exec(written);
  if (slashed !== null) return dateOf(Number(slashed[3]), digits(slashed[2]), digits(slashed[1]));
  const year = /\b(\d{4})\b/.exec(written);
  if (year === null) return undefined;
  const month = MONTHS.findIndex((name) => new RegExp(`\\b${name}`).test(written));
  const day = /\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)/.exec(written.replace(year[0], ''));
  return dateOf(Number(year[1]), month < 0 ? undefined : month + 1, day === null || month < 0 ? undefined : Number(day[1]));
}

/** `00` and `dd` say that the part is not known. */
function digits(part: string | undefined): number | undefined {
  const value = Number(part);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

function isYear(year: number): boolean {
  return Number.isInteger(year) && year >= YEAR_MIN && year <= YEAR_MAX;
}
