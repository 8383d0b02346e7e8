/**
 * The authority's acts on what intake values by: assets enter the register, reference rates are published. Both
 * are entries; intake and its amounts follow them.
 */

import { append, type NewEntry, type Tx } from '../log/index.ts';
import type { Asset, EntryBody, Instant } from '../terms/index.ts';

/** Who publishes, and on what ground. */
export interface Publisher {
  readonly actor: string;
  readonly second?: string;
  readonly basis: string;
}

/** Enters assets into the register. */
export async function publishAssets(tx: Tx, now: Instant, assets: readonly Asset[], by: Publisher): Promise<void> {
  await append(tx, now, assets.map((asset): NewEntry<'asset-registered'> => ({ kind: 'asset-registered', ...by, body: { id: asset.id, symbol: asset.symbol, decimals: asset.decimals, class: asset.class } })));
}

/** Publishes sheets of reference rates, each from its instant on. */
export async function publishRates(tx: Tx, now: Instant, sheets: readonly EntryBody<'rate-published'>[], by: Publisher): Promise<void> {
  await append(tx, now, sheets.map((sheet): NewEntry<'rate-published'> => ({ kind: 'rate-published', ...by, body: { at: sheet.at, source: sheet.source, rates: sheet.rates } })));
}
