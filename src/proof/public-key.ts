/**
 * Public keys as others publish them: Multikey and `did:key` (multicodec in multibase), JWK (RFC 7517, 8037). A key
 * knows its curve, and a signature is judged under that curve alone, so an algorithm that a document claims never
 * chooses how its own key is used. Refuses a point that is not on its curve, a JWK that carries a private part, and
 * symmetric keys.
 */

import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import type { Json } from '../terms/index.ts';
import { concat } from './bytes.ts';
import { base58, base64url, decodeMultibase } from './multibase.ts';
import { isObject, type JsonObject } from './strict-json.ts';

/** Curves on which keys are known here. RSA is known as a JWK only, for JOSE. */
export type Curve = 'Ed25519' | 'P-256' | 'P-384' | 'P-521';

/** A public key: its point as the curve encodes it (uncompressed for the NIST curves), or an RSA key as a JWK. */
export type PublicKey =
  | { readonly curve: Curve; readonly point: Uint8Array }
  | { readonly curve: 'RSA'; readonly jwk: { readonly kty: 'RSA'; readonly n: string; readonly e: string } };

/** Multicodec prefixes as varints. Source: multicodec table; Controlled Identifiers 1.0, "Multikey". */
const CODECS: readonly { readonly curve: Curve; readonly prefix: readonly [number, number]; readonly length: number }[] = [
  { curve: 'Ed25519', prefix: [0xed, 0x01], length: 32 }, { curve: 'P-256', prefix: [0x80, 0x24], length: 33 },
  { curve: 'P-384', prefix: [0x81, 0x24], length: 49 }, { curve: 'P-521', prefix: [0x82, 0x24], length: 67 },
];
const NIST = { 'P-256': p256, 'P-384': p384, 'P-521': p521 } as const;
/** Modulus of an RSA key: 2,048 to 8,192 bits (NIST SP 800-131A; above, a verification is a load). */
const RSA_BYTES_MIN = 256;
const RSA_BYTES_MAX = 1_024;

/** Reads a Multikey text, as in `publicKeyMultibase` and behind `did:key:`. */
export function keyOfMultibase(text: string): PublicKey | undefined {
  const bytes = decodeMultibase(text);
  const codec = CODECS.find(({ prefix, length }) => bytes !== undefined && bytes.length === length + 2 && bytes[0] === prefix[0] && bytes[1] === prefix[1]);
  return bytes === undefined || codec === undefined ? undefined : keyOfPoint(codec.curve, bytes.slice(2));
}

/** Multikey text of a key on a curve, base58btc: what stands behind `did:key:`. */
export function multibaseOf(key: Extract<PublicKey, { point: Uint8Array }>): string {
  const codec = CODECS.find(({ curve }) => curve === key.curve);
  const point = key.curve === 'Ed25519' ? key.point : NIST[key.curve].Point.fromBytes(key.point).toBytes(true);
  return `z${base58.encode(concat(Uint8Array.from(codec?.prefix ?? []), point))}`;
}

/** Reads a public JWK; `undefined` when it is none that is known here, or when it holds a secret. */
export function keyOfJwk(jwk: Json | undefined): PublicKey | undefined {
  if (!isObject(jwk) || 'd' in jwk || 'k' in jwk) return undefined;
  if (jwk['kty'] === 'OKP') return jwk['crv'] === 'Ed25519' ? keyOfPoint('Ed25519', bytesAt(jwk, 'x')) : undefined;
  if (jwk['kty'] === 'RSA') return rsaKey(jwk);
  const curve = CODECS.find((codec) => codec.curve === jwk['crv'])?.curve;
  if (jwk['kty'] !== 'EC' || curve === undefined || curve === 'Ed25519') return undefined;
  const [x, y] = [bytesAt(jwk, 'x'), bytesAt(jwk, 'y')];
  const length = NIST[curve].Point.Fp.BYTES;
  return x.length === length && y.length === length ? keyOfPoint(curve, concat(Uint8Array.of(4), x, y)) : undefined;
}

function rsaKey(jwk: JsonObject): PublicKey | undefined {
  const { n, e } = jwk;
  const length = bytesAt(jwk, 'n').length;
  return typeof n === 'string' && typeof e === 'string' && length >= RSA_BYTES_MIN && length <= RSA_BYTES_MAX ? { curve: 'RSA', jwk: { kty: 'RSA', n, e } } : undefined;
}

function bytesAt(jwk: JsonObject, name: string): Uint8Array {
  const text = jwk[name];
  return (typeof text === 'string' ? base64url.decode(text) : undefined) ?? new Uint8Array(0);
}

/** A key of its point, which must lie on the curve. */
export function keyOfPoint(curve: Curve, point: Uint8Array): PublicKey | undefined {
  try {
    if (curve !== 'Ed25519') return { curve, point: NIST[curve].Point.fromBytes(point).toBytes(false) };
    ed25519.Point.fromBytes(point);
    return { curve, point };
  } catch {
    return undefined;
  }
}

/** JOSE names of signature algorithms, and the kind of key that each asks for. Source: RFC 7518 §3.1, RFC 8037, RFC 9864. */
const JOSE: Readonly<Record<string, PublicKey['curve']>> = {
  ES256: 'P-256', ES384: 'P-384', ES512: 'P-521', EdDSA: 'Ed25519', Ed25519: 'Ed25519', RS256: 'RSA', RS384: 'RSA', RS512: 'RSA', PS256: 'RSA', PS384: 'RSA', PS512: 'RSA',
};

/** Does a JOSE signature verify? The algorithm must be one of the key's own kind; `none` and HMACs never are. */
export async function verifyJose(algorithm: string, key: PublicKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (!Object.hasOwn(JOSE, algorithm) || JOSE[algorithm] !== key.curve) return false;
  return key.curve === 'RSA' ? verifyRsa(algorithm, key.jwk, message, signature) : verifyWithKey(key, message, signature);
}

/** Does a signature of the curve's own scheme verify: Ed25519 (RFC 8032), ECDSA with SHA-256, 384 or 512 as r ‖ s? Nothing is thrown. */
export function verifyWithKey(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.curve === 'RSA') return false;
  try {
    if (key.curve === 'Ed25519') return signature.length === 64 && ed25519.verify(signature, message, key.point, { zip215: false });
    return NIST[key.curve].verify(signature, message, key.point, { prehash: true, lowS: false, format: 'compact' });
  } catch {
    return false;
  }
}

/** RSA by the engine's own WebCrypto, which browsers and Node have alike. */
async function verifyRsa(algorithm: string, jwk: JsonWebKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const bits = Number(algorithm.slice(2));
  const scheme = algorithm.startsWith('PS') ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5';
  try {
    const key = await crypto.subtle.importKey('jwk', jwk, { name: scheme, hash: `SHA-${bits}` }, false, ['verify']);
    return await crypto.subtle.verify({ name: scheme, saltLength: bits / 8 }, key, Uint8Array.from(signature), Uint8Array.from(message));
  } catch {
    return false;
  }
}
