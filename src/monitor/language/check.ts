/**
 * Static checks: what can be said about a rule before any event comes. Units fit, what may be missing is handled, nothing overflows,
 * no threshold lies outside what it is compared with, no condition is always true or excluded by another, the cost is within its budget.
 *
 * Checks reason with intervals. They never refuse a rule that could fire as it is written; a contradiction between different features is beyond them.
 */

import type { RuleFault, RuleFaultCode } from './fault.ts';
import { childrenOf, nodesOf, type Compare, type Condition, type Number_, type Where } from './form.ts';
import { printCondition, printNumber } from './print.ts';
import { COST_NS, FEATURE_BYTES, isExact, leafMeaning, type Facts, type Meaning } from './meaning.ts';

/** What one rule may cost a candidate event: two walks and a dozen features. */
export const COST_NS_MAX = 30_000;

/** What a rule costs: time for each candidate event, memory for each active person beyond what the plan has already. */
export interface RuleCost {
  readonly nanoseconds: number;
  readonly bytes: number;
}

type Say = (code: RuleFaultCode, place: string, detail: string) => void;

/** Every fault of a condition under the pack's parameters. `on`: the events that the rule looks at. */
export function checkTree(on: Where, tree: Condition, facts: Facts): RuleFault[] {
  const faults: RuleFault[] = [];
  const say: Say = (code, place, detail) => void faults.push({ code, place, detail });
  checkWhere(on, 'on', say);
  for (const [place, node] of nodesOf(tree)) if (node.is === 'feature' || node.is === 'event-is') checkWhere(node.where, place, say);
  checkCondition(tree, '', facts, say);
  if (faults.length === 0) checkTogether(tree, '', facts, say);
  const cost = costOf(tree, new Set());
  if (cost.nanoseconds > COST_NS_MAX) say('TOO_COSTLY', '', `about ${cost.nanoseconds} ns an event, at most ${COST_NS_MAX}`);
  return faults;
}

/** Directions of which an event has one. */
const EXCLUSIVE = ['in', 'out', 'trade', 'onboard'] as const;

function checkWhere(where: Where, place: string, say: Say): void {
  const both = where.all.find((one) => where.none.includes(one));
  const ways = EXCLUSIVE.filter((one) => where.all.includes(one));
  const anyLeft = where.any.filter((one) => !where.none.includes(one));
  if (both !== undefined) say('EVENTS_NEVER', place, `${both} is asked for and excluded`);
  else if (ways.length > 1) say('EVENTS_NEVER', place, `no event is ${ways.join(' and ')}`);
  else if (where.any.length > 0 && anyLeft.length === 0) say('EVENTS_NEVER', place, 'everything in the list is excluded');
}

function checkCondition(node: Condition, place: string, facts: Facts, say: Say): void {
  if (node.is === 'compare') return checkCompare(node, place, facts, say);
  for (const [name, child] of childrenOf(node)) if (isCondition(child)) checkCondition(child, join(place, name), facts, say);
}

const isCondition = (node: Number_ | Condition): node is Condition => node.is === 'compare' || node.is === 'event-is' || node.is === 'all' || node.is === 'any' || node.is === 'not';
const join = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

function checkCompare(node: Compare, place: string, facts: Facts, say: Say): void {
  const left = meaningOf(node.left, join(place, 'left'), facts, say);
  const right = meaningOf(node.right, join(place, 'right'), facts, say);
  if (left === undefined || right === undefined) return;
  if (left.unit !== right.unit) return say('UNIT_MISMATCH', place, `${left.unit} is compared with ${right.unit}`);
  for (const [side, meaning] of [['left', left], ['right', right]] as const) if (meaning.mayBeMissing) return say('MISSING_UNHANDLED', join(place, side), 'may be missing');
  const verdict = decided(node.how, left, right);
  if (verdict === true) say('ALWAYS_TRUE', place, 'holds whatever happens');
  if (verdict === false) say('THRESHOLD_OUT_OF_RANGE', place, `values go from ${left.least} to ${left.most}`);
}

/** Is a comparison true, or false, for every value of both sides? */
function decided(how: Compare['how'], left: Meaning, right: Meaning): boolean | undefined {
  switch (how) {
    case 'at-least':
      return left.least >= right.most ? true : left.most < right.least ? false : undefined;
    case 'at-most':
      return left.most <= right.least ? true : left.least > right.most ? false : undefined;
  }
}

/** Meaning of a number; tells faults of it, and gives nothing where there is none to reason with. */
export function meaningOf(node: Number_, place: string, facts: Facts, say: Say): Meaning | undefined {
  switch (node.is) {
    case 'plus':
    case 'minus':
    case 'times':
    case 'per': {
      const left = meaningOf(node.left, join(place, 'left'), facts, say);
      const right = meaningOf(node.right, join(place, 'right'), facts, say);
      return left === undefined || right === undefined ? undefined : arithmetic(node.is, left, right, place, say);
    }
    case 'otherwise': {
      const value = meaningOf(node.value, join(place, 'value'), facts, say);
      const instead = meaningOf(node.instead, join(place, 'instead'), facts, say);
      if (value === undefined || instead === undefined) return undefined;
      if (value.unit !== instead.unit) return nothing(say, 'UNIT_MISMATCH', place, `${value.unit} is replaced by ${instead.unit}`);
      return { ...value, least: Math.min(value.least, instead.least), most: Math.max(value.most, instead.most), mayBeMissing: value.mayBeMissing && instead.mayBeMissing };
    }
    default: {
      const known = leafMeaning(node, facts);
      if (known === undefined && node.is === 'parameter') say('PARAMETER_UNKNOWN', place, node.name);
      if (node.is === 'parameter' && known !== undefined && facts.parameter(node.name)?.value === undefined) say('PARAMETER_UNSET', place, node.name);
      return known;
    }
  }
}

/** Tells a fault; there is nothing to reason with then. */
function nothing(say: Say, code: RuleFaultCode, place: string, detail: string): undefined {
  say(code, place, detail);
  return undefined;
}

function arithmetic(is: 'plus' | 'minus' | 'times' | 'per', left: Meaning, right: Meaning, place: string, say: Say): Meaning | undefined {
  const mayBeMissing = left.mayBeMissing || right.mayBeMissing;
  const unit = unitOf(is, left, right);
  if (unit === undefined) return nothing(say, 'UNIT_MISMATCH', place, `${left.unit} ${is} ${right.unit}`);
  if (is === 'per' && right.least === 0 && right.most === 0) return nothing(say, 'DIVISOR_ZERO', place, 'the divisor is zero');
  const meaning = { unit, ...rangeOf(is, left, right), mayBeMissing: mayBeMissing || (is === 'per' && right.least <= 0 && right.most >= 0) };
  if (!isExact(meaning)) return nothing(say, 'OVERFLOW', place, `up to ${meaning.most}`);
  return meaning;
}

function unitOf(is: 'plus' | 'minus' | 'times' | 'per', left: Meaning, right: Meaning): Meaning['unit'] | undefined {
  if (is === 'plus' || is === 'minus') return left.unit === right.unit ? left.unit : undefined;
  if (is === 'times') return right.unit === 'ratio' ? left.unit : left.unit === 'ratio' ? right.unit : undefined;
  // A quotient of likes is a share; a quantity over a count is a mean.
  return left.unit === right.unit ? 'ratio' : right.unit === 'count' ? left.unit : undefined;
}

function rangeOf(is: 'plus' | 'minus' | 'times' | 'per', left: Meaning, right: Meaning): { least: number; most: number } {
  if (is === 'plus') return { least: left.least + right.least, most: left.most + right.most };
  if (is === 'minus') return { least: left.least - right.most, most: left.most - right.least };
  // The least divisor that is not zero: whole units begin at one, a share may be any small part.
  const divisor = right.least > 0 ? right.least : right.unit === 'ratio' ? Number.EPSILON : 1;
  const by = is === 'times' ? [right.least, right.most] : [1 / divisor, 1 / Math.max(right.most, divisor)];
  const ends = [left.least, left.most].flatMap((a) => by.map((b) => a * b));
  return { least: Math.min(...ends), most: Math.min(Math.max(...ends), left.unit === 'ratio' || is === 'per' ? Number.MAX_VALUE : Math.max(...ends)) };
}

/** Conditions that stand together must leave something: bounds on one and the same number are laid over each other. */
function checkTogether(node: Condition, place: string, facts: Facts, say: Say): void {
  if (node.is === 'all') {
    const bounds = new Map<string, { least: number; most: number }>();
    for (const [i, one] of node.of.entries()) {
      const bound = one.is === 'compare' ? boundOf(one, facts) : undefined;
      if (bound === undefined) continue;
      const known = bounds.get(bound.of) ?? { least: -Infinity, most: Infinity };
      const both = { least: Math.max(known.least, bound.least), most: Math.min(known.most, bound.most) };
      bounds.set(bound.of, both);
      if (both.least > both.most) return say('UNREACHABLE', join(place, `of.${i}`), 'it excludes a condition before it');
    }
  }
  for (const [name, child] of childrenOf(node)) if (isCondition(child)) checkTogether(child, join(place, name), facts, say);
}

/** What a comparison with a constant demands of its left side. */
export interface Bound {
  /** The left side, as text. */
  readonly of: string;
  readonly least: number;
  readonly most: number;
}

/** A comparison as a bound; none where its right side is no constant. */
export function boundOf(node: Compare, facts: Facts): Bound | undefined {
  const quiet: Say = () => undefined;
  const left = meaningOf(node.left, '', facts, quiet);
  const right = meaningOf(node.right, '', facts, quiet);
  if (left === undefined || right === undefined || right.least !== right.most) return undefined;
  const of = textOf(node.left);
  switch (node.how) {
    case 'at-least':
      return { of, least: right.least, most: Infinity };
    case 'at-most':
      return { of, least: -Infinity, most: right.least };
  }
}

/** Equal nodes have equal texts. */
const textOf = (node: Number_ | Condition): string => (isCondition(node) ? printCondition(node) : printNumber(node));

/** What the tree costs beyond the features that `known` names already; equal nodes are paid once. */
export function costOf(tree: Condition, known: ReadonlySet<string>): RuleCost {
  const seen = new Set<string>();
  let nanoseconds = 0;
  let bytes = 0;
  for (const [, node] of nodesOf(tree)) {
    const text = textOf(node);
    if (seen.has(text)) continue;
    seen.add(text);
    nanoseconds += node.is === 'feature' || node.is === 'walk' || node.is === 'event' ? COST_NS[node.is] : COST_NS.plain;
    if (node.is === 'feature' && !known.has(text)) bytes += FEATURE_BYTES;
  }
  return { nanoseconds, bytes };
}

/** Does `one` fire only where `other` fires too? Judged for rules that are plain conjunctions; for others it says no. */
export function isSubsumed(one: { readonly on: Where; readonly when: Condition }, other: { readonly on: Where; readonly when: Condition }, facts: Facts): boolean {
  const [mine, theirs] = [conjunctsOf(one.when), conjunctsOf(other.when)];
  if (mine === undefined || theirs === undefined || !isWithin(one.on, other.on)) return false;
  return theirs.every((wanted) => mine.some((have) => implies(have, wanted, facts)));
}

function conjunctsOf(when: Condition): readonly Condition[] | undefined {
  const parts = when.is === 'all' ? when.of : [when];
  return parts.every((part) => part.is === 'compare' || part.is === 'event-is') ? parts : undefined;
}

function isWithin(one: Where, other: Where): boolean {
  const anyFits = other.any.length === 0 || (one.any.length > 0 && one.any.every((a) => other.any.includes(a))) || one.all.some((a) => other.any.includes(a));
  return anyFits && other.all.every((a) => one.all.includes(a)) && other.none.every((a) => one.none.includes(a));
}

function implies(have: Condition, wanted: Condition, facts: Facts): boolean {
  if (have.is === 'event-is' && wanted.is === 'event-is') return isWithin(have.where, wanted.where);
  if (have.is !== 'compare' || wanted.is !== 'compare') return false;
  const [a, b] = [boundOf(have, facts), boundOf(wanted, facts)];
  return a !== undefined && b !== undefined && a.of === b.of && a.least >= b.least && a.most <= b.most;
}
