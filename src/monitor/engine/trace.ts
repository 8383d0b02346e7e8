/**
 * Trace mode: on a hit the rule is computed again from the plain list of the person's records, for all
 * firms and for each firm alone, and written down with its margins, the smallest clearing change and its
 * evidence. The values of the fast path must be the same, asserted: a window that has drifted ends the
 * process instead of raising a wrong finding.
 */

import { createHash } from 'node:crypto';
import { FLAG, assert, canonicalBytes } from '../../terms/index.ts';
import { CLASS, MOVES } from './classes.ts';
import type { EventRef, Finding, Measured, SeenAlone } from './finding.ts';
import { EVIDENCE_MAX, WALK_RECORDS_MAX, WINDOWS } from './limits.ts';
import { nodesOf, type Condition, type Feature, type Number_, type Walk } from '../language/form.ts';
import { COMBINE, fits, maskOf, type Moment } from './measure.ts';
import type { CompiledMeasure, CompiledRule, RuleSet } from './rule.ts';
import type { Records } from './records.ts';
import type { State } from './state.ts';
import { partyOf } from './walks.ts';

/** The event that is judged. `record`: 0 for a firm that did not report it. */
interface Trigger {
  readonly record: number;
  readonly at: number;
  readonly firm: number;
  readonly paisa: number;
  readonly classes: number;
}

/** What a firm, or all of them, can see: records up to the event by their places, oldest first, and the person's past beyond them. An account may have a million: nothing is copied but the places. */
interface View {
  readonly all: Records;
  readonly list: Uint32Array;
  readonly trigger: Trigger;
  readonly movedBeforeAt: number;
  readonly onboardedAt: number;
  /** Value of a parameter by name. */
  readonly valueOf: (parameter: string) => number;
}

/** Writes the finding of a rule that has just held at `moment` with `values`. */
export function traceFinding(set: RuleSet, rule: CompiledRule, moment: Moment, values: readonly number[]): { finding: Finding; digest: string } {
  const { state } = moment;
  const joined = viewOf(state, moment.person, moment.record, rule);
  const again = rule.measures.map((measure) => tracedMeasure(measure, joined));
  assert(tracedCondition(rule.term.when, joined), `${rule.term.id} holds by the records as it does by the windows`);
  for (const [i, value] of again.entries()) assert(Object.is(value, values[i]), `${rule.term.id}: ${rule.measures[i]?.term.code} is ${value} by the records and ${values[i]} by the windows`);
  const behind = evidenceOf(rule, joined);
  const measures = rule.measures.map((measure, i) => measuredOf(measure, again[i] ?? 0, joined));
  const event = refOf(state, moment.record);
  const person = state.people.hex(moment.person);
  const content = {
    rule: rule.term.id, ruleVersion: rule.term.version, ruleSet: set.hash, person, subject: rule.term.subject, event: { ...event, at: joined.trigger.at }, firms: behind.firms, measures,
    smallestChange: smallestChange(rule, measures), seenAlone: behind.firms.length > 1 || rule.term.crossFirm ? behind.firms.map((firm) => seenBy(rule, joined, firm)) : [],
    evidence: behind.newest.map((r) => refOf(state, r)), evidenceTotal: behind.total, listed: state.listed.get(moment.record) ?? null,
  };
  const id = findingId(rule, person, event, state.records.flags(moment.record) & FLAG.secondLeg);
  const digest = createHash('sha256').update(canonicalBytes(json(content))).digest('hex');
  return { finding: { id, ...content }, digest };
}

/** The id is the finding's place in the world: rule, version, person, event. A later event never changes it. */
function findingId(rule: CompiledRule, person: string, event: EventRef, leg: number): string {
  return createHash('sha256').update(`${rule.term.id}/${rule.term.version}/${person}/${event.firm}/${event.id}/${leg === 0 ? 1 : 2}`).digest('hex').slice(0, 32);
}

function json(content: Omit<Finding, 'id'>): Parameters<typeof canonicalBytes>[0] {
  return {
    ...content, event: { ...content.event }, measures: content.measures.map((m) => ({ ...m })), evidence: content.evidence.map((e) => ({ ...e })),
    seenAlone: content.seenAlone.map((s) => ({ ...s })), listed: content.listed === null ? null : { ...content.listed },
    smallestChange: content.smallestChange === null ? null : { ...content.smallestChange },
  };
}

function viewOf(state: State, person: number, record: number, { parameters, term }: CompiledRule): View {
  const { records, people } = state;
  const after = records.at(record) - reachOf(term.when);
  let [count, oldest] = [0, record];
  for (let r = record; r !== 0 && records.at(r) > after; r = records.before(r)) [count, oldest] = [count + 1, r];
  const list = new Uint32Array(count);
  for (let i = count - 1, r = record; i >= 0; i--, r = records.before(r)) list[i] = r;
  let before = records.before(oldest);
  while (before !== 0 && (records.classes(before) & MOVES) === 0) before = records.before(before);
  return {
    all: records, list, trigger: { record, at: records.at(record), firm: records.firm(record), paisa: records.paisa(record), classes: records.classes(record) },
    movedBeforeAt: before === 0 ? people.droppedMovedAt(person) : records.at(before), onboardedAt: people.onboardedAt(person), valueOf: (name) => parameters[name]?.value ?? Infinity,
  };
}

/** How far back the rule looks; one without a window looks at the event alone. */
function reachOf(when: Condition): number {
  return [...nodesOf(when)].reduce((most, [, node]) => Math.max(most, 'window' in node ? WINDOWS[node.window] : 1), 0);
}

function refOf(state: State, record: number): EventRef {
  return { firm: state.records.firm(record), id: state.texts.read(state.records.text(record)) };
}

/** A measure from the list: the plain meaning of what its reader reads. */
function tracedMeasure({ term: { node } }: CompiledMeasure, view: View): number {
  return node.is === 'compare' ? tracedNumber(node.left, view) : tracedCondition(node, view) ? 1 : 0;
}

function tracedCondition(node: Condition, view: View): boolean {
  switch (node.is) {
    case 'compare': {
      const [left, right] = [tracedNumber(node.left, view), tracedNumber(node.right, view)];
      return node.how === 'at-least' ? left >= right : left <= right;
    }
    case 'event-is':
      return fits(maskOf(node.where), view.trigger.classes);
    case 'not':
      return !tracedCondition(node.of, view);
    case 'all':
      return node.of.every((one) => tracedCondition(one, view));
    case 'any':
      return node.of.some((one) => tracedCondition(one, view));
  }
}

/** A number from the list; NaN where it is missing. */
function tracedNumber(node: Number_, view: View): number {
  switch (node.is) {
    case 'feature': {
      const mask = maskOf(node.where);
      let total = 0;
      for (let i = firstWithin(view, node.window); i < view.list.length; i++) {
        const r = view.list[i] ?? 0;
        if (fits(mask, view.all.classes(r))) total += node.what === 'count' ? 1 : view.all.paisa(r);
      }
      return total;
    }
    case 'walk':
      return tracedWalk(node, view);
    case 'event':
      return tracedEvent(node.what, view);
    case 'number':
      return node.value;
    case 'parameter':
      return view.valueOf(node.name);
    case 'otherwise': {
      const value = tracedNumber(node.value, view);
      return Number.isNaN(value) ? tracedNumber(node.instead, view) : value;
    }
    default:
      return COMBINE[node.is](tracedNumber(node.left, view), tracedNumber(node.right, view));
  }
}

/** Place of the first record in a window that ends at the event. */
function firstWithin({ all, list, trigger }: View, window: Walk['window']): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (all.at(list[middle] ?? 0) <= trigger.at - WINDOWS[window]) low = middle + 1;
    else high = middle;
  }
  return low;
}

function tracedWalk({ what, window }: Walk, view: View): number {
  const first = firstWithin(view, window);
  const parties = new Set<number>();
  let sum = 0;
  for (let i = view.list.length - 1, seen = 0; i >= first && seen < WALK_RECORDS_MAX; i--) {
    const r = view.list[i] ?? 0;
    if ((view.all.classes(r) & MOVES) === 0) continue;
    seen += 1;
    if (!walks(what, view.all, r, view.trigger)) continue;
    sum += view.all.paisa(r);
    parties.add(partyOf(view.all, r));
  }
  parties.delete(0);
  return what === 'senders' || what === 'receivers' ? parties.size : sum;
}

/** Does a walk count this record? */
function walks(what: Walk['what'], all: Records, r: number, trigger: Trigger): boolean {
  if (what === 'receivers') return (all.classes(r) & CLASS.out) !== 0;
  if (what === 'left-here') return (all.classes(r) & CLASS.out) !== 0 && all.firm(r) === trigger.firm;
  return (all.classes(r) & CLASS.in) !== 0 && (what === 'senders' || all.firm(r) !== trigger.firm);
}

function tracedEvent(what: 'value' | 'silence' | 'age', { all, list, trigger, movedBeforeAt, onboardedAt }: View): number {
  switch (what) {
    case 'value':
      return trigger.paisa;
    case 'silence': {
      const before = list.findLast((r) => r !== trigger.record && (all.classes(r) & MOVES) !== 0) ?? 0;
      const beforeAt = before === 0 ? movedBeforeAt : all.at(before);
      return beforeAt === 0 ? NaN : trigger.at - beforeAt;
    }
    case 'age':
      return onboardedAt === 0 || onboardedAt >= trigger.at ? NaN : trigger.at - onboardedAt;
  }
}

function measuredOf({ term, parameter }: CompiledMeasure, value: number, view: View): Measured {
  const threshold = term.node.is === 'compare' ? tracedNumber(term.node.right, view) : null;
  return {
    code: term.code, unit: term.unit, value, comparison: term.comparison, threshold, margin: threshold === null ? null : value - threshold,
    status: parameter?.status ?? null, clause: parameter?.clause ?? '',
  };
}

/** Of the measures, the one that had to change least, as a share of its threshold, to no longer hold. */
function smallestChange(rule: CompiledRule, measures: readonly Measured[]): Finding['smallestChange'] {
  let best: { code: string; unit: Measured['unit']; change: number; share: number } | null = null;
  for (const { code, unit, margin, threshold, comparison } of measures) {
    if (margin === null || threshold === null) continue;
    const step = unit === 'ratio' ? 0 : 1;
    const change = comparison === 'at-most' ? -margin + step : -(margin + step);
    const share = Math.abs(change) / Math.max(Math.abs(threshold), 1);
    if (best === null || share < best.share) best = { code, unit, change, share };
  }
  assert(best !== null || rule.measures.every((m) => m.term.comparison === 'present'), 'a rule with a threshold has a smallest change');
  return best === null ? null : { code: best.code, unit: best.unit, change: best.change };
}

/**
 * What a firm had from its own events: at this event when it is the firm's, else at the firm's latest
 * candidate before it. The person's past beyond the records is taken as known to each firm.
 */
function seenBy(rule: CompiledRule, joined: View, firm: number): SeenAlone {
  const { all } = joined;
  const own = joined.list.filter((r) => all.firm(r) === firm);
  const last = own.findLast((r) => fits(rule.on, all.classes(r))) ?? 0;
  const at = all.at(last);
  const view: View = last === 0 ? { ...joined, list: own, trigger: { ...joined.trigger, record: last, firm, paisa: 0 } }
    : { ...joined, list: own.filter((r) => all.at(r) <= at), trigger: { record: last, at, firm, paisa: all.paisa(last), classes: all.classes(last) } };
  return { firm, values: rule.measures.map((measure) => tracedMeasure(measure, view)), fires: last !== 0 && tracedCondition(rule.term.when, view) };
}

/** Records that any number of the rule counted, the event itself always: how many, whose, and the newest of them, oldest first. */
function evidenceOf(rule: CompiledRule, view: View): { readonly total: number; readonly firms: readonly number[]; readonly newest: readonly number[] } {
  const counted = [...nodesOf(rule.term.when)].flatMap(([, node]) => ('window' in node ? [counter(node, view)] : []));
  const firms = new Set<number>();
  const newest: number[] = [];
  let total = 0;
  for (let i = view.list.length - 1; i >= 0; i--) {
    const r = view.list[i] ?? 0;
    if (r !== view.trigger.record && !counted.some((counts) => counts(r, i))) continue;
    total += 1;
    firms.add(view.all.firm(r));
    if (newest.length < EVIDENCE_MAX) newest.push(r);
  }
  return { total, firms: [...firms].sort((a, b) => a - b), newest: newest.reverse() };
}

/** Does a windowed number count the record at a place of the list? */
function counter(node: Feature | Walk, view: View): (r: number, place: number) => boolean {
  const first = firstWithin(view, node.window);
  if (node.is === 'walk') return (r, place) => place >= first && walks(node.what, view.all, r, view.trigger);
  const mask = maskOf(node.where);
  return (r, place) => place >= first && fits(mask, view.all.classes(r));
}
