/**
 * Data Integrity proofs over JSON (W3C VC Data Integrity 1.0) with the two suites that need no RDF: `eddsa-jcs-2022`
 * and `ecdsa-jcs-2019` (P-256 with SHA-256, P-384 with SHA-384). A document may carry one proof, a set (each over
 * the document alone) or a chain (`previousProof`: over the document with the proofs before it); every proof must
 * verify, because a reader who believes one of several would believe a stranger's. An unknown suite, a proof that
 * has ended, a purpose that the key does not serve, and an `@context` that is not the document's own are refused.
 */

import { sha256, sha384 } from '@noble/hashes/sha2.js';
import type { Json } from '../terms/index.ts';
import { concat, utf8 } from './bytes.ts';
import type { Check } from './check.ts';
import { timeAt, wordsOfTime } from './date-time.ts';
import { base58 } from './multibase.ts';
import { verifyWithKey, type PublicKey } from './public-key.ts';
import type { Signer } from './signer.ts';
import { canonicalText, isObject, itemsOf, type JsonObject } from './strict-json.ts';
import { findMethod, type Method } from './verification-method.ts';

/** Proofs on one document at most. */
const PROOFS_MAX = 20;
/** A proof from a clock that is ahead of ours by less is taken. Milliseconds. */
export const CLOCK_SKEW_MS = 300_000;

/** What the reader knows, and what he asks for. */
export interface Trust {
  /** Now, milliseconds since the epoch. */
  readonly nowMs: number;
  /** Documents of `did:web` and other identifiers that the reader handed over. */
  readonly documents: readonly Json[];
  /** The challenge and the domain that a presentation must answer. */
  readonly challenge?: string;
  readonly domain?: string;
  /** Judges signatures in place of the portable code: a server has its platform's, about ten times as fast. */
  readonly verify?: SignatureCheck;
}

/** Does a signature over a message verify with this key? As `verifyWithKey`: nothing is thrown. */
export type SignatureCheck = (key: PublicKey, message: Uint8Array, signature: Uint8Array) => boolean;

/** What was checked, and who signed: the controllers of the keys, one a proof, empty unless every check holds. */
export interface ProofsVerdict {
  readonly checks: readonly Check[];
  readonly controllers: readonly string[];
}

const SUITES: Readonly<Record<string, readonly PublicKey['curve'][]>> = { 'eddsa-jcs-2022': ['Ed25519'], 'ecdsa-jcs-2019': ['P-256', 'P-384'] };

/** Verifies all proofs of a document. `purpose`: what they must be for; without one, each what it says. */
export function verifyProofs(document: JsonObject, purpose: string | undefined, trust: Trust): ProofsVerdict {
  const { proof: given, ...unsecured } = document;
  const proofs = itemsOf(given).filter(isObject);
  const isWhole = proofs.length === itemsOf(given).length && proofs.length > 0 && proofs.length <= PROOFS_MAX;
  if (!isWhole) return { checks: [{ name: 'proof', ok: false, detail: proofs.length > PROOFS_MAX ? `the document carries more than ${PROOFS_MAX} proofs` : 'the document carries no proof' }], controllers: [] };
  const checks: Check[] = [];
  const controllers: string[] = [];
  for (const [i, proof] of proofs.entries()) {
    const said = proofs.length === 1 ? '' : `proof ${i + 1}: `;
    const made = checkProof(proof, purpose, trust);
    const before = proofsBefore(proof, proofs);
    const signed = before === undefined || made.method === undefined ? undefined : isSigned(unsecured, proof, before, made.method.key, trust.verify ?? verifyWithKey);
    checks.push(...[...made.checks, ...(before === undefined ? [{ name: 'previous proof', ok: false, detail: 'the proof names a previous proof that is not there, or itself' }] : [])].map((check) => ({ ...check, detail: said + check.detail })));
    if (signed !== undefined) checks.push({ name: 'signature', ok: signed.ok, detail: said + signed.detail });
    if (made.method !== undefined) controllers.push(made.method.controller);
  }
  return { checks, controllers: checks.every((check) => check.ok) ? controllers : [] };
}

/** Everything of a proof but its signature. */
function checkProof(proof: JsonObject, purpose: string | undefined, trust: Trust): { checks: Check[]; method?: Method } {
  const { type, cryptosuite, verificationMethod, proofPurpose } = proof;
  const allowed = typeof cryptosuite === 'string' && Object.hasOwn(SUITES, cryptosuite) ? SUITES[cryptosuite] : undefined;
  if (type !== 'DataIntegrityProof' || allowed === undefined) {
    return { checks: [{ name: 'suite', ok: false, detail: `the proof is ${String(type).slice(0, 40)} ${String(cryptosuite ?? '').slice(0, 40)}; known are DataIntegrityProof with ${Object.keys(SUITES).join(' and ')}` }] };
  }
  const checks: Check[] = [{ name: 'suite', ok: true, detail: String(cryptosuite) }];
  const isPurpose = typeof proofPurpose === 'string' && (purpose === undefined || proofPurpose === purpose);
  checks.push({ name: 'purpose', ok: isPurpose, detail: isPurpose ? String(proofPurpose) : `the proof is for ${String(proofPurpose).slice(0, 60)}, not for ${purpose ?? 'anything that it says'}` });
  checks.push(...checkTimes(proof, trust.nowMs), ...checkAsked(proof, trust));
  const found = isPurpose ? findMethod(String(verificationMethod), proofPurpose, trust.documents) : undefined;
  if (found === undefined) return { checks };
  if (!('method' in found)) return { checks: [...checks, { name: found.isMissing === true ? 'did document' : 'key', ok: false, detail: found.fault }] };
  const { method } = found;
  if (!allowed.includes(method.key.curve)) return { checks: [...checks, { name: 'key', ok: false, detail: `${String(cryptosuite)} takes no key on ${method.key.curve}` }] };
  checks.push(checkMethod(method, proof, trust.nowMs));
  return { checks, method };
}

function checkTimes(proof: JsonObject, nowMs: number): Check[] {
  const [created, expires] = [timeAt(proof, 'created'), timeAt(proof, 'expires')];
  if (created === null || expires === null) return [{ name: 'proof time', ok: false, detail: 'the proof was created or ends at a time that cannot be read' }];
  if (created !== undefined && created > nowMs + CLOCK_SKEW_MS) return [{ name: 'proof time', ok: false, detail: `the proof says that it was created at ${wordsOfTime(created)}, which is still to come` }];
  if (expires !== undefined && expires <= nowMs) return [{ name: 'proof time', ok: false, detail: `the proof ended at ${wordsOfTime(expires)}` }];
  return [];
}

/** Challenge and domain, where the reader asked for one. Source: VC Data Integrity 1.0, "Verify Proof". */
function checkAsked(proof: JsonObject, trust: Trust): Check[] {
  const checks: Check[] = [];
  if (trust.challenge !== undefined) checks.push({ name: 'challenge', ok: proof['challenge'] === trust.challenge, detail: 'the proof answers the challenge that was set' });
  if (trust.domain !== undefined) checks.push({ name: 'domain', ok: itemsOf(proof['domain']).includes(trust.domain), detail: 'the proof was made for the domain that was named' });
  return checks;
}

/** A key that was revoked is believed no more, whenever the proof says it was made; one that ended, only for proofs from before. */
function checkMethod(method: Method, proof: JsonObject, nowMs: number): Check {
  const createdMs = timeAt(proof, 'created') ?? nowMs;
  if (method.revoked !== undefined && method.revoked <= nowMs) return { name: 'key', ok: false, detail: `the key was revoked at ${wordsOfTime(method.revoked)}` };
  if (method.expires !== undefined && method.expires <= createdMs) return { name: 'key', ok: false, detail: `the key ended at ${wordsOfTime(method.expires)}, before the proof was made` };
  return { name: 'key', ok: true, detail: `a key of ${method.controller.slice(0, 200)} on ${method.key.curve}` };
}

/** The proofs that a chained proof covers; `undefined` when one of them is not there. */
function proofsBefore(proof: JsonObject, all: readonly JsonObject[]): readonly JsonObject[] | undefined {
  const named = itemsOf(proof['previousProof']);
  const found = named.map((id) => all.filter((each) => each !== proof && typeof id === 'string' && each['id'] === id));
  return found.every((each) => each.length === 1) ? found.flat() : undefined;
}

function isSigned(unsecured: JsonObject, proof: JsonObject, before: readonly JsonObject[], key: PublicKey, verify: SignatureCheck): { ok: boolean; detail: string } {
  const { proofValue, ...options } = proof;
  const signature = typeof proofValue === 'string' && proofValue.startsWith('z') ? base58.decode(proofValue.slice(1)) : undefined;
  if (signature === undefined) return { ok: false, detail: 'the signature is no base58btc text' };
  const document = documentToHash(unsecured, options, before);
  if (document === undefined) return { ok: false, detail: 'the @context of the document does not begin with that of the proof' };
  const ok = verify(key, hashOfBoth(document, options, key.curve), signature);
  return { ok, detail: ok ? 'the key signed this very document' : 'the key did not sign this document' };
}

/** What is hashed: under the proof's own @context where it has one, and with the proofs before it in a chain. */
function documentToHash(unsecured: JsonObject, options: JsonObject, before: readonly JsonObject[]): JsonObject | undefined {
  const chained = before.length === 0 ? unsecured : { ...unsecured, proof: before };
  const context = options['@context'];
  if (context === undefined) return chained;
  const [own, said] = [itemsOf(unsecured['@context']), itemsOf(context)];
  const isPrefix = said.length <= own.length && said.every((each, i) => canonicalText(each) === canonicalText(own[i] ?? null));
  return isPrefix ? { ...chained, '@context': context } : undefined;
}

/** Hash of the proof's options, then of the document. Source: vc-di-eddsa and vc-di-ecdsa, "Hashing". */
function hashOfBoth(document: JsonObject, options: JsonObject, curve: PublicKey['curve']): Uint8Array {
  const hash = curve === 'P-384' ? sha384 : sha256;
  return concat(hash(utf8(canonicalText(options))), hash(utf8(canonicalText(document))));
}

/** How a proof is to be made. `created` as an RFC 3339 text in whole seconds. */
export interface ProofTerms {
  readonly verificationMethod: string;
  readonly purpose: string;
  readonly created: string;
}

/** Gives the document with a proof of its own: `eddsa-jcs-2022` with an Ed25519 signer, `ecdsa-jcs-2019` with a P-256 one. */
export async function addProof(document: JsonObject, signer: Signer, terms: ProofTerms): Promise<JsonObject> {
  const isEd25519 = signer.algorithm === 'Ed25519';
  const options = {
    type: 'DataIntegrityProof', cryptosuite: isEd25519 ? 'eddsa-jcs-2022' : 'ecdsa-jcs-2019', created: terms.created, verificationMethod: terms.verificationMethod, proofPurpose: terms.purpose,
    ...(document['@context'] === undefined ? {} : { '@context': document['@context'] }),
  };
  const signature = await signer.sign(hashOfBoth(document, options, isEd25519 ? 'Ed25519' : 'P-256'));
  return { ...document, proof: { ...options, proofValue: `z${base58.encode(signature)}` } };
}
