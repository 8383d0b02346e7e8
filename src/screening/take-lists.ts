/**
 * A folder of list files, or one file, becomes new versions: each list that is found is read, judged and entered by
 * itself, so one that fails stops no other, and its last good version stays. A version that was held back is entered
 * when a second person has looked at what it lost.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type pg from 'pg';
import type { Framework } from '../framework/index.ts';
import { SYSTEM, readEntries, isKind, withActor, type Entry, type Objects, type Tx } from '../log/index.ts';
import { parseInstant, reject, type Instant, type Rejection } from '../terms/index.ts';
import { enterVersion, type Importer } from './import.ts';
import { importNameList } from './import-names.ts';
import { readLists } from './lists/read-lists.ts';
import { decodeNames } from './name-content.ts';

/** What taking lists in stands on. */
export interface TakeGround {
  readonly pool: pg.Pool;
  readonly objects: Objects;
  readonly framework: Framework;
}

/** What became of a list, or of a file that is none. */
export interface TakenList {
  /** Code of the list; null for a file of which none could be read. */
  readonly list: string | null;
  readonly files: readonly string[];
  readonly version: string | null;
  readonly entries: number;
  readonly quarantined: number;
  /** Entry of the ledger that brought the version. */
  readonly entry?: number;
  readonly code?: Rejection['code'];
  readonly detail?: string;
}

/** Takes every list of a folder in, in its newest state there. `source`: what is written down as where it came from. */
export async function takeLists(ground: TakeGround, now: Instant, directory: string, source: string, by: Importer): Promise<TakenList[]> {
  const found = await readLists(directory);
  const taken: TakenList[] = found.refused.map(({ file, code, detail }) => ({ list: null, files: [file], version: null, entries: 0, quarantined: 0, code, ...(detail === undefined ? {} : { detail }) }));
  for (const { list, version, files, entries, rows, folded, quarantined } of found.lists) {
    const publishedAt = parseInstant(`${version}T00:00:00Z`);
    const done = publishedAt === undefined ? reject('LIST_FILE_BROKEN', 'the day of the list') : publishedAt > now ? reject('LIST_FILE_BROKEN', 'the day of the list is to come')
      : await withActor(ground.pool, SYSTEM, (tx) => importNameList(tx, now, ground, { list, version, publishedAt, source, entries, rows, folded, quarantined }, by));
    taken.push({ list, files: files.map((file) => basename(file)), version, entries: entries.length, quarantined: quarantined.length, ...('code' in done ? { code: done.code, ...(done.detail === undefined ? {} : { detail: done.detail }) } : { entry: done.index }) });
  }
  return taken;
}

/** The same for files that were sent: they lie in a folder of their own while they are read. */
export async function takeSentLists(ground: TakeGround, now: Instant, files: readonly { readonly name: string; readonly bytes: Uint8Array }[], source: string, by: Importer): Promise<TakenList[]> {
  const directory = await mkdtemp(join(tmpdir(), 'nigran-lists-'));
  try {
    // The name gives the day of a list that says none; nothing of it may leave the folder.
    for (const [i, file] of files.entries()) await writeFile(join(directory, `${i}-${basename(file.name).replace(/[^\w. -]/g, '_')}`), file.bytes);
    return await takeLists(ground, now, directory, source, by);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Enters a version that was held back: another person than the one who took it has seen what it lost. */
export async function confirmHeld(tx: Tx, now: Instant, ground: Pick<TakeGround, 'objects'> & { readonly force: (list: string) => 'freeze' | 'review' | 'information' | undefined }, held: number, by: { readonly account: string; readonly reason: string }): Promise<Entry<'list-version'> | Rejection> {
  const [entry] = await readEntries(tx, { from: held, kinds: ['list-held'], limit: 1 });
  if (entry === undefined || entry.index !== held || !isKind(entry, 'list-held') || entry.body.holds !== 'names') return reject('NOT_FOUND');
  if (by.reason.trim() === '') return reject('DECISION_INVALID', 'reason');
  if (entry.actor === by.account) return reject('SECOND_PERSON_REQUIRED');
  const { list, version, sha256, source, publishedAt } = entry.body;
  const force = ground.force(list);
  if (force === undefined) return reject('LIST_UNKNOWN', 'list');
  const content = await ground.objects.get(sha256);
  const { lines, quarantined } = decodeNames(content);
  return enterVersion(tx, now, ground.objects, {
    body: { list, holds: 'names', version, force, covers: [], read: lines.size + quarantined, count: lines.size, repeated: 0, exempt: 0, quarantined, source, publishedAt },
    content, clashes: () => true, lossOf: () => Promise.resolve(undefined),
  }, { actor: entry.actor, second: by.account, basis: by.reason, confirmsLoss: true });
}
