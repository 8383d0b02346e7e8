/**
 * Sanctioned wallets for planted cases, from the vendored OFAC lists, byte for byte as those have them. For
 * EVM the later list is taken, so that an address which was delisted is never used.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Addresses on OFAC's list, by the chain on which the nation meets them. */
export interface ListedAddresses {
  readonly evm: readonly string[];
  readonly tron: readonly string[];
  readonly bitcoin: readonly string[];
}

const at = (path: string): string => fileURLToPath(new URL(`../../data/ofac-wallets/${path}`, import.meta.url));
const linesOf = (path: string): string[] => readFileSync(at(path), 'utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** Reads the vendored lists. Throws where a file is missing: without them the demo would be another one. */
export function readListed(): ListedAddresses {
  const evm = linesOf('ultrasoundmoney-20260625/data.csv').slice(1).map((line) => line.split(',')[0] ?? '').filter((address) => /^0x[0-9a-fA-F]{40}$/.test(address));
  const tron = linesOf('0xb10c-20240927/sanctioned_addresses_TRX.txt').filter((address) => /^T[1-9A-HJ-NP-Za-km-z]{33}$/.test(address));
  const bitcoin = linesOf('0xb10c-20240927/sanctioned_addresses_XBT.txt').filter((address) => /^(bc1|[13])/.test(address));
  if (evm.length === 0 || tron.length === 0 || bitcoin.length === 0) throw new Error('the vendored OFAC lists hold no address of a chain that is needed');
  return { evm, tron, bitcoin };
}
