/**
 * What the engine makes of a rule's tree: a plan of columns that it keeps for each active person, and readers that answer
 * from them at an event and allocate nothing. Windowed counts and sums are columns; walks look at a bounded piece of the
 * person's chain; the rest is the event itself. A missing value is NaN, and no comparison with it holds.
 *
 * `trace.ts` computes the same from a plain list of records; the two must agree on every finding, asserted.
 */

import { nodesOf, type Attribute, type Condition, type Feature, type Number_, type Walk, type Where } from '../language/form.ts';
import { CLASS, MOVES } from './classes.ts';
import { WALK_RECORDS_MAX, WINDOWS, type WindowName } from './limits.ts';
import { PERSON } from './people.ts';
import type { State } from './state.ts';
import { partyOf } from './walks.ts';

/** Which classes a record must have: one of `any`, all of `all`, none of `none`. */
export interface Mask {
  readonly any: number;
  readonly all: number;
  readonly none: number;
}

/** A windowed count or sum that the engine keeps. */
export interface Column extends Mask {
  readonly what: 'count' | 'sum';
  readonly window: WindowName;
}

/** Columns grouped by window: the layout of a person's window block. */
export interface Plan {
  readonly features: readonly Column[];
  readonly windows: readonly { readonly name: WindowName; readonly lengthUs: number; readonly from: number; readonly to: number }[];
  /** Classes that any column counts: other events do not touch the block's sums. */
  readonly counted: number;
}

/** Where a rule is evaluated: an event record of a person, and the window values as of it. */
export interface Moment {
  readonly state: State;
  person: number;
  record: number;
  values: Float64Array;
  base: number;
}
export type Read = (moment: Moment) => number;
export type Holds = (moment: Moment) => boolean;
/** Value of a parameter by name. */
export type ValueOf = (parameter: string) => number;

/** What the engine keeps no record of: nothing counts a void one. */
const EVERY = ~CLASS.void >>> 0;
const bitsOf = (attributes: readonly Attribute[]): number => attributes.reduce((bits, attribute) => bits | CLASS[attribute], 0);

/** Where a rule looks, as classes. */
export function maskOf(where: Where): Mask {
  return { any: where.any.length === 0 ? EVERY : bitsOf(where.any), all: bitsOf(where.all), none: bitsOf(where.none) };
}

/** Has a record with these classes what the mask asks for? */
export function fits(mask: Mask, classes: number): boolean {
  return (classes & mask.any) !== 0 && (classes & mask.all) === mask.all && (classes & mask.none) === 0;
}

const columnOf = (feature: Feature): Column => ({ what: feature.what, window: feature.window, ...maskOf(feature.where) });
const keyOf = ({ window, what, any, all, none }: Column): string => `${window} ${what} ${any}${all === 0 && none === 0 ? '' : ` ${all} ${none}`}`;

/** The union of the columns that conditions need, each once, ordered by window. */
export function planOf(conditions: readonly Condition[]): Plan {
  const unique = new Map<string, Column>();
  for (const condition of conditions) {
    for (const [, node] of nodesOf(condition)) if (node.is === 'feature') unique.set(keyOf(columnOf(node)), columnOf(node));
  }
  const names = Object.keys(WINDOWS) as WindowName[];
  const features = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, column]) => column).sort((a, b) => names.indexOf(a.window) - names.indexOf(b.window));
  const windows = names.flatMap((name) => {
    const from = features.findIndex((column) => column.window === name);
    return from < 0 ? [] : [{ name, lengthUs: WINDOWS[name], from, to: features.findLastIndex((column) => column.window === name) + 1 }];
  });
  return { features, windows, counted: features.reduce((union, column) => union | column.any, 0) };
}

/** Compiles a number to a reader. */
export function numberReader(node: Number_, plan: Plan, valueOf: ValueOf): Read {
  switch (node.is) {
    case 'feature': {
      const key = keyOf(columnOf(node));
      const place = plan.features.findIndex((column) => keyOf(column) === key);
      return (m) => m.values[m.base + place] ?? 0;
    }
    case 'walk':
      return walkReader(node);
    case 'event':
      return node.what === 'value' ? valueOfEvent : node.what === 'silence' ? silenceOf : ageOf;
    case 'number':
    case 'parameter': {
      const value = node.is === 'number' ? node.value : valueOf(node.name);
      return () => value;
    }
    case 'otherwise': {
      const [value, instead] = [numberReader(node.value, plan, valueOf), numberReader(node.instead, plan, valueOf)];
      return (m) => {
        const known = value(m);
        return Number.isNaN(known) ? instead(m) : known;
      };
    }
    default: {
      const [left, right] = [numberReader(node.left, plan, valueOf), numberReader(node.right, plan, valueOf)];
      const combine = COMBINE[node.is];
      return (m) => combine(left(m), right(m));
    }
  }
}

/** Arithmetic of a rule. A share of nothing is missing. */
export const COMBINE = {
  plus: (a: number, b: number): number => a + b,
  minus: (a: number, b: number): number => a - b,
  times: (a: number, b: number): number => a * b,
  per: (a: number, b: number): number => (b === 0 ? NaN : a / b),
} as const;

/** Compiles a condition. */
export function conditionReader(node: Condition, plan: Plan, valueOf: ValueOf): Holds {
  switch (node.is) {
    case 'compare': {
      const [left, right] = [numberReader(node.left, plan, valueOf), numberReader(node.right, plan, valueOf)];
      return node.how === 'at-least' ? (m) => left(m) >= right(m) : (m) => left(m) <= right(m);
    }
    case 'event-is': {
      const mask = maskOf(node.where);
      return (m) => fits(mask, m.state.records.classes(m.record));
    }
    case 'not': {
      const inner = conditionReader(node.of, plan, valueOf);
      return (m) => !inner(m);
    }
    default: {
      const parts = node.of.map((one) => conditionReader(one, plan, valueOf));
      return node.is === 'all' ? allOf(parts) : (m) => parts.some((part) => part(m));
    }
  }
}

/** Most rules are a conjunction of two or three. */
function allOf(parts: readonly Holds[]): Holds {
  return (m) => {
    for (const part of parts) if (!part(m)) return false;
    return true;
  };
}

const valueOfEvent: Read = (m) => m.state.records.paisa(m.record);

function walkReader({ what, window }: Walk): Read {
  const lengthUs = WINDOWS[window];
  switch (what) {
    case 'senders':
      return (m) => partiesOf(m, lengthUs, CLASS.in);
    case 'receivers':
      return (m) => partiesOf(m, lengthUs, CLASS.out);
    case 'elsewhere':
    case 'left-here':
      return (m) => acrossOf(m, lengthUs, what === 'elsewhere');
  }
}

/** Time since the movement before; missing when there was none. */
function silenceOf(m: Moment): number {
  const { records, people } = m.state;
  let before = records.before(m.record);
  while (before !== 0 && (records.classes(before) & MOVES) === 0) before = records.before(before);
  const since = before !== 0 ? records.at(before) : people.droppedMovedAt(m.person);
  return since === 0 ? NaN : records.at(m.record) - since;
}

/** Time since the first onboarding at any firm; missing when none was before. One of the same instant is not before: order within an instant says nothing of cause. */
function ageOf(m: Moment): number {
  const since = m.state.people.onboardedAt(m.person);
  const at = m.state.records.at(m.record);
  return since === 0 || since >= at ? NaN : at - since;
}

/** Different counterparties of value that came, or went, among the newest movements. */
function partiesOf(m: Moment, lengthUs: number, way: number): number {
  const { partySeen, parties, records, walks, people } = m.state;
  const isNewest = people.tail(m.person) === m.record;
  const kept = isNewest ? walks.find(m.person, m.record, lengthUs) : undefined;
  if (kept !== undefined) return way === CLASS.in ? kept.senders : kept.receivers;
  let few = 0;
  partySeen.clear();
  const after = records.at(m.record) - lengthUs;
  let seen = 0;
  for (let r = m.record; r !== 0 && records.at(r) > after && seen < WALK_RECORDS_MAX; r = records.before(r)) {
    const bits = records.classes(r);
    if ((bits & MOVES) === 0) continue;
    seen += 1;
    const party = (bits & way) === 0 ? 0 : partyOf(records, r);
    if (party === 0) continue;
    if (few < parties.length) few = withParty(parties, few, party);
    // More than a few: from here on a set, which the few join.
    if (few === parties.length) partySeen.add(party);
  }
  if (isNewest) walks.keep(records, m.person, m.record, lengthUs, seen);
  if (few < parties.length) return few;
  for (const party of parties) partySeen.add(party);
  return partySeen.size;
}

/** Puts a party among the first `count` of a list unless it is there; gives how many there are. Most people deal with a few, for whom a list beats a set. */
function withParty(parties: Float64Array, count: number, party: number): number {
  for (let i = 0; i < count; i++) if (parties[i] === party) return count;
  parties[count] = party;
  return count + 1;
}

/** Value received at other firms than this event's (`elsewhere`), or value that left here. */
function acrossOf(m: Moment, lengthUs: number, elsewhere: boolean): number {
  const { people, records, walks } = m.state;
  // Most people have one firm; nothing of theirs lies elsewhere.
  if (elsewhere && !people.has(m.person, PERSON.manyFirms)) return 0;
  const here = records.firm(m.record);
  const isNewest = people.tail(m.person) === m.record;
  const kept = isNewest ? walks.find(m.person, m.record, lengthUs) : undefined;
  if (kept !== undefined) return elsewhere ? kept.elsewhere(here) : kept.leftAt(here);
  const after = records.at(m.record) - lengthUs;
  let sum = 0;
  let seen = 0;
  for (let r = m.record; r !== 0 && records.at(r) > after && seen < WALK_RECORDS_MAX; r = records.before(r)) {
    const bits = records.classes(r);
    if ((bits & MOVES) === 0) continue;
    seen += 1;
    if (elsewhere ? (bits & CLASS.in) !== 0 && records.firm(r) !== here : (bits & CLASS.out) !== 0 && records.firm(r) === here) sum += records.paisa(r);
  }
  if (isNewest) walks.keep(records, m.person, m.record, lengthUs, seen);
  return sum;
}
