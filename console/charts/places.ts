/** Where a figure and its limit stand on a bar; and the bare number of a quantity. Pure arithmetic. */
import type { Quantity } from '../../src/contract/console.ts';

/** The bare number of a quantity, for comparing with another of the same kind; null for what is no amount. */
export function numberOf(value: Quantity | null): number | null {
  if (value === null) return null;
  switch (value.kind) {
    case 'count': return value.value;
    case 'pkr': return value.paisa;
    case 'money': return Number(value.amount);
    case 'duration': return value.ms;
    case 'ratio': return value.value;
    case 'instant': case 'person': case 'code': return null;
  }
}

/** Where value and limit stand on a scale of 0 to 100. A share of a whole is drawn on the whole; else the limit stands at half. */
export function bulletPlaces(value: number, limit: number, isShare: boolean): { at: number; limit: number } {
  const whole = isShare && value <= 1 && limit <= 1 ? 1 : Math.max(limit * 2, value * 1.05, Number.MIN_VALUE);
  const place = (n: number): number => Math.max(0, Math.min(100, (n / whole) * 100));
  return { at: place(value), limit: place(limit) };
}
