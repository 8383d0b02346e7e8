/**
 * Everything that the log holds of one person, for a merge: the absorbed person's rows are read back from
 * whichever partition held them. It reads that partition whole; merges are rare, and a person's place in the
 * log is kept nowhere.
 */

import { decodeBatch, wideHex, type EventLog } from '../../log/index.ts';
import type { History } from '../engine/entries.ts';

/** Compressed bytes of one read. */
const SEARCH_BYTES = 8 * 1024 * 1024;

/** Physical partition of a person: the first byte of the id, folded. */
export function partitionOf(person: string, partitions: number): number {
  return Number.parseInt(person.slice(0, 2), 16) % partitions;
}

/** Rows of a person that were admitted before a ledger entry. */
export async function historyOf(events: EventLog, partitions: number, person: string, entry: number): Promise<History[]> {
  const partition = partitionOf(person, partitions);
  const out: History[] = [];
  let from = (await events.bounds(partition)).first;
  for (;;) {
    const read = await events.read(partition, from, SEARCH_BYTES);
    const batches = read.filter((batch) => batch.controlEpoch <= entry);
    for (const batch of batches) {
      const decoded = decodeBatch(batch.bytes);
      const indexes = Array.from({ length: decoded.count }, (_, i) => i).filter((i) => wideHex(decoded.person, i) === person);
      if (indexes.length > 0) out.push({ events: decoded, indexes });
      from = batch.offset + 1;
    }
    if (batches.length < read.length || read.length === 0) return out;
  }
}
