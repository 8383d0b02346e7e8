/**
 * Licensing's views in the database: `licensing.firm` and `licensing.stage`, written in the same transaction as
 * the entries that they are folded from. `rebuildLicensing` drops their rows and folds the ledger again; the same
 * log gives the same rows. A stage's period ends where the next begins; the database itself refuses an overlap.
 */

import { isKind, readEntries, type Db, type Entry, type Tx } from '../log/index.ts';
import { assert, instantOf, type Instant, type Service } from '../terms/index.ts';
import { stepFirm, type Firm, type FirmEvent, type Held } from './firm.ts';

const KINDS: readonly FirmEvent[] = ['firm-registered', 'stage-changed'];
/** The views that `rebuildLicensing` folds. */
export const licensingViews: readonly string[] = ['licensing.firm', 'licensing.stage'];

/** Entries folded at once. */
const PAGE_ENTRIES = 1_000;

interface FirmRow {
  readonly firm: string; readonly number: number; readonly code: string; readonly name: string; readonly name_ur: string | null; readonly synthetic: boolean;
  readonly facts: Firm['facts']; readonly registered_at: number; readonly entry: number;
  readonly held: readonly { stage: string; from: number; event: string | null; services: Service[] | null; entry: number }[];
}

const SELECT = `
select f.firm, f.number, f.code, f.name, f.name_ur, f.synthetic, f.facts, f.registered_at, f.entry,
  coalesce((select jsonb_agg(jsonb_build_object('stage', s.stage, 'from', lower(s.during), 'event', s.event, 'services', s.services, 'entry', s.entry) order by lower(s.during))
            from licensing.stage s where s.firm = f.firm), '[]') as held
from licensing.firm f`;

/** Folds entries of the ledger into the views; other kinds pass by. Runs under the house's actor. */
export async function applyToViews(tx: Tx, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) {
    if (!isKind(entry, 'firm-registered') && !isKind(entry, 'stage-changed')) continue;
    const firm = stepFirm(await readFirm(tx, { firm: entry.body.firm }), entry);
    if (isKind(entry, 'firm-registered')) await insertFirm(tx, firm);
    else await insertStage(tx, firm);
  }
}

async function insertFirm(tx: Tx, firm: Firm): Promise<void> {
  await tx.query(
    'insert into licensing.firm (firm, number, code, name, name_ur, synthetic, facts, registered_at, entry) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [firm.firm, firm.number, firm.code, firm.name, firm.nameUr ?? null, firm.synthetic, JSON.stringify(firm.facts), firm.registeredAt, firm.entry]);
}

async function insertStage(tx: Tx, firm: Firm): Promise<void> {
  const held = firm.held.at(-1);
  assert(held !== undefined, 'a stage was entered');
  await tx.query('update licensing.stage set during = int8range(lower(during), $2) where firm = $1 and upper_inf(during)', [firm.firm, held.from]);
  await tx.query('insert into licensing.stage (firm, stage, during, event, services, entry) values ($1, $2, int8range($3, null), $4, $5, $6)',
    [firm.firm, held.stage, held.from, held.event ?? null, held.services ?? null, held.entry]);
}

/** The number that the next firm gets. */
export async function nextFirmNumber(tx: Tx): Promise<number> {
  const found = await tx.query<{ next: number }>('select coalesce(max(number), 0) + 1 as next from licensing.firm');
  const next = found.rows[0]?.next;
  assert(next !== undefined && next <= 65_535, 'firm numbers fit 16 bits');
  return next;
}

/** A firm with its stages, by id or by code in either case; `undefined` when none is known, or the actor may not see it. */
export async function readFirm(db: Db, by: { readonly firm: string } | { readonly code: string }): Promise<Firm | undefined> {
  const found = 'firm' in by
    ? await db.query<FirmRow>(`${SELECT} where f.firm = $1`, [by.firm])
    : await db.query<FirmRow>(`${SELECT} where upper(f.code) = upper($1)`, [by.code]);
  return found.rows[0] === undefined ? undefined : firmOf(found.rows[0]);
}

/** Every firm that the actor may see, by number. */
export async function readFirms(db: Db): Promise<Firm[]> {
  return (await db.query<FirmRow>(`${SELECT} order by f.number`)).rows.map(firmOf);
}

/** The stage that a firm held at an instant. */
export async function stageAt(db: Db, firm: string, at: Instant): Promise<Held | undefined> {
  return (await readFirm(db, { firm }))?.held.findLast((held) => held.from <= at);
}

function firmOf(row: FirmRow): Firm {
  return {
    firm: row.firm, number: row.number, code: row.code, name: row.name, nameUr: row.name_ur ?? undefined, synthetic: row.synthetic, facts: row.facts,
    registeredAt: instantOf(row.registered_at), entry: row.entry,
    held: row.held.map((one) => ({ stage: one.stage, from: instantOf(one.from), event: one.event ?? undefined, services: one.services ?? undefined, entry: one.entry })),
  };
}

/** Drops the views' rows and folds the whole ledger again. `tx`: as the owner of the tables. Gives how many entries were folded. */
export async function rebuildLicensing(tx: Tx): Promise<number> {
  await tx.query('delete from licensing.stage');
  await tx.query('delete from licensing.firm');
  let folded = 0;
  for (let from = 0; ;) {
    const entries = await readEntries(tx, { from, kinds: KINDS, limit: PAGE_ENTRIES });
    await applyToViews(tx, entries);
    folded += entries.length;
    const last = entries.at(-1);
    if (last === undefined) return folded;
    from = last.index + 1;
  }
}
