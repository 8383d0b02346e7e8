/**
 * Does a single raw field tell planted events from the others? For each field the best that any threshold or
 * any table of values could do is measured as an area under the ROC curve: numbers are ranked both ways,
 * words are ranked by how often they are planted among one half of the customers and judged on the other half,
 * so that neither a rare word nor a remembered name can look clever. 0.5 tells nothing, 1 everything.
 */

import { parseInstant } from '../../src/terms/index.ts';
import type { Unsealed } from './planned.ts';

/** An event with what a reader of the feed could see of it, and whether it was planted. */
export interface Judged {
  readonly event: Unsealed;
  readonly firm: string;
  readonly sentAt: number;
  readonly planted: boolean;
}

/** How well one field alone tells planted events. */
export interface FieldLeak {
  readonly field: string;
  readonly auc: number;
  readonly values: number;
}

type Value = string | number;

/** Every field of every event, with a few that are plain to compute from one event alone. */
export function fieldsOf({ event, firm, sentAt }: Pick<Judged, 'event' | 'firm' | 'sentAt'>): Map<string, Value> {
  const fields = new Map<string, Value>([['firm', firm], ['bytes', JSON.stringify(event).length], ['delay', sentAt - (parseInstant(event.at) ?? sentAt)]]);
  const at = parseInstant(event.at) ?? 0;
  fields.set('hour', Math.floor((at / 3.6e9 + 5) % 24));
  fields.set('weekday', Math.floor((at / 8.64e10 + 3) % 7));
  fields.set('microsecond', at % 1_000_000);
  flatten(event, '', fields);
  return fields;
}

function flatten(value: object, path: string, into: Map<string, Value>): void {
  for (const [key, member] of Object.entries(value)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (typeof member === 'object' && member !== null && !Array.isArray(member)) flatten(member, name, into);
    else if (typeof member === 'string') {
      into.set(name, /^\d+(\.\d+)?$/.test(member) ? Number(member) : member);
      into.set(`${name} length`, member.length);
    }
    else if (typeof member === 'number') into.set(name, member);
    else if (typeof member === 'boolean') into.set(name, String(member));
  }
}

/** The leak of each field over all events; a field that an event lacks counts as a word of its own. */
export function measureLeaks(judged: readonly Judged[]): FieldLeak[] {
  const rows = judged.map((one) => ({ fields: fieldsOf(one), planted: one.planted }));
  const halves = judged.map(({ event, firm }) => halfOf('customer' in event ? event.customer : 'replacement' in event ? event.replacement.customer : firm));
  const names = new Set(rows.flatMap((row) => [...row.fields.keys()]));
  return [...names].map((field) => {
    const values = rows.map((row) => row.fields.get(field));
    const planted = rows.map((row) => row.planted);
    const auc = Math.max(byRank(values, planted), byTable(values, planted, halves));
    return { field, auc, values: new Set(values).size };
  }).sort((a, b) => b.auc - a.auc);
}

/** Numbers by their rank, both ways; among the events that have the field. */
function byRank(values: readonly (Value | undefined)[], planted: readonly boolean[]): number {
  const scored = values.flatMap((value, i) => (typeof value === 'number' ? [{ score: value, planted: planted[i] === true }] : []));
  const auc = areaOf(scored);
  return Math.max(auc, 1 - auc);
}

function halfOf(customer: string): number {
  let hash = 0;
  for (let i = 0; i < customer.length; i++) hash = Math.imul(hash ^ customer.charCodeAt(i), 0x9e3779b1);
  return (hash >>> 15) & 1;
}

/** Words by how often they are planted among one half of the customers, judged on the other, and the other way round. */
function byTable(values: readonly (Value | undefined)[], planted: readonly boolean[], halves: readonly number[]): number {
  const keys = values.map((value) => (typeof value === 'number' ? '#' : (value ?? '')));
  const areas = [0, 1].map((half) => {
    const counts = new Map<string, { all: number; planted: number }>();
    for (const [i, key] of keys.entries()) {
      if (halves[i] !== half) continue;
      const count = counts.get(key) ?? { all: 0, planted: 0 };
      counts.set(key, count);
      count.all += 1;
      if (planted[i] === true) count.planted += 1;
    }
    const base = planted.filter(Boolean).length / planted.length;
    const scored = keys.flatMap((key, i) => {
      if (halves[i] === half) return [];
      const count = counts.get(key);
      return [{ score: count === undefined ? base : (count.planted + base) / (count.all + 1), planted: planted[i] === true }];
    });
    return areaOf(scored);
  });
  return areas.reduce((a, b) => a + b, 0) / areas.length;
}

/** Area under the ROC curve by ranks, ties halved. Source: Mann and Whitney, 1947. */
export function areaOf(scored: readonly { readonly score: number; readonly planted: boolean }[]): number {
  const sorted = [...scored].sort((a, b) => a.score - b.score);
  let positives = 0;
  let rankSum = 0;
  for (let i = 0; i < sorted.length; ) {
    let j = i;
    while (j < sorted.length && sorted[j]?.score === sorted[i]?.score) j += 1;
    const rank = (i + 1 + j) / 2;
    for (let k = i; k < j; k++) {
      if (sorted[k]?.planted !== true) continue;
      positives += 1;
      rankSum += rank;
    }
    i = j;
  }
  const negatives = sorted.length - positives;
  return positives === 0 || negatives === 0 ? 0.5 : (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
