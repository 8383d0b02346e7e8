/**
 * Follows the monitor's changes to findings in the ledger's order and folds each into its alert, a page a
 * transaction, with the position in the same transaction: a crash folds nothing twice. An officer's act first
 * folds what the ledger holds by then (`catchUp`), so an act stands in the ledger exactly after what it could see.
 */

import type pg from 'pg';
import { z } from 'zod';
import { SYSTEM, append, lockLedger, withActor, type Tx } from '../log/index.ts';
import { assert, instantOf, type Instant } from '../terms/index.ts';
import { alertName, foldFinding, nextNumber, type AlertChange, type FindingFact, type Opener } from './fold.ts';

const PAGE_CHANGES = 200;
const BASIS = 'Virtual Assets Act 2026, s.48';

const saidSchema = z.strictObject({
  rule: z.string(), weight: z.number(), subject: z.enum(['person', 'firm']), person: z.string(), firms: z.array(z.string()), evidence: z.array(z.tuple([z.string(), z.string()])),
});

/** A place among the changes to findings: the entry, and the change's number in it. */
export interface Place {
  readonly entry: number;
  readonly n: number;
}

/** Folds what there is by now; gives what changed, for those who watch. */
export async function followFindings(pool: pg.Pool, now: Instant): Promise<AlertChange[]> {
  const changes: AlertChange[] = [];
  for (;;) {
    const page = await withActor(pool, SYSTEM, async (tx) => foldPage(tx, await lockFold(tx), openerAt(now)));
    changes.push(...page.changes);
    if (page.folded < PAGE_CHANGES) return changes;
  }
}

/**
 * Locks fold and ledger, and folds everything that the ledger holds. Whoever decides after it, in the same
 * transaction, decides on alerts as the whole ledger has them.
 */
export async function catchUp(tx: Tx, now: Instant): Promise<void> {
  await lockFold(tx);
  await lockLedger(tx, now);
  for (;;) {
    const page = await foldPage(tx, await lockFold(tx), openerAt(now));
    if (page.folded < PAGE_CHANGES) return;
  }
}

/** Numbers a new alert and appends its entry. */
function openerAt(now: Instant): Opener {
  return async (tx, subject, finding) => {
    const id = await nextNumber(tx, 'alerts.alert');
    await append(tx, now, [{ kind: 'alert-raised', actor: 'alerts', basis: BASIS, body: { alert: alertName(id), subject, finding } }]);
    return id;
  };
}

/** How far the alerts have followed. */
export async function lockFold(tx: Tx): Promise<Place> {
  const position = await tx.query<{ entry: number; n: number }>('select entry, n from alerts.fold for update');
  const at = position.rows[0];
  assert(at !== undefined, 'the alerts have a position');
  return at;
}

async function foldPage(tx: Tx, at: Place, open: Opener): Promise<{ changes: AlertChange[]; folded: number }> {
  const facts = await readChanges(tx, at, PAGE_CHANGES);
  const changes: AlertChange[] = [];
  for (const { fact } of facts) {
    const change = await foldFinding(tx, fact, open);
    if (change !== undefined) changes.push(change);
  }
  const last = facts.at(-1)?.place;
  if (last !== undefined) await tx.query('update alerts.fold set entry = $1, n = $2', [last.entry, last.n]);
  return { changes, folded: facts.length };
}

interface ChangeRow {
  readonly entry: number; readonly n: number; readonly finding: string; readonly at: number; readonly said: unknown;
}

/** Changes after a place, in the order of the ledger. */
export async function readChanges(tx: Tx, after: Place, limit: number): Promise<{ readonly place: Place; readonly fact: FindingFact }[]> {
  const rows = await tx.query<ChangeRow>('select entry, n, finding, at, said from monitor.change where (entry, n) > ($1, $2) order by entry, n limit $3', [after.entry, after.n, limit]);
  return rows.rows.map(({ entry, n, finding, at, said }) => ({ place: { entry, n }, fact: { finding, entry, at: instantOf(at), said: said === null ? null : saidSchema.parse(said) } }));
}
