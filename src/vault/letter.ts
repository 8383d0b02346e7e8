/**
 * Sealing a person's words for the vault, outside its process: whoever seals cannot open, and what is sealed here is
 * no identity, so that nobody opens an identity under the name of a letter.
 */

import { CompactEncrypt, importJWK } from 'jose';
import { LETTER_TYPE, type IdentityKey } from './keys.ts';

/** Bytes of words at most. */
export const LETTER_BYTES_MAX = 64 * 1024;

/** Words sealed for the vault's key (compact JWE, ECDH-ES+A256KW, A256GCM). Throws when they are longer than 64 KiB. */
export async function sealLetter(key: IdentityKey, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > LETTER_BYTES_MAX) throw new Error(`a letter has at most ${LETTER_BYTES_MAX} bytes`);
  return new CompactEncrypt(bytes).setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: key.kid, typ: LETTER_TYPE }).encrypt(await importJWK({ ...key }, key.alg));
}
