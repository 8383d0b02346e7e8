/**
 * DPoP proofs (RFC 9449): a fresh JWT by which a client shows, with each request, that it holds the key
 * its access token is bound to. A proof names method and address, is at most a minute old, and is used
 * once. It is judged here without a database; its `jti` goes to the replay guard afterwards.
 */

import { calculateJwkThumbprint } from 'jose';
import { z } from 'zod';
import { MINUTE_US, SECOND_US, instantOf, reject, type Instant, type Rejection } from '../terms/index.ts';
import { importOrUndefined, parseJwk, verifierOf, type KeyVerifier } from './client.ts';
import type { Single } from './replay-guard.ts';

/** A proof is good for so long after it was made, and its clock may be so far ahead. */
export const PROOF_AGE_US = MINUTE_US;
const PROOF_AHEAD_US = 30 * SECOND_US;
const PROOF_LENGTH_MAX = 4_096;
/** Heads of proofs that are remembered with their keys: a client's proofs all have the same one, and importing a key costs as much as verifying with it. */
const HEADS_MAX = 2_000;
/** A compact JWS (RFC 7515 §7.1) whose signature has 64 bytes, as those of P-256 and Ed25519 have. */
const JWS_FORM = /^([A-Za-z0-9_-]{1,2048})\.([A-Za-z0-9_-]{1,3072})\.([A-Za-z0-9_-]{86})$/;

const headSchema = z.object({ typ: z.literal('dpop+jwt'), alg: z.enum(['ES256', 'Ed25519', 'EdDSA']), jwk: z.unknown(), crit: z.undefined().optional() });
const claimsSchema = z.object({
  htm: z.string().max(16), htu: z.string().max(2_048), iat: z.number().int(), jti: z.string().min(8).max(128), ath: z.string().max(64).optional(),
  exp: z.number().optional(), nbf: z.number().optional(),
});

/** A proof that verifies: the thumbprint of its key, and what the replay guard must see. */
export interface Proven {
  readonly jkt: string;
  readonly single: Single;
}

/** What a proof must be for. `ath`: the hash of the access token that it goes with (RFC 9449 §4.2); none at the token endpoint. */
export interface ProofFor {
  readonly method: string;
  readonly target: string;
  readonly ath?: string;
  readonly now: Instant;
}

interface Head {
  readonly jkt: string;
  readonly verifier: KeyVerifier;
}

const heads = new Map<string, Head>();

/** Judges the `DPoP` header of a request. */
export async function judgeProof(proof: string | undefined, wanted: ProofFor): Promise<Proven | Rejection> {
  const [, head = '', payload = '', signature = ''] = (proof === undefined || proof.length > PROOF_LENGTH_MAX ? undefined : JWS_FORM.exec(proof)) ?? [];
  try {
    if (head === '') return reject('TOKEN_PROOF_INVALID', 'DPoP');
    const known = heads.get(head) ?? (await readHead(head));
    if (known === undefined) return reject('TOKEN_PROOF_INVALID', 'jwk');
    if (!known.verifier.verify(Buffer.from(`${head}.${payload}`, 'latin1'), Buffer.from(signature, 'base64url'))) return reject('TOKEN_PROOF_INVALID', 'DPoP');
    const claims = claimsSchema.parse(jsonOf(payload));
    const wrong = wrongClaim(claims, wanted);
    if (wrong !== undefined) return reject('TOKEN_PROOF_INVALID', wrong);
    return { jkt: known.jkt, single: { kind: 'proof', of: known.jkt, value: claims.jti, until: instantOf(claims.iat * SECOND_US + PROOF_AGE_US) } };
  } catch {
    return reject('TOKEN_PROOF_INVALID', 'DPoP');
  }
}

const jsonOf = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

function wrongClaim(claims: z.infer<typeof claimsSchema>, wanted: ProofFor): string | undefined {
  if (claims.htm !== wanted.method) return 'htm';
  if (claims.htu !== wanted.target && addressOf(claims.htu) !== addressOf(wanted.target)) return 'htu';
  const age = wanted.now - claims.iat * SECOND_US;
  if (age > PROOF_AGE_US || age < -PROOF_AHEAD_US) return 'iat';
  if ((claims.exp !== undefined && claims.exp * SECOND_US <= wanted.now) || (claims.nbf !== undefined && claims.nbf * SECOND_US > wanted.now)) return 'DPoP';
  if (wanted.ath !== undefined && claims.ath !== wanted.ath) return 'ath';
  return undefined;
}

/** Address without query and fragment, normalised (RFC 9449 §4.3, point 9). */
function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

/** Reads a head and its key; `undefined` when the key is none that clients may have. Throws when the head is no head of a proof. */
async function readHead(text: string): Promise<Head | undefined> {
  const head = headSchema.parse(jsonOf(text));
  const jwk = parseJwk(head.jwk);
  const key = jwk === undefined ? undefined : await importOrUndefined(jwk);
  if (jwk === undefined || key === undefined || (jwk.kty === 'EC') !== (head.alg === 'ES256')) return undefined;
  const made: Head = { jkt: await calculateJwkThumbprint(jwk), verifier: verifierOf(key, jwk.kty === 'EC' ? 'ES256' : 'Ed25519') };
  if (heads.size >= HEADS_MAX) heads.delete(heads.keys().next().value ?? '');
  heads.set(text, made);
  return made;
}
