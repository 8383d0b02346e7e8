/**
 * What the ledger says that a back-test needs, read once: stages, list versions with their content, who has become whom,
 * and which batches were set aside and not released. Stages are law and hold by their dates; lists are knowledge, and each
 * version is known only to what was admitted after it.
 */

import type pg from 'pg';
import { SYSTEM, isKind, withActor, type Entry, type Objects } from '../../log/index.ts';
import { assert } from '../../terms/index.ts';
import { ControlState, type ControlOptions, type GrowingWallets } from '../engine/control.ts';
import { ControlFeed } from '../worker/control-feed.ts';

/** What the ledger says that a back-test needs. */
export interface BackTestLedger {
  readonly feed: ControlFeed;
  readonly lists: readonly Entry<'list-version'>[];
  readonly permits: ControlState;
  /** Whom each merged person has become, as hex. */
  readonly merged: ReadonlyMap<string, string>;
  readonly setAside: readonly (readonly [number, number])[];
}

/** List versions in the order of the ledger, each known to what was admitted after it. */
export class ListFeed {
  readonly #ledger: BackTestLedger;
  readonly #wallets: GrowingWallets;
  #next = 0;

  constructor(ledger: BackTestLedger, wallets: GrowingWallets) {
    this.#ledger = ledger;
    this.#wallets = wallets;
  }

  /** Instant from which rows know more. */
  get nextAt(): number {
    return this.#ledger.lists[this.#next]?.admittedAt ?? Infinity;
  }

  knowBefore(admittedAt: number): void {
    for (let entry = this.#ledger.lists[this.#next]; entry !== undefined && entry.admittedAt < admittedAt; entry = this.#ledger.lists[this.#next]) {
      const { list } = this.#ledger.feed.fetched(entry);
      assert(list !== undefined, 'the content of a list was fetched');
      this.#wallets.add(entry.body, list);
      this.#next += 1;
    }
  }
}

/** Reads the ledger whole. */
export async function readLedger(pool: pg.Pool, objects: Objects, control: ControlOptions): Promise<BackTestLedger> {
  const feed = await withActor(pool, SYSTEM, async (tx) => {
    const read = new ControlFeed(tx, objects);
    await read.refresh();
    return read;
  });
  const entries = feed.between(0, feed.size);
  const permits = new ControlState(control);
  const merged = new Map<string, string>();
  for (const entry of entries) {
    if (isKind(entry, 'firm-registered') || isKind(entry, 'stage-changed')) permits.apply(entry, {});
    if (!isKind(entry, 'person-merged')) continue;
    for (const [from, into] of merged) if (into === entry.body.from) merged.set(from, entry.body.into);
    merged.set(entry.body.from, entry.body.into);
  }
  const released = entries.filter((entry) => isKind(entry, 'batch-released')).filter((entry) => feed.holds(entry)).map(({ body }) => `${body.partition}/${body.offset}`);
  const setAside = entries.filter((entry) => isKind(entry, 'batch-quarantined')).filter(({ body }) => !released.includes(`${body.partition}/${body.offset}`)).map(({ body }) => [body.partition, body.offset] as const);
  return { feed, permits, merged, setAside, lists: entries.filter((entry) => isKind(entry, 'list-version')).filter(({ body }) => body.holds === 'wallets') };
}

/** Writes the surviving person's id over that of each who was merged away. */
export function renamePeople(person: Uint8Array, merged: ReadonlyMap<string, string>): void {
  const firstBytes = new Set([...merged.keys()].map((hex) => Number.parseInt(hex.slice(0, 2), 16)));
  const bytes = Buffer.from(person.buffer, person.byteOffset, person.byteLength);
  for (let at = 0; at < bytes.length; at += 16) {
    if (!firstBytes.has(bytes[at] ?? 0)) continue;
    const into = merged.get(bytes.toString('hex', at, at + 16));
    if (into !== undefined) bytes.write(into, at, 16, 'hex');
  }
}
