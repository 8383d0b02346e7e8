/**
 * A firm's receipt: what it sent, how each record ended, and the proof that this is a leaf of the firm's own
 * tree. It shows nothing of any other firm. The leaf is the canonical JSON of the submission's commitment;
 * the tree's head is signed under the firm's origin, `<authority>/firm/<firm>`, and is held by an entry of
 * the ledger, so nobody can give two firms, or one firm twice, another past.
 *
 * Verification takes what came from outside, parses it, and says for each check whether it holds. It refuses
 * unknown members, a commitment that is not canonical, a head of another firm's tree, and, when the whole
 * answer of the door is given, counts or a submission that are not those which were committed to.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import { canonicalJson, type Json } from '../terms/index.ts';
import { equalBytes, hex, utf8 } from './bytes.ts';
import { verdictOf, type Check, type Verdict } from './check.ts';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.ts';
import { leafHash, verifyInclusion } from './merkle.ts';
import type { NoteVerifier } from './note.ts';
import { parseKeys } from './verify-log.ts';

/** Bytes of a commitment or of a ledger entry at most, as of every entry of a tree (C2SP tlog-tiles). */
const ENTRY_LENGTH_MAX = 65_535;

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const position = z.int().min(0);
const path = z.array(sha256Hex).max(63);
const note = z.string().max(100_000);
const counts = z.strictObject({ accepted: position, held: position, rejected: position, duplicate: position });

/** The ledger entry that holds the firm's head, proven in the ledger itself. */
const ledgerProof = z.strictObject({ entry: z.string().max(ENTRY_LENGTH_MAX), treeSize: position, path, checkpoint: note });

const receiptShape = z.strictObject({
  v: z.literal(1),
  /** Canonical JSON of what the leaf commits to. */
  commitment: z.string().max(ENTRY_LENGTH_MAX),
  leafIndex: position,
  treeSize: position,
  /** Sibling hashes in hex, leaf side first. */
  path,
  /** Head of the firm's tree at this size: a signed note. */
  checkpoint: note,
  /** Index of the ledger entry that holds this head. */
  entry: position,
  ledger: ledgerProof.optional(),
});

/** The receipt as JSON. Hashes are hex, `checkpoint` is a signed note, `commitment` the canonical JSON of the leaf. */
export type Receipt = Readonly<z.infer<typeof receiptShape>>;

/** What of a commitment is read here; the leaf hash binds all of it. */
const commitmentShape = z.looseObject({ v: z.literal(1), submission: z.string(), firm: z.string(), contentDigest: sha256Hex, counts });
type Commitment = z.infer<typeof commitmentShape>;

/** The door's answer to a filing: what a firm keeps. */
const answerShape = z.looseObject({ submission: z.string(), counts, receipt: receiptShape });

/** What a ledger entry says of a firm's head. */
const headEntryShape = z.looseObject({ index: position, body: z.looseObject({ firm: z.string(), treeSize: position, treeRoot: sha256Hex }) });

/**
 * Verifies a receipt, or the door's whole answer with the receipt in it, with the authority's verifier keys;
 * `contentDigest` (SHA-256 of the body as it was sent, hex) is compared when it is given. Never throws.
 */
export function verifyReceipt(given: unknown, keys: readonly string[], contentDigest?: string): Verdict {
  const { known, checks: keyChecks } = parseKeys(keys);
  const answer = answerShape.safeParse(given);
  const receipt = answer.success ? answer.data.receipt : receiptShape.safeParse(given).data;
  const checks: Check[] = [...keyChecks, { name: 'form', ok: receipt !== undefined, detail: 'this has the form of a receipt' }];
  if (receipt === undefined) return verdictOf('the receipt', checks);
  const commitment = readCanonical(receipt.commitment, commitmentShape);
  const head = openCheckpoint(receipt.checkpoint, known);
  checks.push(...checkTree(receipt, commitment, head));
  if (answer.success) checks.push(checkAnswer(answer.data, commitment));
  if (contentDigest !== undefined) checks.push({ name: 'content', ok: commitment?.contentDigest === contentDigest, detail: 'the commitment names the bytes that were sent' });
  if (receipt.ledger !== undefined) checks.push(...checkLedger(receipt, receipt.ledger, commitment, head, known));
  return verdictOf('the receipt', checks);
}

function checkTree(receipt: Receipt, commitment: Commitment | undefined, head: OpenedCheckpoint | undefined): Check[] {
  const leaf = leafHash(utf8(receipt.commitment), sha256);
  const isIncluded = head !== undefined && verifyInclusion(leaf, receipt.leafIndex, receipt.treeSize, pathOf(receipt.path), head.root, sha256);
  return [
    { name: 'commitment', ok: commitment !== undefined, detail: 'the commitment is canonical JSON of the known form' },
    { name: 'signature', ok: head !== undefined, detail: 'the tree head is signed by a known key that bears the tree\'s name' },
    { name: 'firm', ok: head !== undefined && commitment !== undefined && head.origin.endsWith(`/firm/${commitment.firm}`), detail: 'the tree is that of the firm which the commitment names' },
    { name: 'size', ok: head?.size === receipt.treeSize, detail: 'the receipt and the signed head speak of the same size' },
    { name: 'inclusion', ok: isIncluded, detail: 'the commitment is the leaf that the receipt says it is' },
  ];
}

function checkAnswer(answer: z.infer<typeof answerShape>, commitment: Commitment | undefined): Check {
  const isSame = commitment !== undefined && answer.submission === commitment.submission && canonicalJson(answer.counts) === canonicalJson(commitment.counts);
  return { name: 'answer', ok: isSame, detail: 'submission and counts of the answer are those that were committed to' };
}

/** The ledger's entry at the named index holds this very head of this very firm, and is in the signed ledger. */
function checkLedger(
  receipt: Receipt, ledger: z.infer<typeof ledgerProof>, commitment: Commitment | undefined, head: OpenedCheckpoint | undefined, known: readonly NoteVerifier[],
): Check[] {
  const entry = readCanonical(ledger.entry, headEntryShape);
  const ledgerHead = openCheckpoint(ledger.checkpoint, known);
  const isHeadOfFirm = entry !== undefined && head !== undefined && entry.index === receipt.entry && entry.body.firm === commitment?.firm
    && entry.body.treeSize === head.size && equalBytes(hex.decode(entry.body.treeRoot) ?? new Uint8Array(0), head.root);
  const leaf = leafHash(utf8(ledger.entry), sha256);
  const isIncluded = ledgerHead !== undefined && ledgerHead.origin !== head?.origin && ledgerHead.size === ledger.treeSize
    && verifyInclusion(leaf, receipt.entry, ledger.treeSize, pathOf(ledger.path), ledgerHead.root, sha256);
  return [
    { name: 'ledger entry', ok: isHeadOfFirm, detail: `entry ${receipt.entry} of the ledger holds this head of the firm's tree` },
    { name: 'ledger inclusion', ok: isIncluded, detail: 'that entry is in the ledger whose head is signed by a known key' },
  ];
}

/** JSON of the given shape that is its own canonical text, or `undefined`. */
function readCanonical<T>(text: string, shape: z.ZodType<T>): T | undefined {
  try {
    const value = z.json().parse(JSON.parse(text)) satisfies Json;
    return canonicalJson(value) === text ? shape.safeParse(value).data : undefined;
  } catch {
    return undefined;
  }
}

function pathOf(hashes: readonly string[]): Uint8Array[] {
  return hashes.map((hash) => hex.decode(hash) ?? new Uint8Array(0));
}
