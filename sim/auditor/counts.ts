/**
 * Nothing vanishes: every event that a receipt says was taken lies in exactly one decided batch, nothing lies
 * there that no receipt speaks of, and the counts on all receipts add up to what was sent.
 */

/** What one receipt says. */
export interface ReceiptCounts {
  readonly firm: string;
  readonly lines: number;
  readonly accepted: number;
  readonly held: number;
  readonly rejected: number;
  readonly duplicate: number;
}

/** An event as it lies in the house's batches: how many of them hold it, and whether all of these are decided. */
export interface AdmittedEvent {
  readonly firm: string;
  readonly id: string;
  readonly batches: number;
  readonly decided: boolean;
}

/** What is wrong with the counts, in words; empty when nothing is. `takenIds`: `firm/id` of every event on a receipt. */
export function auditCounts(receipts: readonly ReceiptCounts[], takenIds: ReadonlySet<string>, admitted: readonly AdmittedEvent[]): string[] {
  const wrong: string[] = [];
  for (const receipt of receipts) {
    const sum = receipt.accepted + receipt.held + receipt.rejected + receipt.duplicate;
    if (sum !== receipt.lines) wrong.push(`a receipt of ${receipt.firm} counts ${sum} of ${receipt.lines} lines`);
  }
  const seen = new Set<string>();
  for (const event of admitted) {
    const name = `${event.firm}/${event.id}`;
    if (seen.has(name) || event.batches !== 1) wrong.push(`${name} lies in ${event.batches} batches`);
    if (!event.decided) wrong.push(`${name} is not decided`);
    if (!takenIds.has(name)) wrong.push(`${name} was admitted, and no receipt speaks of it`);
    seen.add(name);
  }
  for (const name of takenIds) if (!seen.has(name)) wrong.push(`${name} is on a receipt and in no batch`);
  const total = receipts.reduce((all, receipt) => all + receipt.accepted + receipt.held, 0);
  if (total !== takenIds.size) wrong.push(`receipts count ${total} events as taken, and ${takenIds.size} were`);
  return wrong;
}
