/**
 * The day's rhythm in Pakistan: when people trade. Rates of activity by hour of the Karachi day and by day
 * of the week; sessions, joinings and planted cases all draw their times from it, so that the hour of an
 * event says nothing about whether it was planted.
 */

import { DAY_US, HOUR_US, karachiDay, startOfKarachiDay, instantOf, type Instant } from '../../src/terms/index.ts';
import type { Chance } from './chance.ts';

/** Relative activity by hour, midnight first: asleep before dawn, a peak after noon and a higher one after nine at night. */
const BY_HOUR = [7, 4, 2, 1.2, 0.8, 0.9, 1.4, 2, 3, 4.5, 5.5, 6.2, 6.8, 6.6, 6.4, 6.2, 6, 6.2, 6.6, 7, 8.2, 9.4, 9.8, 8.6] as const;
const HOURLY_MEAN = BY_HOUR.reduce((sum, weight) => sum + weight, 0) / 24;
/** Monday first; banks rest on Saturday and Sunday, Friday's noon is short. */
const BY_WEEKDAY = [1.08, 1.06, 1.05, 1.04, 0.94, 0.93, 0.9] as const;

/** Activity at an instant, 1 on average. */
export function activityAt(at: number): number {
  const day = karachiDay(instantOf(Math.floor(at)));
  const hour = Math.floor((at - startOfKarachiDay(day)) / HOUR_US);
  // 1 January 1970 was a Thursday.
  return ((BY_HOUR[hour] ?? 1) / HOURLY_MEAN) * (BY_WEEKDAY[(day + 3) % 7] ?? 1);
}

/** An instant within [from, to) as activity would have it. The span is at least an hour of the day's busy half. */
export function drawInstant(chance: Chance, from: number, to: number): Instant {
  let at = from;
  for (let tries = 0; tries < 200; tries++) {
    at = Math.floor(from + chance.real() * (to - from));
    if (chance.real() * 2.2 < activityAt(at)) break;
  }
  return instantOf(at);
}

/** The instant of a day at which a share `quantile` of its activity is behind: rising, so that places in a list become times in order. */
export function instantOfQuantile(dayStart: number, quantile: number): Instant {
  let left = quantile * HOURLY_MEAN * 24;
  for (const [hour, weight] of BY_HOUR.entries()) {
    if (left < weight) return instantOf(Math.floor(dayStart + (hour + left / weight) * HOUR_US));
    left -= weight;
  }
  return instantOf(dayStart + DAY_US - 1);
}
