/**
 * Licensing's views in the database: `licensing.firm`, `licensing.stage` and `licensing.dossier`, written in the same transaction as
 * the entries that they are folded from. `rebuildLicensing` drops their rows and folds the ledger again; the same
 * log gives the same rows. A stage's period ends where the next begins; the database itself refuses an overlap.
 */

import { isKind, readEntries, type Db, type Entry, type Tx } from '../log/index.ts';
import { assert, instantOf, type Instant, type Service } from '../terms/index.ts';
import { DOSSIER_KINDS, type DossierKind } from './dossier.ts';
import { insertDossier } from './dossier-view.ts';
import { stepFirm, type Firm, type FirmEvent, type Held } from './firm.ts';

const KINDS: readonly (FirmEvent | DossierKind)[] = ['firm-registered', ...DOSSIER_KINDS];
/** The views that `rebuildLicensing` folds. */
export const licensingViews: readonly string[] = ['licensing.firm', 'licensing.stage', 'licensing.dossier'];

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
  const known = new Map<string, Firm>();
  for (const entry of entries.filter(isFirmEntry)) {
    const { firm } = entry.body;
    const before = known.get(firm) ?? await readFirm(tx, { firm });
    if (before !== undefined) known.set(firm, before);
  }
  await writeViews(tx, entries, known);
}

function isFirmEntry(entry: Entry): entry is Entry<FirmEvent> {
  return isKind(entry, 'firm-registered') || isKind(entry, 'stage-changed');
}

/** Writes what entries change, one statement a table however many there are. `known`: the firms before, brought along. */
async function writeViews(tx: Tx, entries: readonly Entry[], known: Map<string, Firm>): Promise<void> {
  const made: Firm[] = [];
  const entered: { readonly firm: string; readonly held: Held }[] = [];
  for (const entry of entries.filter(isFirmEntry)) {
    const firm = stepFirm(known.get(entry.body.firm), entry);
    known.set(firm.firm, firm);
    const held = firm.held.at(-1);
    if (isKind(entry, 'firm-registered')) made.push(firm);
    else if (held !== undefined) entered.push({ firm: firm.firm, held });
  }
  await insertFirms(tx, made);
  await insertStages(tx, entered, known);
  await insertDossier(tx, entries);
}

async function insertFirms(tx: Tx, firms: readonly Firm[]): Promise<void> {
  if (firms.length === 0) return;
  await tx.query(
    `insert into licensing.firm (firm, number, code, name, name_ur, synthetic, facts, registered_at, entry)
     select * from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::jsonb[], $8::bigint[], $9::bigint[])`,
    [
      firms.map((one) => one.firm), firms.map((one) => one.number), firms.map((one) => one.code), firms.map((one) => one.name), firms.map((one) => one.nameUr ?? null), firms.map((one) => one.synthetic),
      firms.map((one) => JSON.stringify(one.facts)), firms.map((one) => one.registeredAt), firms.map((one) => one.entry),
    ]);
}

/** A stage ends where the firm's next one begins; the one before the first of these is closed. */
async function insertStages(tx: Tx, entered: readonly { readonly firm: string; readonly held: Held }[], known: ReadonlyMap<string, Firm>): Promise<void> {
  if (entered.length === 0) return;
  const first = new Map(entered.toReversed().map(({ firm, held }) => [firm, held.from]));
  await tx.query(
    `update licensing.stage s set during = int8range(lower(s.during), n.at) from unnest($1::text[], $2::bigint[]) as n(firm, at) where s.firm = n.firm and upper_inf(s.during)`,
    [[...first.keys()], [...first.values()]]);
  const until = ({ firm, held }: { firm: string; held: Held }): number | null => {
    const all = known.get(firm)?.held ?? [];
    return all[all.indexOf(held) + 1]?.from ?? null;
  };
  await tx.query(
    `insert into licensing.stage (firm, stage, during, event, services, entry)
     select firm, stage, int8range(since, until), event, case when services is null then null else string_to_array(services, ',') end, entry
     from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bigint[]) as n(firm, stage, since, until, event, services, entry)`,
    [
      entered.map((one) => one.firm), entered.map((one) => one.held.stage), entered.map((one) => one.held.from), entered.map(until), entered.map((one) => one.held.event ?? null),
      entered.map((one) => one.held.services?.join(',') ?? null), entered.map((one) => one.held.entry),
    ]);
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
  await tx.query('delete from licensing.dossier');
  await tx.query('delete from licensing.stage');
  await tx.query('delete from licensing.firm');
  let folded = 0;
  const known = new Map<string, Firm>();
  for (let from = 0; ;) {
    const entries = await readEntries(tx, { from, kinds: KINDS, limit: PAGE_ENTRIES });
    await writeViews(tx, entries, known);
    folded += entries.length;
    const last = entries.at(-1);
    if (last === undefined) return folded;
    from = last.index + 1;
  }
}
