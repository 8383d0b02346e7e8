/**
 * The question behind every number: a filter over events, as SQL for ClickHouse with every value bound.
 * The same filter is a screen's URL, so the number and the list that it opens cannot differ. Second legs
 * of events with two customers are counted only when a person is asked for; an event is one event.
 */

import { EVENT_KINDS, FLAG, parseKarachiDay } from '../terms/index.ts';

/** A filter as the contract has it; firms are numbers here, the alert's events are given as pairs. */
export interface EventFilter {
  readonly firms?: readonly number[];
  readonly kinds?: readonly string[];
  readonly person?: string;
  readonly asset?: string;
  readonly way?: 'in' | 'out';
  readonly end?: FlowEndKind;
  readonly place?: string;
  readonly wallet?: string;
  readonly transaction?: string;
  readonly late?: boolean;
  readonly submission?: string;
  /** What has been decided: below the engine's position of each partition. `undecided`: the rest, but for batches that were set aside. */
  readonly decision?: { readonly is: 'decided' | 'undecided'; readonly positions: readonly BatchPlace[]; readonly setAside: readonly BatchPlace[] };
  /** Only events of these batches. */
  readonly batches?: readonly BatchPlace[];
  /** Only events that a later event corrects, or cancels. */
  readonly amended?: 'corrected' | 'cancelled';
  /** Only these events: firm number and id. */
  readonly only?: readonly (readonly [number, string])[];
  readonly fromDay?: string;
  readonly toDay?: string;
  readonly clock?: 'happened' | 'admitted';
  readonly sinceUs?: number;
  readonly beforeUs?: number;
  readonly atLeastPaisa?: number;
}

/** Where a batch lies in the event log: partition and offset. */
export type BatchPlace = readonly [partition: number, offset: number];

export type FlowEndKind = 'bank' | 'firm-abroad' | 'firm-here' | 'private-wallet' | 'unattributed';

/** A condition and its bound values. */
export interface Condition {
  readonly sql: string;
  readonly params: Record<string, unknown>;
}

const MOVES = `bitTest(flags, ${bitOf(FLAG.moves)})`;
const INWARD = `bitTest(flags, ${bitOf(FLAG.inward)})`;
const FIRST_LEG = `not bitTest(flags, ${bitOf(FLAG.secondLeg)})`;
const PRIVATE = `bitTest(flags, ${bitOf(FLAG.unhosted)})`;
const HOSTED = `bitTest(flags, ${bitOf(FLAG.hosted)})`;
const FIAT_KINDS = ['fiat-in', 'fiat-out'].map(kindNumber).join(', ');
const CHAIN_KINDS = ['asset-deposit', 'asset-withdrawal'].map(kindNumber).join(', ');

/** SQL for where value comes from or goes to. Cash and cards are banks' business here as in the pack. */
export const END_SQL = `multiIf(kind in (${FIAT_KINDS}), 'bank', kind in (${CHAIN_KINDS}) and ${PRIVATE}, 'private-wallet',
  kind in (${CHAIN_KINDS}) and ${HOSTED} and country = 'PK', 'firm-here', kind in (${CHAIN_KINDS}) and ${HOSTED}, 'firm-abroad', 'unattributed')`;
/** SQL for the direction of value as the person's holding sees it. */
export const WAY_SQL = `multiIf(not ${MOVES}, 'none', ${INWARD}, 'in', 'out')`;
/** Kinds that bring value to a firm or take it away: what corridors are made of. */
export const FLOW_KINDS_SQL = `kind in (${FIAT_KINDS}, ${CHAIN_KINDS})`;
/** SQL that keeps each event once. */
export const ONCE_SQL = FIRST_LEG;

/** The filter as a condition; `1` when it asks for everything. */
export function conditionOf(filter: EventFilter): Condition {
  const parts: string[] = [filter.person === undefined ? FIRST_LEG : '1'];
  const params: Record<string, unknown> = {};
  const add = (sql: string, name: string, value: unknown): void => {
    parts.push(sql);
    params[name] = value;
  };
  if (filter.firms !== undefined) add('firm in {firms:Array(UInt16)}', 'firms', filter.firms);
  if (filter.kinds !== undefined) add('kind in {kinds:Array(UInt8)}', 'kinds', filter.kinds.map(kindNumber));
  if (filter.person !== undefined) add('person = unhex({person:String})', 'person', filter.person);
  if (filter.asset !== undefined) add('asset = {asset:String}', 'asset', filter.asset);
  if (filter.way !== undefined) add(`${WAY_SQL} = {way:String}`, 'way', filter.way);
  if (filter.end !== undefined) add(`${END_SQL} = {end:String} and ${FLOW_KINDS_SQL}`, 'end', filter.end);
  if (filter.place !== undefined) add('country = {place:String}', 'place', filter.place);
  if (filter.wallet !== undefined) add('address = {wallet:String}', 'wallet', filter.wallet);
  if (filter.transaction !== undefined) add('tx_hash = {transaction:String}', 'transaction', filter.transaction);
  if (filter.late !== undefined) parts.push(`${filter.late ? '' : 'not '}bitTest(flags, ${bitOf(FLAG.late)})`);
  if (filter.submission !== undefined) add('submission = {submission:String}', 'submission', filter.submission);
  if (filter.atLeastPaisa !== undefined) add('paisa >= {atLeast:Int64}', 'atLeast', filter.atLeastPaisa);
  addTimes(filter, add);
  addStates(filter, parts, add);
  if (filter.only !== undefined) {
    add('id in {onlyIds:Array(String)} and concat(toString(firm), \'/\', id) in {only:Array(String)}', 'only', filter.only.map(([firm, id]) => `${firm}/${id}`));
    params['onlyIds'] = filter.only.map(([, id]) => id);
  }
  return { sql: parts.join(' and '), params };
}

/** A place as one text, so that a list of them can be bound. */
const places = (all: readonly BatchPlace[]): string[] => all.map(([partition, offset]) => `${partition}/${offset}`);

function addStates(filter: EventFilter, parts: string[], add: (sql: string, name: string, value: unknown) => void): void {
  const { decision, batches, amended } = filter;
  if (decision !== undefined) {
    const within = decision.positions.map(([partition, offset]) => `(part = ${Math.trunc(partition)} and off < ${Math.trunc(offset)})`);
    const decided = within.length === 0 ? '0' : `(${within.join(' or ')})`;
    const aside = "concat(toString(part), '/', toString(off)) in {aside:Array(String)}";
    add(decision.is === 'decided' ? `${decided} and not (${aside})` : `not ${decided} and not (${aside})`, 'aside', places(decision.setAside));
  }
  if (batches !== undefined) add("concat(toString(part), '/', toString(off)) in {batches:Array(String)}", 'batches', places(batches));
  const amending = `select firm, target from events where kind in (${kindNumber('correct')}, ${kindNumber('cancel')}) group by firm, target having max(kind = ${kindNumber('cancel')})`;
  if (amended !== undefined) parts.push(`(firm, id) in (${amending} = ${amended === 'cancelled' ? 1 : 0})`);
}

function addTimes(filter: EventFilter, add: (sql: string, name: string, value: unknown) => void): void {
  const admitted = filter.clock === 'admitted';
  const [day, at] = admitted ? ['admitted_day', 'admitted_at'] : ['day', 'at'];
  if (filter.fromDay !== undefined) add(`${day} >= {fromDay:Int32}`, 'fromDay', parseKarachiDay(filter.fromDay) ?? 0);
  if (filter.toDay !== undefined) add(`${day} <= {toDay:Int32}`, 'toDay', parseKarachiDay(filter.toDay) ?? 0);
  if (filter.sinceUs !== undefined) add(`${at} >= {since:Int64}`, 'since', filter.sinceUs);
  if (filter.beforeUs !== undefined) add(`${at} < {before:Int64}`, 'before', filter.beforeUs);
}

function kindNumber(kind: string): number {
  const number = EVENT_KINDS.findIndex((known) => known === kind);
  return number < 0 ? 255 : number;
}

function bitOf(flag: number): number {
  return Math.log2(flag);
}

