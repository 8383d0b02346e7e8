/**
 * HTTP message signatures (RFC 9421) over the components that a filing must cover: method, target, content
 * type, content digest (RFC 9530) and Idempotency-Key, with creation time, nonce, key id and algorithm. The
 * library parses and builds the signature base, but for a request that is signed in the plainest way (`plain-signature.ts`);
 * the policy is ours. `@target-uri` alone names the place: with path and query only, a filing to a sandbox would be
 * one to the authority.
 *
 * Refuses a request with no or several signatures, a component or parameter too few, another algorithm than
 * the key's, a signature older than 300 seconds, one from the future, and one past its own `expires`. That a
 * nonce is used once is the door's to see, which has a memory; that the digest is that of the body, too.
 */

import { createSignature, isSignatureError, verifySignature, type RequestDescriptor, type UntrustedSignatureCandidate, type Verifier } from 'http-message-sig';
import { sha256 } from '@noble/hashes/sha2.js';
import { SECOND_US, reject, type Instant, type Rejection } from '../terms/index.ts';
import { base64, hex } from './bytes.ts';
import { COVERED_COMPONENTS, plainBase, plainParameters, readPlain, type PlainSignature } from './plain-signature.ts';
import type { SignatureAlgorithm, Signer } from './signer.ts';

export { contentDigestMatches } from './content-digest.ts';

const COVERED: ReadonlySet<string> = new Set(COVERED_COMPONENTS);
const REQUIRED_PARAMETERS = ['created', 'nonce', 'keyid', 'alg'] as const;

/** Algorithms as RFC 9421 §6.2 names them. */
export type HttpSignatureAlgorithm = 'ecdsa-p256-sha256' | 'ed25519';
const ALGORITHM_NAMES: Readonly<Record<SignatureAlgorithm, HttpSignatureAlgorithm>> = { ES256: 'ecdsa-p256-sha256', Ed25519: 'ed25519' };

/** Seconds for which a signature is taken, and by which a firm's clock may be ahead. */
const AGE_MAX_S = 300;
const AHEAD_MAX_S = 30;
/** Characters of a nonce, and of Signature-Input at most. */
const NONCE_LENGTH_MAX = 128;
const NONCE_LENGTH_MIN = 8;
const HEADER_LENGTH_MAX = 2_048;
/** Larger than any difference of clocks: the library, which would read the clock, then judges no time. */
const ANY_SKEW_S = Number.MAX_SAFE_INTEGER;

/** A request as it is signed: `target` is the full address, header names are lower case. */
export interface SignedRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request as it is judged, at an instant. */
export interface ReceivedRequest extends SignedRequest {
  readonly now: Instant;
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

/** Verifies the one signature of a request with the key that `keyOf` gives for its key id. Throws only what `keyOf` and its key throw. A server passes its platform's hash. */
export async function verifyRequest(
  request: ReceivedRequest, keyOf: (keyId: string) => RequestVerifier | undefined, hash: (bytes: Uint8Array) => Uint8Array = sha256,
): Promise<VerifiedRequest | Rejection> {
  const { signature, 'signature-input': input } = request.headers;
  if (signature === undefined || input === undefined) return reject('SIGNATURE_MISSING');
  const one = oneSignature(signature);
  if (one === undefined) return reject('SIGNATURE_INVALID', 'signature');
  if (input.length > HEADER_LENGTH_MAX) return reject('SIGNATURE_INVALID', 'signature-input');
  const plain = readPlain(request, input, one.label);
  return plain === undefined ? verifyAny(request, input, keyOf, hash) : verifyPlain(plain, one.bytes, request.now, keyOf, hash);
}

async function verifyPlain(
  plain: PlainSignature, signature: Uint8Array, now: Instant, keyOf: (keyId: string) => RequestVerifier | undefined, hash: (bytes: Uint8Array) => Uint8Array,
): Promise<VerifiedRequest | Rejection> {
  const key = keyOf(plain.keyid) ?? NOBODY;
  if (key.algorithm !== plain.algorithm || !(await key.verify(plain.base, signature))) return reject('SIGNATURE_INVALID');
  return judgeParameters(plain, now, hex.encode(hash(plain.base)));
}

/** As structured fields allow it to be written. */
async function verifyAny(
  request: ReceivedRequest, input: string, keyOf: (keyId: string) => RequestVerifier | undefined, hash: (bytes: Uint8Array) => Uint8Array,
): Promise<VerifiedRequest | Rejection> {
  let base = '';
  let isAsked = false;
  const resolveVerifier = (untrusted: UntrustedSignatureCandidate): Verifier => {
    isAsked = true;
    const key = keyOf(untrusted.parameters.keyid ?? '') ?? NOBODY;
    return {
      algorithm: key.algorithm,
      verify: (data, bytes) => {
        base = hex.encode(hash(data));
        return key.verify(data, bytes);
      },
    };
  };
  try {
    const verified = await verifySignature<Verifier>(descriptorOf(request, (name) => name === 'signature' || name === 'signature-input' || input.includes(`"${name}"`)), {
      policy: { algorithms: Object.values(ALGORITHM_NAMES), requiredComponents: [...COVERED_COMPONENTS], requiredParameters: [...REQUIRED_PARAMETERS], now: 0, clockSkew: ANY_SKEW_S },
      resolveVerifier,
    });
    return judgeParameters(verified.parameters, request.now, base);
  } catch (error) {
    if (!isSignatureError(error)) throw error;
    if (error.code === 'ResolverFailed') throw error.cause;
    // Until a key was asked for, the trouble is one of form, and the policy's words name only our own components.
    const place = error.code === 'PolicyViolation' ? error.message : error.code;
    return isAsked ? reject('SIGNATURE_INVALID') : reject('SIGNATURE_INVALID', place);
  }
}

/** One label with 64 bytes in canonical base64: structured fields would take other texts for the same bytes (RFC 8941 §4.2.7). */
function oneSignature(header: string): { readonly label: string; readonly bytes: Uint8Array } | undefined {
  const [, label = '', encoded = ''] = /^([a-z*][a-z0-9_.*-]{0,63})=:([A-Za-z0-9+/]{86}==):$/.exec(header) ?? [];
  const bytes = base64.decode(encoded);
  return label === '' || bytes === undefined ? undefined : { label, bytes };
}

/** A key that nothing verifies with: an unknown key id takes the same path as a wrong signature. */
const NOBODY: RequestVerifier = { algorithm: 'ecdsa-p256-sha256', verify: () => false };

/** Judges what was signed beside the components; it is the signer's word by now. */
function judgeParameters(parameters: Pick<UntrustedSignatureCandidate['parameters'], 'keyid' | 'nonce' | 'created' | 'expires'>, now: Instant, signatureBase: string): VerifiedRequest | Rejection {
  const { keyid, nonce, created, expires } = parameters;
  if (keyid === undefined || nonce === undefined || created === undefined) return reject('SIGNATURE_INVALID');
  if (nonce.length < NONCE_LENGTH_MIN || nonce.length > NONCE_LENGTH_MAX) return reject('SIGNATURE_INVALID', 'nonce');
  const age = now - created * SECOND_US;
  const isPast = age > AGE_MAX_S * SECOND_US || (expires !== undefined && now > expires * SECOND_US);
  if (isPast || age < -AHEAD_MAX_S * SECOND_US) return reject('SIGNATURE_EXPIRED');
  return { keyId: keyid, nonce, created, signatureBase };
}

/** Signs a request; gives the two headers to add. `created` in seconds, `nonce` of 8 to 128 characters, new for each request. */
export async function signRequest(
  request: SignedRequest, signer: Pick<Signer, 'keyId' | 'algorithm' | 'sign'>, created: number, nonce: string,
): Promise<{ readonly signature: string; readonly 'signature-input': string }> {
  const algorithm = ALGORITHM_NAMES[signer.algorithm];
  const parameters = plainParameters({ created, nonce, keyid: signer.keyId, algorithm });
  const base = parameters === undefined ? undefined : plainBase(request, parameters);
  if (base !== undefined) return { signature: `sig=:${base64.encode(await signer.sign(base))}:`, 'signature-input': `sig=${parameters}` };
  const fields = await createSignature(descriptorOf(request, (name) => COVERED.has(name)), {
    label: 'sig', components: [...COVERED_COMPONENTS], parameters: { created, nonce, keyid: signer.keyId, alg: algorithm },
    signer: { algorithm, sign: (data) => signer.sign(data) },
  });
  return { signature: fields.signature, 'signature-input': fields.signatureInput };
}

/** The library's view of a request: only the headers that take part, because the others may hold what it would refuse. */
function descriptorOf(request: SignedRequest, takesPart: (name: string) => boolean): RequestDescriptor {
  const fields = Object.entries(request.headers).flatMap(([name, value]) => (takesPart(name) ? [{ name, value }] : []));
  return { kind: 'request', method: request.method, targetUri: request.target, fields };
}
