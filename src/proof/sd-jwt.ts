/**
 * SD-JWT (RFC 9901) and SD-JWT VC: a token whose claims are hidden behind hashes, the disclosures that open some of
 * them, and perhaps a token by which the holder binds a presentation to himself. Verified as §7 says, with a key
 * that the reader has: every disclosure must open exactly one hash, a hash may stand once, a disclosed name may not
 * hide another; hashes that nothing opens are decoys or stay hidden. Where the token names the holder's key (`cnf`),
 * a binding that is there must verify; one that is asked for must be there.
 */

import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { Json } from '../terms/index.ts';
import { textOf, utf8 } from './bytes.ts';
import { verdictOf, type Check, type Verdict } from './check.ts';
import { checkJwtSignature, checkJwtTimes, parseJwt, type Jwt, type NamedKey } from './jwt.ts';
import { base64url } from './multibase.ts';
import { keyOfJwk } from './public-key.ts';
import { isList, isObject, JSON_LENGTH_MAX, strictJson, type JsonObject } from './strict-json.ts';
import { tokenStatus } from './token-status.ts';

/** Disclosures of one token at most. */
const DISCLOSURES_MAX = 2_000;
const HASHES: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = { 'sha-256': sha256, 'sha-384': sha384, 'sha-512': sha512 };
const VC_TYPES: readonly (string | undefined)[] = ['dc+sd-jwt', 'vc+sd-jwt'];

/** What the reader knows and asks for. */
export interface SdJwtTrust {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** The issuer's keys. */
  readonly keys: readonly NamedKey[];
  /** Audience and nonce that the holder's binding must name. */
  readonly audience?: string;
  readonly nonce?: string;
  /** Status list tokens that the reader was handed, as texts. */
  readonly statusLists?: readonly string[];
}

/** A verdict, and the claims as far as they are disclosed; no claims unless every check holds. */
export interface SdJwtVerdict extends Verdict {
  readonly kind: 'sd-jwt' | 'sd-jwt-vc';
  readonly claims?: JsonObject;
  readonly status: 'none' | 'unknown' | 'valid' | 'revoked' | 'suspended' | 'other';
  /** Since when the status stands, by the list. */
  readonly statusAsOf?: string;
}

/** The parts of a token, nothing verified. */
export interface SdJwtParts {
  readonly token: string;
  readonly disclosures: readonly string[];
  readonly binding?: string;
}

/** Splits the compact form `token~disclosure~…~` or `…~binding`; `undefined` when the text has not that form. */
export function splitSdJwt(text: string): SdJwtParts | undefined {
  const [token = '', ...rest] = text.trim().split('~');
  const binding = rest.pop();
  if (text.length > JSON_LENGTH_MAX || binding === undefined || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) || rest.some((each) => !/^[\w-]+$/.test(each))) return undefined;
  return { token, disclosures: rest, ...(binding === '' ? {} : { binding }) };
}

/** The same parts of a token in flattened JSON (RFC 9901 §8). */
export function partsOfJson(json: Json | undefined): SdJwtParts | undefined {
  if (!isObject(json) || !isObject(json['header'])) return undefined;
  const { payload, protected: head, signature, header } = json;
  const { disclosures, kb_jwt: binding } = header;
  const texts = [head, payload, signature];
  if (!texts.every((each) => typeof each === 'string') || !isList(disclosures) || !disclosures.every((each) => typeof each === 'string')) return undefined;
  return { token: texts.join('.'), disclosures, ...(typeof binding === 'string' ? { binding } : {}) };
}

/** Verifies a token. Nothing is thrown. */
export async function verifySdJwt(parts: SdJwtParts, trust: SdJwtTrust): Promise<SdJwtVerdict> {
  const jwt = parseJwt(parts.token);
  if (jwt === undefined) return { ...verdictOf('the token', [{ name: 'form', ok: false, detail: 'the issuer\'s part is no signed token' }]), kind: 'sd-jwt', status: 'none' };
  const isCredential = VC_TYPES.includes(typeof jwt.header['typ'] === 'string' ? jwt.header['typ'].replace(/^application\//, '') : undefined);
  const opened = openDisclosures(jwt.payload, parts.disclosures);
  const claims = 'claims' in opened ? opened.claims : undefined;
  const checks: Check[] = [await checkJwtSignature(jwt, trust.keys), { name: 'disclosures', ok: claims !== undefined, detail: 'fault' in opened ? opened.fault : `${parts.disclosures.length} disclosures open as many of the signed hashes` }];
  if (isCredential) checks.push(checkType(jwt, claims));
  checks.push(...checkJwtTimes(claims ?? jwt.payload, trust.nowMs), ...await checkBinding(parts, claims ?? jwt.payload, trust));
  const found = await tokenStatus(claims ?? jwt.payload, trust);
  const verdict = verdictOf('the token', [...checks, ...found.checks]);
  return { ...verdict, kind: isCredential ? 'sd-jwt-vc' : 'sd-jwt', status: found.status, ...(found.asOf === undefined ? {} : { statusAsOf: found.asOf }), ...(verdict.verified && claims !== undefined ? { claims } : {}) };
}

/** A credential names its type, and what says whose it is and how long it holds stands open. Source: SD-JWT VC, "Registered JWT Claims". */
function checkType(jwt: Jwt, claims: JsonObject | undefined): Check {
  const hidden = ['iss', 'nbf', 'exp', 'cnf', 'vct', 'status'].filter((name) => claims !== undefined && name in claims && !(name in jwt.payload));
  const vct = jwt.payload['vct'];
  if (hidden.length > 0) return { name: 'type', ok: false, detail: `${hidden.join(', ')} must not be hidden behind a disclosure` };
  return { name: 'type', ok: typeof vct === 'string' && vct !== '', detail: typeof vct === 'string' ? `a credential of the type ${vct.slice(0, 200)}` : 'the credential names no type (vct)' };
}

interface Disclosure {
  readonly name?: string;
  readonly value: Json;
}

/** State of one opening: what is still closed, and the hashes that were met. */
interface Opening {
  readonly closed: Map<string, Disclosure>;
  readonly met: Set<string>;
}

/** A fault of the disclosures; it never leaves this file. */
class Undisclosed extends Error {}

function openDisclosures(payload: JsonObject, disclosures: readonly string[]): { claims: JsonObject } | { fault: string } {
  const algorithm = payload['_sd_alg'] ?? 'sha-256';
  const hash = typeof algorithm === 'string' && Object.hasOwn(HASHES, algorithm) ? HASHES[algorithm] : undefined;
  if (hash === undefined) return { fault: `the hash ${String(algorithm).slice(0, 40)} is not known here` };
  if (disclosures.length > DISCLOSURES_MAX) return { fault: `a token has at most ${DISCLOSURES_MAX} disclosures` };
  try {
    const opening: Opening = { closed: new Map(), met: new Set() };
    for (const text of disclosures) {
      const digest = base64url.encode(hash(utf8(text)));
      if (opening.closed.has(digest)) throw new Undisclosed('a disclosure stands twice');
      opening.closed.set(digest, readDisclosure(text));
    }
    const { _sd_alg: _algorithm, ...rest } = payload;
    const claims = openObject(rest, opening);
    if (opening.closed.size > 0) throw new Undisclosed(`${opening.closed.size} disclosures open no hash of the token`);
    return { claims };
  } catch (error) {
    if (error instanceof Undisclosed) return { fault: error.message };
    throw error;
  }
}

function readDisclosure(text: string): Disclosure {
  const bytes = base64url.decode(text);
  const json = bytes === undefined ? undefined : textOf(bytes);
  const read = json === undefined ? undefined : strictJson(json);
  if (!isList(read) || (read.length !== 2 && read.length !== 3) || typeof read[0] !== 'string') throw new Undisclosed('a disclosure is no list of salt, name and value');
  const [, second = null, third = null] = read;
  if (read.length === 2) return { value: second };
  if (typeof second !== 'string' || second === '_sd' || second === '...') throw new Undisclosed('a disclosure names no claim');
  return { name: second, value: third };
}

function take(digest: Json | undefined, opening: Opening): Disclosure | undefined {
  if (typeof digest !== 'string') throw new Undisclosed('a hash of the token is no text');
  if (opening.met.has(digest)) throw new Undisclosed('a hash stands twice in the token');
  opening.met.add(digest);
  const found = opening.closed.get(digest);
  opening.closed.delete(digest);
  return found;
}

function openValue(value: Json, opening: Opening): Json {
  if (isList(value)) return value.flatMap((each) => openItem(each, opening));
  return isObject(value) ? openObject(value, opening) : value;
}

function openItem(item: Json, opening: Opening): readonly Json[] {
  if (!isObject(item) || !('...' in item)) return [openValue(item, opening)];
  if (Object.keys(item).length !== 1) throw new Undisclosed('a hidden item of a list holds more than its hash');
  const found = take(item['...'], opening);
  if (found === undefined) return [];
  if (found.name !== undefined) throw new Undisclosed('an item of a list has a disclosure with a name');
  return [openValue(found.value, opening)];
}

function openObject(given: JsonObject, opening: Opening): JsonObject {
  const { _sd: digests, ...rest } = given;
  if ('...' in rest) throw new Undisclosed('a hash of a list stands in an object');
  if (digests !== undefined && !isList(digests)) throw new Undisclosed('_sd is no list');
  const members = new Map<string, Json>();
  for (const [name, value] of Object.entries(rest)) members.set(name, openValue(value ?? null, opening));
  for (const digest of digests ?? []) {
    const found = take(digest, opening);
    if (found === undefined) continue;
    if (found.name === undefined) throw new Undisclosed('a claim has a disclosure without a name');
    if (members.has(found.name)) throw new Undisclosed(`the claim ${found.name.slice(0, 60)} stands there already`);
    members.set(found.name, openValue(found.value, opening));
  }
  return Object.fromEntries(members);
}

/** The holder's binding. Source: RFC 9901 §4.3, §7.3. */
async function checkBinding(parts: SdJwtParts, claims: JsonObject, trust: SdJwtTrust): Promise<Check[]> {
  const isAsked = trust.audience !== undefined || trust.nonce !== undefined;
  if (parts.binding === undefined) return isAsked ? [{ name: 'holder binding', ok: false, detail: 'the holder has bound the presentation to nobody, though it was asked for' }] : [];
  const no = (detail: string): Check[] => [{ name: 'holder binding', ok: false, detail }];
  const jwt = parseJwt(parts.binding);
  const key = isObject(claims['cnf']) ? keyOfJwk(claims['cnf']['jwk']) : undefined;
  if (jwt === undefined || jwt.header['typ'] !== 'kb+jwt') return no('the last part is no token of a holder (kb+jwt)');
  if (key === undefined) return no('the token names no holder\'s key that is known here (cnf)');
  const presented = `${[parts.token, ...parts.disclosures].join('~')}~`;
  const { iat, aud, nonce, sd_hash: sdHash } = jwt.payload;
  const signed = await checkJwtSignature(jwt, [{ key }]);
  if (!signed.ok) return no('the holder\'s key did not sign the binding');
  if (sdHash !== base64url.encode(hashOf(parts.token)(utf8(presented)))) return no('the binding is of another presentation');
  if (typeof iat !== 'number' || typeof aud !== 'string' || typeof nonce !== 'string') return no('the binding names no time, audience and nonce');
  const times = checkJwtTimes(jwt.payload, trust.nowMs).find((check) => !check.ok);
  if (times !== undefined) return no(times.detail);
  if (trust.audience !== undefined && aud !== trust.audience) return no(`the binding is for ${aud.slice(0, 100)}`);
  if (trust.nonce !== undefined && nonce !== trust.nonce) return no('the binding answers another nonce');
  return [{ name: 'holder binding', ok: true, detail: `the holder bound it to ${aud.slice(0, 100)}${isAsked ? '' : '; nobody here asked for that'}` }];
}

/** `_sd_alg` is taken out of the claims, so the hash of a presentation is asked of the token itself. */
function hashOf(token: string): (bytes: Uint8Array) => Uint8Array {
  const algorithm = parseJwt(token)?.payload['_sd_alg'];
  return (typeof algorithm === 'string' && Object.hasOwn(HASHES, algorithm) ? HASHES[algorithm] : undefined) ?? sha256;
}
