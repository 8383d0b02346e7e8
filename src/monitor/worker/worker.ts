/**
 * A monitor worker: owns partitions by lease, folds them, and commits what the fold gave. It starts the
 * way it goes on: state is what the snapshot and the log after it give. An operating error (the database
 * is away, a lease was lost) drops the state and starts again; a broken invariant ends the process, and a
 * batch that has ended it twice is set aside so that the others go on.
 *
 * Wakes by notification of new batches, and looks by itself four times a second.
 */

import type pg from 'pg';
import { StaleLease, append, claimLeases, readPosition, releaseLeases, withTransaction, type EventLog, type Objects } from '../../log/index.ts';
import { BrokenInvariant, SECOND_US, assert, type Instant } from '../../terms/index.ts';
import type { ControlOptions } from '../engine/control.ts';
import { ENGINE_VERSION } from '../engine/limits.ts';
import { readSnapshot } from '../engine/snapshot.ts';
import { LimitKeeper } from '../limits/keeper.ts';
import { PLAN } from '../rules/rule-set.ts';
import { Beats } from './beats.ts';
import { ControlFeed } from './control-feed.ts';
import { Shard, TURN_BYTES, type Progress } from './shard.ts';
import { SnapshotKeeper, findSnapshot } from './snapshots.ts';
import { StepMark, countDeath, forgive, suspects } from './step-mark.ts';
import { GROUP, commitProgress } from './store.ts';

/** A worker that is gone gives its partitions up after this; one that starts again takes its own at once. */
const LEASE_MS = 6_000;
/** Looks for work at least this often when nobody wakes it. */
const POLL_MS = 250;
/** A turn of fewer events is followed by a moment in which more can come: its commit costs the same for one as for hundreds. */
const GATHER_EVENTS = 500;
const GATHER_MS = 12;
/** While events come, the limits of firms are folded so often: a breach is told within the second, and no person's finding waits for it each time. */
const LIMITS_EVERY_US = SECOND_US / 5;
/** After an operating error. */
const RETRY_MS = 500;
/** The ledger was silent this long while findings wait to be settled: a tick is appended. */
const SILENCE_US = 30 * SECOND_US;

/** What a worker stands on. Clock and waiting come from outside. */
export interface WorkerGround {
  readonly pool: pg.Pool;
  readonly events: EventLog;
  readonly objects: Objects;
  /** Name of the worker, the same after a restart. */
  readonly member: string;
  /** Physical partitions of the event log, and those that this worker is to own. */
  readonly partitions: number;
  readonly owned: readonly number[];
  /** File in which this worker, and no other, marks what it steps; it must outlive the process. */
  readonly markFile: string;
  /** Bytes of typed memory over all its shards at most. */
  readonly bytesMax: number;
  /** Stages and an empty wallet table, for each shard anew. */
  control(): ControlOptions;
  clock(): Instant;
  /** Resolves after so many milliseconds, or when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** One line for the operator. */
  log(line: string): void;
}

interface Owned {
  readonly shard: Shard;
  readonly keeper: SnapshotKeeper;
}

/** One worker of one process: `run` it, and `stop` it. */
export class Worker {
  readonly #ground: WorkerGround;
  readonly #beats: Beats;
  readonly #mark: StepMark;
  #owned: Owned[] = [];
  #feed: ControlFeed;
  /** The worker of the first partition keeps the limits of firms. */
  #limits: LimitKeeper | undefined;
  #stopping = false;
  #wake = new AbortController();
  readonly #stop = new AbortController();
  #leasedAt = 0;
  #limitsAt = 0;

  constructor(ground: WorkerGround) {
    this.#ground = ground;
    this.#feed = new ControlFeed(ground.pool, ground.objects);
    this.#mark = new StepMark(ground.markFile);
    this.#beats = new Beats(ground.pool, ground.member, ground.clock);
  }

  /** Works until it is stopped. Rejects on a broken invariant: the process must then end. `ready` is called once its partitions are loaded. */
  async run(ready: () => void = () => undefined): Promise<void> {
    while (!this.#stopping) {
      const listener = await this.#attempt(() => this.#start());
      if (listener === undefined) continue;
      ready();
      const isWhole = await this.#attempt(() => this.#work());
      await this.#attempt(() => this.#handBack(isWhole === true));
      listener.release(true);
    }
    this.#mark.close();
    await this.#beats.say('down', 'stopped').catch(() => undefined);
  }

  /** Finishes the turn in hand, gives the partitions back and ends `run`. */
  stop(): void {
    this.#stopping = true;
    this.#stop.abort();
    this.#wake.abort();
  }

  /** Runs a step; after an operating error it is said and waited. */
  async #attempt<T>(run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof BrokenInvariant) throw error;
      this.#ground.log(`${this.#ground.member} starts again: ${error instanceof Error ? error.message : String(error)}`);
      await this.#ground.wait(RETRY_MS, this.#wake.signal);
      return undefined;
    }
  }

  async #start(): Promise<pg.PoolClient> {
    const { pool, member } = this.#ground;
    this.#owned = [];
    this.#feed = new ControlFeed(pool, this.#ground.objects);
    this.#limits = this.#ground.owned.includes(0) ? this.#newLimits() : undefined;
    await this.#beats.say('starting', 'reads the log');
    const left = this.#mark.left();
    if (left !== undefined) await countDeath(pool, left);
    this.#mark.end();
    const listener = await pool.connect();
    listener.on('error', () => this.#wake.abort());
    listener.on('notification', () => this.#wake.abort());
    await listener.query('listen nigran_events');
    await releaseLeases(pool, GROUP, member);
    await this.#feed.refresh();
    await this.#keepLeases(true);
    return listener;
  }

  /** Claims and renews leases; loads partitions that are new to it. A partition whose epoch changed under it was lost. */
  async #keepLeases(isFirst: boolean): Promise<void> {
    const { pool, member, owned, clock } = this.#ground;
    const now = clock();
    if (!isFirst && now - this.#leasedAt < (LEASE_MS * 1000) / 3) return;
    this.#leasedAt = now;
    await this.#limits?.keep(now, LEASE_MS);
    const leases = await claimLeases(pool, { group: GROUP, member, partitions: owned, ttlMs: LEASE_MS, now });
    for (const { shard } of this.#owned) {
      if (!leases.some((lease) => lease.partition === shard.partition && lease.epoch === shard.epoch)) throw new StaleLease(`partition ${shard.partition} was lost`);
    }
    for (const lease of leases) {
      if (!this.#owned.some(({ shard }) => shard.partition === lease.partition)) this.#owned.push(await this.#load(lease.partition, lease.epoch));
    }
  }

  #newLimits(): LimitKeeper {
    const { pool, member, events, partitions } = this.#ground;
    return new LimitKeeper(pool, member, { events, partitions, framework: this.#ground.control().framework }, this.#feed);
  }

  /** A shard at the position that its last commit reached. */
  async #load(partition: number, epoch: number): Promise<Owned> {
    const { pool, member, clock } = this.#ground;
    const { owned } = this.#ground;
    const shard = new Shard({
      events: this.#ground.events, feed: this.#feed, partitions: this.#ground.partitions, bytesMax: this.#ground.bytesMax / owned.length, control: () => this.#ground.control(),
    }, partition, epoch, await suspects(pool, partition));
    const position = await readPosition(pool, GROUP, partition);
    const taken = await pool.query<{ next_entry: number; was_engine: string }>(
      `with before as (select engine from monitor.shard where partition = $1)
       insert into monitor.shard as s (partition, engine, member, next_offset, next_entry, watermark, updated_at) values ($1, $2, $3, 0, 0, 0, $4)
       on conflict (partition) do update set engine = $2, member = $3, updated_at = $4
       returning next_entry, coalesce((select engine from before), $2) as was_engine`,
      [partition, ENGINE_VERSION, member, clock()]);
    const row = taken.rows[0];
    assert(row !== undefined, 'a shard has its row');
    const found = await findSnapshot(pool, partition, position.offset);
    const state = found === undefined ? undefined : readSnapshot(found.bytes, { plan: PLAN, bytesMax: this.#ground.bytesMax / owned.length });
    if (found !== undefined && state !== undefined) shard.restore(state, found.nextOffset, found.nextEntry);
    const replayed = await this.#replay(shard, position.offset, row.next_entry);
    if (row.was_engine !== ENGINE_VERSION) await withTransaction(pool, (tx) => commitProgress(tx, clock(), member, [replayed]));
    return { shard, keeper: new SnapshotKeeper(clock()) };
  }

  /**
   * Takes the steps of the log again up to where they were committed. Its findings stand there already; only
   * a newer engine writes them, beside those of the older one.
   */
  async #replay(shard: Shard, offset: number, nextEntry: number): Promise<Progress> {
    const all: Progress = { shard, from: offset, decided: 0, changes: [], setAside: [], counts: new Map() };
    while (shard.next < offset) {
      const { from, changes } = await shard.turn(offset);
      assert(shard.next > from, 'the log still holds what was decided, and there is room for it');
      all.changes.push(...changes);
    }
    assert(await shard.applyBelow(Math.max(shard.law.next, nextEntry), all), 'there is room for what was decided');
    return all;
  }

  /** Turns until it is stopped; true then. */
  async #work(): Promise<true> {
    while (!this.#stopping) {
      this.#wake = this.#stopping ? this.#wake : new AbortController();
      await this.#keepLeases(false);
      let decided = await this.#turnAll();
      // A batch brings the entries below it; what the ledger has beyond the last batch is looked for when there is none.
      if (decided === undefined && (await this.#feed.refresh())) decided = await this.#turnAll();
      await this.#foldLimits(decided !== undefined);
      if (decided !== undefined) {
        if (decided < GATHER_EVENTS) await this.#ground.wait(GATHER_MS, this.#stop.signal);
        continue;
      }
      await this.#tick();
      await this.#ground.wait(POLL_MS, this.#wake.signal);
    }
    return true;
  }

  async #foldLimits(isBusy: boolean): Promise<void> {
    const now = this.#ground.clock();
    if (this.#limits === undefined || (isBusy && Math.abs(now - this.#limitsAt) < LIMITS_EVERY_US)) return;
    this.#limitsAt = now;
    await this.#limits.turn(now);
  }

  /** A turn of every shard, committed together; events that it decided when one moved. */
  async #turnAll(): Promise<number | undefined> {
    const { pool, clock, member } = this.#ground;
    const known = this.#feed.size;
    const read = Map.groupBy(await this.#ground.events.readMany(this.#owned.map(({ shard }) => ({ partition: shard.partition, from: shard.next })), TURN_BYTES), (batch) => batch.partition);
    // One after the other: the mark names one batch, and what a broken one leaves in it must stand until the process has ended.
    const progress: Progress[] = [];
    for (const { shard } of this.#owned) progress.push(await shard.take(read.get(shard.partition) ?? [], known, this.#mark));
    const moved = progress.filter((one) => one.shard.next > one.from || one.changes.length > 0 || one.setAside.length > 0);
    if (moved.length > 0) {
      await withTransaction(pool, async (tx) => {
        for (const { shard, setAside } of moved) if (shard.suspects.size > 0 || setAside.length > 0) await forgive(tx, shard.partition, shard.next);
        await commitProgress(tx, clock(), member, moved);
      });
    }
    for (const { shard } of moved) for (const offset of shard.suspects.keys()) if (offset < shard.next) shard.suspects.delete(offset);
    for (const one of moved) await this.#owned.find(({ shard }) => shard === one.shard)?.keeper.keep(pool, one.shard, one.decided, clock());
    const decided = moved.reduce((sum, one) => sum + one.decided, 0);
    await this.#beats.beat(this.#owned.map(({ shard }) => shard), decided);
    return moved.some((one) => one.shard.next > one.from) ? decided : undefined;
  }

  /** Lets what waits be settled though nothing comes: the log itself must say that time has passed. */
  async #tick(): Promise<void> {
    const waits = this.#owned.some(({ shard }) => shard.state.unsettled.size > 0 || shard.state.dirty.size > 0) || this.#limits?.waits === true;
    const now = this.#ground.clock();
    if (!waits || now - this.#feed.lastAdmittedAt < SILENCE_US) return;
    await withTransaction(this.#ground.pool, (tx) => append(tx, now, [{ kind: 'clock-ticked', actor: this.#ground.member, basis: 'findings wait to be settled', body: {} }]));
  }

  /** Gives its partitions back; with a snapshot of each when all that was done is committed. */
  async #handBack(isWhole: boolean): Promise<void> {
    if (isWhole) for (const { shard, keeper } of this.#owned) await keeper.finish(this.#ground.pool, shard, this.#ground.clock());
    this.#owned = [];
    await this.#limits?.handBack();
    await releaseLeases(this.#ground.pool, GROUP, this.#ground.member);
  }
}
