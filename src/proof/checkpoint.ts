/**
 * Checkpoints (C2SP tlog-checkpoint v1.0.0): a log's origin, size and root as the text of a signed note. We
 * write no extension lines, which monitors cannot audit; those of others are kept as they are. A checkpoint
 * is a log's word when a known log key (0x01) signed it whose name is the origin; a reader who expects an
 * origin that is not the key's name (the Go checksum database) says so. Cosignatures are told beside it.
 *
 * A log must never sign two checkpoints that are inconsistent: sign in the transaction that persists the head.
 */

import { base64, hex } from './bytes.ts';
import { COSIGNATURE_TYPE, openNote, signNote, type NoteVerifier } from './note.ts';
import type { Signer } from './signer.ts';

/** A log's head as a checkpoint tells it. */
export interface Checkpoint {
  readonly origin: string;
  /** Leaves, below 2^53. */
  readonly size: number;
  /** RFC 6962 root, 32 bytes. */
  readonly root: Uint8Array;
  readonly extensions: readonly string[];
}

/** A checkpoint that verified, and the witnesses that cosigned it, with the seconds since the epoch at which they did. */
export interface OpenedCheckpoint extends Checkpoint {
  readonly witnesses: readonly { readonly name: string; readonly time: number }[];
}

/** What we write: no extension lines. */
export type TreeHeadText = Pick<Checkpoint, 'origin' | 'size' | 'root'>;

/** Text of a checkpoint, ready to be signed. Throws when it could not be read back. */
export function checkpointText(head: TreeHeadText): string {
  const text = `${head.origin}\n${head.size}\n${base64.encode(head.root)}\n`;
  if (parseCheckpoint(text)?.origin !== head.origin) throw new Error('a checkpoint has an origin of one line, a size and a root of 32 bytes');
  return text;
}

/** Signs a head; the signer's key id must be the origin. */
export async function signCheckpoint(head: TreeHeadText, signer: Signer): Promise<string> {
  if (signer.keyId !== head.origin) throw new Error('a checkpoint is signed by the key that bears its origin');
  return signNote(checkpointText(head), [signer]);
}

/** Reads a checkpoint's text; `undefined` when it is none. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const lines = text.split('\n');
  const [origin = '', size = '', encoded = ''] = lines;
  const root = base64.decode(encoded);
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || root === undefined || root.length !== 32 || lines.length < 4 || lines.at(-1) !== '') return undefined;
  const extensions = lines.slice(3, -1);
  if (!Number.isSafeInteger(Number(size)) || extensions.includes('')) return undefined;
  return { origin, size: Number(size), root, extensions };
}

/**
 * Opens a signed checkpoint, or gives `undefined`. Without `origin` the log's key must bear the name that the
 * checkpoint has as its origin; with it the checkpoint must have that origin and any known log key may sign.
 */
export function openCheckpoint(note: string | Uint8Array, known: readonly NoteVerifier[], origin?: string): OpenedCheckpoint | undefined {
  const opened = openNote(note, known);
  const checkpoint = opened === undefined ? undefined : parseCheckpoint(opened.text);
  if (opened === undefined || checkpoint === undefined) return undefined;
  if (origin !== undefined && checkpoint.origin !== origin) return undefined;
  const isSignedByLog = opened.signatures.some(({ name, time }) => time === undefined && (origin !== undefined || name === checkpoint.origin));
  if (!isSignedByLog) return undefined;
  const witnesses = opened.signatures.flatMap(({ name, time }) => (time === undefined ? [] : [{ name, time }]));
  return { ...checkpoint, witnesses };
}

/** How many of the given witnesses cosigned. A public key counts once, under however many names it is given. */
export function countWitnesses(checkpoint: OpenedCheckpoint, witnesses: readonly NoteVerifier[]): number {
  const signed = witnesses.filter((key) => key.type === COSIGNATURE_TYPE && checkpoint.witnesses.some((witness) => witness.name === key.name));
  return new Set(signed.map((key) => hex.encode(key.publicKey))).size;
}
