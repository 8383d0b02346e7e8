/**
 * One limit of one firm (or of one of its customers), followed: its series, and the findings that stand of it. A finding
 * is raised by the event with which the cap is passed, and by one that comes while it is passed still when a day has gone
 * since the last, or the figure has doubled. Findings are a function of the events that stand and of the law of each
 * event's time: computing them again from any point on gives the same.
 */

import { createHash } from 'node:crypto';
import type { Cap, CapTimeline } from '../../framework/index.ts';
import { DAY_US, assert, canonicalBytes, instantOf, type Json } from '../../terms/index.ts';
import type { Finding, FindingChange } from '../engine/finding.ts';
import { EVIDENCE_MAX } from '../engine/limits.ts';
import { COUNTS } from './facts.ts';
import { Series, insert, remove, type Fact, type Sum } from './series.ts';
import { limitRule } from './table.ts';

/** A cap that stays passed is told again after this. Our own choice. */
const QUIET_US = DAY_US;

/** A finding of a limit that stands. */
export interface StandingLimit {
  readonly id: string;
  readonly at: number;
  readonly value: number;
  readonly digest: string;
  settled: boolean;
  gone: boolean;
}

/** What is followed: a limit of the pack. */
export type FollowedLimit = Cap['limit'];

const BITS: Readonly<Record<FollowedLimit['measure'], number>> = { customers: COUNTS.customer, traded: COUNTS.traded, 'paid-out': COUNTS.paid, assets: COUNTS.asset };

/** What the fold tells while findings are computed: the law, and what a change is. */
export interface Judging {
  readonly caps: CapTimeline;
  readonly firm: number;
  readonly framework: string;
  /** Keys of events that were just decided, `hi:lo`. */
  readonly fresh: ReadonlySet<string>;
  /** Events up to it were settled before. */
  readonly frontier: number;
  wait(standing: StandingLimit): void;
}

export class FollowedSeries {
  readonly #limit: FollowedLimit;
  readonly #series: Series;
  /** Of a limit that counts different things: what stands of each, in order; the first of them is in the series. */
  readonly #kept: Map<string, Fact[]> | undefined;
  #standing: StandingLimit[] = [];
  #dirtyFrom = Infinity;

  constructor(limit: FollowedLimit) {
    this.#limit = limit;
    this.#series = new Series(limit.windowUs);
    this.#kept = limit.unit === 'count' ? new Map() : undefined;
  }

  /** A fact begins or ceases to stand. Facts that the limit does not count pass by. */
  change(fact: Fact, stands: boolean): void {
    if ((fact.what & BITS[this.#limit.measure]) === 0) return;
    this.#dirtyFrom = Math.min(this.#dirtyFrom, fact.at);
    if (this.#kept === undefined) {
      if (stands) this.#series.add(fact);
      else this.#series.remove(fact);
      return;
    }
    const key = this.#limit.measure === 'customers' ? fact.customer : fact.asset;
    const list = this.#kept.get(key) ?? [];
    const first = list[0];
    // Counted already, among those that are no longer known one by one.
    if (first !== undefined && first.at < this.#series.reach) return;
    if (stands) insert(list, fact);
    else remove(list, fact);
    this.#kept.set(key, list);
    if (first === list[0]) return;
    if (first !== undefined) this.#series.remove(first);
    if (list[0] !== undefined) this.#series.add(list[0]);
    this.#dirtyFrom = Math.min(this.#dirtyFrom, first?.at ?? Infinity, list[0]?.at ?? Infinity);
  }

  /** Law has changed from an instant on. */
  reconsider(from: number): void {
    this.#dirtyFrom = Math.min(this.#dirtyFrom, from);
  }

  /** Computes findings again from where something changed, and tells the difference. */
  judge(judging: Judging, out: FindingChange[]): void {
    if (this.#dirtyFrom === Infinity) return;
    const from = Math.max(this.#dirtyFrom, this.#series.reach);
    this.#dirtyFrom = Infinity;
    const kept = this.#standing.filter((one) => one.at < from);
    const before = new Map(this.#standing.slice(kept.length).map((one) => [one.id, one]));
    for (const { place, fact, sum } of this.#series.valuesFrom(this.#series.placeOf(from))) {
      const cap = judging.caps.capAt(judging.firm, this.#limit.limit, instantOf(fact.at));
      const value = this.#valueOf(sum);
      const last = kept.at(-1);
      if (cap?.limit !== this.#limit || value <= cap.value || (last !== undefined && fact.at - last.at < QUIET_US && value < 2 * last.value)) continue;
      const { finding, digest } = this.#say(judging, cap, value, place, sum.count);
      kept.push(standUp({ finding, digest, value, known: before.get(finding.id), isFresh: judging.fresh.has(`${fact.hi}:${fact.lo}`) }, judging, out));
      before.delete(finding.id);
    }
    for (const gone of before.values()) {
      gone.gone = true;
      out.push({ change: 'withdrawn', id: gone.id, state: 'withdrawn' });
    }
    this.#standing = kept;
  }

  /** Forgets single events before an instant; findings of them stand as they are. */
  forget(before: number): void {
    this.#series.forget(before);
    if (this.#kept === undefined) return;
    for (const list of this.#kept.values()) while (list.length > 1 && (list[1]?.at ?? Infinity) < before) list.splice(1, 1);
  }

  #valueOf(sum: Sum): number {
    if (this.#kept !== undefined) return sum.count;
    // Beyond 2^53 paisa (90 trillion rupees) the figure is that, and passed in any case.
    return sum.paisa > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(sum.paisa);
  }

  #say(judging: Judging, cap: Cap, value: number, place: number, total: number): { finding: Finding; digest: string } {
    const fact = this.#series.facts[place];
    const rule = limitRule(cap.limit.measure);
    assert(fact !== undefined && rule !== undefined, 'a limit that is followed has its words');
    const clause = cap.entry === undefined ? cap.limit.clause.en : `${cap.limit.clause.en}; decision of entry ${cap.entry}`;
    const content = {
      rule: rule.id, ruleVersion: rule.version, ruleSet: judging.framework, person: fact.person, subject: 'firm' as const, event: { firm: judging.firm, id: fact.id, at: fact.at }, firms: [judging.firm],
      measures: [{ ...rule.figure, value, comparison: 'at-most' as const, threshold: cap.value, margin: value - cap.value, status: cap.entry === undefined ? 'prescribed' as const : 'decided' as const, clause }],
      smallestChange: { ...rule.figure, change: cap.value - value }, seenAlone: [],
      evidence: this.#series.behind(place, EVIDENCE_MAX).map(({ id }) => ({ firm: judging.firm, id })), evidenceTotal: total, listed: null,
    };
    const id = createHash('sha256').update(`${rule.id}/${rule.version}/${cap.limit.limit}/${judging.firm}/${fact.id}`).digest('hex').slice(0, 32);
    const plain: Json = { ...content, event: { ...content.event }, firms: [...content.firms], evidence: content.evidence.map((one) => ({ ...one })), measures: content.measures.map((one) => ({ ...one })), smallestChange: { ...content.smallestChange } };
    return { finding: { id, ...content }, digest: createHash('sha256').update(canonicalBytes(plain)).digest('hex') };
  }
}

interface Said {
  readonly finding: Finding;
  readonly digest: string;
  readonly value: number;
  readonly known: StandingLimit | undefined;
  readonly isFresh: boolean;
}

/** A finding stands: as it stood, revised, or new. */
function standUp(said: Said, judging: Judging, out: FindingChange[]): StandingLimit {
  const { finding, digest, value, known } = said;
  if (known?.digest === digest) return known;
  if (known !== undefined) known.gone = true;
  const change = known !== undefined ? 'revised' : said.isFresh ? 'raised' : 'added';
  const isLate = change !== 'raised' && finding.event.at <= judging.frontier;
  const standing: StandingLimit = { id: finding.id, at: finding.event.at, value, digest, settled: isLate, gone: false };
  if (!isLate) judging.wait(standing);
  out.push({ change, id: finding.id, state: isLate ? 'corrected' : 'provisional', finding, digest });
  return standing;
}
