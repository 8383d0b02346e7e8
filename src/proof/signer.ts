/**
 * Signing keys behind one small interface, so that a key may lie in a file today and in a hardware module
 * tomorrow. Verification here is portable (@noble/curves); a server may sign with its platform's crypto.
 */

import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';

/** `Ed25519`: 64-byte signatures of RFC 8032. `ES256`: r ‖ s of ECDSA with P-256 and SHA-256 (RFC 7518 §3.4). */
export type SignatureAlgorithm = 'Ed25519' | 'ES256';

/** A private key that can sign. `keyId` names it to verifiers. */
export interface Signer {
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  /** Ed25519: 32 bytes. ES256: the uncompressed point, 65 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** Does `signature` over `message` verify? Malformed keys and signatures do not; nothing is thrown. */
export function verifySignature(algorithm: SignatureAlgorithm, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return algorithm === 'Ed25519'
      ? ed25519.verify(signature, message, publicKey, { zip215: false })
      : p256.verify(signature, message, publicKey, { prehash: true, lowS: false });
  } catch {
    return false;
  }
}

/** An Ed25519 signer of a 32-byte seed, portable. */
export function signerOfSeed(keyId: string, seed: Uint8Array): Signer {
  return { keyId, algorithm: 'Ed25519', publicKey: ed25519.getPublicKey(seed), sign: async (message) => ed25519.sign(message, seed) };
}
