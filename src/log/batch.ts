/**
 * The columnar batch: what intake appends to the event log, the monitor folds and analytics copies.
 * One typed array a column, short recurring strings in a legend, long ones in a heap, all of it
 * zstd level 1 (deflate at its default costs nine times the CPU). The same rows give the same
 * bytes, so a batch is addressed by the SHA-256 of its compressed form.
 *
 * Layout, little endian, each section padded to 8 bytes: magic `NGB2`, count, legend bytes, heap
 * bytes (u32 each); legend (JSON list of strings); the columns in the order of `COLUMNS`; for each
 * text column `count + 1` heap offsets (u32); the heap (UTF-8). Refuses a wrong magic, a length
 * that does not add up, or more than `BATCH_ROWS_MAX` rows. `NGB1` is the same without the columns of `LATER`,
 * which then hold nothing: what was written once is read for ever. The frame's checksum (xxHash, 32 bits) tells
 * bytes that rotted; it tells no forger, who could write it anew: the log's owner is trusted with that.
 */

import { zstdCompressSync, zstdDecompressSync, constants } from 'node:zlib';
import { assert } from '../terms/index.ts';
import { textsOf } from './text-heap.ts';

/** Rows of one batch at most: two legs for each of a request's 10,000 events, and as many released. */
export const BATCH_ROWS_MAX = 65_536;
/** Bytes of one batch after decompression at most. */
export const BATCH_BYTES_MAX = 64 * 1024 * 1024;

const MAGIC = 0x3242474e;
const MAGIC_1 = 0x3142474e;

/** Columns of whole numbers; `legend` columns hold a place in the legend, 0 for "not said". */
const NUMBER_COLUMNS = {
  at: Float64Array, seq: Float64Array, paisa: Float64Array, quotePaisa: Float64Array,
  /** The firm's own value in paisa, or -1. */
  claimPaisa: Float64Array,
  /** Of an `opening-load`: when the firm onboarded the customer, 0 when not said. */
  since: Float64Array,
  flags: Uint32Array, line: Uint32Array,
  firm: Uint16Array,
  asset: Uint16Array, quoteAsset: Uint16Array, chain: Uint16Array, country: Uint16Array, network: Uint16Array, bank: Uint16Array,
  counterFirm: Uint16Array, stream: Uint16Array, submission: Uint16Array,
  kind: Uint8Array,
  /** Of a `correct`: the kind of the event as it should have been. */
  replacementKind: Uint8Array,
  service: Uint8Array, method: Uint8Array, anonymiser: Uint8Array, ageBand: Uint8Array, province: Uint8Array,
  incomeClass: Uint8Array, riskClass: Uint8Array,
} as const;

/** Columns that `NGB1` lacks. */
const LATER: ReadonlySet<string> = new Set(['since']);

/** Columns of 16 bytes a row: person ids as bytes, smallest units as little-endian signed 128 bit. */
const WIDE_COLUMNS = ['person', 'other', 'units', 'quoteUnits'] as const;

/** Columns of text in the heap. `address`: the counterparty's canonical address; `target`: an earlier event's id. */
const TEXT_COLUMNS = ['id', 'customer', 'address', 'txHash', 'ipToken', 'deviceToken', 'accountToken', 'target'] as const;

type NumberColumn = keyof typeof NUMBER_COLUMNS;
type WideColumn = (typeof WIDE_COLUMNS)[number];
type TextColumn = (typeof TEXT_COLUMNS)[number];
type LegendColumn = 'asset' | 'quoteAsset' | 'chain' | 'country' | 'network' | 'bank' | 'counterFirm' | 'stream' | 'submission';

const NUMBER_NAMES = Object.keys(NUMBER_COLUMNS) as NumberColumn[];
const NUMBER_NAMES_1 = NUMBER_NAMES.filter((name) => !LATER.has(name));
const LEGEND_NAMES: readonly LegendColumn[] = ['asset', 'quoteAsset', 'chain', 'country', 'network', 'bank', 'counterFirm', 'stream', 'submission'];

/** One row as intake writes it: legend and text columns as strings, wide ones as hex or bigint. */
export type EventRow = { [C in Exclude<NumberColumn, LegendColumn>]: number } & { [C in LegendColumn]: string } & { [C in TextColumn]: string } & {
  /** 32 hex digits. */
  person: string;
  /** 32 hex digits, or empty when the event has no second customer. */
  other: string;
  units: bigint;
  quoteUnits: bigint;
};

/** A row with every column at "not said": writers spread it and set what they know. */
export const EMPTY_ROW: EventRow = {
  at: 0, seq: 0, paisa: 0, quotePaisa: 0, claimPaisa: -1, since: 0, flags: 0, line: 0, firm: 0, asset: '', quoteAsset: '', chain: '', country: '', network: '',
  bank: '', counterFirm: '', stream: '', submission: '', kind: 0, replacementKind: 0, service: 0, method: 0, anonymiser: 0, ageBand: 0, province: 0, incomeClass: 0,
  riskClass: 0, id: '', customer: '', address: '', txHash: '', ipToken: '', deviceToken: '', accountToken: '', target: '', person: '', other: '',
  units: 0n, quoteUnits: 0n,
};

type NumberArrays = { readonly [C in NumberColumn]: InstanceType<(typeof NUMBER_COLUMNS)[C]> };
type WideArrays = { readonly [C in WideColumn]: Uint8Array };

/** A decoded batch: typed arrays over one buffer; strings are made only when asked for. */
export interface EventBatch extends NumberArrays, WideArrays {
  readonly count: number;
  readonly legend: readonly string[];
  /** Text of a heap column in a row. */
  text(column: TextColumn, row: number): string;
  /** Text of a legend column in a row. */
  word(column: LegendColumn, row: number): string;
  /** Heap bytes of a text column in a row, without making a string. */
  bytes(column: TextColumn, row: number): Uint8Array;
  /** The heap, and where a text column's rows start in it (`count + 1` places): for loops that allocate nothing. */
  readonly heap: Uint8Array;
  offsets(column: TextColumn): Uint32Array;
}

const pad8 = (n: number) => (n + 7) & ~7;

/** Encodes rows; the result is compressed and is what is hashed, stored and read. */
export function encodeBatch(rows: readonly EventRow[]): Uint8Array {
  const n = rows.length;
  assert(n > 0 && n <= BATCH_ROWS_MAX, `a batch holds 1 to ${BATCH_ROWS_MAX} rows, not ${n}`);
  const legend = legendOf(rows);
  const legendBytes = Buffer.from(JSON.stringify(legend.words));
  const texts = textsOf(rows, TEXTS_OF);
  const total = sizeOf(NUMBER_NAMES, n, legendBytes.length, texts.heap.length);
  assert(total <= BATCH_BYTES_MAX, `a batch holds at most ${BATCH_BYTES_MAX} bytes`);
  const out = Buffer.alloc(total);
  for (const [i, word] of [MAGIC, n, legendBytes.length, texts.heap.length].entries()) out.writeUInt32LE(word, i * 4);
  let offset = pad8(16);
  legendBytes.copy(out, offset);
  offset += pad8(legendBytes.length);
  const columns: Partial<Record<NumberColumn, Float64Array | Uint32Array | Uint16Array | Uint8Array>> = {};
  for (const name of NUMBER_NAMES) {
    const column = new NUMBER_COLUMNS[name](out.buffer, out.byteOffset + offset, n);
    columns[name] = column;
    offset += pad8(column.byteLength);
  }
  writeNumbers(rows, columns as NumberArrays);
  for (const name of LEGEND_NAMES) columns[name]?.set(legend.places[name]);
  for (let i = 0; i < n; i++) writeWide(out, offset, n, i, rowAt(rows, i));
  offset += WIDE_COLUMNS.length * n * 16;
  new Uint32Array(out.buffer, out.byteOffset + offset, texts.tables.length).set(texts.tables);
  texts.heap.copy(out, offset + pad8(texts.tables.byteLength));
  return zstdCompressSync(out, { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } });
}

/** Every column that is a number in the row, named one by one: a loop over names would look each of them up by its text. */
function writeNumbers(rows: readonly EventRow[], to: NumberArrays): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rowAt(rows, i);
    to.at[i] = row.at;
    to.seq[i] = row.seq;
    to.paisa[i] = row.paisa;
    to.quotePaisa[i] = row.quotePaisa;
    to.claimPaisa[i] = row.claimPaisa;
    to.since[i] = row.since;
    to.flags[i] = row.flags;
    to.line[i] = row.line;
    to.firm[i] = row.firm;
    to.kind[i] = row.kind;
    to.replacementKind[i] = row.replacementKind;
    to.service[i] = row.service;
    to.method[i] = row.method;
    to.anonymiser[i] = row.anonymiser;
    to.ageBand[i] = row.ageBand;
    to.province[i] = row.province;
    to.incomeClass[i] = row.incomeClass;
    to.riskClass[i] = row.riskClass;
    const fits = to.flags[i] === row.flags && to.line[i] === row.line && to.firm[i] === row.firm && to.kind[i] === row.kind && to.replacementKind[i] === row.replacementKind && to.service[i] === row.service
      && to.method[i] === row.method && to.anonymiser[i] === row.anonymiser && to.ageBand[i] === row.ageBand && to.province[i] === row.province && to.incomeClass[i] === row.incomeClass && to.riskClass[i] === row.riskClass;
    assert(fits, 'a number fits its column, which would wrap a larger one and say nothing');
  }
}

/** Decodes a batch. Throws when the bytes are none. */
export function decodeBatch(compressed: Uint8Array): EventBatch {
  const plain = aligned(zstdDecompressSync(compressed, { maxOutputLength: BATCH_BYTES_MAX }));
  const magic = plain.length < 16 ? 0 : plain.readUInt32LE(0);
  assert(magic === MAGIC || magic === MAGIC_1, 'a batch starts with its magic');
  const names = magic === MAGIC ? NUMBER_NAMES : NUMBER_NAMES_1;
  const n = plain.readUInt32LE(4);
  const [legendLength, heapLength] = [plain.readUInt32LE(8), plain.readUInt32LE(12)];
  assert(n <= BATCH_ROWS_MAX && sizeOf(names, n, legendLength, heapLength) === plain.length, 'a batch is as long as its columns');
  const legend: readonly string[] = JSON.parse(plain.toString('utf8', pad8(16), pad8(16) + legendLength));
  let offset = pad8(16) + pad8(legendLength);
  const columns: Partial<Record<NumberColumn | WideColumn, Float64Array | Uint32Array | Uint16Array | Uint8Array>> = {};
  if (magic === MAGIC_1) columns.since = new Float64Array(n);
  for (const name of names) {
    const column = new NUMBER_COLUMNS[name](plain.buffer, plain.byteOffset + offset, n);
    columns[name] = column;
    offset += pad8(column.byteLength);
  }
  for (const name of WIDE_COLUMNS) {
    columns[name] = new Uint8Array(plain.buffer, plain.byteOffset + offset, n * 16);
    offset += n * 16;
  }
  const tables = new Uint32Array(plain.buffer, plain.byteOffset + offset, TEXT_COLUMNS.length * (n + 1));
  const heap = plain.subarray(offset + pad8(tables.byteLength));
  const arrays = columns as NumberArrays & WideArrays;
  const bytes = (column: TextColumn, row: number) => {
    const at = TEXT_COLUMNS.indexOf(column) * (n + 1) + row;
    return heap.subarray(tables[at], tables[at + 1]);
  };
  return Object.assign(Object.create(null) as object, arrays, {
    count: n,
    legend,
    bytes,
    heap,
    offsets: (column: TextColumn) => tables.subarray(TEXT_COLUMNS.indexOf(column) * (n + 1), (TEXT_COLUMNS.indexOf(column) + 1) * (n + 1)),
    text: (column: TextColumn, row: number) => {
      const at = TEXT_COLUMNS.indexOf(column) * (n + 1) + row;
      return heap.toString('utf8', tables[at], tables[at + 1]);
    },
    word: (column: LegendColumn, row: number) => legend[arrays[column][row] ?? 0] ?? '',
  });
}

/** 32 hex digits of a row's wide column; empty when all are zero. */
export function wideHex(column: Uint8Array, row: number): string {
  const hex = Buffer.from(column.buffer, column.byteOffset + row * 16, 16).toString('hex');
  return hex === '00000000000000000000000000000000' ? '' : hex;
}

/** The recurring strings of some rows, in the order in which they come, and where each column's are. */
function legendOf(rows: readonly EventRow[]): { readonly words: readonly string[]; readonly places: Readonly<Record<LegendColumn, Uint16Array>> } {
  const words: string[] = [''];
  const known = new Map<string, number>([['', 0]]);
  const place = (word: string): number => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const made = words.push(word) - 1;
    assert(made < 65_536, 'a batch has fewer than 65,536 recurring strings');
    known.set(word, made);
    return made;
  };
  const column = (): Uint16Array => new Uint16Array(rows.length);
  const to = { asset: column(), quoteAsset: column(), chain: column(), country: column(), network: column(), bank: column(), counterFirm: column(), stream: column(), submission: column() };
  for (let i = 0; i < rows.length; i++) {
    const row = rowAt(rows, i);
    to.asset[i] = place(row.asset);
    to.quoteAsset[i] = place(row.quoteAsset);
    to.chain[i] = place(row.chain);
    to.country[i] = place(row.country);
    to.network[i] = place(row.network);
    to.bank[i] = place(row.bank);
    to.counterFirm[i] = place(row.counterFirm);
    to.stream[i] = place(row.stream);
    to.submission[i] = place(row.submission);
  }
  return { words, places: to };
}

function rowAt(rows: readonly EventRow[], i: number): EventRow {
  const row = rows[i];
  assert(row !== undefined, 'a row within the batch');
  return row;
}

function sizeOf(names: readonly NumberColumn[], n: number, legendLength: number, heapLength: number): number {
  let total = pad8(16) + pad8(legendLength);
  for (const name of names) total += pad8(NUMBER_COLUMNS[name].BYTES_PER_ELEMENT * n);
  return total + WIDE_COLUMNS.length * n * 16 + pad8(TEXT_COLUMNS.length * (n + 1) * 4) + heapLength;
}

function writeWide(out: Buffer, offset: number, n: number, i: number, row: EventRow): void {
  const at = offset + i * 16;
  const step = n * 16;
  writePerson(out, at, row.person);
  writePerson(out, at + step, row.other);
  writeUnits(out, at + 2 * step, row.units);
  writeUnits(out, at + 3 * step, row.quoteUnits);
}

function writePerson(out: Buffer, at: number, person: string): void {
  if (person === '') return;
  assert(person.length === 32 && out.write(person, at, 16, 'hex') === 16, 'a person is 32 hex digits');
}

function writeUnits(out: Buffer, at: number, units: bigint): void {
  if (units === 0n) return;
  out.writeBigUInt64LE(BigInt.asUintN(64, units), at);
  out.writeBigInt64LE(units >> 64n, at + 8);
}

/** The text columns of a row, in the order of `TEXT_COLUMNS`. */
const TEXTS_OF: readonly ((row: EventRow) => string)[] = [
  (row) => row.id, (row) => row.customer, (row) => row.address, (row) => row.txHash, (row) => row.ipToken, (row) => row.deviceToken, (row) => row.accountToken, (row) => row.target,
];

/** The bytes at the start of a buffer of their own when they do not already lie on 8 bytes. */
function aligned(bytes: Buffer): Buffer<ArrayBuffer> {
  if (bytes.byteOffset % 8 === 0 && bytes.buffer instanceof ArrayBuffer) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const copy = Buffer.from(new ArrayBuffer(bytes.length));
  bytes.copy(copy);
  return copy;
}
