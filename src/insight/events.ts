/**
 * Events as people read them: a page of rows for a filter, with how many there are and their sums, and one
 * event whole. ClickHouse answers; what it has not yet copied is not shown, and the lag says so.
 */

import { z } from 'zod';
import type { Analytics } from '../log/index.ts';
import { conditionOf, END_SQL, FLOW_KINDS_SQL, WAY_SQL, type EventFilter } from './event-query.ts';

const whole = z.coerce.number().int();
const rowSchema = z.object({
  firm: z.coerce.number().int(), id: z.string(), kind: z.coerce.number().int(), at: whole, admitted_at: whole, person_id: z.string(), way: z.enum(['in', 'out', 'none']),
  asset: z.string(), units_text: z.string(), paisa: whole, end: z.enum(['bank', 'firm-abroad', 'firm-here', 'private-wallet', 'unattributed']), is_flow: z.coerce.number(),
  country: z.string(), address: z.string(), bank: z.string(), flags: z.coerce.number(), submission: z.string(), line: z.coerce.number(), part: z.coerce.number(), off: whole,
});
/** One event as ClickHouse has it. `person_id` is 32 hex digits, all zero for none; `units_text` a decimal of smallest units. A column
 * that is computed bears another name than its source: in ClickHouse an alias would stand in the filter too. */
export type EventRecord = z.infer<typeof rowSchema>;

const COLUMNS = `firm, id, kind, at, admitted_at, lower(hex(person)) as person_id, ${WAY_SQL} as way, asset, toString(units) as units_text, paisa, ${END_SQL} as end,
  ${FLOW_KINDS_SQL} as is_flow, country, address, bank, flags, submission, line, part, off`;

const ORDERS = {
  newest: { by: 'at desc, firm, id', key: 'at', sign: '<' },
  oldest: { by: 'at, firm, id', key: 'at', sign: '>' },
  value: { by: 'paisa desc, at, firm, id', key: 'paisa', sign: '<' },
} as const;

/** A page of events; `total` and the sums (paisa, by way) are of the whole filter. `next`: rows to skip for the page after, null at the end. */
export interface EventPage {
  readonly items: readonly EventRecord[];
  readonly next: number | null;
  readonly total: number;
  readonly inPaisa: number;
  readonly outPaisa: number;
}

/** A page of events. `skip` is how many come before it. */
export async function readEvents(analytics: Analytics, filter: EventFilter, sort: keyof typeof ORDERS, skip: number, limit: number): Promise<EventPage> {
  const where = conditionOf(filter);
  const [rows, sums] = await Promise.all([
    analytics.ask(`select ${COLUMNS} from events where ${where.sql} order by ${ORDERS[sort].by} limit {limit:UInt32} offset {skip:UInt32}`, { ...where.params, limit, skip }),
    analytics.ask(`select count() as total, toString(sumIf(paisa, ${WAY_SQL} = 'in')) as in_paisa, toString(sumIf(paisa, ${WAY_SQL} = 'out')) as out_paisa from events where ${where.sql}`, where.params),
  ]);
  const items = z.array(rowSchema).parse(rows);
  const [sum] = z.array(z.object({ total: whole, in_paisa: whole, out_paisa: whole })).parse(sums);
  const total = sum?.total ?? 0;
  return { items, next: skip + items.length < total ? skip + items.length : null, total, inPaisa: sum?.in_paisa ?? 0, outPaisa: sum?.out_paisa ?? 0 };
}

/** Ids among these that were corrected or cancelled since, by `firm/id`. */
export async function readAmended(analytics: Analytics, events: readonly EventRecord[], correct: number, cancel: number): Promise<ReadonlyMap<string, 'corrected' | 'cancelled'>> {
  if (events.length === 0) return new Map();
  const rows = await analytics.ask('select firm, target, max(kind = {cancel:UInt8}) as cancelled from events where target in {ids:Array(String)} and kind in ({correct:UInt8}, {cancel:UInt8}) group by firm, target',
    { ids: events.map((event) => event.id), correct, cancel });
  const parsed = z.array(z.object({ firm: z.coerce.number(), target: z.string(), cancelled: z.coerce.number() })).parse(rows);
  return new Map(parsed.map((row) => [`${row.firm}/${row.target}`, row.cancelled === 1 ? 'cancelled' : 'corrected']));
}

/** Events that correct or cancel one event. */
export async function readCorrections(analytics: Analytics, firm: number, id: string): Promise<readonly { readonly id: string; readonly kind: number; readonly at: number }[]> {
  const rows = await analytics.ask(`select id, kind, at from events where target = {id:String} and firm = {firm:UInt16} order by at limit 50`, { firm, id });
  return z.array(z.object({ id: z.string(), kind: z.coerce.number(), at: whole })).parse(rows);
}
