/**
 * DPoP proofs (RFC 9449): a fresh JWT by which a client shows, with each request, that it holds the key
 * its access token is bound to. A proof names method and address, is at most a minute old, and is used
 * once. It is judged here without a database; its `jti` goes to the replay guard afterwards.
 */

import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, decodeProtectedHeader, jwtVerify } from 'jose';
import { z } from 'zod';
import { MINUTE_US, SECOND_US, instantOf, reject, type Instant, type Rejection } from '../terms/index.ts';
import { algorithmOf, importOrUndefined, parseJwk } from './client.ts';
import type { Single } from './replay-guard.ts';

/** A proof is good for so long after it was made, and its clock may be so far ahead. */
export const PROOF_AGE_US = MINUTE_US;
const PROOF_AHEAD_US = 30 * SECOND_US;
const PROOF_LENGTH_MAX = 4_096;
/** Proof keys whose import is remembered: importing a key costs as much as verifying with it. */
const KEYS_MAX = 2_000;

const headerSchema = z.object({ typ: z.literal('dpop+jwt'), alg: z.enum(['ES256', 'Ed25519', 'EdDSA']), jwk: z.unknown() });
const claimsSchema = z.object({
  htm: z.string().max(16), htu: z.string().max(2_048), iat: z.number().int(), jti: z.string().min(8).max(128), ath: z.string().max(64).optional(),
});

/** A proof that verifies: the thumbprint of its key, and what the replay guard must see. */
export interface Proven {
  readonly jkt: string;
  readonly single: Single;
}

/** What a proof must be for. `accessToken`: the token that it goes with; none at the token endpoint. */
export interface ProofFor {
  readonly method: string;
  readonly target: string;
  readonly accessToken?: string;
  readonly now: Instant;
}

const keys = new Map<string, { readonly jkt: string; readonly key: CryptoKey }>();

/** Judges the `DPoP` header of a request. */
export async function judgeProof(proof: string | undefined, wanted: ProofFor): Promise<Proven | Rejection> {
  if (proof === undefined || proof === '' || proof.length > PROOF_LENGTH_MAX) return reject('TOKEN_PROOF_INVALID', 'DPoP');
  try {
    const header = headerSchema.parse(decodeProtectedHeader(proof));
    const known = await keyOf(header.jwk);
    if (known === undefined) return reject('TOKEN_PROOF_INVALID', 'jwk');
    const { payload } = await jwtVerify(proof, known.key, { typ: 'dpop+jwt', algorithms: [header.alg], currentDate: new Date(wanted.now / 1_000) });
    const claims = claimsSchema.parse(payload);
    const wrong = wrongClaim(claims, wanted);
    if (wrong !== undefined) return reject('TOKEN_PROOF_INVALID', wrong);
    return { jkt: known.jkt, single: { kind: 'proof', of: known.jkt, value: claims.jti, until: instantOf(claims.iat * SECOND_US + PROOF_AGE_US) } };
  } catch {
    return reject('TOKEN_PROOF_INVALID', 'DPoP');
  }
}

function wrongClaim(claims: z.infer<typeof claimsSchema>, wanted: ProofFor): string | undefined {
  if (claims.htm !== wanted.method) return 'htm';
  if (addressOf(claims.htu) !== addressOf(wanted.target)) return 'htu';
  const age = wanted.now - claims.iat * SECOND_US;
  if (age > PROOF_AGE_US || age < -PROOF_AHEAD_US) return 'iat';
  if (wanted.accessToken !== undefined && claims.ath !== createHash('sha256').update(wanted.accessToken).digest('base64url')) return 'ath';
  return undefined;
}

/** Address without query and fragment, normalised (RFC 9449 §4.3, point 9). */
function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

async function keyOf(given: unknown): Promise<{ readonly jkt: string; readonly key: CryptoKey } | undefined> {
  const jwk = parseJwk(given);
  if (jwk === undefined) return undefined;
  const name = `${jwk.x}.${jwk.kty === 'EC' ? jwk.y : algorithmOf(jwk)}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = await importOrUndefined(jwk);
  if (key === undefined) return undefined;
  const made = { key, jkt: await calculateJwkThumbprint(jwk) };
  if (keys.size >= KEYS_MAX) keys.delete(keys.keys().next().value ?? '');
  keys.set(name, made);
  return made;
}
