/**
 * The canonical content of a version of a list of names: a head, then the entries by their number, then the rows
 * that were set aside, each a line of canonical JSON. The same facts give the same bytes, whatever form the
 * publisher chose, so two versions are compared line by line.
 */

import { z } from 'zod';
import { assert, canonicalJson, instantOf, type Instant } from '../terms/index.ts';
import type { ListEntry } from './entity.ts';
import type { Quarantined } from './lists/fault.ts';

const text = z.string().max(2_000);
const texts = z.array(text).max(10_000);
const headSchema = z.strictObject({ is: z.literal('name-list'), v: z.literal(1), list: text, version: text, publishedAt: z.int(), source: text });
const entrySchema = z.strictObject({
  is: z.literal('entry'), entry: text, schema: z.enum(['Person', 'Organization', 'Vessel', 'Aircraft']),
  names: z.array(z.strictObject({ text, kind: z.enum(['primary', 'alias', 'original']), quality: z.enum(['strong', 'weak']) })).min(1).max(10_000),
  fatherNames: texts, birthDates: texts, nationalities: texts, gender: z.enum(['male', 'female']).nullable(),
  identifiers: z.array(z.strictObject({ kind: z.enum(['cnic', 'nicop', 'passport', 'lei', 'tax', 'registration', 'other']), value: text, country: text.nullable() })).max(10_000),
  places: texts, programs: texts, wallets: z.array(z.strictObject({ asset: text, address: text })).max(10_000),
});

/** What a version says of itself. */
export interface NameHead {
  readonly list: string;
  readonly version: string;
  readonly publishedAt: Instant;
  readonly source: string;
}

/** A version as lines: entry number to the one line of its facts. */
export interface NameContent {
  readonly head: NameHead;
  readonly lines: ReadonlyMap<string, string>;
  readonly quarantined: number;
}

const UNREADABLE = '{"is":"unreadable",';

/** The line of an entry. Arrays keep their order: the primary name leads. */
export function lineOf(one: ListEntry): string {
  const { list: _, ...entry } = one;
  return canonicalJson({ is: 'entry', ...entry, names: entry.names.map((name) => ({ ...name })), identifiers: entry.identifiers.map((one) => ({ ...one })), wallets: entry.wallets.map((one) => ({ ...one })) });
}

/** The entry of a line. Throws when the line is not of its form. */
export function entryOfLine(list: string, line: string): ListEntry {
  const { is: _, ...entry } = entrySchema.parse(JSON.parse(line));
  return { list, ...entry };
}

/** The bytes that the entry of the ledger commits to. */
export function encodeNames(head: NameHead, lines: ReadonlyMap<string, string>, quarantined: readonly Quarantined[]): Uint8Array {
  const first = canonicalJson({ is: 'name-list', v: 1, list: head.list, version: head.version, publishedAt: head.publishedAt, source: head.source });
  const sorted = [...lines].sort(([a], [b]) => compareNumbers(a, b)).map(([, line]) => line);
  const aside = quarantined.map(({ place, reason }) => canonicalJson({ is: 'unreadable', place, reason })).sort();
  return new TextEncoder().encode(`${[first, ...sorted, ...aside].join('\n')}\n`);
}

/** Reads a version back, its entries as lines. Throws when the bytes are not of their form. */
export function decodeNames(bytes: Uint8Array): NameContent {
  const [first = '', ...rest] = new TextDecoder().decode(bytes).trimEnd().split('\n');
  const { is: _, v: __, ...head } = headSchema.parse(JSON.parse(first));
  const lines = new Map<string, string>();
  let quarantined = 0;
  for (const line of rest) {
    if (line.startsWith(UNREADABLE)) quarantined += 1;
    else lines.set(numberOf(line), line);
  }
  assert(lines.size + quarantined === rest.length, 'a version names each entry once');
  return { head: { ...head, publishedAt: instantOf(head.publishedAt) }, lines, quarantined };
}

/** Keys of canonical JSON stand in order, so the number follows the birth dates; it is read without reading the rest. */
function numberOf(line: string): string {
  const found = /[,{]"entry":("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
  assert(found !== undefined, 'a line of an entry has its number');
  return z.string().parse(JSON.parse(found));
}

/** `9` before `10`: numbers as numbers, other texts after them. */
function compareNumbers(a: string, b: string): number {
  const [x, y] = [/^\d{1,15}$/.test(a) ? Number(a) : Number.POSITIVE_INFINITY, /^\d{1,15}$/.test(b) ? Number(b) : Number.POSITIVE_INFINITY];
  return x !== y ? x - y : a < b ? -1 : a > b ? 1 : 0;
}
