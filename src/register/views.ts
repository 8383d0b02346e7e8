/**
 * The register's views in the database, and the follower that brings them along. Register reads the ledger, as every
 * room does: licensing appends a step, and the views have it with the follower's next look, in one transaction with
 * the position. `rebuildRegister` drops the rows and folds the whole ledger again, byte for byte the same.
 */

import type pg from 'pg';
import type { Framework } from '../framework/index.ts';
import { SYSTEM, isKind, readEntries, withActor, type Entry, type Objects, type Tx } from '../log/index.ts';
import { assert } from '../terms/index.ts';
import { REGISTER_KINDS, RegisterBook } from './book.ts';
import { rebuildComplaints } from './complaint.ts';
import { rebuildForeign } from './foreign.ts';

/** The views that `rebuildRegister` folds. */
export const registerViews: readonly string[] = ['register.status', 'register.change', 'register.warning', 'register.complaint', 'register.foreign_state', 'register.foreign_record'];

/** Entries folded at once. */
const PAGE_ENTRIES = 1_000;

/** The register, followed: the book in memory and the views in the database are brought along together. */
export class RegisterDesk {
  readonly book: RegisterBook;
  #next = 0;

  constructor(framework: Framework) {
    this.book = new RegisterBook(framework);
  }

  /** Folds what the ledger holds by now; gives whether anything was. One caller at a time. */
  async follow(pool: pg.Pool): Promise<boolean> {
    let changed = false;
    for (;;) {
      const entries = await withActor(pool, SYSTEM, (tx) => this.#page(tx));
      changed ||= entries.length > 0;
      if (entries.length < PAGE_ENTRIES) return changed;
    }
  }

  /** The same within a transaction that holds the ledger: who acts in it acts on the register as the whole ledger has it. */
  async followIn(tx: Tx): Promise<void> {
    while ((await this.#page(tx)).length === PAGE_ENTRIES);
  }

  /** Entries enter the book before the transaction ends: if it fails, the views are brought along by the next look. */
  async #page(tx: Tx): Promise<readonly Entry[]> {
    const at = await lockPosition(tx);
    const entries = await readEntries(tx, { from: this.#next, kinds: REGISTER_KINDS, limit: PAGE_ENTRIES });
    const fresh: Entry[] = [];
    for (const entry of entries) {
      this.book.apply(entry);
      this.#next = entry.index + 1;
    }
    if (this.#next > at) fresh.push(...(await readEntries(tx, { from: at, to: this.#next, kinds: REGISTER_KINDS, limit: PAGE_ENTRIES })));
    await writeViews(tx, this.book, fresh);
    const last = fresh.at(-1);
    if (last !== undefined) await tx.query('update register.position set next = $1', [last.index + 1]);
    return entries.length > 0 ? entries : fresh;
  }
}

async function lockPosition(tx: Tx): Promise<number> {
  const found = await tx.query<{ next: number }>('select next from register.position for update');
  const next = found.rows[0]?.next;
  assert(next !== undefined, 'the register has a position');
  return next;
}

/** Writes what entries changed; the book has folded them. */
async function writeViews(tx: Tx, book: RegisterBook, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const indexes = new Set(entries.map((entry) => entry.index));
  await writeStatus(tx, book, firmsOf(entries));
  await writeWarnings(tx, book, entries);
  const told = book.changes.filter((one) => indexes.has(one.entry));
  await tx.query(
    'insert into register.change (n, entry, kind, about, at, body) select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[])',
    [told.map((one) => one.n), told.map((one) => one.entry), told.map((one) => one.kind), told.map((one) => one.about), told.map((one) => one.at), told.map((one) => one.body)]);
}

function firmsOf(entries: readonly Entry[]): string[] {
  return [...new Set(entries.flatMap((entry) => (isKind(entry, 'stage-changed') ? [entry.body.firm] : [])))];
}

/** A warning's row is its newest state. */
async function writeWarnings(tx: Tx, book: RegisterBook, entries: readonly Entry[]): Promise<void> {
  const named = new Set(entries.flatMap((entry) => (isKind(entry, 'warning-issued') || isKind(entry, 'warning-replied') ? [entry.body.warning] : [])));
  for (const id of named) {
    const warning = book.warnings.byId(id);
    assert(warning !== undefined, `the warning ${id} was folded`);
    await tx.query('insert into register.warning (warning, entry, body) values ($1, $2, $3) on conflict (warning) do update set body = excluded.body', [id, warning.entry, JSON.stringify(warning)]);
  }
}

/** A firm's periods are few: they are written anew. */
async function writeStatus(tx: Tx, book: RegisterBook, firms: readonly string[]): Promise<void> {
  const rows = firms.flatMap((firm) => book.periods(firm).map((period) => ({ firm, period })));
  await tx.query('delete from register.status where firm = any($1)', [firms]);
  await tx.query(
    `insert into register.status (firm, during, class, stage, services, entry)
     select firm, int8range(since, until), class, stage, case services when '' then '{}' else string_to_array(services, ',') end, entry
     from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[]) as n(firm, since, until, class, stage, services, entry)`,
    [
      rows.map((one) => one.firm), rows.map((one) => one.period.from), rows.map((one) => one.period.to ?? null), rows.map((one) => one.period.class), rows.map((one) => one.period.stage ?? null),
      rows.map((one) => one.period.services.join(',')), rows.map((one) => one.period.entry),
    ]);
}

/** Drops the views' rows and folds the whole ledger again. `tx`: as the owner of the tables; `objects`: where states of other registers lie. Gives how many entries were folded. */
export async function rebuildRegister(tx: Tx, framework: Framework, objects: Objects): Promise<number> {
  await tx.query('delete from register.status');
  await tx.query('delete from register.change');
  await tx.query('delete from register.warning');
  const book = new RegisterBook(framework);
  let folded = 0;
  let next = 0;
  for (;;) {
    const entries = await readEntries(tx, { from: next, kinds: REGISTER_KINDS, limit: PAGE_ENTRIES });
    const last = entries.at(-1);
    if (last === undefined) break;
    for (const entry of entries) book.apply(entry);
    await writeViews(tx, book, entries);
    folded += entries.length;
    next = last.index + 1;
  }
  await tx.query('update register.position set next = $1', [next]);
  await rebuildComplaints(tx);
  await rebuildForeign(tx, objects);
  return folded;
}
