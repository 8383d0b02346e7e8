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
import { EVIDENCE_MAX, WALK_RECORDS_MAX, WINDOWS, WINDOW_LONGEST_US } from './limits.ts';
import type { MeasureSpec, Moment } from './measure.ts';
import { holds, type CompiledMeasure, type CompiledRule, type RuleSet } from './rule.ts';
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
}

/** Writes the finding of a rule that has just held at `moment` with `values`. */
export function traceFinding(set: RuleSet, rule: CompiledRule, moment: Moment, values: readonly number[]): { finding: Finding; digest: string } {
  const { state } = moment;
  const joined = viewOf(state, moment.person, moment.record, rule);
  const again = rule.measures.map((measure) => tracedOf(measure.term.spec, joined));
  for (const [i, value] of again.entries()) assert(value === values[i], `${rule.term.id}: ${rule.measures[i]?.term.code} is ${value} by the records and ${values[i]} by the windows`);
  const behind = evidenceOf(rule, joined);
  const firms = [...new Set(behind.map((r) => r.firm))].sort((a, b) => a - b);
  const measures = rule.measures.map((measure, i) => measuredOf(measure, again[i] ?? 0));
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
  return { records: records.reverse(), trigger: tracedRecord(state, record), movedBeforeAt, onboardedAt: state.people.columns.onboardedAt[person] ?? 0 };
}

/** How far back the rule's measures look; those without a window look at the event alone. */
function reachOf(rule: CompiledRule): number {
  return rule.measures.reduce((most, { term }) => Math.max(most, 'window' in term.spec ? WINDOWS[term.spec.window] : 1), 0);
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

/** A measure from the list: the plain meaning of what `readerOf` reads from windows. */
function tracedOf(spec: MeasureSpec, view: View): number {
  const { trigger } = view;
  const inside = 'window' in spec ? view.records.filter((r) => r.at > trigger.at - WINDOWS[spec.window]) : [];
  const sum = (classes: number) => inside.reduce((total, r) => total + ((r.classes & classes) !== 0 ? r.paisa : 0), 0);
  const moved = () => inside.filter((r) => (r.classes & MOVES) !== 0).slice(-WALK_RECORDS_MAX);
  switch (spec.of) {
    case 'count':
      return inside.filter((r) => (r.classes & spec.classes) !== 0).length;
    case 'sum':
      return sum(spec.classes);
    case 'share':
      return sum(spec.whole) > 0 ? sum(spec.part) / sum(spec.whole) : 0;
    case 'ownShare':
      return sum(spec.whole) > 0 ? trigger.paisa / sum(spec.whole) : 0;
    case 'senders':
      return new Set(moved().filter((r) => (r.classes & CLASS.in) !== 0 && r.party !== '').map((r) => r.party)).size;
    case 'elsewhere':
    case 'hereShare':
      return elsewhere(spec.of, moved(), trigger);
    case 'value':
      return trigger.paisa;
    case 'silence': {
      const before = view.records.findLast((r) => r !== trigger && r.record !== trigger.record && (r.classes & MOVES) !== 0)?.at ?? view.movedBeforeAt;
      return before === 0 ? 0 : trigger.at - before;
    }
    case 'age':
      return view.onboardedAt === 0 || view.onboardedAt >= trigger.at ? Infinity : trigger.at - view.onboardedAt;
    case 'present':
      return 1;
  }
}

function elsewhere(of: 'elsewhere' | 'hereShare', moved: readonly Traced[], trigger: Traced): number {
  const received = moved.filter((r) => (r.classes & CLASS.in) !== 0 && r.firm !== trigger.firm).reduce((total, r) => total + r.paisa, 0);
  if (of === 'elsewhere') return received;
  const left = moved.filter((r) => (r.classes & CLASS.out) !== 0 && r.firm === trigger.firm).reduce((total, r) => total + r.paisa, 0);
  return received > 0 ? left / received : 0;
}

function measuredOf(measure: CompiledMeasure, value: number): Measured {
  const { code, unit, comparison } = measure.term;
  const threshold = measure.parameter === undefined ? null : measure.threshold;
  return {
    code, unit, value, comparison, threshold, margin: threshold === null ? null : value - threshold,
    status: measure.parameter?.status ?? null, clause: measure.parameter?.clause ?? '',
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
  assert(best !== null || rule.measures.every((m) => m.parameter === undefined), 'a rule with a threshold has a smallest change');
  return best === null ? null : { code: best.code, unit: best.unit, change: best.change };
}

/**
 * What a firm had from its own events: at this event when it is the firm's, else at the firm's latest
 * candidate before it. The person's past beyond the records is taken as known to each firm.
 */
function seenBy(rule: CompiledRule, joined: View, firm: number): SeenAlone {
  const records = joined.records.filter((r) => r.firm === firm);
  const trigger = records.findLast((r) => (r.classes & rule.on) !== 0);
  const view: View = { ...joined, records: trigger === undefined ? records : records.filter((r) => r.at <= trigger.at), trigger: trigger ?? { ...joined.trigger, firm, paisa: 0 } };
  const values = rule.measures.map((measure) => tracedOf(measure.term.spec, view)).map((value) => (Number.isFinite(value) ? value : WINDOW_LONGEST_US));
  return { firm, values, fires: trigger !== undefined && rule.measures.every((measure, i) => holds(measure, values[i] ?? 0)) };
}

/** Records that any measure counted; the event itself always. */
function evidenceOf(rule: CompiledRule, view: View): Traced[] {
  return view.records.filter((r) => r.record === view.trigger.record || rule.measures.some(({ term: { spec } }) => counts(spec, r, view.trigger)));
}

function counts(spec: MeasureSpec, r: Traced, trigger: Traced): boolean {
  if (!('window' in spec) || r.at <= trigger.at - WINDOWS[spec.window]) return false;
  switch (spec.of) {
    case 'count':
    case 'sum':
      return (r.classes & spec.classes) !== 0;
    case 'share':
      return (r.classes & (spec.part | spec.whole)) !== 0;
    case 'ownShare':
      return (r.classes & spec.whole) !== 0;
    case 'senders':
      return (r.classes & CLASS.in) !== 0;
    case 'elsewhere':
    case 'hereShare':
      return r.firm === trigger.firm ? (r.classes & CLASS.out) !== 0 : (r.classes & CLASS.in) !== 0;
  }
}
