/**
 * Content-Digest (RFC 9530): the hash of a body as it is sent, in a header that a signature can cover. Of
 * the registered algorithms only sha-256 and sha-512 are believed; the insecure ones are passed over, as §5
 * asks. Refuses a header in which a believed digest is wrong, stands twice, or is not there at all.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { base64, equalBytes } from './bytes.ts';

/** Algorithms that are believed, as RFC 9530 §7.2 names them. */
export type DigestAlgorithm = 'sha-256' | 'sha-512';

/** Characters of the header at most: both digests take 153. */
const HEADER_LENGTH_MAX = 1_024;

/** `sha-256=:…:` of a body. Source: RFC 9530 §2. A server passes its platform's hash. */
export function contentDigest(body: Uint8Array, hash: (bytes: Uint8Array) => Uint8Array = sha256): string {
  return `sha-256=:${base64.encode(hash(body))}:`;
}

/** Does the header hold for the body whose digests `digestOf` gives? It is asked only for algorithms that the header names. */
export function contentDigestMatches(header: string, digestOf: (algorithm: DigestAlgorithm) => Uint8Array): boolean {
  if (header.length > HEADER_LENGTH_MAX) return false;
  const believed = new Set<string>();
  for (const member of header.split(',')) {
    const [, name = '', encoded = ''] = /^[ \t]*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):[ \t]*$/.exec(member) ?? [];
    if (name === '') return false;
    if (name !== 'sha-256' && name !== 'sha-512') continue;
    if (believed.has(name) || !equalBytes(base64.decode(encoded) ?? new Uint8Array(0), digestOf(name))) return false;
    believed.add(name);
  }
  return believed.size > 0;
}
