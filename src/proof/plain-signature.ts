/**
 * The signature base (RFC 9421 §2.5) of a request that is signed in the plainest way: our five components in our
 * order, the parameters as our client writes them, and values of printable ASCII. Such a request needs no structured
 * fields to be parsed, and nearly every one is such. What is written in any other way is none of this file's: it
 * gives `undefined`, and the library reads it. A test holds the two together.
 */

import { utf8 } from './bytes.ts';

/** What a filing's signature covers, in the order in which we sign it. */
export const COVERED_COMPONENTS = ['@method', '@target-uri', 'content-type', 'content-digest', 'idempotency-key'] as const;

const COMPONENTS = `(${COVERED_COMPONENTS.map((name) => `"${name}"`).join(' ')})`;
/** Parameters in our order; strings without what would have to be escaped, numbers as they are serialised (RFC 8941 §4.1). */
const PARAMETERS = /^;created=([1-9]\d{0,14});nonce="([A-Za-z0-9_.~+/=:-]{8,128})";keyid="([A-Za-z0-9_.~+/=:-]{1,256})";alg="(ecdsa-p256-sha256|ed25519)"$/;
const LABEL = /^([a-z*][a-z0-9_.*-]{0,63})=/;
/** Values that stand in a base as they are: no space at an end, nothing but printable ASCII. */
const VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const METHOD = /^[A-Z]{1,16}$/;
/** An address with a host that needs no normalisation, and without a fragment. */
const TARGET = /^https?:\/\/[a-z0-9.-]{1,255}(?::\d{1,4}|:[1-5]\d{4})?\/[\x21\x22\x24-\x7e]*$/;

/** A request as far as a signature covers it; header names are lower case. */
interface Covered {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a plain signature says, unverified. */
export interface PlainSignature {
  readonly base: Uint8Array;
  readonly keyid: string;
  readonly nonce: string;
  readonly created: number;
  readonly algorithm: 'ecdsa-p256-sha256' | 'ed25519';
}

/** Reads `Signature-Input` against the label of the signature; `undefined` when it is not plain. */
export function readPlain(request: Covered, input: string, signatureLabel: string): PlainSignature | undefined {
  const label = LABEL.exec(input)?.[1];
  if (label === undefined || label !== signatureLabel) return undefined;
  const parameters = input.slice(label.length + 1);
  if (!parameters.startsWith(COMPONENTS)) return undefined;
  const [, created = '', nonce = '', keyid = '', algorithm = ''] = PARAMETERS.exec(parameters.slice(COMPONENTS.length)) ?? [];
  const base = created === '' ? undefined : plainBase(request, parameters);
  return base === undefined ? undefined : { base, keyid, nonce, created: Number(created), algorithm: algorithm === 'ed25519' ? 'ed25519' : 'ecdsa-p256-sha256' };
}

/** Parameters as a plain signature states them; `undefined` when they cannot be stated so. */
export function plainParameters({ created, nonce, keyid, algorithm }: Omit<PlainSignature, 'base'>): string | undefined {
  const text = `;created=${created};nonce="${nonce}";keyid="${keyid}";alg="${algorithm}"`;
  return PARAMETERS.test(text) ? `${COMPONENTS}${text}` : undefined;
}

/** The bytes that are signed; `undefined` when a value is not plain. `parameters`: what stands after the label. */
export function plainBase({ method, target, headers }: Covered, parameters: string): Uint8Array | undefined {
  const { 'content-type': type = '', 'content-digest': digest = '', 'idempotency-key': key = '' } = headers;
  if (!METHOD.test(method) || !TARGET.test(target) || !VALUE.test(type) || !VALUE.test(digest) || !VALUE.test(key)) return undefined;
  return utf8(`"@method": ${method}\n"@target-uri": ${target}\n"content-type": ${type}\n"content-digest": ${digest}\n"idempotency-key": ${key}\n"@signature-params": ${parameters}`);
}
