/**
 * How much people move at once. One law for everybody: a person's usual amount times a lognormal factor,
 * written as people write it. Planted cases draw from the same law of somebody who is active, under the
 * condition that the case needs, so that an amount alone never tells a planted event.
 */

import { formatUnits } from '../../src/terms/index.ts';
import type { TradedAsset } from './assets.ts';
import type { Chance } from './chance.ts';
import type { People } from './people.ts';

const SPREAD = 1.2;
/** PKR 500 and PKR 60 million: below and above nobody moves at once here. */
const PAISA_MIN = 50_000;
const PAISA_MAX = 6_000_000_000;
/** People write round rupees this often. */
const ROUND = 0.7;
const DRAWS_MAX = 100_000;

/** What somebody of this scale moves at once, in paisa. */
export function drawPaisa(chance: Chance, scale: number): number {
  return Math.round(Math.min(PAISA_MAX, Math.max(PAISA_MIN, scale * Math.exp(SPREAD * chance.normal()))));
}

/** Rupees as people write them: two significant digits and a half, often; else to the rupee. */
export function roundedPaisa(chance: Chance, paisa: number): number {
  const rupees = paisa / 100;
  if (!chance.happens(ROUND)) return Math.round(rupees) * 100;
  const step = 10 ** Math.max(2, Math.floor(Math.log10(rupees)) - 1) / 2;
  return Math.max(1, Math.round(rupees / step)) * step * 100;
}

/** What one of the active people would move: the nation's own law. */
export function marginalPaisa(chance: Chance, people: People): number {
  return roundedPaisa(chance, drawPaisa(chance, people.draw(chance, people.settled).scale));
}

/** The nation's own law, given that the amount lies in [from, below). */
export function marginalBetween(chance: Chance, people: People, from: number, below: number): number {
  for (let n = 0; n < DRAWS_MAX; n++) {
    const paisa = marginalPaisa(chance, people);
    if (paisa >= from && paisa < below) return paisa;
  }
  throw new Error(`nobody moves between ${from} and ${below} paisa at once`);
}

/** Amounts of the nation's law until their sum lies in [from, below): so many as it takes. */
export function marginalSum(chance: Chance, people: People, from: number, below: number): number[] {
  for (let n = 0; n < DRAWS_MAX; n++) {
    const amounts: number[] = [];
    let sum = 0;
    while (sum < from && amounts.length < 6) {
      const paisa = marginalPaisa(chance, people);
      amounts.push(paisa);
      sum += paisa;
    }
    if (sum >= from && sum < below) return amounts;
  }
  throw new Error(`no amounts add up to between ${from} and ${below} paisa`);
}

/** An amount of an asset worth about `paisa`, never more, with the decimals that people write. */
export function assetAmount(asset: TradedAsset, paisa: number, paisaE8: bigint): { readonly asset: string; readonly value: string } {
  const units = (BigInt(paisa) * 10n ** BigInt(asset.decimals + 8)) / paisaE8;
  const step = 10n ** BigInt(asset.decimals - Math.min(asset.places, asset.decimals));
  const written = units - (units % step);
  return { asset: asset.id, value: formatUnits(written > 0n ? written : step, asset.decimals) };
}
