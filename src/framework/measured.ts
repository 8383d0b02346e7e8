/**
 * Values that are measured: given in their unit, or marked unset. A value that is neither is a hole; a value
 * beside `unset` would show an invented number as law.
 */

import { NEEDED_PARAMETERS } from './needed.ts';
import type { Report } from './fault.ts';
import { WRITTEN, readQuantity } from './quantity.ts';
import type { Measured } from './form-parts.ts';
import type { PackFileName, PackText } from './schema.ts';

/** Reports holes, values beside `unset`, units that are not the needed ones, values not written in their unit. */
export function measuredFaults(text: PackText, report: Report): void {
  const { currency } = text['pack.yaml'];
  for (const [at, one] of text['parameters.yaml'].entries()) {
    const needed = NEEDED_PARAMETERS[one.parameter];
    if (needed !== undefined && needed.unit !== one.unit) {
      report('parameters.yaml', at, 'unit', 'PACK_UNIT_WRONG', `${one.parameter} is measured in ${needed.unit}`);
      continue;
    }
    judge('parameters.yaml', at, one.parameter, one, currency, report);
    for (const key of ['value', 'workingDefault'] as const) {
      const word = one[key];
      if (one.parameter.endsWith('.share') && typeof word === 'number' && word > 1) report('parameters.yaml', at, key, 'PACK_UNIT_WRONG', `${one.parameter}: a share is at most 1`);
      if (word !== undefined && needed?.choices?.includes(String(word)) === false) report('parameters.yaml', at, key, 'PACK_FIELD_INVALID', `one of ${needed.choices.join(', ')}`);
    }
  }
  for (const [at, one] of text['limits.yaml'].entries()) judge('limits.yaml', at, one.limit, one, currency, report);
  for (const [at, one] of text['fees.yaml'].entries()) judge('fees.yaml', at, one.fee, one, currency, report);
  for (const [at, one] of text['capital.yaml'].entries()) judge('capital.yaml', at, one.capital, one, currency, report);
  for (const [at, one] of text['retention.yaml'].entries()) {
    if (one.unit !== 'years') report('retention.yaml', at, 'unit', 'PACK_UNIT_WRONG', `${one.record} is measured in years`);
    else judge('retention.yaml', at, one.record, one, currency, report);
  }
}

function judge(file: PackFileName, at: number, name: string, one: Measured, currency: string, report: Report): void {
  if (one.status === 'unset' && one.value !== undefined) report(file, at, 'value', 'PACK_VALUE_WITH_UNSET', name);
  if (one.status !== 'unset' && one.value === undefined) report(file, at, undefined, 'PACK_HOLE', name);
  if (one.status !== 'unset' && one.workingDefault !== undefined) report(file, at, 'workingDefault', 'PACK_FIELD_INVALID', 'a working default stands only with the status unset');
  for (const key of ['value', 'workingDefault'] as const) {
    const written = one[key];
    if (written !== undefined && readQuantity(one.unit, written, currency) === undefined) report(file, at, key, 'PACK_UNIT_WRONG', `${name}: ${one.unit} is written as ${WRITTEN[one.unit]}`);
  }
}
