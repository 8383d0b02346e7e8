/**
 * Sign-in, the session and step-up for the console: `access` decides, this turns its answers into the
 * contract's shapes and the cookie.
 */

import { ROLES, actionsOf, type BrowserDoor, type Session, type StaffDesk } from '../../access/index.ts';
import { permissions, type Answer, type Permission } from '../../contract/console.ts';
import { assert, reject, type Instant, type Rejection } from '../../terms/index.ts';
import type { Call, StaffRoutes } from '../staff.ts';
import { colleaguesWhoDecide } from './permit.ts';

/** What the session's routes need from the house. */
export interface SessionGround {
  readonly desk: StaffDesk;
  readonly browser: BrowserDoor;
  readonly house: Answer<'house'>;
  readonly authority: { readonly en: string; readonly ur: string };
  /** The firm of a person, as screens name it. */
  readonly firmOf: (id: string) => NonNullable<SessionShape['firm']> | undefined;
}

type SessionRoute = 'house' | 'signInPassword' | 'signInTotp' | 'signInPasskeyOptions' | 'signInPasskey' | 'signInLink' | 'session' | 'signOut' | 'addPasskeyOptions' | 'addPasskey' | 'stepUp' | 'staff';

/** What answers the session's routes. */
export function sessionRoutes(ground: SessionGround): Pick<StaffRoutes, SessionRoute> {
  const { desk, browser } = ground;
  const opened = (call: Pick<Call<RouteNameOf>, 'setCookie' | 'now'>, result: Awaited<ReturnType<StaffDesk['signInTotp']>>): SessionShape | Rejection => {
    if ('code' in result) return result;
    call.setCookie(browser.cookie(result.token));
    return sessionAnswer(ground, result.session, call.now);
  };
  return {
    house: async () => ground.house,
    signInPassword: async ({ now, body }) => {
      const result = await desk.signInPassword(now, body.account, body.password);
      return 'code' in result ? result : { ticket: result.ticket, expires: result.expires };
    },
    signInTotp: async (call) => opened(call, await desk.signInTotp(call.now, call.body.ticket, call.body.code)),
    signInPasskeyOptions: async ({ now }) => {
      const ask = await desk.askPasskey(now);
      return { ticket: ask.ticket, options: ask.options };
    },
    signInPasskey: async (call) => opened(call, await desk.signInPasskey(call.now, call.body.ticket, call.body.response)),
    signInLink: async (call) => opened(call, await desk.signInLink(call.now, call.body.link)),
    session: async ({ token, isAttended, now }) => {
      const session = await desk.session(now, token, isAttended);
      return { session: 'code' in session ? null : sessionAnswer(ground, session, now) };
    },
    signOut: async ({ token, setCookie }) => {
      if (token !== undefined) await desk.signOut(token);
      setCookie(browser.endedCookie());
      return {};
    },
    addPasskeyOptions: async ({ session, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const ask = await desk.askNewPasskey(now, session);
      return { ticket: ask.ticket, options: ask.options };
    },
    addPasskey: async ({ session, token, now, body }) => {
      if (session === undefined || token === undefined) return reject('SESSION_REQUIRED');
      const refused = await desk.addPasskey(now, session, token, body.ticket, body.response);
      return refused ?? sessionAnswer(ground, { ...session, hasPasskey: true }, now);
    },
    stepUp: async ({ session, now, body }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const result = await desk.stepUp(now, session, body);
      return 'code' in result ? result : { stepUp: result.ticket, expires: result.expires };
    },
    staff: async ({ session }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      return { items: (await colleaguesWhoDecide(desk, session)).map((each) => staffRef({ account: each.account, name: each.name, roles: each.member.roles })) };
    },
  };
}

type SessionShape = Answer<'signInTotp'>;
type RouteNameOf = 'signInTotp' | 'signInPasskey' | 'signInLink';

/** A colleague as screens show one: the first of the roles is the office. */
export function staffRef(member: { readonly account: string; readonly name: string; readonly roles: readonly (keyof typeof ROLES)[] }): { id: string; name: string; role: { en: string; ur: string } } {
  const [role] = member.roles;
  assert(role !== undefined, 'a colleague has a role');
  return { id: member.account, name: member.name, role: ROLES[role].title };
}

function sessionAnswer(ground: SessionGround, session: Session, now: Instant): SessionShape {
  const may = actionsOf(session.member);
  const firm = session.member.firm === undefined ? undefined : ground.firmOf(session.member.firm);
  return {
    staff: staffRef({ account: session.member.account, name: session.name, roles: [session.office] }),
    organisation: { id: session.member.organisation, name: firm?.name ?? ground.authority }, firm: firm ?? null,
    permissions: session.enrolling ? [] : permissions.filter((each: Permission) => may.includes(each)),
    expires: session.expires, synthetic: ground.house.synthetic, hasPasskey: session.hasPasskey, now,
  };
}
