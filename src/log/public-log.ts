/**
 * The register log: the public tree, whose entries anyone may read, copy and check as static tiles (C2SP tlog-tiles).
 * It takes what the register tells in public, and once a day an anchor of the private ledger. An entry has a source
 * (`change:41`, `anchor:2026-11-24`) and is taken once, so that who appends may be cut off and begin again. Entries,
 * hashes and head are committed together; the head is signed when it has moved, and its signature is kept.
 *
 * The anchor is SHA-256 over the ledger's size, root and 32 random bytes: whoever is shown them later can check that
 * the ledger stood so on that day; who is not learns nothing, not even how many entries there were. It is made on the
 * first look of each Asia/Karachi day, whether or not the ledger grew.
 */

import { createHash } from 'node:crypto';
import type pg from 'pg';
import { leafHash, type Signer } from '../proof/index.ts';
import { encodeTlogProof, encodeEntries, encodeHashes, parseTilePath, TILE_WIDTH } from '../proof/published.ts';
import { assert, canonicalBytes, formatKarachiDay, karachiDay, type Instant } from '../terms/index.ts';
import { newestHead, signHead } from './checkpoint.ts';
import { packed, SYSTEM, withActor, type Tx } from './database.ts';
import { ENTRY_BYTES_MAX, LEDGER } from './ledger.ts';
import { growTrees, lockTrees, proveConsistency, proveInclusion, sha256, treeHead, type Grown } from './tree.ts';

/** Name of the tree. */
export const REGISTER_LOG = 'register';
/** Entries appended in one transaction at most. */
const APPEND_MAX = 10_000;

/** An entry of the public log before it has an index. */
export interface PublicEntry {
  /** Names it once and for all: what has it already is not taken again. */
  readonly source: string;
  readonly bytes: Uint8Array;
}

/** What was appended: the index of the first, and the grown tree with a proof for each. */
export interface Published {
  readonly first: number;
  readonly taken: readonly PublicEntry[];
  readonly grown: Grown | undefined;
}

/** Appends the entries whose source is new. They are durable when the transaction commits. */
export async function appendPublic(tx: Tx, entries: readonly PublicEntry[]): Promise<Published> {
  assert(entries.length <= APPEND_MAX, `at most ${APPEND_MAX} public entries are appended at once`);
  const head = (await lockTrees(tx, [REGISTER_LOG], 0)).get(REGISTER_LOG);
  assert(head !== undefined, 'a tree that was asked for is locked');
  const sources = entries.map((entry) => entry.source);
  const known = new Set((await tx.query<{ source: string }>({ name: 'public-known', text: 'select source from log.public_entry where source = any($1::text[])', values: [sources] })).rows.map((row) => row.source));
  // Of a source that stands twice the first is taken.
  const taken = entries.filter((entry) => !known.has(entry.source) && known.add(entry.source).size > 0);
  if (taken.length === 0) return { first: head.size, taken, grown: undefined };
  assert(taken.every((entry) => entry.bytes.length <= ENTRY_BYTES_MAX), `a public entry holds at most ${ENTRY_BYTES_MAX} bytes`);
  const { bytes, starts, lengths } = packed(taken.map((entry) => entry.bytes));
  await tx.query({
    name: 'public-insert',
    text: `insert into log.public_entry (index, source, bytes) select $1::bigint + n - 1, source, substring($3::bytea from start for length) from unnest($2::text[], $4::int[], $5::int[]) with ordinality as e(source, start, length, n)`,
    values: [head.size, taken.map((entry) => entry.source), bytes, starts, lengths],
  });
  const [grown] = await growTrees(tx, [{ name: REGISTER_LOG, head, leaves: taken.map((entry) => leafHash(entry.bytes, sha256)), lastAdmitted: 0 }]);
  return { first: head.size, taken, grown };
}

/** What an anchor commits to. */
export interface Anchor {
  readonly day: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** 32 random bytes. */
  readonly nonce: Uint8Array;
}

/** Digest of an anchor, in hex: SHA-256 over a line that says what it is, then day, size, root and nonce, a line each. */
export function anchorDigest({ day, size, root, nonce }: Anchor): string {
  const text = `nigran ledger anchor 1\n${day}\n${size}\n${Buffer.from(root).toString('base64')}\n${Buffer.from(nonce).toString('base64')}\n`;
  return createHash('sha256').update(text).digest('hex');
}

/** The day's anchor, unless it is made already. The nonce is kept in the house, beside the size and the root that it hides. */
export async function anchorLedger(tx: Tx, now: Instant, random: (length: number) => Uint8Array): Promise<boolean> {
  const day = formatKarachiDay(karachiDay(now));
  if ((await tx.query('select from log.anchor where day = $1', [day])).rowCount !== 0) return false;
  const { size, root } = await treeHead(tx, LEDGER);
  const anchor = { day, size, root, nonce: random(32) };
  const made = await tx.query('insert into log.anchor (day, size, root, nonce) values ($1, $2, $3, $4) on conflict do nothing', [day, size, Buffer.from(root), Buffer.from(anchor.nonce)]);
  if (made.rowCount === 0) return false;
  await appendPublic(tx, [{ source: `anchor:${day}`, bytes: canonicalBytes({ v: 1, kind: 'anchor', day, digest: anchorDigest(anchor) }) }]);
  return true;
}

/** The public log of a house: what it serves, and what it takes. */
export class PublicLog {
  readonly #pool: pg.Pool;
  readonly #signer: Signer;
  #told: number | undefined;

  /** `pool`: as `nigran_app`. `signer`: its key id is the log's origin. */
  constructor(pool: pg.Pool, signer: Signer) {
    this.#pool = pool;
    this.#signer = signer;
  }

  /** Takes what the register told since the last look, and the day's anchor; signs the head. `told`: every statement so far, oldest first. */
  async follow(told: readonly { readonly n: number; readonly body: string }[], now: Instant, random: (length: number) => Uint8Array): Promise<void> {
    const from = this.#told ?? (await this.#toldSoFar());
    const fresh = told.slice(from, from + APPEND_MAX);
    await withActor(this.#pool, SYSTEM, async (tx) => {
      if (fresh.length > 0) await appendPublic(tx, fresh.map((each) => ({ source: `change:${each.n}`, bytes: Buffer.from(each.body) })));
      await anchorLedger(tx, now, random);
    });
    this.#told = from + fresh.length;
    await this.sign(now);
  }

  /** Appends entries; they are on disk when it answers. `prove` of the grown tree gives each its path to the new head. */
  append(entries: readonly PublicEntry[]): Promise<Published> {
    return withActor(this.#pool, SYSTEM, (tx) => appendPublic(tx, entries));
  }

  /** Signs the head as it stands; gives the note. */
  async sign(now: Instant): Promise<string> {
    return (await signHead(this.#pool, REGISTER_LOG, this.#signer, now)).note;
  }

  async #toldSoFar(): Promise<number> {
    const found = await this.#pool.query<{ told: number }>(`select count(*) as told from log.public_entry where source like 'change:%'`);
    return found.rows[0]?.told ?? 0;
  }

  /** The newest signed head, with the log's own signature alone: what a witness is asked to cosign. */
  async head(): Promise<string | undefined> {
    return (await newestHead(this.#pool, REGISTER_LOG))?.note;
  }

  /** The newest signed head with the cosignatures that witnesses gave it; `undefined` before the first. */
  async checkpoint(): Promise<string | undefined> {
    const head = await newestHead(this.#pool, REGISTER_LOG);
    if (head === undefined) return undefined;
    const found = await this.#pool.query<{ line: string }>('select line from log.cosignature where tree = $1 and size = $2 order by witness', [REGISTER_LOG, head.size]);
    return head.note + found.rows.map((row) => row.line).join('');
  }

  /** Bytes of a tile or bundle below the newest signed head; `undefined` for a path that is none of its. */
  async tile(path: string): Promise<Uint8Array | undefined> {
    const tile = parseTilePath(path);
    const size = (await newestHead(this.#pool, REGISTER_LOG))?.size ?? 0;
    if (tile === undefined) return undefined;
    const from = tile.index * TILE_WIDTH;
    const leaves = tile.level === 'entries' ? size : Math.floor(size / 256 ** tile.level);
    if (from + tile.width > leaves) return undefined;
    if (tile.level === 'entries') return encodeEntries(await publicEntries(this.#pool, from, from + tile.width));
    const found = await this.#pool.query<{ hash: Buffer }>('select hash from log.tree_node where tree = $1 and level = $2 and index >= $3 and index < $4 order by index', [REGISTER_LOG, tile.level * 8, from, from + tile.width]);
    assert(found.rows.length === tile.width, `the register log has the tile ${path}`);
    return encodeHashes(found.rows.map((row) => row.hash));
  }

  /** The `.tlog-proof` of an entry below the newest signed head, and the entry; `undefined` when there is none. */
  async proof(index: number): Promise<{ readonly text: string; readonly entry: Uint8Array } | undefined> {
    const head = await newestHead(this.#pool, REGISTER_LOG);
    if (head === undefined || !Number.isSafeInteger(index) || index < 0 || index >= head.size) return undefined;
    const [entry] = await publicEntries(this.#pool, index, index + 1);
    const checkpoint = await this.checkpoint();
    assert(entry !== undefined && checkpoint !== undefined, 'an entry below a signed head is there');
    return { text: encodeTlogProof({ index, path: await proveInclusion(this.#pool, REGISTER_LOG, index, head.size), checkpoint }), entry };
  }

  /** Index of the entry of a source. */
  async indexOf(source: string): Promise<number | undefined> {
    return (await this.#pool.query<{ index: number }>('select index from log.public_entry where source = $1', [source])).rows[0]?.index;
  }

  /** The same by the source of an entry: `change:41`. */
  async proofOf(source: string): Promise<{ readonly text: string; readonly entry: Uint8Array } | undefined> {
    const index = await this.indexOf(source);
    return index === undefined ? undefined : this.proof(index);
  }

  /** Proof that the head of `size` extends that of `from`. */
  consistency(from: number, size: number): Promise<Uint8Array[]> {
    return proveConsistency(this.#pool, REGISTER_LOG, from, size);
  }

  /** Keeps the cosignature line that a witness gave for the head of a size. The newest of a witness stands. */
  async keepCosignature(size: number, witness: string, line: string): Promise<void> {
    await this.#pool.query('insert into log.cosignature (tree, size, witness, line) values ($1, $2, $3, $4) on conflict (tree, size, witness) do update set line = excluded.line', [REGISTER_LOG, size, witness, line]);
  }
}

/** Entries [from, to) of the public log, as they were hashed. */
export async function publicEntries(db: pg.Pool | Tx, from: number, to: number): Promise<Uint8Array[]> {
  const found = await db.query<{ bytes: Buffer }>('select bytes from log.public_entry where index >= $1 and index < $2 order by index', [from, to]);
  return found.rows.map((row) => row.bytes);
}
