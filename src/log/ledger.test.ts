import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type pg from 'pg';
import { leafHash, verifyConsistency, verifyInclusion } from '../proof/index.ts';
import { SECOND_US, canonicalJson, instantOf, type Instant, type Json } from '../terms/index.ts';
import { SYSTEM, withActor, type Tx } from './database.ts';
import { openTestDatabase, type TestDatabase } from './engine/testing.ts';
import { checkLedger } from './ledger-check.ts';
import { ENTRY_BYTES_MAX, LEDGER, append, isKind, lockLedger, readEntries, type Entry, type NewEntry } from './ledger.ts';
import { logMigrations } from './migrations.ts';
import { proveConsistency, proveInclusion, sha256, treeHead } from './tree.ts';

let database: TestDatabase;
let pool: pg.Pool;
before(async () => {
  database = await openTestDatabase(logMigrations);
  pool = database.pool('nigran_app');
});
after(() => database.drop());

const START = 1_700_000_000 * SECOND_US;
const at = (seconds: number): Instant => instantOf(START + seconds * SECOND_US);
const TICK: NewEntry<'clock-ticked'> = { kind: 'clock-ticked', actor: 'test', basis: 'none', body: {} };
const rate = (source: string): NewEntry<'rate-published'> => ({ kind: 'rate-published', actor: 'test', second: 'other', basis: 'a basis', body: { at: 1, source, rates: [] } });
const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withActor(pool, SYSTEM, work);
const all = (): Promise<Entry[]> => within((tx) => readEntries(tx, { from: 0, limit: 10_000 }));
const size = async (): Promise<number> => (await treeHead(pool, LEDGER)).size;

test('an entry\'s bytes are canonical JSON with 16 salt bytes, and its leaf is their hash', async () => {
  const before = await size();
  const made = await within((tx) => append(tx, at(1), [rate('نرخ'), rate('نرخ')]));
  const read = (await all()).slice(before);
  deepStrictEqual(read.map((entry) => ({ ...entry, bytes: Buffer.from(entry.bytes), leaf: Buffer.from(entry.leaf) })), made.map((entry) => ({ ...entry, bytes: Buffer.from(entry.bytes), leaf: Buffer.from(entry.leaf) })));
  const salts = new Set<unknown>();
  for (const entry of read) {
    ok(isKind(entry, 'rate-published') && entry.body.source === 'نرخ');
    const text = Buffer.from(entry.bytes).toString();
    const stored: { readonly [key: string]: Json } = JSON.parse(text);
    strictEqual(canonicalJson(stored), text);
    ok(/^[0-9a-f]{32}$/.test(String(stored['salt'])));
    salts.add(stored['salt']);
    deepStrictEqual(Buffer.from(entry.leaf), createHash('sha256').update(Buffer.concat([Buffer.of(0), entry.bytes])).digest());
    deepStrictEqual(Buffer.from(entry.leaf), Buffer.from(leafHash(entry.bytes, sha256)));
  }
  strictEqual(salts.size, 2, 'two entries that say the same have other leaves');
});

test('indexes have no gap and instants never run back, also when the clock does', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: -1_000, max: 1_000 }), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 6 }), async (clock) => {
    for (const [seconds, n] of clock) {
      const last = (await all()).at(-1);
      const made = await within(async (tx) => {
        const head = await lockLedger(tx, at(seconds));
        const entries = await append(tx, at(seconds), Array.from({ length: n }, () => TICK));
        deepStrictEqual([entries[0]?.index, entries[0]?.admittedAt], [head.size, head.admittedAt], 'the head tells what the next entry gets');
        return entries;
      });
      for (const [i, entry] of made.entries()) {
        const previous = i === 0 ? last : made[i - 1];
        strictEqual(entry.index, (previous?.index ?? -1) + 1);
        strictEqual(entry.admittedAt, Math.max((previous?.admittedAt ?? 0) + 1, at(seconds)));
      }
    }
  }), { numRuns: 5 });
});

test('an append is whole or nothing', async () => {
  const before = await size();
  await rejects(within(async (tx) => {
    await append(tx, at(1), [TICK, TICK]);
    throw new Error('changed my mind');
  }), /changed my mind/);
  deepStrictEqual([await size(), (await all()).length], [before, before]);
  deepStrictEqual(await within((tx) => append(tx, at(1), [])), []);
  const nul: NewEntry<'clock-ticked'> = { ...TICK, basis: 'a\0b' };
  await rejects(within((tx) => append(tx, at(1), [TICK, nul])));
  strictEqual(await size(), before, 'what the database cannot hold takes the others with it');
  await within((tx) => append(tx, at(1), [TICK]));
  strictEqual(await size(), before + 1);
});

test('what is no entry is refused: an unknown kind, a body of another form, more bytes than an entry holds', async () => {
  const before = await size();
  const wrong = (entry: object): NewEntry => ({ ...TICK, ...entry });
  for (const kind of ['no-such-kind', 'constructor', '__proto__', '']) await rejects(within((tx) => append(tx, at(1), [TICK, wrong({ kind })])), { name: 'BrokenInvariant' }, kind);
  for (const body of [{ more: 1 }, null, 'text']) await rejects(within((tx) => append(tx, at(1), [TICK, wrong({ body })])), { name: 'ZodError' });
  await rejects(within((tx) => append(tx, at(1), [wrong({ basis: '\ud800' })])), { name: 'BrokenInvariant' });
  const room = ENTRY_BYTES_MAX - ((await within((tx) => append(tx, at(1), [rate('')])))[0]?.bytes.length ?? 0);
  const [largest] = await within((tx) => append(tx, at(1), [rate('x'.repeat(room))]));
  strictEqual(largest?.bytes.length, ENTRY_BYTES_MAX);
  await rejects(within((tx) => append(tx, at(1), [rate('x'.repeat(room + 1))])), { name: 'BrokenInvariant' });
  await rejects(within((tx) => append(tx, at(1), [rate('ا'.repeat(room / 2 + 1))])), { name: 'BrokenInvariant' }, 'bytes are counted, not letters');
  strictEqual(await size(), before + 2);
});

test('a kind that this version does not know is not read as another', async () => {
  await rejects(within(async (tx) => {
    await tx.query(`insert into log.entry values ($1, 'of-tomorrow', 1, 'x', null, 'x', 9000000000000000, '{}', $2)`, [await size(), sha256(new Uint8Array(0))]);
    await readEntries(tx, { from: 0, limit: 10_000 });
  }), /does not know: of-tomorrow/);
});

test('entries are read from an index to another, by kind, a page at a time', async () => {
  const from = await size();
  await within((tx) => append<'clock-ticked' | 'rate-published'>(tx, at(1), [TICK, rate('a'), TICK, rate('b'), TICK]));
  const read = async (query: Omit<Parameters<typeof readEntries>[1], 'from'>): Promise<number[]> => (await within((tx) => readEntries(tx, { from, ...query }))).map((entry) => entry.index - from);
  deepStrictEqual(await read({ limit: 9 }), [0, 1, 2, 3, 4]);
  deepStrictEqual(await read({ limit: 2 }), [0, 1]);
  deepStrictEqual(await read({ limit: 9, to: from + 3 }), [0, 1, 2]);
  deepStrictEqual(await read({ limit: 9, kinds: ['rate-published'] }), [1, 3]);
  deepStrictEqual(await read({ limit: 9, kinds: [] }), []);
});

test('two who append at once take turns: no gap, no lost entry, and one order of instants', async () => {
  const before = await size();
  const made = await Promise.all(Array.from({ length: 16 }, (_none, i) => within((tx) => append(tx, at(i % 3), Array.from({ length: 1 + (i % 2) }, () => rate(`${i}`))))));
  for (const entries of made) for (const [i, entry] of entries.entries()) strictEqual(entry.index, (entries[0]?.index ?? 0) + i, 'what was appended together stands together');
  const kept = (await all()).slice(before);
  deepStrictEqual(kept.map((entry) => entry.index), Array.from({ length: 24 }, (_none, i) => before + i));
  ok(kept.every((entry, i) => i === 0 || entry.admittedAt > (kept[i - 1]?.admittedAt ?? 0)));
});

test('the ledger\'s head stands for its entries: inclusion, consistency, and the check of every one', async () => {
  const early = await treeHead(pool, LEDGER);
  await within((tx) => append(tx, at(1), [TICK, TICK, TICK]));
  const head = await treeHead(pool, LEDGER);
  for (const entry of await all()) ok(verifyInclusion(entry.leaf, entry.index, head.size, await proveInclusion(pool, LEDGER, entry.index, head.size), head.root, sha256));
  ok(verifyConsistency(early.size, early.root, head.size, head.root, await proveConsistency(pool, LEDGER, early.size, head.size), sha256));
  const check = (change?: string): Promise<readonly string[]> => withActor(database.pool('nigran_owner'), SYSTEM, async (tx) => {
    await tx.query('savepoint before');
    if (change !== undefined) await tx.query(change);
    const { faults } = await checkLedger(tx);
    await tx.query('rollback to before');
    return faults;
  });
  deepStrictEqual(await check(), []);
  const changes: readonly (readonly [string, RegExp])[] = [
    [`update log.entry set bytes = bytes || ' ' where index = 3`, /leaf of entry 3/], [`delete from log.entry where index = 5`, /entry 5 is missing/], [`update log.entry set admitted_at = 1 where index = 4`, /entry 4 was admitted before/],
    [`delete from log.entry where index = (select max(index) from log.entry)`, /head of size/], [`update log.entry set leaf = sha256('x'), bytes = 'y' where index = 0`, /leaf of entry 0/],
    [`update log.tree set root = sha256('x') where name = 'ledger'`, /head of size/],
  ];
  for (const [change, fault] of changes) ok(fault.test((await check(change))[0] ?? ''), change);
});
