/**
 * How a span is read: pieces of time of admission, each small enough to be held in memory, so that a back-test can tell
 * how far it is, stop, and go on. One question counts the rows of each minute; every slice then asks for the days
 * of its own events alone, which is what ClickHouse sorts by: an event that came months late costs one slice, not all.
 */

import { z } from 'zod';
import type { Analytics } from '../../log/index.ts';
import { MINUTE_US } from '../../terms/index.ts';

/** Rows of one slice, about: 20 MiB of columns. A minute that has more is cut evenly. */
export const SLICE_ROWS = 100_000;

/** Which rows are read: events that happened in `[since, before)`, of the people of one pass. */
export interface Reach {
  readonly since: number;
  readonly before: number;
  /** Passes over the people, and which of them this is; by the first byte of the id. */
  readonly passes: number;
  readonly pass: number;
  /** People who are read in this pass whatever their id is, as hex. */
  readonly besides: readonly string[];
  /** Batches that were set aside: partition and offset. */
  readonly without: readonly (readonly [number, number])[];
}

/** Rows admitted in `[from, to)`, and the Karachi days in which their events lie. */
export interface Slice {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly firstDay: number;
  readonly lastDay: number;
}

const minuteSchema = z.array(z.object({ minute: z.number(), n: z.number(), first: z.number(), last: z.number() }));

/** The slices of a reach, in the order of admission. */
export async function planSlices(analytics: Analytics, reach: Reach, sliceRows: number): Promise<Slice[]> {
  const rows = await analytics.ask(`select toFloat64(intDiv(admitted_at, ${MINUTE_US})) as minute, toFloat64(count()) as n, min(day) as first, max(day) as last from events where ${within(reach)} group by minute order by minute`, boundOf(reach));
  const slices: Slice[] = [];
  let open: Slice | undefined;
  for (const { minute, n, first, last } of minuteSchema.parse(rows)) {
    const [from, to] = [minute * MINUTE_US, (minute + 1) * MINUTE_US];
    if (open !== undefined && open.rows + n <= sliceRows) {
      open = { from: open.from, to, rows: open.rows + n, firstDay: Math.min(open.firstDay, first), lastDay: Math.max(open.lastDay, last) };
      continue;
    }
    if (open !== undefined) slices.push(open);
    open = { from, to, rows: n, firstDay: first, lastDay: last };
    if (n > sliceRows) {
      slices.push(...cut(open, sliceRows));
      open = undefined;
    }
  }
  return open === undefined ? slices : [...slices, open];
}

/** A full minute in even pieces of time. How many rows each has is not known; together they have the minute's. */
function cut(slice: Slice, sliceRows: number): Slice[] {
  const pieces = Math.ceil(slice.rows / sliceRows);
  const bound = (i: number): number => slice.from + Math.floor(((slice.to - slice.from) * i) / pieces);
  const rowsTo = (i: number): number => Math.floor((slice.rows * i) / pieces);
  return Array.from({ length: pieces }, (_, i) => ({ ...slice, from: bound(i), to: bound(i + 1), rows: rowsTo(i + 1) - rowsTo(i) }));
}

/** The condition on rows of one slice, with its values to bind. */
export function sliceCondition(reach: Reach, slice: Slice): { readonly where: string; readonly params: Record<string, unknown> } {
  return {
    where: `day between {firstDay:Int32} and {lastDay:Int32} and admitted_at >= {from:Int64} and admitted_at < {to:Int64} and ${within(reach)}`,
    params: { ...boundOf(reach), firstDay: slice.firstDay, lastDay: slice.lastDay, from: slice.from, to: slice.to },
  };
}

function within({ passes, pass, besides, without }: Reach): string {
  const people = passes === 1 ? '' : ` and (reinterpretAsUInt8(substring(person, 1, 1)) % ${Number(passes)} = ${Number(pass)}${besides.length === 0 ? '' : ' or lower(hex(person)) in {besides:Array(String)}'})`;
  const places = without.map(([partition, offset]) => `(${Number(partition)}, ${Number(offset)})`).join(', ');
  return `at >= {since:Int64} and at < {before:Int64} and person != toFixedString('', 16)${people}${places === '' ? '' : ` and (part, off) not in (${places})`}`;
}

function boundOf({ since, before, passes, besides }: Reach): Record<string, unknown> {
  return { since, before, ...(passes > 1 && besides.length > 0 ? { besides } : {}) };
}
