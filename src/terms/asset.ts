/**
 * Assets are named by CAIP-19 (`eip155:1/erc20:0x…`, `bip122:…/slip44:0`) or by ISO 4217
 * (`iso4217:PKR`). How many decimals an asset has is data: entries of kind `asset-registered`
 * extend the register; an amount in an unknown asset is rejected, never guessed.
 */

/** What the register knows of an asset. `class` is what rules ask for. */
export interface Asset {
  readonly id: string;
  readonly symbol: string;
  readonly decimals: number;
  readonly class: AssetClass;
}

/** Classes of assets that rules ask for. */
export const ASSET_CLASSES = ['fiat', 'stable', 'coin', 'privacy', 'token'] as const;
/** A class of assets. */
export type AssetClass = (typeof ASSET_CLASSES)[number];

/** The rupee, which every value is expressed in. */
export const PKR = 'iso4217:PKR';

/** Form of an asset name: CAIP-19 (chain/namespace:reference) or iso4217. Source: CAIP-19. */
export const ASSET_FORM =
  /^(?:iso4217:[A-Z]{3}|[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,64}\/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128})$/;
