/** Cursors of pages: how many rows come before. Bounded, because a deep page reads all before it. */

/** Rows that a cursor may skip at most. */
const SKIP_MAX = 1_000_000;

/** Rows to skip for a cursor that we gave; a text that we did not give starts anew. */
export function skipOf(cursor: string | undefined): number {
  const skip = Number(cursor ?? 0);
  return Number.isSafeInteger(skip) && skip >= 0 && skip <= SKIP_MAX ? skip : 0;
}
