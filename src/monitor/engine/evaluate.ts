/**
 * Asking the rules about one event. An event is a candidate of a rule when it has one of the rule's
 * classes; the rule fires when its condition holds, and it is not quiet about its subject.
 *
 * A rule is quiet for its quiet period after a finding, in event order, unless its first measure has
 * doubled since. Which findings stand before an event is therefore part of its features, so one
 * evaluation serves deciding, settling and correcting alike.
 */

import { FLAG } from '../../terms/index.ts';
import type { Finding } from './finding.ts';
import type { Law } from './law.ts';
import type { CompiledRule, RuleSet } from './rule.ts';
import type { Standing, State } from './state.ts';
import { traceFinding } from './trace.ts';

/** A finding just made, with what the engine keeps of it. */
export interface Raised {
  readonly standing: Standing;
  readonly finding: Finding;
}

/** Where the window values as of a person's record begin; asked for only when a rule asks about the record. */
export type ValuesAt = (state: State, person: number, record: number) => number;

/**
 * Asks every candidate rule about `record`. `before` are the findings that
 * stand before it in event order; new ones are put at its end and given back.
 */
export function evaluate(state: State, law: Law, person: number, record: number, valuesAt: ValuesAt, before: Standing[]): readonly Raised[] {
  const classes = state.records.classes(record);
  const set = law.rulesAt(state.records.at(record));
  if ((classes & set.on) === 0) return NONE;
  const rules = set.asked(classes);
  if (rules.length === 0) return NONE;
  const { moment } = state;
  moment.person = person;
  moment.record = record;
  moment.base = valuesAt(state, person, record);
  moment.values = state.windows.values;
  let raised: Raised[] | undefined;
  for (const rule of rules) {
    if (!rule.holds(moment)) continue;
    const one = raise(set, rule, state, before);
    if (one === undefined) continue;
    before.push(one.standing);
    raised = [...(raised ?? []), one];
  }
  return raised ?? NONE;
}

const NONE: readonly Raised[] = [];

/** The line that raises an alert: the rule's condition held, and it was not quiet. */
function raise(set: RuleSet, rule: CompiledRule, state: State, before: readonly Standing[]): Raised | undefined {
  const { moment } = state;
  const values = rule.measures.map((measure) => measure.read(moment));
  const { records } = state;
  const at = records.at(moment.record);
  const firm = records.firm(moment.record);
  const scope = rule.term.subject === 'firm' ? firm : 0;
  if (isQuiet(rule, scope, at, values[0] ?? 0, before)) return undefined;
  const { finding, digest } = traceFinding(set, rule, moment, values);
  const standing: Standing = {
    id: finding.id, rule: rule.term.id, version: rule.term.version, scope, person: moment.person, at, firm, hi: records.hashHi(moment.record),
    lo: records.hashLo(moment.record), leg: records.flags(moment.record) & FLAG.secondLeg, primary: values[0] ?? 0, digest, settled: false, gone: false,
  };
  return { standing, finding };
}

function isQuiet(rule: CompiledRule, scope: number, at: number, primary: number, before: readonly Standing[]): boolean {
  if (rule.quietUs === 0) return false;
  const last = before.findLast((finding) => finding.rule === rule.term.id && finding.scope === scope);
  return last !== undefined && at - last.at < rule.quietUs && primary < 2 * last.primary;
}
