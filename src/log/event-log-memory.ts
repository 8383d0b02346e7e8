/**
 * The event log in memory, for tests: the same contract, and it can be told to fail. Nothing here is
 * durable; no installation uses it.
 */

import type { Tx } from './database.ts';
import type { EventLog, NewBatch, StoredBatch } from './event-log.ts';

/** Where a told failure strikes: before anything is stored, or after (the acknowledgement is lost). */
export type AppendFailure = 'beforeStore' | 'afterStore';

interface Partition {
  first: number;
  readonly batches: StoredBatch[];
}

/** The event log in memory, for tests: the same promises as the real one, and it can be told to fail before or after storing. */
export class MemoryEventLog implements EventLog {
  readonly #partitions = new Map<number, Partition>();
  #failures: AppendFailure[] = [];

  /** The next appends fail in this way, one each. */
  failNext(...failures: AppendFailure[]): void {
    this.#failures.push(...failures);
  }

  async append(_tx: Tx | undefined, batches: readonly NewBatch[]): Promise<number[]> {
    const failure = this.#failures.shift();
    if (failure === 'beforeStore') throw new Error('the event log was told to fail before storing');
    const offsets = batches.map((batch) => this.#store(batch));
    if (failure === 'afterStore') throw new Error('the event log was told to fail after storing');
    return offsets;
  }

  async read(partition: number, from: number, maxBytes: number): Promise<StoredBatch[]> {
    const kept = this.#partition(partition);
    const out: StoredBatch[] = [];
    let bytes = 0;
    for (const batch of kept.batches.slice(Math.max(0, from - kept.first))) {
      if (out.length > 0 && bytes >= maxBytes) break;
      out.push(batch);
      bytes += batch.bytes.length;
    }
    return out;
  }

  async bounds(partition: number): Promise<{ first: number; next: number }> {
    const kept = this.#partition(partition);
    return { first: kept.first, next: kept.first + kept.batches.length };
  }

  async trim(partition: number, before: number): Promise<void> {
    const kept = this.#partition(partition);
    const gone = Math.min(Math.max(0, before - kept.first), kept.batches.length);
    kept.batches.splice(0, gone);
    kept.first += gone;
  }

  #store(batch: NewBatch): number {
    const kept = this.#partition(batch.partition);
    const known = kept.batches.find((b) => b.producer === batch.producer && b.seq === batch.seq);
    if (known !== undefined) return known.offset;
    const offset = kept.first + kept.batches.length;
    kept.batches.push({ ...batch, bytes: Uint8Array.from(batch.bytes), offset });
    return offset;
  }

  #partition(partition: number): Partition {
    const known = this.#partitions.get(partition);
    if (known !== undefined) return known;
    const made: Partition = { first: 0, batches: [] };
    this.#partitions.set(partition, made);
    return made;
  }
}
