/**
 * Follows the monitor's findings in the ledger's order and folds each into its alert, a page a transaction,
 * with the position in the same transaction: a crash folds nothing twice.
 */

import type pg from 'pg';
import { z } from 'zod';
import { SYSTEM, withActor, type Tx } from '../log/index.ts';
import { assert, type Instant } from '../terms/index.ts';
import { foldFinding, type AlertChange, type FindingFact } from './fold.ts';

const PAGE_FINDINGS = 200;

const bodySchema = z.object({
  firms: z.array(z.number()), event: z.object({ firm: z.number(), id: z.string() }), evidence: z.array(z.object({ firm: z.number(), id: z.string() })),
});

interface FindingRow {
  id: string; rule: string; person: string; subject: 'person' | 'firm'; firm: string; firms: string[]; event_id: string; weight: number; body: unknown;
  state: 'provisional' | 'settled' | 'corrected' | 'withdrawn'; entry: number;
}

/** Folds what there is by now; gives what changed, for those who watch. */
export async function followFindings(pool: pg.Pool, now: Instant): Promise<AlertChange[]> {
  const changes: AlertChange[] = [];
  for (;;) {
    const page = await withActor(pool, SYSTEM, (tx) => foldPage(tx, now));
    changes.push(...page.changes);
    if (page.folded < PAGE_FINDINGS) return changes;
  }
}

async function foldPage(tx: Tx, now: Instant): Promise<{ changes: AlertChange[]; folded: number }> {
  const position = await tx.query<{ entry: number; finding: string }>('select entry, finding from alerts.fold for update');
  const at = position.rows[0];
  assert(at !== undefined, 'the alerts have a position');
  const rows = await tx.query<FindingRow>(
    `select id, rule, person, subject, firm, firms, event_id, weight, body, state, entry from monitor.finding
     where entry >= $1 and (entry, id) > ($1, $2) order by entry, id limit $3`, [at.entry, at.finding, PAGE_FINDINGS]);
  const changes: AlertChange[] = [];
  for (const row of rows.rows) {
    const change = await foldFinding(tx, factOf(row, now));
    if (change !== undefined) changes.push(change);
  }
  const last = rows.rows.at(-1);
  if (last !== undefined) await tx.query('update alerts.fold set entry = $1, finding = $2', [last.entry, last.id]);
  return { changes, folded: rows.rows.length };
}

/** A row of the monitor as a fact. Firms in its body are numbers, in the order of `firms`. */
function factOf(row: FindingRow, now: Instant): FindingFact {
  const body = bodySchema.parse(row.body);
  const idOf = (number: number): string => row.firms[body.firms.indexOf(number)] ?? row.firm;
  const evidence = new Map([[`${row.firm}/${row.event_id}`, [row.firm, row.event_id] as const], ...body.evidence.map((event) => [`${idOf(event.firm)}/${event.id}`, [idOf(event.firm), event.id] as const] as const)]);
  return {
    change: row.state === 'withdrawn' ? 'withdrawn' : 'said', finding: row.id, entry: row.entry, at: now,
    said: {
      rule: row.rule, weight: row.weight, subject: row.subject, person: row.person, firms: [row.firm, ...row.firms.filter((firm) => firm !== row.firm)], evidence: [...evidence.values()],
    },
  };
}
