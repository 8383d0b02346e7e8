/**
 * Values as people write them, read into the units that the house computes with: money into hundredths of the
 * pack's currency, durations into microseconds. Exact: money is never a float. A value that is not written in
 * its unit is refused, with how it is written.
 */

import { DAY_US, HOUR_US, MINUTE_US, SECOND_US, parseUnits } from '../terms/index.ts';
import type { Unit } from './form-parts.ts';

/** How each unit is written. `choice` is one word of a fixed list. */
export const WRITTEN: Readonly<Record<Unit, string>> = {
  money: 'the currency and a decimal, for example PKR 1,000,000', count: 'a whole number', ratio: 'a number from 0 to 1,000, for example 0.7',
  duration: 'a whole number and s, min, h or d, for example 10 min', years: 'a whole number of years', choice: 'one word', text: 'a text',
};

const DURATION_US: Readonly<Record<string, number>> = { s: SECOND_US, min: MINUTE_US, h: HOUR_US, d: DAY_US };
const MINOR_DECIMALS = 2;
const RATIO_MAX = 1_000;
/** 2^53 microseconds are 285 years, so any duration of law fits. */
const LARGEST = Number.MAX_SAFE_INTEGER;

/**
 * The value in the house's unit: hundredths of the currency, microseconds, a number, or a word. `undefined`
 * when it is not written in the unit, or written in another currency than the pack's.
 */
export function readQuantity(unit: Unit, written: string | number | boolean, currency: string): number | string | undefined {
  switch (unit) {
    case 'money':
      return readMoney(written, currency);
    case 'count':
    case 'years':
      return typeof written === 'number' && Number.isSafeInteger(written) && written >= 0 ? written : undefined;
    case 'ratio':
      return typeof written === 'number' && written >= 0 && written <= RATIO_MAX ? written : undefined;
    case 'duration':
      return readDuration(written);
    case 'text':
      return typeof written === 'string' && written.trim() !== '' ? written : undefined;
    case 'choice':
      return typeof written === 'string' && /^[a-z][a-z-]*$/.test(written) ? written : undefined;
  }
}

function readMoney(written: string | number | boolean, currency: string): number | undefined {
  const match = typeof written === 'string' ? /^([A-Z]{3}) (\d{1,3}(?:,\d{3})*|\d+)(\.\d{1,2})?$/.exec(written) : null;
  if (match === null || `iso4217:${match[1] ?? ''}` !== currency) return undefined;
  const units = parseUnits(`${(match[2] ?? '').replaceAll(',', '')}${match[3] ?? ''}`, MINOR_DECIMALS);
  return units === undefined || units > BigInt(LARGEST) ? undefined : Number(units);
}

function readDuration(written: string | number | boolean): number | undefined {
  const match = typeof written === 'string' ? /^(\d{1,9}) (s|min|h|d)$/.exec(written) : null;
  const length = match === null ? Number.NaN : Number(match[1]) * (DURATION_US[match[2] ?? ''] ?? Number.NaN);
  return length <= LARGEST ? length : undefined;
}
