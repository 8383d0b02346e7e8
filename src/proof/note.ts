/**
 * Signed notes (C2SP signed-note v1.0.0): a text, an empty line, and signature lines that name their key.
 * A note is believed only when a known key signed it; signatures of unknown keys are passed over, a bad
 * signature of a known key refuses the note. Text is UTF-8 without control characters but the newline.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { base64, equalBytes } from './bytes.ts';
import { verifySignature, type Signer } from './signer.ts';

/** Bytes of one note at most, and signatures on it. Source: the specification asks for a bound and names none. */
export const NOTE_BYTES_MAX = 1_000_000;
export const NOTE_SIGNATURES_MAX = 100;

const ED25519_TYPE = 0x01;
const COSIGNATURE_TYPE = 0x04;

/** A public key that notes are verified with: `<name>+<hash>+<base64 of type and key>`. */
export interface NoteVerifier {
  readonly name: string;
  readonly keyHash: Uint8Array;
  readonly type: number;
  readonly publicKey: Uint8Array;
}

/** A note that verified: its text with the final newline, and which known keys signed it, with times of cosignatures (seconds). */
export interface OpenedNote {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly time?: number }[];
}

/** Key hash: first four bytes of SHA-256(name ‖ newline ‖ type ‖ key). Source: signed-note, "Signatures". */
function keyHashOf(name: string, type: number, publicKey: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(`${name}\n`);
  const bytes = new Uint8Array(head.length + 1 + publicKey.length);
  bytes.set(head);
  bytes[head.length] = type;
  bytes.set(publicKey, head.length + 1);
  return sha256(bytes).slice(0, 4);
}

/** A key name holds no space and no plus. */
function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= 256 && !/[\s+\p{Cc}]/u.test(name);
}

/** Verifier key text of an Ed25519 key. */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  return `${name}+${hex(keyHashOf(name, ED25519_TYPE, publicKey))}+${base64.encode(Uint8Array.of(ED25519_TYPE, ...publicKey))}`;
}

/** Reads a verifier key text; `undefined` when it is none, its hash is wrong, or its type is unknown. */
export function parseVerifierKey(text: string): NoteVerifier | undefined {
  const [name = '', hash = '', ...rest] = text.split('+');
  const key = base64.decode(rest.join('+'));
  if (!isKeyName(name) || !/^[0-9a-f]{8}$/.test(hash) || key === undefined || key.length !== 33) return undefined;
  const type = key[0] ?? 0;
  const publicKey = key.slice(1);
  const keyHash = keyHashOf(name, type, publicKey);
  if ((type !== ED25519_TYPE && type !== COSIGNATURE_TYPE) || hex(keyHash) !== hash) return undefined;
  return { name, keyHash, type, publicKey };
}

/** Signs a text that ends with a newline; gives the whole note. */
export async function signNote(text: string, signers: readonly Signer[]): Promise<string> {
  if (!isNoteText(text)) throw new Error('a note is UTF-8 that ends with a newline and holds no control characters');
  const message = new TextEncoder().encode(text);
  const lines = await Promise.all(signers.map(async (signer) => {
    if (signer.algorithm !== 'Ed25519' || !isKeyName(signer.keyId)) throw new Error('a note is signed by a named Ed25519 key');
    const signature = await signer.sign(message);
    return `— ${signer.keyId} ${base64.encode(Uint8Array.of(...keyHashOf(signer.keyId, ED25519_TYPE, signer.publicKey), ...signature))}\n`;
  }));
  return `${text}\n${lines.join('')}`;
}

/** Opens a note with known keys; `undefined` when it is malformed, or when no known key signed it well. */
export function openNote(note: string, known: readonly NoteVerifier[]): OpenedNote | undefined {
  if (note.length > NOTE_BYTES_MAX) return undefined;
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split('\n');
  if (!isNoteText(text) || lines.length > NOTE_SIGNATURES_MAX) return undefined;
  const signatures: { name: string; time?: number }[] = [];
  const seen = new Set<string>();
  for (const line of lines) {
    const verdict = verifyLine(line, text, known, seen);
    if (verdict === 'refused') return undefined;
    if (verdict !== 'unknown') signatures.push(verdict);
  }
  return signatures.length === 0 ? undefined : { text, signatures };
}

function verifyLine(line: string, text: string, known: readonly NoteVerifier[], seen: Set<string>): { name: string; time?: number } | 'refused' | 'unknown' {
  const m = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
  const [, name = '', encoded = ''] = m ?? [];
  const bytes = m === null ? undefined : base64.decode(encoded);
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5) return 'refused';
  const key = known.find((candidate) => candidate.name === name && equalBytes(candidate.keyHash, bytes.slice(0, 4)));
  if (key === undefined) return 'unknown';
  const id = `${name}+${hex(key.keyHash)}`;
  if (seen.has(id)) return 'refused';
  seen.add(id);
  if (key.type === ED25519_TYPE) {
    return verifySignature('Ed25519', key.publicKey, new TextEncoder().encode(text), bytes.slice(4)) ? { name } : 'refused';
  }
  return verifyCosignature(key, text, bytes.slice(4));
}

/** cosignature/v1: eight bytes of time, then a signature over a header line, the time and the note's text. Source: tlog-cosignature. */
function verifyCosignature(key: NoteVerifier, text: string, timed: Uint8Array): { name: string; time: number } | 'refused' {
  if (timed.length !== 72) return 'refused';
  const time = Number(new DataView(timed.buffer, timed.byteOffset, 8).getBigUint64(0));
  const message = new TextEncoder().encode(`cosignature/v1\ntime ${time}\n${text}`);
  return Number.isSafeInteger(time) && verifySignature('Ed25519', key.publicKey, message, timed.slice(8)) ? { name: key.name, time } : 'refused';
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f\u007f]/.test(text);
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
