/**
 * Wallet addresses in the form of each chain, drawn from chance. An EVM address drawn at random is nobody's
 * (2^160 of them); the others carry no valid checksum, so that no wallet of a living person can be meant.
 * Addresses of a sanctions list come from the list itself and only stand as a counterparty in planted cases.
 */

import { chainFamily } from '../../src/terms/index.ts';
import { Chance, PURPOSE, type SeedKey } from './chance.ts';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** An address of a chain. */
export function drawAddress(chance: Chance, chain: string): string {
  switch (chainFamily(chain)) {
    case 'evm':
      return `0x${chance.hex(40)}`;
    case 'bitcoin':
      return `bc1q${chance.text(BECH32, 38)}`;
    case 'tron':
      return `T${chance.text(BASE58, 33)}`;
    case 'solana':
      return chance.text(BASE58, 44);
    case 'ripple':
      return `r${chance.text(BASE58, 33)}`;
    case 'other':
      return `4${chance.text(BASE58, 94)}`;
  }
}

/** A transaction hash as reports write it. */
export function drawTransaction(chance: Chance): string {
  return chance.hex(64);
}

/** A person's own private wallet on a chain: always the same one. `which` tells several apart. */
export function ownWallet(key: SeedKey, person: number, chain: string, which = 0): string {
  let word = which;
  for (let i = 0; i < chain.length; i++) word = Math.imul(word, 31) + chain.charCodeAt(i);
  return drawAddress(new Chance(key, PURPOSE.wallet, person, word >>> 0), chain);
}
