/**
 * What officers do with alerts. Each act names the version that the officer saw; a colleague who was quicker
 * makes it stale, and nothing is overwritten. Closing a high or critical alert waits for a second person, who
 * cannot be the proposer. Each act is an entry of the ledger in the same transaction.
 */

import type pg from 'pg';
import { append, withActor, type Actor, type Tx } from '../log/index.ts';
import { reject, type Instant, type Rejection } from '../terms/index.ts';
import { addStep, alertName } from './fold.ts';
import type { Severity } from './score.ts';

const BASIS = 'Virtual Assets Act 2026, s.9 and s.48';

/** Who acts: the account, and the actor that row-level security sees. */
export interface Officer {
  readonly account: string;
  readonly actor: Actor;
}

/** Severities whose closing needs a second person. */
export const needsSecond = (severity: Severity): boolean => severity === 'critical' || severity === 'high';

interface AlertRow {
  id: number; state: string; version: number; severity: Severity; assignee: string | null;
}

/** Assigns an alert to a colleague, or to nobody. */
export function assignAlert(pool: pg.Pool, now: Instant, by: Officer, alert: number, act: { readonly to: string | null; readonly version: number }): Promise<Rejection | undefined> {
  return withActor(pool, by.actor, async (tx) => {
    const row = await lockAlert(tx, alert, act.version);
    if ('code' in row) return row;
    const [entry] = await append(tx, now, [{
      kind: 'alert-decided', actor: by.account, basis: BASIS,
      body: { alert: alertName(alert), act: act.to === null ? 'unassign' : 'assign', seen: act.version, ...(act.to === null ? {} : { assignee: act.to }) },
    }]);
    await tx.query('update alerts.alert set assignee = $2, version = version + 1, changed_at = $3 where id = $1', [alert, act.to, now]);
    await addStep(tx, alert, { at: now, by: by.account, what: act.to === null ? 'unassigned' : 'assigned', note: act.to, entry: entry?.index ?? null });
    return undefined;
  });
}

export interface Proposal {
  readonly outcome: 'dismiss' | 'escalate';
  readonly reason: string;
  readonly note: string;
  readonly version: number;
}

/** Proposes to close an alert, or closes it at once where no second person is needed. Gives the decision's number. */
export function proposeDecision(pool: pg.Pool, now: Instant, by: Officer, alert: number, proposal: Proposal): Promise<{ readonly decision: number } | Rejection> {
  return withActor(pool, by.actor, async (tx) => {
    const row = await lockAlert(tx, alert, proposal.version);
    if ('code' in row) return row;
    const waiting = await tx.query(`select from alerts.decision where alert = $1 and state = 'waiting'`, [alert]);
    if ((waiting.rowCount ?? 0) > 0) return reject('DECISION_STALE', 'a decision waits');
    const alone = !needsSecond(row.severity);
    const act = proposal.outcome === 'dismiss' ? (alone ? 'dismiss' : 'proposeDismiss') : alone ? 'escalate' : 'proposeEscalate';
    const [entry] = await append(tx, now, [{
      kind: 'alert-decided', actor: by.account, basis: BASIS, body: { alert: alertName(alert), act, reason: `${proposal.reason}: ${proposal.note}`.slice(0, 2_000), seen: proposal.version },
    }]);
    const made = await tx.query<{ id: number }>(
      `insert into alerts.decision (alert, outcome, reason, note, state, proposed_by, proposed_at, entry) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
      [alert, proposal.outcome, proposal.reason, proposal.note, alone ? 'done-alone' : 'waiting', by.account, now, entry?.index ?? null]);
    await addStep(tx, alert, { at: now, by: by.account, what: alone ? pastOf(proposal.outcome) : 'proposed', note: proposal.note, entry: entry?.index ?? null });
    await touch(tx, alert, now, alone ? pastOf(proposal.outcome) : undefined);
    return { decision: made.rows[0]?.id ?? 0 };
  });
}

/** Seconds a waiting decision, or sends it back. The second person is another than the proposer, held by the transaction too. */
export function secondDecision(pool: pg.Pool, now: Instant, by: Officer, decision: number, act: { readonly verdict: 'approve' | 'send-back'; readonly note: string }): Promise<{ readonly alert: number } | Rejection> {
  return withActor(pool, by.actor, async (tx) => {
    const found = await tx.query<{ alert: number; outcome: 'dismiss' | 'escalate'; state: string; proposed_by: string }>(
      'select alert, outcome, state, proposed_by from alerts.decision where id = $1 for update', [decision]);
    const row = found.rows[0];
    if (row === undefined) return reject('NOT_FOUND');
    if (row.state !== 'waiting') return reject('DECISION_STALE');
    if (row.proposed_by === by.account) return reject('SECOND_PERSON_REQUIRED');
    if (act.verdict === 'send-back' && act.note.trim() === '') return reject('DECISION_INVALID', 'note');
    const approved = act.verdict === 'approve';
    const [entry] = await append(tx, now, [{
      kind: 'alert-decided', actor: row.proposed_by, second: by.account, basis: BASIS,
      body: { alert: alertName(row.alert), act: approved ? row.outcome : 'sendBack', seen: 0, ...(act.note === '' ? {} : { reason: act.note }) },
    }]);
    await tx.query('update alerts.decision set state = $2, second_by = $3, second_at = $4, second_note = $5, entry = $6 where id = $1',
      [decision, approved ? 'approved' : 'sent-back', by.account, now, act.note, entry?.index ?? null]);
    await addStep(tx, row.alert, { at: now, by: by.account, what: approved ? 'approved' : 'sent-back', note: act.note === '' ? null : act.note, entry: entry?.index ?? null });
    await touch(tx, row.alert, now, approved ? pastOf(row.outcome) : undefined);
    return { alert: row.alert };
  });
}

/** Takes one's own waiting proposal back. */
export function withdrawDecision(pool: pg.Pool, now: Instant, by: Officer, decision: number): Promise<{ readonly alert: number } | Rejection> {
  return withActor(pool, by.actor, async (tx) => {
    const found = await tx.query<{ alert: number; state: string; proposed_by: string }>('select alert, state, proposed_by from alerts.decision where id = $1 for update', [decision]);
    const row = found.rows[0];
    if (row === undefined) return reject('NOT_FOUND');
    if (row.state !== 'waiting') return reject('DECISION_STALE');
    if (row.proposed_by !== by.account) return reject('FORBIDDEN', 'the proposer');
    const [entry] = await append(tx, now, [{ kind: 'alert-decided', actor: by.account, basis: BASIS, body: { alert: alertName(row.alert), act: 'sendBack', seen: 0, reason: 'withdrawn by the proposer' } }]);
    await tx.query(`update alerts.decision set state = 'withdrawn', entry = $2 where id = $1`, [decision, entry?.index ?? null]);
    await addStep(tx, row.alert, { at: now, by: by.account, what: 'withdrawn', note: null, entry: entry?.index ?? null });
    await touch(tx, row.alert, now, undefined);
    return { alert: row.alert };
  });
}

async function lockAlert(tx: Tx, alert: number, version: number): Promise<AlertRow | Rejection> {
  const found = await tx.query<AlertRow>('select id, state, version, severity, assignee from alerts.alert where id = $1 for update', [alert]);
  const row = found.rows[0];
  if (row === undefined) return reject('NOT_FOUND');
  return row.state === 'open' && row.version === version ? row : reject('DECISION_STALE');
}

async function touch(tx: Tx, alert: number, now: Instant, state: 'dismissed' | 'escalated' | undefined): Promise<void> {
  await tx.query('update alerts.alert set state = coalesce($2, state), version = version + 1, changed_at = $3 where id = $1', [alert, state ?? null, now]);
}

function pastOf(outcome: 'dismiss' | 'escalate'): 'dismissed' | 'escalated' {
  return outcome === 'dismiss' ? 'dismissed' : 'escalated';
}
