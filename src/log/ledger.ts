/**
 * The ledger: the one private tree of everything that happened. Each entry is the canonical JSON that
 * its leaf hash commits to, with 16 random bytes, so that nobody can guess an entry from its hash.
 * Appending locks the tree's head until the commit: indexes have no gaps, admission instants never
 * run back (`max(previous + 1, now)`), and a head is never persisted without its entries.
 *
 * Refuses a kind that `terms` does not declare, a body that its schema does not read, and an entry of
 * more than 65,535 bytes (C2SP tlog-tiles): documents are committed to by hash.
 */

import { leafHash } from '../proof/index.ts';
import { ENTRY_KINDS, assert, canonicalJson, instantOf, type EntryBody, type EntryKind, type Instant, type Json } from '../terms/index.ts';
import { packed, type Db, type Tx } from './database.ts';
import { grow, lockTrees, sha256, writeTrees, type Grown, type LockedTree } from './tree.ts';

/** Bytes of one entry at most. */
export const ENTRY_BYTES_MAX = 65_535;
/** Name of the ledger's tree. */
export const LEDGER = 'ledger';

/** An entry that a room wants to append. `basis` is the legal basis or the reason of the act. */
export interface NewEntry<K extends EntryKind = EntryKind> {
  readonly kind: K;
  readonly actor: string;
  readonly second?: string;
  readonly basis: string;
  readonly body: EntryBody<K>;
}

/** An entry of the ledger. */
export interface Entry<K extends EntryKind = EntryKind> extends NewEntry<K> {
  readonly index: number;
  readonly version: number;
  readonly admittedAt: Instant;
  /** RFC 6962 leaf hash of `bytes`. */
  readonly leaf: Uint8Array;
  /** The canonical JSON that the leaf commits to. */
  readonly bytes: Uint8Array;
}

/**
 * Locks the ledger's head for this transaction and gives what an admission needs to know: the size,
 * which is the control epoch, and the instant that the next entry will carry.
 */
export async function lockLedger(tx: Tx, now: Instant): Promise<{ size: number; admittedAt: Instant }> {
  const { size, admittedAt } = await lockLedgerWith(tx, now, [], 0);
  return { size, admittedAt };
}

/** A ledger that is locked with other trees, for one append. */
export interface LockedLedger {
  readonly size: number;
  readonly admittedAt: Instant;
  readonly trees: ReadonlyMap<string, LockedTree>;
  /** Makes the entries as they will stand; `store` writes them, the ledger and the other trees as they grew. At most as many entries as were named. */
  append<K extends EntryKind>(at: Instant, entries: readonly NewEntry<K>[]): { readonly made: Entry<K>[]; store(grown: readonly Grown[]): Promise<unknown> };
}

/** Locks the ledger's head with other trees, in one statement. */
export async function lockLedgerWith(tx: Tx, now: Instant, names: readonly string[], entriesMax: number): Promise<LockedLedger> {
  const trees = await lockTrees(tx, [...names, LEDGER], entriesMax);
  const head = trees.get(LEDGER);
  assert(head !== undefined, 'the ledger stands since the first migration');
  return {
    size: head.size, admittedAt: instantOf(Math.max(head.lastAdmitted + 1, now)), trees,
    append: (at, entries) => {
      const { made, grown: ledger } = makeEntries(head, at, entries);
      return { made, store: (grown) => Promise.all([writeTrees(tx, [...grown, ledger]), insertEntries(tx, made)]) };
    },
  };
}

/** Appends entries; they are durable, and visible to others, when the transaction commits. */
export async function append<K extends EntryKind>(tx: Tx, now: Instant, entries: readonly NewEntry<K>[]): Promise<Entry<K>[]> {
  if (entries.length === 0) return [];
  const { made, store } = (await lockLedgerWith(tx, now, [], entries.length)).append(now, entries);
  await store([]);
  return made;
}

/** Entries as they will stand, and the ledger that they make, of its locked head, which holds a salt for each. */
function makeEntries<K extends EntryKind>(head: LockedTree, now: Instant, entries: readonly NewEntry<K>[]): { readonly made: Entry<K>[]; readonly grown: Grown } {
  let admittedAt = head.lastAdmitted;
  const made = entries.map((entry, i) => {
    admittedAt = Math.max(admittedAt + 1, now);
    return makeEntry(entry, head.size + i, instantOf(admittedAt), head.salts[i]);
  });
  return { made, grown: grow({ name: LEDGER, head, leaves: made.map((e) => e.leaf), lastAdmitted: admittedAt }) };
}

/** Stores entries, and wakes those who follow the ledger. The ledger's tree is stored by `writeTrees`. */
async function insertEntries(tx: Tx, made: readonly Entry[]): Promise<void> {
  const bytes = packed(made.map((e) => e.bytes));
  await tx.query({
    name: 'ledger-insert',
    text: `with made as (
             insert into log.entry (index, kind, version, actor, second, basis, admitted_at, bytes, leaf)
             select index, kind, version, actor, second, basis, at, substring($8::bytea from start for length), substring($11::bytea from (n - 1)::int * 32 + 1 for 32)
             from unnest($1::bigint[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $9::int[], $10::int[])
               with ordinality as e(index, kind, version, actor, second, basis, at, start, length, n))
           select pg_notify('nigran_ledger', $12)`,
    values: [
      made.map((e) => e.index), made.map((e) => e.kind), made.map((e) => e.version), made.map((e) => e.actor), made.map((e) => e.second ?? null),
      made.map((e) => e.basis), made.map((e) => e.admittedAt), bytes.bytes, bytes.starts, bytes.lengths, Buffer.concat(made.map((e) => e.leaf)), String((made.at(-1)?.index ?? -1) + 1),
    ],
  });
}

function makeEntry<K extends EntryKind>(entry: NewEntry<K>, index: number, admittedAt: Instant, salt: Buffer | undefined): Entry<K> {
  assert(isEntryKind(entry.kind), `the ledger takes no entry of kind ${entry.kind}`);
  const term = ENTRY_KINDS[entry.kind];
  assert(salt !== undefined && salt.length === 16, 'each entry has 16 random bytes');
  const body = term.body.parse(entry.body);
  const text = canonicalJson({
    v: 1, index, kind: entry.kind, version: term.version, actor: entry.actor, second: entry.second, basis: entry.basis, admittedAt,
    body: body as Json, salt: salt.toString('hex'),
  });
  const bytes = new TextEncoder().encode(text);
  assert(bytes.length <= ENTRY_BYTES_MAX, `an entry of kind ${entry.kind} holds at most ${ENTRY_BYTES_MAX} bytes`);
  return { ...entry, index, version: term.version, admittedAt, bytes, leaf: leafHash(bytes, sha256) };
}

/** What to read: from an index on, up to but without `to`, of some kinds or all. */
export interface EntryQuery {
  readonly from: number;
  readonly to?: number;
  readonly kinds?: readonly EntryKind[];
  readonly limit: number;
}

/** Entries in the order of their index. The caller's role and row-level security decide what it sees. */
export async function readEntries(db: Db, query: EntryQuery): Promise<Entry[]> {
  const found = await db.query<{ index: number; kind: string; bytes: Buffer; leaf: Buffer }>({
    name: 'ledger-read',
    text: `select index, kind, bytes, leaf from log.entry
           where index >= $1 and index < $2 and ($3::text[] is null or kind = any($3)) order by index limit $4`,
    values: [query.from, query.to ?? Number.MAX_SAFE_INTEGER, query.kinds ?? null, query.limit],
  });
  return found.rows.map(readEntry);
}

function readEntry(row: { kind: string; bytes: Buffer; leaf: Buffer }): Entry {
  assert(isEntryKind(row.kind), `the ledger holds a kind that this version does not know: ${row.kind}`);
  const stored: StoredEntry = JSON.parse(row.bytes.toString('utf8'));
  return {
    index: stored.index, kind: row.kind, version: stored.version, actor: stored.actor, basis: stored.basis, admittedAt: instantOf(stored.admittedAt),
    ...(stored.second === undefined ? {} : { second: stored.second }),
    body: ENTRY_KINDS[row.kind].body.parse(stored.body), bytes: row.bytes, leaf: row.leaf,
  };
}

interface StoredEntry {
  readonly index: number; readonly version: number; readonly actor: string; readonly second?: string; readonly basis: string;
  readonly admittedAt: number; readonly body: unknown;
}

function isEntryKind(kind: string): kind is EntryKind {
  return Object.hasOwn(ENTRY_KINDS, kind);
}

/** Narrows an entry to a kind, so that its body has its type. */
export function isKind<K extends EntryKind>(entry: Entry, kind: K): entry is Entry<K> {
  return entry.kind === kind;
}
