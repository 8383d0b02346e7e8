/**
 * Measures: what a rule can ask of a person at an event. Windowed counts and sums are features of a plan
 * that the engine keeps up to date as events enter and leave; the others look at the event itself or walk
 * a bounded piece of the person's chain, and only once every cheaper measure of the rule has held.
 *
 * `tracedOf` computes the same from a plain list of records, for trace mode and for what one firm alone
 * would have seen; the two must agree on every finding, asserted.
 */

import { CLASS, MOVES } from './classes.ts';
import { WALK_RECORDS_MAX, WINDOWS, type WindowName } from './limits.ts';
import type { State } from './state.ts';

export type MeasureSpec =
  /** Events of these classes in the window, counted or summed in paisa. */
  | { readonly of: 'count' | 'sum'; readonly classes: number; readonly window: WindowName }
  /** Sum of `part` over sum of `whole`; 0 when there is no whole. */
  | { readonly of: 'share'; readonly part: number; readonly whole: number; readonly window: WindowName }
  /** This event's value over the sum of `whole`. */
  | { readonly of: 'ownShare'; readonly whole: number; readonly window: WindowName }
  /** Different counterparties of value received, among the newest `WALK_RECORDS_MAX` movements of the window. */
  | { readonly of: 'senders'; readonly window: WindowName }
  /** Value received at other firms than this event's, and value that left here as a share of it; walked as `senders`. */
  | { readonly of: 'elsewhere' | 'hereShare'; readonly window: WindowName }
  /** This event's value; time since the movement before it; time since the first onboarding; that it is there. */
  | { readonly of: 'value' | 'silence' | 'age' | 'present' };

/** A windowed count or sum that the engine keeps. */
export interface Feature {
  readonly what: 'count' | 'sum';
  readonly classes: number;
  readonly window: WindowName;
}

/** Features grouped by window: the layout of a person's window block. */
export interface Plan {
  readonly features: readonly Feature[];
  readonly windows: readonly { readonly name: WindowName; readonly lengthUs: number; readonly from: number; readonly to: number }[];
  /** Classes that any feature counts: other events do not touch the block's sums. */
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

function featuresOf(spec: MeasureSpec): Feature[] {
  switch (spec.of) {
    case 'count':
    case 'sum':
      return [{ what: spec.of, classes: spec.classes, window: spec.window }];
    case 'share':
      return [{ what: 'sum', classes: spec.part, window: spec.window }, { what: 'sum', classes: spec.whole, window: spec.window }];
    case 'ownShare':
      return [{ what: 'sum', classes: spec.whole, window: spec.window }];
    default:
      return [];
  }
}

/** The union of the features that measures need, each once, ordered by window. */
export function planOf(specs: readonly MeasureSpec[]): Plan {
  const unique = new Map<string, Feature>();
  for (const feature of specs.flatMap(featuresOf)) unique.set(`${feature.window} ${feature.what} ${feature.classes}`, feature);
  const names = Object.keys(WINDOWS) as WindowName[];
  const features = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, feature]) => feature).sort((a, b) => names.indexOf(a.window) - names.indexOf(b.window));
  const windows = names.flatMap((name) => {
    const from = features.findIndex((feature) => feature.window === name);
    return from < 0 ? [] : [{ name, lengthUs: WINDOWS[name], from, to: features.findLastIndex((feature) => feature.window === name) + 1 }];
  });
  return { features, windows, counted: features.reduce((union, feature) => union | feature.classes, 0) };
}

function placeOf(plan: Plan, what: Feature['what'], classes: number, window: WindowName): number {
  return plan.features.findIndex((f) => f.what === what && f.classes === classes && f.window === window);
}

/** Compiles a measure to a reader that allocates nothing. */
export function readerOf(spec: MeasureSpec, plan: Plan): Read {
  switch (spec.of) {
    case 'count':
    case 'sum': {
      const place = placeOf(plan, spec.of, spec.classes, spec.window);
      return (m) => m.values[m.base + place] ?? 0;
    }
    case 'share': {
      const part = placeOf(plan, 'sum', spec.part, spec.window);
      const whole = placeOf(plan, 'sum', spec.whole, spec.window);
      return (m) => shareOf(m.values[m.base + part] ?? 0, m.values[m.base + whole] ?? 0);
    }
    case 'ownShare': {
      const whole = placeOf(plan, 'sum', spec.whole, spec.window);
      return (m) => shareOf(m.state.records.columns.paisa[m.record] ?? 0, m.values[m.base + whole] ?? 0);
    }
    case 'senders':
      return (m) => sendersOf(m, WINDOWS[spec.window]);
    case 'elsewhere':
      return (m) => elsewhereOf(m, WINDOWS[spec.window], false);
    case 'hereShare':
      return (m) => elsewhereOf(m, WINDOWS[spec.window], true);
    case 'value':
      return (m) => m.state.records.columns.paisa[m.record] ?? 0;
    case 'silence':
      return silenceOf;
    case 'age':
      return ageOf;
    case 'present':
      return () => 1;
  }
}

const shareOf = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** Time since the movement before; 0 when there was none, so that a first movement is no awakening. */
function silenceOf(m: Moment): number {
  const { at, prev, classes } = m.state.records.columns;
  let before = prev[m.record] ?? 0;
  while (before !== 0 && ((classes[before] ?? 0) & MOVES) === 0) before = prev[before] ?? 0;
  const since = before !== 0 ? (at[before] ?? 0) : (m.state.people.columns.droppedMovedAt[m.person] ?? 0);
  return since === 0 ? 0 : (at[m.record] ?? 0) - since;
}

/** Time since the first onboarding at any firm; infinite when none was before. One of the same instant is not before: order within an instant says nothing of cause. */
function ageOf(m: Moment): number {
  const since = m.state.people.columns.onboardedAt[m.person] ?? 0;
  const at = m.state.records.columns.at[m.record] ?? 0;
  return since === 0 || since >= at ? Infinity : at - since;
}

function sendersOf(m: Moment, lengthUs: number): number {
  const { at, prev, classes, partyHi, partyLo } = m.state.records.columns;
  const { partySeen } = m.state;
  partySeen.clear();
  const after = (at[m.record] ?? 0) - lengthUs;
  let seen = 0;
  for (let r = m.record; r !== 0 && (at[r] ?? 0) > after && seen < WALK_RECORDS_MAX; r = prev[r] ?? 0) {
    const bits = classes[r] ?? 0;
    if ((bits & MOVES) === 0) continue;
    seen += 1;
    const hi = partyHi[r] ?? 0;
    const lo = partyLo[r] ?? 0;
    if ((bits & CLASS.in) !== 0 && (hi | lo) !== 0) partySeen.add(hi * 0x200000 + (lo >>> 11));
  }
  return partySeen.size;
}

function elsewhereOf(m: Moment, lengthUs: number, share: boolean): number {
  const { people, records } = m.state;
  if (((people.columns.bits[m.person] ?? 0) & 1) === 0) return 0;
  const { at, prev, classes, firm, paisa } = records.columns;
  const here = firm[m.record];
  const after = (at[m.record] ?? 0) - lengthUs;
  let received = 0;
  let left = 0;
  let seen = 0;
  for (let r = m.record; r !== 0 && (at[r] ?? 0) > after && seen < WALK_RECORDS_MAX; r = prev[r] ?? 0) {
    const bits = classes[r] ?? 0;
    if ((bits & MOVES) === 0) continue;
    seen += 1;
    if ((bits & CLASS.in) !== 0 && firm[r] !== here) received += paisa[r] ?? 0;
    if ((bits & CLASS.out) !== 0 && firm[r] === here) left += paisa[r] ?? 0;
  }
  return share ? shareOf(left, received) : received;
}
