/**
 * A firm's receipt: what it sent, how each record ended, and the proof that this is a leaf of the firm's own
 * tree. It shows nothing of any other firm. The firm keeps it and can prove it against any later head of its
 * tree; the head is an entry of the ledger, so nobody can give two firms, or one firm twice, another past.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { openCheckpoint } from './checkpoint.ts';
import { leafHash, verifyInclusion } from './merkle.ts';
import { parseVerifierKey } from './note.ts';

/** The receipt as JSON. Hashes are hex, `checkpoint` is a signed note, `commitment` the canonical JSON of the leaf. */
export interface Receipt {
  readonly v: 1;
  readonly commitment: string;
  readonly leafIndex: number;
  readonly treeSize: number;
  readonly path: readonly string[];
  /** Head of the firm's tree at this size, signed by the authority. */
  readonly checkpoint: string;
  /** Index of the ledger entry that holds this head. */
  readonly entry: number;
}

/** One thing that was checked. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Verifies a receipt with the authority's verifier keys; `contentDigest` (hex) is compared when it is given. */
export function verifyReceipt(receipt: Receipt, keys: readonly string[], contentDigest?: string): { verified: boolean; checks: Check[]; reason: string } {
  const known = keys.flatMap((key) => parseVerifierKey(key) ?? []);
  const checkpoint = openCheckpoint(receipt.checkpoint, known);
  const leaf = leafHash(new TextEncoder().encode(receipt.commitment), sha256);
  const path = receipt.path.map(bytesOf);
  const checks: Check[] = [
    { name: 'signature', ok: checkpoint !== undefined, detail: 'the tree head is signed by a known key that bears the tree\'s name' },
    { name: 'size', ok: checkpoint?.size === receipt.treeSize, detail: 'the receipt and the signed head speak of the same size' },
    {
      name: 'inclusion',
      ok: checkpoint !== undefined && verifyInclusion(leaf, receipt.leafIndex, receipt.treeSize, path, checkpoint.root, sha256),
      detail: 'the commitment is the leaf that the receipt says it is',
    },
  ];
  if (contentDigest !== undefined) checks.push({ name: 'content', ok: digestOf(receipt.commitment) === contentDigest, detail: 'the commitment names the bytes that were sent' });
  const failed = checks.find((check) => !check.ok);
  return { verified: failed === undefined, checks, reason: failed === undefined ? 'the receipt verifies' : `not verified: ${failed.name}` };
}

function digestOf(commitment: string): string | undefined {
  try {
    const value: unknown = JSON.parse(commitment);
    return typeof value === 'object' && value !== null && 'contentDigest' in value && typeof value.contentDigest === 'string' ? value.contentDigest : undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(hex: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/.test(hex)) return new Uint8Array(0);
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

