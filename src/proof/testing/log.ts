/**
 * For tests: a log kept in memory, as a tree source and as the files it is published as. Not for products:
 * it keeps everything.
 */

import { signCheckpoint } from '../checkpoint.ts';
import { cosignNote, COSIGNATURE_TYPE, verifierKey } from '../note.ts';
import { appendLeaves, inclusionProof, leafHash, type Frontier } from '../merkle.ts';
import type { Signer } from '../signer.ts';
import { tileFiles, type TreeSource } from '../tile-log.ts';
import { encodeTlogProof } from '../tlog-proof.ts';
import { sha256 } from './vectors.ts';

/** A log of one origin: the signer's key id. */
export class MemoryLog {
  readonly #signer: Signer;
  readonly #entries: Uint8Array[] = [];
  readonly #rows: Uint8Array[][] = [];
  #frontier: Frontier = { size: 0, hashes: [] };
  root: Uint8Array = sha256(new Uint8Array(0));

  constructor(signer: Signer) {
    this.#signer = signer;
  }

  get size(): number {
    return this.#frontier.size;
  }

  append(entries: readonly Uint8Array[]): void {
    for (const entry of entries) this.#entries.push(entry);
    const grown = appendLeaves(this.#frontier, entries.map((entry) => leafHash(entry, sha256)), sha256);
    this.#frontier = grown.frontier;
    this.root = grown.root;
    for (const { level, hash } of grown.nodes) (this.#rows[level] ??= []).push(hash);
  }

  checkpoint(): Promise<string> {
    return signCheckpoint({ origin: this.#signer.keyId, size: this.size, root: this.root }, this.#signer);
  }

  /** The checkpoint with a witness's cosignature of the second `time`. */
  async cosigned(witness: Signer, time: number): Promise<string> {
    return cosignNote(await this.checkpoint(), witness, time);
  }

  /** The `.tlog-proof` of an entry. */
  async proof(index: number): Promise<string> {
    return encodeTlogProof({ index, path: this.path(index), checkpoint: await this.checkpoint() });
  }

  path(index: number): Uint8Array[] {
    return inclusionProof(index, this.size, (level, at) => this.#rows[level]?.[at] ?? new Uint8Array(0), sha256);
  }

  source(): TreeSource {
    return {
      hashes: async (level, from, to) => (this.#rows[level] ?? []).slice(from, to),
      entries: async (from, to) => this.#entries.slice(from, to),
    };
  }

  /** All files of the log as it stands, added to those of an earlier size when they are given. */
  async files(earlier: ReadonlyMap<string, Uint8Array> = new Map(), from = 0): Promise<Map<string, Uint8Array>> {
    const files = new Map(earlier);
    for await (const { path, bytes } of tileFiles(this.source(), from, this.size)) files.set(path, bytes);
    files.set('checkpoint', new TextEncoder().encode(await this.checkpoint()));
    return files;
  }
}

/** `n` entries that differ. */
export function entriesOf(n: number, from = 0): Uint8Array[] {
  return Array.from({ length: n }, (_, i) => new TextEncoder().encode(`entry ${from + i}`));
}

/** Verifier key of a witness. */
export function witnessKeyOf(name: string, publicKey: Uint8Array): string {
  return verifierKey(name, publicKey, COSIGNATURE_TYPE);
}
