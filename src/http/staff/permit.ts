/**
 * What an act on an alert needs beside the permission that its route asks for: no conflict of interest in a
 * firm of the alert, an assignee who may work on alerts, and, where a second person is needed, presence proven
 * over the decision's hash. The hash covers who acts, on what, with what outcome and words, so a proof of one
 * decision serves no other.
 */

import { actionsOf, decide, type Session, type StaffDesk } from '../../access/index.ts';
import { needsSecond, readAlert, type AlertListed } from '../../alerts/index.ts';
import { withActor } from '../../log/index.ts';
import { reject, type Instant, type Json, type Rejection } from '../../terms/index.ts';
import type { Refused } from '../problem.ts';
import type { AlertGround } from './alerts.ts';
import { unlessProven } from './presence.ts';

type Ground = Pick<AlertGround, 'pool' | 'desk'>;

/** The alert that is acted on, or why this reader may not: it is not there, it has changed since, or a firm of it is a conflict of interest. */
export async function alertToActOn(ground: Ground, session: Session, action: 'alert.assign' | 'alert.decide', id: number, version: number): Promise<AlertListed | Rejection> {
  const found = await withActor(ground.pool, session.actor, (tx) => readAlert(tx, id));
  if (found === undefined) return reject('NOT_FOUND');
  // Before a proof of presence is spent on it: a code is good once.
  if (found.alert.state !== 'open' || found.alert.version !== version) return reject('DECISION_STALE');
  for (const firm of found.alert.firms) {
    const decision = decide(session.member, action, { firm });
    if (!decision.allowed) return decision.rejection;
  }
  return found.alert;
}

/** Colleagues who may work on an alert: of the reader's own organisation, and with the power to decide. */
export async function colleaguesWhoDecide(desk: StaffDesk, session: Session): Promise<Awaited<ReturnType<StaffDesk['colleagues']>>> {
  const all = await desk.colleagues(session);
  return all.filter(({ member }) => member.organisation === session.member.organisation && actionsOf(member).includes('alert.decide'));
}

/** An alert goes to somebody who may decide on it, or to nobody. */
export async function barredAssignee(ground: Ground, session: Session, to: string | null): Promise<Rejection | undefined> {
  if (to === null || (await colleaguesWhoDecide(ground.desk, session)).some((one) => one.account === to)) return undefined;
  return reject('DECISION_INVALID', 'to');
}

/** What presence is asked for: an act of the table of roles, on whose proposal, on an alert of which severity. */
export interface Asked {
  readonly action: 'alert.decide' | 'decision.second';
  readonly proposer?: string;
  readonly severity: AlertListed['severity'];
}

/** Asks for presence over the decision's hash where the table of roles does and a second person is needed; nothing when it was proven, or is not asked for. */
export async function unlessPresent(ground: Ground, session: Session, now: Instant, asked: Asked, decision: Json, stepUp: string | undefined): Promise<Refused | undefined> {
  const allowed = decide(session.member, asked.action, asked.proposer === undefined ? {} : { proposer: asked.proposer });
  if (!allowed.allowed) return allowed.rejection;
  if (!allowed.needsStepUp || !needsSecond(asked.severity)) return undefined;
  return provePresence(ground, session, now, decision, stepUp);
}

/** Asks for presence over the decision's hash; nothing when it was proven. */
export async function provePresence(ground: Ground, session: Session, now: Instant, decision: Json, stepUp: string | undefined): Promise<Refused | undefined> {
  return unlessProven(ground, session, now, decision, stepUp);
}
