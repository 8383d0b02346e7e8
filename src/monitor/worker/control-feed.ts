/**
 * Control entries of the ledger as shards read them: each shard applies them at its own pace, in the order
 * of the ledger and never past what it may know. What an entry commits to (a list, a rule set) is fetched
 * from objects once. The size is read before the entries, so `size` never claims an entry that was missed.
 */

import { LEDGER, isKind, readEntries, type Db, type Entry, type Objects } from '../../log/index.ts';
import { ENTRY_KINDS, assert, type EntryKind } from '../../terms/index.ts';
import type { Fetched } from '../engine/control.ts';
import { readRules } from '../rules/rule-set.ts';

const CONTROL_KINDS = Object.values(ENTRY_KINDS).filter((term) => term.control).map((term): EntryKind => term.kind);
const PAGE_ENTRIES = 2_000;

export class ControlFeed {
  /** Every control entry below it is known. */
  size = 0;
  /** Admission instant of the ledger's newest entry of any kind. */
  lastAdmittedAt = 0;
  readonly #pool: Db;
  readonly #objects: Objects;
  readonly #entries: Entry[] = [];
  readonly #fetched = new Map<number, Fetched>();

  constructor(pool: Db, objects: Objects) {
    this.#pool = pool;
    this.#objects = objects;
  }

  /** Reads what the ledger has by now; true when it has grown. */
  async refresh(): Promise<boolean> {
    const head = await this.#pool.query<{ size: number; last_admitted: number }>({
      name: 'monitor-ledger-head', text: 'select size, last_admitted from log.tree where name = $1', values: [LEDGER] });
    const size = head.rows[0]?.size ?? 0;
    this.lastAdmittedAt = head.rows[0]?.last_admitted ?? 0;
    let from = this.size;
    while (from < size) {
      const page = await readEntries(this.#pool, { from, to: size, kinds: CONTROL_KINDS, limit: PAGE_ENTRIES });
      for (const entry of page) await this.#take(entry);
      from = page.length < PAGE_ENTRIES ? size : (page.at(-1)?.index ?? size) + 1;
    }
    const hasGrown = size > this.size;
    this.size = size;
    return hasGrown;
  }

  /** Control entries from an index on, up to but without `to`. */
  between(from: number, to: number): Entry[] {
    assert(to <= this.size, 'only what the ledger was seen to hold is applied');
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle]?.index ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    const out: Entry[] = [];
    for (let i = low; i < this.#entries.length; i++) {
      const entry = this.#entries[i];
      if (entry === undefined || entry.index >= to) break;
      out.push(entry);
    }
    return out;
  }

  /** What was fetched for an entry. */
  fetched(entry: Entry): Fetched {
    return this.#fetched.get(entry.index) ?? {};
  }

  /** Offsets of a partition that were set aside. */
  quarantined(partition: number): Set<number> {
    return new Set(this.#entries.flatMap((entry) => (isKind(entry, 'batch-quarantined') && entry.body.partition === partition ? [entry.body.offset] : [])));
  }

  /** Does a release hold? Not when its batch was set aside again after it. */
  holds(release: Entry<'batch-released'>): boolean {
    return !this.#entries.some((entry) => entry.index > release.index && isKind(entry, 'batch-quarantined')
      && entry.body.partition === release.body.partition && entry.body.offset === release.body.offset);
  }

  async #take(entry: Entry): Promise<void> {
    if (isKind(entry, 'list-version') && entry.body.holds === 'wallets') this.#fetched.set(entry.index, { list: await this.#objects.get(entry.body.sha256) });
    if (isKind(entry, 'rule-set-activated')) this.#fetched.set(entry.index, { ruleSet: readRules(await this.#objects.get(entry.body.hash)) });
    this.#entries.push(entry);
  }
}
