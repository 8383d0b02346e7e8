/**
 * A witness's judgement (C2SP tlog-witness v1.0.0): may this checkpoint be cosigned, after what the witness has seen of
 * the log? Only a checkpoint that a key of the log signed, that begins where the witness left off, and whose proof
 * shows that nothing before was changed. A fork, a step back and a gap are refused, each with the status that the
 * specification names. Who calls keeps what was cosigned, before answering, and lets one request through at a time.
 */

import { base64, equalBytes, textOf } from './bytes.ts';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.ts';
import { verifyConsistency, type Hash } from './merkle.ts';
import type { NoteVerifier } from './note.ts';

/** Bytes of a submission at most: 63 hashes and a checkpoint with every signature that a note may carry. */
export const SUBMISSION_BYTES_MAX = 128 * 1024;
const PROOF_LINES_MAX = 63;

/** What the witness cosigned last of a log; without any, the empty tree. */
export interface Seen {
  readonly size: number;
  readonly root: Uint8Array;
}

/** What becomes of a submission. `size`: what the witness stands at, told with a 409. */
export type Judgement =
  | { readonly status: 200; readonly note: string; readonly checkpoint: OpenedCheckpoint }
  | { readonly status: 400 | 403 | 404 | 409 | 422; readonly reason: string; readonly size?: number };

/** Parts of an `add-checkpoint` body. */
interface Submission {
  readonly old: number;
  readonly proof: readonly Uint8Array[];
  readonly note: string;
}

/** Reads a body; `undefined` when it has not the form. */
function parseSubmission(body: Uint8Array): Submission | undefined {
  const text = body.length > SUBMISSION_BYTES_MAX ? undefined : textOf(body);
  const split = text?.indexOf('\n\n') ?? -1;
  if (text === undefined || split < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, split).split('\n');
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  const proof = lines.map((line) => base64.decode(line));
  const hashes = proof.filter((hash) => hash?.length === 32);
  if (old === undefined || !Number.isSafeInteger(Number(old)) || lines.length > PROOF_LINES_MAX || hashes.length !== proof.length) return undefined;
  return { old: Number(old), proof: hashes.flatMap((hash) => hash ?? []), note: text.slice(split + 2) };
}

/** Text of a body: how a log asks. */
export function submissionText(old: number, proof: readonly Uint8Array[], note: string): string {
  return `old ${old}\n${proof.map((hash) => `${base64.encode(hash)}\n`).join('')}\n${note}`;
}

/** Judges a submission. `logs`: the keys that the witness knows, one or more for an origin; `seen`: what it cosigned last of an origin. */
export function judgeSubmission(body: Uint8Array, logs: readonly NoteVerifier[], seen: (origin: string) => Seen | undefined, hash: Hash): Judgement {
  const submission = parseSubmission(body);
  if (submission === undefined) return { status: 400, reason: 'the body is no old size, proof and checkpoint' };
  const origin = submission.note.split('\n', 1)[0] ?? '';
  const keys = logs.filter((key) => key.name === origin);
  if (keys.length === 0) return { status: 404, reason: 'the log is not known here' };
  const checkpoint = openCheckpoint(submission.note, keys);
  if (checkpoint === undefined) return { status: 403, reason: 'no known key of the log signed the checkpoint' };
  if (submission.old > checkpoint.size) return { status: 400, reason: 'the old size is larger than that of the checkpoint' };
  const last = seen(origin) ?? { size: 0, root: hash(new Uint8Array(0)) };
  if (submission.old !== last.size) return { status: 409, reason: 'the old size is not that of the checkpoint which was cosigned last', size: last.size };
  if (last.size === checkpoint.size && !equalBytes(last.root, checkpoint.root)) return { status: 409, reason: 'the log has signed two roots of one size', size: last.size };
  const isExtension = verifyConsistency(last.size, last.root, checkpoint.size, checkpoint.root, submission.proof, hash);
  return isExtension ? { status: 200, note: submission.note, checkpoint } : { status: 422, reason: 'the proof does not show that the log extends what was cosigned last' };
}
