/**
 * What rules would have found: the engine that decides, over columns read back from ClickHouse, under rules that are tried
 * and the stages and lists of the ledger. Rows come in the order of admission with lists as they were known then, so
 * what a back-test finds is what settled findings would be; people who were merged since are one person from the start.
 *
 * It is a sequence of slices. Between two of them it can stop, say how far it is, and be kept as bytes from which
 * another process goes on. It writes nothing. What it cannot hold it refuses by a code, before anything is
 * half told: memory, or more findings than anybody reads.
 */

import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Analytics, Objects } from '../../log/index.ts';
import { AGE_BANDS, INCOME_CLASSES, PROVINCES, RISK_CLASSES, type Instant } from '../../terms/index.ts';
import type { ControlOptions } from '../engine/control.ts';
import type { Finding, FindingChange } from '../engine/finding.ts';
import type { Law } from '../engine/law.ts';
import { planOf, type Plan } from '../engine/measure.ts';
import { idWords } from '../engine/people.ts';
import { compileRules, type Parameters, type RuleTerm } from '../engine/rule.ts';
import { settle } from '../engine/settle.ts';
import { readSnapshot, takeSnapshot } from '../engine/snapshot.ts';
import { openState, type State } from '../engine/state.ts';
import { step } from '../engine/step.ts';
import { packCheckpoint, unpackCheckpoint, type BackTestFinding } from './checkpoint.ts';
import { part, readBlocks, rowsStatement, type AdmittedRows } from './columns.ts';
import { ListFeed, readLedger, renamePeople, type BackTestLedger } from './ledger.ts';
import { SLICE_ROWS, planSlices, sliceCondition, type Reach, type Slice } from './slices.ts';

/** Findings of one back-test at most: a rule that finds more in a span finds nothing that a person could look at. */
const FINDINGS_MAX = 200_000;
/** Passes over the people at most: a pass for each first byte of an id. */
const PASSES_MAX = 256;
/** Slices asked for before they are needed: ClickHouse reads and sorts while slices before are folded. */
const SLICES_AHEAD = 3;
/** Bytes that a person with a month's events takes, about; what passes are planned by. */
const PERSON_BYTES = 1_024;

/** What a back-test reads. `bytesMax`: typed memory. `sliceRows`: rows between two words of progress, about. */
export interface BackTestGround {
  readonly pool: pg.Pool;
  readonly objects: Objects;
  readonly analytics: Analytics;
  readonly bytesMax: number;
  readonly sliceRows?: number;
  control(): ControlOptions;
}

/** What is tried. Findings are told of events in `[from, to)`; events are read from `since` on, from the first there is when it is left out. */
export interface BackTestOrder {
  readonly rules: readonly RuleTerm[];
  readonly parameters: Parameters;
  readonly from: Instant;
  readonly to: Instant;
  /** A later start is faster, and inexact for what looks farther back: silence, age, quiet periods. */
  readonly since?: Instant;
}

/** How far it is. `people`: of the current pass. `readTo`: instant of admission. */
export interface BackTestProgress {
  readonly state: 'running' | 'done' | 'cancelled';
  readonly rows: number;
  readonly rowsTotal: number;
  readonly pass: number;
  readonly passes: number;
  readonly readTo: number;
  readonly people: number;
  readonly findings: number;
}

/** Why a back-test does not go on. `ENGINE_FULL`: give it more memory. `FINDINGS_TOO_MANY`: the rules find more than can be read. */
export class BackTestRefusal extends Error {
  override readonly name = 'BackTestRefusal';
  readonly code: 'ENGINE_FULL' | 'FINDINGS_TOO_MANY' | 'SPAN_EMPTY' | 'CHECKPOINT_FOREIGN';

  constructor(code: BackTestRefusal['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** One back-test. `run` goes on from where it is; `checkpoint` is good whenever `run` has given progress or ended. */
export class BackTest {
  readonly #ground: BackTestGround;
  readonly #order: BackTestOrder;
  readonly #plan: Plan;
  /** SHA-256 of rules and parameters. */
  readonly #hash: string;
  readonly #found = new Map<string, BackTestFinding>();
  #state: State;
  #pass = 0;
  #passes = 0;
  /** Admitted before it: folded in this pass. */
  #readTo = 0;
  #rows = 0;
  #rowsTotal = 0;
  #isDone = false;

  /** `checkpoint`: bytes that a back-test of the same order left. */
  constructor(ground: BackTestGround, order: BackTestOrder, checkpoint?: Uint8Array) {
    if (order.from >= order.to || order.rules.length === 0) throw new BackTestRefusal('SPAN_EMPTY', 'a back-test tries at least one rule over at least one microsecond');
    this.#ground = ground;
    this.#order = order;
    this.#plan = planOf(order.rules.map((rule) => rule.when));
    this.#hash = createHash('sha256').update(JSON.stringify([order.rules, order.parameters])).digest('hex');
    this.#state = this.#newState();
    if (checkpoint !== undefined) this.#restore(checkpoint);
  }

  /** Reads and folds, and gives progress after each slice and at the end. Ends early, and says so, when `signal` is aborted. */
  async *run(signal: AbortSignal): AsyncGenerator<BackTestProgress> {
    const { pool, objects } = this.#ground;
    const ledger = await readLedger(pool, objects, this.#ground.control());
    const rules = compileRules(this.#hash, this.#order.rules, this.#order.parameters, this.#plan);
    if (this.#passes === 0) this.#passes = await this.#planPasses();
    while (!this.#isDone) {
      const reach = this.#reach(ledger);
      const slices = await planSlices(this.#ground.analytics, reach, this.#ground.sliceRows ?? SLICE_ROWS);
      if (this.#pass === 0) this.#rowsTotal = slices.reduce((sum, slice) => sum + slice.rows, 0) * this.#passes;
      const wallets = this.#ground.control().wallets;
      const law: Law = { wallets, rulesAt: () => rules, permits: (firm, service, at) => ledger.permits.permits(firm, service, at) };
      const lists = new ListFeed(ledger, wallets);
      const todo = slices.filter((slice) => slice.from >= this.#readTo);
      const ahead = todo.slice(0, SLICES_AHEAD).map((slice) => this.#read(reach, slice));
      for (const [i, slice] of todo.entries()) {
        const blocks = await ahead.shift();
        const further = todo[i + SLICES_AHEAD];
        if (further !== undefined) ahead.push(this.#read(reach, further));
        for (const block of blocks ?? []) this.#fold(block, law, lists, ledger.merged);
        this.#readTo = slice.to;
        this.#rows += slice.rows;
        yield this.#progress('running');
        if (signal.aborted) return void (yield this.#progress('cancelled'));
      }
      this.#endPass(law);
    }
    yield this.#progress('done');
  }

  /** Findings so far that stand, in the order of their events. */
  findings(): BackTestFinding[] {
    return [...this.#found.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  /** What another process needs to go on. */
  checkpoint(): Uint8Array {
    const { from, to, since } = this.#order;
    return packCheckpoint({ order: { rules: this.#hash, from, to, since: since ?? null }, pass: this.#pass, passes: this.#passes, readTo: this.#readTo, rows: this.#rows, rowsTotal: this.#rowsTotal, done: this.#isDone, found: [...this.#found.values()] }, takeSnapshot(this.#state));
  }

  #restore(bytes: Uint8Array): void {
    const kept = unpackCheckpoint(bytes);
    const state = kept === undefined ? undefined : readSnapshot(kept.state, { plan: this.#plan, bytesMax: this.#ground.bytesMax });
    const { from, to, since } = this.#order;
    const isSame = kept !== undefined && kept.head.order.rules === this.#hash && kept.head.order.from === from && kept.head.order.to === to && kept.head.order.since === (since ?? null);
    if (!isSame || state === undefined) throw new BackTestRefusal('CHECKPOINT_FOREIGN', 'what was kept is of another order or another engine; begin anew');
    [this.#pass, this.#passes, this.#readTo, this.#rows, this.#rowsTotal, this.#isDone] = [kept.head.pass, kept.head.passes, kept.head.readTo, kept.head.rows, kept.head.rowsTotal, kept.head.done];
    for (const one of kept.head.found) this.#found.set(one.id, one);
    this.#state = state;
  }

  #newState(): State {
    return openState({ plan: this.#plan, bytesMax: this.#ground.bytesMax });
  }

  /** As many passes as memory asks for. */
  async #planPasses(): Promise<number> {
    const [row] = await this.#ground.analytics.ask('select toFloat64(uniq(person)) as n from events where at >= {since:Int64} and at < {to:Int64}', { since: this.#order.since ?? 0, to: this.#order.to });
    const people = typeof row === 'object' && row !== null && 'n' in row ? Number(row.n) : 0;
    return Math.min(PASSES_MAX, Math.max(1, Math.ceil((people * PERSON_BYTES) / this.#ground.bytesMax)));
  }

  #reach(ledger: BackTestLedger): Reach {
    const [passes, pass] = [this.#passes, this.#pass];
    const besides = [...ledger.merged].filter(([, into]) => Number.parseInt(into.slice(0, 2), 16) % passes === pass).map(([from]) => from);
    return { since: this.#order.since ?? 0, before: this.#order.to, passes, pass, besides, without: ledger.setAside };
  }

  /** Asked for while slices before are folded; whoever never awaits it need not know that it failed. */
  #read(reach: Reach, slice: Slice): Promise<AdmittedRows[]> {
    const { where, params } = sliceCondition(reach, slice);
    const read = this.#ground.analytics.read(rowsStatement(where), params).then(readBlocks);
    read.catch(() => undefined);
    return read;
  }

  /** Folds a block, cut where a list was learnt. */
  #fold(block: AdmittedRows, law: Law, lists: ListFeed, merged: ReadonlyMap<string, string>): void {
    if (merged.size > 0) renamePeople(block.person, merged);
    const owns = (byte: number): boolean => byte % this.#passes === this.#pass;
    for (let from = 0; from < block.count;) {
      lists.knowBefore(block.admittedAt[from] ?? 0);
      let to = from + 1;
      while (to < block.count && (block.admittedAt[to] ?? 0) <= lists.nextAt) to += 1;
      const outcome = step(this.#state, { events: part(block, from, to), admittedAt: block.admittedAt[to - 1] ?? 0 }, law, owns);
      if (outcome.full) throw new BackTestRefusal('ENGINE_FULL', `${this.#ground.bytesMax} bytes do not hold the people of pass ${this.#pass + 1} of ${this.#passes}`);
      this.#take(outcome.changes);
      from = to;
    }
  }

  #take(changes: readonly FindingChange[]): void {
    for (const change of changes) {
      if ('finding' in change) {
        const { at } = change.finding.event;
        if (at >= this.#order.from && at < this.#order.to) this.#found.set(change.id, this.#told(change.finding, change.digest));
      } else if (change.change === 'withdrawn') this.#found.delete(change.id);
    }
    if (this.#found.size > FINDINGS_MAX) throw new BackTestRefusal('FINDINGS_TOO_MANY', `more than ${FINDINGS_MAX} findings; make the rules stricter or the span shorter`);
  }

  #told(finding: Finding, digest: string): BackTestFinding {
    const row = this.#state.people.find(idWords(finding.person), 0);
    const { id, rule, ruleVersion: version, person, event, firms, measures } = finding;
    return { id, rule, version, person, firm: event.firm, event: event.id, at: event.at, firms: [...firms], values: measures.map((measure) => measure.value), profile: profileOf(this.#state.people.profile(row)), digest };
  }

  /** Settles all that waits, and goes over to the next people. */
  #endPass(law: Law): void {
    const changes: FindingChange[] = [];
    settle(this.#state, law, Number.MAX_SAFE_INTEGER, changes);
    this.#take(changes);
    this.#pass += 1;
    this.#readTo = 0;
    this.#isDone = this.#pass >= this.#passes;
    this.#state = this.#newState();
  }

  #progress(state: BackTestProgress['state']): BackTestProgress {
    return { state, rows: this.#rows, rowsTotal: Math.max(this.#rowsTotal, this.#rows), pass: Math.min(this.#pass + 1, this.#passes), passes: this.#passes, readTo: this.#readTo, people: this.#state.people.next - 1, findings: this.#found.size };
  }
}

/** The classes of a person as the engine packed them (`step.ts`), by name. */
function profileOf(packed: number): BackTestFinding['profile'] {
  return {
    ageBand: AGE_BANDS[packed & 15] ?? '', province: PROVINCES[(packed >>> 4) & 15] ?? '', incomeClass: INCOME_CLASSES[(packed >>> 8) & 15] ?? '', riskClass: RISK_CLASSES[(packed >>> 12) & 15] ?? '',
    isCompany: (packed & 1 << 16) !== 0, isPep: (packed & 1 << 17) !== 0,
  };
}
