/**
 * A draft of the rules: the set in force with other thresholds, before anybody agreed to it. It says which rules it touches, which rules of
 * the table come in with it, and every fault that the new values make in a rule, with code, place and remedy. What the law prescribes is no
 * threshold to turn: that value changes with its instrument. A draft with a fault has no document, so it cannot be tried or proposed.
 */

import { createHash } from 'node:crypto';
import { checkTree, costOf, isSubsumed, type RuleCost } from '../language/check.ts';
import { RULE_FAULTS, type RuleFault } from '../language/fault.ts';
import type { Facts } from '../language/meaning.ts';
import { printNumber } from '../language/print.ts';
import { nodesOf } from '../language/form.ts';
import { assert, canonicalBytes } from '../../terms/index.ts';
import { parametersOf, type Parameter, type Parameters, type RuleTerm } from '../engine/rule.ts';
import { newestRules, ruleDocument, type RuleDocument } from './rule-set.ts';

/** Thresholds of one draft at most: what one person can defend before another. */
const CHANGES_MAX = 100;
/** A share above this is a slip of the pen: ten times what it is a share of. */
const SHARE_MAX = 10;
/** What a value that the authority has set by itself says of its source. */
export const SET_BY_AUTHORITY = 'set by the authority, two officers agreeing';

/** One threshold with its new value, in the parameter's own unit (paisa, microseconds, a share, a count). */
export interface Change {
  readonly parameter: string;
  readonly value: number;
}

/** A fault of a draft: of one rule, or of a value that is none (`rule` is then empty). */
export interface DraftFault extends RuleFault {
  readonly rule: string;
  readonly remedy: string;
}

/** A draft without a fault. */
export interface Draft {
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly parameters: Parameters;
  /** Rules whose findings can differ from those of the set in force. */
  readonly touched: readonly string[];
  /** Rules of the table that the set in force lacks, in this or any older version: they come in with it. */
  readonly joins: readonly string[];
}

/** The values a draft begins with: those in force, and the pack's where the set in force knows none. */
export function drawnFrom(base: RuleDocument, pack: Parameters): Parameters {
  return { ...pack, ...base.parameters };
}

/** Puts changes on the set in force. */
export function draftRules(base: RuleDocument, pack: Parameters, changes: readonly Change[]): { readonly draft: Draft } | { readonly faults: readonly DraftFault[] } {
  assert(changes.length <= CHANGES_MAX, 'a draft stays within its bound');
  const before = drawnFrom(base, pack);
  const refused = changes.flatMap((change, i) => faultOf(change, before, changes.slice(0, i)));
  if (refused.length > 0) return { faults: refused };
  const parameters: Parameters = { ...before, ...Object.fromEntries(changes.map(({ parameter, value }) => [parameter, valued(before[parameter], pack[parameter], value)])) };
  const changed = new Set(changes.map((change) => change.parameter));
  const rules = newestRules().filter((rule) => parametersOf(rule).every((name) => parameters[name] !== undefined));
  const mine = rules.filter((rule) => parametersOf(rule).some((name) => changed.has(name)));
  const faults = [...spanFaults(parameters, changed), ...mine.flatMap((rule) => ruleFaults(rule, rules, parameters, before))];
  if (faults.length > 0) return { faults };
  const { bytes, hash } = ruleDocument(parameters);
  const joins = rules.filter((rule) => !base.rules.some((one) => one.id === rule.id && one.version === rule.version)).map((rule) => rule.id);
  return { draft: { bytes, hash, parameters, joins, touched: [...new Set([...mine.map((rule) => rule.id), ...joins])] } };
}

/** A value as it stands after the change; back at the pack's own value it has the pack's source again. */
function valued(before: Parameter | undefined, pack: Parameter | undefined, value: number): Parameter {
  if (pack !== undefined && pack.value === value) return pack;
  return { value, unit: before?.unit ?? 'count', status: 'assumption', clause: SET_BY_AUTHORITY };
}

function faultOf({ parameter, value }: Change, before: Parameters, earlier: readonly Change[]): DraftFault[] {
  const known = before[parameter];
  const fault = (code: DraftFault['code'], detail: string): DraftFault[] => [{ rule: '', code, place: parameter, detail, remedy: RULE_FAULTS[code] }];
  if (known === undefined) return fault('PARAMETER_UNKNOWN', parameter);
  if (earlier.some((one) => one.parameter === parameter)) return fault('VALUE_WRONG', 'it is given twice');
  if (known.status === 'prescribed') return fault('PARAMETER_PRESCRIBED', known.clause);
  const fits = known.unit === 'ratio' ? value >= 0 && value <= SHARE_MAX : Number.isSafeInteger(value) && value >= 0;
  return fits ? [] : fault('VALUE_WRONG', String(value));
}

/** Near the threshold is below it: a share of one or more leaves nothing near. */
function spanFaults(parameters: Parameters, changed: ReadonlySet<string>): DraftFault[] {
  const share = parameters['near.share']?.value;
  if (share === undefined || share < 1 || !changed.has('near.share')) return [];
  return [{ rule: '', code: 'THRESHOLD_OUT_OF_RANGE', place: 'near.share', detail: 'nothing lies between the threshold and itself', remedy: RULE_FAULTS.THRESHOLD_OUT_OF_RANGE }];
}

const factsOf = (parameters: Parameters): Facts => ({ parameter: (name) => parameters[name] });

function ruleFaults(rule: RuleTerm, rules: readonly RuleTerm[], parameters: Parameters, before: Parameters): DraftFault[] {
  const own = checkTree(rule.on, rule.when, factsOf(parameters));
  const within = own.length > 0 ? [] : rules.filter((other) => other.id !== rule.id && isSubsumed(rule, other, factsOf(parameters)) && !isSubsumed(rule, other, factsOf(before)));
  const subsumed = within.map((other): RuleFault => ({ code: 'SUBSUMED', place: '', detail: other.id }));
  return [...own, ...subsumed].map((fault) => ({ ...fault, rule: rule.id, remedy: RULE_FAULTS[fault.code] }));
}

/** What one version of a rule with its values is known by: the same rule with the same thresholds has the same hash for ever. */
export function versionHash(rule: RuleTerm, parameters: Parameters): string {
  const values = Object.fromEntries(parametersOf(rule).flatMap((name) => (parameters[name] === undefined ? [] : [[name, parameters[name].value]])));
  return createHash('sha256').update(canonicalBytes({ id: rule.id, version: rule.version, on: JSON.parse(JSON.stringify(rule.on)), when: JSON.parse(JSON.stringify(rule.when)), weight: rule.weight, values })).digest('hex');
}

/** What each rule costs, the windows of the rules before it paid for. */
export function costsOf(rules: readonly RuleTerm[]): ReadonlyMap<string, RuleCost> {
  const known = new Set<string>();
  return new Map(rules.map((rule) => {
    const cost = costOf(rule.when, known);
    for (const [, node] of nodesOf(rule.when)) if (node.is === 'feature') known.add(printNumber(node));
    return [rule.id, cost] as const;
  }));
}
