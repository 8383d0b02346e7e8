/**
 * NACTA's JSON export of proscribed persons: Name, FatherName, CNIC, Province, District. It has no number of its
 * own, and a CNIC is a number of a living person that must not wander into references and entries; so an entry is
 * named by a hash of its whole row, or by the export's own id where there is one. `@` and `urf` divide names.
 */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ListFault } from './fault.ts';
import { textOf } from './list-file.ts';
import { Gathering, type Reading } from './reading.ts';

/** Characters of the export at most; 4,665 rows have less than one million. */
const LENGTH_MAX = 64 * 1024 * 1024;
const CNIC_DIGITS = 13;

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const rowsSchema = z.array(z.record(z.string(), z.unknown()));
const wrappedSchema = z.record(z.string(), z.unknown());

/** Reads the export. Throws `ListFault`. */
export async function readNacta(path: string): Promise<Reading> {
  const gathering = new Gathering('nacta');
  for (const [index, row] of (await rowsAt(path)).entries()) {
    const at = (...keys: string[]): string => {
      const found = Object.entries(row).find(([key, value]) => keys.includes(keyOf(key)) && cellSchema.safeParse(value).success);
      return found === undefined ? '' : String(cellSchema.parse(found[1]) ?? '').trim();
    };
    const name = at('name');
    if (name === '') {
      gathering.setAside(`row ${index + 1}`, 'no-name');
      continue;
    }
    const [father, cnic, district, province] = [at('fathername', 'father'), at('cnic'), at('district'), at('province')];
    const draft = gathering.row(at('id', 'srno', 'serialno', 'number') || numberOf([name, father, cnic, province, district]), 'Person');
    for (const [place, part] of partsOf(name).entries()) draft.name(part, place === 0 ? 'primary' : 'alias');
    for (const part of partsOf(father)) draft.fatherName(part);
    if (cnic.replace(/\D/g, '').length === CNIC_DIGITS) draft.identifier('cnic', cnic, 'pk');
    else if (cnic !== '') draft.identifier('other', cnic, 'pk');
    draft.place([district, province].filter((text) => text !== '').join(', '));
    draft.program('ATA 1997');
  }
  return gathering.finish();
}

async function rowsAt(path: string): Promise<readonly Record<string, unknown>[]> {
  let text = '';
  for await (const piece of textOf(path)) {
    text += piece;
    if (text.length > LENGTH_MAX) throw new ListFault('LIST_FILE_TOO_LARGE', `more than ${LENGTH_MAX} characters of JSON`);
  }
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw new ListFault('LIST_FILE_BROKEN', error instanceof Error ? error.message.slice(0, 200) : 'no JSON');
  }
  const wrapped = wrappedSchema.safeParse(found);
  const rows = rowsSchema.safeParse(wrapped.success ? Object.values(wrapped.data).find((value) => Array.isArray(value)) : found);
  if (!rows.success) throw new ListFault('LIST_FILE_BROKEN', 'no array of rows');
  return rows.data;
}

function keyOf(key: string): string {
  return key.toLowerCase().replace(/[^a-z]/g, '');
}

function partsOf(written: string): string[] {
  return written.split(/@|\b(?:urf|alias|a\.k\.a\.?)\b|\(|\)|\//i).map((part) => part.trim()).filter((part) => part !== '');
}

function numberOf(cells: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(cells)).digest('hex').slice(0, 24);
}
