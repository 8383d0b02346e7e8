/**
 * The judge: suspects and labels become recall, precision and time to detection at a fixed budget. Pure.
 *
 * The budget is a number of people, `BUDGET_SHARE` of those active, and the same in each view: who has looked at more
 * may not look at more people. People are ranked by the score of an alert on them (co-occurrence of rules, as
 * the house ranks), ties by how far the findings lie above their thresholds, then by the earlier finding. A case is found when one of
 * its people is alerted by a finding on an event of the case's own time; alerted for something else does not count.
 */

import type { Case } from './material.ts';

/** Share of active people whom an authority can look at. Source: the brief of the judge. */
export const BUDGET_SHARE = 0.005;
/** A finding belongs to a case when its event lies within it, or follows it by at most this long. */
const AFTER_US = 24 * 3_600_000_000;
const HOUR_US = 3_600_000_000;

/** A person with the findings of one view. */
export interface Suspect {
  readonly person: string;
  readonly score: number;
  readonly strength: number;
  readonly findings: readonly { readonly rule: string; readonly at: number }[];
}

/** How the world is looked at. `own`: every firm by itself, each judged on the cases that lie inside it. */
export type View = 'firm' | 'regulator' | 'joined' | 'own';

/** A line of the answer. `typology` is a name, or one of the groups in `GROUPS`. */
export interface Judged {
  readonly typology: string;
  readonly tuned: boolean | null;
  readonly crossFirm: boolean | null;
  readonly view: View;
  readonly cases: number;
  readonly recall: number;
  /** Share of the alerted people who belong to a case (of a typology: of those whom a rule alerted that found it); null when nobody is alerted. */
  readonly precision: number | null;
  /** People who may be alerted. */
  readonly budget: number;
  /** Median over the found cases, from a case's beginning; null when none is found. */
  readonly timeToDetectionHours: number | null;
}

const GROUPS: readonly { readonly name: string; readonly has: (one: Case) => boolean }[] = [
  { name: 'overall', has: () => true },
  { name: 'cross-firm, tuned', has: (one) => one.crossFirm && one.tuned },
  { name: 'cross-firm, untuned', has: (one) => one.crossFirm && !one.tuned },
  { name: 'inside one firm', has: (one) => !one.crossFirm },
];

/** Ranks people; the first `budget` are alerted. */
export function alerted(suspects: readonly Suspect[], budget: number): readonly Suspect[] {
  const first = (one: Suspect): number => one.findings.reduce((least, finding) => Math.min(least, finding.at), Infinity);
  return suspects.toSorted((a, b) => b.score - a.score || b.strength - a.strength || first(a) - first(b) || (a.person < b.person ? -1 : 1)).slice(0, budget);
}

/** What one list of alerted people gives. */
export class Verdicts {
  readonly #cases: readonly Case[];
  readonly #alerted: readonly Suspect[];
  /** By case: instant of the first finding that counts, and the rules that found it. */
  readonly #found = new Map<string, { at: number; readonly rules: Set<string> }>();
  readonly #guilty = new Set<string>();

  constructor(cases: readonly Case[], list: readonly Suspect[], mine: (one: Case) => boolean = () => true) {
    this.#cases = cases;
    this.#alerted = list;
    const byPerson = new Map<string, Case[]>();
    for (const one of cases) for (const person of one.people) byPerson.set(person, [...(byPerson.get(person) ?? []), one]);
    for (const suspect of list) for (const one of byPerson.get(suspect.person) ?? []) if (mine(one)) this.#hold(one, suspect);
  }

  #hold(one: Case, suspect: Suspect): void {
    for (const { rule, at } of suspect.findings) {
      if (at < one.from || at > one.to + AFTER_US) continue;
      this.#guilty.add(suspect.person);
      const known = this.#found.get(one.id) ?? { at, rules: new Set() };
      known.at = Math.min(known.at, at);
      known.rules.add(rule);
      this.#found.set(one.id, known);
    }
  }

  /** Share of the cases that are found. */
  recall(has: (one: Case) => boolean): number {
    const wanted = this.#cases.filter(has);
    return wanted.length === 0 ? 0 : wanted.filter((one) => this.#found.has(one.id)).length / wanted.length;
  }

  row(name: string, view: View, budget: number, has: (one: Case) => boolean): Judged {
    const wanted = this.#cases.filter(has);
    const hits = wanted.flatMap((one) => {
      const hit = this.#found.get(one.id);
      return hit === undefined ? [] : [{ hours: (hit.at - one.from) / HOUR_US, rules: hit.rules }];
    });
    const same = (of: (one: Case) => boolean): boolean | null => onlyOf(wanted.map(of));
    const rules = new Set(hits.flatMap((hit) => [...hit.rules]));
    const looked = name === 'overall' ? this.#alerted : this.#alerted.filter((one) => one.findings.some((finding) => rules.has(finding.rule)));
    return {
      typology: name, tuned: same((one) => one.tuned), crossFirm: same((one) => one.crossFirm), view, cases: wanted.length, recall: round(this.recall(has)),
      precision: looked.length === 0 ? null : round(looked.filter((one) => this.#guilty.has(one.person)).length / looked.length), budget,
      timeToDetectionHours: hits.length === 0 ? null : round(median(hits.map((hit) => hit.hours))),
    };
  }
}

/** Rows of a view: each typology, then the groups. */
export function rowsOf(verdicts: Verdicts, cases: readonly Case[], view: View, budget: number, among: (one: Case) => boolean = () => true): Judged[] {
  const names = [...new Set(cases.filter(among).map((one) => one.typology))].sort();
  return [
    ...names.map((name) => verdicts.row(name, view, budget, (one) => one.typology === name && among(one))),
    ...GROUPS.filter(({ has }) => cases.some((one) => has(one) && among(one))).map(({ name, has }) => verdicts.row(name, view, budget, (one) => has(one) && among(one))),
  ];
}

/** The one value of all, or null. */
function onlyOf(values: readonly boolean[]): boolean | null {
  const [first, ...others] = new Set(values);
  return first === undefined || others.length > 0 ? null : first;
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
