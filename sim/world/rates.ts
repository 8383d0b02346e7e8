/**
 * Synthetic reference rates, marked as such wherever they go. A rate is a pure function of seed, asset and
 * hour: slow waves with a little noise on the price in dollars, and the rupee's own slow drift. Nothing is
 * kept, so any hour of any year can be asked for.
 */

import { DAY_US, HOUR_US, instantOf, type Instant } from '../../src/terms/index.ts';
import { TRADED, type TradedAsset } from './assets.ts';
import { mix, type SeedKey } from './chance.ts';

const RUPEES_A_DOLLAR = 282;
/** Length of each wave in hours, and how much of the swing it carries. */
const WAVES = [{ hours: 1_460, share: 0.6 }, { hours: 310, share: 0.25 }, { hours: 47, share: 0.1 }] as const;
const NOISE_SHARE = 0.05;
const REAL = 0x1_0000_0000;

/** Rates of one instant, as the authority enters them. */
export interface RateSheet {
  readonly at: Instant;
  readonly source: string;
  readonly rates: readonly { readonly asset: string; readonly paisaE8: string }[];
}

/** Rates of a seed. */
export class Rates {
  readonly #key: SeedKey;
  readonly #hourlyFrom: number;
  readonly #known = new Map<number, bigint>();

  /** From `hourlyFrom` on there is a sheet each hour, before it one each UTC day. */
  constructor(key: SeedKey, hourlyFrom: number) {
    this.#key = key;
    this.#hourlyFrom = Math.floor(hourlyFrom / DAY_US) * DAY_US;
  }

  /** Paisa for one whole unit of the asset, times 10^8, as the sheet in force at `at` has it. */
  paisaE8(asset: TradedAsset, at: number): bigint {
    const hour = this.#sheetAt(at) / HOUR_US;
    const place = TRADED.indexOf(asset);
    const key = hour * 32 + place;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const rupees = asset.dollars * RUPEES_A_DOLLAR * (1 + asset.swing * this.#wander(place, hour) + 0.004 * this.#wander(31, hour));
    const rate = BigInt(Math.round(rupees * 1e8)) * 100n;
    if (this.#known.size > 4_096) this.#known.clear();
    this.#known.set(key, rate);
    return rate;
  }

  /** Between about -1 and 1. */
  #wander(place: number, hour: number): number {
    let sum = (mix(this.#key.hi, place, hour) / REAL - 0.5) * 2 * NOISE_SHARE;
    for (const [i, wave] of WAVES.entries()) sum += wave.share * Math.sin(2 * Math.PI * (hour / wave.hours + mix(this.#key.lo, place, i) / REAL));
    return sum;
  }

  #sheetAt(at: number): number {
    const step = at < this.#hourlyFrom ? DAY_US : HOUR_US;
    return Math.floor(at / step) * step;
  }

  /** The sheet in force at an instant. */
  sheet(at: number, seed: string): RateSheet {
    const hour = instantOf(this.#sheetAt(at));
    return { at: hour, source: `synthetic (seed ${seed})`, rates: TRADED.map((asset) => ({ asset: asset.id, paisaE8: String(this.paisaE8(asset, hour)) })) };
  }

  /** Sheets from the one in force at `early` to the last before `to`. */
  *sheets(seed: string, early: number, to: number): Generator<RateSheet> {
    for (let at = this.#sheetAt(early); at < to; at += at < this.#hourlyFrom ? DAY_US : HOUR_US) yield this.sheet(at, seed);
  }
}
