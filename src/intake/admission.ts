/**
 * The one writer of intake. Filings wait in a queue; each turn takes all that wait, plans them against
 * the state in memory and commits them together: batches, ids, customers, refusals, the firms' trees and
 * the ledger's entries in one transaction. A filing is answered after that commit and never before, so
 * what is acknowledged is on disk.
 *
 * When a commit fails nobody can tell whether it happened: the state is folded again from the tables and
 * every waiting filing is refused with CAPACITY. Its retry, under the same key, finds the receipt when
 * the commit did happen, and is planned afresh when it did not.
 */

import type pg from 'pg';
import { withActor, SYSTEM, type EventLog } from '../log/index.ts';
import type { Signer } from '../proof/index.ts';
import { reject, type Instant, type Rejection } from '../terms/index.ts';
import { commitPlans, type Committed } from './commit.ts';
import { loadState } from './load.ts';
import { parseLine } from './parse-line.ts';
import { planFiling, type Filing, type Ground, type Identified } from './plan.ts';
import type { AssetBook } from './rates.ts';
import { RELEASE_MAX, releasable, releaseHeld, type HeldEvent } from './release.ts';
import { IntakeState } from './state.ts';

/** Filings that may wait at once; one more is refused with CAPACITY. */
export const QUEUE_FILINGS_MAX = 512;
/**
 * Events that one commit takes at most, so that a commit stays within some tens of milliseconds, and that a batch has
 * places for all recurring strings even where a firm makes the four of a chain leg unique; and bytes as sent.
 */
const COMMIT_EVENTS_MAX = 16_000;
const COMMIT_BYTES_MAX = 64 * 1024 * 1024;
/** A commit of fewer events waits a moment for company: it costs the same for one event as for hundreds. */
const GATHER_EVENTS = 500;

/** What admission stands on. */
export interface AdmissionGround {
  readonly pool: pg.Pool;
  readonly events: EventLog;
  readonly book: AssetBook;
  /** Physical partitions of the event log; 256 is a multiple of it. */
  readonly partitions: number;
  readonly latenessMaxUs: number;
  readonly claimGapShare: number;
  readonly clock: () => Instant;
  readonly numberOf: (firm: string) => number;
  /** Opens sealed identities in the vault; answers `down` for each when it cannot be asked. */
  readonly identify: (sealed: readonly Sealed[]) => Promise<Identified[]>;
  /** Signer of a firm's tree; its key id is the tree's origin, for example `pvara.example/firm/sdx`. */
  readonly signerFor: (firm: string) => Signer;
  /** The monitor has no room for more: then nothing is taken in. */
  readonly isFull: () => boolean;
  /** A moment of some milliseconds in which a small commit waits for more; none when it is left out. */
  readonly gather?: () => Promise<void>;
  /** Told of an operating error, after which the state was folded again. */
  readonly onError: (error: unknown) => void;
}

/** A sealed identity on its way to the vault. */
export interface Sealed {
  readonly firm: string;
  readonly customer: string;
  readonly jwe: string;
}

/** What became of a filing. `before`: one of its id was admitted earlier, and nothing was done. */
export type Submitted = Committed | Rejection | 'before';

interface Waiting {
  readonly filing: Filing;
  readonly done: (outcome: Submitted) => void;
}

/** Admits filings, one commit at a time; refuses with CAPACITY when the queue is full or a commit failed. An operating error goes to `onError`. */
export class Admission {
  readonly #ground: AdmissionGround;
  #state = new IntakeState();
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;
  #loaded = false;
  #sweep = true;

  constructor(ground: AdmissionGround) {
    this.#ground = ground;
  }

  get state(): IntakeState {
    return this.#state;
  }

  /** Folds the state from the tables. Throws when the database cannot be asked. */
  async load(): Promise<void> {
    this.#loaded = false;
    this.#state = await loadState(this.#ground.pool, this.#ground.clock());
    this.#loaded = true;
  }

  /** Admits a filing; resolves after its commit, or with the code that says why nothing was kept. */
  submit(filing: Filing): Promise<Submitted> {
    const isRetry = this.#state.hasSubmission(filing.submission);
    if (this.#queue.length >= QUEUE_FILINGS_MAX || (!isRetry && this.#ground.isFull())) return Promise.resolve(reject('CAPACITY'));
    return new Promise((done) => {
      this.#queue.push({ filing, done });
      this.#running ??= this.#run();
    });
  }

  /** Tries to release held events at the next turn: called when rates arrive, and on a slow tick. */
  sweep(): void {
    if (this.#ground.isFull()) return;
    this.#sweep = true;
    this.#running ??= this.#run();
  }

  /** Waits until nothing is queued or being committed. */
  async drain(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // One turn of the loop lets the requests that arrived together join the first commit.
    await Promise.resolve();
    while (this.#queue.length > 0 || this.#sweep) {
      if (this.#queue.length > 0) {
        if (!this.#isLarge()) await this.#ground.gather?.();
        await this.#turn();
      }
      if (this.#sweep) await this.#release();
    }
    this.#running = undefined;
  }

  #isLarge(): boolean {
    let events = 0;
    return this.#queue.some(({ filing }) => (events += filing.lines.length) >= GATHER_EVENTS);
  }

  async #turn(): Promise<void> {
    const group = this.#take();
    try {
      if (!this.#loaded) await this.load();
      const fresh = this.#fresh(group);
      if (fresh.length === 0) return;
      const committed = await this.#commit(fresh.map((waiting) => waiting.filing));
      if (committed.some((one) => one.released.size > 0)) this.#sweep = true;
      for (const [i, waiting] of fresh.entries()) waiting.done(committed[i] ?? reject('CAPACITY'));
    } catch (error) {
      this.#loaded = false;
      this.#ground.onError(error);
      for (const waiting of group) waiting.done(reject('CAPACITY'));
    }
  }

  /** Those that were not admitted before; the others are told so. */
  #fresh(group: readonly Waiting[]): Waiting[] {
    return group.filter(({ filing, done }) => {
      if (this.#state.hasSubmission(filing.submission)) {
        done('before');
        return false;
      }
      this.#state.addSubmission(filing.submission);
      return true;
    });
  }

  async #release(): Promise<void> {
    this.#sweep = false;
    try {
      if (!this.#loaded) await this.load();
      for (const reason of ['identity', 'other'] as const) if ((await this.#releaseSome(reason)) === RELEASE_MAX) this.#sweep = true;
    } catch (error) {
      this.#loaded = false;
      this.#ground.onError(error);
    }
  }

  async #releaseSome(reason: 'identity' | 'other'): Promise<number> {
    const g = this.#ground;
    const held = await withActor(g.pool, SYSTEM, (tx) => releasable(tx, reason));
    if (held.length === 0) return 0;
    const answers = reason === 'identity' ? await this.#identify(held) : new Map<string, Identified>();
    const ground = { ...this.#groundNow(), events: g.events, partitions: g.partitions, numberOf: g.numberOf };
    return withActor(g.pool, SYSTEM, (tx) => releaseHeld(tx, held, answers, ground));
  }

  async #identify(held: readonly HeldEvent[]): Promise<Map<string, Identified>> {
    const sealed = held.flatMap((one) => {
      const parsed = parseLine(one.text);
      return 'event' in parsed && 'identity' in parsed.event && parsed.event.identity !== undefined
        ? [{ key: `${one.firm}/${one.eventId}`, firm: one.firm, customer: parsed.event.customer, jwe: parsed.event.identity }] : [];
    });
    const answers = await this.#ground.identify(sealed);
    return new Map(sealed.flatMap((one, i) => (answers[i] === undefined ? [] : [[one.key, answers[i]]])));
  }

  #groundNow(): Ground {
    const g = this.#ground;
    const now = g.clock();
    return { state: this.#state, book: g.book, ...this.#state.instants(now), latenessMaxUs: g.latenessMaxUs, claimGapShare: g.claimGapShare };
  }

  #take(): Waiting[] {
    let [events, bytes, n] = [0, 0, 0];
    for (const { filing } of this.#queue) {
      events += filing.lines.length;
      bytes += filing.bytes;
      if (n > 0 && (events > COMMIT_EVENTS_MAX || bytes > COMMIT_BYTES_MAX)) break;
      n += 1;
    }
    return this.#queue.splice(0, n);
  }

  #commit(filings: readonly Filing[]): Promise<Committed[]> {
    const g = this.#ground;
    const ground = this.#groundNow();
    const plans = filings.map((filing) => planFiling(filing, ground));
    return withActor(g.pool, SYSTEM, (tx) => commitPlans(tx, plans, { ...ground, events: g.events, partitions: g.partitions, numberOf: g.numberOf, signerFor: g.signerFor }));
  }
}
