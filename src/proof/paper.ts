/**
 * A certificate as people hand it over: the text of the code on paper, or the sealed PDF. Each is judged whole: the
 * seal or the token, the credential within, its status by a list that is at hand, and that its statement stands in the
 * log. The issuer's document (did:web) says whose key it is, and which key is the log's. Nothing is fetched and nothing
 * is thrown. The code's address must be the one that the token itself leads to: a true token leads nobody astray.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import type { Json } from '../terms/index.ts';
import { textOf } from './bytes.ts';
import { verdictOf, type Check, type Verdict } from './check.ts';
import { verifyCredential, type Status } from './credential.ts';
import { wordsOfTime } from './date-time.ts';
import type { NamedKey } from './jwt.ts';
import { leafHash } from './merkle.ts';
import { base64url } from './multibase.ts';
import { filesOfPdf, readPdf } from './pdf.ts';
import { verifyWithKey, type PublicKey } from './public-key.ts';
import { splitSdJwt, verifySdJwt } from './sd-jwt.ts';
import { isObject, itemsOf, readStrictJson, type JsonObject } from './strict-json.ts';
import { unpackTlogProof, verifyTlogProof } from './tlog-proof.ts';
import { keysOfDocument } from './verification-method.ts';

/** Characters of a code at most: the largest QR code holds 4,296. */
const CODE_LENGTH_MAX = 8_000;
/** Logs of one document that are believed at most. */
const LOGS_MAX = 8;

/** What the reader has. */
export interface PaperTrust {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** DID documents of issuers that the reader believes. */
  readonly documents: readonly Json[];
  /** Status lists as texts, in either form. */
  readonly statusLists: readonly string[];
  /** Keys that the reader named beside the documents, and verifier keys of logs. */
  readonly keys?: readonly NamedKey[];
  readonly logKeys?: readonly string[];
  /** The platform's crypto, where it is faster than the portable one. */
  readonly verify?: (key: PublicKey, message: Uint8Array, signature: Uint8Array) => boolean;
}

/** A verdict on a certificate. `claims`: what it says, when every check holds. */
export interface PaperVerdict extends Verdict {
  readonly kind: 'code' | 'pdf';
  readonly status: Status;
  /** Since when the status stands, by the list; RFC 3339. */
  readonly statusAsOf?: string;
  /** When it was issued: it was in force then. */
  readonly issuedAt?: string;
  readonly claims?: JsonObject;
}

/** The parts of a code's text. `proof` is packed. */
export interface CodeParts {
  readonly address: string;
  readonly token: string;
  readonly proof: string | undefined;
}

/** Splits the text of a code: an address, behind its # a token, behind an & the proof; `undefined` for any other text. */
export function splitCode(text: string): CodeParts | undefined {
  const [, address, token, proof] = text.length > CODE_LENGTH_MAX ? [] : /^(https?:\/\/[^\s#]{1,500})#([\w~.-]+)(?:&([\w-]+))?\s*$/.exec(text) ?? [];
  return address === undefined || token === undefined || splitSdJwt(token) === undefined ? undefined : { address, token, proof };
}

/** Verifier keys of the logs that documents name. */
export function logKeysOf(documents: readonly Json[]): string[] {
  const services = documents.filter(isObject).flatMap((document) => itemsOf(document['service'])).filter(isObject);
  return services.flatMap((service) => (service['type'] === 'RegisterLog' && typeof service['verifierKey'] === 'string' ? [service['verifierKey']] : [])).slice(0, LOGS_MAX);
}

/** Judges the text of a code. */
export async function judgeCode({ address, token, proof }: CodeParts, trust: PaperTrust): Promise<PaperVerdict> {
  const parts = splitSdJwt(token);
  if (parts === undefined) return { ...verdictOf('the code', [{ name: 'form', ok: false, detail: 'the code holds no token' }]), kind: 'code', status: 'none' };
  const verdict = await verifySdJwt(parts, { nowMs: trust.nowMs, keys: keysOf(trust), statusLists: trust.statusLists });
  const { claims, status, statusAsOf } = verdict;
  const iat = claims?.['iat'];
  // A token that does not hold says nothing of an address or a statement that could be judged.
  const checks = claims === undefined ? verdict.checks : [...verdict.checks, checkAddress(address, claims), ...checkInclusion(proof === undefined ? undefined : unpackTlogProof(proof) ?? '', claims['leaf'], trust)];
  const said = verdictOf('the code', checks);
  return {
    ...said, kind: 'code', status, ...(statusAsOf === undefined ? {} : { statusAsOf }), ...(typeof iat === 'number' ? { issuedAt: wordsOfTime(iat * 1_000) } : {}), ...(said.verified && claims !== undefined ? { claims } : {}),
  };
}

/** Judges a sealed PDF. One without a certificate of ours in it is judged by its seal alone, which says nothing of a status. */
export async function judgePdf(pdf: Uint8Array, trust: PaperTrust): Promise<PaperVerdict> {
  const read = readPdf(pdf, trust.verify ?? verifyWithKey);
  if ('fault' in read) return { ...verdictOf('the document', [{ name: read.isSigned ? 'seal' : 'sealed', ok: false, detail: read.fault }]), kind: 'pdf', status: 'none' };
  const signer = keysOf(trust).find(({ key }) => key.curve === 'P-256' && read.key.curve === 'P-256' && base64url.encode(key.point) === base64url.encode(read.key.point));
  const checks: Check[] = [{ name: 'seal', ok: true, detail: 'the seal covers the document to its last byte' }, checkSigner(signer, read.signedAt)];
  if (checks.some((check) => !check.ok)) return { ...verdictOf('the document', checks), kind: 'pdf', status: 'none' };
  const files = await filesOfPdf(pdf);
  const [file, entry, proof] = ['certificate.json', 'entry.json', 'entry.tlog-proof'].map((name) => files.get(name));
  if (file === undefined) return { ...verdictOf('the document', [...checks, { name: 'certificate', ok: true, detail: 'there is no certificate in it: its seal alone was judged' }]), kind: 'pdf', status: 'none' };
  const json = readStrictJson(file);
  if (!('value' in json) || !isObject(json.value)) return { ...verdictOf('the document', [...checks, { name: 'json', ok: false, detail: 'the certificate in it cannot be read' }]), kind: 'pdf', status: 'none' };
  return withCredential(json.value, checks, signer?.controller, { entry, proof }, trust);
}

async function withCredential(credential: JsonObject, before: readonly Check[], sealer: string | undefined, files: { readonly entry: Uint8Array | undefined; readonly proof: Uint8Array | undefined }, trust: PaperTrust): Promise<PaperVerdict> {
  const lists = trust.statusLists.map((text): Json => {
    const read = readStrictJson(text);
    return 'value' in read ? read.value : text.slice(0, 40);
  });
  const verdict = await verifyCredential(credential, { nowMs: trust.nowMs, documents: trust.documents, statusLists: lists, ...(trust.verify === undefined ? {} : { verify: trust.verify }) });
  const { status, statusAsOf, controllers } = verdict;
  const isOne = sealer === undefined || controllers.includes(sealer);
  const evidence = itemsOf(credential['evidence']).find(isObject);
  const leaf = evidence?.['leaf'];
  const own = files.entry === undefined ? undefined : base64url.encode(leafHash(files.entry, sha256));
  const checks = [
    ...before, ...verdict.checks, ...(isOne ? [] : [{ name: 'issuer', ok: false, detail: 'who sealed the document is not who issued the certificate in it' }]),
    ...checkInclusion(files.proof === undefined ? undefined : textOf(files.proof) ?? '', own !== undefined && own !== leaf ? '' : leaf, trust),
  ];
  const said = verdictOf('the document', checks);
  const [subject, from] = [credential['credentialSubject'], credential['validFrom']];
  return {
    ...said, kind: 'pdf', status, ...(statusAsOf === undefined ? {} : { statusAsOf }), ...(typeof from === 'string' ? { issuedAt: from.slice(0, 40) } : {}), ...(said.verified && isObject(subject) ? { claims: subject } : {}),
  };
}

function checkAddress(address: string, { vct, code }: JsonObject): Check {
  const ok = typeof vct === 'string' && typeof code === 'string' && address === `${vct}s/${code}`;
  return { name: 'address', ok, detail: ok ? 'the address is that of the certificate' : 'the address leads elsewhere than to the certificate: do not open it' };
}

function keysOf(trust: PaperTrust): readonly NamedKey[] {
  return [...trust.documents.flatMap((document) => keysOfDocument(document, trust.nowMs)), ...(trust.keys ?? [])];
}

/** The key must be one that the reader believes, and must not have ended before it sealed. */
function checkSigner(signer: NamedKey | undefined, signedAt: string | undefined): Check {
  if (signer === undefined) return { name: 'known key', ok: false, detail: 'the key of the seal is none that was given' };
  const at = signedAt === undefined ? Number.NaN : Date.UTC(...parts(signedAt));
  if (signer.expires !== undefined && !(at < signer.expires)) return { name: 'known key', ok: false, detail: `the key ended at ${wordsOfTime(signer.expires)}, before the document was sealed` };
  return { name: 'known key', ok: true, detail: `${(signer.kid ?? 'a given key').slice(0, 200)} sealed it` };
}

/** `20261124100000` as what `Date.UTC` takes. */
function parts(text: string): [number, number, number, number, number, number] {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8), text.slice(8, 10), text.slice(10, 12), text.slice(12, 14)].map(Number);
  return [year, month - 1, day, hour, minute, second];
}

/** The statement stands in the log. Without a proof, or a key of the log, that is told and is no no. */
function checkInclusion(proof: string | undefined, leaf: Json | undefined, trust: PaperTrust): Check[] {
  const keys = [...logKeysOf(trust.documents), ...(trust.logKeys ?? [])];
  if (proof === undefined) return [{ name: 'inclusion', ok: true, detail: 'not judged: it carries no proof of the register log' }];
  if (keys.length === 0) return [{ name: 'inclusion', ok: true, detail: 'not judged: no key of the register log was at hand' }];
  const bytes = typeof leaf === 'string' ? base64url.decode(leaf) : undefined;
  if (bytes?.length !== 32) return [{ name: 'inclusion', ok: false, detail: 'it does not say which statement of the log it stands on' }];
  const verdict = verifyTlogProof(proof, bytes, { keys, hash: sha256 });
  return [{ name: 'inclusion', ok: verdict.verified, detail: verdict.verified ? 'its statement stands in the register log' : verdict.reason }];
}
