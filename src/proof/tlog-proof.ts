/**
 * Proofs of inclusion as one text file (C2SP tlog-proof v1, `.tlog-proof`): the entry's index, the path to
 * the root, and the signed checkpoint; what a firm or a citizen keeps, and verifies without asking us. The
 * entry itself is not in it: who verifies brings it. `extra` is carried as it came and believed by nobody.
 *
 * Refuses any other line, hashes that are not 32 bytes in canonical base64, more hashes than a tree has levels.
 */

import { base64, concat, textOf, utf8 } from './bytes.ts';
import { verdictOf, type Check, type Verdict } from './check.ts';
import { openCheckpoint } from './checkpoint.ts';
import { verifyInclusion } from './merkle.ts';
import { base64url } from './multibase.ts';
import { checkWitnesses, parseKeys, type LogExpectation } from './verify-log.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';
/** A tree of fewer than 2^63 leaves has no longer path. */
const PATH_LENGTH_MAX = 63;
/** Characters of `extra` in base64 at most. The specification names no bound. */
const EXTRA_LENGTH_MAX = 65_536;

/** A proof as it is read. `checkpoint` is the whole signed note. */
export interface TlogProof {
  readonly index: number;
  /** Sibling hashes, leaf side first. */
  readonly path: readonly Uint8Array[];
  readonly checkpoint: string;
  readonly extra?: Uint8Array;
}

/** Text of a proof. Source: tlog-proof, "Format". Throws when it could not be read back. */
export function encodeTlogProof(proof: TlogProof): string {
  const extra = proof.extra === undefined ? '' : `extra ${base64.encode(proof.extra)}\n`;
  const isPath = proof.path.length <= PATH_LENGTH_MAX && proof.path.every((hash) => hash.length === 32);
  if (!isPath || !Number.isSafeInteger(proof.index) || proof.index < 0 || proof.checkpoint === '' || extra.length > EXTRA_LENGTH_MAX) throw new Error('a proof has an index, hashes of 32 bytes and a checkpoint');
  return `${HEADER}\n${extra}index ${proof.index}\n${proof.path.map((hash) => `${base64.encode(hash)}\n`).join('')}\n${proof.checkpoint}`;
}

/**
 * Writes proofs under one checkpoint, each the text that `encodeTlogProof` gives: of the paths of a batch most hashes
 * stand in many, and each is written once. It holds what it wrote, so it serves one batch and is let go.
 */
export function tlogProofWriter(checkpoint: string): (index: number, path: readonly Uint8Array[]) => string {
  const lines = new Map<Uint8Array, string>();
  return (index, path) => {
    if (path.length > PATH_LENGTH_MAX || !Number.isSafeInteger(index) || index < 0 || checkpoint === '') throw new Error('a proof has an index, hashes of 32 bytes and a checkpoint');
    let text = `${HEADER}\nindex ${index}\n`;
    for (const hash of path) {
      let line = lines.get(hash);
      if (line === undefined) {
        if (hash.length !== 32) throw new Error('a proof has an index, hashes of 32 bytes and a checkpoint');
        line = `${base64.encode(hash)}\n`;
        lines.set(hash, line);
      }
      text += line;
    }
    return `${text}\n${checkpoint}`;
  };
}

/** Reads a proof; `undefined` when the text is none. The checkpoint within is not opened yet. */
export function parseTlogProof(text: string): TlogProof | undefined {
  const split = text.indexOf('\n\n');
  if (split < 0) return undefined;
  const [header, ...lines] = text.slice(0, split).split('\n');
  const extraLine = lines[0]?.startsWith('extra ') === true ? lines.shift() : undefined;
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1];
  const path = lines.map((line) => base64.decode(line));
  const extra = extraLine === undefined ? undefined : base64.decode(extraLine.slice('extra '.length));
  if (header !== HEADER || index === undefined || !Number.isSafeInteger(Number(index)) || path.length > PATH_LENGTH_MAX) return undefined;
  if (extraLine !== undefined && (extra === undefined || extraLine.length > EXTRA_LENGTH_MAX)) return undefined;
  const hashes = path.filter((hash) => hash?.length === 32);
  const checkpoint = text.slice(split + 2);
  if (hashes.length !== path.length || checkpoint === '') return undefined;
  return { index: Number(index), path: hashes.flatMap((hash) => hash ?? []), checkpoint, ...(extra === undefined ? {} : { extra }) };
}

/** Bytes before the path of a packed proof: the index, and how many hashes follow. */
const PACKED_HEAD = 9;

/** A proof in as few characters as a code on paper should have: base64url over index, path and the checkpoint with the log's own signature, which stands first. Throws when the text is no proof. */
export function packTlogProof(text: string): string {
  const proof = parseTlogProof(text);
  if (proof === undefined) throw new Error('what is packed is a tlog-proof');
  const head = new Uint8Array(PACKED_HEAD);
  new DataView(head.buffer).setBigUint64(0, BigInt(proof.index));
  head[8] = proof.path.length;
  const end = proof.checkpoint.indexOf('\n', proof.checkpoint.indexOf('\n\n') + 2);
  return base64url.encode(concat(head, ...proof.path, utf8(proof.checkpoint.slice(0, end + 1))));
}

/** The text of a packed proof, without `extra`; `undefined` when it is none. */
export function unpackTlogProof(packed: string): string | undefined {
  const bytes = base64url.decode(packed);
  const count = bytes?.[8] ?? PATH_LENGTH_MAX + 1;
  if (bytes === undefined || count > PATH_LENGTH_MAX || bytes.length <= PACKED_HEAD + 32 * count) return undefined;
  const index = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  const checkpoint = textOf(bytes.slice(PACKED_HEAD + 32 * count));
  if (checkpoint === undefined || index > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return encodeTlogProof({ index: Number(index), path: Array.from({ length: count }, (_none, i) => bytes.slice(PACKED_HEAD + 32 * i, PACKED_HEAD + 32 * (i + 1))), checkpoint });
}

/** Verifies that the entry with this leaf hash is in the log that the reader expects. */
export function verifyTlogProof(text: string, leaf: Uint8Array, expected: Omit<LogExpectation, 'earlier'>): Verdict {
  const keys = parseKeys(expected.keys);
  const witnesses = parseKeys(expected.witnesses ?? []);
  const proof = parseTlogProof(text);
  const head = proof === undefined ? undefined : openCheckpoint(proof.checkpoint, [...keys.known, ...witnesses.known], expected.origin);
  const checks: Check[] = [...keys.checks, ...witnesses.checks];
  checks.push({ name: 'form', ok: proof !== undefined, detail: 'the text has the form of a C2SP tlog-proof' });
  checks.push({ name: 'checkpoint', ok: head !== undefined, detail: 'a known key of the log signed the checkpoint' });
  if (head !== undefined && expected.witnesses !== undefined) checks.push(checkWitnesses(head, witnesses.known, expected.quorum ?? expected.witnesses.length));
  const isIncluded = proof !== undefined && head !== undefined && verifyInclusion(leaf, proof.index, head.size, proof.path, head.root, expected.hash);
  checks.push({ name: 'inclusion', ok: isIncluded, detail: 'the entry is in the tree whose root the checkpoint signs' });
  return verdictOf('the proof', checks);
}
