/**
 * Proofs of the ledger, checked in the reader's browser by the house's own arithmetic (`src/proof`): an
 * entry's leaf, its path to the signed root, the signature, and that today's head extends the one that this
 * browser verified last. What was verified is remembered here, with the key that signed it, so that a server
 * which rewrites the past, or signs with another key, is found out. A head that fails is never remembered.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import * as z from 'zod';
import { base64, equalBytes, leafHash, openCheckpoint, parseVerifierKey, verifyConsistency, verifyInclusion, type Checkpoint } from '../src/proof/index.ts';
import type { Answer, CheckpointAnswer, EntryAnswer, ProofAnswer } from '../src/contract/console.ts';

export type Step = 'leaf' | 'leaf-given' | 'path' | 'size' | 'signature' | 'key' | 'consistency';
export type Check = { readonly step: Step; readonly ok: boolean; readonly detail: string };

type ConsistencyAnswer = Answer<'consistency'>;

const fromHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const toHex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function open(answer: CheckpointAnswer): Checkpoint | undefined {
  return openCheckpoint(answer.note, answer.keys.flatMap((key) => parseVerifierKey(key) ?? []));
}

/** Checks one entry against the checkpoint that came with its proof. */
export function verifyEntry(entry: EntryAnswer, proof: ProofAnswer): Check[] {
  const checks: Check[] = [];
  const leaf = fromHex(proof.leafHash);
  if (entry.bytes !== null) {
    const bytes = base64.decode(entry.bytes);
    const computed = bytes === undefined ? undefined : leafHash(bytes, sha256);
    checks.push({ step: 'leaf', ok: computed !== undefined && equalBytes(computed, leaf), detail: computed === undefined ? '' : toHex(computed) });
  }
  checks.push({ step: 'leaf-given', ok: entry.leafHash === proof.leafHash && entry.row.index === proof.index, detail: proof.leafHash });
  const head = open(proof.checkpoint);
  checks.push({ step: 'signature', ok: head !== undefined, detail: head?.origin ?? '' });
  checks.push({ step: 'size', ok: head?.size === proof.size, detail: String(proof.size) });
  const isIncluded = head !== undefined && verifyInclusion(leaf, proof.index, head.size, proof.path.map(fromHex), head.root, sha256);
  checks.push({ step: 'path', ok: isIncluded, detail: head === undefined ? '' : toHex(head.root) });
  return checks;
}

const remembered = z.object({ origin: z.string(), size: z.number().int().positive(), root: z.string(), keys: z.array(z.string()) });
type Remembered = z.infer<typeof remembered>;
const storageKey = 'nigran.head';

function recall(): Remembered | null {
  try {
    const parsed = remembered.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function remember(head: Remembered): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(head));
  } catch {
    // Storage is refused: the next visit begins anew, and says so.
  }
}

export type VerifiedHead = { readonly origin: string; readonly size: number; readonly root: string; readonly before: number | null; readonly checks: readonly Check[] };

/** Checks the signed head, and that it extends what this browser verified before. `prove` fetches the consistency path. */
export async function verifyHead(answer: CheckpointAnswer, prove: (from: number, to: number) => Promise<ConsistencyAnswer>): Promise<VerifiedHead> {
  const head = open(answer);
  if (head === undefined) return { origin: '?', size: 0, root: '?', before: null, checks: [{ step: 'signature', ok: false, detail: '' }] };
  const before = recall();
  const checks: Check[] = [{ step: 'signature', ok: true, detail: head.origin }];
  const root = toHex(head.root);
  const known = before !== null && before.origin === head.origin ? before : null;
  if (known !== null) {
    checks.push({ step: 'key', ok: answer.keys.every((key) => known.keys.includes(key)), detail: answer.keys.join(' ') });
    checks.push({ step: 'consistency', ok: await extendsHead(known, head, prove), detail: `${known.size} → ${head.size}` });
  }
  if (head.size > 0 && checks.every((check) => check.ok)) remember({ origin: head.origin, size: head.size, root, keys: answer.keys });
  return { origin: head.origin, size: head.size, root, before: known?.size ?? null, checks };
}

async function extendsHead(before: Remembered, head: Checkpoint, prove: (from: number, to: number) => Promise<ConsistencyAnswer>): Promise<boolean> {
  if (head.size < before.size) return false;
  const path = head.size === before.size ? [] : (await prove(before.size, head.size)).path.map(fromHex);
  return verifyConsistency(before.size, fromHex(before.root), head.size, head.root, path, sha256);
}

/** The exact bytes as text, one field a line where they are JSON. */
export function contentText(encoded: string): string {
  const bytes = base64.decode(encoded);
  const text = bytes === undefined ? '' : new TextDecoder().decode(bytes);
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
