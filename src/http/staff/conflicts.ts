/**
 * Conflicts of interest and deputies: an officer declares one by themself, another finds that it is over; a deputy is set by
 * two persons, each with presence over who stands in for whom, in what and for how long. `access` decides and writes.
 */

import { ROLES, decide, type Session } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { reject, type Instant, type Rejection } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import type { Directory } from './directory.ts';
import { unlessProven, type PresenceGround } from './presence.ts';

/** What these routes need from the house. */
export interface ConflictGround extends PresenceGround {
  readonly directory: Directory;
}

type Named = NonNullable<Answer<'dossier'>['weighed']>['deputies'][number];
type ConflictRoute = 'conflicts' | 'declareConflict' | 'endConflict';
type DeputyRoute = 'deputies' | 'proposeDeputy' | 'agreeDeputy' | 'closeDeputy';

/** What answers these routes. */
export function conflictRoutes(ground: ConflictGround): Pick<StaffRoutes, ConflictRoute | DeputyRoute> {
  const { desk, directory } = ground;
  return {
    ...deputyRoutes(ground),
    conflicts: async ({ session }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const items = (await desk.colleagues(session)).filter((each) => each.member.organisation === session.member.organisation).flatMap(({ account, name, member }) => (member.conflicts ?? []).flatMap((firm) => {
        const card = directory.byId(firm);
        return card === undefined ? [] : [{ account, name, firm: card.ref.code, mine: account === session.member.account }];
      }));
      return { items: items.slice(0, 500) };
    },
    declareConflict: async ({ session, body, now }) => {
      const firm = directory.byCode(body.firm)?.id;
      if (session === undefined) return reject('SESSION_REQUIRED');
      return firm === undefined ? reject('FIRM_UNKNOWN', 'firm') : made(await desk.declareConflict(now, session.member, { firm, reason: body.reason }), false);
    },
    endConflict: async ({ session, params, body, now }) => {
      const firm = directory.byCode(body.firm)?.id;
      if (session === undefined) return reject('SESSION_REQUIRED');
      if (firm === undefined) return reject('FIRM_UNKNOWN', 'firm');
      const isColleague = (await desk.colleagues(session)).some((each) => each.account === params.account && each.member.organisation === session.member.organisation);
      return isColleague ? made(await desk.endConflict(now, session.member, { account: params.account, firm, reason: body.reason }), false) : reject('NOT_FOUND', 'account');
    },
  };
}

function deputyRoutes(ground: ConflictGround): Pick<StaffRoutes, DeputyRoute> {
  const { desk } = ground;
  return {
    deputies: async ({ session, now }) => (session === undefined ? reject('SESSION_REQUIRED') : standing(ground, session, now)),
    proposeDeputy: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { stepUp, ...wanted } = body;
      const absent = await unlessProven(ground, session, now, { act: 'deputy.propose', by: session.member.account, ...wanted }, stepUp);
      return absent ?? made(await desk.proposeDeputy(now, session.member, wanted), true);
    },
    agreeDeputy: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const one = (await desk.deputies(now, session)).find((each) => each.proposal === params.proposal && each.state === 'waits');
      if (one === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
      // Before a proof of presence is spent: the same person twice, and the deputy themself, are refused.
      const may = decide(session.member, 'deputy.second', { proposer: one.proposedBy });
      if (!may.allowed) return may.rejection;
      if (one.deputy === session.member.account) return reject('DEPUTY_INVALID', 'deputy');
      const absent = await unlessProven(ground, session, now, { act: 'deputy.second', by: session.member.account, proposal: one.proposal }, body.stepUp);
      return absent ?? made(await desk.agreeDeputy(now, session.member, params.proposal), false);
    },
    closeDeputy: async ({ session, params, body, now }) => (session === undefined ? reject('SESSION_REQUIRED') : made(await desk.closeDeputy(now, session.member, { proposal: params.proposal, note: body.note }), false)),
  };
}

async function standing({ desk }: ConflictGround, session: Session, now: Instant): Promise<Answer<'deputies'>> {
  const colleagues = (await desk.colleagues(session)).filter((each) => each.member.organisation === session.member.organisation);
  const nameOf = (account: string): string => colleagues.find((each) => each.account === account)?.name ?? account;
  const titled = (id: keyof typeof ROLES) => ({ id, title: ROLES[id].title });
  const items = (await desk.deputies(now, session)).flatMap(({ state, ...one }) => (state === 'closed' ? [] : [{
    ...one, state, role: titled(one.role), name: nameOf(one.account), deputyName: nameOf(one.deputy), mine: one.proposedBy === session.member.account,
    maySecond: state === 'waits' && one.deputy !== session.member.account && decide(session.member, 'deputy.second', { proposer: one.proposedBy }).allowed,
  }]));
  return { asOf: now, items, officers: colleagues.map(({ account, name, member }) => ({ account, name, roles: member.roles.map(titled) })) };
}

/** Who stands in for the reader in matters of a firm, and for whom the reader does, by name and role. */
export async function standInNames(desk: ConflictGround['desk'], session: Session, firm: string, now: Instant): Promise<{ readonly deputies: Named[]; readonly standsInFor: Named[] }> {
  const held = (session.member.standsIn ?? []).filter((one) => one.firms === 'all' || one.firms.includes(firm));
  const isTorn = session.member.conflicts?.includes(firm) === true;
  if (held.length === 0 && !isTorn) return { deputies: [], standsInFor: [] };
  const colleagues = await desk.colleagues(session);
  const named = (account: string, role: keyof typeof ROLES): Named => ({ name: colleagues.find((each) => each.account === account)?.name ?? account, role: ROLES[role].title });
  const set = isTorn ? (await desk.deputies(now, session)).filter((one) => one.state === 'set' && one.account === session.member.account && one.from <= now) : [];
  return { deputies: set.map((one) => named(one.deputy, one.role)), standsInFor: held.map((one) => named(one.account, one.role)) };
}

function made(entry: { readonly index: number } | Rejection, waits: boolean): Answer<'declareConflict'> | Rejection {
  return 'code' in entry ? entry : { entry: entry.index, waits };
}
