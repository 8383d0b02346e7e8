/**
 * Dates in documents of others: `dateTimeStamp` of XML Schema 1.1, which credentials use. Wider than the house's own
 * instants, because a credential of another may hold until the year 9999: whole milliseconds since the epoch, finer
 * fractions cut off. Refuses a date without a zone and a day that does not exist.
 */

import type { JsonObject } from './strict-json.ts';

/** Milliseconds since the epoch of a dateTimeStamp, or `undefined` when the text is none. */
export function parseDateTime(text: string): number | undefined {
  const [, date, time, fraction = '', zone] = /^(\d{4}-\d\d-\d\d)T([01]\d:[0-5]\d:[0-5]\d|2[0-3]:[0-5]\d:[0-5]\d)(\.\d{1,12})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/.exec(text) ?? [];
  if (date === undefined) return undefined;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return undefined;
  return Date.parse(`${date}T${time}${fraction.slice(0, 4)}${zone}`);
}

/** The time at a member; `undefined` when it is absent, `null` when it is there and cannot be read. */
export function timeAt(object: JsonObject, name: string): number | undefined | null {
  const value = object[name];
  if (value === undefined) return undefined;
  return (typeof value === 'string' ? parseDateTime(value) : undefined) ?? null;
}

/** A time in words: RFC 3339 in whole seconds, UTC. */
export function wordsOfTime(milliseconds: number): string {
  return Math.abs(milliseconds) > 8.64e15 ? `${milliseconds} ms` : new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
