/**
 * Assets and chains of the invented nation. The assets are real ones under their CAIP-19 names; their rates
 * here are synthetic. `places` is how many decimals people write, `liking` how often they choose the asset.
 */

import { PKR, type Asset } from '../../src/terms/index.ts';

/** An asset with how the nation uses it. */
export interface TradedAsset extends Asset {
  /** CAIP-2. */
  readonly chain: string;
  readonly places: number;
  readonly liking: number;
  /** US dollars at the world's beginning. */
  readonly dollars: number;
  /** How much its rate wanders, as a share. */
  readonly swing: number;
}

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93';
const ETHEREUM = 'eip155:1';
const BINANCE_CHAIN = 'eip155:56';
const TRON = 'tron:0x2b6653dc';
const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp';
const RIPPLE = 'xrpl:0';
const MONERO = 'monero:418015bb9ae982a1975da7d79277c270';

/** The rupee: every firm's other side. */
export const RUPEE: Asset = { id: PKR, symbol: 'PKR', decimals: 2, class: 'fiat' };

/** Everything that is traded beside it. */
export const TRADED: readonly TradedAsset[] = [
  { id: `${TRON}/trc20:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t`, symbol: 'USDT', decimals: 6, class: 'stable', chain: TRON, places: 2, liking: 34, dollars: 1, swing: 0.002 },
  { id: `${ETHEREUM}/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7`, symbol: 'USDT', decimals: 6, class: 'stable', chain: ETHEREUM, places: 2, liking: 10, dollars: 1, swing: 0.002 },
  { id: `${BITCOIN}/slip44:0`, symbol: 'BTC', decimals: 8, class: 'coin', chain: BITCOIN, places: 8, liking: 20, dollars: 91_000, swing: 0.09 },
  { id: `${ETHEREUM}/slip44:60`, symbol: 'ETH', decimals: 18, class: 'coin', chain: ETHEREUM, places: 8, liking: 12, dollars: 3_050, swing: 0.12 },
  { id: `${ETHEREUM}/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48`, symbol: 'USDC', decimals: 6, class: 'stable', chain: ETHEREUM, places: 2, liking: 6, dollars: 1, swing: 0.002 },
  { id: `${BINANCE_CHAIN}/slip44:714`, symbol: 'BNB', decimals: 18, class: 'coin', chain: BINANCE_CHAIN, places: 6, liking: 5, dollars: 870, swing: 0.1 },
  { id: `${SOLANA}/slip44:501`, symbol: 'SOL', decimals: 9, class: 'coin', chain: SOLANA, places: 6, liking: 6, dollars: 142, swing: 0.15 },
  { id: `${RIPPLE}/slip44:144`, symbol: 'XRP', decimals: 6, class: 'coin', chain: RIPPLE, places: 4, liking: 4, dollars: 2.1, swing: 0.14 },
  { id: `${TRON}/slip44:195`, symbol: 'TRX', decimals: 6, class: 'coin', chain: TRON, places: 4, liking: 2, dollars: 0.27, swing: 0.08 },
  { id: `${MONERO}/slip44:128`, symbol: 'XMR', decimals: 12, class: 'privacy', chain: MONERO, places: 8, liking: 1, dollars: 340, swing: 0.13 },
];

/** Weights for `Chance.weighted`, in the order of `TRADED`. */
export const LIKING: readonly number[] = TRADED.map((asset) => asset.liking);

/** An asset by its symbol and the start of its chain; throws when there is none, because the name is written in code. */
export function assetNamed(symbol: string, chain = ''): TradedAsset {
  const found = TRADED.find((asset) => asset.symbol === symbol && asset.chain.startsWith(chain));
  if (found === undefined) throw new Error(`no asset ${symbol}`);
  return found;
}
