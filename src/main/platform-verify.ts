/**
 * Signatures of credentials judged by the platform's crypto, about ten times as fast as the portable code that browsers
 * use; a test holds the two to one answer. Keys are kept as the platform reads them, because reading one costs as much
 * as judging a signature.
 */

import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { PublicKey } from '../proof/credentials.ts';

/** Keys kept at most; when there are more, all are read anew. */
const KEPT_MAX = 1_000;
const HASHES = { Ed25519: null, 'P-256': 'sha256', 'P-384': 'sha384', 'P-521': 'sha512' } as const;
const LENGTHS = { Ed25519: 64, 'P-256': 64, 'P-384': 96, 'P-521': 132 } as const;
const kept = new Map<string, KeyObject>();

/** Does the signature verify: Ed25519, or ECDSA as r ‖ s? Nothing is thrown; RSA is not for this. */
export function verifyByPlatform(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.curve === 'RSA' || signature.length !== LENGTHS[key.curve]) return false;
  try {
    return verify(HASHES[key.curve], message, { key: readKey(key), dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}

function readKey(key: Exclude<PublicKey, { curve: 'RSA' }>): KeyObject {
  const name = `${key.curve} ${Buffer.from(key.point).toString('base64')}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  if (kept.size >= KEPT_MAX) kept.clear();
  const half = (key.point.length - 1) / 2;
  const [x, y] = [key.point.slice(1, 1 + half), key.point.slice(1 + half)].map((part) => Buffer.from(part).toString('base64url'));
  const jwk = key.curve === 'Ed25519' ? { kty: 'OKP', crv: key.curve, x: Buffer.from(key.point).toString('base64url') } : { kty: 'EC', crv: key.curve, x: x ?? '', y: y ?? '' };
  const made = createPublicKey({ key: jwk, format: 'jwk' });
  kept.set(name, made);
  return made;
}
