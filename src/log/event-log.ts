/**
 * The event log: partitioned, dumb on purpose. It appends, reads, tells its bounds and trims;
 * ownership, positions and duplicates are the consumers' business, in the same transaction as their
 * findings, so that one contract holds for PostgreSQL, Kafka and memory alike.
 *
 * Contract, run by every adapter in `event-log.test.ts`. Appends of one partition keep their order; a
 * reader that has seen an offset never finds a lower one later. Offsets rise (here without gaps; a reader
 * does not count on that). A read from an offset gives the same bytes each time until it is trimmed. An
 * append is whole or nothing, and follows the caller's transaction. A (partition, producer, seq) that is
 * kept is refused, so who lost an acknowledgement learns that it arrived; what was trimmed is not known.
 */

import { assert, type Instant } from '../terms/index.ts';
import { BATCH_BYTES_MAX, BATCH_ROWS_MAX } from './batch.ts';
import type { Tx } from './database.ts';

/** Batches of one read at most, beside its byte bound. */
export const READ_BATCHES_MAX = 512;
/** Partitions at most: the first byte of a person's id is the logical one. */
const PARTITIONS_MAX = 256;
/** Batches and bytes of one append at most: a commit of intake is a tenth of it. */
const APPEND_BATCHES_MAX = 4_096;
const APPEND_BYTES_MAX = 256 * 1024 * 1024;
/** Producers and firms: what a URL or a log line can carry, and no NUL, which PostgreSQL does not store. */
const NAME_FORM = /^[\x21-\x7e]{1,200}$/;

/** A batch on its way into the log. `bytes` is what `encodeBatch` gave. */
export interface NewBatch {
  readonly partition: number;
  readonly producer: string;
  readonly seq: number;
  readonly firm: string;
  readonly count: number;
  readonly admittedAt: Instant;
  /** Ledger size at admission: control entries below it apply before this batch. */
  readonly controlEpoch: number;
  readonly bytes: Uint8Array;
}

/** A batch as it is read back. */
export interface StoredBatch extends NewBatch {
  readonly offset: number;
}

/** Where a partition is to be read from; a partition is named once. */
export interface ReadFrom {
  readonly partition: number;
  readonly from: number;
}

/** A batch of this (partition, producer, seq) is stored already; nothing of the append was stored. */
export class RepeatedBatch extends Error {
  override readonly name = 'RepeatedBatch';
}

/** What no adapter takes: a broken invariant of the producer, never a firm's doing. */
export function assertBatches(batches: readonly NewBatch[]): void {
  assert(batches.length <= APPEND_BATCHES_MAX, `an append holds at most ${APPEND_BATCHES_MAX} batches`);
  assert(batches.reduce((sum, { bytes }) => sum + bytes.length, 0) <= APPEND_BYTES_MAX, `an append holds at most ${APPEND_BYTES_MAX} bytes`);
  for (const batch of batches) {
    assert(Number.isInteger(batch.partition) && batch.partition >= 0 && batch.partition < PARTITIONS_MAX, `there are ${PARTITIONS_MAX} partitions and no partition ${batch.partition}`);
    assert(NAME_FORM.test(batch.producer) && NAME_FORM.test(batch.firm), 'a producer and a firm are named by 1 to 200 printable characters');
    assert(batch.bytes.length > 0 && batch.bytes.length <= BATCH_BYTES_MAX, `a batch holds 1 to ${BATCH_BYTES_MAX} bytes`);
    assert(Number.isInteger(batch.count) && batch.count > 0 && batch.count <= BATCH_ROWS_MAX, `a batch counts 1 to ${BATCH_ROWS_MAX} rows`);
    for (const whole of [batch.seq, batch.admittedAt, batch.controlEpoch]) assert(Number.isSafeInteger(whole) && whole >= 0, 'sequence, instant and epoch are whole numbers below 2^53');
  }
}

/** The boundary. Adapters: `PgEventLog`, `MemoryEventLog`. */
export interface EventLog {
  /** Durable when it returns (or when `tx` commits). Gives the offsets in the order of `batches`. Throws `RepeatedBatch`. */
  append(tx: Tx | undefined, batches: readonly NewBatch[]): Promise<number[]>;
  /** Batches from `from` on: one when there is one, and the next as long as those before hold less than `maxBytes`. */
  read(partition: number, from: number, maxBytes: number): Promise<StoredBatch[]>;
  /** What `read` gives for each of several partitions, one after the other, in one question. */
  readMany(wanted: readonly ReadFrom[], maxBytes: number): Promise<StoredBatch[]>;
  /** First offset kept and the next one to be given. */
  bounds(partition: number): Promise<{ first: number; next: number }>;
  /** Forgets batches below `before`. The caller has put them into objects first. */
  trim(partition: number, before: number): Promise<void>;
}
