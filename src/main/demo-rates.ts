/**
 * Reference rates of a demo that goes on: each hour's sheet is published before the hour begins, and what a demo
 * missed while it was stopped before its feed goes on. An event without a rate would be held.
 */

import type pg from 'pg';
import { publishRates } from '../intake/index.ts';
import { SYSTEM, withActor } from '../log/index.ts';
import { HOUR_US, MINUTE_US, type Instant } from '../terms/index.ts';
import type { World as Nation } from '../../sim/index.ts';

/** A sheet is published so long before its hour begins. */
const AHEAD_US = 10 * MINUTE_US;
/** Hours caught up at most: a demo is fed for thirty days. */
const SHEETS_MAX = 31 * 24;

/** Publishes the sheets that are due and not in the ledger; gives how many. `pool`: as `nigran_app`. */
export async function publishDueRates(pool: pg.Pool, nation: Nation, now: Instant): Promise<number> {
  return withActor(pool, SYSTEM, async (tx) => {
    const found = await tx.query<{ at: number | null }>(
      `select max((convert_from(bytes, 'UTF8')::jsonb #>> '{body,at}')::bigint) as at from log.entry where kind = 'rate-published'`);
    const last = found.rows[0]?.at ?? null;
    if (last === null) return 0;
    const sheets = [];
    for (let at = last + HOUR_US; at <= now + AHEAD_US && sheets.length < SHEETS_MAX; at += HOUR_US) sheets.push(nation.rateSheet(at));
    await publishRates(tx, now, sheets.map((sheet) => ({ ...sheet, rates: [...sheet.rates] })), { actor: 'genesis', basis: 'synthetic reference rates' });
    return sheets.length;
  });
}
