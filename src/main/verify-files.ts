/**
 * What `nigran verify` reads from the disk: files within a bound, and the keys of the reader in whatever form they
 * are kept: C2SP verifier keys, one a line; a JWK or a set of them; PEM (a public key or a certificate, whose dates
 * and issuer are not judged: the reader said that he believes it). A key that cannot be read is refused, never
 * passed over.
 */

import { createPublicKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { isObject, keyOfJwk, keyOfPoint, readStrictJson, type PublicKey } from '../proof/credentials.ts';
import { parseVerifierKey } from '../proof/index.ts';
import { Refusal } from '../log/engine/index.ts';
import type { Json } from '../terms/index.ts';

/** Bytes of a file at most; the receipt of the largest filing is a hundredth of it. */
const FILE_BYTES_MAX = 256 * 1024 * 1024;
/** Keys of one file at most. */
const KEYS_MAX = 1_000;
const VERIFIER_KEY = /^[^\s+]+\+[0-9a-f]{8}\+/;

/** Keys that the reader named: of notes and logs as texts, of tokens as points. */
export interface ReadKeys {
  readonly verifiers: readonly string[];
  readonly keys: readonly { readonly key: PublicKey; readonly kid?: string }[];
}

/** Reads keys, each written out or in a file. */
export function readKeys(given: readonly string[]): ReadKeys {
  const read = given.map((each) => (VERIFIER_KEY.test(each) ? keysOfText(each, each) : keysOfText(bytesOf(each).toString('utf8'), each)));
  return { verifiers: read.flatMap((each) => each.verifiers), keys: read.flatMap((each) => each.keys) };
}

function keysOfText(text: string, said: string): ReadKeys {
  if (text.trimStart().startsWith('{')) return { verifiers: [], keys: keysOfJson(text, said) };
  if (text.includes('-----BEGIN ')) return { verifiers: [], keys: [{ key: keyOfPem(text, said) }] };
  const verifiers = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  if (verifiers.length > KEYS_MAX) throw unreadable(said);
  const keys = verifiers.map((line) => {
    const key = parseVerifierKey(line);
    const point = key === undefined ? undefined : keyOfPoint('Ed25519', key.publicKey);
    if (key === undefined || point === undefined) throw new Refusal(`"${line.slice(0, 80)}" is no verifier key`, 'a verifier key is NAME+HASH+KEY, as the authority publishes it; other keys are given as a file with a JWK or PEM');
    return { key: point, kid: key.name };
  });
  return { verifiers, keys };
}

function keysOfJson(text: string, said: string): ReadKeys['keys'] {
  const json = jsonOf(text, said);
  const list = isObject(json) && Array.isArray(json['keys']) ? json['keys'] : [json];
  if (list.length === 0 || list.length > KEYS_MAX) throw unreadable(said);
  return list.map((jwk) => {
    const key = keyOfJwk(jwk);
    if (key === undefined) throw unreadable(said);
    return { key, ...(isObject(jwk) && typeof jwk['kid'] === 'string' ? { kid: jwk['kid'] } : {}) };
  });
}

function keyOfPem(text: string, said: string): PublicKey {
  try {
    const exported: Json = JSON.parse(JSON.stringify(createPublicKey(text).export({ format: 'jwk' })));
    const key = keyOfJwk(exported);
    if (key !== undefined) return key;
  } catch (error) {
    throw unreadable(said, error);
  }
  throw unreadable(said);
}

function unreadable(said: string, cause?: unknown): Refusal {
  return new Refusal(`${said.slice(0, 200)} holds no public key that can be read`, 'give a verifier key, a JWK or JWKS without private parts, or PEM: Ed25519, P-256, P-384, P-521 or RSA from 2,048 bits', cause);
}

/** A file of JSON that the reader hands over beside what is verified. */
export function readJson(path: string): Json {
  return jsonOf(bytesOf(path), path);
}

function jsonOf(text: string | Uint8Array, said: string): Json {
  const read = readStrictJson(text);
  if ('value' in read) return read.value;
  throw new Refusal(`${said.slice(0, 200)} cannot be read: ${read.fault}`, 'name a file that holds one JSON document');
}

/** What lies at a path. */
export function statOf(path: string): { isDirectory(): boolean; readonly size: number } {
  try {
    return statSync(path);
  } catch (error) {
    throw new Refusal(`${path} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'no file'})`, 'name a file or a directory that is there', error);
  }
}

/** Bytes of a file, within the bound. */
export function bytesOf(path: string): Buffer {
  const { size } = statOf(path);
  if (size > FILE_BYTES_MAX) throw new Refusal(`${path} has ${size} bytes, more than any thing that is verified here`, `name a file of at most ${FILE_BYTES_MAX} bytes`);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Refusal(`${path} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'no file'})`, 'name a file', error);
  }
}
