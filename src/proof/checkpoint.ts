/**
 * Checkpoints (C2SP tlog-checkpoint v1.0.0): a log's origin, size and root as the text of a signed note.
 * No extension lines are written; those of others are kept as they are. The signing key's name equals the
 * origin.
 */

import { base64 } from './bytes.ts';
import { openNote, signNote, type NoteVerifier } from './note.ts';
import type { Signer } from './signer.ts';

/** A log's head as a checkpoint tells it. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly extensions: readonly string[];
}

/** Text of a checkpoint, ready to be signed. */
export function checkpointText(head: Pick<Checkpoint, 'origin' | 'size' | 'root'>): string {
  return `${head.origin}\n${head.size}\n${base64.encode(head.root)}\n`;
}

/** Signs a head; the signer's key id must be the origin. */
export function signCheckpoint(head: Pick<Checkpoint, 'origin' | 'size' | 'root'>, signer: Signer): Promise<string> {
  if (signer.keyId !== head.origin) throw new Error('a checkpoint is signed by the key that bears its origin');
  return signNote(checkpointText(head), [signer]);
}

/** Reads a checkpoint's text; `undefined` when it is none. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const lines = text.split('\n');
  const [origin = '', size = '', encoded = ''] = lines;
  const root = base64.decode(encoded);
  if (origin === '' || !/^(0|[1-9]\d{0,15})$/.test(size) || root === undefined || root.length !== 32 || lines.at(-1) !== '') return undefined;
  const extensions = lines.slice(3, -1);
  if (!Number.isSafeInteger(Number(size)) || extensions.includes('')) return undefined;
  return { origin, size: Number(size), root, extensions };
}

/** Opens a signed checkpoint: signed by a known key that bears its origin, or `undefined`. */
export function openCheckpoint(note: string, known: readonly NoteVerifier[]): Checkpoint | undefined {
  const opened = openNote(note, known);
  const checkpoint = opened === undefined ? undefined : parseCheckpoint(opened.text);
  return checkpoint !== undefined && opened?.signatures.some((signature) => signature.name === checkpoint.origin) ? checkpoint : undefined;
}
