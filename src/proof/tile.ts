/**
 * Tiles (C2SP tlog-tiles v0.1.0): a log as static files that never change. A tile is 256 consecutive hashes
 * of one level, 8 tree levels apart from the next; a bundle is 256 consecutive entries, each behind its length
 * in two bytes. The rightmost tile of a level may be partial; its width is in its path. This file knows the
 * paths, the bytes, and which tiles a tree of a given size has.
 *
 * Refuses an entry of more than 65,535 bytes, an empty tile, and a path that is not the one path of its tile.
 */

import { assert } from '../terms/index.ts';
import { concat } from './bytes.ts';

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256;
/** Bytes of one entry at most: its length is written in two. */
export const ENTRY_BYTES_MAX = 65_535;
const HASH_BYTES = 32;

/** A tile, or with `level: 'entries'` a bundle of entries. `index` counts full tiles from the left, `width` is 1 to 256. */
export interface Tile {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

/** Path below the log's prefix, for example `tile/0/x001/x234/067.p/8`. Source: tlog-tiles, "Merkle Tree". */
export function tilePath(tile: Tile): string {
  const digits = String(tile.index).padStart(Math.ceil(String(tile.index).length / 3) * 3, '0');
  const elements = digits.match(/\d{3}/g) ?? [];
  const path = elements.map((element, i) => (i === elements.length - 1 ? element : `x${element}`)).join('/');
  return `tile/${tile.level}/${path}${tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`}`;
}

/** The tile of a path, or `undefined` when the path is not the one path of any tile. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level = '', elements = '', width] = /^tile\/(\d{1,2}|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  if (level === '') return undefined;
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level), index: Number(elements.replaceAll(/[x/]/g, '')), width: width === undefined ? TILE_WIDTH : Number(width),
  };
  const isWithin = (tile.level === 'entries' || tile.level < 64) && Number.isSafeInteger(tile.index) && tile.width >= 1 && (width === undefined || tile.width < TILE_WIDTH);
  return isWithin && tilePath(tile) === path ? tile : undefined;
}

/**
 * The tiles and bundles that must be written when a tree of `from` leaves grows to `size`, level by level; all
 * of the tree's with `from` 0. A partial tile of `from` that grew is among them under its new width.
 */
export function tilesBetween(from: number, size: number): Tile[] {
  assert(Number.isSafeInteger(from) && Number.isSafeInteger(size) && from >= 0 && from <= size, 'a tree grows from a smaller size');
  const tiles: Tile[] = rowBetween('entries', from, size);
  for (let level = 0, before = from, now = size; now > 0; level += 1) {
    tiles.push(...rowBetween(level, before, now));
    before = Math.floor(before / TILE_WIDTH);
    now = Math.floor(now / TILE_WIDTH);
  }
  return tiles;
}

/** Tiles of one level that hold any of the hashes [before, now). */
function rowBetween(level: Tile['level'], before: number, now: number): Tile[] {
  const tiles: Tile[] = [];
  if (before === now) return tiles;
  for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < now; index += 1) {
    tiles.push({ level, index, width: Math.min(TILE_WIDTH, now - index * TILE_WIDTH) });
  }
  return tiles;
}

/** Bytes of a hash tile: the hashes one after the other. */
export function encodeHashes(hashes: readonly Uint8Array[]): Uint8Array {
  assert(hashes.length >= 1 && hashes.length <= TILE_WIDTH && hashes.every((hash) => hash.length === HASH_BYTES), 'a tile holds 1 to 256 hashes of 32 bytes');
  return concat(...hashes);
}

/** The first `width` hashes of a tile that has at least so many, or `undefined` when its length is no tile's. */
export function decodeHashes(bytes: Uint8Array, width: number): Uint8Array[] | undefined {
  const held = bytes.length / HASH_BYTES;
  if (!Number.isInteger(held) || held < width || held > TILE_WIDTH) return undefined;
  return Array.from({ length: width }, (_, i) => bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

/** Bytes of a bundle: each entry behind its length, big-endian. */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  assert(entries.length >= 1 && entries.length <= TILE_WIDTH, 'a bundle holds 1 to 256 entries');
  const parts = entries.flatMap((entry) => {
    assert(entry.length <= ENTRY_BYTES_MAX, `an entry holds at most ${ENTRY_BYTES_MAX} bytes`);
    return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
  });
  return concat(...parts);
}

/** The first `width` entries of a bundle that has at least so many, or `undefined` when its bytes are no bundle's. */
export function decodeEntries(bytes: Uint8Array, width: number): Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [high, low] = bytes.subarray(at, at + 2);
    if (high === undefined || low === undefined || entries.length === TILE_WIDTH) return undefined;
    const end = at + 2 + high * 256 + low;
    if (end > bytes.length) return undefined;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries.length < width ? undefined : entries.slice(0, width);
}
