/** What the routes of screening share: what they stand on, and how lists and their entries are called on screens. */

import type pg from 'pg';
import type { StaffDesk } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { inForce, type Framework } from '../../framework/index.ts';
import type { ListEntry } from '../../screening/index.ts';
import type { ListBooks } from '../../screening/hits/index.ts';
import type { Instant } from '../../terms/index.ts';
import type { Directory } from './directory.ts';

/** What the routes of hits stand on. */
export interface HitsGround {
  readonly pool: pg.Pool;
  readonly desk: StaffDesk;
  readonly directory: Directory;
  readonly framework: Framework;
  readonly books: ListBooks;
}

/** What a list is called in the framework; its code where it is not there. */
export function titleOf(framework: Framework, list: string): { en: string; ur: string } {
  const title = framework.lists.get(list)?.at(-1)?.title;
  return title === undefined ? { en: list, ur: list } : { en: title.en, ur: title.ur };
}

/** The clause that gives a list its force. */
export function clauseOf(framework: Framework, list: string, now: Instant): { en: string; ur: string } {
  const clause = (inForce(framework.lists.get(list), now) ?? framework.lists.get(list)?.at(-1))?.clause;
  return clause === undefined ? { en: list, ur: list } : { en: clause.en, ur: clause.ur };
}

/** An entry as screens show it. */
export function entryShape(entry: ListEntry): NonNullable<Answer<'hit'>['listed']> {
  const texts = (all: readonly string[]): string[] => all.slice(0, 1_000);
  return {
    list: entry.list, entry: entry.entry, schema: entry.schema, names: entry.names.map((name) => ({ ...name })), fatherNames: texts(entry.fatherNames), birthDates: texts(entry.birthDates), nationalities: texts(entry.nationalities),
    gender: entry.gender, identifiers: entry.identifiers.slice(0, 1_000).map((one) => ({ ...one })), places: texts(entry.places), programs: texts(entry.programs),
  };
}
