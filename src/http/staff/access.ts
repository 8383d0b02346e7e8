/**
 * Who is let in: officers by one-time links, firms, and firms' programs by one-time codes. `access` and `licensing`
 * decide and write the entries; here the reader's firm and presence are asked for and the answers are put into the
 * contract's shapes. A firm's people see, let in and invite people and programs of their own firm alone.
 */

import { ROLES, decide, type ClientRegister, type NewOfficer, type Session } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import type { Framework } from '../../framework/index.ts';
import { changeStage, registerFirm } from '../../licensing/index.ts';
import { SYSTEM, withActor, type Tx } from '../../log/index.ts';
import { reject, type Instant, type Rejection } from '../../terms/index.ts';
import type { Call, StaffRoutes } from '../staff.ts';
import type { Directory } from './directory.ts';
import { unlessProven, type PresenceGround } from './presence.ts';

/** What these routes need from the house. */
export interface AccessGround extends PresenceGround {
  readonly framework: Framework;
  readonly clients: ClientRegister;
  readonly random: (length: number) => Uint8Array;
  readonly directory: Directory;
  /** The address of a one-time link. */
  readonly linkOf: (ticket: string) => string;
}

type OfficerRoute = 'officers' | 'registerOfficer' | 'linkOfficer' | 'endOfficer';
type FirmRoute = 'registerFirm' | 'clients' | 'inviteClient' | 'revokeClient';
type Role = keyof typeof ROLES;

/** The FMU is no part of the authority: its people are not let in by the authority's administrators. */
const LET_IN = ['authority', 'firm', 'auditor'] as const;
const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);
/** A firm's compliance officer lets in people of that firm, and of nothing else. */
const letInBy = (session: Session): readonly (typeof LET_IN)[number][] => (session.member.organisation === 'firm' ? ['firm'] : LET_IN);

/** What answers these routes. */
export function accessRoutes(ground: AccessGround): Pick<StaffRoutes, OfficerRoute | FirmRoute> {
  return { ...officerRoutes(ground), ...firmRoutes(ground) };
}

function officerRoutes(ground: AccessGround): Pick<StaffRoutes, OfficerRoute> {
  const { desk } = ground;
  return {
    officers: async ({ session }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const items = (await desk.colleagues(session)).map((each) => ({
        account: each.account, name: each.name, organisation: each.member.organisation, firm: codeOf(ground, each.member.firm), roles: each.member.roles.map((id) => ({ id, title: ROLES[id].title })),
      }));
      const roles = Object.keys(ROLES).filter(isRole).filter((id) => letInBy(session).some((one) => one === ROLES[id].organisation)).map((id) => ({ id, title: ROLES[id].title, organisation: ROLES[id].organisation }));
      return { items, roles };
    },
    registerOfficer: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { stepUp, basis, ...wanted } = body;
      const officer = officerOf(ground, session, wanted);
      if ('code' in officer) return officer;
      const absent = await unlessProven(ground, session, now, { act: 'staff.register', by: session.member.account, basis, ...wanted }, stepUp);
      return absent ?? linkAnswer(ground, officer.account, await desk.letIn(now, officer, { actor: session.member.account, basis }));
    },
    linkOfficer: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const barred = await unlessColleague(ground, session, params.account);
      if (barred !== undefined) return barred;
      const absent = await unlessProven(ground, session, now, { act: 'staff.link', by: session.member.account, account: params.account, basis: body.basis }, body.stepUp);
      return absent ?? linkAnswer(ground, params.account, await desk.linkAgain(now, params.account, { actor: session.member.account, basis: body.basis }));
    },
    endOfficer: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      if (params.account === session.member.account) return reject('DECISION_INVALID', 'account');
      const barred = await unlessColleague(ground, session, params.account);
      if (barred !== undefined) return barred;
      const absent = await unlessProven(ground, session, now, { act: 'staff.end', by: session.member.account, account: params.account, basis: body.basis }, body.stepUp);
      return absent ?? (await desk.letGo(now, params.account, { actor: session.member.account, basis: body.basis })) ?? {};
    },
  };
}

/** An account that the reader's row-level security shows: an administrator neither links nor ends people of another organisation's. */
async function unlessColleague(ground: AccessGround, session: Session, account: string): Promise<Rejection | undefined> {
  return (await ground.desk.colleagues(session)).some((each) => each.account === account) ? undefined : reject('NOT_FOUND', 'account');
}

function officerOf(ground: AccessGround, session: Session, wanted: { readonly account: string; readonly name: string; readonly roles: readonly string[]; readonly firm?: string | undefined }): NewOfficer | Rejection {
  const roles = wanted.roles.filter(isRole);
  const organisation = letInBy(session).find((one) => roles.every((role) => ROLES[role].organisation === one));
  if (roles.length !== wanted.roles.length || organisation === undefined) return reject('REQUEST_INVALID', 'roles');
  const own = session.member.firm;
  const firm = wanted.firm === undefined ? own : ground.directory.byCode(wanted.firm)?.id;
  if ((wanted.firm !== undefined && firm === undefined) || (own !== undefined && firm !== own)) return reject('FIRM_UNKNOWN', 'firm');
  return { account: wanted.account, name: wanted.name, organisation, roles, ...(firm === undefined ? {} : { firm }) };
}

function linkAnswer(ground: AccessGround, account: string, issued: { readonly ticket: string; readonly expires: Answer<'linkOfficer'>['expires'] } | Rejection): Answer<'linkOfficer'> | Rejection {
  return 'code' in issued ? issued : { account, link: ground.linkOf(issued.ticket), expires: issued.expires };
}

function firmRoutes(ground: AccessGround): Pick<StaffRoutes, FirmRoute> {
  return {
    registerFirm: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { stepUp, basis, ...wanted } = body;
      const absent = await unlessProven(ground, session, now, { act: 'firm.register', by: session.member.account, basis, ...wanted }, stepUp);
      if (absent !== undefined) return absent;
      const { nameUr, ...named } = wanted;
      const entered = await withActor(ground.pool, SYSTEM, (tx) => enterFirm(ground, tx, now, { ...named, ...(nameUr === undefined ? {} : { nameUr }), synthetic: false }, { actor: session.member.account, basis }));
      return 'code' in entered ? entered : { firm: entered.body.firm, number: entered.body.number, entry: entered.index };
    },
    clients: async ({ session }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const items = await ground.clients.list(session.actor);
      return { items: items.map((each) => ({ id: each.id, firm: codeOf(ground, each.firm), keyId: each.keyId, algorithm: each.algorithm, registeredAt: each.registeredAt, revokedAt: each.revokedAt ?? null })) };
    },
    inviteClient: (call) => inviteClient(ground, call),
    revokeClient: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const own = session.member.firm === undefined ? {} : { firm: session.member.firm };
      return (await ground.clients.revoke(now, { id: params.id, ...own }, { actor: session.member.account, basis: body.reason })) ?? {};
    },
  };
}

/** Makes a firm known, and records that it holds nothing yet: from there it may apply. What it held before is for two officers to decide. */
async function enterFirm(ground: AccessGround, tx: Tx, now: Instant, wanted: Parameters<typeof registerFirm>[2], by: { readonly actor: string; readonly basis: string }): ReturnType<typeof registerFirm> {
  const entered = await registerFirm(tx, now, wanted, by);
  const nothing = [...ground.framework.stages.values()].find((stage) => stage.initial && stage.standing === 'none');
  if ('code' in entered || nothing === undefined) return entered;
  const begun = await changeStage(tx, now, ground.framework, { firm: wanted.firm, from: null, to: nothing.stage, effectiveFrom: now, reasons: by.basis, evidence: [] }, by);
  return 'code' in begun ? begun : entered;
}

async function inviteClient(ground: AccessGround, { session, body, now }: Call<'inviteClient'>): ReturnType<StaffRoutes['inviteClient']> {
  if (session === undefined) return reject('SESSION_REQUIRED');
  const { stepUp, basis, ...wanted } = body;
  const firm = ground.directory.byCode(wanted.firm);
  if (firm === undefined) return reject('FIRM_UNKNOWN', 'firm');
  const allowed = decide(session.member, 'client.register', { firm: firm.id });
  if (!allowed.allowed) return allowed.rejection;
  const absent = await unlessProven(ground, session, now, { act: 'client.register', by: session.member.account, basis, ...wanted }, stepUp);
  if (absent !== undefined) return absent;
  const issued = await ground.clients.invite(now, ground.random, { client: wanted.client, firm: firm.id }, { actor: session.member.account, basis });
  return 'code' in issued ? issued : { client: wanted.client, firm: firm.ref.code, invitation: Buffer.from(issued.ticket, 'base64').toString('base64url'), expires: issued.expires };
}

function codeOf(ground: AccessGround, firm: string | undefined): string | null {
  return firm === undefined ? null : ground.directory.byId(firm)?.ref.code ?? null;
}
