/**
 * One partition in one process: its state, its law, and how far it has come in the one sequence that both
 * are a fold of: batches of the partition in order, and before each batch the control entries below its
 * epoch; entries beyond the last batch come when the partition is drained. That sequence follows from the
 * log alone, so a replay takes the same steps.
 */

import { isKind, type Entry, type EventLog, type StoredBatch } from '../../log/index.ts';
import { assert, karachiDay, type Instant } from '../../terms/index.ts';
import { ControlState, type ControlOptions } from '../engine/control.ts';
import { applyEntry } from '../engine/entries.ts';
import { openState, type State } from '../engine/state.ts';
import type { Outcome } from '../engine/step.ts';
import { PLAN } from '../rules/rule-set.ts';
import type { ControlFeed } from './control-feed.ts';
import { historyOf } from './history.ts';
import type { Dated } from './record.ts';
import type { StepMark } from './step-mark.ts';
import { stepStored } from './stored.ts';

/** Compressed bytes read for one turn; a few hundred batches of a busy day, decoded in about 0.1 s. */
export const TURN_BYTES = 1024 * 1024;

/** What a turn did and its commit has to write. */
export interface Progress {
  readonly shard: Shard;
  readonly from: number;
  decided: number;
  readonly changes: Dated[];
  /** Batches that were set aside in this turn. */
  readonly setAside: StoredBatch[];
  /** Decided events by firm and day of admission, `firm/day`. */
  readonly counts: Map<string, { readonly firm: string; readonly day: number; decided: number }>;
}

export interface ShardGround {
  readonly events: EventLog;
  readonly feed: ControlFeed;
  readonly partitions: number;
  readonly bytesMax: number;
  control(): ControlOptions;
}

/** What stopped a shard, if something did. */
export type Halt = 'none' | 'full' | 'noRules';

export class Shard {
  readonly partition: number;
  readonly epoch: number;
  state: State;
  readonly law: ControlState;
  /** Next offset to read. */
  next = 0;
  halt: Halt = 'none';
  /** Offsets that are not decided until they are released. */
  readonly quarantined: Set<number>;
  /** Offsets in which a process has ended; true where so often that they are set aside when they are reached. */
  readonly suspects: Map<number, boolean>;
  readonly #ground: ShardGround;

  constructor(ground: ShardGround, partition: number, epoch: number, suspects: Map<number, boolean>) {
    this.suspects = suspects;
    this.#ground = ground;
    this.partition = partition;
    this.epoch = epoch;
    this.state = openState({ plan: PLAN, bytesMax: ground.bytesMax });
    this.law = new ControlState(ground.control());
    this.quarantined = ground.feed.quarantined(partition);
  }

  /** Goes on from a snapshot: its state, and the law of the entries that it had applied. */
  restore(state: State, next: number, nextEntry: number): void {
    assert(this.next === 0 && this.law.next === 0, 'a shard is restored before it steps');
    for (const entry of this.#ground.feed.between(0, nextEntry)) this.law.apply(entry, this.#ground.feed.fetched(entry));
    this.law.next = nextEntry;
    this.state = state;
    this.next = next;
  }

  /** Steps through what the log has, up to `to` and within one turn's bounds. */
  async turn(to = Number.MAX_SAFE_INTEGER): Promise<Progress> {
    const known = this.#ground.feed.size;
    const batches = (await this.#ground.events.read(this.partition, this.next, TURN_BYTES)).filter((batch) => batch.offset < to);
    return this.take(batches, to === Number.MAX_SAFE_INTEGER ? known : undefined);
  }

  /**
   * Steps through batches as they were read from where the shard is. `known`: what was known of the ledger before they
   * were read, which is applied when there were none. With a mark, each batch is marked while it is stepped.
   */
  async take(batches: readonly StoredBatch[], known: number | undefined, mark?: StepMark): Promise<Progress> {
    const progress: Progress = { shard: this, from: this.next, decided: 0, changes: [], setAside: [], counts: new Map() };
    const { feed } = this.#ground;
    for (const batch of batches) {
      if (batch.controlEpoch > feed.size) await feed.refresh();
      if (!(await this.applyBelow(batch.controlEpoch, progress, mark))) return progress;
      if (!this.law.hasRules) {
        this.halt = 'noRules';
        return progress;
      }
      if (this.suspects.get(batch.offset) === true && !this.quarantined.has(batch.offset)) {
        this.quarantined.add(batch.offset);
        this.#setAside(batch, progress);
      }
      if (!this.quarantined.has(batch.offset) && !this.#decide(batch, batch.admittedAt, progress, mark)) return progress;
      this.next = batch.offset + 1;
    }
    if (batches.length === 0 && known !== undefined) await this.applyBelow(known, progress, mark);
    this.halt = 'none';
    return progress;
  }

  /** Applies control entries below `epoch`; false when there was no room. */
  async applyBelow(epoch: number, progress: Progress, mark?: StepMark): Promise<boolean> {
    for (const entry of this.#ground.feed.between(this.law.next, epoch)) {
      const history = isKind(entry, 'person-merged') && this.#owns(entry.body.into) ? await historyOf(this.#ground.events, this.#ground.partitions, entry.body.from, entry.index) : [];
      const outcome = applyEntry(this.state, this.law, entry, { ...this.#ground.feed.fetched(entry), history }, (byte) => byte % this.#ground.partitions === this.partition);
      if (!this.#take(outcome, entry.admittedAt, progress)) return false;
      if (isKind(entry, 'batch-released') && entry.body.partition === this.partition && this.#ground.feed.holds(entry)) await this.#release(entry, progress, mark);
    }
    this.law.next = Math.max(this.law.next, epoch);
    return true;
  }

  #decide(batch: StoredBatch, admittedAt: Instant, progress: Progress, mark?: StepMark): boolean {
    const outcome = stepMarked(mark, batch, () => stepStored(this.state, this.law, batch, admittedAt));
    if (!this.#take(outcome, admittedAt, progress) || outcome.full) return false;
    const day = karachiDay(batch.admittedAt);
    const key = `${batch.firm}/${day}`;
    const count = progress.counts.get(key) ?? { firm: batch.firm, day, decided: 0 };
    progress.counts.set(key, count);
    count.decided += outcome.decided;
    progress.decided += outcome.decided;
    return true;
  }

  #take(outcome: Outcome, admittedAt: Instant, progress: Progress): boolean {
    if (outcome.full) {
      this.halt = 'full';
      return false;
    }
    for (const change of outcome.changes) progress.changes.push({ ...change, admittedAt });
    return true;
  }

  /** A batch that was set aside is decided where its release stands in the ledger; one that kills again is set aside again. */
  async #release(entry: Entry<'batch-released'>, progress: Progress, mark: StepMark | undefined): Promise<void> {
    const [batch] = await this.#ground.events.read(this.partition, entry.body.offset, 1);
    assert(batch?.offset === entry.body.offset, 'a released batch is in the log');
    if (mark !== undefined && this.suspects.get(batch.offset) === true) this.#setAside(batch, progress);
    else assert(this.#decide(batch, entry.admittedAt, progress, mark), 'there is room for a released batch');
  }

  /** What was held against the batch is settled with it: a release tries it anew. */
  #setAside(batch: StoredBatch, progress: Progress): void {
    progress.setAside.push(batch);
    this.suspects.delete(batch.offset);
  }

  #owns(person: string): boolean {
    return Number.parseInt(person.slice(0, 2), 16) % this.#ground.partitions === this.partition;
  }
}

function stepMarked(mark: StepMark | undefined, batch: StoredBatch, stepIt: () => Outcome): Outcome {
  mark?.begin(batch);
  try {
    const outcome = stepIt();
    mark?.end();
    return outcome;
  } catch (error) {
    mark?.broke();
    throw error;
  }
}
