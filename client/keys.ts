/**
 * A client's key: P-256, for its assertions, its proofs and its signatures (ES256). Chance is handed in, so a
 * demo's keys can come from its seed; a real client hands in the operating system's. The private half never
 * leaves the program that sends.
 */

import { createHash } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';

/** A P-256 private key as JWK (RFC 7518 §6.2). */
export interface ClientKey extends PublicKey {
  readonly d: string;
}

/** The public half: what the authority registers. */
export interface PublicKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/** Random bytes that a key takes: enough that its bias cannot be measured (FIPS 186-5 A.2.1). */
const SEED_BYTES = 48;

/** Makes a key from `random` bytes. */
export function makeKey(random: (length: number) => Uint8Array): ClientKey {
  const secret = p256.utils.randomSecretKey(random(SEED_BYTES));
  const point = Buffer.from(p256.getPublicKey(secret, false));
  return { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url'), d: Buffer.from(secret).toString('base64url') };
}

/** The public half of a key. */
export function publicHalf({ kty, crv, x, y }: PublicKey): PublicKey {
  return { kty, crv, x, y };
}

/** The key's name in signatures: its JWK thumbprint (RFC 7638). */
export function thumbprint(key: PublicKey): string {
  return createHash('sha256').update(JSON.stringify({ crv: key.crv, kty: key.kty, x: key.x, y: key.y })).digest('base64url');
}
