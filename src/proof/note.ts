/**
 * Signed notes (C2SP signed-note v1.0.0): a text, an empty line, and signature lines that name their key.
 * A note is believed only when a known key signed it. Signatures of unknown keys are passed over, also those
 * that share a name or a hash with a known one; a bad signature of a known key refuses the note; a key that
 * signed twice counts once, with its newest time. Refuses control characters but the newline, lines of
 * another form, texts that are not UTF-8, and more bytes or signatures than the limits below.
 *
 * Two kinds of signature (C2SP, "Signature types"): 0x01, Ed25519 over the text, which logs use, and 0x04,
 * the timed cosignature of a witness (C2SP tlog-cosignature v1). Other kinds are unknown keys.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { base64, concat, equalBytes, hex, textOf, utf8 } from './bytes.ts';
import { verifySignature, type Signer } from './signer.ts';

/** Length of a note at most, in UTF-16 units; signatures on it at most. The specification asks for at least 16, Go takes 100. */
export const NOTE_LENGTH_MAX = 1_000_000;
export const NOTE_SIGNATURES_MAX = 100;
const KEY_NAME_LENGTH_MAX = 256;

/** Signature types of the specification. */
export const ED25519_TYPE = 0x01;
export const COSIGNATURE_TYPE = 0x04;

/** A public key that notes are verified with: `<name>+<hash>+<base64 of type and key>`. */
export interface NoteVerifier {
  readonly name: string;
  /** Four bytes that name the key together with `name`; not a commitment to it. */
  readonly keyHash: Uint8Array;
  readonly type: number;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** A known key that signed. `time` is there for a cosignature: seconds since the epoch at which the witness saw the text. */
export interface NoteSignature {
  readonly name: string;
  readonly time?: number;
}

/** A note that verified: its text with the final newline, and which known keys signed it, in the note's order. */
export interface OpenedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** First four bytes of SHA-256(name ‖ newline ‖ type ‖ key). Source: signed-note, "Signatures". */
function keyHashOf(name: string, type: number, publicKey: Uint8Array): Uint8Array {
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4);
}

/** Not empty, without Unicode spaces, plus and control characters. */
function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= KEY_NAME_LENGTH_MAX && name.isWellFormed() && !/[\p{White_Space}+\p{Cc}]/u.test(name);
}

/** Verifier key text of an Ed25519 key: of a log (0x01, the default), or of a witness (0x04). */
export function verifierKey(name: string, publicKey: Uint8Array, type: typeof ED25519_TYPE | typeof COSIGNATURE_TYPE = ED25519_TYPE): string {
  return `${name}+${hex.encode(keyHashOf(name, type, publicKey))}+${base64.encode(concat(Uint8Array.of(type), publicKey))}`;
}

/** Verifier key text of a witness. */
export function witnessKey(name: string, publicKey: Uint8Array): string {
  return verifierKey(name, publicKey, COSIGNATURE_TYPE);
}

/** Reads a verifier key text; `undefined` when it is none, its hash is wrong, or its type is not one of the two. */
export function parseVerifierKey(text: string): NoteVerifier | undefined {
  const [name = '', hash = '', ...rest] = text.split('+');
  const key = base64.decode(rest.join('+'));
  if (!isKeyName(name) || !/^[0-9a-f]{8}$/.test(hash) || key === undefined || key.length !== 33) return undefined;
  const type = key[0] ?? 0;
  const publicKey = key.slice(1);
  const keyHash = keyHashOf(name, type, publicKey);
  if ((type !== ED25519_TYPE && type !== COSIGNATURE_TYPE) || hex.encode(keyHash) !== hash) return undefined;
  return { name, keyHash, type, publicKey };
}

/** Signs a text that ends with a newline; gives the whole note. Throws when the text cannot be a note's, or a key cannot sign one. */
export async function signNote(text: string, signers: readonly Signer[]): Promise<string> {
  if (!isNoteText(text)) throw new Error('a note is UTF-8 that ends with a newline and holds no control characters');
  if (signers.length === 0) throw new Error('a note is signed by at least one key');
  const lines = await Promise.all(signers.map(async (signer) => signatureLine(signer, ED25519_TYPE, await signer.sign(utf8(text)))));
  return `${text}\n${lines.join('')}`;
}

/**
 * Adds a witness's timed cosignature to a note whose signatures the witness has verified, and whose
 * consistency with what it saw before it has checked; neither is done here. `time` in whole seconds.
 */
export async function cosignNote(note: string, witness: Signer, time: number): Promise<string> {
  const parts = splitNote(note);
  if (parts === undefined || !Number.isSafeInteger(time) || time < 0) throw new Error('a witness signs a whole note at a time in whole seconds');
  const timed = new Uint8Array(8);
  new DataView(timed.buffer).setBigUint64(0, BigInt(time));
  return `${note}${signatureLine(witness, COSIGNATURE_TYPE, concat(timed, await witness.sign(cosignedMessage(time, parts.text))))}`;
}

function signatureLine(signer: Signer, type: number, signature: Uint8Array): string {
  if (signer.algorithm !== 'Ed25519' || !isKeyName(signer.keyId)) throw new Error('a note is signed by a named Ed25519 key');
  return `— ${signer.keyId} ${base64.encode(concat(keyHashOf(signer.keyId, type, signer.publicKey), signature))}\n`;
}

/** What a witness signs. Source: tlog-cosignature, "Ed25519 signed message". */
function cosignedMessage(time: number, text: string): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}

/** Opens a note with known keys; `undefined` when it is malformed, or when no known key signed it well. */
export function openNote(note: string | Uint8Array, known: readonly NoteVerifier[]): OpenedNote | undefined {
  const parts = splitNote(note);
  if (parts === undefined) return undefined;
  const signed = new Map<string, NoteSignature>();
  for (const line of parts.lines) {
    const parsed = parseLine(line);
    if (parsed === undefined) return undefined;
    const candidates = known.filter((key) => key.name === parsed.name && equalBytes(key.keyHash, parsed.keyHash));
    if (candidates.length === 0) continue;
    const signature = firstVerified(candidates, parts.text, parsed.signature);
    if (signature === undefined) return undefined;
    const id = `${parsed.name}+${hex.encode(parsed.keyHash)}`;
    const before = signed.get(id);
    if (before === undefined || (before.time ?? 0) < (signature.time ?? 0)) signed.set(id, signature);
  }
  return signed.size === 0 ? undefined : { text: parts.text, signatures: [...signed.values()] };
}

/** Who a note says it is signed by: `name+hash` of each signature line; nothing of it is verified. Empty when it has not the form of a note. */
export function noteSigners(note: string | Uint8Array): readonly string[] {
  const lines = splitNote(note)?.lines.map(parseLine) ?? [];
  return lines.flatMap((line) => (line === undefined ? [] : [`${line.name}+${hex.encode(line.keyHash)}`]));
}

/** The text and the signature lines of a note, or `undefined` when it has not the form of one. */
function splitNote(given: string | Uint8Array): { text: string; lines: readonly string[] } | undefined {
  const note = typeof given === 'string' ? given : textOf(given);
  if (note === undefined || note.length > NOTE_LENGTH_MAX || !isNoteText(note)) return undefined;
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || split + 2 === note.length) return undefined;
  const lines = note.slice(split + 2, -1).split('\n');
  return lines.length > NOTE_SIGNATURES_MAX ? undefined : { text: note.slice(0, split + 1), lines };
}

function parseLine(line: string): { name: string; keyHash: Uint8Array; signature: Uint8Array } | undefined {
  const [, name = '', encoded = ''] = /^— ([^ ]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
  const bytes = base64.decode(encoded);
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5) return undefined;
  return { name, keyHash: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/** Names and hashes may collide by chance: the note stands when any key that they name verifies it. */
function firstVerified(candidates: readonly NoteVerifier[], text: string, signature: Uint8Array): NoteSignature | undefined {
  for (const key of candidates) {
    const verified = key.type === ED25519_TYPE ? verifyPlain(key, text, signature) : verifyTimed(key, text, signature);
    if (verified !== undefined) return verified;
  }
  return undefined;
}

function verifyPlain(key: NoteVerifier, text: string, signature: Uint8Array): NoteSignature | undefined {
  return verifySignature('Ed25519', key.publicKey, utf8(text), signature) ? { name: key.name } : undefined;
}

/** Eight bytes of time, big-endian, then the signature. Source: tlog-cosignature, "Format". Times past 2^53 are refused. */
function verifyTimed(key: NoteVerifier, text: string, timed: Uint8Array): NoteSignature | undefined {
  if (timed.length !== 72) return undefined;
  const time = Number(new DataView(timed.buffer, timed.byteOffset, 8).getBigUint64(0));
  if (!Number.isSafeInteger(time)) return undefined;
  return verifySignature('Ed25519', key.publicKey, cosignedMessage(time, text), timed.slice(8)) ? { name: key.name, time } : undefined;
}

/** Ends with a newline and holds no other control character below U+0020. Source: signed-note, "Format". */
function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}
