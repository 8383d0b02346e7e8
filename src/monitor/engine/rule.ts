/**
 * What a rule is to the engine: classes that make an event a candidate, a condition, and how long the rule then
 * stays quiet about the same subject. The table in `rules/` declares rules in the language; this file puts a table and its
 * parameters together. A rule without a value for a parameter is refused here: what the pack leaves unset is off by name before it
 * comes so far.
 */

import { assert } from '../../terms/index.ts';
import { nodesOf, type Attribute, type Compare, type Condition, type EventIs, type Unit, type Where } from '../language/form.ts';
import { meaningOf } from '../language/check.ts';
import { CLASS } from './classes.ts';
import type { WindowName } from './limits.ts';
import { conditionReader, fits, maskOf, numberReader, type Holds, type Mask, type Plan, type Read } from './measure.ts';

export type { Unit } from '../language/form.ts';
/** How a measure is judged; `present`: the event itself is what the rule looks for. */
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
  /** Events that are candidates. */
  readonly on: Where;
  readonly when: Condition;
  /** Name of the parameter: after a finding the rule is quiet this long about the subject, unless the first measure doubles. Empty: never quiet. */
  readonly quiet: string;
  readonly innocent: Worded;
}

/** One comparison of a rule, as findings and screens tell it. */
export interface MeasureTerm {
  readonly code: string;
  readonly unit: Unit;
  readonly comparison: Comparison;
  /** Name of the parameter that is the threshold; empty where it is none. */
  readonly threshold: string;
  /** Windows that it looks at, each once. */
  readonly windows: readonly WindowName[];
  readonly node: Compare | EventIs;
}

export interface CompiledMeasure {
  readonly term: MeasureTerm;
  readonly parameter: Parameter | undefined;
  readonly read: Read;
  /** The threshold; NaN for `present`. */
  readonly limit: Read;
}

export interface CompiledRule {
  readonly term: RuleTerm;
  readonly on: Mask;
  readonly holds: Holds;
  readonly measures: readonly CompiledMeasure[];
  readonly parameters: Parameters;
  readonly quietUs: number;
}

/** Rules in force from an instant on, with their parameters filled in. */
export interface RuleSet {
  readonly hash: string;
  readonly rules: readonly CompiledRule[];
  /** Union of the rules' candidate classes: an event without them is decided without asking any rule. */
  readonly on: number;
  /** Rules of which an event with these classes is a candidate, in their order. */
  asked(classes: number): readonly CompiledRule[];
  /** Paisa from which, and below which, a movement counts as near the record threshold. */
  readonly nearFrom: number;
  readonly nearBelow: number;
  /** Paisa from which a movement is of high value. */
  readonly highFrom: number;
}

/** Combinations of classes whose rules are remembered; a few dozen occur. */
const CLASSES_KNOWN_MAX = 4_096;

/** Parameters that class events; a rule needs those of the classes that it looks at. */
const CLASS_PARAMETERS: readonly (readonly [Attribute, readonly string[]])[] = [['near', ['record.threshold', 'near.share']], ['high', ['high.value']]];

/** Names of all the parameters that a rule needs. */
export function parametersOf(rule: RuleTerm): string[] {
  const nodes = [...nodesOf(rule.when)].map(([, node]) => node);
  const own = [...nodes.flatMap((node) => (node.is === 'parameter' ? [node.name] : [])), ...(rule.quiet === '' ? [] : [rule.quiet])];
  const looks = [rule.on, ...nodes.flatMap((node) => ('where' in node ? [node.where] : []))].flatMap((where) => [...where.any, ...where.all, ...where.none]);
  return [...new Set([...own, ...CLASS_PARAMETERS.flatMap(([attribute, names]) => (looks.includes(attribute) ? names : []))])];
}

/** The comparisons of a rule in their order, each with its unit as the parameters give it. */
export function measuresOf(rule: Pick<RuleTerm, 'when'>, unitOf: (parameter: string) => Unit | undefined = () => undefined): MeasureTerm[] {
  let unnamed = 0;
  const facts = { parameter: (name: string) => ({ unit: unitOf(name) ?? 'count', value: undefined }) };
  return [...nodesOf(rule.when)].flatMap(([, node]): MeasureTerm[] => {
    if (node.is === 'event-is') return [{ code: node.code ?? `m${++unnamed}`, unit: 'count', comparison: 'present', threshold: '', windows: [], node }];
    if (node.is !== 'compare') return [];
    const unit = meaningOf(node.left, '', facts, () => undefined)?.unit ?? 'count';
    return [{ code: node.code ?? `m${++unnamed}`, unit, comparison: node.how, threshold: node.right.is === 'parameter' ? node.right.name : '', windows: windowsOf(node), node }];
  });
}

const windowsOf = (node: Compare): WindowName[] => [...new Set([...nodesOf(node)].flatMap(([, one]) => ('window' in one ? [one.window] : [])))];

/** Puts rules and parameters together on a plan that holds all their features. */
export function compileRules(hash: string, terms: readonly RuleTerm[], parameters: Parameters, plan: Plan): RuleSet {
  for (const name of terms.flatMap(parametersOf)) assert(Number.isFinite(parameters[name]?.value), `the rules need a value for ${name}`);
  const value = (name: string): number => parameters[name]?.value ?? Infinity;
  const rules = terms.map((term): CompiledRule => ({
    term, on: maskOf(term.on), holds: conditionReader(term.when, plan, value), parameters, quietUs: parameters[term.quiet]?.value ?? 0,
    measures: measuresOf(term, (name) => parameters[name]?.unit).map((measure) => compileMeasure(measure, parameters, plan, value)),
  }));
  const known = new Map<number, readonly CompiledRule[]>();
  const asked = (classes: number): readonly CompiledRule[] => {
    const found = known.get(classes) ?? rules.filter((rule) => fits(rule.on, classes));
    if (known.size < CLASSES_KNOWN_MAX) known.set(classes, found);
    return found;
  };
  return {
    hash, rules, asked, on: rules.reduce((union, rule) => union | rule.on.any, 0) & ~CLASS.void,
    nearBelow: value('record.threshold'), nearFrom: Math.ceil(value('record.threshold') * value('near.share')), highFrom: value('high.value'),
  };
}

function compileMeasure(term: MeasureTerm, parameters: Parameters, plan: Plan, value: (name: string) => number): CompiledMeasure {
  const parameter = parameters[term.threshold];
  assert(parameter === undefined || parameter.unit === term.unit, `${term.threshold} is measured in ${term.unit}`);
  if (term.node.is === 'event-is') {
    const holds = conditionReader(term.node, plan, value);
    return { term, parameter, read: (m) => (holds(m) ? 1 : 0), limit: () => NaN };
  }
  return { term, parameter, read: numberReader(term.node.left, plan, value), limit: numberReader(term.node.right, plan, value) };
}
