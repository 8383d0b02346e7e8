/**
 * The event log: partitioned, dumb on purpose. It appends, reads, tells its bounds and trims;
 * ownership, positions and duplicates are the consumers' business, in the same transaction as their
 * findings, so that one contract holds for PostgreSQL, Kafka and memory alike.
 *
 * Contract. Appends of one partition keep their order. Offsets rise, with or without gaps. A read
 * from an offset gives the same bytes each time until it is trimmed. `append` is at least once: a
 * repeated (producer, seq) is stored once or dropped by the reader.
 */

import type { Instant } from '../terms/index.ts';
import type { Tx } from './database.ts';

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

/** The boundary. Adapters: `PgEventLog`, `MemoryEventLog`. */
export interface EventLog {
  /** Durable when it returns (or when `tx` commits). Gives the offsets in the order of `batches`. */
  append(tx: Tx | undefined, batches: readonly NewBatch[]): Promise<number[]>;
  /** Batches from `from` on, at least one when there is one, else up to `maxBytes` of them. */
  read(partition: number, from: number, maxBytes: number): Promise<StoredBatch[]>;
  /** First offset kept and the next one to be given. */
  bounds(partition: number): Promise<{ first: number; next: number }>;
  /** Forgets batches below `before`. The caller has put them into objects first. */
  trim(partition: number, before: number): Promise<void>;
}
