/**
 * Sealed identities do not stay in what intake keeps: a line is stored with the SHA-256 of its compact
 * JWE in the JWE's place, so that erasing a person needs nothing but the vault.
 */

import { createHash } from 'node:crypto';

const SEALED = /("identity"\s*:\s*)"([^"\\]{20,32768})"/g;

/** A line with its sealed identity replaced by `{"sha256":…}` of the compact JWE. */
export function withoutIdentity(text: string): string {
  if (!text.includes('"identity"')) return text;
  return text.replace(SEALED, (_all, head: string, jwe: string) => `${head}{"sha256":"${createHash('sha256').update(jwe).digest('hex')}"}`);
}
