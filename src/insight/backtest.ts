/**
 * Back-tests: a draft of the rules tried on the house's own events against the set in force, by the engine that decides, before anybody
 * agrees to it. One runs at a time. It tells how far it is, stops when asked and goes on from there; after a restart it goes on from its last
 * whole fold. The result lies in objects under its hash, so that a proposal can name what it rests on.
 *
 * It decides nothing and writes no finding. Refuses a span that is none or longer than two years.
 */

import type pg from 'pg';
import { SYSTEM, withActor, type Objects } from '../log/index.ts';
import { DAY_US, canonicalBytes, reject, type Instant, type Json, type Rejection } from '../terms/index.ts';
import type { Draft } from '../monitor/rules/policy.ts';
import type { FoldOrder, Folded, TellFold } from './backtest-fold.ts';
import { compare, keep, type Outcome, type People } from './backtest-part.ts';
import { insertBacktest, readBacktest, readFold, writeBacktest, writeFold, writeProgress, type AskedBacktest, type BacktestRow, type KeptFold } from './backtest-store.ts';

/** Days of a span at most. */
const SPAN_DAYS_MAX = 731;
/** Progress is written at most so often. */
const TELL_US = 500_000;

/** What back-tests stand on. */
export interface BacktestGround {
  readonly pool: pg.Pool;
  readonly objects: Objects;
  readonly clock: () => Instant;
  /** Folds, where it disturbs nobody. `checkpoint`: what a cancelled fold of the same order left. */
  readonly fold: (order: FoldOrder, checkpoint: Uint8Array | undefined, tell: TellFold, signal: AbortSignal) => Promise<Folded>;
  /** People by province and income class, of whom events are known before an instant. */
  readonly people: (before: Instant) => Promise<People>;
  /** What officers made of the alerts that are closed, by person. */
  readonly outcomes: () => Promise<ReadonlyMap<string, Outcome>>;
}

interface Running {
  readonly id: number;
  readonly stop: AbortController;
  done: Promise<void>;
}

/** A fold of this back-test that was stopped. */
interface Kept {
  readonly id: number;
  readonly side: Side;
  readonly checkpoint: Uint8Array;
}
type Side = 'base' | 'draft';

/** Runs back-tests one at a time, and tells how each stands. What breaks one is its `fault`. */
export class BacktestDesk {
  readonly #ground: BacktestGround;
  #running: Running | undefined;
  #kept: Kept | undefined;

  constructor(ground: BacktestGround) {
    this.#ground = ground;
  }

  /** Begins one; gives its number. */
  async start(wanted: Omit<AskedBacktest, 'draft' | 'touched'> & { readonly draft: Draft }, by: string): Promise<number | Rejection> {
    if (this.#running !== undefined) return reject('BACKTEST_BUSY', String(this.#running.id));
    if (wanted.to <= wanted.from || wanted.to - wanted.from > SPAN_DAYS_MAX * DAY_US) return reject('REQUEST_INVALID', 'span');
    const { pool, objects, clock } = this.#ground;
    await objects.put(wanted.draft.bytes);
    const id = await withActor(pool, SYSTEM, (tx) => insertBacktest(tx, clock(), { ...wanted, draft: wanted.draft.hash, touched: wanted.draft.touched }, by));
    return this.#go(id);
  }

  /** Goes on with one that was stopped, also by a restart. */
  async resume(id: number): Promise<number | Rejection> {
    if (this.#running !== undefined) return reject('BACKTEST_BUSY', String(this.#running.id));
    const row = await this.read(id);
    if (row === undefined) return reject('NOT_FOUND');
    return row.state === 'stopped' ? this.#go(id) : reject('DECISION_STALE', row.state);
  }

  /** Stops it after the slice that it is at. */
  async cancel(id: number): Promise<number | Rejection> {
    const running = this.#running;
    if (running?.id !== id) return (await this.read(id)) === undefined ? reject('NOT_FOUND') : reject('DECISION_STALE', 'it is not running');
    running.stop.abort();
    await running.done;
    return id;
  }

  /** One as it stands. */
  async read(id: number): Promise<BacktestRow | undefined> {
    const row = await withActor(this.#ground.pool, SYSTEM, (tx) => readBacktest(tx, id));
    return row === undefined ? undefined : this.shown(row);
  }

  /** A row as it stands here: what this house says to run and nobody runs any more was stopped. */
  shown(row: BacktestRow): BacktestRow {
    return row.state === 'running' && this.#running?.id !== row.id ? { ...row, state: 'stopped' } : row;
  }

  /** Waits until nothing runs. */
  async settle(): Promise<void> {
    await this.#running?.done;
  }

  #go(id: number): number | Rejection {
    if (this.#running !== undefined) return reject('BACKTEST_BUSY', String(this.#running.id));
    const running: Running = { id, stop: new AbortController(), done: Promise.resolve() };
    this.#running = running;
    running.done = this.#run(running).catch((error: unknown) => this.#fail(id, error instanceof Refused ? error.code : 'BROKEN')).finally(() => {
      this.#running = undefined;
    });
    return id;
  }

  async #fail(id: number, fault: string): Promise<void> {
    await withActor(this.#ground.pool, SYSTEM, (tx) => writeBacktest(tx, id, this.#ground.clock(), { state: 'failed', fault })).catch(() => undefined);
  }

  async #run({ id, stop }: Running): Promise<void> {
    const { pool, objects, clock } = this.#ground;
    const row = await withActor(pool, SYSTEM, (tx) => readBacktest(tx, id));
    if (row === undefined) return;
    const begun = clock();
    const seconds = (): number => row.seconds + (clock() - begun) / 1e6;
    const stopped = (): Promise<void> => withActor(pool, SYSTEM, (tx) => writeBacktest(tx, id, clock(), { state: 'stopped', seconds: seconds() }));
    const base = await this.#side(row, 'base', { done: 0, total: 0 }, seconds, stop.signal);
    if (base === undefined) return stopped();
    const draft = await this.#side(row, 'draft', { done: base.rows, total: base.rows }, seconds, stop.signal);
    if (draft === undefined) return stopped();
    // Rules are deaf to each other: those that the draft leaves alone find what they found.
    const untouched = base.findings.filter((finding) => !row.touched.includes(finding.rule));
    const found = compare(base.findings, [...untouched, ...draft.findings], await this.#ground.people(row.to), await this.#ground.outcomes());
    const result = { v: 1, from: row.from, to: row.to, base: row.base, draft: row.draft, changes: row.changes, found };
    const sha256 = await objects.put(canonicalBytes(plain(result)));
    const rows = base.rows + draft.rows;
    await withActor(pool, SYSTEM, (tx) => writeBacktest(tx, id, clock(), { state: 'done', found, sha256, rowsDone: rows, rowsTotal: rows, seconds: seconds() }));
  }

  /** One fold, unless it is whole already; nothing when it was stopped. `so`: rows of the folds before it. */
  async #side(row: BacktestRow, side: Side, so: { readonly done: number; readonly total: number }, seconds: () => number, signal: AbortSignal): Promise<KeptFold | undefined> {
    const { pool, clock } = this.#ground;
    const known = await withActor(pool, SYSTEM, (tx) => readFold(tx, row.id, side));
    if (known !== undefined) return known;
    const kept = this.#kept?.id === row.id && this.#kept.side === side ? this.#kept.checkpoint : undefined;
    this.#kept = undefined;
    let toldAt = 0;
    const tell: TellFold = (rows, total) => {
      if (clock() - toldAt < TELL_US) return;
      toldAt = clock();
      // The first fold does not know the second, which reads as many rows.
      const step = { rowsDone: so.done + rows, rowsTotal: side === 'base' ? total * 2 : so.total + total, seconds: seconds() };
      void withActor(pool, SYSTEM, (tx) => writeProgress(tx, row.id, clock(), step)).catch(() => undefined);
    };
    const folded = await this.#ground.fold({ document: side === 'base' ? row.base : row.draft, only: side === 'base' ? null : row.touched, from: row.from, to: row.to }, kept, tell, signal);
    if (folded.state === 'refused') throw new Refused(folded.code);
    if (folded.state === 'cancelled') {
      this.#kept = { id: row.id, side, checkpoint: folded.checkpoint };
      return undefined;
    }
    const fold = { rows: folded.rows, findings: folded.findings.map(keep) };
    await withActor(pool, SYSTEM, (tx) => writeFold(tx, row.id, side, fold));
    return fold;
  }
}

/** A fold said why it does not go on. */
class Refused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value));
