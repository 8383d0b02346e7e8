/**
 * The table of events in ClickHouse, and the writer of its rows as RowBinary. It is a copy for people's
 * questions and never part of deciding: it may be dropped and filled again from the event log. Names are
 * those of the batch's columns in snake case. Instants are microseconds, days are Asia/Karachi days.
 */

import { karachiDay, instantOf } from '../../terms/index.ts';
import type { EventBatch } from '../batch.ts';
import type { StoredBatch } from '../event-log.ts';

/** Statements that make the table; running them again changes nothing. */
export const EVENTS_DDL = `
create table if not exists events (
  firm UInt16, at Int64, admitted_at Int64, day Int32, admitted_day Int32, kind UInt8, replacement_kind UInt8, service UInt8, flags UInt32,
  person FixedString(16), other FixedString(16),
  asset LowCardinality(String), quote_asset LowCardinality(String), units Int128, quote_units Int128,
  paisa Int64, quote_paisa Int64, claim_paisa Int64,
  chain LowCardinality(String), country LowCardinality(String), network LowCardinality(String), bank LowCardinality(String),
  counter_firm LowCardinality(String), stream LowCardinality(String), method UInt8, anonymiser UInt8,
  age_band UInt8, province UInt8, income_class UInt8, risk_class UInt8,
  id String, customer String, address String, tx_hash String, ip_token String, device_token String, account_token String, target String,
  submission String, line UInt32, seq UInt64, part UInt16, off UInt64, row UInt32,
  index by_person person type bloom_filter(0.01) granularity 4,
  index by_address address type bloom_filter(0.01) granularity 4,
  index by_hash tx_hash type bloom_filter(0.01) granularity 4,
  index by_id id type bloom_filter(0.01) granularity 4,
  index by_submission submission type bloom_filter(0.01) granularity 4
) engine = MergeTree order by (day, firm, at)
settings non_replicated_deduplication_window = 10000, index_granularity = 4096`;

/** The statement that a RowBinary body follows. */
export const EVENTS_INSERT = 'insert into events format RowBinary';

/** Bytes of one row beside its strings: the sum of the fixed columns. */
const FIXED_BYTES = 2 + 8 + 8 + 4 + 4 + 1 + 1 + 1 + 4 + 16 + 16 + 16 + 16 + 8 + 8 + 8 + 1 + 1 + 4 + 4 + 8 + 2 + 8 + 4;

type TextColumn = Parameters<EventBatch['bytes']>[0];
type LegendColumn = Parameters<EventBatch['word']>[0];

const HEAP_AFTER: readonly TextColumn[] = ['id', 'customer', 'address', 'txHash', 'ipToken', 'deviceToken', 'accountToken', 'target'];

/** RowBinary of a batch's rows, in the order of the table's columns. */
export function rowBinary(stored: StoredBatch, batch: EventBatch): Buffer {
  const legend = batch.legend.map((word) => {
    const bytes = Buffer.from(word);
    return Buffer.concat([varint(bytes.length), bytes]);
  });
  const legendMax = legend.reduce((most, bytes) => Math.max(most, bytes.length), 1);
  let heap = 0;
  for (let row = 0; row < batch.count; row++) for (const column of HEAP_AFTER) heap += batch.bytes(column, row).length + 3;
  const out = new RowWriter(batch.count * (FIXED_BYTES + 9 * legendMax) + heap);
  const admittedDay = karachiDay(stored.admittedAt);
  for (let row = 0; row < batch.count; row++) writeRow(out, stored, batch, legend, admittedDay, row);
  return out.bytes();
}

function writeRow(out: RowWriter, stored: StoredBatch, batch: EventBatch, legend: readonly Buffer[], admittedDay: number, row: number): void {
  const word = (column: LegendColumn) => out.raw(legend[batch[column][row] ?? 0] ?? EMPTY);
  const at = batch.at[row] ?? 0;
  out.u16(batch.firm[row] ?? 0);
  out.i64(at);
  out.i64(stored.admittedAt);
  out.i32(karachiDay(instantOf(at)));
  out.i32(admittedDay);
  out.u8(batch.kind[row] ?? 0);
  out.u8(batch.replacementKind[row] ?? 0);
  out.u8(batch.service[row] ?? 0);
  out.u32(batch.flags[row] ?? 0);
  out.wide(batch.person, row);
  out.wide(batch.other, row);
  word('asset');
  word('quoteAsset');
  out.wide(batch.units, row);
  out.wide(batch.quoteUnits, row);
  out.i64(batch.paisa[row] ?? 0);
  out.i64(batch.quotePaisa[row] ?? 0);
  out.i64(batch.claimPaisa[row] ?? 0);
  for (const column of ['chain', 'country', 'network', 'bank', 'counterFirm', 'stream'] as const) word(column);
  for (const column of ['method', 'anonymiser', 'ageBand', 'province', 'incomeClass', 'riskClass'] as const) out.u8(batch[column][row] ?? 0);
  for (const column of HEAP_AFTER) out.text(batch.bytes(column, row));
  word('submission');
  out.u32(batch.line[row] ?? 0);
  out.i64(batch.seq[row] ?? 0);
  out.u16(stored.partition);
  out.i64(stored.offset);
  out.u32(row);
}

const EMPTY = Buffer.from([0]);

function varint(n: number): Buffer {
  const out: number[] = [];
  let rest = n;
  while (rest >= 0x80) {
    out.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  out.push(rest);
  return Buffer.from(out);
}

class RowWriter {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(size: number) {
    this.#buffer = Buffer.allocUnsafe(size);
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  u8(n: number): void {
    this.#at = this.#buffer.writeUInt8(n, this.#at);
  }

  u16(n: number): void {
    this.#at = this.#buffer.writeUInt16LE(n, this.#at);
  }

  u32(n: number): void {
    this.#at = this.#buffer.writeUInt32LE(n, this.#at);
  }

  i32(n: number): void {
    this.#at = this.#buffer.writeInt32LE(n, this.#at);
  }

  /** A whole number below 2^53 as 64 bits, without a bigint. */
  i64(n: number): void {
    const high = Math.floor(n / 4_294_967_296);
    this.#at = this.#buffer.writeUInt32LE(n - high * 4_294_967_296, this.#at);
    this.#at = this.#buffer.writeInt32LE(high, this.#at);
  }

  wide(column: Uint8Array, row: number): void {
    this.#buffer.set(column.subarray(row * 16, row * 16 + 16), this.#at);
    this.#at += 16;
  }

  raw(bytes: Uint8Array): void {
    this.#buffer.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  text(bytes: Uint8Array): void {
    let rest = bytes.length;
    while (rest >= 0x80) {
      this.u8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.u8(rest);
    this.raw(bytes);
  }
}
