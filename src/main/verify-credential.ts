/**
 * `nigran verify` of credentials: Data Integrity documents and SD-JWT, ours or others'. Nothing is fetched: documents
 * of `did:web` and status lists are files that the reader hands over, and "now" is the clock's, or `--at`.
 */

import { isObject, keysOfDocument, partsOfJson, splitSdJwt, verifyCredential, verifySdJwt, type JsonObject } from '../proof/credentials.ts';
import type { PaperTrust, PaperVerdict } from '../proof/documents.ts';
import { Refusal } from '../log/engine/index.ts';
import { parseInstant, type Json } from '../terms/index.ts';
import type { Options } from './options.ts';
import { verifyByPlatform } from './platform-verify.ts';
import { answerOf, type Verified } from './verify-answer.ts';
import { bytesOf, readJson, type ReadKeys } from './verify-files.ts';

/** Milliseconds at which is judged: `--at`, or now. */
export function judgedAt(options: Options, nowUs: number): number {
  const text = options.text('at');
  if (text === undefined) return nowUs / 1000;
  const at = parseInstant(text);
  if (at === undefined) throw new Refusal(`--at=${text.slice(0, 40)} is no instant`, 'for example --at=2026-11-24T12:00:00Z');
  return at / 1000;
}

/** Has the document the form of one that Data Integrity secures? */
export function isSecured(json: Json): json is JsonObject {
  if (!isObject(json)) return false;
  const types = Array.isArray(json['type']) ? json['type'] : [json['type']];
  const { proof } = json;
  const isProof = (each: Json | undefined): boolean => isObject(each) && typeof each['type'] === 'string' && ('proofValue' in each || 'cryptosuite' in each || 'jws' in each);
  return types.includes('VerifiableCredential') || types.includes('VerifiablePresentation') || (Array.isArray(proof) ? proof.some(isProof) : isProof(proof));
}

/** Judges a Data Integrity document. */
export async function judgeDocument(document: JsonObject, options: Options, nowMs: number): Promise<Verified> {
  const [challenge, domain] = [options.text('challenge'), options.text('domain')];
  const verdict = await verifyCredential(document, {
    nowMs, verify: verifyByPlatform, documents: options.all('did-document').map(readJson), statusLists: options.all('status-list').map(readJson),
    ...(challenge === undefined ? {} : { challenge }), ...(domain === undefined ? {} : { domain }),
  });
  const { kind, checks, status, statusAsOf } = verdict;
  const from = document['validFrom'];
  return answerOf(kind, checks, kind === 'document' ? undefined : { status, ...(statusAsOf === undefined ? {} : { statusAsOf }), ...(kind === 'credential' && typeof from === 'string' ? { issuedAt: from.slice(0, 40) } : {}) });
}

/** What the reader brings to a certificate on paper or as PDF. */
export function paperTrust(options: Options, keysOf: () => ReadKeys, nowMs: number): PaperTrust {
  const documents = options.all('did-document').map(readJson);
  const named = documents.length > 0 && options.all('key').length + options.all('vkey').length === 0 ? undefined : keysOf();
  return {
    nowMs, verify: verifyByPlatform, documents, statusLists: options.all('status-list').map((path) => bytesOf(path).toString('utf8')), ...(named === undefined ? {} : { keys: named.keys, logKeys: named.verifiers }),
  };
}

/** The answer about a certificate on paper or as PDF. */
export function answerOfPaper({ kind, checks, status, statusAsOf, issuedAt }: PaperVerdict): Verified {
  return answerOf(kind, checks, { status, ...(statusAsOf === undefined ? {} : { statusAsOf }), ...(issuedAt === undefined ? {} : { issuedAt }) });
}

/** Judges an SD-JWT, as text or as flattened JSON; `undefined` when it has not the form of one. */
export async function judgeToken(given: string | Json, keysOf: () => ReadKeys, options: Options, nowMs: number): Promise<Verified | undefined> {
  const parts = typeof given === 'string' ? splitSdJwt(given) : partsOfJson(given);
  if (parts === undefined) return undefined;
  const [audience, nonce] = [options.text('audience'), options.text('nonce')];
  const documents = options.all('did-document').flatMap((path) => keysOfDocument(readJson(path), nowMs));
  const verdict = await verifySdJwt(parts, {
    nowMs, keys: documents.length > 0 ? documents : keysOf().keys, statusLists: options.all('status-list').map((path) => bytesOf(path).toString('utf8')),
    ...(audience === undefined ? {} : { audience }), ...(nonce === undefined ? {} : { nonce }),
  });
  const iat = verdict.claims?.['iat'];
  return answerOf(verdict.kind, verdict.checks, { status: verdict.status, ...(verdict.statusAsOf === undefined ? {} : { statusAsOf: verdict.statusAsOf }), ...(typeof iat === 'number' ? { issuedAt: new Date(iat * 1_000).toISOString() } : {}) });
}
