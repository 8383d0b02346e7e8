/** Keys of a demo, from its seed: the same seed gives the same keys, of the house, the vault and the firms, and they open nothing else. */

import { createHash } from 'node:crypto';
import { p256Jwk } from '../access/index.ts';
import type { ClientKey } from '../../client/index.ts';

/** The signing key of a firm of the demo. */
export function clientKeyOf(seed: string, firm: string): ClientKey {
  const drawn = Buffer.concat([1, 2].map((part) => createHash('sha256').update(`${seed}/client/${firm}/${part}`).digest())).subarray(0, 48);
  const { kty, crv, x, y, d } = p256Jwk(drawn);
  return { kty, crv, x, y, d };
}

/** What draws secrets by their label: from the seed in a demo, by chance elsewhere (`seed` undefined). */
export function drawOf(seed: string | undefined, random: (length: number) => Uint8Array): (label: string, length: number) => Uint8Array {
  return seed === undefined ? (_label, length) => random(length) : (label, length) => fromSeed(seed, `secret/${label}`, length);
}

/** What draws the id of a new person: by chance; in a demo from the seed and the keyed hash of the strongest identifier, so that ids do not depend on who came first. */
export function drawPersonOf(seed: string | undefined, random: (length: number) => Uint8Array): (about: { readonly index: Uint8Array; readonly attempt: number }) => Uint8Array {
  return seed === undefined ? () => random(16) : ({ index, attempt }) => fromSeed(seed, `person/${attempt}/${Buffer.from(index).toString('hex')}`, 16);
}

function fromSeed(seed: string, label: string, length: number): Uint8Array {
  return createHash('shake256', { outputLength: length }).update(`${seed}\0${label}`).digest();
}
