/**
 * Who keeps the limits of an installation: one fold over the whole log, under a lease of its own, run by the worker that
 * has the first partition. A turn reads what every partition has up to the ledger's size, folds it epoch by epoch with the
 * control entries between, and commits findings and position together. After a restart it folds the log of the firms that
 * it follows again up to where it was; while no cap binds anybody it reads no batch at all.
 */

import type pg from 'pg';
import type { Framework } from '../../framework/index.ts';
import { READ_BATCHES_MAX, StaleLease, claimLeases, commitPositions, releaseLeases, withTransaction, type EventLog, type StoredBatch } from '../../log/index.ts';
import { assert, type Instant } from '../../terms/index.ts';
import { ENGINE_VERSION } from '../engine/limits.ts';
import type { ControlFeed } from '../worker/control-feed.ts';
import type { Dated } from '../worker/record.ts';
import { writeFindings } from '../worker/findings.ts';
import { LimitFold } from './fold.ts';

/** Name of its reader of the log. */
const GROUP = 'monitor-limits';
/** Stands for a partition in entries and rows about its findings: no partition of the log has this number. */
export const LIMITS_PARTITION = 256;
/** Compressed bytes read from one partition in one turn. */
const TURN_BYTES = 1024 * 1024;

/** What the fold reads. */
export interface LimitSource {
  readonly events: EventLog;
  readonly partitions: number;
  readonly framework: Framework;
}

/** A partition as it is read for one turn: from where, the first epoch that was read, and how many bytes. */
interface Reading {
  readonly partition: number;
  readonly from: number;
  readonly first: number | undefined;
  readonly bytes: number;
}

/** Where reading goes on; or, when it need not, the epoch up to which the partition was read whole. */
function readOn(reading: Reading, page: readonly StoredBatch[], to: number): Reading | number {
  const last = page.at(-1);
  if (last === undefined || last.controlEpoch >= to) return to;
  const read = page.reduce((sum, batch) => sum + batch.bytes.length, 0);
  // A page that was not cut is all that there is, and what lies below `to` was there before it was read.
  if (page.length < READ_BATCHES_MAX && read < TURN_BYTES) return to;
  const bytes = reading.bytes + read;
  const first = reading.first ?? page[0]?.controlEpoch;
  // An epoch is folded whole: a turn ends before one that may go on.
  return bytes >= TURN_BYTES && first !== last.controlEpoch ? last.controlEpoch : { partition: reading.partition, from: last.offset + 1, first, bytes };
}

/** Folds what the log holds, up to an epoch. */
export class LimitReader {
  readonly fold: LimitFold;
  /** Everything below this epoch is folded. */
  reached = 0;
  readonly #source: LimitSource;
  readonly #feed: ControlFeed;
  readonly #next: (number | undefined)[];

  constructor(source: LimitSource, feed: ControlFeed) {
    this.fold = new LimitFold(source.framework);
    this.#source = source;
    this.#feed = feed;
    this.#next = Array.from({ length: source.partitions }, () => undefined);
  }

  /** Folds on to an epoch that the ledger has passed, or as far as one turn goes. */
  async turn(to: number): Promise<Dated[]> {
    assert(to <= this.#feed.size, 'only what the ledger was seen to hold is folded');
    const changes: Dated[] = [];
    const wasIdle = this.fold.isIdle;
    const { batches, upTo } = wasIdle ? { batches: [], upTo: to } : await this.#read(to);
    const epochs = [...Map.groupBy(batches, (batch) => batch.controlEpoch)].sort(([a], [b]) => a - b);
    for (const [epoch, own] of epochs) {
      await this.#apply(epoch, changes);
      const [first] = own;
      assert(first !== undefined, 'an epoch has a batch');
      for (const change of this.fold.take(own)) changes.push({ ...change, admittedAt: first.admittedAt });
    }
    await this.#apply(upTo, changes, wasIdle);
    return changes;
  }

  /** Applies control entries below an epoch. From idle it ends with the entry by which a firm is followed. */
  async #apply(epoch: number, changes: Dated[], wasIdle = false): Promise<void> {
    for (const entry of this.#feed.between(this.reached, epoch)) {
      const concerned = this.fold.learn(entry);
      if (concerned?.begins === true) this.fold.follow(concerned.firm, await this.#historyOf(concerned.firm, entry.index), concerned.from);
      for (const change of this.fold.apply(entry, concerned)) changes.push({ ...change, admittedAt: entry.admittedAt });
      this.reached = entry.index + 1;
      if (wasIdle && !this.fold.isIdle) return;
    }
    this.reached = Math.max(this.reached, epoch);
  }

  /** Batches below an epoch that were not read yet, and the epoch up to which they are whole. */
  async #read(to: number): Promise<{ readonly batches: readonly StoredBatch[]; readonly upTo: number }> {
    let upTo = to;
    const all: StoredBatch[] = [];
    let open = await Promise.all(this.#next.map(async (next, partition): Promise<Reading> => ({ partition, from: next ?? (await this.#source.events.bounds(partition)).first, first: undefined, bytes: 0 })));
    while (open.length > 0) {
      const pages = Map.groupBy(await this.#source.events.readMany(open, TURN_BYTES), (batch) => batch.partition);
      const more: Reading[] = [];
      for (const reading of open) {
        const page = pages.get(reading.partition) ?? [];
        all.push(...page);
        const next = readOn(reading, page, to);
        if (typeof next === 'number') upTo = Math.min(upTo, next);
        else more.push(next);
      }
      open = more;
    }
    const batches = all.filter((batch) => batch.controlEpoch < upTo);
    for (const batch of batches) this.#next[batch.partition] = Math.max(this.#next[batch.partition] ?? 0, batch.offset + 1);
    return { batches, upTo };
  }

  /** What a firm reported before an entry; when nobody was followed, reading goes on behind it. */
  async #historyOf(firm: string, entry: number): Promise<readonly StoredBatch[]> {
    const own: StoredBatch[] = [];
    for (const partition of this.#next.keys()) {
      let from = (await this.#source.events.bounds(partition)).first;
      for (let ended = false; !ended;) {
        const page = await this.#source.events.read(partition, from, TURN_BYTES);
        const before = page.filter((batch) => batch.controlEpoch <= entry);
        own.push(...before.filter((batch) => batch.firm === firm));
        from = (before.at(-1)?.offset ?? from - 1) + 1;
        ended = page.length === 0 || before.length < page.length;
      }
      if (this.fold.isIdle) this.#next[partition] = from;
    }
    return own.sort((a, b) => a.controlEpoch - b.controlEpoch || a.partition - b.partition || a.offset - b.offset);
  }
}

/** The fold with its place in the database. */
export class LimitKeeper {
  readonly #pool: pg.Pool;
  readonly #member: string;
  readonly #feed: ControlFeed;
  readonly #reader: LimitReader;
  #epoch: number | undefined;

  constructor(pool: pg.Pool, member: string, source: LimitSource, feed: ControlFeed) {
    this.#pool = pool;
    this.#member = member;
    this.#feed = feed;
    this.#reader = new LimitReader(source, feed);
  }

  /** Findings wait to be settled. */
  get waits(): boolean {
    return this.#reader.fold.waits;
  }

  /** Claims or renews the lease; the first time it folds again up to where the last owner was. False while another has it. */
  async keep(now: Instant, ttlMs: number): Promise<boolean> {
    const [lease] = await claimLeases(this.#pool, { group: GROUP, member: this.#member, partitions: [0], ttlMs, now });
    if (this.#epoch !== undefined && lease?.epoch !== this.#epoch) throw new StaleLease('the limits are kept by another worker');
    if (lease === undefined || this.#epoch !== undefined) return lease !== undefined;
    const found = await this.#pool.query<{ next_entry: number }>('select next_entry from monitor.limits');
    const to = found.rows[0]?.next_entry ?? 0;
    assert(to <= this.#feed.size, 'the ledger holds what was folded');
    while (this.#reader.reached < to) await this.#reader.turn(to);
    this.#epoch = lease.epoch;
    return true;
  }

  /** Folds what came, and commits it. */
  async turn(now: Instant): Promise<void> {
    if (this.#epoch === undefined) return;
    const from = this.#reader.reached;
    if (from >= this.#feed.size) return;
    const changes = await this.#reader.turn(this.#feed.size);
    const { fold, reached } = this.#reader;
    // Its place is written only where it found something: what lies behind it is folded again, and gives nothing again.
    if (changes.length === 0) return;
    const epoch = this.#epoch;
    await withTransaction(this.#pool, async (tx) => {
      await commitPositions(tx, GROUP, [{ partition: 0, epoch, offset: reached }]);
      await tx.query({
        name: 'monitor-limits-move',
        text: `insert into monitor.limits as l (one, engine, next_entry, watermark, updated_at) values (true, $1, $2, $3, $4)
               on conflict (one) do update set engine = $1, next_entry = $2, watermark = $3, updated_at = $4`,
        values: [ENGINE_VERSION, reached, fold.watermark, now],
      });
      await writeFindings(tx, now, [{ partition: LIMITS_PARTITION, from, to: reached, decided: 0, watermark: fold.watermark, changes, firmOf: (number) => fold.firmOf(number) }], []);
    });
  }

  /** Gives the lease back. */
  async handBack(): Promise<void> {
    await releaseLeases(this.#pool, GROUP, this.#member);
  }
}
