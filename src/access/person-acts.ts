/**
 * Acts on a person that need two people: to open the identity, to destroy it. One officer proposes with a reason (and a
 * case, to open), another seconds or sends back; then the vault does it and its entry names both. A proposal ends by
 * itself after seven days, and what was agreed may be looked at by its proposer for one hour. Opening a person's page
 * names nobody, and is an entry all the same.
 *
 * Who may propose and second at all is asked of `decide` before; that the two are two is held here and by the table.
 */

import { z } from 'zod';
import { append, type Db, type Tx } from '../log/index.ts';
import { DAY_US, HOUR_US, instantOf, parsePersonId, reject, type Instant, type Rejection } from '../terms/index.ts';

/** A proposal waits so long for its second person. */
const WAITS_US = 7 * DAY_US;
/** What was agreed may be looked at for so long. */
const OPEN_US = HOUR_US;
const REASON_LENGTH_MAX = 2_000;
/** Proposals of one page. */
const PAGE_MAX = 100;

const rowShape = z.object({
  id: z.number(), act: z.enum(['unmask', 'erase']), person: z.string(), case_ref: z.string().nullable(), reason: z.string(), state: z.enum(['waiting', 'approved', 'sent-back', 'done']),
  proposed_by: z.string(), proposed_at: z.number(), second_by: z.string().nullable(), second_at: z.number().nullable(), second_note: z.string().nullable(), ends_at: z.number(),
});

/** A proposal as it stands. `ends`: until when it may be seconded, or, once agreed, looked at. */
export interface PersonAct {
  readonly id: number;
  readonly act: 'unmask' | 'erase';
  readonly person: string;
  readonly caseRef: string | null;
  readonly reason: string;
  readonly state: 'waiting' | 'approved' | 'sent-back' | 'done' | 'ended';
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  readonly secondBy: string | null;
  readonly secondAt: Instant | null;
  readonly secondNote: string | null;
  readonly ends: Instant;
}

/** What is proposed. To open an identity needs a case; to destroy one does not. */
export interface WantedAct {
  readonly act: PersonAct['act'];
  readonly person: string;
  readonly caseRef: string | undefined;
  readonly reason: string;
}

/** Proposes; gives the proposal's number. `tx` sees the house. */
export async function proposePersonAct(tx: Tx, now: Instant, by: string, wanted: WantedAct): Promise<number | Rejection> {
  if (parsePersonId(wanted.person) === undefined) return reject('REQUEST_INVALID', 'person');
  if (wanted.reason.trim() === '' || wanted.reason.length > REASON_LENGTH_MAX) return reject('DECISION_INVALID', 'reason');
  if (wanted.act === 'unmask' && (wanted.caseRef ?? '') === '') return reject('DECISION_INVALID', 'case');
  const waiting = await tx.query(`select from access.person_act where act = $1 and person = $2 and state = 'waiting' and ends_at > $3`, [wanted.act, wanted.person, now]);
  if (waiting.rowCount !== 0) return reject('DECISION_STALE', 'it is proposed already');
  const made = await tx.query<{ id: number }>(
    `insert into access.person_act (act, person, case_ref, reason, state, proposed_by, proposed_at, ends_at) values ($1, $2, $3, $4, 'waiting', $5, $6, $7) returning id`,
    [wanted.act, wanted.person, wanted.caseRef ?? null, wanted.reason, by, now, now + WAITS_US]);
  return made.rows[0]?.id ?? reject('CAPACITY');
}

/** Locks a proposal that waits for a second person, who is another than the proposer. */
export async function lockWaitingAct(tx: Tx, now: Instant, by: string, id: number): Promise<PersonAct | Rejection> {
  const [act] = await readPersonActs(tx, now, { id, lock: true });
  if (act === undefined) return reject('NOT_FOUND');
  if (act.state !== 'waiting') return reject('DECISION_STALE');
  return act.proposedBy === by ? reject('SECOND_PERSON_REQUIRED') : act;
}

/** Writes the second person's word on a proposal that was locked. `done`: it is carried out; else it may be looked at for an hour. */
export async function closePersonAct(tx: Tx, now: Instant, by: string, act: PersonAct, verdict: { readonly state: 'approved' | 'sent-back' | 'done'; readonly note: string }): Promise<void> {
  await tx.query('update access.person_act set state = $2, second_by = $3, second_at = $4, second_note = $5, ends_at = $6 where id = $1',
    [act.id, verdict.state, by, now, verdict.note, verdict.state === 'approved' ? now + OPEN_US : act.ends]);
}

/** The agreed proposal by which its proposer may look at an identity now. */
export async function agreedUnmasking(db: Db, now: Instant, by: string, id: number): Promise<PersonAct | Rejection> {
  const [act] = await readPersonActs(db, now, { id });
  if (act === undefined || act.act !== 'unmask' || act.proposedBy !== by) return reject('NOT_FOUND');
  if (act.state === 'waiting') return reject('SECOND_PERSON_REQUIRED');
  return act.state === 'approved' ? act : reject('DECISION_STALE');
}

/** Proposals that the transaction's actor may see, newest first; of one person, or by number. */
export async function readPersonActs(db: Db, now: Instant, of: { readonly id?: number; readonly person?: string; readonly waitingOnly?: boolean; readonly lock?: boolean }): Promise<PersonAct[]> {
  const found = await db.query(
    `select id, act, person, case_ref, reason, state, proposed_by, proposed_at, second_by, second_at, second_note, ends_at from access.person_act
     where ($1::bigint is null or id = $1) and ($2::text is null or person = $2) and (not $3 or (state = 'waiting' and ends_at > $4)) order by id desc limit $5 ${of.lock === true ? 'for update' : ''}`,
    [of.id ?? null, of.person ?? null, of.waitingOnly === true, now, PAGE_MAX]);
  return found.rows.map((row) => {
    const one = rowShape.parse(row);
    const isOver = (one.state === 'waiting' || one.state === 'approved') && one.ends_at <= now;
    return {
      id: one.id, act: one.act, person: one.person, caseRef: one.case_ref, reason: one.reason, state: isOver ? 'ended' : one.state, proposedBy: one.proposed_by, proposedAt: instantOf(one.proposed_at),
      secondBy: one.second_by, secondAt: one.second_at === null ? null : instantOf(one.second_at), secondNote: one.second_note, ends: instantOf(one.ends_at),
    };
  });
}

/** Writes down that an officer opened a person's page; gives the entry's index. `tx` sees the house. */
export async function enterPersonOpened(tx: Tx, now: Instant, by: string, opened: { readonly person: string; readonly alert: string | undefined; readonly reason: string }): Promise<number> {
  const [entry] = await append(tx, now, [{
    kind: 'person-opened', actor: by, basis: opened.reason, body: { person: opened.person, ...(opened.alert === undefined ? {} : { alert: opened.alert }) },
  }]);
  if (entry === undefined) throw new Error('an append gives its entries back');
  return entry.index;
}
