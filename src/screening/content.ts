/**
 * The canonical content of a version of a wallet list: what every worker loads by its hash. Lines of canonical
 * JSON: a head, then wallets by family and address, then the rows set aside, exempt and unreadable. The order of
 * files and rows in the source leaves the bytes as they are, and no row of the source is missing from them.
 */

import { z } from 'zod';
import { assert, canonicalJson, type ChainFamily, type Instant } from '../terms/index.ts';
import { walletKey } from './address-form.ts';
import type { Exemptions } from './exempt.ts';
import { ROW_LENGTH_MAX, type SourceRow } from './source.ts';

/** Places kept of one wallet at most; `repeated` counts them all. */
const PLACES_MAX = 100;
const FAMILIES = ['bitcoin', 'evm', 'tron', 'solana', 'ripple', 'other'] as const;
const text = z.string().min(1).max(2_000);
const place = z.string().min(1).max(120);
const headSchema = z.strictObject({
  is: z.literal('wallet-list'), v: z.literal(1), list: text, version: text, publishedAt: z.int(), covers: z.array(z.enum(FAMILIES)).min(1), source: text,
});
const walletSchema = z.strictObject({ is: z.literal('wallet'), family: z.enum(FAMILIES), address: text, places: z.array(place).min(1).max(PLACES_MAX), subject: text.optional() });
const exemptSchema = z.strictObject({ is: z.literal('exempt'), family: z.enum(FAMILIES), address: text, place, what: text });
const unreadableSchema = z.strictObject({ is: z.literal('unreadable'), place, reason: z.enum(['ticker-unknown', 'form-unknown', 'family-not-covered']), written: text });
const lineSchema = z.discriminatedUnion('is', [walletSchema, exemptSchema, unreadableSchema]);

/** A listed wallet: where the source names it, and whom it names there. */
export type ListedRow = Omit<z.output<typeof walletSchema>, 'is'>;
/** A row that was set aside because nobody holds its address. */
type ExemptRow = z.output<typeof exemptSchema>;
/** A row that could not be read. */
type UnreadableRow = z.output<typeof unreadableSchema>;

/** What a version says of itself. */
export interface VersionHead {
  readonly list: string;
  readonly version: string;
  readonly publishedAt: Instant;
  /** Chain families that the version speaks about; what it leaves out stays as an earlier version said. */
  readonly covers: readonly ChainFamily[];
  readonly source: string;
}

/** A version that was read. `read` = wallets + repeated + exempt + unreadable. */
export interface WalletList {
  readonly head: VersionHead;
  readonly wallets: readonly ListedRow[];
  readonly exempt: readonly ExemptRow[];
  readonly unreadable: readonly UnreadableRow[];
  readonly read: number;
  /** Rows that name a wallet which another row names too. */
  readonly repeated: number;
}

/** Reads the rows of a source into a version. */
export function listOf(head: VersionHead, rows: readonly SourceRow[], exemptions: Exemptions): WalletList {
  const wallets = new Map<string, { readonly family: ChainFamily; readonly address: string; places: string[]; subject: string | undefined }>();
  const exempt: ExemptRow[] = [];
  const unreadable: UnreadableRow[] = [];
  let repeated = 0;
  for (const row of rows) {
    const key = walletKey(row.ticker, row.written);
    if (typeof key === 'string' || !head.covers.includes(key.family)) {
      unreadable.push({ is: 'unreadable', place: row.place, reason: typeof key === 'string' ? key : 'family-not-covered', written: row.written.slice(0, ROW_LENGTH_MAX) });
      continue;
    }
    const what = exemptions.whatIs(key);
    const known = wallets.get(`${key.family} ${key.address}`);
    if (what !== undefined) exempt.push({ is: 'exempt', ...key, place: row.place, what });
    else if (known === undefined) wallets.set(`${key.family} ${key.address}`, { ...key, places: [row.place], subject: row.subject });
    else {
      repeated += 1;
      known.places.push(row.place);
      known.subject = smaller(known.subject, row.subject);
    }
  }
  const sorted = [...wallets.values()].sort((a, b) => compare(a.family, b.family) || compare(a.address, b.address));
  return {
    head: { list: head.list, version: head.version, publishedAt: head.publishedAt, source: head.source, covers: FAMILIES.filter((family) => head.covers.includes(family)) },
    read: rows.length, repeated,
    wallets: sorted.map(({ subject, places, ...key }) => ({ ...key, places: places.sort(compare).slice(0, PLACES_MAX), ...(subject === undefined ? {} : { subject }) })),
    exempt: exempt.sort((a, b) => compare(a.place, b.place)), unreadable: unreadable.sort((a, b) => compare(a.place, b.place)),
  };
}

/** The bytes that the entry commits to. */
export function encodeList(list: WalletList): Uint8Array {
  assert(list.read === list.wallets.length + list.repeated + list.exempt.length + list.unreadable.length, 'every row of the source ends as exactly one thing');
  const head = canonicalJson({ is: 'wallet-list', v: 1, ...list.head, covers: [...list.head.covers] });
  const lines = [...list.wallets.map((one) => canonicalJson({ is: 'wallet', ...one })), ...list.exempt.map((one) => canonicalJson(one)), ...list.unreadable.map((one) => canonicalJson(one))];
  return new TextEncoder().encode(`${[head, ...lines].join('\n')}\n`);
}

/** Reads a version back. Throws when the bytes are not of their form; the object store has proven them against their hash. */
export function decodeList(bytes: Uint8Array): { readonly head: z.output<typeof headSchema>; readonly wallets: readonly ListedRow[] } {
  const [first = '', ...lines] = new TextDecoder().decode(bytes).trimEnd().split('\n');
  const head = headSchema.parse(JSON.parse(first));
  const wallets: ListedRow[] = [];
  for (const line of lines) {
    const { is, ...row } = lineSchema.parse(JSON.parse(line));
    if (is === 'wallet' && 'places' in row) wallets.push(row);
  }
  return { head, wallets };
}

function smaller(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
