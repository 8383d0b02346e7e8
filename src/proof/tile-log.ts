/**
 * A log written as static tiles (C2SP tlog-tiles): the files that a tree needs when it grew from one size to
 * another, read from wherever its hashes and entries are kept. The checkpoint is not among them: publish it
 * last, when every file that it needs is in place, so that no reader meets a head without its tree.
 */

import { assert } from '../terms/index.ts';
import { encodeEntries, encodeHashes, TILE_WIDTH, tilePath, tilesBetween } from './tile.ts';

/** Where a tree is kept. Both give exactly the items [from, to) in order. */
export interface TreeSource {
  /** Roots of the complete subtrees of 2^level leaves. */
  hashes(level: number, from: number, to: number): Promise<readonly Uint8Array[]>;
  /** Entries as they were hashed. */
  entries(from: number, to: number): Promise<readonly Uint8Array[]>;
}

/** A file of the log: its path below the log's prefix, and its bytes. */
export interface TileFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The files to write when the tree grew from `from` to `size` leaves; all of them with `from` 0. One tile is in memory at a time. */
export async function* tileFiles(source: TreeSource, from: number, size: number): AsyncGenerator<TileFile, void, undefined> {
  for (const tile of tilesBetween(from, size)) {
    const first = tile.index * TILE_WIDTH;
    const last = first + tile.width;
    const items = tile.level === 'entries' ? await source.entries(first, last) : await source.hashes(tile.level * 8, first, last);
    assert(items.length === tile.width, `the tree has all ${tile.width} items of ${tilePath(tile)}`);
    yield { path: tilePath(tile), bytes: tile.level === 'entries' ? encodeEntries(items) : encodeHashes(items) };
  }
}
