/**
 * The fold of limits: state keyed by firms, beside the shards, which are keyed by people. It follows the firms that some
 * cap binds, and no other. One sequence for the whole log: what one commit of intake admitted over all partitions, in the
 * order of epochs, and before it the control entries below its epoch. So what it finds depends neither on shards nor on
 * partitions, and settled findings not even on the order within the watermark.
 *
 * Reads no clock, chance or socket. What a firm reported before some cap bound it is handed in when it is first followed.
 */

import { PermitTimeline, type Framework } from '../../framework/index.ts';
import { decodeBatch, isKind, type Entry, type EventBatch, type StoredBatch } from '../../log/index.ts';
import { DAY_US, HOUR_US, assert, instantOf } from '../../terms/index.ts';
import { Due } from '../engine/due.ts';
import type { FindingChange } from '../engine/finding.ts';
import { LATENESS_MAX_US } from '../engine/limits.ts';
import { FirmFacts } from './facts.ts';
import { FollowedSeries, type FollowedLimit, type StandingLimit } from './follow.ts';
import type { Fact } from './series.ts';

/** Events of a firm that are known one by one at most: about 250 bytes each. Older ones count on in their minutes. */
const FACTS_MAX = 400_000;
/** A single event is known this long behind the firm's newest: what comes later than a day late corrects sums, no findings. */
const REACH_US = DAY_US + LATENESS_MAX_US;

interface Followed {
  readonly number: number;
  readonly facts: FirmFacts;
  /** By limit, and of a limit on each customer by the customer. */
  readonly series: ReadonlyMap<FollowedLimit, Map<string, FollowedSeries>>;
  /** Those whose events or whose law have changed since they were judged. */
  readonly dirty: Set<FollowedSeries>;
  newestAt: number;
  /** Single events before it are forgotten. */
  forgotten: number;
}

const NO_EVENTS: ReadonlySet<string> = new Set();

export class LimitFold {
  /** Events before it are settled. */
  watermark = 0;
  readonly #framework: Framework;
  readonly #permits: PermitTimeline;
  readonly #numbers = new Map<string, number>();
  readonly #firms = new Map<number, string>();
  readonly #followed = new Map<string, Followed>();
  readonly #unsettled = new Due<StandingLimit>();

  constructor(framework: Framework) {
    this.#framework = framework;
    this.#permits = new PermitTimeline(framework);
  }

  /** Findings wait to be settled. */
  get waits(): boolean {
    return this.#unsettled.size > 0;
  }

  /** Are events of any firm counted? */
  get isIdle(): boolean {
    return this.#followed.size === 0;
  }

  /** The id of a firm's number. */
  firmOf(number: number): string {
    const firm = this.#firms.get(number);
    assert(firm !== undefined, `firm number ${number} is registered`);
    return firm;
  }

  follows(firm: string): boolean {
    return this.#followed.has(firm);
  }

  /** Takes a control entry's law in. Gives the firm that it concerns, from when on, and whether it must now be followed. */
  learn(entry: Entry): { readonly firm: string; readonly from: number; readonly begins: boolean } | undefined {
    if (isKind(entry, 'firm-registered')) {
      this.#numbers.set(entry.body.firm, entry.body.number);
      this.#firms.set(entry.body.number, entry.body.firm);
      return undefined;
    }
    if (!isKind(entry, 'stage-changed') && !isKind(entry, 'conditions-set')) return undefined;
    const { firm, effectiveFrom } = entry.body;
    const number = this.#numbers.get(firm);
    assert(number !== undefined, `${firm} is registered before it is bound`);
    if (isKind(entry, 'stage-changed')) this.#permits.enter(number, entry.body.to, instantOf(effectiveFrom), entry.body.services);
    else for (const cap of entry.body.caps) this.#permits.caps.set(number, cap, instantOf(effectiveFrom), entry.index);
    return { firm, from: effectiveFrom, begins: !this.#followed.has(firm) && this.#permits.caps.limitsOf(number).length > 0 };
  }

  /** Begins to follow a firm, with all that it reported before; what lies before the instant `from` is needed in sums alone. */
  follow(firm: string, history: readonly StoredBatch[], from: number): void {
    const number = this.#numbers.get(firm);
    assert(number !== undefined && !this.#followed.has(firm), `${firm} is known, and not followed yet`);
    const series = new Map([...this.#framework.limits.values()].flatMap((dated) => this.#permits.caps.measured(dated)).map((limit) => [limit, new Map<string, FollowedSeries>()]));
    const followed: Followed = { number, series, dirty: new Set(), newestAt: 0, forgotten: -Infinity, facts: new FirmFacts((fact, stands) => change(followed, fact, stands)) };
    this.#followed.set(firm, followed);
    for (const batch of history) {
      this.#take(followed, batch);
      forget(followed, from);
    }
  }

  /** Judges what an entry changed, and settles to its instant. */
  apply(entry: Entry, concerned: { readonly firm: string; readonly from: number } | undefined): readonly FindingChange[] {
    const out: FindingChange[] = [];
    const followed = this.#followed.get(concerned?.firm ?? '');
    if (followed !== undefined && concerned !== undefined) {
      for (const one of followed.series.values()) for (const series of one.values()) {
        series.reconsider(concerned.from);
        followed.dirty.add(series);
      }
      this.#judge(followed, NO_EVENTS, out);
    }
    this.#settle(entry.admittedAt - LATENESS_MAX_US, out);
    return out;
  }

  /** Takes in what one commit of intake admitted, over all partitions; batches of firms that are not followed pass by. */
  take(batches: readonly StoredBatch[]): readonly FindingChange[] {
    const out: FindingChange[] = [];
    const byFirm = Map.groupBy(batches, (batch) => batch.firm);
    for (const [firm, own] of byFirm) {
      const followed = this.#followed.get(firm);
      if (followed === undefined) continue;
      const fresh = new Set(own.flatMap((batch) => [...this.#take(followed, batch)]));
      this.#judge(followed, fresh, out);
      forget(followed);
    }
    this.#settle(Math.max(...batches.map((batch) => batch.admittedAt)) - LATENESS_MAX_US, out);
    return out;
  }

  #take(followed: Followed, batch: StoredBatch): ReadonlySet<string> {
    const events = decoded(batch);
    if (events === undefined) return NO_EVENTS;
    for (const at of events.at) followed.newestAt = Math.max(followed.newestAt, at);
    return followed.facts.take(events);
  }

  #judge(followed: Followed, fresh: ReadonlySet<string>, out: FindingChange[]): void {
    const judging = {
      caps: this.#permits.caps, firm: followed.number, framework: this.#framework.hash, fresh, frontier: this.watermark, wait: (standing: StandingLimit) => this.#unsettled.add(standing.at, standing),
    };
    for (const series of followed.dirty) series.judge(judging, out);
    followed.dirty.clear();
  }

  #settle(watermark: number, out: FindingChange[]): void {
    this.watermark = Math.max(this.watermark, watermark);
    for (;;) {
      const standing = this.#unsettled.take(this.watermark);
      if (standing === undefined) return;
      if (standing.gone || standing.settled) continue;
      standing.settled = true;
      out.push({ change: 'confirmed', id: standing.id, state: 'settled' });
    }
  }
}

function change(followed: Followed, fact: Fact, stands: boolean): void {
  for (const [limit, byKey] of followed.series) {
    const key = limit.per === 'customer' ? fact.customer : '';
    const series = byKey.get(key) ?? new FollowedSeries(limit);
    byKey.set(key, series);
    series.change(fact, stands);
    followed.dirty.add(series);
  }
}

/** Forgets by the whole hour, so that a firm's customers are not gone through at each of its filings. */
function forget(followed: Followed, from = Infinity): void {
  const hour = Math.floor(Math.min(followed.newestAt - REACH_US, from) / HOUR_US) * HOUR_US;
  const before = followed.facts.forget(hour, FACTS_MAX);
  if (before <= followed.forgotten) return;
  followed.forgotten = before;
  for (const one of followed.series.values()) for (const series of one.values()) series.forget(before);
}

/** A batch that cannot be read counts for nothing here: its own shard stops at it, and it is set aside. */
function decoded(batch: StoredBatch): EventBatch | undefined {
  try {
    return decodeBatch(batch.bytes);
  } catch {
    return undefined;
  }
}
