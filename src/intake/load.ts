/**
 * Folds intake's memory from its tables: at start, and after a commit whose outcome nobody knows. Reads
 * in pages, so that a nation's customers do not have to fit a query's result at once.
 */

import type pg from 'pg';
import { LEDGER, SYSTEM, withActor, type Tx } from '../log/index.ts';
import { instantOf, type Instant } from '../terms/index.ts';
import { parseRanges } from './sequence.ts';
import { IntakeState } from './state.ts';
import { KNOWN_BYTES } from './store.ts';

const PAGE_CUSTOMERS = 50_000;
const PAGE_COMMITS = 500;
const PAGE_SUBMISSIONS = 50_000;

/** The state as the tables have it when the clock says `clock`. Firms' numbers come from the directory that licensing folds. */
export function loadState(pool: pg.Pool, clock: Instant): Promise<IntakeState> {
  return withActor(pool, SYSTEM, async (tx) => {
    const state = new IntakeState();
    const numbers = await firmNumbers(tx);
    const head = await tx.query<{ last_admitted: number }>('select last_admitted from log.tree where name = $1', [LEDGER]);
    state.admitted(instantOf(head.rows[0]?.last_admitted ?? 0), clock);
    state.mergedTo = (await tx.query<{ next: number }>('select next from intake.merged')).rows[0]?.next ?? 0;
    await loadCustomers(tx, state, numbers);
    await loadKnown(tx, state);
    await loadSubmissions(tx, state);
    const streams = await tx.query<{ firm: string; stream: string; used: string }>('select firm, stream, used::text as used from intake.stream');
    for (const row of streams.rows) state.setStream(numberOf(numbers, row.firm), row.stream, parseRanges(row.used));
    const held = await tx.query<{ firm: string; waits_on: string; n: number }>('select firm, waits_on, count(*) as n from intake.held group by firm, waits_on');
    for (const row of held.rows) for (let i = 0; i < row.n; i++) state.waitFor(numberOf(numbers, row.firm), row.waits_on);
    return state;
  });
}

async function firmNumbers(tx: Tx): Promise<Map<string, number>> {
  const found = await tx.query<{ bytes: Buffer }>(`select bytes from log.entry where kind = 'firm-registered' order by index`);
  const numbers = new Map<string, number>();
  for (const row of found.rows) {
    const entry: { body: { firm: string; number: number } } = JSON.parse(row.bytes.toString('utf8'));
    numbers.set(entry.body.firm, entry.body.number);
  }
  return numbers;
}

function numberOf(numbers: ReadonlyMap<string, number>, firm: string): number {
  const number = numbers.get(firm);
  if (number === undefined) throw new Error(`intake holds rows of ${firm}, which the ledger does not know`);
  return number;
}

async function loadCustomers(tx: Tx, state: IntakeState, numbers: ReadonlyMap<string, number>): Promise<void> {
  let after = { firm: '', reference: '' };
  for (;;) {
    const page = await tx.query<{ firm: string; reference: string; person: string }>(
      'select firm, reference, person from intake.customer where (firm, reference) > ($1, $2) order by firm, reference limit $3',
      [after.firm, after.reference, PAGE_CUSTOMERS]);
    for (const row of page.rows) state.setPerson(numberOf(numbers, row.firm), row.reference, row.person.replaceAll('-', ''));
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < PAGE_CUSTOMERS) return;
    after = last;
  }
}

async function loadSubmissions(tx: Tx, state: IntakeState): Promise<void> {
  let after = '';
  for (;;) {
    const page = await tx.query<{ id: string }>('select id from intake.submission where id > $1 order by id limit $2', [after, PAGE_SUBMISSIONS]);
    for (const row of page.rows) state.addSubmission(row.id);
    if (page.rows.length < PAGE_SUBMISSIONS) return;
    after = page.rows.at(-1)?.id ?? after;
  }
}

async function loadKnown(tx: Tx, state: IntakeState): Promise<void> {
  let before = Number.MAX_SAFE_INTEGER;
  const key = new Uint32Array(4);
  for (;;) {
    const page = await tx.query<{ n: number; packed: Buffer }>('select n, packed from intake.known where n < $1 order by n desc limit $2', [before, PAGE_COMMITS]);
    for (const row of page.rows) {
      for (let at = 0; at < row.packed.length; at += KNOWN_BYTES) {
        for (let i = 0; i < 4; i++) key[i] = row.packed.readUInt32LE(at + i * 4);
        state.remember(key, { content: row.packed.readUInt32LE(at + 16), customer: row.packed.readUInt32LE(at + 20), other: row.packed.readUInt32LE(at + 24) });
      }
    }
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < PAGE_COMMITS) return;
    before = last.n;
  }
}
