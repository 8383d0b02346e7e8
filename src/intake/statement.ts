/**
 * Closing statements: what a firm says its day was, compared with what was admitted of that day. Each
 * difference is kept with both numbers; it is feed health for people and never a rejection. Counts and sums
 * are by kind and asset; `lastSeq` is compared with the stream's last number.
 */

import type { Tx } from '../log/index.ts';
import { EVENT_KINDS, formatUnits, parseKarachiDay, type Instant } from '../terms/index.ts';
import type { Event } from '../contract/index.ts';
import type { AssetBook } from './rates.ts';

type Statement = Extract<Event, { kind: 'closing-statement' }>;

/** One number in which the firm and we differ. */
export interface Difference {
  readonly what: string;
  readonly theirs: string;
  readonly ours: string;
}

/** Compares and keeps the statements of one firm. Runs after the counts of the same commit were added. */
export async function keepStatements(tx: Tx, firm: string, statements: readonly Statement[], book: AssetBook, at: Instant): Promise<void> {
  for (const statement of statements) {
    const day = parseKarachiDay(statement.day);
    if (day === undefined) continue;
    const ours = await tx.query<{ kind: number; asset: string; count: number; units: string }>(
      'select kind, asset, count, units::text as units from intake.reported where firm = $1 and stream = $2 and day = $3', [firm, statement.stream, day]);
    const differences = compare(statement, ours.rows.map((row) => ({ kind: EVENT_KINDS[row.kind] ?? '', asset: row.asset, count: row.count, sum: sumText(row.asset, row.units, book) })));
    await tx.query(
      `insert into intake.statement (firm, stream, day, at, statement, differences) values ($1, $2, $3, $4, $5, $6)
       on conflict (firm, stream, day) do update set at = excluded.at, statement = excluded.statement, differences = excluded.differences`,
      [firm, statement.stream, day, at, JSON.stringify(statement), JSON.stringify(differences)]);
  }
}

interface Line {
  readonly kind: string;
  readonly asset: string;
  readonly count: number;
  readonly sum: string;
}

function compare(statement: Statement, ours: readonly Line[]): Difference[] {
  const theirs = new Map(statement.counts.map((line) => [`${line.kind} ${line.asset ?? ''}`.trim(), line]));
  const held = new Map(ours.map((line) => [`${line.kind} ${line.asset}`.trim(), line]));
  const differences: Difference[] = [];
  for (const key of new Set([...theirs.keys(), ...held.keys()])) {
    const [their, our] = [theirs.get(key), held.get(key)];
    if ((their?.count ?? 0) !== (our?.count ?? 0)) differences.push({ what: `count of ${key}`, theirs: String(their?.count ?? 0), ours: String(our?.count ?? 0) });
    else if (their?.sum !== undefined && their.sum !== (our?.sum ?? '0')) differences.push({ what: `sum of ${key}`, theirs: their.sum, ours: our?.sum ?? '0' });
  }
  return differences.slice(0, 1_000);
}

function sumText(asset: string, units: string, book: AssetBook): string {
  const known = book.asset(asset);
  return known === undefined ? '' : formatUnits(BigInt(units), known.decimals);
}
