/** How back-tests are kept: a row each, and each whole fold until both are compared. Written by the house, read by the authority. */

import { z } from 'zod';
import type { Tx } from '../log/index.ts';
import { instantOf, type Instant } from '../terms/index.ts';
import type { BacktestFound, KeptFinding } from './backtest-part.ts';

/** Back-tests of one list. */
const LIST_MAX = 20;

/** What is to be tried on events of which span; the end is not included. */
export interface AskedBacktest {
  readonly from: Instant;
  readonly to: Instant;
  /** Hashes of the documents: the set in force, and the draft. */
  readonly base: string;
  readonly draft: string;
  readonly changes: readonly { readonly parameter: string; readonly value: number }[];
  /** Rules whose findings can differ. */
  readonly touched: readonly string[];
}
/** A back-test as its row says. Rows count both folds. */
export interface BacktestRow extends AskedBacktest {
  readonly id: number;
  readonly by: string;
  readonly askedAt: Instant;
  readonly state: 'running' | 'stopped' | 'done' | 'failed';
  readonly rowsDone: number;
  readonly rowsTotal: number;
  readonly seconds: number;
  readonly fault: string | null;
  readonly found: BacktestFound | null;
  readonly sha256: string | null;
}

const pair = z.object({ base: z.number(), draft: z.number() });
const groups = z.record(z.string(), z.object({ people: z.number(), base: z.number(), draft: z.number() }));
const foundShape: z.ZodType<BacktestFound> = z.object({
  findings: pair, people: pair, added: z.number(), dropped: z.number(), addedPeople: z.array(z.string()), droppedPeople: z.array(z.string()),
  days: z.record(z.string(), z.object({ people: pair, findings: pair })), rules: z.record(z.string(), pair), provinces: groups, incomes: groups,
  judged: z.object({ escalated: pair, dismissed: pair, escalatedInAll: z.number() }),
});
const rowShape = z.object({
  id: z.number(), by_account: z.string(), asked_at: z.number(), span_from: z.number(), span_to: z.number(), base: z.string(), draft: z.string(),
  changes: z.array(z.object({ parameter: z.string(), value: z.number() })), touched: z.array(z.string()), state: z.enum(['running', 'stopped', 'done', 'failed']),
  rows_done: z.number(), rows_total: z.number(), seconds: z.number(), fault: z.string().nullable(), found: foundShape.nullable(), sha256: z.string().nullable(),
});
const keptShape: z.ZodType<KeptFinding> = z.object({ rule: z.string(), person: z.string(), at: z.number().transform(instantOf), province: z.string(), income: z.string() });

export async function insertBacktest(tx: Tx, now: Instant, { from, to, base, draft, changes, touched }: AskedBacktest, by: string): Promise<number> {
  const made = await tx.query<{ id: number }>(
    `insert into insight.backtest (by_account, asked_at, span_from, span_to, base, draft, changes, touched, state, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, 'running', $2) returning id`,
    [by, now, from, to, base, draft, JSON.stringify(changes), touched]);
  const id = made.rows[0]?.id;
  if (id === undefined) throw new Error('an insert gives its row back');
  return id;
}

function rowOf(json: unknown): BacktestRow {
  const row = rowShape.parse(json);
  return {
    id: row.id, by: row.by_account, askedAt: instantOf(row.asked_at), from: instantOf(row.span_from), to: instantOf(row.span_to), base: row.base, draft: row.draft, changes: row.changes, touched: row.touched,
    state: row.state, rowsDone: row.rows_done, rowsTotal: row.rows_total, seconds: row.seconds, fault: row.fault, found: row.found, sha256: row.sha256,
  };
}

export async function readBacktest(tx: Tx, id: number): Promise<BacktestRow | undefined> {
  const found = await tx.query('select * from insight.backtest where id = $1', [id]);
  return found.rows.map(rowOf)[0];
}

/** The newest back-tests, newest first. */
export async function listBacktests(tx: Tx): Promise<readonly BacktestRow[]> {
  return (await tx.query('select * from insight.backtest order by id desc limit $1', [LIST_MAX])).rows.map(rowOf);
}

/** A whole fold: rows that it read, and what it found. */
export interface KeptFold {
  readonly rows: number;
  readonly findings: readonly KeptFinding[];
}

export async function readFold(tx: Tx, id: number, side: 'base' | 'draft'): Promise<KeptFold | undefined> {
  const found = await tx.query<{ rows: number; findings: unknown }>('select rows, findings from insight.backtest_fold where backtest = $1 and side = $2', [id, side]);
  const [row] = found.rows;
  return row === undefined ? undefined : { rows: row.rows, findings: z.array(keptShape).parse(row.findings) };
}

export async function writeFold(tx: Tx, id: number, side: 'base' | 'draft', fold: KeptFold): Promise<void> {
  await tx.query('insert into insight.backtest_fold (backtest, side, rows, findings) values ($1, $2, $3, $4) on conflict do nothing', [id, side, fold.rows, JSON.stringify(fold.findings)]);
}

/** What changes on a row. */
export interface BacktestStep {
  readonly state: BacktestRow['state'];
  readonly rowsDone?: number;
  readonly rowsTotal?: number;
  readonly seconds?: number;
  readonly fault?: string;
  readonly found?: BacktestFound;
  readonly sha256?: string;
}

/** How far a running one is; says nothing of one that has ended meanwhile. */
export async function writeProgress(tx: Tx, id: number, now: Instant, step: { readonly rowsDone: number; readonly rowsTotal: number; readonly seconds: number }): Promise<void> {
  await tx.query(`update insight.backtest set state = 'running', rows_done = $2, rows_total = $3, seconds = $4, changed_at = $5 where id = $1 and state in ('running', 'stopped')`, [id, step.rowsDone, step.rowsTotal, step.seconds, now]);
}

/** Writes a step. With what was found the folds are given up. */
export async function writeBacktest(tx: Tx, id: number, now: Instant, step: BacktestStep): Promise<void> {
  await tx.query(
    `update insight.backtest set state = $2, rows_done = coalesce($3, rows_done), rows_total = coalesce($4, rows_total), seconds = coalesce($5, seconds), fault = $6, found = coalesce($7, found), sha256 = coalesce($8, sha256), changed_at = $9 where id = $1`,
    [id, step.state, step.rowsDone ?? null, step.rowsTotal ?? null, step.seconds ?? null, step.fault ?? null, step.found === undefined ? null : JSON.stringify(step.found), step.sha256 ?? null, now]);
  if (step.found !== undefined) await tx.query('delete from insight.backtest_fold where backtest = $1', [id]);
}
