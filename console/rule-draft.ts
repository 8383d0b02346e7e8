/**
 * A draft of thresholds as the address holds it, and values as people write them: money in rupees, time in the unit that divides it, a share
 * in percent. What is not one number of that kind is no value, and the draft says so instead of guessing.
 */
import type { RuleChange, RuleParameterRow } from '../src/contract/console.ts';
import type { WordKey } from './words.tsx';

/** Changes of a draft in one address; more is another draft. */
const changesMax = 100;

/** `structuring.count:4,burst.sum:900000000`; what is not of that form is left out. */
export function changesIn(text: string | undefined): RuleChange[] {
  const seen = new Set<string>();
  return (text ?? '').split(',').flatMap((part) => {
    const [parameter = '', value = ''] = part.split(':');
    const number = Number(value);
    if (!/^[a-z][a-zA-Z0-9.-]*$/.test(parameter) || value === '' || !Number.isFinite(number) || seen.has(parameter)) return [];
    seen.add(parameter);
    return [{ parameter, value: number }];
  }).slice(0, changesMax);
}

/** The draft as the address holds it; nothing when there is none. */
export function textOf(changes: readonly RuleChange[]): string | undefined {
  return changes.length === 0 ? undefined : changes.map(({ parameter, value }) => `${parameter}:${value}`).join(',');
}

/** A draft with one value set; a value back at what is in force is no change. */
export function withValue(changes: readonly RuleChange[], parameter: RuleParameterRow, value: number): RuleChange[] {
  const others = changes.filter((one) => one.parameter !== parameter.name);
  return value === parameter.value ? others : [...others, { parameter: parameter.name, value }];
}

const spans = [[86_400e6, 'unit.d'], [3_600e6, 'unit.h'], [60e6, 'unit.min'], [1e6, 'unit.s']] as const;

/** The unit in which a value is written, and how much of the parameter's own unit it is. */
export function unitOf(parameter: Pick<RuleParameterRow, 'unit' | 'value'>): { readonly size: number; readonly word: WordKey | null } {
  switch (parameter.unit) {
    case 'count': return { size: 1, word: null };
    case 'paisa': return { size: 100, word: 'rules.pkr' };
    case 'ratio': return { size: 0.01, word: 'rules.percent' };
    case 'duration': {
      const [size, word] = spans.find(([length]) => parameter.value >= length && parameter.value % length === 0) ?? spans[3];
      return { size, word };
    }
  }
}

/** A value as it is written in its unit. */
export function written(value: number, size: number): string {
  return Number((value / size).toPrecision(12)).toLocaleString('en', { maximumFractionDigits: 6 });
}

/** What somebody wrote, in the parameter's own unit; `undefined` when it is no number from zero up. Commas are allowed. */
export function valueIn(text: string, size: number, unit: RuleParameterRow['unit']): number | undefined {
  const plain = text.replaceAll(',', '').trim();
  if (!/^\d{1,15}(\.\d{1,6})?$/.test(plain)) return undefined;
  const value = Number((Number(plain) * size).toPrecision(15));
  return unit === 'ratio' || Number.isSafeInteger(value) ? value : undefined;
}
