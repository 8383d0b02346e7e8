/**
 * Rows of a table, one at a time, with their number in the file. A quote that nobody closes is refused once it has
 * swallowed a mebibyte; a stray one inside a field stays a character. Tables without a mark are UTF-8, or
 * Windows-1252 when they are no UTF-8.
 */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { z } from 'zod';
import { ListFault } from './fault.ts';
import { textOf, type Encoding } from './list-file.ts';

/** Bytes of one row at most. The UK's longest rows, with their statements of reasons, are below 20 kB. */
const ROW_LENGTH_MAX = 1_048_576;
/** Rows of one table at most. The UK's, the longest that is published, has 57,000. */
const ROWS_MAX = 5_000_000;

const rowSchema = z.array(z.string());
const form = (delimiter: string) => ({ bom: true, delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, max_record_size: ROW_LENGTH_MAX }) as const;

/** Calls `each` for every row that is not empty. A file that is no UTF-8 is read again from its beginning, so `each` comes from `begin`. */
export async function readRows(path: string, delimiter: string, begin: () => (row: readonly string[], number: number) => void): Promise<void> {
  try {
    await pass(path, delimiter, 'utf-8', begin());
  } catch (error) {
    if (!(error instanceof ListFault) || error.code !== 'LIST_FILE_ENCODING') throw error;
    await pass(path, delimiter, 'windows-1252', begin());
  }
}

async function pass(path: string, delimiter: string, encoding: Encoding, each: (row: readonly string[], number: number) => void): Promise<void> {
  const parser = parse(form(delimiter));
  const fed = pipeline(Readable.from(textOf(path, encoding)), parser).catch((error: unknown) => error);
  let number = 0;
  try {
    for await (const found of parser) {
      const row = rowSchema.parse(found);
      // OFAC's tables end in the end-of-file character of another age.
      if (row.length === 1 && row[0] === '\u001a') continue;
      number += 1;
      if (number > ROWS_MAX) throw new ListFault('LIST_FILE_TOO_LARGE', `more than ${ROWS_MAX} rows`);
      each(row, number);
    }
  } catch (error) {
    throw faultOf(error, number);
  }
  const failure = await fed;
  if (failure !== undefined) throw faultOf(failure, number);
}

/** Rows of a piece of text, as far as they are whole: the last may be cut. */
export function rowsOfHead(head: string, delimiter: string): string[][] {
  const lines = head.split('\n').slice(0, 40);
  for (let count = lines.length; count > 0; count -= 1) {
    try {
      return z.array(rowSchema).parse(parseNow(lines.slice(0, count).join('\n'), form(delimiter)));
    } catch {
      // A row goes on beyond the lines in hand: with one line less the head may be whole.
    }
  }
  return [];
}

function faultOf(error: unknown, number: number): unknown {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('CSV_')) {
    return new ListFault('LIST_FILE_BROKEN', `after row ${number}: ${error.message}`);
  }
  return error;
}
