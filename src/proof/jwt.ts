/**
 * Signed JSON Web Tokens in compact form (RFC 7515, 7519), as SD-JWT and status list tokens are made of: header,
 * payload and signature, read strictly, verified by a key that the reader has. The token never brings its own key:
 * `jwk`, `jku`, `x5c` in a header are passed over. Refuses `none`, HMACs, an algorithm that is not the key's own,
 * critical extensions (`crit`), and numbers of time that are no numbers.
 */

import { textOf, utf8 } from './bytes.ts';
import type { Check } from './check.ts';
import { CLOCK_SKEW_MS } from './data-integrity.ts';
import { wordsOfTime } from './date-time.ts';
import { base64url } from './multibase.ts';
import { verifyJose, type PublicKey } from './public-key.ts';
import { isObject, strictJson, type JsonObject } from './strict-json.ts';

/** A key of the reader, with the name that a token's `kid` may give it. */
export interface NamedKey {
  readonly key: PublicKey;
  readonly kid?: string;
  /** The DID in whose document the key stands: the key speaks for nobody else. */
  readonly controller?: string;
  /** Milliseconds at which the key was rotated out: it stands behind what was issued before. */
  readonly expires?: number;
}

/** A token as it was read; nothing of it is verified. */
export interface Jwt {
  readonly header: JsonObject;
  readonly payload: JsonObject;
  /** What was signed. */
  readonly signed: string;
  readonly signature: Uint8Array;
}

/** Reads a compact token; `undefined` when the text is none. */
export function parseJwt(text: string): Jwt | undefined {
  const [head = '', body = '', tail = '', ...more] = text.split('.');
  const [header, payload] = [head, body].map((part) => {
    const bytes = base64url.decode(part);
    const json = bytes === undefined ? undefined : textOf(bytes);
    return json === undefined ? undefined : strictJson(json);
  });
  const signature = base64url.decode(tail);
  if (more.length > 0 || !isObject(header) || !isObject(payload) || signature === undefined || signature.length === 0) return undefined;
  return { header, payload, signed: `${head}.${body}`, signature };
}

/** Does one of the keys verify the token? Keys that bear the token's `kid` are tried before, and instead of, the others. */
export async function checkJwtSignature(jwt: Jwt, keys: readonly NamedKey[]): Promise<Check> {
  const { alg, kid, crit } = jwt.header;
  if (typeof alg !== 'string' || crit !== undefined) return { name: 'signature', ok: false, detail: crit === undefined ? 'the header names no algorithm' : 'the header asks for extensions that are not known here (crit)' };
  if (keys.length === 0) return { name: 'key', ok: false, detail: 'there is no key to verify the token with' };
  const named = keys.filter((each) => kid !== undefined && each.kid === kid);
  for (const { key, controller, expires } of named.length > 0 ? named : keys) {
    if (!(await verifyJose(alg, key, utf8(jwt.signed), jwt.signature))) continue;
    const { iss, iat } = jwt.payload;
    if (expires !== undefined && !(typeof iat === 'number' && iat * 1000 < expires)) return { name: 'key', ok: false, detail: `the key ended at ${wordsOfTime(expires)}, before the token was issued` };
    if (controller !== undefined && iss !== controller) return { name: 'issuer', ok: false, detail: `a key of ${controller.slice(0, 200)} signed it, but it says that ${String(iss).slice(0, 200)} issued it` };
    return { name: 'signature', ok: true, detail: `a given key signed it with ${alg}` };
  }
  return { name: 'signature', ok: false, detail: `no given key signed it with ${alg.slice(0, 40)}` };
}

/** `exp`, `nbf` and `iat`, in seconds. Source: RFC 7519 §4.1. */
export function checkJwtTimes(payload: JsonObject, nowMs: number): Check[] {
  const times = { exp: payload['exp'], nbf: payload['nbf'], iat: payload['iat'] };
  const wrong = Object.entries(times).find(([, value]) => value !== undefined && (typeof value !== 'number' || Math.abs(value) > 8.64e12));
  if (wrong !== undefined) return [{ name: 'validity', ok: false, detail: `${wrong[0]} is no time` }];
  const at = (value: unknown): number | undefined => (typeof value === 'number' ? value * 1000 : undefined);
  const [exp, nbf, iat] = [at(times.exp), at(times.nbf), at(times.iat)];
  if (nbf !== undefined && nbf > nowMs + CLOCK_SKEW_MS) return [{ name: 'validity', ok: false, detail: `it holds from ${wordsOfTime(nbf)} on, which is still to come` }];
  if (iat !== undefined && iat > nowMs + CLOCK_SKEW_MS) return [{ name: 'validity', ok: false, detail: `it says that it was issued at ${wordsOfTime(iat)}, which is still to come` }];
  if (exp !== undefined && exp <= nowMs) return [{ name: 'expiry', ok: false, detail: `it held until ${wordsOfTime(exp)}: ask its issuer again` }];
  return [{ name: 'validity', ok: true, detail: exp === undefined ? 'it names no end' : `it holds until ${wordsOfTime(exp)}` }];
}
