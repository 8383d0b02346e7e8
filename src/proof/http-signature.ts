/**
 * HTTP message signatures (RFC 9421) over the components that a filing must cover: method, target, content
 * type, content digest (RFC 9530) and Idempotency-Key, with creation time, nonce and key id. The library
 * parses and builds the signature base; the policy is ours. Age and replay are judged by the door, which
 * has a clock and a memory.
 */

import { createSignature, isSignatureError, verifySignature, type RequestDescriptor, type Verifier } from 'http-message-sig';
import { sha256 } from '@noble/hashes/sha2.js';
import { reject, type Rejection } from '../terms/index.ts';

/** What a filing's signature covers, in the order in which it is signed. */
export const COVERED_COMPONENTS = ['@method', '@target-uri', 'content-type', 'content-digest', 'idempotency-key'] as const;
const REQUIRED_PARAMETERS = ['created', 'nonce', 'keyid'] as const;
const ALGORITHMS = ['ecdsa-p256-sha256', 'ed25519'] as const;
export type HttpSignatureAlgorithm = (typeof ALGORITHMS)[number];

/** A request as it is signed: `target` is the full address, header names are lower case. */
export interface SignedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A public key that can judge signatures of one algorithm. */
export interface RequestVerifier {
  readonly algorithm: HttpSignatureAlgorithm;
  verify(base: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
}

/** A signature that verified. `signatureBase`: SHA-256 of the base that was signed, hex. */
export interface VerifiedRequest {
  readonly keyId: string;
  readonly nonce: string;
  /** Seconds since the epoch. */
  readonly created: number;
  readonly signatureBase: string;
}

/** Verifies the one signature of a request with the key that `keyOf` gives for its key id. */
export async function verifyRequest(request: SignedRequest, keyOf: (keyId: string) => RequestVerifier | undefined): Promise<VerifiedRequest | Rejection> {
  if (request.headers['signature'] === undefined || request.headers['signature-input'] === undefined) return reject('SIGNATURE_MISSING');
  let base = '';
  try {
    const verified = await verifySignature<Verifier>(descriptorOf(request), {
      policy: { algorithms: ALGORITHMS, requiredComponents: [...COVERED_COMPONENTS], requiredParameters: [...REQUIRED_PARAMETERS] },
      resolveVerifier: (candidate) => {
        const key = keyOf(candidate.parameters.keyid ?? '') ?? NOBODY;
        return {
          algorithm: key.algorithm,
          verify: (data, signature) => {
            base = hex(sha256(data));
            return key.verify(data, signature);
          },
        };
      },
    });
    const { keyid, nonce, created } = verified.parameters;
    return keyid === undefined || nonce === undefined || created === undefined ? reject('SIGNATURE_INVALID') : { keyId: keyid, nonce, created, signatureBase: base };
  } catch (error) {
    if (!isSignatureError(error)) throw error;
    return reject(error.code === 'MissingField' ? 'SIGNATURE_MISSING' : 'SIGNATURE_INVALID');
  }
}

/** A key that nothing verifies with: an unknown key id takes the same path as a wrong signature. */
const NOBODY: RequestVerifier = { algorithm: 'ecdsa-p256-sha256', verify: () => false };

/** What to sign with. */
export interface RequestSigner {
  readonly keyId: string;
  readonly algorithm: HttpSignatureAlgorithm;
  sign(base: Uint8Array): Promise<Uint8Array>;
}

/** Signs a request; gives the two headers to add. `created` in seconds, `nonce` of 8 to 128 characters, new for each request. */
export async function signRequest(request: SignedRequest, signer: RequestSigner, created: number, nonce: string): Promise<{ readonly signature: string; readonly 'signature-input': string }> {
  const fields = await createSignature(descriptorOf(request), {
    label: 'sig', components: [...COVERED_COMPONENTS], parameters: { created, nonce, keyid: signer.keyId, alg: signer.algorithm }, signer,
  });
  return { signature: fields.signature, 'signature-input': fields.signatureInput };
}

/** `sha-256=:…:` of a body. Source: RFC 9530 §2. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${btoa(String.fromCharCode(...sha256(body)))}:`;
}

function descriptorOf(request: SignedRequest): RequestDescriptor {
  return { kind: 'request', method: request.method, targetUri: request.target, fields: Object.entries(request.headers).map(([name, value]) => ({ name, value })) };
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
