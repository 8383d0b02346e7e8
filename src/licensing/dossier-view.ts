/**
 * The dossier's view in the database, `licensing.dossier`: each entry that makes a dossier, as a row, written in the
 * entry's own transaction. A dossier is folded from the rows that the reader may see: officers see all, a firm's
 * people what is shared of their own firm and of the nation.
 */

import { calendarOf, type Framework, type WorkCalendar } from '../framework/index.ts';
import type { Db, Entry, Tx } from '../log/index.ts';
import { ENTRY_KINDS, assert, canonicalJson, instantOf, type Json } from '../terms/index.ts';
import { DOSSIER_KINDS, SHARED_KINDS, foldDossier, type Dossier, type DossierKind, type Said } from './dossier.ts';

interface Row {
  readonly entry: number; readonly firm: string | null; readonly kind: string; readonly at: number; readonly actor: string; readonly second: string | null; readonly basis: string; readonly body: string;
}

/** Is the entry one that makes a dossier? */
export function isDossierEntry(entry: Entry): entry is Entry<DossierKind> {
  return isDossierKind(entry.kind);
}

function isDossierKind(kind: string): kind is DossierKind {
  return DOSSIER_KINDS.some((one) => one === kind);
}

/** Writes entries into the view; one statement however many they are. */
export async function insertDossier(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const made = entries.filter(isDossierEntry);
  if (made.length === 0) return;
  await tx.query(
    `insert into licensing.dossier (entry, firm, shared, kind, at, actor, second, basis, body)
     select * from unnest($1::bigint[], $2::text[], $3::boolean[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[])`,
    [
      made.map((e) => e.index), made.map(firmOf), made.map((e) => SHARED_KINDS.has(e.kind)), made.map((e) => e.kind), made.map((e) => e.admittedAt), made.map((e) => e.actor), made.map((e) => e.second ?? null),
      made.map((e) => e.basis), made.map((e) => canonicalJson(e.body as Json)),
    ]);
}

function firmOf(entry: Entry<DossierKind>): string | null {
  return 'firm' in entry.body ? entry.body.firm : null;
}

/** The dossier of a firm, from the rows that the actor may see. */
export async function readDossier(db: Db, firm: string): Promise<Dossier> {
  const found = await db.query<Row>('select entry, firm, kind, at, actor, second, basis, body from licensing.dossier where firm = $1 or firm is null order by entry', [firm]);
  return foldDossier(firm, found.rows.map(saidOf));
}

/** The dossiers of firms, by firm, from the rows that the actor may see. */
export async function readDossiers(db: Db, firms: readonly string[]): Promise<ReadonlyMap<string, Dossier>> {
  const found = await db.query<Row>('select entry, firm, kind, at, actor, second, basis, body from licensing.dossier order by entry');
  const byFirm = new Map<string, Said[]>(firms.map((firm) => [firm, []]));
  for (const row of found.rows) {
    const said = saidOf(row);
    if (row.firm === null) for (const list of byFirm.values()) list.push(said);
    else byFirm.get(row.firm)?.push(said);
  }
  return new Map([...byFirm].map(([firm, entries]) => [firm, foldDossier(firm, entries)]));
}

/** The office calendar with the holidays that were announced so far. */
export async function readCalendar(db: Db, framework: Framework): Promise<WorkCalendar> {
  const found = await db.query<{ body: string }>(`select body from licensing.dossier where kind = 'holiday-announced' order by entry`);
  return calendarOf(framework, found.rows.map((row) => ENTRY_KINDS['holiday-announced'].body.parse(JSON.parse(row.body)).day));
}

function saidOf(row: Row): Said {
  const { kind } = row;
  assert(isDossierKind(kind), `the dossier has no entry of the kind ${kind}`);
  return { kind, entry: row.entry, at: instantOf(row.at), actor: row.actor, second: row.second ?? undefined, basis: row.basis, body: ENTRY_KINDS[kind].body.parse(JSON.parse(row.body)) };
}
