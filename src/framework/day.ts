/**
 * Days as a pack writes them, `2026-03-07`, and the instants at which they begin. A day is a number, counted from
 * 1970-01-01; when it begins is a matter of the pack's time zone. Only zones without daylight saving are taken,
 * so that every day has 24 hours; the rest of the house counts in Asia/Karachi days.
 */

import { DAY_US, HOUR_US, instantOf, parseKarachiDay, type Instant, type KarachiDay } from '../terms/index.ts';

/** Zones that a pack may be kept in, by their hours ahead of UTC. Neither has changed its clock since 2009. */
const OFFSET_HOURS = { 'Asia/Karachi': 5, 'Asia/Dubai': 4 } as const;
/** Names of those zones. */
export const ZONES = ['Asia/Karachi', 'Asia/Dubai'] as const;
/** A zone that a pack may be kept in. */
export type Zone = (typeof ZONES)[number];

/** A day that the form has found to exist; NaN, which nothing equals, for any other text. */
export function dayOf(text: string): KarachiDay {
  return parseKarachiDay(text) ?? Number.NaN;
}

/** First instant of a day in the zone. */
export function startOfDay(day: KarachiDay, zone: Zone): Instant {
  return instantOf(day * DAY_US - OFFSET_HOURS[zone] * HOUR_US);
}

/** The day of the zone in which an instant lies. */
export function dayAt(instant: Instant, zone: Zone): KarachiDay {
  return Math.floor((instant + OFFSET_HOURS[zone] * HOUR_US) / DAY_US);
}
