/**
 * The event log in memory, for tests: the same contract, and it can be told to fail. A transaction holds the
 * whole log from its first append to its end, as the one in PostgreSQL holds its partitions. Nothing here is
 * durable; no installation uses it.
 */

import { atEnd, type Tx } from './database.ts';
import { READ_BATCHES_MAX, RepeatedBatch, assertBatches, type EventLog, type NewBatch, type ReadFrom, type StoredBatch } from './event-log.ts';

/** Where a told failure strikes: before anything is stored, or after (the acknowledgement is lost). */
export type AppendFailure = 'beforeStore' | 'afterStore';

interface Partition {
  first: number;
  readonly batches: StoredBatch[];
}

/** The event log in memory, for tests: the same promises as the real one, and it can be told to fail before or after storing. */
export class MemoryEventLog implements EventLog {
  readonly #partitions = new Map<number, Partition>();
  /** What open transactions have appended; visible when they commit. */
  readonly #staged = new Map<Tx, StoredBatch[]>();
  #free: Promise<void> = Promise.resolve();
  #failures: AppendFailure[] = [];

  /** The next appends fail in this way, one each. */
  failNext(...failures: AppendFailure[]): void {
    this.#failures.push(...failures);
  }

  async append(tx: Tx | undefined, batches: readonly NewBatch[]): Promise<number[]> {
    assertBatches(batches);
    const failure = this.#failures.shift();
    if (failure === 'beforeStore') throw new Error('the event log was told to fail before storing');
    const stored = tx === undefined ? await this.#alone(batches) : this.#place(await this.#stageOf(tx), batches);
    if (failure === 'afterStore') throw new Error('the event log was told to fail after storing');
    return stored.map((batch) => batch.offset);
  }

  async read(partition: number, from: number, maxBytes: number): Promise<StoredBatch[]> {
    const kept = this.#partition(partition);
    const out: StoredBatch[] = [];
    let bytes = 0;
    for (const batch of kept.batches.slice(Math.max(0, from - kept.first), Math.max(0, from - kept.first) + READ_BATCHES_MAX)) {
      if (out.length > 0 && bytes >= maxBytes) break;
      out.push({ ...batch, bytes: Uint8Array.from(batch.bytes) });
      bytes += batch.bytes.length;
    }
    return out;
  }

  async readMany(wanted: readonly ReadFrom[], maxBytes: number): Promise<StoredBatch[]> {
    return (await Promise.all(wanted.map(({ partition, from }) => this.read(partition, from, maxBytes)))).flat();
  }

  async bounds(partition: number): Promise<{ first: number; next: number }> {
    const kept = this.#partition(partition);
    return { first: kept.first, next: kept.first + kept.batches.length };
  }

  async trim(partition: number, before: number): Promise<void> {
    const release = await this.#hold();
    const kept = this.#partition(partition);
    const gone = Math.min(Math.max(0, before - kept.first), kept.batches.length);
    kept.batches.splice(0, gone);
    kept.first += gone;
    release();
  }

  async #alone(batches: readonly NewBatch[]): Promise<StoredBatch[]> {
    const release = await this.#hold();
    try {
      const stored = this.#place([], batches);
      this.#publish(stored);
      return stored;
    } finally {
      release();
    }
  }

  /** Waits until nobody else holds the log; gives the way to let it go. */
  async #hold(): Promise<() => void> {
    const before = this.#free;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#free = promise;
    await before;
    return resolve;
  }

  async #stageOf(tx: Tx): Promise<StoredBatch[]> {
    const known = this.#staged.get(tx);
    if (known !== undefined) return known;
    const release = await this.#hold();
    const staged: StoredBatch[] = [];
    this.#staged.set(tx, staged);
    atEnd(tx, (isCommitted) => {
      this.#staged.delete(tx);
      if (isCommitted) this.#publish(staged);
      release();
    });
    return staged;
  }

  /** Gives each batch its offset and adds all of them to `staged`, or none. */
  #place(staged: StoredBatch[], batches: readonly NewBatch[]): StoredBatch[] {
    const placed: StoredBatch[] = [];
    for (const batch of batches) {
      const kept = this.#partition(batch.partition);
      const own = [...staged, ...placed].filter((other) => other.partition === batch.partition);
      const isRepeated = [...kept.batches, ...own].some((other) => other.producer === batch.producer && other.seq === batch.seq);
      if (isRepeated) throw new RepeatedBatch(`partition ${batch.partition} has batch ${batch.seq} of ${batch.producer}`);
      placed.push({ ...batch, bytes: Uint8Array.from(batch.bytes), offset: kept.first + kept.batches.length + own.length });
    }
    staged.push(...placed);
    return placed;
  }

  #publish(batches: readonly StoredBatch[]): void {
    for (const batch of batches) this.#partition(batch.partition).batches.push(batch);
  }

  #partition(partition: number): Partition {
    const known = this.#partitions.get(partition);
    if (known !== undefined) return known;
    const made: Partition = { first: 0, batches: [] };
    this.#partitions.set(partition, made);
    return made;
  }
}
