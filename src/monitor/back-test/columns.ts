/**
 * Columns as ClickHouse answers them (its Native format) become the columns that the engine folds: numbers are copied as
 * they lie, texts go into one heap. The statement and the reader stand in one file, because the order of columns is what
 * binds them. Refuses an answer that is cut short, or that holds other columns than were asked for: an error in
 * the middle of an answer looks like that.
 */

import type { Activity } from '../engine/step.ts';

type TextColumn = Parameters<Activity['offsets']>[0];

/** Rows of one block of the answer at most: what the engine reserves room for at once. */
const BLOCK_ROWS_MAX = 16_384;

/** The columns, as they are asked for and read: name, SQL, type. Instants and amounts stay below 2^53, so doubles hold them exactly. */
const COLUMNS = [
  ['admittedAt', 'toFloat64(admitted_at)', 'Float64'], ['at', 'toFloat64(at)', 'Float64'], ['seq', 'toFloat64(seq)', 'Float64'], ['paisa', 'toFloat64(paisa)', 'Float64'], ['since', 'toFloat64(since)', 'Float64'],
  ['flags', 'flags', 'UInt32'], ['firm', 'firm', 'UInt16'], ['kind', 'kind', 'UInt8'], ['replacementKind', 'replacement_kind', 'UInt8'], ['service', 'service', 'UInt8'], ['ageBand', 'age_band', 'UInt8'],
  ['province', 'province', 'UInt8'], ['incomeClass', 'income_class', 'UInt8'], ['riskClass', 'risk_class', 'UInt8'], ['person', 'person', 'FixedString(16)'], ['other', 'other', 'FixedString(16)'],
  ['id', 'id', 'String'], ['address', 'address', 'String'], ['accountToken', 'account_token', 'String'], ['target', 'target', 'String'], ['chain', 'cast(chain, \'String\')', 'String'],
] as const;
const BYTES = { Float64: 8, UInt32: 4, UInt16: 2, UInt8: 1, 'FixedString(16)': 16 } as const;

/** Rows in the order of admission, with the instant of each. */
export interface AdmittedRows extends Activity {
  readonly admittedAt: Float64Array;
}

/** The statement for rows that fulfil a condition, in the order of admission. */
export function rowsStatement(where: string): string {
  return `select ${COLUMNS.map(([name, sql]) => `${sql} as c_${name}`).join(', ')} from events where ${where} order by admitted_at, part, off, row
    settings max_block_size = ${BLOCK_ROWS_MAX} format Native`;
}

/** The blocks of an answer. */
export function readBlocks(bytes: Buffer): AdmittedRows[] {
  const from = new Cursor(bytes);
  const blocks: AdmittedRows[] = [];
  while (!from.done) {
    must(from.varint() === COLUMNS.length, 'an answer has the columns that were asked for');
    const rows = from.varint();
    const block = readBlock(from, rows);
    if (rows > 0) blocks.push(block);
  }
  return blocks;
}

/** Rows `from` to `to` of a block, over the same memory. */
export function part(rows: AdmittedRows, from: number, to: number): AdmittedRows {
  if (from === 0 && to === rows.count) return rows;
  return {
    count: to - from, heap: rows.heap, offsets: (column) => rows.offsets(column).subarray(from, to + 1), word: (column, row) => rows.word(column, row + from), text: (column, row) => rows.text(column, row + from),
    admittedAt: rows.admittedAt.subarray(from, to), at: rows.at.subarray(from, to), seq: rows.seq.subarray(from, to), paisa: rows.paisa.subarray(from, to), since: rows.since.subarray(from, to), flags: rows.flags.subarray(from, to),
    firm: rows.firm.subarray(from, to), kind: rows.kind.subarray(from, to), replacementKind: rows.replacementKind.subarray(from, to), service: rows.service.subarray(from, to),
    ageBand: rows.ageBand.subarray(from, to), province: rows.province.subarray(from, to), incomeClass: rows.incomeClass.subarray(from, to), riskClass: rows.riskClass.subarray(from, to),
    person: rows.person.subarray(from * 16, to * 16), other: rows.other.subarray(from * 16, to * 16),
  };
}

function readBlock(from: Cursor, rows: number): AdmittedRows {
  const numbers = new Map<string, ArrayBuffer>();
  const tables = new Map<string, Uint32Array>();
  const heap = new HeapWriter();
  for (const [name, , type] of COLUMNS) {
    must(from.text() === `c_${name}` && from.text() === type, `${name} comes where it was asked for`);
    if (type === 'String') tables.set(name, from.texts(rows, heap));
    else numbers.set(name, from.copy(rows * BYTES[type]));
  }
  return rowsOf(rows, numbers, tables, heap.done());
}

function rowsOf(count: number, numbers: ReadonlyMap<string, ArrayBuffer>, tables: ReadonlyMap<string, Uint32Array>, heap: Buffer): AdmittedRows {
  const of = (name: (typeof COLUMNS)[number][0]): ArrayBuffer => numbers.get(name) ?? new ArrayBuffer(0);
  const none = new Uint32Array(count + 1);
  const table = (name: string): Uint32Array => tables.get(name) ?? none;
  const text = (name: string, row: number): string => heap.toString('utf8', table(name)[row], table(name)[row + 1]);
  return {
    count, heap, offsets: (column: TextColumn) => table(column), word: (column, row) => (column === 'chain' ? text('chain', row) : ''), text,
    admittedAt: new Float64Array(of('admittedAt')), at: new Float64Array(of('at')), seq: new Float64Array(of('seq')), paisa: new Float64Array(of('paisa')), since: new Float64Array(of('since')), flags: new Uint32Array(of('flags')),
    firm: new Uint16Array(of('firm')), kind: new Uint8Array(of('kind')), replacementKind: new Uint8Array(of('replacementKind')), service: new Uint8Array(of('service')), ageBand: new Uint8Array(of('ageBand')),
    province: new Uint8Array(of('province')), incomeClass: new Uint8Array(of('incomeClass')), riskClass: new Uint8Array(of('riskClass')), person: new Uint8Array(of('person')), other: new Uint8Array(of('other')),
  };
}

/** Texts of all columns, one after the other. */
class HeapWriter {
  #bytes = Buffer.allocUnsafe(65_536);
  length = 0;

  /** Takes `length` bytes of `from`. Most texts are short, for which a loop beats a call. */
  take(from: Buffer, at: number, length: number): void {
    if (this.length + length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.length + length));
      this.#bytes.copy(larger, 0, 0, this.length);
      this.#bytes = larger;
    }
    const to = this.#bytes;
    for (let i = 0; i < length; i++) to[this.length + i] = from[at + i] ?? 0;
    this.length += length;
  }

  done(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }
}

/** A place in an answer. */
class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#at++];
      must(byte !== undefined, 'an answer ends with a block');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error('ClickHouse answered with what is no number');
  }

  text(): string {
    const length = this.varint();
    return this.#bytes.toString('latin1', this.#advance(length), this.#at);
  }

  /** Bytes of a column, on a buffer of their own so that wider numbers lie on their bounds. */
  copy(length: number): ArrayBuffer {
    const out = new ArrayBuffer(length);
    new Uint8Array(out).set(this.#bytes.subarray(this.#advance(length), this.#at));
    return out;
  }

  /** Texts of a column into the heap; gives where each begins. */
  texts(rows: number, heap: HeapWriter): Uint32Array {
    const table = new Uint32Array(rows + 1);
    for (let i = 0; i < rows; i++) {
      table[i] = heap.length;
      const length = this.varint();
      heap.take(this.#bytes, this.#advance(length), length);
    }
    table[rows] = heap.length;
    return table;
  }

  #advance(length: number): number {
    const at = this.#at;
    this.#at += length;
    must(this.#at <= this.#bytes.length, 'an answer ends with a block');
    return at;
  }
}

/** An answer that is not as it was asked for is an error of the day: the database went away, or ran out of something. */
function must(condition: boolean, expected: string): asserts condition {
  if (!condition) throw new Error(`ClickHouse's answer was cut short: ${expected}`);
}
