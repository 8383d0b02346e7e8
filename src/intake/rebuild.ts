/**
 * Folds intake's views again: whose customers are who, and what closing statements are compared with, from the
 * event log; what each day brought, and which feeds stand still, from the ledger. What firms sent (submissions,
 * refusals, held lines), the ids and numbers that were used, and closing statements are no views: they are kept
 * beside the log, which commits to each submission in its firm's tree.
 */

import { decodeBatch, isKind, readEntries, wideHex, type EventBatch, type EventLog, type StoredBatch, type Tx } from '../log/index.ts';
import { EVENT_KINDS } from '../terms/index.ts';
import { applyFeedEntry } from './feed-watch.ts';
import { moveCustomers } from './merge.ts';
import { addDaily, addReported } from './store.ts';

/** The views that `rebuildIntake` folds. */
export const intakeViews: readonly string[] = ['intake.customer', 'intake.reported', 'intake.daily', 'intake.feed'];

const READ_BYTES = 4 * 1024 * 1024;
const PAGE_ENTRIES = 1_000;
/** Sums of statements are written after so many rows, so that the fold's memory stays bounded. */
const REPORTED_ROWS = 100_000;
/** Kinds by which a firm says who a customer is. */
const NAMING: ReadonlySet<number> = new Set(['customer-onboarded', 'customer-changed', 'opening-load'].map((kind) => EVENT_KINDS.findIndex((each) => each === kind)));

/** Drops the views' rows and folds again. `tx`: as the owner of the tables. */
export async function rebuildIntake(tx: Tx, ground: { readonly events: EventLog; readonly partitions: number }): Promise<void> {
  for (const view of intakeViews) await tx.query(`delete from ${view}`);
  await tx.query('create temp table customer_said (firm text, reference text, person uuid, epoch bigint, admitted bigint, submission text, line int) on commit drop');
  for (let partition = 0; partition < ground.partitions; partition++) {
    const sums = new Sums(tx);
    for await (const batch of batchesOf(ground.events, partition)) {
      const events = decodeBatch(batch.bytes);
      await keepNamed(tx, batch, events);
      await sums.add(batch.firm, events);
    }
    await sums.write();
  }
  await enterCustomers(tx);
  await foldEntries(tx);
}

async function* batchesOf(events: EventLog, partition: number): AsyncGenerator<StoredBatch> {
  const { first, next } = await events.bounds(partition);
  for (let from = first; from < next; ) {
    const batches = (await events.read(partition, from, READ_BYTES)).filter((batch) => batch.offset < next);
    yield* batches;
    from = (batches.at(-1)?.offset ?? next) + 1;
  }
}

async function keepNamed(tx: Tx, batch: StoredBatch, events: EventBatch): Promise<void> {
  const named = Array.from({ length: events.count }, (_, i) => i).filter((i) => NAMING.has(events.kind[i] ?? -1));
  if (named.length === 0) return;
  await tx.query(
    'insert into customer_said select $1, r, p, $2, $3, s, l from unnest($4::text[], $5::uuid[], $6::text[], $7::int[]) as t(r, p, s, l)',
    [batch.firm, batch.controlEpoch, batch.admittedAt, named.map((i) => events.text('customer', i)), named.map((i) => wideHex(events.person, i)), named.map((i) => events.word('submission', i)), named.map((i) => events.line[i] ?? 0)]);
}

/** A customer is who the last statement about it says; within one commit filings have the order of their leaves. */
async function enterCustomers(tx: Tx): Promise<void> {
  await tx.query(
    `insert into intake.customer (firm, reference, person, since)
     select firm, reference, (array_agg(person order by epoch desc, leaf_index desc, line desc))[1], (array_agg(admitted order by epoch))[1]
     from (select c.*, s.leaf_index from customer_said c join intake.submission s on s.id = c.submission) said group by firm, reference`);
}

/** What the ledger says in its order. */
async function foldEntries(tx: Tx): Promise<void> {
  for (let from = 0; ;) {
    const page = await readEntries(tx, { from, kinds: ['batch-admitted', 'person-merged', 'feed-stopped'], limit: PAGE_ENTRIES });
    for (const entry of page) {
      if (isKind(entry, 'batch-admitted')) await addDaily(tx, [entry.body], entry.admittedAt);
      if (isKind(entry, 'person-merged')) await moveCustomers(tx, entry.body.from, entry.body.into);
      if (isKind(entry, 'feed-stopped')) await applyFeedEntry(tx, entry);
    }
    const last = page.at(-1);
    if (last === undefined) return;
    from = last.index + 1;
  }
}

type Reported = Parameters<typeof addReported>[1][number]['rows'][number];

/** Counts and sums of what was reported, written now and then. */
class Sums {
  readonly #tx: Tx;
  #rows = new Map<string, Reported[]>();
  #held = 0;

  constructor(tx: Tx) {
    this.#tx = tx;
  }

  async add(firm: string, events: EventBatch): Promise<void> {
    const own = this.#rows.get(firm) ?? [];
    this.#rows.set(firm, own);
    const units = new DataView(events.units.buffer, events.units.byteOffset, events.units.byteLength);
    for (let i = 0; i < events.count; i++) {
      own.push({
        at: events.at[i] ?? 0, kind: events.kind[i] ?? 0, flags: events.flags[i] ?? 0, stream: events.word('stream', i), asset: events.word('asset', i),
        units: (units.getBigInt64(i * 16 + 8, true) << 64n) | units.getBigUint64(i * 16, true),
      });
    }
    this.#held += events.count;
    if (this.#held >= REPORTED_ROWS) await this.write();
  }

  async write(): Promise<void> {
    await addReported(this.#tx, [...this.#rows].map(([firm, rows]) => ({ filing: { firm }, rows })));
    this.#rows = new Map();
    this.#held = 0;
  }
}
