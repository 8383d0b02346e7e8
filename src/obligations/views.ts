/**
 * The view of what was done about obligations, `obligations.act`: reminders, breaches, discharges and waivers, a row for
 * each entry, written in the entry's transaction and folded again by `rebuildObligations`.
 */

import { firmRows } from '../access/index.ts';
import { isKind, readEntries, type Db, type Entry, type Migration, type Tx } from '../log/index.ts';
import { assert, instantOf } from '../terms/index.ts';
import type { Act } from './due.ts';

const KINDS = ['obligation-discharged', 'obligation-noticed', 'obligation-waived', 'waiver-closed', 'waiver-proposed'] as const;
const WHAT = ['reminder', 'breach', 'discharged', 'waived', 'waiver-proposed', 'waiver-closed'] as const;
const PAGE_ENTRIES = 1_000;

/** The views that `rebuildObligations` folds. */
export const obligationViews: readonly string[] = ['obligations.act'];

/** The room's steps, 9xx. */
export const obligationMigrations: readonly Migration[] = [
  {
    id: '901-obligations-act',
    sql: `
create schema obligations;
grant usage on schema obligations to nigran_app;
create table obligations.act (
  entry bigint primary key,
  firm text not null,
  obligation text not null,
  occurrence text not null,
  what text not null check (what in ('reminder', 'breach', 'discharged', 'waived')),
  at bigint not null,
  actor text not null,
  words text not null
);
create index act_firm on obligations.act (firm, entry);
comment on column obligations.act.words is 'The note of who discharged it, or the reason of who waived it.';
grant select, insert on obligations.act to nigran_app;
${firmRows('obligations.act', { fmu: false })}
`,
  },
  {
    id: '902-obligations-waivers', refolds: true,
    sql: `
alter table obligations.act drop constraint act_what_check;
alter table obligations.act add check (what in ('reminder', 'breach', 'discharged', 'waived', 'waiver-proposed', 'waiver-closed'));
-- What is only proposed is the authority's: a firm learns of a waiver when it is one.
create policy rows_weighed on obligations.act as restrictive for select to nigran_app
  using (what not in ('waiver-proposed', 'waiver-closed') or current_setting('nigran.organisation', true) in ('system', 'authority', 'auditor'));
`,
  },
];

interface Row {
  readonly entry: number; readonly firm: string; readonly obligation: string; readonly occurrence: string; readonly what: string; readonly actor: string; readonly at: number; readonly words: string;
}

/** Folds entries into the view; other kinds pass by. */
export async function applyActs(tx: Tx, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) {
    const said = saidBy(entry);
    if (said === undefined) continue;
    await tx.query('insert into obligations.act (entry, firm, obligation, occurrence, what, at, actor, words) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [entry.index, said.firm, said.obligation, said.occurrence, said.what, entry.admittedAt, entry.actor, said.words]);
  }
}

function saidBy(entry: Entry): (Omit<Act, 'entry' | 'actor' | 'at'> & { readonly firm: string; readonly words: string }) | undefined {
  if (isKind(entry, 'obligation-noticed')) return { ...entry.body, what: entry.body.notice, words: '' };
  if (isKind(entry, 'obligation-discharged')) return { ...entry.body, what: 'discharged', words: entry.body.note };
  if (isKind(entry, 'obligation-waived')) return { ...entry.body, what: 'waived', words: entry.body.reason };
  if (isKind(entry, 'waiver-proposed')) return { ...entry.body, what: 'waiver-proposed', words: entry.body.reason };
  if (isKind(entry, 'waiver-closed')) return { ...entry.body, what: 'waiver-closed', words: entry.body.note };
  return undefined;
}

/** What was done about the obligations of every firm that the actor may see, by firm. */
export async function readActs(db: Db): Promise<ReadonlyMap<string, readonly Act[]>> {
  const found = await db.query<Row>('select entry, firm, obligation, occurrence, what, actor, at, words from obligations.act order by entry');
  const byFirm = new Map<string, Act[]>();
  for (const row of found.rows) byFirm.set(row.firm, [...(byFirm.get(row.firm) ?? []), { obligation: row.obligation, occurrence: row.occurrence, what: whatOf(row.what), entry: row.entry, actor: row.actor, at: instantOf(row.at), words: row.words }]);
  return byFirm;
}

function whatOf(text: string): Act['what'] {
  const what = WHAT.find((one) => one === text);
  assert(what !== undefined, `the view knows no ${text}`);
  return what;
}

/** Drops the view's rows and folds the ledger again. `tx`: as the owner of the table. */
export async function rebuildObligations(tx: Tx): Promise<void> {
  await tx.query('delete from obligations.act');
  for (let from = 0; ;) {
    const entries = await readEntries(tx, { from, kinds: [...KINDS], limit: PAGE_ENTRIES });
    await applyActs(tx, entries);
    const last = entries.at(-1);
    if (last === undefined) return;
    from = last.index + 1;
  }
}
