/** Hits and freezes for who shows them, under the reader's own actor: row-level security narrows what is read. */

import type { Db } from '../../log/index.ts';
import type { HitBody } from './hit.ts';

/** A hit as it stands. Instants are microseconds. */
export interface HitRow {
  readonly hit: number; readonly person: string; readonly list: string; readonly entry: string; readonly subject: string; readonly version: string; readonly force: 'freeze' | 'review' | 'information';
  readonly decision: 'review' | 'match'; readonly ground: 'number' | 'evidence' | 'name'; readonly score: number; readonly strength: number; readonly body: HitBody;
  readonly state: 'open' | 'confirmed' | 'cleared' | 'released' | 'replaced'; readonly seen: number; readonly opened_at: number; readonly changed_at: number;
  readonly proposed: 'confirm' | 'clear' | null; readonly proposed_by: string | null; readonly proposed_until: number | null; readonly decided_by: string | null; readonly second_by: string | null;
  readonly reason: string | null; readonly until: number | null;
}

/** One thing that happened to a hit. */
export interface HitStep {
  readonly entry: number; readonly what: string; readonly actor: string; readonly second: string | null; readonly reason: string | null; readonly at: number;
}

/** A freeze as it stands. */
export interface FreezeRow {
  readonly id: number; readonly hit: number; readonly person: string; readonly list: string; readonly entry: string; readonly firm: string; readonly customers: string[]; readonly ground: 'number' | 'decision';
  readonly state: 'ordered' | 'acknowledged' | 'to-release' | 'release-ordered' | 'released'; readonly complaint: string | null; readonly contested: boolean;
  /** Content of the list by which it was ordered. */
  readonly sha256: string | null;
  readonly ordered_at: number; readonly acknowledged_at: number | null; readonly released_at: number | null; readonly changed_at: number;
}

const FREEZE = `f.*, (select v.sha256 from screening.list_version v where v.list = f.list and v.holds = 'names' and v.admitted_at <= f.ordered_at order by v.published_at desc, v.entry desc limit 1) as sha256 from screening.asset_freeze f`;

/** Which hits of a queue. */
export interface HitsWanted {
  readonly state?: string | undefined;
  readonly list?: string | undefined;
  readonly entry?: string | undefined;
  readonly decision?: string | undefined;
  readonly person?: string | undefined;
  readonly waiting?: boolean | undefined;
  readonly skip: number;
  readonly limit: number;
}

const WHERE = `($1::text is null or state = $1) and ($2::text is null or list = $2) and ($3::text is null or decision = $3) and ($4::text is null or person = $4) and (not $5 or proposed is not null) and ($6::text is null or entry = $6)`;

/** Hits, what decides by force and evidence first; with how many there are in all. */
export async function listHits(db: Db, wanted: HitsWanted): Promise<{ readonly items: HitRow[]; readonly total: number }> {
  const values = [wanted.state ?? null, wanted.list ?? null, wanted.decision ?? null, wanted.person ?? null, wanted.waiting === true, wanted.entry ?? null];
  const items = await db.query<HitRow>(`select * from screening.hit where ${WHERE} order by (force = 'freeze') desc, decision, score desc, strength desc, hit limit $7 offset $8`, [...values, wanted.limit, wanted.skip]);
  const total = await db.query<{ n: number }>(`select count(*)::int as n from screening.hit where ${WHERE}`, values);
  return { items: items.rows, total: total.rows[0]?.n ?? 0 };
}

/** How many hits stand in each state, and how many of the open ones are matches or wait for a second person. */
export async function countHits(db: Db): Promise<{ readonly open: number; readonly match: number; readonly waiting: number; readonly confirmed: number; readonly cleared: number; readonly released: number }> {
  const found = await db.query<{ open: number; match: number; waiting: number; confirmed: number; cleared: number; released: number }>(
    `select count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'open' and decision = 'match')::int as match, count(*) filter (where proposed is not null)::int as waiting,
            count(*) filter (where state = 'confirmed')::int as confirmed, count(*) filter (where state = 'cleared')::int as cleared, count(*) filter (where state = 'released')::int as released from screening.hit`);
  return found.rows[0] ?? { open: 0, match: 0, waiting: 0, confirmed: 0, cleared: 0, released: 0 };
}

/** One hit with what happened to it, the other hits of its person, and the freezes that it brought. */
export async function readHit(db: Db, hit: number): Promise<{ readonly row: HitRow; readonly steps: HitStep[]; readonly beside: HitRow[]; readonly freezes: FreezeRow[] } | undefined> {
  const row = (await db.query<HitRow>('select * from screening.hit where hit = $1', [hit])).rows[0];
  if (row === undefined) return undefined;
  const steps = await db.query<HitStep>('select entry, what, actor, second, reason, at from screening.hit_step where hit = $1 order by entry', [hit]);
  const beside = await db.query<HitRow>(`select * from screening.hit where person = $1 and hit <> $2 and state <> 'replaced' order by (subject = $3) desc, score desc, hit limit 50`, [row.person, hit, row.subject]);
  const freezes = await db.query<FreezeRow>(`select ${FREEZE} where hit = $1 order by id limit 200`, [hit]);
  return { row, steps: steps.rows, beside: beside.rows, freezes: freezes.rows };
}

/** Freezes that the transaction's actor may see: of one firm, or all. What is open comes first. */
export async function listFreezes(db: Db, of: { readonly firm?: string | undefined; readonly id?: number | undefined; readonly skip: number; readonly limit: number }): Promise<FreezeRow[]> {
  const found = await db.query<FreezeRow>(`select ${FREEZE} where ($1::text is null or firm = $1) and ($2::bigint is null or id = $2) order by (state = 'released'), changed_at desc, id limit $3 offset $4`, [of.firm ?? null, of.id ?? null, of.limit, of.skip]);
  return found.rows;
}

/** What happened to a freeze. */
export async function readFreezeSteps(db: Db, ids: readonly number[]): Promise<{ readonly asset_freeze: number; readonly entry: number; readonly act: string; readonly actor: string; readonly note: string; readonly at: number }[]> {
  return (await db.query('select asset_freeze, entry, act, actor, note, at from screening.asset_freeze_step where asset_freeze = any($1) order by entry limit 2000', [ids])).rows;
}

/** How many hits of a list are open on each of these entries. */
export async function countByEntry(db: Db, list: string, entries: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = await db.query<{ entry: string; n: number }>(`select entry, count(*)::int as n from screening.hit where list = $1 and entry = any($2) and state <> 'replaced' group by 1`, [list, entries]);
  return new Map(found.rows.map((row) => [row.entry, row.n]));
}
