/**
 * Assets and reference rates as intake knows them: a fold of `asset-registered` and `rate-published`
 * entries. A value is asked for as of an event's instant and answered by the latest rate at or before
 * it; no rate is guessed, so an event in an asset without one is held until a rate is published.
 */

import { assert, type Asset, type EntryBody } from '../terms/index.ts';

interface RateSeries {
  readonly at: number[];
  readonly paisaE8: bigint[];
}

/** The register of assets and their rates (paisa for a whole unit, times 10^8) by instant; asserts that decimals never change. */
export class AssetBook {
  readonly #assets = new Map<string, Asset>();
  readonly #rates = new Map<string, RateSeries>();

  /** Folds one entry. A later registration of the same asset must agree in its decimals. */
  register(body: EntryBody<'asset-registered'>): void {
    const known = this.#assets.get(body.id);
    assert(known === undefined || known.decimals === body.decimals, `the decimals of ${body.id} never change`);
    this.#assets.set(body.id, body);
  }

  publish(body: EntryBody<'rate-published'>): void {
    for (const rate of body.rates) this.#publishOne(rate.asset, body.at, BigInt(rate.paisaE8));
  }

  asset(id: string): Asset | undefined {
    return this.#assets.get(id);
  }

  get assets(): Iterable<Asset> {
    return this.#assets.values();
  }

  /** Paisa for one whole unit times 10^8, as of `at`; `undefined` when no rate is that old. */
  rateAt(asset: string, at: number): bigint | undefined {
    const series = this.#rates.get(asset);
    if (series === undefined) return undefined;
    const last = series.at.length - 1;
    if (at >= (series.at[last] ?? Infinity)) return series.paisaE8[last];
    let low = 0;
    let high = series.at.length;
    while (low < high) {
      const mid = (low + high) >>> 1;
      if ((series.at[mid] ?? 0) <= at) low = mid + 1;
      else high = mid;
    }
    return series.paisaE8[low - 1];
  }

  #publishOne(asset: string, at: number, paisaE8: bigint): void {
    const series = this.#rates.get(asset) ?? { at: [], paisaE8: [] };
    this.#rates.set(asset, series);
    let place = series.at.length;
    while (place > 0 && (series.at[place - 1] ?? 0) > at) place -= 1;
    const same = series.at[place - 1] === at;
    series.at.splice(same ? place - 1 : place, same ? 1 : 0, at);
    series.paisaE8.splice(same ? place - 1 : place, same ? 1 : 0, paisaE8);
  }
}
