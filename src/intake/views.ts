/**
 * What intake keeps, as pages for people: filings, refusals, daily counts, streams. Reads run under the
 * reader's own actor, so row-level security decides which firms' rows exist.
 */

import { parseKarachiDay, type KarachiDay } from '../terms/index.ts';
import type { Tx } from '../log/index.ts';
import { Sequence, parseRanges } from './sequence.ts';

export interface FilingQuery {
  readonly firm?: string;
  readonly fromDay?: string;
  readonly toDay?: string;
  readonly outcome?: 'clean' | 'held' | 'rejected';
  readonly id?: string;
  readonly skip: number;
  readonly limit: number;
}

/** A filing as lists show it. */
export interface FilingRow {
  readonly id: string; readonly firm: string; readonly received_at: number; readonly admitted_at: number; readonly format: 'json' | 'ndjson' | 'csv'; readonly bytes: number;
  readonly accepted: number; readonly duplicate: number; readonly held: number; readonly rejected: number; readonly leaf_index: number; readonly entry_index: number; readonly content_digest: string;
}

export interface Sums {
  readonly total: number; readonly accepted: number; readonly duplicate: number; readonly held: number; readonly rejected: number;
}

const NO_SUMS: Sums = { total: 0, accepted: 0, duplicate: 0, held: 0, rejected: 0 };
const DAY_OF = (column: string): string => `floor((${column} + 18000000000) / 86400000000.0)::int`;

/** A page of filings, newest first, with the sums of all that match. */
export async function readFilings(tx: Tx, query: FilingQuery): Promise<{ readonly items: readonly FilingRow[]; readonly sums: Sums }> {
  const where = `($1::text is null or firm = $1) and ($2::int is null or ${DAY_OF('admitted_at')} >= $2) and ($3::int is null or ${DAY_OF('admitted_at')} <= $3)
    and ($4::text is null or case $4 when 'rejected' then rejected > 0 when 'held' then held > 0 else rejected = 0 and held = 0 end) and ($5::text is null or id = $5)`;
  const values = [query.firm ?? null, dayOrNull(query.fromDay), dayOrNull(query.toDay), query.outcome ?? null, query.id ?? null];
  const rows = await tx.query<FilingRow>(
    `select id, firm, received_at, admitted_at, format, bytes, accepted, duplicate, held, rejected, leaf_index, entry_index, content_digest
     from intake.submission where ${where} order by admitted_at desc, id limit $6 offset $7`, [...values, query.limit, query.skip]);
  const sums = await tx.query<Sums>(
    `select count(*) as total, coalesce(sum(accepted), 0)::bigint as accepted, coalesce(sum(duplicate), 0)::bigint as duplicate, coalesce(sum(held), 0)::bigint as held,
            coalesce(sum(rejected), 0)::bigint as rejected from intake.submission where ${where}`, values);
  return { items: rows.rows, sums: sums.rows[0] ?? NO_SUMS };
}

export interface RefusalQuery {
  readonly firm?: string;
  readonly code?: string;
  readonly submission?: string;
  readonly fromDay?: string;
  readonly toDay?: string;
  readonly skip: number;
  readonly limit: number;
}

/** A refused record. `mended_by`: the filing in which an event of the same id was admitted later. */
export interface RefusalRow {
  readonly submission: string; readonly line: number; readonly firm: string; readonly code: string; readonly detail: string | null; readonly at: number;
  readonly mended_by: string | null;
}

/** A page of refused records, newest first, and how many there are of each code. */
export async function readRefusals(tx: Tx, query: RefusalQuery): Promise<{ readonly items: readonly RefusalRow[]; readonly byCode: readonly { readonly code: string; readonly count: number }[] }> {
  const where = `($1::text is null or r.firm = $1) and ($2::text is null or r.code = $2) and ($3::text is null or r.submission = $3)
    and ($4::int is null or ${DAY_OF('r.at')} >= $4) and ($5::int is null or ${DAY_OF('r.at')} <= $5)`;
  const values = [query.firm ?? null, query.code ?? null, query.submission ?? null, dayOrNull(query.fromDay), dayOrNull(query.toDay)];
  const rows = await tx.query<RefusalRow>(
    `select r.submission, r.line, r.firm, r.code, r.detail, r.at, null as mended_by from intake.rejection r where ${where} order by r.at desc, r.submission, r.line limit $6 offset $7`,
    [...values, query.limit, query.skip]);
  const codes = await tx.query<{ code: string; count: number }>(`select r.code, count(*) as count from intake.rejection r where ${where} group by r.code order by count(*) desc limit 60`, values);
  return { items: rows.rows, byCode: codes.rows };
}

/** Counts of a firm's day of admission. `decided` and `quarantined` come from the monitor's tables. */
export interface DailyRow {
  readonly firm: string; readonly day: KarachiDay; readonly accepted: number; readonly held: number; readonly rejected: number; readonly duplicate: number;
}

/** Daily counts from a day on, for the firms that the reader may see. */
export async function readDaily(tx: Tx, fromDay: KarachiDay): Promise<readonly DailyRow[]> {
  const rows = await tx.query<DailyRow>('select firm, day, accepted, held, rejected, duplicate from intake.daily where day >= $1 order by day desc, firm', [fromDay]);
  return rows.rows;
}

/** A firm's streams: the newest filing, and numbers that never came. */
export async function readFeeds(tx: Tx): Promise<ReadonlyMap<string, { readonly lastAt: number; readonly gaps: number }>> {
  const rows = await tx.query<{ firm: string; used: string; last_at: number }>('select firm, used::text as used, last_at from intake.stream');
  const feeds = new Map<string, { lastAt: number; gaps: number }>();
  for (const row of rows.rows) {
    const feed = feeds.get(row.firm) ?? { lastAt: 0, gaps: 0 };
    feeds.set(row.firm, { lastAt: Math.max(feed.lastAt, row.last_at), gaps: feed.gaps + new Sequence(parseRanges(row.used)).missing });
  }
  return feeds;
}

/** The latest closing statement of each firm for a day: does it agree with what we hold? */
export async function readClosing(tx: Tx, day: KarachiDay): Promise<ReadonlyMap<string, 'agrees' | 'differs'>> {
  const rows = await tx.query<{ firm: string; agrees: boolean }>(`select firm, bool_and(differences = '[]'::jsonb) as agrees from intake.statement where day = $1 group by firm`, [day]);
  return new Map(rows.rows.map((row) => [row.firm, row.agrees ? 'agrees' : 'differs']));
}

function dayOrNull(text: string | undefined): number | null {
  return text === undefined ? null : parseKarachiDay(text) ?? null;
}

/** Customers that a firm has reported. */
export async function countCustomers(tx: Tx, firm: string): Promise<number> {
  const found = await tx.query<{ n: number }>('select count(*)::int as n from intake.customer where firm = $1', [firm]);
  return found.rows[0]?.n ?? 0;
}

/** Firms that know a person, and under how many references; never the references. `person`: 32 hex digits. */
export async function readPersonFirms(tx: Tx, person: string): Promise<readonly { readonly firm: string; readonly references: number }[]> {
  const found = await tx.query<{ firm: string; references: number }>('select firm, count(*)::int as references from intake.customer where person = $1::uuid group by firm order by firm', [person]);
  return found.rows;
}
