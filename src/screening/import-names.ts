/**
 * A state of a list of names becomes a version: its entries as canonical lines under their hash, entered into the
 * ledger with what became of every row. A refresh that lost too many of the entries that were there is held back,
 * even when others came instead: a list of other people is more likely a wrong file than a new law.
 */

import { inForce, numberAt } from '../framework/index.ts';
import type { Entry, Tx } from '../log/index.ts';
import { reject, type Instant, type Rejection } from '../terms/index.ts';
import type { Quarantined } from './lists/fault.ts';
import type { ListEntry } from './entity.ts';
import { enterVersion, type ImportGround, type Importer, type Loss } from './import.ts';
import { decodeNames, encodeNames, lineOf, type NameHead } from './name-content.ts';
import type { KnownVersion } from './views.ts';

/** A state of a list of names as it was read. `list` is the pack's name of the list. */
export interface NameSource extends NameHead {
  readonly entries: readonly ListEntry[];
  readonly rows: number;
  readonly folded: number;
  readonly quarantined: readonly Quarantined[];
}

/** What taking names in stands on. */
type NameGround = Pick<ImportGround, 'objects' | 'framework'>;

/**
 * Takes a state of a list of names in as a version. Gives its entry; or the code by which it is refused:
 * LIST_UNKNOWN, LIST_EMPTY, LIST_VERSION_KNOWN, SECOND_PERSON_REQUIRED, or LIST_SHRUNK, which has left an entry
 * `list-held`.
 */
export async function importNameList(tx: Tx, now: Instant, ground: NameGround, source: NameSource, by: Importer): Promise<Entry<'list-version'> | Rejection> {
  const force = inForce(ground.framework.lists.get(source.list), now)?.force;
  if (force === undefined) return reject('LIST_UNKNOWN', 'list');
  if (source.entries.length === 0) return reject('LIST_EMPTY', 'files');
  const { list, version, publishedAt, rows, folded, quarantined, source: from } = source;
  const lines = new Map(source.entries.map((one) => [one.entry, lineOf(one)]));
  return enterVersion(tx, now, ground.objects, {
    body: { list, holds: 'names', version, force, covers: [], read: rows, count: lines.size, repeated: folded, exempt: 0, quarantined: quarantined.length, source: from, publishedAt },
    content: encodeNames({ list, version, publishedAt, source: from }, lines, quarantined),
    clashes: () => true,
    lossOf: (versions) => lossOf(ground, versions.find((one) => one.publishedAt < publishedAt), lines, now),
  }, by);
}

async function lossOf(ground: NameGround, before: KnownVersion | undefined, lines: ReadonlyMap<string, string>, now: Instant): Promise<Loss | undefined> {
  if (before === undefined) return undefined;
  const then = [...decodeNames(await ground.objects.get(before.sha256)).lines.keys()];
  const left = then.filter((number) => lines.has(number)).length;
  return then.length > 0 && (then.length - left) / then.length >= numberAt(ground.framework, 'list.shrink', now) ? { version: before.version, count: then.length, left } : undefined;
}
