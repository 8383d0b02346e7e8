/**
 * What trying other rules on the past comes to: by day, by rule, by province and income class, who is added and who is dropped, and how that
 * stands to the alerts that officers have closed.
 *
 * A person is alerted on the day of the first finding about them in the span; a finding about a firm counts by rule alone. People are
 * grouped by the profile that stood last; who has none is `unknown`.
 */

import type { BackTestFinding } from '../monitor/back-test/index.ts';
import { newestRules } from '../monitor/rules/policy.ts';
import { formatKarachiDay, instantOf, karachiDay } from '../terms/index.ts';

/** Persons that are named as added or dropped, the first by id: more are counted. */
export const NAMED_MAX = 100;

/** What officers made of a person's alerts that are closed: one that was escalated outweighs those that were dismissed. */
export type Outcome = 'escalated' | 'dismissed';

/** A count under the set in force and under the draft. */
export interface Pair {
  base: number;
  draft: number;
}
/** One group of people: how many there are, and how many of them are alerted. */
export interface Group extends Pair {
  people: number;
}
/** Of the alerted people with a closed alert, how many were escalated; and how many escalated people there are in all. */
export interface Judged {
  readonly escalated: Pair;
  readonly dismissed: Pair;
  escalatedInAll: number;
}
/** What a back-test found. Counts of findings and people. */
export interface BacktestFound {
  readonly findings: Pair;
  readonly people: Pair;
  readonly added: number;
  readonly dropped: number;
  readonly addedPeople: readonly string[];
  readonly droppedPeople: readonly string[];
  /** By Karachi day, people first alerted and findings. */
  readonly days: Readonly<Record<string, { readonly people: Pair; readonly findings: Pair }>>;
  readonly rules: Readonly<Record<string, Pair>>;
  readonly provinces: Readonly<Record<string, Group>>;
  readonly incomes: Readonly<Record<string, Group>>;
  readonly judged: Judged;
}
/** A finding as a back-test keeps it. */
export type KeptFinding = Pick<BackTestFinding, 'rule' | 'person' | 'at'> & { readonly province: string; readonly income: string };
/** People by the names of province and income class. */
export interface People {
  readonly provinces: Readonly<Record<string, number>>;
  readonly incomes: Readonly<Record<string, number>>;
}

const pair = (): Pair => ({ base: 0, draft: 0 });

/** What is kept of a finding. */
export function keep({ rule, person, at, profile }: BackTestFinding): KeptFinding {
  return { rule, person, at, province: profile.province, income: profile.incomeClass };
}

/** Compares two folds of one span. */
export function compare(base: readonly KeptFinding[], draft: readonly KeptFinding[], people: People, outcomes: ReadonlyMap<string, Outcome>): BacktestFound {
  const days: Record<string, { people: Pair; findings: Pair }> = {};
  const rules: Record<string, Pair> = {};
  const sides = { base: count(base, 'base', days, rules), draft: count(draft, 'draft', days, rules) };
  const added = [...sides.draft.keys()].filter((person) => !sides.base.has(person)).sort();
  const dropped = [...sides.base.keys()].filter((person) => !sides.draft.has(person)).sort();
  return {
    findings: { base: base.length, draft: draft.length }, people: { base: sides.base.size, draft: sides.draft.size }, added: added.length, dropped: dropped.length,
    addedPeople: added.slice(0, NAMED_MAX), droppedPeople: dropped.slice(0, NAMED_MAX), days, rules,
    provinces: grouped(people.provinces, sides, 'province'), incomes: grouped(people.incomes, sides, 'income'), judged: judge(sides, outcomes),
  };
}

type Sides = Readonly<Record<'base' | 'draft', ReadonlyMap<string, KeptFinding>>>;

/** Counts the findings of one side; gives each alerted person with the first finding. */
function count(findings: readonly KeptFinding[], side: 'base' | 'draft', days: Record<string, { people: Pair; findings: Pair }>, rules: Record<string, Pair>): ReadonlyMap<string, KeptFinding> {
  const ofFirms = new Set(newestRules().filter((rule) => rule.subject === 'firm').map((rule) => rule.id));
  const dayOf = (at: number): { people: Pair; findings: Pair } => days[formatKarachiDay(karachiDay(instantOf(at)))] ??= { people: pair(), findings: pair() };
  const first = new Map<string, KeptFinding>();
  for (const finding of findings) {
    dayOf(finding.at).findings[side] += 1;
    (rules[finding.rule] ??= pair())[side] += 1;
    const known = first.get(finding.person);
    if (!ofFirms.has(finding.rule) && (known === undefined || finding.at < known.at)) first.set(finding.person, finding);
  }
  for (const { at } of first.values()) dayOf(at).people[side] += 1;
  return first;
}

function grouped(people: Readonly<Record<string, number>>, sides: Sides, by: 'province' | 'income'): Record<string, Group> {
  const groups: Record<string, Group> = Object.fromEntries(Object.entries(people).map(([name, n]) => [name, { people: n, base: 0, draft: 0 }]));
  for (const side of ['base', 'draft'] as const) {
    for (const finding of sides[side].values()) (groups[finding[by] || 'unknown'] ??= { people: 0, base: 0, draft: 0 })[side] += 1;
  }
  // The count of people is a copy that lags: nobody is alerted who is not among the people.
  for (const group of Object.values(groups)) group.people = Math.max(group.people, group.base, group.draft);
  return groups;
}

function judge(sides: Sides, outcomes: ReadonlyMap<string, Outcome>): Judged {
  const judged: Judged = { escalated: pair(), dismissed: pair(), escalatedInAll: 0 };
  for (const [person, outcome] of outcomes) {
    if (outcome === 'escalated') judged.escalatedInAll += 1;
    for (const side of ['base', 'draft'] as const) if (sides[side].has(person)) judged[outcome][side] += 1;
  }
  return judged;
}
