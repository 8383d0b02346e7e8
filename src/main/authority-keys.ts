/** Verifier keys of firms' trees: one key signs them all, each under the name of its own tree. */

import { parseVerifierKey, verifierKey } from '../proof/index.ts';
import { assert } from '../terms/index.ts';

/** The verifier key of a firm's tree, from the key that is named `<authority>/firm`. */
export function verifierKeyFor(firms: string, firm: string): string {
  const key = parseVerifierKey(firms);
  assert(key !== undefined, 'an installation holds verifier keys that can be read');
  return verifierKey(`${key.name}/${firm}`, key.publicKey);
}
