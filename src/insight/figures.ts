/**
 * Figures of the market from the events themselves: what was traded by day, value in and out by corridor.
 * Whole Karachi days, PKR by the reference rate of each event's instant. Every figure can be asked again as
 * a filter over events, and gives the same sum.
 */

import { z } from 'zod';
import type { Analytics } from '../log/index.ts';
import { EVENT_KINDS, INCOME_CLASSES, PROVINCES } from '../terms/index.ts';
import type { People } from './backtest-part.ts';
import { END_SQL, FLOW_KINDS_SQL, ONCE_SQL, WAY_SQL } from './event-query.ts';

const whole = z.coerce.number().int();
const TRADE = EVENT_KINDS.indexOf('trade');
const P2P = EVENT_KINDS.indexOf('p2p-trade');

/** What one firm (by number) traded on one Karachi day, in paisa. */
export interface TradedDay {
  readonly firm: number;
  readonly day: number;
  readonly paisa: number;
}

/** Value traded by firm and day, both ends included. */
export async function tradedByDay(analytics: Analytics, fromDay: number, toDay: number): Promise<readonly TradedDay[]> {
  const rows = await analytics.ask(
    `select firm, day, toString(sum(paisa)) as total from events where day between {from:Int32} and {to:Int32} and kind in (${TRADE}, ${P2P}) and ${ONCE_SQL} group by firm, day order by day`,
    { from: fromDay, to: toDay });
  return z.array(z.object({ firm: whole, day: whole, total: whole })).parse(rows).map(({ firm, day, total }) => ({ firm, day, paisa: total }));
}

/** Value in one direction between a firm and one kind of place; `place` is a country code for firms abroad, else empty; paisa. */
export interface Flow {
  readonly firm: number;
  readonly way: 'in' | 'out';
  readonly end: 'bank' | 'firm-abroad' | 'firm-here' | 'private-wallet' | 'unattributed';
  readonly place: string;
  readonly paisa: number;
  readonly events: number;
}

/** Value that came to firms and left them, by where from and where to. */
export async function flows(analytics: Analytics, fromDay: number, toDay: number): Promise<readonly Flow[]> {
  const rows = await analytics.ask(
    `select firm, ${WAY_SQL} as way, ${END_SQL} as end, if(end = 'firm-abroad', country, '') as place, toString(sum(paisa)) as total, count() as events
     from events where day between {from:Int32} and {to:Int32} and ${FLOW_KINDS_SQL} and ${ONCE_SQL} group by firm, way, end, place order by sum(paisa) desc limit 600`,
    { from: fromDay, to: toDay });
  return z.array(z.object({
    firm: whole, way: z.enum(['in', 'out']), end: z.enum(['bank', 'firm-abroad', 'firm-here', 'private-wallet', 'unattributed']), place: z.string(), total: whole, events: whole,
  })).parse(rows).map(({ total, ...flow }) => ({ ...flow, paisa: total }));
}

/** How far analytics has copied: the newest admission that it holds, or 0. */
export async function newestCopied(analytics: Analytics): Promise<number> {
  const rows = z.array(z.object({ newest: whole })).parse(await analytics.ask('select max(admitted_at) as newest from events'));
  return rows[0]?.newest ?? 0;
}

/** People of whom events happened before an instant, by the province and the income class that were said last; `unknown` where none was. */
export async function peopleByClass(analytics: Analytics, before: number): Promise<People> {
  const rows = await analytics.ask(
    `select province, income, toString(count()) as n from (
       select person, argMaxIf(province, at, province > 0) as province, argMaxIf(income_class, at, income_class > 0) as income from events where at < {before:Int64} and person != unhex('00000000000000000000000000000000') group by person
     ) group by province, income`, { before });
  const provinces: Record<string, number> = {};
  const incomes: Record<string, number> = {};
  for (const { province, income, n } of z.array(z.object({ province: whole, income: whole, n: whole })).parse(rows)) {
    for (const [groups, name] of [[provinces, PROVINCES[province] || 'unknown'], [incomes, INCOME_CLASSES[income] || 'unknown']] as const) groups[name] = (groups[name] ?? 0) + n;
  }
  return { provinces, incomes };
}
