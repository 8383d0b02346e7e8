/**
 * Parameters of the rules with their working defaults. Only the record threshold comes from a (draft)
 * instrument; every other value is an assumption of this system and says so wherever it is shown. The
 * framework pack's values replace these when it gives them; a parameter that the pack marks `unset`
 * keeps the default and its status `assumption`.
 */

import { DAY_US, HOUR_US } from '../../terms/index.ts';
import type { Parameter, Parameters, Unit } from '../engine/rule.ts';

const PKR_PAISA = 100;
const rupees = (amount: number): Parameter => ({ value: amount * PKR_PAISA, unit: 'paisa', status: 'assumption', clause: '' });
const assumed = (unit: Unit, value: number): Parameter => ({ value, unit, status: 'assumption', clause: '' });

export const DEFAULT_PARAMETERS: Parameters = {
  'record.threshold': {
    value: 1_000_000 * PKR_PAISA, unit: 'paisa', status: 'draft',
    clause: 'Draft VASP Governance and Operations Regulations 2025, travel rule (as reported; FATF\'s ceiling is USD/EUR 1,000)',
  },
  'near.share': assumed('ratio', 0.7),
  'high.value': rupees(2_000_000),
  'structuring.count': assumed('count', 3),
  'structuring.quiet': assumed('duration', DAY_US),
  'burst.count': assumed('count', 3),
  'burst.sum': rupees(8_000_000),
  'burst.quiet': assumed('duration', DAY_US),
  'dormant.silence': assumed('duration', 90 * DAY_US),
  'dormant.quiet': assumed('duration', 30 * DAY_US),
  'untraded.received': rupees(500_000),
  'untraded.share': assumed('ratio', 0.9),
  'untraded.trades': assumed('count', 0),
  'untraded.quiet': assumed('duration', DAY_US),
  'private.received': rupees(500_000),
  'private.share': assumed('ratio', 0.8),
  'private.quiet': assumed('duration', DAY_US),
  'drain.received': rupees(500_000),
  'drain.share': assumed('ratio', 0.9),
  'drain.age': assumed('duration', 48 * HOUR_US),
  'drain.quiet': assumed('duration', 7 * DAY_US),
  'funnel.share': assumed('ratio', 0.8),
  'funnel.senders': assumed('count', 8),
  'funnel.quiet': assumed('duration', 7 * DAY_US),
  'pass.received': rupees(500_000),
  'pass.share': assumed('ratio', 0.8),
  'pass.quiet': assumed('duration', DAY_US),
  'barred.quiet': assumed('duration', 30 * DAY_US),
};

/** The defaults with a pack's values in their places. Refuses a unit that is not the parameter's, and a name that no rule knows. */
export function parametersWith(given: Parameters): Parameters {
  const out: Record<string, Parameter> = { ...DEFAULT_PARAMETERS };
  for (const [name, parameter] of Object.entries(given)) {
    const known = DEFAULT_PARAMETERS[name];
    if (known === undefined) throw new Error(`no rule knows the parameter ${name}`);
    if (known.unit !== parameter.unit) throw new Error(`${name} is measured in ${known.unit}, not ${parameter.unit}`);
    out[name] = parameter;
  }
  return out;
}
