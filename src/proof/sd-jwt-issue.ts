/**
 * Issuing tokens: signed JWTs (RFC 7515), SD-JWT with disclosures (RFC 9901), and Token Status Lists. What is hidden is
 * hidden behind a salt of 128 random bits each, which the caller draws; hashes are sorted, so their order tells nothing
 * of the claims. The key's own algorithm signs.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import type { Json } from '../terms/index.ts';
import { utf8 } from './bytes.ts';
import { base64url } from './multibase.ts';
import type { Signer } from './signer.ts';
import { packBits } from './status-list.ts';
import type { JsonObject } from './strict-json.ts';

/** Bytes of a salt. Source: RFC 9901 §9.3. */
const SALT_BYTES = 16;

/** A compact JWT. `header` without its algorithm, which is the signer's. */
export async function issueJwt(header: JsonObject, payload: JsonObject, signer: Signer): Promise<string> {
  const alg = signer.algorithm === 'Ed25519' ? 'EdDSA' : 'ES256';
  const signed = `${textOf({ ...header, alg })}.${textOf(payload)}`;
  return `${signed}.${base64url.encode(await signer.sign(utf8(signed)))}`;
}

/** An SD-JWT in compact form with every disclosure. `open` claims stand in the token, `hidden` ones behind hashes. */
export async function issueSdJwt(header: JsonObject, open: JsonObject, hidden: JsonObject, signer: Signer, random: (length: number) => Uint8Array): Promise<string> {
  const disclosures = Object.entries(hidden).map(([name, value]) => textOf([base64url.encode(random(SALT_BYTES)), name, value ?? null]));
  const digests = disclosures.map((text) => base64url.encode(sha256(utf8(text)))).toSorted((a, b) => (a < b ? -1 : 1));
  const token = await issueJwt(header, { ...open, ...(digests.length === 0 ? {} : { _sd: digests, _sd_alg: 'sha-256' }) }, signer);
  return `${[token, ...disclosures].join('~')}~`;
}

/** A Token Status List of one bit an entry. `sub`: the address under which tokens name it; times in seconds. */
export async function issueStatusToken(bits: Uint8Array, terms: { readonly sub: string; readonly iat: number; readonly exp: number; readonly ttl: number }, kid: string, signer: Signer): Promise<string> {
  return issueJwt({ typ: 'statuslist+jwt', kid }, { ...terms, status_list: { bits: 1, lst: base64url.encode(await packBits(bits, 'deflate')) } }, signer);
}

const textOf = (value: Json): string => base64url.encode(utf8(JSON.stringify(value)));
