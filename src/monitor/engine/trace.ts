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
import { nodesOf, type Condition, type Number_, type Walk } from '../language/form.ts';
import { COMBINE, fits, maskOf, type Moment } from './measure.ts';
import type { CompiledMeasure, CompiledRule, RuleSet } from './rule.ts';
import type { State } from './state.ts';

/** A record as trace mode reads it. */
interface Traced {
  readonly record: number;
  readonly at: number;
  readonly firm: number;
  readonly paisa: number;
  readonly classes: number;
  readonly party: string;
}

/** What a firm, or all of them, can see: records up to the event, oldest first, and the person's past beyond them. */
interface View {
  readonly records: readonly Traced[];
  readonly trigger: Traced;
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
  const firms = [...new Set(behind.map((r) => r.firm))].sort((a, b) => a - b);
  const measures = rule.measures.map((measure, i) => measuredOf(measure, again[i] ?? 0, joined));
  const event = refOf(state, moment.record);
  const person = state.people.hex(moment.person);
  const content = {
    rule: rule.term.id, ruleVersion: rule.term.version, ruleSet: set.hash, person, subject: rule.term.subject, event: { ...event, at: joined.trigger.at }, firms, measures,
    smallestChange: smallestChange(rule, measures), seenAlone: firms.length > 1 || rule.term.crossFirm ? firms.map((firm) => seenBy(rule, joined, firm)) : [],
    evidence: behind.slice(-EVIDENCE_MAX).map((r) => refOf(state, r.record)), evidenceTotal: behind.length, listed: state.listed.get(moment.record) ?? null,
  };
  const id = findingId(rule, person, event, (state.records.columns.flags[moment.record] ?? 0) & FLAG.secondLeg);
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

function viewOf(state: State, person: number, record: number, rule: CompiledRule): View {
  const { at, prev } = state.records.columns;
  const after = (at[record] ?? 0) - reachOf(rule);
  const records: Traced[] = [];
  let movedBeforeAt = state.people.columns.droppedMovedAt[person] ?? 0;
  for (let r = record; r !== 0; r = prev[r] ?? 0) {
    const traced = tracedRecord(state, r);
    if (traced.at > after) records.push(traced);
    else if ((traced.classes & MOVES) !== 0) {
      movedBeforeAt = traced.at;
      break;
    }
  }
  const { parameters } = rule;
  const valueOf = (name: string): number => parameters[name]?.value ?? Infinity;
  return { valueOf, records: records.reverse(), trigger: tracedRecord(state, record), movedBeforeAt, onboardedAt: state.people.columns.onboardedAt[person] ?? 0 };
}

/** How far back the rule looks; one without a window looks at the event alone. */
function reachOf(rule: CompiledRule): number {
  return [...nodesOf(rule.term.when)].reduce((most, [, node]) => Math.max(most, 'window' in node ? WINDOWS[node.window] : 1), 0);
}

function tracedRecord(state: State, record: number): Traced {
  const c = state.records.columns;
  const hi = c.partyHi[record] ?? 0;
  const lo = c.partyLo[record] ?? 0;
  return {
    record, at: c.at[record] ?? 0, firm: c.firm[record] ?? 0, paisa: c.paisa[record] ?? 0, classes: c.classes[record] ?? 0,
    party: hi === 0 && lo === 0 ? '' : `${hi}:${lo >>> 11}`,
  };
}

function refOf(state: State, record: number): EventRef {
  const c = state.records.columns;
  return { firm: c.firm[record] ?? 0, id: state.texts.read(c.text[record] ?? 0, c.textLength[record] ?? 0) };
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
      const counted = within(view, node.window).filter((r) => fits(mask, r.classes));
      return node.what === 'count' ? counted.length : counted.reduce((total, r) => total + r.paisa, 0);
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

const within = ({ records, trigger }: View, window: Walk['window']): readonly Traced[] => records.filter((r) => r.at > trigger.at - WINDOWS[window]);

function tracedWalk({ what, window }: Walk, view: View): number {
  const moved = within(view, window).filter((r) => (r.classes & MOVES) !== 0).slice(-WALK_RECORDS_MAX);
  const counted = moved.filter((r) => walks(what, r, view.trigger));
  return what === 'senders' || what === 'receivers' ? new Set(counted.filter((r) => r.party !== '').map((r) => r.party)).size : counted.reduce((total, r) => total + r.paisa, 0);
}

/** Does a walk count this record? */
function walks(what: Walk['what'], r: Traced, trigger: Traced): boolean {
  if (what === 'receivers') return (r.classes & CLASS.out) !== 0;
  if (what === 'left-here') return (r.classes & CLASS.out) !== 0 && r.firm === trigger.firm;
  return (r.classes & CLASS.in) !== 0 && (what === 'senders' || r.firm !== trigger.firm);
}

function tracedEvent(what: 'value' | 'silence' | 'age', { records, trigger, movedBeforeAt, onboardedAt }: View): number {
  switch (what) {
    case 'value':
      return trigger.paisa;
    case 'silence': {
      const before = records.findLast((r) => r !== trigger && r.record !== trigger.record && (r.classes & MOVES) !== 0)?.at ?? movedBeforeAt;
      return before === 0 ? NaN : trigger.at - before;
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
  const records = joined.records.filter((r) => r.firm === firm);
  const trigger = records.findLast((r) => fits(rule.on, r.classes));
  const view: View = { ...joined, records: trigger === undefined ? records : records.filter((r) => r.at <= trigger.at), trigger: trigger ?? { ...joined.trigger, firm, paisa: 0 } };
  return { firm, values: rule.measures.map((measure) => tracedMeasure(measure, view)), fires: trigger !== undefined && tracedCondition(rule.term.when, view) };
}

/** Records that any number of the rule counted; the event itself always. */
function evidenceOf(rule: CompiledRule, view: View): Traced[] {
  const nodes = [...nodesOf(rule.term.when)].map(([, node]) => node);
  return view.records.filter((r) => r.record === view.trigger.record || nodes.some((node) => counts(node, r, view.trigger)));
}

function counts(node: Number_ | Condition, r: Traced, trigger: Traced): boolean {
  if (!('window' in node) || r.at <= trigger.at - WINDOWS[node.window]) return false;
  return node.is === 'feature' ? fits(maskOf(node.where), r.classes) : walks(node.what, r, trigger);
}
