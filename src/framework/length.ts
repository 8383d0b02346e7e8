/**
 * How long a clock runs, as instruments write it: a number of hours, calendar days, working days, months or
 * years, or one of the words that set no number. A word is kept as a word: nobody turns "promptly" into hours.
 */

/** Units of a clock. */
export type LengthUnit = 'hours' | 'calendar-days' | 'working-days' | 'months' | 'years';
/** Words that an instrument uses instead of a number. `before`: ahead of what it concerns. */
export type LengthWord = 'at once' | 'promptly' | 'before';
/** A clock's length: a span, or a word that sets no number. */
export type Length = { readonly kind: 'span'; readonly count: number; readonly unit: LengthUnit } | { readonly kind: 'word'; readonly word: LengthWord };

const WORDS: readonly LengthWord[] = ['at once', 'promptly', 'before'];
const UNITS: Readonly<Record<string, LengthUnit>> = { hour: 'hours', 'calendar day': 'calendar-days', 'working day': 'working-days', month: 'months', year: 'years' };
/** No instrument sets a longer clock, and calendars end with the century after this one. */
const MOST: Readonly<Record<LengthUnit, number>> = { hours: 87_600, 'calendar-days': 3_650, 'working-days': 2_600, months: 1_200, years: 100 };

/** How a length is written, for who writes one. */
export const LENGTH_WRITTEN = 'a number and hours, calendar days, working days, months or years, for example 7 working days; or at once, promptly, before';

/** The length that a text says, or `undefined` when it says none. */
export function readLength(text: string): Length | undefined {
  const word = WORDS.find((each) => each === text);
  if (word !== undefined) return { kind: 'word', word };
  const match = /^([1-9]\d{0,5}) (hour|calendar day|working day|month|year)(s?)$/.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  const count = Number(match?.[1]);
  if (unit === undefined || count > MOST[unit] || (count === 1) !== (match?.[3] === '')) return undefined;
  return { kind: 'span', count, unit };
}
