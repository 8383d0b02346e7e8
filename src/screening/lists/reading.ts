/**
 * What reading a list gives, and how rows become entries: several rows may speak of one entry, an entry that cannot
 * be kept is set aside with its reason, and every row ends as exactly one of entry, folded into another, set aside.
 */

import { assert } from '../../terms/index.ts';
import type { ListEntry } from '../entity.ts';
import { EntryDraft } from './draft.ts';
import { ListFault, Quarantine, type Quarantined } from './fault.ts';

/** Entries of one list at most. All public lists of the world together have about 100,000 targets. */
const ENTRIES_MAX = 2_000_000;

/** A list that was read. `rows` = entries + `folded` + quarantined. */
export interface Reading {
  readonly list: string;
  /** Day on which the publisher made the file, as the file itself says: `2026-02-27`. */
  readonly publishedOn: string | undefined;
  readonly entries: readonly ListEntry[];
  readonly rows: number;
  /** Rows that added to the entry of another row. */
  readonly folded: number;
  readonly quarantined: readonly Quarantined[];
}

/** Entries by number while their rows arrive. */
export class Gathering {
  readonly quarantine = new Quarantine();
  readonly #list: string;
  readonly #drafts = new Map<string, EntryDraft>();
  /** Rows that stand behind each draft. */
  readonly #rows = new Map<string, number>();
  #count = 0;
  publishedOn: string | undefined;

  constructor(list: string) {
    this.#list = list;
  }

  has(entry: string): boolean {
    return this.#drafts.has(entry);
  }

  /** The entry that a row speaks of; a new one when no row did before. */
  row(entry: string, schema: EntryDraft['schema']): EntryDraft {
    this.#count += 1;
    this.#rows.set(entry, (this.#rows.get(entry) ?? 0) + 1);
    const known = this.#drafts.get(entry);
    if (known !== undefined) return known;
    if (this.#drafts.size >= ENTRIES_MAX) throw new ListFault('LIST_FILE_TOO_LARGE', `more than ${ENTRIES_MAX} entries`);
    const made = new EntryDraft(this.#list, entry, schema);
    this.#drafts.set(entry, made);
    return made;
  }

  /** A row that speaks of no entry. */
  setAside(place: string, reason: string): void {
    this.#count += 1;
    this.quarantine.add(place, reason);
  }

  finish(): Reading {
    const entries: ListEntry[] = [];
    let folded = 0;
    for (const [number, draft] of this.#drafts) {
      const rows = this.#rows.get(number) ?? 1;
      const made = draft.finish();
      if (typeof made === 'string') for (let i = 0; i < rows; i++) this.quarantine.add(number === '' ? 'entry without a number' : `entry ${number.slice(0, 80)}`, made);
      else {
        entries.push(made);
        folded += rows - 1;
      }
    }
    assert(this.#count === entries.length + folded + this.quarantine.rows.length, 'every row of a list ends as exactly one thing');
    return { list: this.#list, publishedOn: this.publishedOn, entries, rows: this.#count, folded, quarantined: this.quarantine.rows };
  }
}
