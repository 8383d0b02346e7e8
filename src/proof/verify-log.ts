/**
 * Verifies a whole log that lies somewhere as static tiles (C2SP tlog-tiles), ours or another's: that a known
 * key signed its checkpoint, that the entries hash to the signed root, that every hash tile holds exactly the
 * hashes of those entries, and that the tree extends the earlier checkpoints which the reader kept. One tile of
 * each level is in memory at a time, whatever the log's size. Stops at the first file that is missing or wrong
 * and names it: a log that cannot be read whole does not verify.
 */

import { equalBytes } from './bytes.ts';
import { verdictOf, type Check, type Verdict } from './check.ts';
import { countWitnesses, openCheckpoint, type OpenedCheckpoint } from './checkpoint.ts';
import { appendLeaves, leafHash, type Frontier, type Hash } from './merkle.ts';
import { parseVerifierKey, type NoteVerifier } from './note.ts';
import { decodeEntries, decodeHashes, ENTRY_BYTES_MAX, TILE_WIDTH, tilePath, type Tile } from './tile.ts';

/** Reads a file below the log's prefix; `undefined` when there is none. */
export type FileReader = (path: string) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** What the reader knows of the log beforehand. */
export interface LogExpectation {
  /** Verifier keys of the log, as texts; one of them must have signed. */
  readonly keys: readonly string[];
  /** The origin, where it is not the key's name. */
  readonly origin?: string;
  /** Verifier keys of witnesses, and how many of them must have cosigned (all, when it is not said). */
  readonly witnesses?: readonly string[];
  readonly quorum?: number;
  /** Checkpoints that the reader kept: the log must extend each. */
  readonly earlier?: readonly (Uint8Array | string)[];
  readonly hash: Hash;
}

/** A verdict, and the head that it is about. */
export interface LogVerdict extends Verdict {
  readonly head: OpenedCheckpoint | undefined;
}

/** Verifies the log behind `read`. Nothing is thrown but what `read` throws. */
export async function verifyLog(read: FileReader, expected: LogExpectation): Promise<LogVerdict> {
  const keys = parseKeys(expected.keys);
  const witnesses = parseKeys(expected.witnesses ?? []);
  const note = await read('checkpoint');
  const head = note === undefined ? undefined : openCheckpoint(note, [...keys.known, ...witnesses.known], expected.origin);
  const checks: Check[] = [...keys.checks, ...witnesses.checks];
  checks.push({ name: 'checkpoint', ok: head !== undefined, detail: note === undefined ? 'there is no file checkpoint' : 'a known key of the log signed the checkpoint' });
  if (head === undefined) return { ...verdictOf('the log', checks), head };
  if (expected.witnesses !== undefined) checks.push(checkWitnesses(head, witnesses.known, expected.quorum ?? expected.witnesses.length));
  const earlier = (expected.earlier ?? []).map((note) => openCheckpoint(note, keys.known, head.origin));
  checks.push(...earlier.map((each) => checkEarlier(each, head)));
  if (checks.every((check) => check.ok)) checks.push(...await new LogReading(read, head, earlier.flatMap((each) => each ?? []), expected.hash).run());
  return { ...verdictOf('the log', checks), head };
}

/** Reads verifier keys; one that is none is a check that failed, never passed over. */
export function parseKeys(texts: readonly string[]): { known: readonly NoteVerifier[]; checks: readonly Check[] } {
  const parsed = texts.map((text) => ({ text, key: parseVerifierKey(text) }));
  return {
    known: parsed.flatMap(({ key }) => key ?? []),
    checks: parsed.flatMap(({ text, key }) => (key === undefined ? [{ name: 'key', ok: false, detail: `this is no verifier key that is known here: ${text.slice(0, 100)}` }] : [])),
  };
}

/** Have at least `quorum` of the witnesses cosigned? */
export function checkWitnesses(head: OpenedCheckpoint, witnesses: readonly NoteVerifier[], quorum: number): Check {
  const count = countWitnesses(head, witnesses);
  return { name: 'witnesses', ok: quorum > 0 && count >= quorum, detail: `${count} of the known witnesses cosigned, ${quorum} must` };
}

function checkEarlier(earlier: OpenedCheckpoint | undefined, head: OpenedCheckpoint): Check {
  const detail = earlier === undefined ? 'the earlier checkpoint is not signed by a known key of this log' : `the earlier head has ${earlier.size} leaves, this one ${head.size}`;
  return { name: 'earlier', ok: earlier !== undefined && earlier.size <= head.size, detail };
}

const NO_HASH = new Uint8Array(0);

/** One pass over a log's files, from the first entry to the last. */
class LogReading {
  readonly #read: FileReader;
  readonly #head: OpenedCheckpoint;
  readonly #earlier: readonly OpenedCheckpoint[];
  readonly #hash: Hash;
  /** Hashes of each tile level that no tile was compared with yet. */
  readonly #rows: { index: number; hashes: Uint8Array[] }[] = [];
  #frontier: Frontier = { size: 0, hashes: [] };
  #root: Uint8Array;
  /** Roots at the sizes of the earlier checkpoints. */
  readonly #rootsAt = new Map<number, Uint8Array>();

  constructor(read: FileReader, head: OpenedCheckpoint, earlier: readonly OpenedCheckpoint[], hash: Hash) {
    this.#read = read;
    this.#head = head;
    this.#earlier = earlier;
    this.#hash = hash;
    this.#root = hash(new Uint8Array(0));
    this.#rootsAt.set(0, this.#root);
  }

  async run(): Promise<Check[]> {
    const fault = await this.#entries();
    const checks: Check[] = [{ name: 'files', ok: fault === undefined, detail: fault ?? `${this.#head.size} entries and all their hash tiles agree` }];
    if (fault !== undefined) return checks;
    checks.push({ name: 'root', ok: equalBytes(this.#root, this.#head.root), detail: 'the entries hash to the signed root' });
    for (const { size, root } of this.#earlier) {
      checks.push({ name: 'consistency', ok: equalBytes(this.#rootsAt.get(size) ?? NO_HASH, root), detail: `the first ${size} entries hash to the root of the earlier checkpoint` });
    }
    return checks;
  }

  /** Reads bundle after bundle; gives what is wrong, or `undefined`. */
  async #entries(): Promise<string | undefined> {
    for (let from = 0; from < this.#head.size; from += TILE_WIDTH) {
      const tile: Tile = { level: 'entries', index: from / TILE_WIDTH, width: Math.min(TILE_WIDTH, this.#head.size - from) };
      const bytes = await this.#file(tile);
      if (bytes === undefined) return `there is no file ${tilePath(tile)}`;
      const entries = bytes.length > TILE_WIDTH * (ENTRY_BYTES_MAX + 2) ? undefined : decodeEntries(bytes, tile.width);
      if (entries === undefined) return `${tilePath(tile)} is no bundle of ${tile.width} entries`;
      const fault = await this.#grow(entries.map((entry) => leafHash(entry, this.#hash)), from + tile.width === this.#head.size);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  /** Takes leaves, remembers the roots at the earlier sizes, and compares each tile that became complete. */
  async #grow(leaves: readonly Uint8Array[], isLast: boolean): Promise<string | undefined> {
    const first = this.#frontier.size;
    const inside = this.#earlier.map(({ size }) => size - first).filter((cut) => cut > 0 && cut < leaves.length);
    const cuts = [0, ...new Set(inside.toSorted((a, b) => a - b)), leaves.length];
    for (const [i, cut] of cuts.slice(1).entries()) {
      const grown = appendLeaves(this.#frontier, leaves.slice(cuts[i], cut), this.#hash);
      this.#frontier = grown.frontier;
      this.#root = grown.root;
      if (this.#earlier.some(({ size }) => size === grown.frontier.size)) this.#rootsAt.set(grown.frontier.size, grown.root);
      for (const { level, hash } of grown.nodes) if (level % 8 === 0) this.#row(level / 8).hashes.push(hash);
    }
    for (const [level, row] of this.#rows.entries()) {
      if (row.hashes.length < TILE_WIDTH && !(isLast && row.hashes.length > 0)) continue;
      const fault = await this.#compare({ level, index: row.index, width: row.hashes.length }, row.hashes);
      if (fault !== undefined) return fault;
      this.#rows[level] = { index: row.index + 1, hashes: [] };
    }
    return undefined;
  }

  #row(level: number): { index: number; hashes: Uint8Array[] } {
    return (this.#rows[level] ??= { index: 0, hashes: [] });
  }

  async #compare(tile: Tile, hashes: readonly Uint8Array[]): Promise<string | undefined> {
    const bytes = await this.#file(tile);
    const held = bytes === undefined ? undefined : decodeHashes(bytes, tile.width);
    if (bytes === undefined) return `there is no file ${tilePath(tile)}`;
    const isEqual = held !== undefined && hashes.every((hash, i) => equalBytes(hash, held[i] ?? NO_HASH));
    return isEqual ? undefined : `${tilePath(tile)} does not hold the hashes of the entries`;
  }

  /** A partial tile may have been deleted once the full one is there. Source: tlog-tiles, "Partial Tiles". */
  async #file(tile: Tile): Promise<Uint8Array | undefined> {
    return (await this.#read(tilePath(tile))) ?? (tile.width < TILE_WIDTH ? await this.#read(tilePath({ ...tile, width: TILE_WIDTH })) : undefined);
  }
}
