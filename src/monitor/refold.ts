/**
 * One partition of the event log folded again, its people spread over any number of shards: the same batches, and
 * before each the same control entries, as its worker took them. Changes come out in the order of what caused
 * them and, within one cause, of their ids: so they do not depend on the spread.
 */

import { isKind, type Entry, type EventLog, type Objects, type StoredBatch } from '../log/index.ts';
import { assert, karachiDay, type Instant } from '../terms/index.ts';
import { ControlState, type ControlOptions } from './engine/control.ts';
import { applyEntry } from './engine/entries.ts';
import { openState, type State } from './engine/state.ts';
import type { Outcome, Owns } from './engine/step.ts';
import { PLAN } from './rules/rule-set.ts';
import type { ControlFeed } from './worker/control-feed.ts';
import { historyOf } from './worker/history.ts';
import { inOrder, type Dated } from './worker/record.ts';
import { stepStored } from './worker/stored.ts';

const READ_BYTES = 1024 * 1024;

/** What a fold reads, and its bounds. `bytesMax`: typed memory of all shards of a partition. */
export interface RefoldGround {
  readonly events: EventLog;
  readonly objects: Objects;
  readonly partitions: number;
  readonly bytesMax: number;
  control(): ControlOptions;
}

/** How far a partition's worker had come. */
export interface Reached {
  readonly partition: number;
  readonly next_offset: number;
  readonly next_entry: number;
  readonly watermark: number;
}

interface Piece {
  readonly state: State;
  readonly law: ControlState;
  readonly owns: Owns;
}

export class PartitionFold {
  /** Changes to findings, as they happened. */
  readonly changes: Dated[] = [];
  /** Decided events by firm and Karachi day of admission, `firm/day`. */
  readonly counts = new Map<string, { readonly firm: string; readonly day: number; decided: number }>();
  decided = 0;
  readonly #ground: RefoldGround;
  readonly #feed: ControlFeed;
  readonly #reached: Reached;
  readonly #pieces: readonly Piece[];
  readonly #quarantined: ReadonlySet<number>;
  #next = 0;

  constructor(ground: RefoldGround, feed: ControlFeed, reached: Reached, shards: number) {
    const { partitions } = ground;
    this.#ground = ground;
    this.#feed = feed;
    this.#reached = reached;
    this.#quarantined = feed.quarantined(reached.partition);
    this.#pieces = Array.from({ length: shards }, (_, i) => ({
      state: openState({ plan: PLAN, bytesMax: ground.bytesMax / shards }), law: new ControlState(ground.control()),
      owns: (byte: number) => byte % partitions === reached.partition && Math.floor(byte / partitions) % shards === i,
    }));
  }

  get states(): readonly State[] {
    return this.#pieces.map((piece) => piece.state);
  }

  firmOf(number: number): string {
    const [piece] = this.#pieces;
    assert(piece !== undefined, 'there is at least one shard');
    return piece.law.firmOf(number);
  }

  /** Folds up to where the worker was. */
  async run(): Promise<void> {
    for await (const batch of this.#batches()) {
      await this.#applyBelow(batch.controlEpoch);
      if (!this.#quarantined.has(batch.offset)) this.#decide(batch, batch.admittedAt);
    }
    await this.#applyBelow(Math.max(this.#next, this.#reached.next_entry));
  }

  async *#batches(): AsyncGenerator<StoredBatch> {
    const { partition, next_offset } = this.#reached;
    const { events } = this.#ground;
    let from = (await events.bounds(partition)).first;
    while (from < next_offset) {
      const batches = (await events.read(partition, from, READ_BYTES)).filter((batch) => batch.offset < next_offset);
      yield* batches;
      from = (batches.at(-1)?.offset ?? next_offset) + 1;
    }
  }

  async #applyBelow(epoch: number): Promise<void> {
    const { events, partitions } = this.#ground;
    for (const entry of epoch > this.#next ? this.#feed.between(this.#next, epoch) : []) {
      const into = isKind(entry, 'person-merged') ? Number.parseInt(entry.body.into.slice(0, 2), 16) : -1;
      const history = isKind(entry, 'person-merged') && this.#pieces.some((piece) => piece.owns(into)) ? await historyOf(events, partitions, entry.body.from, entry.index) : [];
      this.#take(this.#pieces.map(({ state, law, owns }) => applyEntry(state, law, entry, { ...this.#feed.fetched(entry), history: owns(into) ? history : [] }, owns)), entry.admittedAt);
      if (isKind(entry, 'batch-released') && entry.body.partition === this.#reached.partition && this.#feed.holds(entry)) await this.#release(entry);
    }
    this.#next = Math.max(this.#next, epoch);
  }

  async #release(entry: Entry<'batch-released'>): Promise<void> {
    const [batch] = await this.#ground.events.read(entry.body.partition, entry.body.offset, 1);
    assert(batch?.offset === entry.body.offset, 'a released batch is in the log');
    this.#decide(batch, entry.admittedAt);
  }

  #decide(batch: StoredBatch, admittedAt: Instant): void {
    const decided = this.#take(this.#pieces.map(({ state, law, owns }) => stepStored(state, law, batch, admittedAt, owns)), admittedAt);
    const day = karachiDay(batch.admittedAt);
    const count = this.counts.get(`${batch.firm}/${day}`) ?? { firm: batch.firm, day, decided: 0 };
    this.counts.set(`${batch.firm}/${day}`, count);
    count.decided += decided;
    this.decided += decided;
  }

  #take(outcomes: readonly Outcome[], admittedAt: Instant): number {
    let decided = 0;
    const changes = outcomes.flatMap((outcome) => {
      assert(!outcome.full, 'there is room to fold the whole log');
      decided += outcome.decided;
      return outcome.changes;
    });
    for (const change of inOrder(changes)) this.changes.push({ ...change, admittedAt });
    return decided;
  }
}
