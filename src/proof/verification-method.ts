/**
 * Which key a proof names, and whether that key may say what the proof says. `did:key` names its key by itself; any
 * other identifier (`did:web`, or a controlled identifier) is believed only as a document that the reader handed
 * over, whose `id` is the very identifier and which lists the method under the purpose of the proof. Nothing is
 * fetched here. Refuses a document of another subject, a method whose controller is not that subject, a method
 * that stands there twice, and one that holds a private key. Source: Controlled Identifiers 1.0, "Retrieve
 * Verification Method"; did:key; did:web.
 */

import type { Json } from '../terms/index.ts';
import { timeAt } from './date-time.ts';
import { keyOfJwk, keyOfMultibase, type PublicKey } from './public-key.ts';
import { isObject, itemsOf, type JsonObject } from './strict-json.ts';

/** Verification methods of a document at most; a rotated key a week for ten years is half of it. */
const METHODS_MAX = 1_000;
/** Characters of an identifier at most. */
const ID_LENGTH_MAX = 2_048;

/** A key that may be used for the purpose, and whose it is. Times of its end, in milliseconds, where the document tells one. */
export interface Method {
  readonly key: PublicKey;
  readonly controller: string;
  readonly expires?: number;
  readonly revoked?: number;
}

/** A method, or in words why there is none. `isMissing`: only a document is lacking. */
export type MethodFound = { readonly method: Method } | { readonly fault: string; readonly isMissing?: true };

/** Finds the verification method `id` for a purpose among the documents that the reader handed over. */
export function findMethod(id: string, purpose: string, documents: readonly Json[]): MethodFound {
  const hash = id.indexOf('#');
  if (id.length > ID_LENGTH_MAX || hash < 1 || id.includes('#', hash + 1)) return { fault: `"${id.slice(0, 120)}" names no verification method` };
  const subject = id.slice(0, hash);
  return subject.startsWith('did:key:') ? methodOfDidKey(subject, id.slice(hash + 1)) : methodOfDocument(id, subject, purpose, documents);
}

/** Every key that a document lists for statements, by its identifier: what a token's `kid` may name. Keys that were revoked by `nowMs` are left out. */
export function keysOfDocument(document: Json, nowMs: number): { readonly key: PublicKey; readonly kid: string; readonly controller: string; readonly expires?: number }[] {
  if (!isObject(document) || typeof document['id'] !== 'string') return [];
  const subject = document['id'];
  const ids = itemsOf(document['assertionMethod']).flatMap((each) => absolute(isObject(each) ? each['id'] : each, subject) ?? []);
  return ids.slice(0, METHODS_MAX).flatMap((kid) => {
    const found = findMethod(kid, 'assertionMethod', [document]);
    if (!('method' in found) || (found.method.revoked ?? Infinity) <= nowMs) return [];
    const { key, expires } = found.method;
    return [{ key, kid, controller: subject, ...(expires === undefined ? {} : { expires }) }];
  });
}

function methodOfDidKey(subject: string, fragment: string): MethodFound {
  const text = subject.slice('did:key:'.length);
  if (text !== fragment) return { fault: 'a did:key has one key, and the fragment names another' };
  const key = text.startsWith('z') ? keyOfMultibase(text) : undefined;
  return key === undefined ? { fault: `${subject.slice(0, 120)} holds no key that is known here` } : { method: { key, controller: subject } };
}

function methodOfDocument(id: string, subject: string, purpose: string, documents: readonly Json[]): MethodFound {
  const document = documents.filter(isObject).find((each) => each['id'] === subject);
  if (document === undefined) {
    const others = documents.filter(isObject).map((each) => String(each['id']).slice(0, 80));
    return { fault: others.length === 0 ? `the key is in the document of ${subject.slice(0, 120)}, which was not handed over` : `the document that was handed over is that of ${others.join(', ')}, not of ${subject.slice(0, 120)}`, isMissing: true };
  }
  const listed = itemsOf(document['verificationMethod']);
  const embedded = itemsOf(document[purpose]).filter(isObject);
  if (listed.length + embedded.length > METHODS_MAX) return { fault: `a document names at most ${METHODS_MAX} verification methods` };
  const named = [...listed, ...embedded].filter(isObject).filter((each) => absolute(each['id'], subject) === id);
  const [found] = named;
  if (found === undefined) return { fault: `the document of ${subject.slice(0, 120)} has no verification method ${id.slice(0, 200)}` };
  if (named.length > 1) return { fault: `the document names ${id.slice(0, 200)} more than once` };
  const isAllowed = itemsOf(document[purpose]).some((each) => absolute(isObject(each) ? each['id'] : each, subject) === id);
  if (!isAllowed) return { fault: `the document does not list ${id.slice(0, 200)} under ${purpose}` };
  if (found['controller'] !== subject) return { fault: 'the controller of the verification method is not the subject of the document' };
  return methodOf(found, subject);
}

/** A relative identifier belongs to its document. Source: DID Core §5.2.1. */
function absolute(id: Json | undefined, subject: string): string | undefined {
  if (typeof id !== 'string') return undefined;
  return id.startsWith('#') ? subject + id : id;
}

function methodOf(found: JsonObject, controller: string): MethodFound {
  const isSecret = Object.keys(found).some((name) => name.startsWith('secretKey') || name.startsWith('privateKey'));
  if (isSecret) return { fault: 'the verification method holds a private key, which anyone may have used since' };
  const { publicKeyMultibase: text, publicKeyJwk: jwk } = found;
  if ((text === undefined) === (jwk === undefined)) return { fault: 'the verification method holds not exactly one public key' };
  const key = typeof text === 'string' ? keyOfMultibase(text) : keyOfJwk(jwk);
  if (key === undefined) return { fault: 'the verification method holds no public key that is known here' };
  const [expires, revoked] = [timeAt(found, 'expires'), timeAt(found, 'revoked')];
  if (expires === null || revoked === null) return { fault: 'the verification method ends at a time that cannot be read' };
  return { method: { key, controller, ...(expires === undefined ? {} : { expires }), ...(revoked === undefined ? {} : { revoked }) } };
}
