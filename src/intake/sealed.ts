/**
 * Sealed identities do not stay in what intake keeps: a line is stored with the SHA-256 of its compact
 * JWE in the JWE's place, so that erasing a person needs nothing but the vault. JSON may write a key in
 * many ways (`"\u0069dentity"` is `"identity"`), so a line that could hold one is parsed and not searched;
 * only what is no JSON, and so was never read as an event, is searched as text.
 */

import { createHash } from 'node:crypto';

const SEALED = /("identity"\s*:\s*)"([^"\\]{20,32768})"/g;

/** Could a line hold a sealed identity? False is certain. */
export function mayHoldIdentity(text: string): boolean {
  return text.includes('"identity"') || text.includes('\\u');
}

/** A line with each sealed identity, at any depth, replaced by `{"sha256":…}` of the compact JWE. */
export function withoutIdentity(text: string): string {
  if (!mayHoldIdentity(text)) return text;
  let isChanged = false;
  const replace = (key: string, value: unknown): unknown => {
    if (key !== 'identity' || typeof value !== 'string') return value;
    isChanged = true;
    return hashed(value);
  };
  try {
    const value: unknown = JSON.parse(text, replace);
    return isChanged ? JSON.stringify(value) : text;
  } catch {
    return text.replace(SEALED, (_all, head: string, jwe: string) => `${head}${JSON.stringify(hashed(jwe))}`);
  }
}

function hashed(jwe: string): { readonly sha256: string } {
  return { sha256: createHash('sha256').update(jwe).digest('hex') };
}
