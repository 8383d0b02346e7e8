/**
 * The bytes of a request become lines: decompressed within the bound, decoded as UTF-8 without
 * replacement, split at line breaks. One JSON object, NDJSON and CSV all end as the same lines, so there
 * is one path behind them. Refuses unknown encodings, more than 16 MiB or 10,000 lines, and no lines.
 */

import { isUtf8 } from 'node:buffer';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { EVENTS_PER_REQUEST_MAX, REQUEST_BYTES_MAX } from '../contract/index.ts';
import { reject, type Rejection } from '../terms/index.ts';

/** What the door got: the raw bytes and the two headers that say how to read them. */
export interface Body {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly contentEncoding: string;
}

/** A line of a filing with its number from 1. `unreadable`: it is no UTF-8, and `text` has its bytes one a character. */
export interface BodyLine {
  readonly line: number;
  readonly text: string;
  readonly unreadable?: true;
}

/** Lines of a body, or why it cannot be read at all. */
export function readBody(body: Body): readonly BodyLine[] | Rejection {
  const plain = decompress(body);
  if (!(plain instanceof Uint8Array)) return plain;
  if (plain.length > REQUEST_BYTES_MAX) return reject('BODY_TOO_LARGE');
  const type = (body.contentType.split(';')[0] ?? '').trim().toLowerCase();
  switch (type) {
    case 'application/json':
      return bounded([plain]);
    case 'application/x-ndjson':
    case 'application/ndjson':
      return bounded(splitLines(plain));
    case 'text/csv':
      return csvLines(plain);
    default:
      return reject('BODY_TYPE');
  }
}

function decompress(body: Body): Uint8Array | Rejection {
  const options = { maxOutputLength: REQUEST_BYTES_MAX + 1 };
  try {
    switch (body.contentEncoding.trim().toLowerCase()) {
      case '':
      case 'identity':
        return body.bytes;
      case 'gzip':
        return gunzipSync(body.bytes, options);
      case 'zstd':
        return zstdDecompressSync(body.bytes, options);
      default:
        return reject('BODY_ENCODING');
    }
  } catch (error) {
    return reject(isTooLarge(error) ? 'BODY_TOO_LARGE' : 'BODY_ENCODING');
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE');
}

function splitLines(plain: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let at = plain.indexOf(10); at >= 0; at = plain.indexOf(10, from)) {
    lines.push(plain.subarray(from, at));
    from = at + 1;
  }
  lines.push(plain.subarray(from));
  return lines;
}

/** Empty lines are passed over but keep their number, so that a rejection names the line a person sees. */
function bounded(pieces: readonly Uint8Array[]): readonly BodyLine[] | Rejection {
  const lines: BodyLine[] = [];
  for (const [i, piece] of pieces.entries()) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const readable = isUtf8(bytes);
    const text = bytes.toString(readable ? 'utf8' : 'latin1').trim();
    if (text === '') continue;
    lines.push(readable ? { line: i + 1, text } : { line: i + 1, text, unreadable: true });
  }
  if (lines.length === 0) return reject('BODY_EMPTY');
  return lines.length > EVENTS_PER_REQUEST_MAX ? reject('BODY_TOO_MANY') : lines;
}

/** Columns that hold a JSON value rather than text. */
const JSON_COLUMNS: ReadonlySet<string> = new Set(['v', 'seq', 'lastSeq', 'customers', 'profile.pep', 'balances', 'counts']);
const COLUMN = /^[a-zA-Z]{1,32}(\.[a-zA-Z0-9]{1,32}){0,3}$/;

/** CSV with dotted column names (`amount.value`); an empty cell is a field that is not there. */
function csvLines(plain: Uint8Array): readonly BodyLine[] | Rejection {
  if (!isUtf8(plain)) return reject('CSV_INVALID');
  let records: string[][];
  try {
    records = parse(Buffer.from(plain), { bom: true, relax_column_count: false, skip_empty_lines: true, max_record_size: 131_072 });
  } catch {
    return reject('CSV_INVALID');
  }
  const header = records[0];
  if (header === undefined || header.length > 200 || new Set(header).size !== header.length || !header.every((name) => COLUMN.test(name))) return reject('CSV_INVALID');
  if (records.length === 1) return reject('BODY_EMPTY');
  if (records.length - 1 > EVENTS_PER_REQUEST_MAX) return reject('BODY_TOO_MANY');
  return records.slice(1).map((cells, i) => ({ line: i + 2, text: jsonOfCells(header, cells) }));
}

function jsonOfCells(header: readonly string[], cells: readonly string[]): string {
  const event: Record<string, unknown> = {};
  for (const [i, name] of header.entries()) {
    const cell = cells[i] ?? '';
    if (cell !== '') place(event, name.split('.'), JSON_COLUMNS.has(name) ? jsonCell(cell) : cell);
  }
  return JSON.stringify(event);
}

function jsonCell(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

function place(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    into[head] = value;
    return;
  }
  const inner = into[head];
  const next: Record<string, unknown> = typeof inner === 'object' && inner !== null ? Object.fromEntries(Object.entries(inner)) : {};
  place(next, rest, value);
  into[head] = next;
}
