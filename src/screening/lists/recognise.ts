/**
 * What a file is, by what stands in it and never by its name alone: people rename files, and mirrors name them as
 * they like. A file that is none of the known forms is told as such.
 */

import { isPlainHeader } from './plain-csv.ts';
import { rowsOfHead } from './csv-rows.ts';
import type { OfacTable } from './ofac-csv.ts';

/** The forms that are read. */
export type ListForm =
  | { readonly form: 'ofac-table'; readonly table: OfacTable }
  | { readonly form: 'ofac-advanced' | 'ofac-plain' | 'un' | 'uk-xml' | 'uk-csv' | 'eu-xml' | 'eu-csv' | 'nacta' }
  | { readonly form: 'plain'; readonly delimiter: string };

/** Rows looked at in a table: a form must hold in all of them. */
const ROWS_LOOKED_AT = 12;
const ROOTS: Readonly<Record<string, 'ofac-advanced' | 'ofac-plain' | 'un' | 'uk-xml' | 'eu-xml'>> = {
  Sanctions: 'ofac-advanced', sdnList: 'ofac-plain', CONSOLIDATED_LIST: 'un', Designations: 'uk-xml', export: 'eu-xml',
};

/** Heads of wallet lists: their rows name addresses, and nobody by a name that could be matched. */
const WALLET_HEADERS = ['address name', 'asset address'];

/** The form of a file by its first characters, or why it is none. */
export function recognise(head: string): ListForm | 'unknown' | 'declares-entities' {
  const text = head.trimStart();
  if (text.startsWith('<')) return ofRoot(text);
  if (text.startsWith('[') || text.startsWith('{')) return /"\s*cnic\s*"/i.test(text) || (/"\s*father\s*_?name\s*"/i.test(text) && /"\s*name\s*"/i.test(text)) ? { form: 'nacta' } : 'unknown';
  return ofTable(head);
}

function ofRoot(text: string): ListForm | 'unknown' | 'declares-entities' {
  const root = /<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)/.exec(text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>/g, ''))?.[1] ?? '';
  const form = Object.hasOwn(ROOTS, root) ? ROOTS[root] : undefined;
  if (form !== undefined) return { form };
  return /<!DOCTYPE|<!ENTITY/.test(text) ? 'declares-entities' : 'unknown';
}

function ofTable(head: string): ListForm | 'unknown' {
  for (const delimiter of [',', ';', '\t']) {
    const rows = rowsOfHead(head, delimiter).slice(0, ROWS_LOOKED_AT).filter((row) => row.length > 1 || row[0] !== '\u001a');
    const headers = rows.slice(0, 3).map((row) => row.map((cell) => cell.toLowerCase().replace(/[^a-z0-9_]/g, '')));
    if (headers.some((row) => row.includes('entity_logicalid'))) return { form: 'eu-csv' };
    if (headers.some((row) => row.includes('uniqueid') && row.includes('name6'))) return { form: 'uk-csv' };
    const table = delimiter === ',' ? ofOfac(rows) : undefined;
    if (table !== undefined) return { form: 'ofac-table', table };
    const [first] = rows;
    if (WALLET_HEADERS.includes(headers[0]?.join(' ') ?? '')) return 'unknown';
    if (first !== undefined && first.length > 1 && isPlainHeader(first)) return { form: 'plain', delimiter };
  }
  const first = head.split(/\r?\n/)[0] ?? '';
  return /^"?name"?$/i.test(first.trim()) ? { form: 'plain', delimiter: ',' } : 'unknown';
}

/** OFAC's tables have no header: the number of columns and their first values are what marks them. */
function ofOfac(rows: readonly (readonly string[])[]): OfacTable | undefined {
  const all = (test: (row: readonly string[]) => boolean): boolean => rows.length > 0 && rows.every(test);
  const isNumber = (text: string | undefined): boolean => /^\s*\d+\s*$/.test(text ?? '');
  if (all((row) => row.length === 12 && isNumber(row[0]) && /^\s*(?:-0-|individual|vessel|aircraft|entity|)\s*$/i.test(row[2] ?? ''))) return 'primary';
  if (all((row) => row.length === 5 && isNumber(row[0]) && isNumber(row[1]) && /^\s*[afn]ka\s*$/i.test(row[2] ?? ''))) return 'alias';
  if (all((row) => row.length === 6 && isNumber(row[0]) && isNumber(row[1]))) return 'address';
  return all((row) => row.length === 2 && isNumber(row[0]) && !isNumber(row[1])) ? 'remark' : undefined;
}
