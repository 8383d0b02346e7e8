/**
 * A wallet is known by its chain family and the one canonical text of its address, never by a
 * ticker: OFAC files one address under ETH, USDT and USDC. EVM and bech32 are written in lower
 * case, base58 keeps its case, Bitcoin Cash loses its prefix, Tron's hex form becomes base58's
 * bytes. Checks form and length only; checksums are the firm's chain's business, and an address
 * that was mistyped in a report is still what the firm reported.
 */

/** Families share one address space: an EVM address is the same key on each EVM chain. */
export type ChainFamily = 'bitcoin' | 'evm' | 'tron' | 'solana' | 'ripple' | 'other';

/** Longest address text of any chain that we read. */
export const ADDRESS_LENGTH_MAX = 128;

const FAMILY_BY_NAMESPACE: Readonly<Record<string, ChainFamily>> = {
  eip155: 'evm', bip122: 'bitcoin', tron: 'tron', solana: 'solana', xrpl: 'ripple',
};

const BASE58 = /^[1-9A-HJ-NP-Za-km-z]+$/;
const EVM = /^0x[0-9a-fA-F]{40}$/;
const BECH32 = /^[a-z]{1,10}1[02-9ac-hj-np-z]{6,100}$/;
const CASH = /^[qp][02-9ac-hj-np-z]{41}$/;
const OTHER = /^[\x21-\x7e]{3,128}$/;

/** The family of a CAIP-2 chain id (`eip155:1`, `bip122:000000000019d6689c085ae165831e93`). */
export function chainFamily(chain: string): ChainFamily {
  const colon = chain.indexOf(':');
  return FAMILY_BY_NAMESPACE[chain.slice(0, colon < 0 ? chain.length : colon)] ?? 'other';
}

/** The one text of an address in its family, or `undefined` when it has not the family's form. */
export function canonicalAddress(family: ChainFamily, text: string): string | undefined {
  if (text.length > ADDRESS_LENGTH_MAX) return undefined;
  switch (family) {
    case 'evm':
      return EVM.test(text) ? text.toLowerCase() : undefined;
    case 'bitcoin':
      return canonicalBitcoin(text);
    case 'tron':
      return text.length === 34 && text.startsWith('T') && BASE58.test(text) ? text : undefined;
    case 'solana':
      return text.length >= 32 && text.length <= 44 && BASE58.test(text) ? text : undefined;
    case 'ripple':
      return text.startsWith('r') && text.length >= 25 && text.length <= 35 && BASE58.test(text) ? text : undefined;
    case 'other':
      return OTHER.test(text) ? text : undefined;
  }
}

function canonicalBitcoin(text: string): string | undefined {
  const bare = text.replace(/^(bitcoincash|bchtest|ecash):/i, '');
  const lower = bare.toLowerCase();
  if ((bare === lower || bare === bare.toUpperCase()) && (BECH32.test(lower) || CASH.test(lower))) return lower;
  return bare.length >= 25 && bare.length <= 95 && BASE58.test(bare) ? bare : undefined;
}
