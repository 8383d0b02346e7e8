/**
 * Figures of a return, computed from the raw feed of one firm in ClickHouse: what each counts, in words, the number, and the
 * ids of the events behind it. A figure that the feed cannot hold is none: whoever files it gives their word.
 */

import type { Worded } from './finding.ts';
import { numberAt, parameterAt, type Framework } from '../../framework/index.ts';
import type { Analytics } from '../../log/index.ts';
import { EVENT_KINDS, FLAG, RISK_CLASSES, type EventKind, type Instant, type KarachiDay } from '../../terms/index.ts';

/** Whose figure, over which days (both included), under the law of which instant. */
export interface FigureScope {
  readonly firm: number;
  readonly from: KarachiDay;
  readonly to: KarachiDay;
  readonly framework: Framework;
  readonly at: Instant;
}

/** A figure with the events behind it; at most 200 of them are named. */
export interface FeedFigure {
  readonly value: number;
  readonly events: readonly string[];
  readonly kinds: readonly EventKind[];
  readonly means: Worded;
}

type Compute = (analytics: Pick<Analytics, 'ask'>, scope: FigureScope) => Promise<FeedFigure | undefined>;

const ONBOARDED: readonly EventKind[] = ['customer-onboarded', 'opening-load'];
const PROFILED: readonly EventKind[] = [...ONBOARDED, 'customer-changed'];
const MOVED: readonly EventKind[] = ['fiat-in', 'fiat-out'];
const numbersOf = (kinds: readonly EventKind[]): number[] => kinds.map((kind) => EVENT_KINDS.indexOf(kind));

/** Customers whom the firm onboarded in the days, each once, with what it said of them last by the end. */
const CUSTOMERS = `
with {profiled:Array(UInt8)} as profiled, {onboarded:Array(UInt8)} as onboarded,
people as (
  select customer, argMinIf(id, at, kind in onboarded) as first_id, minIf(day, kind in onboarded) as since, argMaxIf(risk_class, at, risk_class > 0) as risk, argMax(bitAnd(flags, {pep:UInt32}) > 0, at) as pep
  from events where firm = {firm:UInt16} and kind in profiled and day <= {to:Int32}
    and id not in (select target from events where firm = {firm:UInt16} and kind = {cancel:UInt8})
  group by customer having countIf(kind in onboarded) > 0 and since >= {from:Int32})
select toString(count()) as value, arraySlice(arraySort(groupArray(first_id)), 1, 200) as ids from people
where ({high:UInt8} = 0 or risk = {high:UInt8}) and ({peps:UInt8} = 0 or pep)`;

/** Movements of rupees from the threshold on, as they stand after corrections. */
const CASH = `
select toString(count()) as value, arraySlice(arraySort(groupArray(id)), 1, 200) as ids from events
where firm = {firm:UInt16} and day between {from:Int32} and {to:Int32} and bitAnd(flags, {leg:UInt32}) = 0 and paisa >= {threshold:Int64} and ({cash:UInt32} = 0 or bitAnd(flags, {cash:UInt32}) > 0)
  and (kind in {kinds:Array(UInt8)} or (kind = {correct:UInt8} and replacement_kind in {kinds:Array(UInt8)}))
  and id not in (select target from events where firm = {firm:UInt16} and kind in ({correct:UInt8}, {cancel:UInt8}))`;

/** The figures that the feed holds, by the name that a pack gives them; any other is the firm's word. */
const FIGURES: ReadonlyMap<string, Compute> = new Map([
  ['customers.onboarded', customers({}, { en: 'Customers onboarded in the year, each once', ur: 'سال میں شامل ہونے والے صارفین، ہر ایک ایک بار' })],
  ['customers.high-risk', customers({ high: RISK_CLASSES.indexOf('high') }, { en: 'Of them, those whom the firm classed as of high risk last', ur: 'ان میں سے جنہیں ادارے نے آخر میں زیادہ خطرے کا کہا' })],
  ['customers.pep', customers({ peps: 1 }, { en: 'Of them, those whom the firm called politically exposed last', ur: 'ان میں سے جنہیں ادارے نے آخر میں سیاسی طور پر نمایاں کہا' })],
  ['cash.at-threshold', cashAtThreshold],
]);

/** The figure of that name, or `undefined` where the feed cannot hold it. Throws when the store cannot be asked. */
export async function figureOf(analytics: Pick<Analytics, 'ask'>, name: string, scope: FigureScope): Promise<FeedFigure | undefined> {
  return FIGURES.get(name)?.(analytics, scope);
}

function customers(only: { readonly high?: number; readonly peps?: number }, means: Worded): Compute {
  return async (analytics, { firm, from, to }) => {
    const [row] = await analytics.ask(CUSTOMERS, { firm, from, to, profiled: numbersOf(PROFILED), onboarded: numbersOf(ONBOARDED), pep: FLAG.pep, cancel: EVENT_KINDS.indexOf('cancel'), high: only.high ?? 0, peps: only.peps ?? 0 });
    return { ...read(row), kinds: ONBOARDED, means };
  };
}

/** The threshold and whether it speaks of cash or of all rupees are parameters; without them nothing is counted. */
async function cashAtThreshold(analytics: Pick<Analytics, 'ask'>, { firm, from, to, framework, at }: FigureScope): Promise<FeedFigure | undefined> {
  const threshold = parameterAt(framework, 'cash-report.threshold', at);
  const reading = parameterAt(framework, 'cash-report.reading', at)?.value;
  if (threshold?.value === undefined || (reading !== 'cash' && reading !== 'fiat')) return undefined;
  const [row] = await analytics.ask(CASH, {
    firm, from, to, leg: FLAG.secondLeg, threshold: numberAt(framework, 'cash-report.threshold', at), cash: reading === 'cash' ? FLAG.cash : 0, kinds: numbersOf(MOVED), correct: EVENT_KINDS.indexOf('correct'), cancel: EVENT_KINDS.indexOf('cancel'),
  });
  const what = reading === 'cash' ? { en: 'Cash', ur: 'نقد' } : { en: 'Rupees', ur: 'روپے' };
  return { ...read(row), kinds: MOVED, means: { en: `${what.en} in or out from the threshold of ${threshold.clause.en} on`, ur: `${what.ur} کی آمد و رفت، ${threshold.clause.ur} کی حد سے` } };
}

/** ClickHouse gives 64-bit numbers as texts. */
function read(row: unknown): { readonly value: number; readonly events: readonly string[] } {
  const cells = new Map(Object.entries(Object(row)));
  const value = Number(cells.get('value') ?? Number.NaN);
  const ids: unknown = cells.get('ids');
  if (!Number.isSafeInteger(value) || !Array.isArray(ids)) throw new Error('the analytics store gives no figure');
  return { value, events: ids.map(String) };
}
