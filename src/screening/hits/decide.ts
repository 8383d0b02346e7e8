/**
 * What officers do with hits. An act names the version that the officer saw; a list or a colleague that was quicker
 * makes it stale. A hit on a list that freezes, and a match on any list, takes two people: one proposes, another
 * decides. One listed bearer is one decision: it holds for every entry of that one, on all lists, that is open on the
 * person. Who is found to be another than the listed one stays so until a day at most a year away, and then is looked
 * at again.
 */

import { append, lockLedger, type Tx } from '../../log/index.ts';
import { DAY_US, reject, type Instant, type Rejection } from '../../terms/index.ts';
import { applyToHits } from './fold.ts';

/** A person counts as another than the listed one so long at most. */
const CLEARED_DAYS_MAX = 366;
const REASON_LENGTH_MAX = 2_000;
const BASIS = 'a hit of screening, looked at';

/** What an officer wants to decide. */
export interface WantedHitDecision {
  readonly hit: number;
  readonly seen: number;
  readonly act: 'confirm' | 'clear';
  readonly reason: string;
  /** Until when a cleared person counts as another. */
  readonly until?: number;
}

/** What came of an act: the last entry that it left, and whether a second person is waited for. */
export interface HitActed {
  readonly entry: number;
  readonly waits: boolean;
}

interface Row {
  readonly hit: number; readonly person: string; readonly subject: string; readonly force: string; readonly decision: string; readonly state: string; readonly seen: number;
  readonly proposed: 'confirm' | 'clear' | null; readonly proposed_by: string | null; readonly proposed_until: number | null;
}

/** Does a decision on these hits take two people? */
export function takesTwo(hits: readonly { readonly force: string; readonly decision: string }[]): boolean {
  return hits.some((one) => one.force === 'freeze' || one.decision === 'match');
}

/** Decides on a hit, or proposes to where two are needed. Who may is asked of `access` before. */
export async function decideHit(tx: Tx, now: Instant, wanted: WantedHitDecision, by: string): Promise<HitActed | Rejection> {
  const { act, reason, until, seen } = wanted;
  if (reason.trim() === '' || reason.length > REASON_LENGTH_MAX) return reject('DECISION_INVALID', 'reason');
  if (act === 'clear' && (until === undefined || until <= now || until > now + CLEARED_DAYS_MAX * DAY_US)) return reject('DECISION_INVALID', 'until');
  await lockLedger(tx, now);
  const row = await readRow(tx, wanted.hit);
  if (row === undefined) return reject('NOT_FOUND');
  if (row.seen !== seen) return reject('DECISION_STALE');
  if (row.proposed !== null) return reject('DECISION_STALE', 'a decision waits');
  if (row.state !== 'open' && !(act === 'clear' && row.state === 'confirmed')) return reject('DECISION_STALE');
  const bearer = [row, ...(await readBearer(tx, row)).filter((one) => one.proposed === null)];
  const waits = takesTwo(bearer);
  return enter(tx, now, bearer, { act: waits ? `propose-${act}` : act, reason, ...(act === 'clear' && until !== undefined ? { until } : {}) }, { actor: by });
}

/** Seconds what was proposed, or sends it back; its proposer may take it back, and never second it. */
export async function secondHit(tx: Tx, now: Instant, wanted: { readonly hit: number; readonly seen: number; readonly verdict: 'approve' | 'send-back'; readonly note: string }, by: string): Promise<HitActed | Rejection> {
  await lockLedger(tx, now);
  const row = await readRow(tx, wanted.hit);
  if (row === undefined) return reject('NOT_FOUND');
  if (row.seen !== wanted.seen || row.proposed === null || row.proposed_by === null) return reject('DECISION_STALE');
  const isOwn = row.proposed_by === by;
  if (wanted.verdict === 'approve' && isOwn) return reject('SECOND_PERSON_REQUIRED');
  if (wanted.verdict === 'send-back' && !isOwn && wanted.note.trim() === '') return reject('DECISION_INVALID', 'note');
  const bearer = [row, ...(await readBearer(tx, row)).filter((one) => one.proposed === row.proposed && one.proposed_by === row.proposed_by)];
  if (wanted.verdict === 'send-back') return enter(tx, now, bearer, { act: 'send-back', reason: wanted.note.slice(0, REASON_LENGTH_MAX) }, { actor: by });
  const proposal = await tx.query<{ reason: string }>(`select reason from screening.hit_step where hit = $1 and what = $2 order by entry desc limit 1`, [row.hit, `propose-${row.proposed}`]);
  return enter(tx, now, bearer, { act: row.proposed, reason: proposal.rows[0]?.reason ?? '', ...(row.proposed_until === null ? {} : { until: row.proposed_until }) }, { actor: row.proposed_by, second: by });
}

async function enter(
  tx: Tx, now: Instant, hits: readonly Row[], body: { readonly act: 'propose-confirm' | 'confirm' | 'propose-clear' | 'clear' | 'send-back'; readonly reason: string; readonly until?: number }, by: { readonly actor: string; readonly second?: string },
): Promise<HitActed> {
  const entries = await append(tx, now, hits.map((one) => ({ kind: 'screening-decided', basis: BASIS, ...by, body: { hit: one.hit, seen: one.seen, ...body } })));
  for (const entry of entries) await applyToHits(tx, entry);
  return { entry: entries.at(-1)?.index ?? -1, waits: body.act.startsWith('propose') };
}

const COLUMNS = 'hit, person, subject, force, decision, state, seen, proposed, proposed_by, proposed_until';

async function readRow(tx: Tx, hit: number): Promise<Row | undefined> {
  return (await tx.query<Row>(`select ${COLUMNS} from screening.hit where hit = $1 for update`, [hit])).rows[0];
}

/** The other open hits by which the same listed one is near the same person. */
async function readBearer(tx: Tx, row: Row): Promise<Row[]> {
  return (await tx.query<Row>(`select ${COLUMNS} from screening.hit where person = $1 and subject = $2 and hit <> $3 and state in ('open', $4) order by hit for update`, [row.person, row.subject, row.hit, row.state])).rows;
}
