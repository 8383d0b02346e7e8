/** Keys of the demo's firms, from its seed: the same seed gives the same keys, and they open nothing else. */

import { createHash } from 'node:crypto';
import { p256Jwk } from '../access/index.ts';
import type { ClientKey } from '../../client/index.ts';

/** The signing key of a firm of the demo. */
export function clientKeyOf(seed: string, firm: string): ClientKey {
  const drawn = Buffer.concat([1, 2].map((part) => createHash('sha256').update(`${seed}/client/${firm}/${part}`).digest())).subarray(0, 48);
  const { kty, crv, x, y, d } = p256Jwk(drawn);
  return { kty, crv, x, y, d };
}
