/**
 * Deputies: who stands in for an officer in one of their roles, for a period. Two persons set one, neither of them the
 * deputy; what it covers is only the firms in which the officer has a conflict of interest, or all that the role does.
 * A period ends by itself; whoever may propose relieves a deputy before. A deputy keeps their own conflicts of interest.
 */

import { z } from 'zod';
import { append, lockLedger, type Db, type Entry, type Tx } from '../log/index.ts';
import { DAY_US, reject, type Instant, type Rejection } from '../terms/index.ts';
import { ROLES, decide, isRole, type Member, type Role, type StandIn } from './roles.ts';

/** A deputy is set for so long at most: a longer absence is another appointment. */
const PERIOD_MAX_US = 366 * DAY_US;
const TEXT_LENGTH_MAX = 2_000;
/** Deputyships that a page shows, newest first. */
const PAGE_MAX = 200;
/** Deputyships that one person holds at an instant at most. */
const HELD_MAX = 20;

/** What is proposed. `from` until before `to`. */
export interface WantedDeputy {
  readonly account: string;
  readonly deputy: string;
  readonly role: string;
  readonly matters: 'conflicts' | 'all';
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** A deputyship as it stands. `proposal`: ledger index of the entry that proposed it. */
export interface Deputyship extends Omit<WantedDeputy, 'role'> {
  readonly proposal: number;
  readonly role: Role;
  readonly state: 'waits' | 'set' | 'closed';
  readonly proposedBy: string;
  readonly secondBy: string | null;
}

const rowShape = z.object({
  proposal: z.number(), account: z.string(), deputy: z.string(), role: z.string().refine(isRole), matters: z.enum(['conflicts', 'all']), from_at: z.number(), to_at: z.number(), reason: z.string(),
  state: z.enum(['waits', 'set', 'closed']), proposed_by: z.string(), second_by: z.string().nullable(),
});

/** Proposes a deputy. `tx` sees the house. */
export async function proposeDeputy(tx: Tx, now: Instant, wanted: WantedDeputy, by: Member): Promise<Entry<'deputy-proposed'> | Rejection> {
  const may = decide(by, 'deputy.propose');
  if (!may.allowed) return may.rejection;
  const wrong = await wrongIn(tx, now, wanted, by);
  if (wrong !== undefined) return reject('DEPUTY_INVALID', wrong);
  await lockLedger(tx, now);
  const same = await tx.query(`select from access.deputy where account = $1 and deputy = $2 and role = $3 and state <> 'closed' and from_at < $5 and to_at > $4`, [wanted.account, wanted.deputy, wanted.role, wanted.from, wanted.to]);
  if (same.rowCount !== 0) return reject('DECISION_STALE', 'it is proposed or set already');
  const [entry] = await append(tx, now, [{ kind: 'deputy-proposed', actor: by.account, basis: wanted.reason, body: { ...wanted } }]);
  if (entry === undefined) return reject('CAPACITY');
  await tx.query(
    `insert into access.deputy (proposal, account, deputy, role, matters, from_at, to_at, reason, state, proposed_by) values ($1, $2, $3, $4, $5, $6, $7, $8, 'waits', $9)`,
    [entry.index, wanted.account, wanted.deputy, wanted.role, wanted.matters, wanted.from, wanted.to, wanted.reason, by.account]);
  return entry;
}

/** The key of what does not fit, or nothing. */
async function wrongIn(tx: Tx, now: Instant, wanted: WantedDeputy, by: Member): Promise<string | undefined> {
  if (wanted.reason.trim() === '' || wanted.reason.length > TEXT_LENGTH_MAX) return 'reason';
  if (!(wanted.from < wanted.to && wanted.to > now && wanted.to - wanted.from <= PERIOD_MAX_US)) return 'to';
  if (wanted.deputy === wanted.account || wanted.deputy === by.account || !isRole(wanted.role)) return isRole(wanted.role) ? 'deputy' : 'role';
  const found = await tx.query<{ account: string; organisation: string; roles: string[] }>('select account, organisation, roles from access.staff where account = any($1) and ended_at is null', [[wanted.account, wanted.deputy]]);
  const [officer, deputy] = [wanted.account, wanted.deputy].map((account) => found.rows.find((row) => row.account === account));
  if (officer?.organisation !== by.organisation || !officer.roles.includes(wanted.role)) return officer?.organisation === by.organisation ? 'role' : 'account';
  return deputy?.organisation === officer.organisation && ROLES[wanted.role].organisation === officer.organisation ? undefined : 'deputy';
}

/** Another officer agrees: the deputy is set. `tx` sees the house. */
export async function agreeDeputy(tx: Tx, now: Instant, proposal: number, by: Member): Promise<Entry<'deputy-set'> | Rejection> {
  await lockLedger(tx, now);
  const one = await openDeputyship(tx, proposal, 'waits');
  if (one === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
  const may = decide(by, 'deputy.second', { proposer: one.proposedBy });
  if (!may.allowed) return may.rejection;
  if (by.account === one.deputy) return reject('DEPUTY_INVALID', 'deputy');
  if (one.to <= now) return reject('DEPUTY_INVALID', 'to');
  const { account, deputy, role, matters, from, to } = one;
  const [entry] = await append(tx, now, [{ kind: 'deputy-set', actor: one.proposedBy, second: by.account, basis: one.reason, body: { account, deputy, role, matters, from, to, proposal } }]);
  if (entry === undefined) return reject('CAPACITY');
  await tx.query(`update access.deputy set state = 'set', second_by = $2 where proposal = $1`, [proposal, by.account]);
  return entry;
}

/** Ends a proposal without effect, or relieves a deputy. `tx` sees the house. */
export async function closeDeputy(tx: Tx, now: Instant, act: { readonly proposal: number; readonly note: string }, by: Member): Promise<Entry<'deputy-closed'> | Rejection> {
  const may = decide(by, 'deputy.propose');
  if (!may.allowed) return may.rejection;
  await lockLedger(tx, now);
  const one = await openDeputyship(tx, act.proposal, undefined);
  if (one === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
  const verdict = one.state === 'set' ? 'relieved' : one.proposedBy === by.account ? 'withdrawn' : 'sent-back';
  if ((verdict !== 'withdrawn' && act.note.trim() === '') || act.note.length > TEXT_LENGTH_MAX) return reject('DECISION_INVALID', 'note');
  const [entry] = await append(tx, now, [{ kind: 'deputy-closed', actor: by.account, basis: one.reason, body: { proposal: act.proposal, verdict, note: act.note } }]);
  if (entry === undefined) return reject('CAPACITY');
  await tx.query(`update access.deputy set state = 'closed' where proposal = $1`, [act.proposal]);
  return entry;
}

async function openDeputyship(tx: Tx, proposal: number, state: Deputyship['state'] | undefined): Promise<Deputyship | undefined> {
  const found = await tx.query(`select * from access.deputy where proposal = $1 and state <> 'closed' for update`, [proposal]);
  const one = found.rows[0] === undefined ? undefined : deputyshipOf(found.rows[0]);
  return one === undefined || (state !== undefined && one.state !== state) ? undefined : one;
}

function deputyshipOf(row: unknown): Deputyship {
  const { from_at: from, to_at: to, proposed_by: proposedBy, second_by: secondBy, ...rest } = rowShape.parse(row);
  return { ...rest, from, to, proposedBy, secondBy };
}

/** Deputyships that wait or that are set and not over, newest first; of the organisation that the actor sees. */
export async function listDeputies(db: Db, now: Instant): Promise<readonly Deputyship[]> {
  const found = await db.query(`select d.* from access.deputy d join access.staff using (account) where d.state <> 'closed' and d.to_at > $1 order by d.proposal desc limit $2`, [now, PAGE_MAX]);
  return found.rows.map(deputyshipOf);
}

/** For whom an officer stands in at an instant. `db` sees the house. */
export async function standsInOf(db: Db, now: Instant, account: string): Promise<readonly StandIn[]> {
  const found = await db.query<{ account: string; role: string; matters: string; conflicts: string[] }>({
    name: 'access-deputy',
    text: `select d.account, d.role, d.matters, p.conflicts from access.deputy d join access.staff p using (account)
           where d.deputy = $1 and d.state = 'set' and d.from_at <= $2 and d.to_at > $2 and p.ended_at is null and d.role = any(p.roles) limit $3`,
    values: [account, now, HELD_MAX],
  });
  return found.rows.flatMap(({ account: officer, role, matters, conflicts }) => (isRole(role) ? [{ role, account: officer, firms: matters === 'all' ? 'all' as const : conflicts }] : []));
}
