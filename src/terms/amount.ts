/**
 * Amounts are decimal strings outside and whole smallest units (`bigint`) inside, always with
 * their asset. PKR values are whole paisa in a JS number, asserted below 2^53, because the monitor
 * sums millions of them. No float ever stands for money; a text with more decimals than its asset
 * has is refused, never rounded.
 */

import { assert } from './assert.ts';

/** Longest accepted amount text: 39 digits of a 128-bit number, a point and 18 decimals fit. */
export const AMOUNT_LENGTH_MAX = 60;
/** Largest count of smallest units: it must fit 16 signed bytes in a column. */
export const UNITS_MAX = (1n << 127n) - 1n;

const FORM = /^(0|[1-9]\d*)(?:\.(\d+))?$/;

/** Whole paisa (1/100 PKR), an integer below 2^53. */
export type Paisa = number;

/**
 * Reads an unsigned decimal (`"1250.5"`) as smallest units of an asset with `decimals` decimals.
 * `undefined` when it is no such number, carries more decimals than the asset, or overflows.
 */
export function parseUnits(text: string, decimals: number): bigint | undefined {
  if (text.length > AMOUNT_LENGTH_MAX) return undefined;
  const m = FORM.exec(text);
  if (m === null) return undefined;
  const fraction = m[2] ?? '';
  if (fraction.length > decimals) return undefined;
  const units = BigInt((m[1] ?? '0') + fraction.padEnd(decimals, '0'));
  return units > UNITS_MAX ? undefined : units;
}

/** Writes smallest units as the shortest exact decimal. */
export function formatUnits(units: bigint, decimals: number): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/**
 * Value in paisa of `units` at `ratePaisaE8`: paisa for one whole unit of the asset, times 10^8.
 * Truncates below one paisa. Asserts the 2^53 bound: intake refuses larger amounts before.
 */
export function paisaOf(units: bigint, decimals: number, ratePaisaE8: bigint): Paisa {
  const value = (units * ratePaisaE8) / (10n ** BigInt(decimals) * 100_000_000n);
  assert(value <= BigInt(Number.MAX_SAFE_INTEGER), 'a PKR value stays below 2^53 paisa');
  return Number(value);
}

/** `"1250.50"` of whole paisa. */
export function formatPaisa(paisa: Paisa): string {
  assert(Number.isSafeInteger(paisa), `paisa are whole and below 2^53, not ${paisa}`);
  const size = Math.abs(paisa);
  return `${paisa < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}
