/**
 * What the versions of lists of names say, for screens: an entry as a list had it, how a version differs from the one
 * before, the words of a hit put back in their places. Contents are read from objects by hash and a few are kept.
 */

import type { Db, Objects } from '../log/index.ts';
import type { ListEntry } from './entity.ts';
import type { HitBody } from './hits/hit.ts';
import { differing } from './hits/known-people.ts';
import { prepareName } from './match/prepare.ts';
import { decodeNames, entryOfLine } from './name-content.ts';
import { readVersions, type KnownVersion } from './views.ts';

/** Contents kept, some 10 MB each. */
const KEPT_MAX = 4;
/** Entries of a change that are shown. */
export const CHANGES_SHOWN_MAX = 200;

/** How a version differs from the one before it: how many, and the first of them. */
export interface VersionChange {
  readonly version: KnownVersion;
  readonly before: KnownVersion | undefined;
  readonly counts: { readonly added: number; readonly changed: number; readonly removed: number };
  readonly added: readonly ListEntry[];
  readonly changed: readonly { readonly entry: ListEntry; readonly fields: readonly string[] }[];
  readonly removed: readonly ListEntry[];
}

/** Words of the listed name by which a hit was found. */
export interface HitWords {
  readonly name: string;
  readonly met: readonly { readonly word: string; readonly how: HitBody['words'][number]['how']; readonly similarity: number }[];
  readonly left: readonly string[];
}

/** Reads versions for screens. */
export class ListBooks {
  readonly #objects: Objects;
  #kept: { readonly sha256: string; readonly lines: Promise<ReadonlyMap<string, string>> }[] = [];

  constructor(objects: Objects) {
    this.#objects = objects;
  }

  /** An entry as a version had it. */
  async entry(list: string, sha256: string, number: string): Promise<ListEntry | undefined> {
    const line = (await this.#lines(sha256)).get(number);
    return line === undefined ? undefined : entryOfLine(list, line);
  }

  /** How a version of a list of names differs from the one before; undefined when there is no such version. */
  async change(db: Db, list: string, version: string): Promise<VersionChange | undefined> {
    const versions = await readVersions(db, list, 'names');
    const at = versions.findIndex((one) => one.version === version);
    const [now, before] = [versions[at], versions[at + 1]];
    if (at < 0 || now === undefined) return undefined;
    const [lines, then] = [await this.#lines(now.sha256), before === undefined ? new Map<string, string>() : await this.#lines(before.sha256)];
    const { fresh, changed, removed } = differing(list, then, lines);
    const entryThen = (number: string): ListEntry[] => { const line = then.get(number); return line === undefined ? [] : [entryOfLine(list, line)]; };
    return {
      version: now, before, counts: { added: fresh.length, changed: changed.length, removed: removed.length }, added: fresh.slice(0, CHANGES_SHOWN_MAX),
      changed: changed.slice(0, CHANGES_SHOWN_MAX).map((entry) => ({ entry, fields: entryThen(entry.entry).flatMap((was) => fieldsOf(was, entry)) })), removed: removed.slice(0, CHANGES_SHOWN_MAX).flatMap(entryThen),
    };
  }

  #lines(sha256: string): Promise<ReadonlyMap<string, string>> {
    const known = this.#kept.find((one) => one.sha256 === sha256);
    if (known !== undefined) return known.lines;
    const lines = this.#objects.get(sha256).then((bytes) => decodeNames(bytes).lines);
    this.#kept = [{ sha256, lines }, ...this.#kept].slice(0, KEPT_MAX);
    lines.catch(() => { this.#kept = this.#kept.filter((one) => one.lines !== lines); });
    return lines;
  }
}

const FIELDS = ['schema', 'names', 'fatherNames', 'birthDates', 'nationalities', 'gender', 'identifiers', 'places', 'programs', 'wallets'] as const;

function fieldsOf(was: ListEntry, now: ListEntry): string[] {
  return FIELDS.filter((field) => JSON.stringify(was[field]) !== JSON.stringify(now[field]));
}

/** Puts the words of the list back in the places that a hit names. */
export function wordsOfHit(entry: ListEntry, hit: Pick<HitBody, 'name' | 'words' | 'listLeft'>): HitWords {
  const name = entry.names[hit.name]?.text ?? '';
  const prepared = prepareName(name, entry.schema === 'Person');
  const words = typeof prepared === 'string' ? [] : prepared.words.map((word) => word.text);
  const at = (places: readonly number[]): string => places.map((place) => words[place] ?? '').join(' ').trim();
  return { name, met: hit.words.map(({ list, how, similarity }) => ({ word: at(list), how, similarity })), left: hit.listLeft.map((place) => words[place] ?? '').filter((word) => word !== '') };
}
