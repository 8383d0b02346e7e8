/**
 * Sessions in PostgreSQL. A session is a random 256-bit token in a cookie; the database keeps its SHA-256,
 * so a copy of the table opens no door. It ends after thirty minutes without a request, after twelve hours
 * whatever happens (NIST SP 800-63B §4.2.3, AAL2), on sign-out, and when the officer's account ends.
 */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Actor, Tx } from '../log/index.ts';
import { HOUR_US, MINUTE_US, assert, instantOf, type Instant } from '../terms/index.ts';
import { standsInOf } from './deputy.ts';
import { ORGANISATIONS, isRole, type Member, type Role } from './roles.ts';
import { TOKEN_BYTES, tokenSha256 } from './ticket.ts';

/** A session ends when nothing was asked for so long. */
export const IDLE_US = 30 * MINUTE_US;
/** A session ends so long after sign-in. */
export const ABSOLUTE_US = 12 * HOUR_US;
/** The instant of the last request is written at most so often: once a minute is exact enough for 30. */
const SEEN_EVERY_US = MINUTE_US;

/** A signed-in officer. While `enrolling`, the person came by a one-time link, holds no role and may only add a passkey. */
export interface Session {
  /** Names the session in a log line; opens nothing. */
  readonly id: string;
  readonly member: Member;
  /** The member as row-level security sees it; while enrolling, of no organisation. */
  readonly actor: Actor;
  readonly name: string;
  /** The office that the person holds, or will hold once enrolled. */
  readonly office: Role;
  readonly enrolling: boolean;
  readonly hasPasskey: boolean;
  readonly expires: Instant;
}

/** A new session: the token goes into the cookie and is kept nowhere else. */
export interface OpenedSession {
  readonly token: string;
  readonly session: Session;
}

/** Opens a session for an account whose proof has been judged. `undefined` when the account has ended. */
export async function openSession(tx: Tx, now: Instant, random: (length: number) => Uint8Array, account: string, enrolling: boolean): Promise<OpenedSession | undefined> {
  const bytes = Buffer.from(random(TOKEN_BYTES));
  await tx.query('delete from access.session where opened_at <= $1 or seen_at <= $2', [now - ABSOLUTE_US, now - IDLE_US]);
  await tx.query('insert into access.session (token_sha256, account, opened_at, seen_at, enrolling) values ($1, $2, $3, $3, $4)',
    [createHash('sha256').update(bytes).digest(), account, now, enrolling]);
  const token = bytes.toString('base64url');
  const session = await findSession(tx, now, token);
  return session === undefined ? undefined : { token, session };
}

/** The session of a token, or `undefined` when there is none or it has ended. Keeps it from idling out, unless nobody is there: a page that is left open reads by itself. */
export async function findSession(tx: Tx, now: Instant, token: string, isAttended = true): Promise<Session | undefined> {
  const key = tokenSha256(token);
  const found = await tx.query({
    name: 'access-session',
    text: `select s.account, s.opened_at, s.seen_at, s.enrolling, p.name, p.organisation, p.firm, p.roles, p.conflicts,
                  exists (select from access.passkey k where k.account = s.account) as has_passkey
           from access.session s join access.staff p using (account)
           where s.token_sha256 = $1 and s.opened_at > $2 and s.seen_at > $3 and p.ended_at is null`,
    values: [key, now - ABSOLUTE_US, now - IDLE_US],
  });
  if (found.rows[0] === undefined) return undefined;
  const row = sessionRow.parse(found.rows[0]);
  const [office] = row.roles;
  assert(office !== undefined, 'an account that has not ended holds a role');
  const seen = isAttended && now - row.seen_at >= SEEN_EVERY_US ? now : row.seen_at;
  if (seen !== row.seen_at) await tx.query('update access.session set seen_at = $2 where token_sha256 = $1', [key, now]);
  const standsIn = row.enrolling || row.organisation === 'firm' ? [] : await standsInOf(tx, now, row.account);
  const member: Member = row.enrolling ? { ...memberOf(row), roles: [] } : { ...memberOf(row), ...(standsIn.length === 0 ? {} : { standsIn }) };
  return {
    id: key.toString('hex').slice(0, 12), name: row.name, office, enrolling: row.enrolling, hasPasskey: row.has_passkey, member, actor: actorOf(member, row.enrolling),
    expires: instantOf(Math.min(row.opened_at + ABSOLUTE_US, seen + IDLE_US)),
  };
}

/** Signs out. */
export async function endSession(tx: Tx, token: string): Promise<void> {
  await tx.query('delete from access.session where token_sha256 = $1', [tokenSha256(token)]);
}

/** Columns of `access.staff` that make a member. */
export const memberRow = z.object({
  account: z.string(), name: z.string(), organisation: z.enum(ORGANISATIONS), firm: z.string().nullable(), roles: z.array(z.string().refine(isRole)), conflicts: z.array(z.string()),
});
const sessionRow = memberRow.extend({ opened_at: z.number(), seen_at: z.number(), enrolling: z.boolean(), has_passkey: z.boolean() });

/** A row of `access.staff` as the access table sees it. */
export function memberOf(row: z.infer<typeof memberRow>): Member {
  return { account: row.account, organisation: row.organisation, roles: row.roles, conflicts: row.conflicts, ...(row.firm === null ? {} : { firm: row.firm }) };
}

function actorOf(member: Member, enrolling: boolean): Actor {
  if (enrolling) return { role: 'enrolling', account: member.account };
  return { role: member.roles[0] ?? '', account: member.account, organisation: member.organisation, ...(member.firm === undefined ? {} : { firm: member.firm }) };
}
