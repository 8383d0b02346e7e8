/**
 * Wallets on published lists, as the ledger's list versions have them: read on when somebody asks, so that a version which
 * came since is known. One for the server's process.
 */

import type pg from 'pg';
import { SYSTEM, isKind, readEntries, withActor } from '../../log/index.ts';
import { WalletTable } from '../../screening/index.ts';

const PAGE_ENTRIES = 200;

/** The table, brought up to the ledger. */
export class PublishedWallets {
  readonly #pool: pg.Pool;
  readonly #object: (sha256: string) => Promise<Uint8Array>;
  readonly #table = new WalletTable();
  #next = 0;
  #reading: Promise<void> | undefined;

  /** `pool`: as `nigran_app`. `object`: a list's content by its hash. */
  constructor(pool: pg.Pool, object: (sha256: string) => Promise<Uint8Array>) {
    this.#pool = pool;
    this.#object = object;
  }

  /** The table as of now. */
  async read(): Promise<WalletTable> {
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
    return this.#table;
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const page = await withActor(this.#pool, SYSTEM, (tx) => readEntries(tx, { from: this.#next, kinds: ['list-version'], limit: PAGE_ENTRIES }));
      for (const entry of page) {
        if (isKind(entry, 'list-version') && entry.body.holds === 'wallets') this.#table.add(entry.body, await this.#object(entry.body.sha256));
        this.#next = entry.index + 1;
      }
      if (page.length < PAGE_ENTRIES) return;
    }
  }
}
