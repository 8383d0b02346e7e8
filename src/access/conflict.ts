/**
 * Conflicts of interest: an officer declares one in a firm, and from then on reads about the firm and acts on it no more;
 * what they had proposed cannot be agreed to. It ends when another officer finds that it is over, never by the officer's
 * own word. Both are entries; the list itself stands beside the officer in `access.staff`.
 */

import { append, type Db, type Entry, type Tx } from '../log/index.ts';
import { reject, type Instant, type Rejection } from '../terms/index.ts';
import { decide, type Member } from './roles.ts';

/** Conflicts of one officer at most: who is torn about more firms supervises none of them. */
const CONFLICTS_MAX = 100;
const REASON_LENGTH_MAX = 2_000;

/** Whose conflict of interest, in which firm, and why. `firm`: the firm's id. */
export interface WantedConflict {
  readonly account: string;
  readonly firm: string;
  readonly reason: string;
}

/** The firms in which an officer has a conflict of interest now; none of an account that is unknown. */
export async function conflictsOf(db: Db, account: string): Promise<readonly string[]> {
  const found = await db.query<{ conflicts: string[] }>('select conflicts from access.staff where account = $1', [account]);
  return found.rows[0]?.conflicts ?? [];
}

/** An officer declares a conflict of interest of their own. `tx` sees the house. */
export async function declareConflict(tx: Tx, now: Instant, wanted: Omit<WantedConflict, 'account'>, by: Member): Promise<Entry<'conflict-declared'> | Rejection> {
  const may = decide(by, 'conflict.declare');
  if (!may.allowed) return may.rejection;
  if (!isReason(wanted.reason)) return reject('DECISION_INVALID', 'reason');
  const known = await lockedConflicts(tx, by.account);
  if (known === undefined) return reject('NOT_FOUND', 'account');
  if (known.includes(wanted.firm)) return reject('CONFLICT_KNOWN', 'firm');
  if (known.length >= CONFLICTS_MAX) return reject('REQUEST_TOO_MANY', 'firm');
  await tx.query('update access.staff set conflicts = $2 where account = $1', [by.account, [...known, wanted.firm]]);
  const [entry] = await append(tx, now, [{ kind: 'conflict-declared', actor: by.account, basis: 'conflict of interest', body: { account: by.account, firm: wanted.firm, reason: wanted.reason } }]);
  return entry ?? reject('CAPACITY');
}

/** Another officer finds that a conflict of interest is over. `tx` sees the house. */
export async function endConflict(tx: Tx, now: Instant, wanted: WantedConflict, by: Member): Promise<Entry<'conflict-ended'> | Rejection> {
  const may = decide(by, 'conflict.end', { firm: wanted.firm });
  if (!may.allowed) return may.rejection;
  if (wanted.account === by.account) return reject('SECOND_PERSON_REQUIRED', 'account');
  if (!isReason(wanted.reason)) return reject('DECISION_INVALID', 'reason');
  const known = await lockedConflicts(tx, wanted.account);
  if (known?.includes(wanted.firm) !== true) return reject('CONFLICT_KNOWN', 'firm');
  await tx.query('update access.staff set conflicts = $2 where account = $1', [wanted.account, known.filter((one) => one !== wanted.firm)]);
  const [entry] = await append(tx, now, [{ kind: 'conflict-ended', actor: by.account, basis: 'conflict of interest', body: { ...wanted } }]);
  return entry ?? reject('CAPACITY');
}

function isReason(text: string): boolean {
  return text.trim() !== '' && text.length <= REASON_LENGTH_MAX;
}

async function lockedConflicts(tx: Tx, account: string): Promise<readonly string[] | undefined> {
  const found = await tx.query<{ conflicts: string[] }>('select conflicts from access.staff where account = $1 and ended_at is null for update', [account]);
  return found.rows[0]?.conflicts;
}
