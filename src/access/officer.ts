/**
 * Members of staff and of firms: registered by an entry, let in by a one-time link, found by account. The
 * ledger gets account, organisation and roles; the name stays here. Demo accounts get a password and a
 * TOTP secret; an installation that is no demo refuses both, whoever asks.
 */

import type { Db, Tx } from '../log/index.ts';
import { append } from '../log/index.ts';
import { assert, reject, type Instant, type Rejection } from '../terms/index.ts';
import { ROLES, type Member } from './roles.ts';
import { memberOf, memberRow } from './session.ts';
import { issueTicket, type Issued } from './ticket.ts';
import { SECRET_BYTES } from './totp.ts';

/** Someone who is to be let in. */
export interface NewOfficer extends Member {
  readonly name: string;
}

/** Who registers, and on what ground: what the entry says. */
export interface Registrar {
  readonly actor: string;
  readonly second?: string;
  readonly basis: string;
}

const ACCOUNT_FORM = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Registers an officer. Refused: a taken account, a role of another organisation, a firm's person without firm. */
export async function registerOfficer(tx: Tx, now: Instant, officer: NewOfficer, by: Registrar): Promise<Rejection | undefined> {
  if (!ACCOUNT_FORM.test(officer.account)) return reject('REQUEST_INVALID', 'account');
  if (officer.roles.length === 0 || officer.roles.some((role) => ROLES[role].organisation !== officer.organisation)) return reject('REQUEST_INVALID', 'roles');
  if ((officer.organisation === 'firm') !== (officer.firm !== undefined)) return reject('REQUEST_INVALID', 'firm');
  const made = await tx.query(
    `insert into access.staff (account, name, organisation, firm, roles, conflicts, registered_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (account) do nothing`,
    [officer.account, officer.name, officer.organisation, officer.firm ?? null, officer.roles, officer.conflicts ?? [], now]);
  if (made.rowCount === 0) return reject('REQUEST_INVALID', 'account');
  await append(tx, now, [{
    kind: 'officer-registered', actor: by.actor, basis: by.basis, ...(by.second === undefined ? {} : { second: by.second }),
    body: { account: officer.account, organisation: officer.organisation, roles: [...officer.roles] },
  }]);
  return undefined;
}

/** A one-time link's token: the bearer signs in as the account once, to add a passkey and nothing else. */
export function issueLink(tx: Tx, now: Instant, random: (length: number) => Uint8Array, account: string): Promise<Issued> {
  return issueTicket(tx, now, random, { purpose: 'link', account });
}

/** Ends an account: its sessions and links are gone, and the entry says that it holds no role from here on. */
export async function endOfficer(tx: Tx, now: Instant, account: string, by: Registrar): Promise<Rejection | undefined> {
  const ended = await tx.query<{ organisation: string }>('update access.staff set ended_at = $2 where account = $1 and ended_at is null returning organisation', [account, now]);
  const organisation = ended.rows[0]?.organisation;
  if (organisation === undefined) return reject('NOT_FOUND');
  await tx.query('delete from access.session where account = $1', [account]);
  await tx.query('delete from access.ticket where account = $1', [account]);
  await append(tx, now, [{
    kind: 'officer-registered', actor: by.actor, basis: by.basis, ...(by.second === undefined ? {} : { second: by.second }), body: { account, organisation, roles: [] },
  }]);
  return undefined;
}

/** Gives a demo account its password, hashed, and its TOTP secret. */
export async function setPassword(tx: Tx, account: string, hash: string, totp: Uint8Array): Promise<void> {
  assert(totp.length === SECRET_BYTES, `a TOTP secret has ${SECRET_BYTES} bytes`);
  await tx.query(
    `insert into access.password (account, hash, totp_secret) values ($1, $2, $3)
     on conflict (account) do update set hash = excluded.hash, totp_secret = excluded.totp_secret, totp_step = 0`,
    [account, hash, Buffer.from(totp)]);
}

/** A colleague as the console shows one. */
export interface Colleague {
  readonly account: string;
  readonly name: string;
  readonly member: Member;
}

/** Members that the caller's row-level security shows, by account; those that have ended are left out. */
export async function listOfficers(db: Db, limit: number): Promise<Colleague[]> {
  const found = await db.query('select account, name, organisation, firm, roles, conflicts from access.staff where ended_at is null order by account limit $1', [limit]);
  return found.rows.map((row) => {
    const parsed = memberRow.parse(row);
    return { account: parsed.account, name: parsed.name, member: memberOf(parsed) };
  });
}
