/**
 * Seals what names natural persons, in this browser, for the vault alone: a compact JWE (RFC 7516) by
 * ECDH-ES+A256KW and A256GCM under the key that the house shows. Neither the door nor an officer can open it.
 */
import { CompactEncrypt, importJWK } from 'jose';
import { sealedAnswers } from '../src/contract/console.ts';
import { call } from './api.ts';
import type { SealedRows } from './form-answers.ts';

/** Seals answers; throws `Refusal` when the key cannot be had. */
export async function sealAnswers(form: string, about: string, answers: SealedRows): Promise<string> {
  const { kid, kty, crv, x, y, alg } = await call('sealingKey', {});
  const key = await importJWK({ kty, crv, x, y }, alg);
  const plain = sealedAnswers.parse({ v: 1, form, about, answers });
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(plain))).setProtectedHeader({ alg, enc: 'A256GCM', kid }).encrypt(key);
}

/** SHA-256 of a file, in this browser: what a firm keeps is named by it. */
export async function sha256Of(file: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
