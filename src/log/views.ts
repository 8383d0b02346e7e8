/**
 * Views and their log. A room folds its views again in the owner's transaction; here their rows before and after
 * are compared, so that a row which the log does not say is put right and named. What a view held is never shown
 * whole: the report counts rows, and gives the beginning of a few.
 */

import type { Tx } from './database.ts';

const EXAMPLES = 3;
const EXAMPLE_LENGTH = 160;

/** How a view stood beside the log. */
export interface ViewDifference {
  readonly view: string;
  /** Rows that stood there and do not follow from the log. */
  readonly wrong: number;
  /** Rows that follow from the log and did not stand there. */
  readonly missing: number;
  readonly examples: readonly string[];
}

/** Folds views again and tells which were not as the log has them. `tx`: as the tables' owner, with nobody else at work. */
export async function refoldViews(tx: Tx, views: readonly string[], fold: () => Promise<void>): Promise<ViewDifference[]> {
  for (const [i, view] of views.entries()) await tx.query(`create temp table view_before_${i} on commit drop as table ${view}`);
  await fold();
  const found: ViewDifference[] = [];
  for (const [i, view] of views.entries()) {
    const [wrong, missing] = [await rowsOnlyIn(tx, `view_before_${i}`, view), await rowsOnlyIn(tx, view, `view_before_${i}`)];
    if (wrong.count + missing.count > 0) found.push({ view, wrong: wrong.count, missing: missing.count, examples: [...wrong.examples.map((row) => `- ${row}`), ...missing.examples.map((row) => `+ ${row}`)] });
    await tx.query(`drop table view_before_${i}`);
  }
  return found;
}

async function rowsOnlyIn(tx: Tx, one: string, other: string): Promise<{ readonly count: number; readonly examples: readonly string[] }> {
  const found = await tx.query<{ count: number; examples: string[] | null }>(
    `with lone as (select a::text as line from ${one} a except all select b::text from ${other} b)
     select count(*)::int as count, (select array_agg(left(line, ${EXAMPLE_LENGTH})) from (select line from lone order by line limit ${EXAMPLES}) e) as examples from lone`);
  return { count: found.rows[0]?.count ?? 0, examples: found.rows[0]?.examples ?? [] };
}
