/**
 * What a node means before any event comes: its unit, the range of its values, whether it may be missing, what it
 * costs. Ranges are intervals; they are what static checks reason with. `Facts` says what the pack knows of parameters.
 */

import { WALK_RECORDS_MAX } from '../engine/limits.ts';
import type { Feature, Number_, Unit, Walk } from './form.ts';

/** What is known of a number before any event comes. Both ends are included. */
export interface Meaning {
  readonly unit: Unit;
  readonly least: number;
  readonly most: number;
  readonly mayBeMissing: boolean;
}

/** The pack's parameters as a rule sees them; `value` is absent where the pack leaves it unset. */
export interface Facts {
  parameter(name: string): { readonly unit: Unit; readonly value: number | undefined } | undefined;
}

/** Whole numbers are exact up to here. */
const WHOLE_MAX = Number.MAX_SAFE_INTEGER;
/** What one person moves in a month at most, in paisa: eleven trillion rupees, a tenth of the nation's yearly product. */
const PAISA_MAX = 2 ** 50;
/** A person's records in a window at most: what a shard keeps of one person. */
const RECORDS_MAX = 2 ** 32;
/** A hundred years of silence is as good as for ever. */
const TIME_MAX_US = 100 * 366 * 86_400e6;

/** Nanoseconds that a node costs one candidate event, by measurement of the engine (bench monitor). */
export const COST_NS = { feature: 4, walk: 12 * WALK_RECORDS_MAX, event: 3, plain: 1 } as const;
/** Bytes that one feature takes of each active person. */
export const FEATURE_BYTES = 8;

const MOST: Readonly<Record<Unit, number>> = { count: RECORDS_MAX, paisa: PAISA_MAX, duration: TIME_MAX_US, ratio: WHOLE_MAX };

/** Unit of a windowed figure. */
export function featureUnit(node: Feature | Walk): Unit {
  if (node.is === 'walk') return node.what === 'senders' || node.what === 'receivers' ? 'count' : 'paisa';
  return node.what === 'count' ? 'count' : 'paisa';
}

/** Meaning of a leaf; a leaf that names nothing has none. */
export function leafMeaning(node: Exclude<Number_, { readonly left: Number_ } | { readonly instead: Number_ }>, facts: Facts): Meaning | undefined {
  switch (node.is) {
    case 'number':
      return { unit: node.unit, least: node.value, most: node.value, mayBeMissing: false };
    case 'parameter': {
      const known = facts.parameter(node.name);
      return known === undefined ? undefined : { unit: known.unit, least: known.value ?? 0, most: known.value ?? MOST[known.unit], mayBeMissing: false };
    }
    case 'feature':
      return { unit: featureUnit(node), least: 0, most: MOST[featureUnit(node)], mayBeMissing: false };
    case 'walk':
      return { unit: featureUnit(node), least: 0, most: featureUnit(node) === 'count' ? WALK_RECORDS_MAX : PAISA_MAX, mayBeMissing: false };
    case 'event':
      return node.what === 'value' ? { unit: 'paisa', least: 0, most: PAISA_MAX, mayBeMissing: false } : { unit: 'duration', least: 0, most: TIME_MAX_US, mayBeMissing: true };
  }
}

/** Is the range one of whole numbers that stays exact? Ratios are no whole numbers. */
export function isExact(meaning: Meaning): boolean {
  return meaning.unit === 'ratio' || (meaning.most <= WHOLE_MAX && meaning.least >= -WHOLE_MAX);
}
