/**
 * The installation's signing keys, each behind `Signer {keyId, algorithm, publicKey, sign}`: the ledger's
 * checkpoints and the firms' receipts (Ed25519), access tokens (ES256). Private bytes come from secret
 * files and never leave this file: they are in no database, no log line and no error. Another holder of
 * keys (a hardware module) replaces this file by giving the same `Signer`s.
 */

import { createECDH, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { assert } from '../terms/index.ts';
import type { SecretFiles } from './secret-files.ts';

/** A private key that can sign; the same shape as `Signer` of `proof`. */
export interface Signer {
  readonly keyId: string;
  readonly algorithm: 'Ed25519' | 'ES256';
  /** Ed25519: 32 bytes. ES256: the uncompressed point, 65 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Signers by purpose. `keyId` is what verifiers know the key by: a checkpoint's origin, a token's `kid`. */
export interface KeyRing {
  checkpoint(keyId: string): Signer;
  receipt(keyId: string): Signer;
  /** Signs what the public register answers. */
  status(keyId: string): Signer;
  /** Signs the heads of the public register log. */
  register(keyId: string): Signer;
  /** The issuer's key of a number, for credentials: a key that is rotated out stays, and its number with it. */
  issuer(number: number, algorithm: Signer['algorithm'], keyId: string): Signer;
  token(keyId: string): Signer;
}

/** Opens, or on first use makes, the keys of a home directory. */
export function openKeys(secrets: SecretFiles): KeyRing {
  const checkpoint = ed25519Of(secrets.take('ledger-checkpoint-ed25519', 32));
  const receipt = ed25519Of(secrets.take('receipt-ed25519', 32));
  const status = ed25519Of(secrets.take('status-ed25519', 32));
  const register = ed25519Of(secrets.take('register-log-ed25519', 32));
  const token = createPrivateKey({ key: p256Jwk(secrets.take('token-p256', P256_DRAW_BYTES)), format: 'jwk' });
  return {
    checkpoint: (keyId) => ed25519Signer(keyId, checkpoint),
    receipt: (keyId) => ed25519Signer(keyId, receipt),
    status: (keyId) => ed25519Signer(keyId, status),
    register: (keyId) => ed25519Signer(keyId, register),
    issuer: (number, algorithm, keyId) => (algorithm === 'Ed25519'
      ? ed25519Signer(keyId, ed25519Of(secrets.take(`issuer-${number}-ed25519`, 32)))
      : p256Signer(keyId, createPrivateKey({ key: p256Jwk(secrets.take(`issuer-${number}-p256`, P256_DRAW_BYTES)), format: 'jwk' }))),
    token: (keyId) => p256Signer(keyId, token),
  };
}

/** PKCS #8 of an Ed25519 key before its 32-byte seed (RFC 8410 §7). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

function ed25519Of(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

function ed25519Signer(keyId: string, key: KeyObject): Signer {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  assert(x !== undefined, 'an Ed25519 key has a public part');
  return { keyId, algorithm: 'Ed25519', publicKey: Buffer.from(x, 'base64url'), sign: async (message) => sign(null, message, key) };
}

function p256Signer(keyId: string, key: KeyObject): Signer {
  const { x, y } = createPublicKey(key).export({ format: 'jwk' });
  assert(x !== undefined && y !== undefined, 'a P-256 key has a public point');
  const publicKey = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { keyId, algorithm: 'ES256', publicKey, sign: async (message) => sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }) };
}

/** Bytes to draw for a P-256 key: 16 more than the order has, so that the remainder is not biased (FIPS 186-5 A.2.1). */
export const P256_DRAW_BYTES = 48;
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A private P-256 key as JWK. */
export interface P256Jwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly d: string;
}

/** The P-256 key of 48 drawn bytes: the scalar is their remainder by (order − 1), plus one. */
export function p256Jwk(drawn: Uint8Array): P256Jwk & Record<string, string> {
  assert(drawn.length === P256_DRAW_BYTES, 'a P-256 key is made of 48 drawn bytes');
  const scalar = (BigInt(`0x${Buffer.from(drawn).toString('hex')}`) % (P256_ORDER - 1n)) + 1n;
  const d = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(d);
  const point = curve.getPublicKey();
  return { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url'), d: d.toString('base64url') };
}
