/**
 * A person's page and the acts on a person, for the authority's officers alone: no firm and no other organisation has
 * a role that reaches these routes, and what they read is read under the reader's actor. The vault opens and destroys;
 * its entry names both officers and is on disk before anything is opened. Nothing that the vault gave is kept or logged.
 */

import { decide, type Session } from '../../access/index.ts';
import { agreedUnmasking, closePersonAct, enterPersonOpened, lockWaitingAct, proposePersonAct, readPersonActs, type PersonAct } from '../../access/person-acts.ts';
import { alertName, listAlerts, readAlert } from '../../alerts/index.ts';
import type { Answer } from '../../contract/console.ts';
import { readPersonFirms } from '../../intake/index.ts';
import { SYSTEM, withActor, type Tx } from '../../log/index.ts';
import { readHit } from '../../screening/hits/index.ts';
import { instantOf, reject, type Instant, type Rejection } from '../../terms/index.ts';
import { VaultDown, type VaultClient } from '../../vault/index.ts';
import type { Refused } from '../problem.ts';
import type { Call, StaffRoutes } from '../staff.ts';
import type { Directory } from './directory.ts';
import { ruleOf } from './finding.ts';
import { unlessProven, type PresenceGround } from './presence.ts';
import { staffRef } from './session.ts';

/** What these routes need from the house. */
export interface PeopleGround extends PresenceGround {
  readonly directory: Directory;
  readonly vault: Pick<VaultClient, 'unmask' | 'erase'>;
}

type PeopleRoute = 'openPerson' | 'proposeUnmasking' | 'proposeErasure' | 'personActs' | 'secondPersonAct' | 'readIdentity';
type ActRow = Answer<'personActs'>['items'][number];

const ALERTS_MAX = 100;

/** What answers these routes. */
export function peopleRoutes(ground: PeopleGround): Pick<StaffRoutes, PeopleRoute> {
  return {
    openPerson: (call) => openPerson(ground, call),
    proposeUnmasking: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const firms = await withActor(ground.pool, session.actor, (tx) => firmsOfCase(tx, body.case, params.person));
      if (firms === undefined) return reject('DECISION_INVALID', 'case');
      for (const firm of firms) {
        const allowed = decide(session.member, 'person.unmask', { firm });
        if (!allowed.allowed) return allowed.rejection;
      }
      return propose(ground, session, now, { act: 'unmask', person: params.person, caseRef: body.case, reason: body.reason }, body.stepUp);
    },
    proposeErasure: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      return propose(ground, session, now, { act: 'erase', person: params.person, caseRef: undefined, reason: body.reason }, body.stepUp);
    },
    personActs: async ({ session, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const acts = await withActor(ground.pool, session.actor, (tx) => readPersonActs(tx, now, { waitingOnly: true }));
      return { items: await rowsOf(ground, session, acts) };
    },
    secondPersonAct: (call) => second(ground, call),
    readIdentity: (call) => readIdentity(ground, call),
  };
}

/** The firms of a case, an alert or a screening hit, when it is about this person. */
async function firmsOfCase(tx: Tx, name: string, person: string): Promise<readonly string[] | undefined> {
  const number = Number(name.slice(3));
  if (name.startsWith('SH-')) return (await readHit(tx, number))?.row.person === person ? (await readPersonFirms(tx, person)).map((one) => one.firm) : undefined;
  const alert = await readAlert(tx, number);
  return alert?.alert.person === person ? alert.alert.firms : undefined;
}

async function openPerson(ground: PeopleGround, { session, params, body, now }: Call<'openPerson'>): ReturnType<StaffRoutes['openPerson']> {
  if (session === undefined) return reject('SESSION_REQUIRED');
  const { person } = params;
  const read = await withActor(ground.pool, session.actor, async (tx) => ({
    firms: await readPersonFirms(tx, person), acts: await readPersonActs(tx, now, { person }),
    alerts: [...(await alertsOf(tx, session, person, 'open')), ...(await alertsOf(tx, session, person, 'closed'))],
  }));
  if (read.firms.length === 0 && read.alerts.length === 0) return reject('NOT_FOUND');
  const entry = await withActor(ground.pool, SYSTEM, (tx) => enterPersonOpened(tx, now, session.member.account, { person, alert: body.alert, reason: body.reason }));
  return {
    asOf: now, person, entry,
    firms: read.firms.flatMap(({ firm, references }) => (ground.directory.byId(firm) === undefined ? [] : [{ firm: ground.directory.byId(firm)?.ref.code ?? '', references }])),
    alerts: read.alerts.map((row) => ({ id: alertName(row.id), title: ruleOf(row.lead_rule).title, severity: row.severity, state: row.state, raisedAt: instantOf(row.raised_at) })),
    acts: await rowsOf(ground, session, read.acts),
  };
}

async function alertsOf(tx: Tx, session: Session, person: string, view: 'open' | 'closed'): Promise<Awaited<ReturnType<typeof listAlerts>>['items']> {
  return (await listAlerts(tx, { view, account: session.member.account, person, sort: 'raised', skip: 0, limit: ALERTS_MAX })).items;
}

async function propose(ground: PeopleGround, session: Session, now: Instant, wanted: Parameters<typeof proposePersonAct>[3], stepUp: string | undefined): Promise<Answer<'proposeErasure'> | Refused> {
  const { act, person, caseRef, reason } = wanted;
  const absent = await unlessProven(ground, session, now, { act: `person.${act}`, by: session.member.account, person, reason, ...(caseRef === undefined ? {} : { case: caseRef }) }, stepUp);
  if (absent !== undefined) return absent;
  const proposed = await withActor(ground.pool, SYSTEM, (tx) => proposePersonAct(tx, now, session.member.account, wanted));
  return typeof proposed === 'number' ? actAnswer(ground, session, now, proposed) : proposed;
}

async function second(ground: PeopleGround, { session, params, body, now }: Call<'secondPersonAct'>): ReturnType<StaffRoutes['secondPersonAct']> {
  if (session === undefined) return reject('SESSION_REQUIRED');
  const id = numberOf(params.id);
  const by = session.member.account;
  const [seen] = await withActor(ground.pool, session.actor, (tx) => readPersonActs(tx, now, { id }));
  if (seen === undefined) return reject('NOT_FOUND');
  const allowed = decide(session.member, 'decision.second', { proposer: seen.proposedBy });
  if (!allowed.allowed) return allowed.rejection;
  if (seen.state !== 'waiting') return reject('DECISION_STALE');
  if (body.verdict === 'send-back' && body.note.trim() === '') return reject('DECISION_INVALID', 'note');
  const absent = await unlessProven(ground, session, now, { act: 'decision.second', by, proposal: params.id, of: seen.act, person: seen.person, verdict: body.verdict, note: body.note }, body.stepUp);
  if (absent !== undefined) return absent;
  const refused = await withActor(ground.pool, SYSTEM, async (tx): Promise<Rejection | undefined> => {
    const act = await lockWaitingAct(tx, now, by, id);
    if ('code' in act) return act;
    if (body.verdict === 'send-back') return void (await closePersonAct(tx, now, by, act, { state: 'sent-back', note: body.note }));
    const failed = act.act === 'erase' ? await erase(ground, act, by) : undefined;
    return failed ?? void (await closePersonAct(tx, now, by, act, { state: act.act === 'erase' ? 'done' : 'approved', note: body.note }));
  });
  return refused ?? actAnswer(ground, session, now, id);
}

/** The vault destroys; a person who is gone already was destroyed by a try whose answer was lost. */
async function erase(ground: PeopleGround, act: PersonAct, by: string): Promise<Rejection | undefined> {
  const refused = await orDown(() => ground.vault.erase({ person: act.person, actor: act.proposedBy, second: by, reason: act.reason }));
  return refused?.code === 'NOT_FOUND' ? undefined : refused;
}

async function readIdentity(ground: PeopleGround, { session, params, now }: Call<'readIdentity'>): ReturnType<StaffRoutes['readIdentity']> {
  if (session === undefined) return reject('SESSION_REQUIRED');
  const act = await withActor(ground.pool, session.actor, (tx) => agreedUnmasking(tx, now, session.member.account, numberOf(params.id)));
  if ('code' in act) return act;
  const { secondBy, caseRef, person, reason } = act;
  if (secondBy === null || caseRef === null) return reject('SECOND_PERSON_REQUIRED');
  const found = await orDown(() => ground.vault.unmask({ person, actor: session.member.account, second: secondBy, reason, case: caseRef }));
  if ('code' in found) return found;
  return { asOf: now, person, identities: found.map((one) => ({ firm: ground.directory.byId(one.firm)?.ref.code ?? null, customer: one.customer, at: one.at, identity: { ...one.identity } })) };
}

/** While the vault cannot be asked nothing is decided, and the officer is told to come again. */
async function orDown<T>(ask: () => Promise<T>): Promise<T | Rejection> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof VaultDown)) throw error;
    return reject('CAPACITY', 'vault');
  }
}

async function actAnswer(ground: PeopleGround, session: Session, now: Instant, id: number): Promise<Answer<'proposeErasure'> | Rejection> {
  const acts = await withActor(ground.pool, session.actor, (tx) => readPersonActs(tx, now, { id }));
  const [act] = await rowsOf(ground, session, acts);
  return act === undefined ? reject('NOT_FOUND') : { act };
}

async function rowsOf(ground: PeopleGround, session: Session, acts: readonly PersonAct[]): Promise<ActRow[]> {
  const people = new Map((await ground.desk.colleagues(session)).map((each) => [each.account, staffRef({ account: each.account, name: each.name, roles: each.member.roles })]));
  const named = (account: string) => people.get(account) ?? { id: account, name: account, role: { en: 'former colleague', ur: 'سابق ساتھی' } };
  return acts.map((act) => ({
    id: `PA-${act.id}`, act: act.act, person: act.person, case: act.caseRef, reason: act.reason, state: act.state, proposedBy: named(act.proposedBy), proposedAt: act.proposedAt,
    secondBy: act.secondBy === null ? null : named(act.secondBy), secondAt: act.secondAt, secondNote: act.secondNote, ends: act.ends,
    maySecond: act.state === 'waiting' && decide(session.member, 'decision.second', { proposer: act.proposedBy }).allowed,
  }));
}

const numberOf = (id: string): number => Number(id.slice(3));
