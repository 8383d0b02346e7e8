/**
 * A list has changed: who of all known people must be looked at, and who no longer? The changed entries are run
 * against the index of people's names, and each person who comes near is opened and weighed. Nobody is asked about
 * entries that stayed as they were, so the work is that of the change and not of the list.
 */

import type { ListEntry } from './entity.ts';
import type { ScreeningQuery } from './match/query.ts';
import type { ListChange } from './name-history.ts';
import { numbersOf, weighPair, type PeopleIndex, type WeighedPair } from './people-index.ts';

/** What opens people for whoever runs a change against them. */
export interface OpenedPeople {
  /** What is known of a person; undefined when the person is gone. */
  open(ref: number): ScreeningQuery | undefined;
  /** Everybody who has one of these numbers, as `numberKey` writes them. */
  withNumbers(numbers: readonly string[]): readonly number[];
}

/** A person whom a changed entry concerns. */
export interface ReverseHit extends WeighedPair {
  readonly ref: number;
  readonly entry: ListEntry;
}

/** Everybody whom the added and changed entries concern, by entry and person. */
export function screenInReverse(change: Pick<ListChange, 'added' | 'changed'>, index: PeopleIndex, people: OpenedPeople): ReverseHit[] {
  const hits: ReverseHit[] = [];
  for (const entry of [...change.added, ...change.changed.map(({ after }) => after)]) {
    const near = new Set([...index.near(entry), ...people.withNumbers(numbersOf(entry))]);
    for (const ref of [...near].sort((a, b) => a - b)) {
      const query = people.open(ref);
      const pair = query === undefined ? undefined : weighPair(query, entry);
      if (pair !== undefined) hits.push({ ref, entry, ...pair });
    }
  }
  return hits;
}
