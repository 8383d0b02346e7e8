/** What intake needs of the ledger, followed as it grows: assets, rates, the numbers of firms. */

import type pg from 'pg';
import { AssetBook } from '../intake/index.ts';
import { SYSTEM, isKind, readEntries, withActor } from '../log/index.ts';

/** Entries read at once. */
const PAGE_ENTRIES = 2_000;

/** Assets, rates and firms' numbers as of the ledger's size at the last `follow`. */
export class Facts {
  readonly book = new AssetBook();
  readonly numbers = new Map<string, number>();
  #next = 0;

  /** Reads what was added since. */
  async follow(pool: pg.Pool): Promise<void> {
    for (;;) {
      const entries = await withActor(pool, SYSTEM, (tx) => readEntries(tx, { from: this.#next, kinds: ['asset-registered', 'rate-published', 'firm-registered'], limit: PAGE_ENTRIES }));
      for (const entry of entries) {
        if (isKind(entry, 'asset-registered')) this.book.register(entry.body);
        else if (isKind(entry, 'rate-published')) this.book.publish(entry.body);
        else if (isKind(entry, 'firm-registered')) this.numbers.set(entry.body.firm, entry.body.number);
        this.#next = entry.index + 1;
      }
      if (entries.length < PAGE_ENTRIES) return;
    }
  }

  numberOf(firm: string): number {
    const number = this.numbers.get(firm);
    if (number === undefined) throw new Error(`the ledger knows no firm ${firm}`);
    return number;
  }
}
