/**
 * Acts on dossiers from both desks. The room judges who may and what stands; a decision asks for presence over its
 * hash, which covers who decides, on which firm, what and on which version. Each act answers with its entry.
 */

import { decide, type Session } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { SYSTEM, withActor, type Tx } from '../../log/index.ts';
import { reject, type Instant, type Json, type Rejection } from '../../terms/index.ts';
import type { Refused } from '../problem.ts';
import type { StaffRoutes } from '../staff.ts';
import { adoptionRoutes } from './adoption.ts';
import { returnRoutes } from './aml-return.ts';
import { headroomRoutes, type HeadroomGround } from './headroom-ask.ts';
import { firmPeopleRoutes } from './firm-people.ts';
import { openAnswers, type SealedGround } from './sealed-answers.ts';
import type { DossierGround } from './dossiers.ts';
import { given } from './filings.ts';
import { provePresence } from './permit.ts';

type Act = 'openAnswers' | 'takeStep' | 'fileForm' | 'fileDocument' | 'sendLetter' | 'recordMoment' | 'judgeGate' | 'recordScreening' | 'proposeStep' | 'agree' | 'closeProposal' | 'discharge' | 'waive' | 'agreeWaiver' | 'closeWaiver' | 'announceHoliday';
type Made = { readonly index: number } | Rejection;

/** What answers the dossiers' routes that act. */
export function dossierActRoutes(ground: SealedGround & HeadroomGround): Pick<StaffRoutes, Act> & ReturnType<typeof headroomRoutes> & ReturnType<typeof returnRoutes> & ReturnType<typeof adoptionRoutes> & ReturnType<typeof firmPeopleRoutes> {
  return { openAnswers: (call) => openAnswers(ground, call), ...adoptionRoutes(ground), ...firmPeopleRoutes(ground), ...headroomRoutes(ground), ...returnRoutes(ground), ...filingRoutes(ground), ...officerRoutes(ground), ...decisionRoutes(ground) };
}

function filingRoutes(ground: DossierGround): Pick<StaffRoutes, 'fileForm' | 'fileDocument' | 'sendLetter' | 'recordMoment' | 'discharge' | 'takeStep'> {
  const { licensing, obligations } = ground;
  return {
    fileForm: ({ session, params, body, now }) => acting(ground, session, params.code, async (tx, firm, by) => {
      const { sealed, ...rest } = body;
      const filed = await licensing.fileForm(tx, now, { ...rest, firm, ...given('sealed', sealed) }, by.member);
      return 'code' in filed ? filed : { entry: filed.entry.index, missing: filed.missing.slice(0, 1_000).map((fault) => ({ ...fault })) };
    }),
    fileDocument: ({ session, params, body, now }) => acting(ground, session, params.code, async (tx, firm, by) => {
      const { base64, board, ...rest } = body;
      const filed = await licensing.fileDocument(tx, now, { ...rest, firm, bytes: Buffer.from(base64, 'base64'), ...given('board', board) }, by.member);
      return 'code' in filed ? filed : { entry: filed.index, sha256: filed.body.sha256, pages: filed.body.pages, searchable: filed.body.searchable };
    }),
    sendLetter: ({ session, params, body, now }) => acting(ground, session, params.code, async (tx, firm, by) => {
      const { answers, ...rest } = body;
      return made(await licensing.sendLetter(tx, now, { ...rest, firm, ...given('answers', answers) }, by.member));
    }),
    takeStep: ({ session, params, body, now }) => acting(ground, session, params.code, async (tx, firm, by) => made(await licensing.takeOwnStep(tx, now, { ...body, firm }, by.member))),
    recordMoment: ({ session, params, body, now }) => acting(ground, session, params.code, async (tx, firm, by) => made(await licensing.recordMoment(tx, now, { ...body, firm }, by.member))),
    discharge: ({ session, params, body, now }) => acting(ground, session, params.code, async (tx, firm, by) => made(await obligations.discharge(tx, now, { ...body, firm }, by.member))),
  };
}

function officerRoutes(ground: DossierGround): Pick<StaffRoutes, 'judgeGate' | 'recordScreening' | 'waive' | 'agreeWaiver' | 'closeWaiver' | 'announceHoliday'> {
  const { licensing, obligations, pool } = ground;
  return {
    judgeGate: ({ session, params, body, now }) => acting(ground, session, params.code, async (tx, firm, by) => made(await licensing.judgeGate(tx, now, { ...body, firm }, by.member))),
    recordScreening: ({ session, params, body, now }) => acting(ground, session, params.code, async (tx, firm, by) => made(await licensing.recordScreening(tx, now, { ...body, firm }, by.member))),
    waive: ({ session, params, body, now }) => acting(ground, session, params.code, async (tx, firm, by) => waived(await obligations.waive(tx, now, { ...body, firm }, by.member))),
    agreeWaiver: async ({ session, params, body, now }) => {
      const absent = await unlessHere(ground, session, params.code, now, 'obligation.second', { proposal: params.proposal }, body.stepUp);
      return absent ?? acting(ground, session, params.code, async (tx, firm, by) => waived(await obligations.agreeWaiver(tx, now, { firm, proposal: params.proposal }, by.member)));
    },
    closeWaiver: ({ session, params, body, now }) => acting(ground, session, params.code, async (tx, firm, by) => waived(await obligations.closeWaiver(tx, now, { firm, proposal: params.proposal, note: body.note }, by.member))),
    announceHoliday: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      return withActor(pool, SYSTEM, async (tx) => made(await licensing.announceHoliday(tx, now, body, session.member)));
    },
  };
}

function decisionRoutes(ground: DossierGround): Pick<StaffRoutes, 'proposeStep' | 'agree' | 'closeProposal'> {
  const { licensing } = ground;
  return {
    proposeStep: async ({ session, params, body, now }) => {
      const { stepUp, ...wanted } = body;
      const absent = await unlessHere(ground, session, params.code, now, 'stage.decide', wanted, stepUp);
      if (absent !== undefined) return absent;
      return acting(ground, session, params.code, async (tx, firm, by) => decided(await licensing.propose(tx, now, { ...wanted, firm }, by.member)));
    },
    agree: async ({ session, params, body, now }) => {
      const { stepUp, ...verdict } = body;
      const absent = await unlessHere(ground, session, params.code, now, 'stage.second', { proposal: params.proposal, ...verdict }, stepUp);
      if (absent !== undefined) return absent;
      return acting(ground, session, params.code, async (tx, firm, by) => decided(await licensing.agree(tx, now, { firm, proposal: params.proposal, seen: body.seen }, by.member)));
    },
    closeProposal: ({ session, params, body, now }) => acting(ground, session, params.code, async (tx, firm, by) => made(await licensing.close(tx, now, { firm, proposal: params.proposal, note: body.note }, by.member))),
  };
}

/** Before a proof of presence is spent: a conflict of interest and the same person twice are refused; then presence is asked for. */
async function unlessHere(ground: DossierGround, session: Session | undefined, code: string, now: Instant, action: 'stage.decide' | 'stage.second' | 'obligation.second', decision: object, stepUp: string | undefined): Promise<Refused | undefined> {
  const card = ground.directory.byCode(code);
  if (session === undefined) return reject('SESSION_REQUIRED');
  if (card === undefined) return reject('NOT_FOUND');
  const proposer = 'proposal' in decision ? await withActor(ground.pool, session.actor, (tx) => proposerOf(tx, ground, card.id, now, decision.proposal)) : undefined;
  const may = decide(session.member, action, { firm: card.id, ...given('proposer', proposer) });
  if (!may.allowed) return may.rejection;
  const said: Json = JSON.parse(JSON.stringify({ act: action, by: session.member.account, firm: code, ...decision }));
  return may.needsStepUp ? provePresence(ground, session, now, said, stepUp) : undefined;
}

/** Who proposed: a decision on the dossier, or a waiver. */
async function proposerOf(tx: Tx, ground: DossierGround, firm: string, now: Instant, proposal: unknown): Promise<string | undefined> {
  const decided = (await ground.licensing.read(tx, firm)).proposals.find((one) => one.entry === proposal);
  return decided?.actor ?? (await ground.obligations.occurrences(tx, now)).get(firm)?.find((one) => one.waiver?.entry === proposal)?.waiver?.actor;
}

/** Runs an act as the house, for a firm that the directory knows; the room asks who may. */
async function acting<T extends object>(ground: DossierGround, session: Session | undefined, code: string, act: (tx: Tx, firm: string, by: Session) => Promise<T | Rejection>): Promise<T | Rejection> {
  const card = ground.directory.byCode(code);
  if (session === undefined) return reject('SESSION_REQUIRED');
  if (card === undefined || (session.member.organisation === 'firm' && session.member.firm !== card.id)) return reject('NOT_FOUND');
  const done = await withActor(ground.pool, SYSTEM, (tx) => act(tx, card.id, session));
  if (!('code' in done)) ground.tell('dossier', { firm: card.ref.code });
  return done;
}

function waived(answer: Awaited<ReturnType<DossierGround['obligations']['waive']>>): Answer<'waive'> | Rejection {
  return 'code' in answer ? answer : { entry: answer.entry.index, waits: answer.waits };
}

function made(entry: Made): Answer<'judgeGate'> | Rejection {
  return 'code' in entry ? entry : { entry: entry.index, waits: false };
}

function decided(answer: Awaited<ReturnType<DossierGround['licensing']['propose']>>): Answer<'proposeStep'> | Rejection {
  if ('code' in answer) return answer;
  return answer.state === 'waits' ? { entry: answer.proposal, waits: true } : { entry: answer.entry, waits: false };
}
