/**
 * Signing keys behind one small interface, so that a key may lie in a file today and in a hardware module
 * tomorrow. What is here is portable (@noble/curves); a server signs and verifies about ten times as fast
 * with its platform's crypto (`access`, `log`). Secrets are handled without constant-time guarantees of the
 * JavaScript engine: see the notes of @noble/curves.
 *
 * Signatures of ES256 are malleable: (r, n − s) verifies where (r, s) does. The bytes of a signature are
 * therefore never an identity; what was signed is.
 */

import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';

/** `Ed25519`: 64-byte signatures of RFC 8032. `ES256`: r ‖ s, 64 bytes, of ECDSA with P-256 and SHA-256 (RFC 7518 §3.4). */
export type SignatureAlgorithm = 'Ed25519' | 'ES256';

/** A private key that can sign. `keyId` names it to verifiers. */
export interface Signer {
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  /** Ed25519: 32 bytes. ES256: the uncompressed point, 65 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/**
 * Does `signature` over `message` verify? Malformed keys and signatures do not; nothing is thrown. Ed25519 is
 * judged by RFC 8032 with canonical encodings only, ES256 takes high and low s (RFC 7518 names no low-s rule).
 */
export function verifySignature(algorithm: SignatureAlgorithm, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    return algorithm === 'Ed25519'
      ? ed25519.verify(signature, message, publicKey, { zip215: false })
      : p256.verify(signature, message, publicKey, { prehash: true, lowS: false });
  } catch {
    return false;
  }
}

/**
 * A portable signer of a 32-byte secret: the seed of an Ed25519 key, or the scalar of a P-256 key, which must
 * lie between 1 and the order. Throws when it is no key. Both sign deterministically (RFC 8032, RFC 6979).
 */
export function signerOfSeed(keyId: string, seed: Uint8Array, algorithm: SignatureAlgorithm = 'Ed25519'): Signer {
  if (algorithm === 'Ed25519') return { keyId, algorithm, publicKey: ed25519.getPublicKey(seed), sign: async (message) => ed25519.sign(message, seed) };
  return { keyId, algorithm, publicKey: p256.getPublicKey(seed, false), sign: async (message) => p256.sign(message, seed, { prehash: true, lowS: false }) };
}
