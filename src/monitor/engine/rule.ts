/**
 * What a rule is to the engine: classes that make an event a candidate, measures that must all hold, and
 * how long the rule then stays quiet about the same subject. The table in `rules/` declares rules; this
 * file only gives their shape and puts a table and its parameters together. A rule without a
 * value for a parameter is refused here: what the pack leaves unset is off by name before it comes so far.
 */

import { assert } from '../../terms/index.ts';
import { CLASS } from './classes.ts';
import { readerOf, type MeasureSpec, type Plan, type Read } from './measure.ts';

export type Unit = 'count' | 'paisa' | 'duration' | 'ratio';
export type Comparison = 'at-least' | 'at-most' | 'present';
/** A text in the two languages of the house. */
export interface Worded {
  readonly en: string;
  readonly ur: string;
}

/** A parameter's value in its unit (durations in microseconds), and where it comes from. */
export interface Parameter {
  readonly value: number;
  readonly unit: Unit;
  readonly status: 'prescribed' | 'draft' | 'unset' | 'assumption';
  /** Instrument and section in words; empty where the pack names none. */
  readonly clause: string;
}
/** Parameters by name, in force at one instant. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** One condition of a rule. `present` ones have no parameter. */
export interface MeasureTerm {
  readonly code: string;
  readonly unit: Unit;
  readonly spec: MeasureSpec;
  readonly comparison: Comparison;
  /** Name of the parameter that is the threshold; empty for `present`. */
  readonly threshold: string;
}

/** A rule as the table declares it. A version never changes; the next one stands beside it. */
export interface RuleTerm {
  readonly id: string;
  readonly version: number;
  readonly title: Worded;
  /** `RF-T1`: our number of the FATF indicator; null where the rule has another source. */
  readonly indicator: string | null;
  readonly clause: string;
  /** Points towards an alert's score, 0 to 100. */
  readonly weight: number;
  readonly subject: 'person' | 'firm';
  /** Sees more when several firms' events are joined. */
  readonly crossFirm: boolean;
  /** Any of these classes makes an event a candidate. */
  readonly on: number;
  readonly measures: readonly MeasureTerm[];
  /** Name of the parameter: after a finding the rule is quiet this long about the subject, unless the first measure doubles. Empty: never quiet. */
  readonly quiet: string;
  readonly innocent: Worded;
}

export interface CompiledMeasure {
  readonly term: MeasureTerm;
  readonly parameter: Parameter | undefined;
  readonly threshold: number;
  readonly atMost: boolean;
  readonly read: Read;
}

export interface CompiledRule {
  readonly term: RuleTerm;
  readonly on: number;
  readonly measures: readonly CompiledMeasure[];
  readonly quietUs: number;
}

/** Rules in force from an instant on, with their parameters filled in. */
export interface RuleSet {
  readonly hash: string;
  readonly rules: readonly CompiledRule[];
  /** Union of the rules' candidate classes: an event without them is decided without asking any rule. */
  readonly on: number;
  /** Paisa from which, and below which, a movement counts as near the record threshold. */
  readonly nearFrom: number;
  readonly nearBelow: number;
  /** Paisa from which a movement is of high value. */
  readonly highFrom: number;
}

/** Parameters that class events; a rule needs those of the classes that it looks at. */
const CLASS_PARAMETERS: readonly (readonly [number, readonly string[]])[] = [[CLASS.near, ['record.threshold', 'near.share']], [CLASS.high, ['high.value']]];

/** Names of all the parameters that a rule needs. */
export function parametersOf(rule: RuleTerm): string[] {
  const own = [...rule.measures.map((measure) => measure.threshold), rule.quiet].filter((name) => name !== '');
  return [...new Set([...own, ...CLASS_PARAMETERS.flatMap(([classes, names]) => ((rule.on & classes) === 0 ? [] : names))])];
}

/** Puts rules and parameters together on a plan that holds all their features. */
export function compileRules(hash: string, terms: readonly RuleTerm[], parameters: Parameters, plan: Plan): RuleSet {
  for (const name of terms.flatMap(parametersOf)) assert(Number.isFinite(parameters[name]?.value), `the rules need a value for ${name}`);
  const rules = terms.map((term): CompiledRule => ({
    term, on: term.on,
    measures: term.measures.map((measure) => {
      const parameter = parameters[measure.threshold];
      assert(parameter === undefined || parameter.unit === measure.unit, `${measure.threshold} is measured in ${measure.unit}`);
      return { term: measure, parameter, threshold: parameter?.value ?? 1, atMost: measure.comparison === 'at-most', read: readerOf(measure.spec, plan) };
    }),
    quietUs: parameters[term.quiet]?.value ?? 0,
  }));
  const value = (name: string) => parameters[name]?.value ?? Infinity;
  return {
    hash, rules, on: rules.reduce((union, rule) => union | rule.on, 0) & ~CLASS.void,
    nearBelow: value('record.threshold'), nearFrom: Math.ceil(value('record.threshold') * value('near.share')), highFrom: value('high.value'),
  };
}

/** Does a value satisfy a measure? */
export function holds(measure: CompiledMeasure, value: number): boolean {
  return measure.atMost ? value <= measure.threshold : value >= measure.threshold;
}
