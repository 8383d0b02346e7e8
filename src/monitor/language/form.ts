/**
 * A rule as a typed tree: numbers with units, and conditions over them. No loops, no calls, no queries: a rule
 * names windowed features and the engine keeps them. What may be missing is said (`otherwise`), never guessed.
 *
 * This file is the form alone: shapes, bounds, and reading JSON into a tree. What a tree means is checked in `check.ts`.
 * Bounds come first and are counted without recursion, so that a hostile tree costs nothing but its bytes.
 */

import { z } from 'zod';
import { WINDOWS, type WindowName } from '../engine/limits.ts';
import type { RuleFault } from './fault.ts';

/** Nodes of one rule at most. The widest rule of the house has 20; a screen shows no more than this. */
export const NODES_MAX = 400;
/** Levels of one rule at most: more cannot be read aloud. */
export const DEPTH_MAX = 24;

/** What a number is measured in. Money is paisa, durations are microseconds. */
export const UNITS = ['count', 'paisa', 'duration', 'ratio'] as const;
export type Unit = (typeof UNITS)[number];

/** Questions that are asked of every event when it enters, by name (`classes.ts` answers them). */
export const ATTRIBUTES = ['in', 'out', 'trade', 'private', 'near', 'high', 'onboard', 'barred', 'listed', 'fiat', 'chain', 'internal', 'hosted', 'cash', 'stable', 'privacy', 'hidden', 'card', 'untold'] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

/** Events that have any of the attributes in `any` (every event, where it is empty), all of `all` and none of `none`. */
export interface Where {
  readonly any: readonly Attribute[];
  readonly all: readonly Attribute[];
  readonly none: readonly Attribute[];
}

/** A windowed figure of the person, counted and summed as events enter and leave. */
export interface Feature {
  readonly is: 'feature';
  readonly what: 'count' | 'sum';
  readonly where: Where;
  readonly window: WindowName;
}
/** A walk over the person's newest movements in the window. */
export interface Walk {
  readonly is: 'walk';
  readonly what: 'senders' | 'receivers' | 'elsewhere' | 'left-here';
  readonly window: WindowName;
}
/** Something of the event itself: its value, the time since the movement before (missing for a first one), the time since the first onboarding (missing when none is known). */
export interface OfEvent {
  readonly is: 'event';
  readonly what: 'value' | 'silence' | 'age';
}
export interface Literal {
  readonly is: 'number';
  readonly value: number;
  readonly unit: Unit;
}
/** A parameter of the framework pack, as of the event's time. */
export interface ParameterRef {
  readonly is: 'parameter';
  readonly name: string;
}
/** `per`: a share; missing where the divisor is zero. */
export interface Arithmetic {
  readonly is: 'plus' | 'minus' | 'times' | 'per';
  readonly left: Number_;
  readonly right: Number_;
}
/** `value`, or `instead` where it is missing. */
export interface Otherwise {
  readonly is: 'otherwise';
  readonly value: Number_;
  readonly instead: Number_;
}
/** A node that gives a number. */
export type Number_ = Feature | Walk | OfEvent | Literal | ParameterRef | Arithmetic | Otherwise;

/** `above` is `not at-most`: two comparisons say all four. */
export const COMPARISONS = ['at-least', 'at-most'] as const;
export type Comparison = (typeof COMPARISONS)[number];
export interface Compare {
  readonly is: 'compare';
  readonly how: Comparison;
  readonly left: Number_;
  readonly right: Number_;
  /** What screens call the left side; generated words stand where it is absent. */
  readonly code?: string | undefined;
}
/** The event itself is one of these. */
export interface EventIs {
  readonly is: 'event-is';
  readonly where: Where;
  readonly code?: string | undefined;
}
export interface Junction {
  readonly is: 'all' | 'any';
  readonly of: readonly Condition[];
}
export interface Not {
  readonly is: 'not';
  readonly of: Condition;
}
/** A node that is true or false. */
export type Condition = Compare | EventIs | Junction | Not;
export type Node = Number_ | Condition;

const windowNames = Object.keys(WINDOWS).filter((name): name is WindowName => name in WINDOWS);
const window = z.enum(windowNames as [WindowName, ...WindowName[]]);
const attributes = z.array(z.enum(ATTRIBUTES)).max(ATTRIBUTES.length).default([]);
const where = z.strictObject({ any: attributes, all: attributes, none: attributes });
const code = { code: z.string().regex(/^[a-z][a-zA-Z0-9]*$/).max(32).optional() };
const number: z.ZodType<Number_> = z.lazy(() => z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('feature'), what: z.enum(['count', 'sum']), where, window }),
  z.strictObject({ is: z.literal('walk'), what: z.enum(['senders', 'receivers', 'elsewhere', 'left-here']), window }),
  z.strictObject({ is: z.literal('event'), what: z.enum(['value', 'silence', 'age']) }),
  z.strictObject({ is: z.literal('number'), value: z.number(), unit: z.enum(UNITS) }),
  z.strictObject({ is: z.literal('parameter'), name: z.string().regex(/^[a-z][a-z0-9]*([.-][a-zA-Z0-9]+)*$/).max(64) }),
  z.strictObject({ is: z.enum(['plus', 'minus', 'times', 'per']), left: number, right: number }),
  z.strictObject({ is: z.literal('otherwise'), value: number, instead: number }),
]));
const condition: z.ZodType<Condition> = z.lazy(() => z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('compare'), how: z.enum(COMPARISONS), left: number, right: number, ...code }),
  z.strictObject({ is: z.literal('event-is'), where, ...code }),
  z.strictObject({ is: z.enum(['all', 'any']), of: z.array(condition).min(1).max(NODES_MAX) }),
  z.strictObject({ is: z.literal('not'), of: condition }),
]));

/** Reads JSON into a condition, or says what is wrong with it and where. */
export function readTree(json: unknown): { readonly tree: Condition } | { readonly faults: readonly RuleFault[] } {
  const oversize = measure(json);
  if (oversize !== undefined) return { faults: [oversize] };
  const parsed = condition.safeParse(json);
  if (parsed.success) return { tree: parsed.data };
  return { faults: parsed.error.issues.slice(0, 20).map((issue) => ({ code: 'FORM_WRONG', place: issue.path.map(String).join('.'), detail: issue.message })) };
}

/** Nodes and levels of JSON, counted with a list of what is still to be seen. */
export function measure(json: unknown): RuleFault | undefined {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: json, depth: 0 }];
  let nodes = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    // A node's list of children is a level of the JSON and none of the rule.
    const isNode = 'is' in value;
    if (isNode) nodes += 1;
    if (nodes > NODES_MAX) return { code: 'TREE_TOO_LARGE', place: '', detail: `more than ${NODES_MAX} nodes` };
    if (depth > DEPTH_MAX) return { code: 'TREE_TOO_DEEP', place: '', detail: `more than ${DEPTH_MAX} levels` };
    const children = Object.values(value);
    if (children.length > NODES_MAX) return { code: 'TREE_TOO_LARGE', place: '', detail: `more than ${NODES_MAX} children` };
    for (const child of children) open.push({ value: child, depth: depth + (isNode ? 1 : 0.5) });
  }
  return undefined;
}

/** The nodes right below one. */
export function childrenOf(node: Node): readonly (readonly [string, Node])[] {
  switch (node.is) {
    case 'plus':
    case 'minus':
    case 'times':
    case 'per':
    case 'compare':
      return [['left', node.left], ['right', node.right]];
    case 'otherwise':
      return [['value', node.value], ['instead', node.instead]];
    case 'all':
    case 'any':
      return node.of.map((one, i) => [`of.${i}`, one] as const);
    case 'not':
      return [['of', node.of]];
    default:
      return [];
  }
}

/** Every node with its place, the root first. */
export function* nodesOf(root: Node, place = ''): Generator<readonly [string, Node]> {
  yield [place, root];
  for (const [name, child] of childrenOf(root)) yield* nodesOf(child, place === '' ? name : `${place}.${name}`);
}
