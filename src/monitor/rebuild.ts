/**
 * Folds the whole event log again, with any number of shards, and compares with what was recorded: the proof
 * that findings follow from the log and from nothing else. It writes nothing. It folds exactly what the
 * workers had committed when it began, and compares what they had settled by then; provisional findings are
 * no matter of record.
 */

import type pg from 'pg';
import { isKind, type Entry, type EventLog, type Objects, type StoredBatch } from '../log/index.ts';
import { assert } from '../terms/index.ts';
import { ControlState, type ControlOptions } from './engine/control.ts';
import { applyEntry } from './engine/entries.ts';
import type { FindingChange } from './engine/finding.ts';
import { ENGINE_VERSION } from './engine/limits.ts';
import { settle } from './engine/settle.ts';
import { hashFindings, hashStates } from './engine/state-hash.ts';
import { openState, type State } from './engine/state.ts';
import type { Outcome, Owns } from './engine/step.ts';
import { PLAN } from './rules/rule-set.ts';
import { ControlFeed } from './worker/control-feed.ts';
import { historyOf, partitionOf } from './worker/history.ts';
import { stepStored } from './worker/stored.ts';

const READ_BYTES = 1024 * 1024;

/** What `rebuild` reads: the ledger, the event log, objects; as a worker's role. */
export interface RebuildGround {
  readonly pool: pg.Pool;
  readonly events: EventLog;
  readonly objects: Objects;
  readonly partitions: number;
  readonly bytesMax: number;
  control(): ControlOptions;
}

/** What folding again gave, and whether it is what was recorded. */
export interface Rebuilt {
  /** Control entries and events that were folded. */
  readonly entries: number;
  readonly events: number;
  /** Settled findings that stand. */
  readonly findings: number;
  readonly findingsHash: string;
  readonly stateHash: string;
  readonly identical: boolean;
  /** Findings that only one side has, or that say different things; the first 20. */
  readonly differences: readonly string[];
}

/** How far a partition's worker had come. */
interface Reached {
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

/** What stands, by finding id: digest, event time, partition of the person. */
type Standing = Map<string, { readonly digest: string; readonly at: number; readonly partition: number }>;

/** Folds and compares; `shards` is any number from 1. */
export async function rebuild(ground: RebuildGround, options: { readonly shards: number }): Promise<Rebuilt> {
  assert(options.shards >= 1, 'there is at least one shard');
  const reached = (await ground.pool.query<Reached>('select partition, next_offset, next_entry, watermark from monitor.shard order by partition')).rows;
  const feed = new ControlFeed(ground.pool, ground.objects);
  await feed.refresh();
  const fold = new Fold(ground, feed, options.shards);
  const events = await fold.run(reached);
  const watermarks = new Map(reached.map((one) => [one.partition, one.watermark]));
  const settled = [...fold.standing].filter(([, one]) => one.at <= (watermarks.get(one.partition) ?? 0));
  const rebuilt = new Map(settled.map(([id, one]) => [id, one.digest]));
  const recorded = await recordedFindings(ground.pool);
  const differences = [...new Set([...rebuilt.keys(), ...recorded.keys()])].filter((id) => rebuilt.get(id) !== recorded.get(id)).sort();
  return {
    entries: feed.between(0, feed.size).length, events, findings: rebuilt.size, findingsHash: hashFindings([...rebuilt].map(([id, digest]) => `${id} ${digest}`)),
    stateHash: hashStates(fold.states), identical: differences.length === 0, differences: differences.slice(0, 20),
  };
}

async function recordedFindings(pool: pg.Pool): Promise<Map<string, string>> {
  const rows = await pool.query<{ id: string; sha256: string }>(
    `select f.id, f.sha256 from monitor.finding f join monitor.shard s on s.partition = f.partition
     where f.engine = $1 and f.state <> 'withdrawn' and f.event_at <= s.watermark`, [ENGINE_VERSION]);
  return new Map(rows.rows.map((row) => [row.id, row.sha256]));
}

class Fold {
  readonly standing: Standing = new Map();
  readonly #ground: RebuildGround;
  readonly #feed: ControlFeed;
  readonly #pieces: readonly Piece[];
  readonly #quarantined: ReadonlySet<string>;

  constructor(ground: RebuildGround, feed: ControlFeed, shards: number) {
    this.#ground = ground;
    this.#feed = feed;
    this.#pieces = Array.from({ length: shards }, (_, i) => ({
      state: openState({ plan: PLAN, bytesMax: ground.bytesMax / shards }), law: new ControlState(ground.control()), owns: (byte: number) => byte % shards === i,
    }));
    this.#quarantined = new Set(feed.between(0, feed.size).flatMap((entry) => (isKind(entry, 'batch-quarantined') ? [`${entry.body.partition}/${entry.body.offset}`] : [])));
  }

  get states(): State[] {
    return this.#pieces.map((piece) => piece.state);
  }

  /** Folds every partition up to where its worker was; gives the events decided. */
  async run(reached: readonly Reached[]): Promise<number> {
    let decided = 0;
    for await (const batch of inLedgerOrder(this.#ground.events, reached)) {
      decided += await this.#applyBelow(batch.controlEpoch);
      if (this.#quarantined.has(`${batch.partition}/${batch.offset}`)) continue;
      for (const piece of this.#pieces) decided += this.#take(stepStored(piece.state, piece.law, batch, batch.admittedAt, piece.owns));
    }
    decided += await this.#applyBelow(reached.reduce((least, one) => Math.min(least, one.next_entry), this.#feed.size));
    const watermark = reached.reduce((most, one) => Math.max(most, one.watermark), 0);
    for (const { state, law } of this.#pieces) {
      const changes: FindingChange[] = [];
      settle(state, law, watermark, changes);
      this.#note(changes);
    }
    return decided;
  }

  async #applyBelow(epoch: number): Promise<number> {
    let decided = 0;
    const from = this.#pieces[0]?.law.next ?? 0;
    for (const entry of epoch > from ? this.#feed.between(from, epoch) : []) {
      const history = isKind(entry, 'person-merged') ? await historyOf(this.#ground.events, this.#ground.partitions, entry.body.from, entry.index) : [];
      for (const { state, law, owns } of this.#pieces) {
        const into = isKind(entry, 'person-merged') && owns(Number.parseInt(entry.body.into.slice(0, 2), 16));
        this.#take(applyEntry(state, law, entry, { ...this.#feed.fetched(entry), history: into ? history : [] }, owns));
      }
      if (isKind(entry, 'batch-released') && this.#feed.holds(entry)) decided += await this.#release(entry);
    }
    return decided;
  }

  async #release(entry: Entry<'batch-released'>): Promise<number> {
    const [batch] = await this.#ground.events.read(entry.body.partition, entry.body.offset, 1);
    assert(batch?.offset === entry.body.offset, 'a released batch is in the log');
    return this.#pieces.reduce((sum, { state, law, owns }) => sum + this.#take(stepStored(state, law, batch, entry.admittedAt, owns)), 0);
  }

  #take(outcome: Outcome): number {
    assert(!outcome.full, 'there is room to fold the whole log');
    this.#note(outcome.changes);
    return outcome.decided;
  }

  #note(changes: readonly FindingChange[]): void {
    for (const change of changes) {
      if (change.change === 'withdrawn') this.standing.delete(change.id);
      if ('finding' in change) {
        const { finding, digest } = change;
        this.standing.set(change.id, { digest, at: finding.event.at, partition: partitionOf(finding.person, this.#ground.partitions) });
      }
    }
  }
}

/** Batches of all partitions, those of a lower control epoch first: the order in which the ledger saw them. */
async function* inLedgerOrder(events: EventLog, reached: readonly Reached[]): AsyncGenerator<StoredBatch> {
  const heads = await Promise.all(reached.map(async (one) => {
    const reader = readTo(events, one);
    return { reader, next: await reader.next() };
  }));
  for (;;) {
    const open = heads.filter((head) => head.next.done !== true);
    const [first] = open.sort((a, b) => epochOf(a.next.value) - epochOf(b.next.value));
    if (first === undefined || first.next.done === true) return;
    yield first.next.value;
    first.next = await first.reader.next();
  }
}

const epochOf = (batch: StoredBatch | undefined): number => batch?.controlEpoch ?? 0;

async function* readTo(events: EventLog, reached: Reached): AsyncGenerator<StoredBatch, undefined> {
  let from = (await events.bounds(reached.partition)).first;
  while (from < reached.next_offset) {
    const batches = (await events.read(reached.partition, from, READ_BYTES)).filter((batch) => batch.offset < reached.next_offset);
    yield* batches;
    from = (batches.at(-1)?.offset ?? reached.next_offset) + 1;
  }
  return undefined;
}
