/**
 * The three ways to look at one nation, folded by the house's own engine in one pass. Joined: every firm's events, one
 * person behind all accounts. Regulator: the same without what only a firm knows of its customer (profile, sign-ins,
 * devices, where from). Firm: each firm's events alone; the engine keeps people apart by firm number, so one
 * state holds all firms' views. Findings are the settled ones: what was withdrawn is gone.
 */

import { scoreOf } from '../../src/alerts/score.ts';
import { decodeBatch, encodeBatch, type EventRow } from '../../src/log/index.ts';
import { PLAN, type Finding } from '../../src/monitor/index.ts';
import { openState, step, type State } from '../../src/monitor/engine/index.ts';
import { DAY_US, EVENT_KINDS, FLAG } from '../../src/terms/index.ts';
import type { Suspect } from './judge.ts';
import type { Material } from './material.ts';

const BATCH = 2_000;
const BYTES_MAX = 8 * 2 ** 30;
const LOAD = EVENT_KINDS.indexOf('opening-load');
/** Kinds of which only the firm itself knows. */
const PRIVATE_KINDS: ReadonlySet<number> = new Set((['sign-in', 'device', 'customer-changed'] as const).map((kind) => EVENT_KINDS.indexOf(kind)));
const PROFILE_FLAGS = FLAG.company | FLAG.pep | FLAG.failed;

/** What was seen. */
export interface Sight {
  readonly joined: readonly Suspect[];
  readonly regulator: readonly Suspect[];
  /** By firm number. */
  readonly firms: ReadonlyMap<number, { readonly active: number; readonly suspects: readonly Suspect[] }>;
  /** People with any event but an opening load. */
  readonly active: number;
  readonly events: number;
}

/** One engine over one form of the rows. */
class Lens {
  readonly #state: State = openState({ plan: PLAN, bytesMax: BYTES_MAX });
  readonly #findings = new Map<string, Finding>();
  readonly #law: Material['law'];
  readonly #form: (row: EventRow) => EventRow | undefined;
  #rows: EventRow[] = [];

  constructor(law: Material['law'], form: (row: EventRow) => EventRow | undefined) {
    this.#law = law;
    this.#form = form;
  }

  add(rows: readonly EventRow[], sentAt: number): void {
    for (const row of rows) {
      const formed = this.#form(row);
      if (formed !== undefined) this.#rows.push(formed);
    }
    if (this.#rows.length >= BATCH) this.#step(sentAt);
  }

  /** Settles all that is open, and gives the findings that stand. */
  finish(sentAt: number): Iterable<Finding> {
    this.#step(sentAt + DAY_US);
    return this.#findings.values();
  }

  #step(admittedAt: number): void {
    if (this.#rows.length === 0) return;
    const outcome = step(this.#state, { events: decodeBatch(encodeBatch(this.#rows)), admittedAt }, this.#law);
    if (outcome.full) throw new Error('the judge needs more memory than it was given');
    for (const change of outcome.changes) {
      if (change.change === 'withdrawn') this.#findings.delete(change.id);
      else if ('finding' in change) this.#findings.set(change.id, change.finding);
    }
    this.#rows = [];
  }
}

/** Looks at everything once. */
export function look(material: Material): Sight {
  const { weights } = material;
  const joined = new Lens(material.law, (row) => row);
  const regulator = new Lens(material.law, withoutPrivate);
  const firms = new Lens(material.law, atOneFirm);
  const active = new Set<string>();
  const activeAt = new Map<number, Set<string>>();
  let events = 0;
  let newest = 0;
  for (const { rows, sentAt } of material.arrivals()) {
    newest = Math.max(newest, sentAt);
    for (const lens of [joined, regulator, firms]) lens.add(rows, newest);
    for (const row of rows) {
      if ((row.flags & FLAG.secondLeg) === 0) events += 1;
      if (row.kind === LOAD || row.person === '') continue;
      active.add(row.person);
      const here = activeAt.get(row.firm) ?? new Set();
      activeAt.set(row.firm, here.add(row.person));
    }
  }
  const alone = Map.groupBy(firms.finish(newest), (finding) => Number.parseInt(finding.person.slice(0, 4), 16));
  return {
    joined: suspectsOf(joined.finish(newest), weights), regulator: suspectsOf(regulator.finish(newest), weights), active: active.size, events,
    firms: new Map([...activeAt].map(([firm, people]) => [firm, { active: people.size, suspects: suspectsOf(alone.get(firm) ?? [], weights) }])),
  };
}

/** The same row at one firm: a person of another firm is another person. */
function atOneFirm(row: EventRow): EventRow {
  const firm = row.firm.toString(16).padStart(4, '0');
  return { ...row, person: row.person === '' ? '' : firm + row.person.slice(4), other: row.other === '' ? '' : firm + row.other.slice(4) };
}

function withoutPrivate(row: EventRow): EventRow | undefined {
  if (PRIVATE_KINDS.has(row.kind)) return undefined;
  return { ...row, ageBand: 0, province: 0, incomeClass: 0, riskClass: 0, ipToken: '', deviceToken: '', network: '', anonymiser: 0, flags: row.flags & ~PROFILE_FLAGS };
}

function suspectsOf(findings: Iterable<Finding>, weights: ReadonlyMap<string, number>): Suspect[] {
  return [...Map.groupBy(findings, (finding) => `0000${finding.person.slice(4)}`)].map(([person, own]) => {
    const rules = new Map(own.map((finding) => [finding.rule, weights.get(finding.rule) ?? 0]));
    return { person, score: scoreOf(rules), strength: own.reduce((sum, finding) => sum + strengthOf(finding), 0), findings: own.map((finding) => ({ rule: finding.rule, at: finding.event.at })) };
  });
}

/** How far a finding lies above its thresholds: the sum of the logarithms of value over threshold, each at most ln 10. */
function strengthOf(finding: Finding): number {
  return finding.measures.reduce((sum, { value, threshold, comparison }) => {
    if (threshold === null || threshold <= 0 || value <= 0 || comparison !== 'at-least') return sum;
    return sum + Math.min(Math.log(value / threshold), Math.LN10);
  }, 0);
}
