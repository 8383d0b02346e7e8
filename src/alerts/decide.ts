/**
 * What officers do with alerts. Each act first folds what the ledger holds by then, and names the version that the
 * officer saw; a colleague or a finding that was quicker makes it stale, and nothing is overwritten. Closing a high
 * or critical alert waits for a second person, who cannot be the proposer. Each act is an entry of the ledger, and
 * what it does to the alert is folded from that entry in the same transaction.
 */

import type pg from 'pg';
import { append, withActor, type Actor, type NewEntry, type Tx } from '../log/index.ts';
import { assert, reject, type Instant, type Rejection } from '../terms/index.ts';
import { TAKEN_BACK, applyDecided } from './decided.ts';
import { alertName } from './fold.ts';
import { catchUp } from './follow.ts';
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

/** A transaction of an officer on alerts as the whole ledger has them. */
function acting<T>(pool: pg.Pool, now: Instant, by: Officer, act: (tx: Tx) => Promise<T>): Promise<T> {
  return withActor(pool, by.actor, async (tx) => {
    await catchUp(tx, now);
    return act(tx);
  });
}

/** Appends the act and folds it; gives the decision that it made or ended. */
async function enter(tx: Tx, now: Instant, act: Omit<NewEntry<'alert-decided'>, 'kind' | 'basis'>): Promise<number | undefined> {
  const [entry] = await append(tx, now, [{ kind: 'alert-decided', basis: BASIS, ...act }]);
  assert(entry !== undefined, 'an append gives its entries back');
  const decision = await applyDecided(tx, entry);
  assert(decision !== 'adrift', 'an act that was judged has its alert');
  return decision;
}

/** Assigns an alert to a colleague, or to nobody. */
export function assignAlert(pool: pg.Pool, now: Instant, by: Officer, alert: number, act: { readonly to: string | null; readonly version: number }): Promise<Rejection | undefined> {
  return acting(pool, now, by, async (tx) => {
    const row = await lockAlert(tx, alert, act.version);
    if ('code' in row) return row;
    await enter(tx, now, { actor: by.account, body: { alert: alertName(alert), act: act.to === null ? 'unassign' : 'assign', seen: act.version, ...(act.to === null ? {} : { assignee: act.to }) } });
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
  return acting(pool, now, by, async (tx) => {
    const row = await lockAlert(tx, alert, proposal.version);
    if ('code' in row) return row;
    const waiting = await tx.query(`select from alerts.decision where alert = $1 and state = 'waiting'`, [alert]);
    if ((waiting.rowCount ?? 0) > 0) return reject('DECISION_STALE', 'a decision waits');
    const alone = !needsSecond(row.severity);
    const act = proposal.outcome === 'dismiss' ? (alone ? 'dismiss' : 'proposeDismiss') : alone ? 'escalate' : 'proposeEscalate';
    const decision = await enter(tx, now, { actor: by.account, body: { alert: alertName(alert), act, reason: proposal.reason, note: proposal.note, seen: proposal.version } });
    assert(decision !== undefined, 'a proposal is a decision');
    return { decision };
  });
}

/** Seconds a waiting decision, or sends it back. The second person is another than the proposer, held by the transaction too. */
export function secondDecision(pool: pg.Pool, now: Instant, by: Officer, decision: number, act: { readonly verdict: 'approve' | 'send-back'; readonly note: string }): Promise<{ readonly alert: number } | Rejection> {
  return acting(pool, now, by, async (tx) => {
    const row = await lockDecision(tx, decision);
    if ('code' in row) return row;
    if (row.proposed_by === by.account) return reject('SECOND_PERSON_REQUIRED');
    if (act.verdict === 'send-back' && act.note.trim() === '') return reject('DECISION_INVALID', 'note');
    await enter(tx, now, {
      actor: row.proposed_by, second: by.account, body: { alert: alertName(row.alert), act: act.verdict === 'approve' ? row.outcome : 'sendBack', seen: 0, ...(act.note === '' ? {} : { note: act.note }) },
    });
    return { alert: row.alert };
  });
}

/** Takes one's own waiting proposal back. */
export function withdrawDecision(pool: pg.Pool, now: Instant, by: Officer, decision: number): Promise<{ readonly alert: number } | Rejection> {
  return acting(pool, now, by, async (tx) => {
    const row = await lockDecision(tx, decision);
    if ('code' in row) return row;
    if (row.proposed_by !== by.account) return reject('FORBIDDEN', 'the proposer');
    await enter(tx, now, { actor: by.account, body: { alert: alertName(row.alert), act: 'sendBack', seen: 0, reason: TAKEN_BACK } });
    return { alert: row.alert };
  });
}

async function lockAlert(tx: Tx, alert: number, version: number): Promise<AlertRow | Rejection> {
  const found = await tx.query<AlertRow>('select id, state, version, severity, assignee from alerts.alert where id = $1 for update', [alert]);
  const row = found.rows[0];
  if (row === undefined) return reject('NOT_FOUND');
  return row.state === 'open' && row.version === version ? row : reject('DECISION_STALE');
}

interface Waiting {
  readonly alert: number; readonly outcome: 'dismiss' | 'escalate'; readonly state: string; readonly proposed_by: string;
}

async function lockDecision(tx: Tx, decision: number): Promise<Waiting | Rejection> {
  const found = await tx.query<Waiting>('select alert, outcome, state, proposed_by from alerts.decision where id = $1 for update', [decision]);
  const row = found.rows[0];
  if (row === undefined) return reject('NOT_FOUND');
  return row.state === 'waiting' ? row : reject('DECISION_STALE');
}
