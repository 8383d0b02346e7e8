/**
 * What a set of rules costs, before it is published: the columns that it needs, each with the rules that share it, and by
 * measurement the nanoseconds that each rule takes of an event that it is asked about. Bytes follow from the layout and are exact; nanoseconds
 * are this machine's, at this moment, and are told as that.
 */

import { assert } from '../../terms/index.ts';
import { nodesOf, type Feature } from '../language/form.ts';
import { printNumber } from '../language/print.ts';
import { valuesAt } from './chain.ts';
import { fits, planOf } from './measure.ts';
import type { CompiledRule, RuleSet, RuleTerm } from './rule.ts';
import type { State } from './state.ts';
import { Windows } from './windows.ts';

/** A column of the plan, with the rules that it serves. Its bytes are taken of each person with a window block. */
export interface ColumnCost {
  readonly column: string;
  readonly bytes: number;
  readonly rules: readonly string[];
}

/** What one rule needs: columns that others have too, columns of its own with their bytes, and walks over the newest movements. */
export interface RuleNeeds {
  readonly rule: string;
  readonly version: number;
  readonly sharedColumns: number;
  readonly ownColumns: number;
  readonly ownBytes: number;
  readonly walks: readonly string[];
}

/** Columns and needs of a set. `bytesPerBlock`: of a person with many events, cursors of the windows included; others have none. */
export interface PlanCost {
  readonly columns: readonly ColumnCost[];
  readonly rules: readonly RuleNeeds[];
  readonly bytesPerBlock: number;
}

const COLUMN_BYTES = Float64Array.BYTES_PER_ELEMENT;

/** The plan's cost, from the rules alone. */
export function costPlan(terms: readonly RuleTerm[]): PlanCost {
  const users = new Map<string, string[]>();
  for (const term of terms) for (const column of columnsOf(term)) users.set(column, [...users.get(column) ?? [], term.id]);
  const rules = terms.map((term): RuleNeeds => {
    const own = columnsOf(term).filter((column) => users.get(column)?.length === 1);
    const walks = [...new Set([...nodesOf(term.when)].flatMap(([, node]) => (node.is === 'walk' ? [printNumber(node)] : [])))];
    return { rule: term.id, version: term.version, sharedColumns: columnsOf(term).length - own.length, ownColumns: own.length, ownBytes: own.length * COLUMN_BYTES, walks };
  });
  const plan = planOf(terms.map((term) => term.when));
  assert(plan.features.length <= users.size, 'a column of the plan is one that a rule names');
  return { columns: [...users].sort(([a], [b]) => (a < b ? -1 : 1)).map(([column, named]) => ({ column, bytes: COLUMN_BYTES, rules: named })), rules, bytesPerBlock: Windows.bytesOf(plan, 1) };
}

function columnsOf(term: RuleTerm): readonly string[] {
  return [...new Set([...nodesOf(term.when)].map(([, node]) => node).filter((node): node is Feature => node.is === 'feature').map(printNumber))];
}

/** Nanoseconds of one event: to have the window figures at hand, and for each rule to ask it. `asked`: share of the looked at events that are its candidates. */
export interface MeasuredCost {
  readonly figures: number;
  readonly rules: readonly { readonly rule: string; readonly nanoseconds: number; readonly asked: number }[];
}

/** Times a set over the newest records of a state, `rounds` times each; `seconds` reads a stopwatch. Asks and changes nothing else. */
export function measureRules(state: State, set: RuleSet, rounds: number, seconds: () => number): MeasuredCost {
  const newest = Array.from({ length: state.people.next - 1 }, (_, i) => [i + 1, state.people.tail(i + 1)] as const).filter(([, record]) => record !== 0);
  const timed = (people: typeof newest, ask: (person: number, record: number) => void): number => {
    const begin = seconds();
    for (let round = 0; round < rounds; round++) for (const [person, record] of people) ask(person, record);
    return people.length === 0 ? 0 : ((seconds() - begin) * 1e9) / (rounds * people.length);
  };
  const look = (person: number, record: number): void => {
    state.moment.base = valuesAt(state, person, record);
    state.moment.person = person;
    state.moment.record = record;
    state.moment.values = state.windows.values;
  };
  const figures = timed(newest, look);
  const rules = set.rules.map((rule) => {
    const candidates = newest.filter(([, record]) => fits(rule.on, state.records.classes(record)));
    return { rule: rule.term.id, nanoseconds: Math.max(0, timed(candidates, (person, record) => ask(rule, state, look, person, record)) - timed(candidates, look)) / ASKED_AGAIN, asked: newest.length === 0 ? 0 : candidates.length / newest.length };
  });
  return { figures, rules };
}

/** A rule is asked so often of one event: by itself it takes less than the figures' own time varies. */
const ASKED_AGAIN = 32;

function ask(rule: CompiledRule, state: State, look: (person: number, record: number) => void, person: number, record: number): void {
  look(person, record);
  for (let again = 0; again < ASKED_AGAIN; again++) rule.holds(state.moment);
}
