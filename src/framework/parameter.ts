/**
 * Parameters as the rooms read them: a number with its unit, its status and its clause in words, as of an
 * instant. A parameter without a value is left out; what needs it is off, and `Framework.off` says so.
 */

import { assert, type Instant } from '../terms/index.ts';
import type { Framework, Quantity } from './compiled.ts';
import { inForce } from './permit.ts';

/** A parameter of the rules, as the monitor takes it. `paisa`: hundredths of the pack's currency; durations in microseconds. */
export interface RuleParameter {
  readonly value: number;
  readonly unit: 'count' | 'paisa' | 'duration' | 'ratio';
  readonly status: Quantity['status'];
  /** Instrument and section; the house's assumptions say so. */
  readonly clause: string;
}

/** The parameter in force at the instant, or `undefined` when the name is none or was not yet in force. */
export function parameterAt(framework: Framework, name: string, at: Instant): Quantity | undefined {
  return inForce(framework.parameters.get(name), at);
}

/**
 * The number of a parameter that the house cannot run without. Before the framework's first day its first day's
 * law holds. Throws a broken invariant when the parameter is unset and has no working default.
 */
export function numberAt(framework: Framework, name: string, at: Instant): number {
  const value = (parameterAt(framework, name, at) ?? framework.parameters.get(name)?.[0])?.value;
  assert(typeof value === 'number', `${framework.id} gives a number for ${name}`);
  return value;
}

/** The parameters of the rules in force at the instant. Before the framework's first day its first day's law holds. */
export function ruleParametersAt(framework: Framework, at: Instant): Readonly<Record<string, RuleParameter>> {
  const out: Record<string, RuleParameter> = {};
  for (const [name, dated] of framework.parameters) {
    const one = inForce(dated, at) ?? dated[0];
    if (one?.use !== 'rules' || typeof one.value !== 'number') continue;
    assert(one.unit !== 'years' && one.unit !== 'choice' && one.unit !== 'text', `${name} is measured as rules measure`);
    out[name] = { value: one.value, unit: one.unit === 'money' ? 'paisa' : one.unit, status: one.status, clause: one.clause.en };
  }
  return out;
}
