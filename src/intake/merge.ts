/**
 * Two ids found to be one person: the ledger says so, and intake's customers move to the surviving id before the
 * next commit, in its transaction. So no row of a later control epoch carries an id that was absorbed, and the
 * monitor, which has joined the two by then, sees one person.
 */

import { isKind, readEntries, type EventRow, type Tx } from '../log/index.ts';
import type { Plan } from './plan.ts';
import type { IntakeState } from './state.ts';

const PAGE_ENTRIES = 1_000;

/** Absorbed ids and the ids that they became. */
export type Merged = ReadonlyMap<string, string>;

const NONE: Merged = new Map();

/** Follows the ledger up to its size: moves customers in the table and in memory. Gives what was absorbed since. Call it under the ledger's lock. */
export async function followMerges(tx: Tx, state: IntakeState, size: number, numberOf: (firm: string) => number): Promise<Merged> {
  const from = state.mergedTo;
  const entries = await readEntries(tx, { from, to: size, kinds: ['person-merged'], limit: PAGE_ENTRIES });
  state.mergedTo = entries.length < PAGE_ENTRIES ? size : (entries.at(-1)?.index ?? size) + 1;
  if (entries.length === 0) return NONE;
  const merged = new Map<string, string>();
  for (const entry of entries) {
    if (!isKind(entry, 'person-merged')) continue;
    const { from: absorbed, into } = entry.body;
    for (const [earlier, survivor] of merged) if (survivor === absorbed) merged.set(earlier, into);
    merged.set(absorbed, into);
    for (const { firm, reference } of await moveCustomers(tx, absorbed, into)) state.setPerson(numberOf(firm), reference, into);
  }
  await tx.query('update intake.merged set next = $1', [state.mergedTo]);
  if (state.mergedTo === size) return merged;
  for (const [earlier, survivor] of await followMerges(tx, state, size, numberOf)) merged.set(earlier, survivor);
  for (const [earlier, survivor] of merged) merged.set(earlier, merged.get(survivor) ?? survivor);
  return merged;
}

/** Gives every customer of an absorbed id to the one that survives. */
export async function moveCustomers(tx: Tx, absorbed: string, into: string): Promise<readonly { readonly firm: string; readonly reference: string }[]> {
  return (await tx.query<{ firm: string; reference: string }>('update intake.customer set person = $2::uuid where person = $1::uuid returning firm, reference', [absorbed, into])).rows;
}

/** A plan that was made before its people were found to be one. */
export function planMerged(plan: Plan, merged: Merged, state: IntakeState): Plan {
  return { ...plan, customers: customersMerged(plan.customers, merged, plan.filing.firmNumber, state), rows: rowsMerged(plan.rows, merged) };
}

/** Customers of a firm with the ids that survive; the state follows. */
export function customersMerged(customers: ReadonlyMap<string, string>, merged: Merged, firmNumber: number, state: IntakeState): ReadonlyMap<string, string> {
  const out = new Map(customers);
  for (const [reference, person] of customers) {
    const survivor = merged.get(person);
    if (survivor === undefined) continue;
    out.set(reference, survivor);
    state.setPerson(firmNumber, reference, survivor);
  }
  return out;
}

/** Rows with the ids that survive. */
export function rowsMerged(rows: readonly EventRow[], merged: Merged): readonly EventRow[] {
  return rows.map((row) => ({ ...row, person: merged.get(row.person) ?? row.person, other: merged.get(row.other) ?? row.other }));
}
