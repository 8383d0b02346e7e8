/**
 * A state of a wallet list becomes a version: read row by row, kept under its hash, entered into the ledger with
 * what became of every row. The force of the list is the framework's. A refresh that lost too many rows at once is
 * held back with an entry of its own: the last good version stays in use and grows stale, until a second person
 * confirms that the rows are gone.
 */

import { inForce, numberAt, type Framework } from '../framework/index.ts';
import { append, lockLedger, type Entry, type Objects, type Tx } from '../log/index.ts';
import { assert, reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import { decodeList, encodeList, listOf, type VersionHead, type WalletList } from './content.ts';
import type { Exemptions } from './exempt.ts';
import { readRows, type SourceFile } from './source.ts';
import { applyToViews, readVersions, wasHeld, type KnownVersion } from './views.ts';

/** What an import stands on. */
export interface ImportGround {
  readonly objects: Objects;
  readonly framework: Framework;
  readonly exemptions: Exemptions;
}

/** A state of a list as its publisher has it. `list` is the pack's name of the list. */
export interface WalletSource extends VersionHead {
  readonly files: readonly SourceFile[];
}

/** Who imports. `confirmsLoss`: the second person has looked, and the rows are gone. */
export interface Importer {
  readonly actor: string;
  readonly second?: string;
  readonly basis: string;
  readonly confirmsLoss?: boolean;
}

/**
 * Takes a state of a list in as a version. Gives its entry; or the code by which it is refused: LIST_UNKNOWN,
 * LIST_EMPTY, LIST_VERSION_KNOWN, SECOND_PERSON_REQUIRED, or LIST_SHRUNK, which has left an entry `list-held`.
 */
export async function importWalletList(tx: Tx, now: Instant, ground: ImportGround, source: WalletSource, by: Importer): Promise<Entry<'list-version'> | Rejection> {
  const force = inForce(ground.framework.lists.get(source.list), now)?.force;
  if (force === undefined) return reject('LIST_UNKNOWN', 'list');
  const { files, ...head } = source;
  const list = listOf(head, readRows(files), ground.exemptions);
  if (list.wallets.length === 0) return reject('LIST_EMPTY', 'files');
  return enterVersion(tx, now, ground.objects, {
    body: { ...bodyOf(list), force }, content: encodeList(list),
    clashes: (known) => known.covers.some((family) => list.head.covers.some((each) => each === family)),
    lossOf: (versions) => lossOf(ground, list, versions, now),
  }, by);
}

/** A state of a list on its way into the ledger: wallets or names. */
export interface EnteredState {
  readonly body: Omit<EntryBody<'list-version'>, 'sha256'>;
  readonly content: Uint8Array;
  /** Would a known version of the same instant speak about the same rows? */
  readonly clashes: (known: KnownVersion) => boolean;
  /** The last good state, when this one has lost too large a share of it. */
  readonly lossOf: (versions: readonly KnownVersion[]) => Promise<Loss | undefined>;
}

/** Enters a state as a version, or holds it back. What `importWalletList` says of codes holds here. */
export async function enterVersion(tx: Tx, now: Instant, objects: Objects, state: EnteredState, by: Importer): Promise<Entry<'list-version'> | Rejection> {
  const { body } = state;
  const sha256 = await objects.put(state.content);
  await lockLedger(tx, now);
  const versions = await readVersions(tx, body.list, body.holds);
  if (versions.some((one) => one.version === body.version || (one.publishedAt === body.publishedAt && state.clashes(one)))) return reject('LIST_VERSION_KNOWN', 'version');
  const lost = await state.lossOf(versions);
  if (lost !== undefined && by.confirmsLoss === true && (by.second === undefined || by.second === by.actor)) return reject('SECOND_PERSON_REQUIRED');
  if (lost !== undefined && by.confirmsLoss !== true) {
    await hold(tx, now, { ...body, sha256 }, lost, by);
    return reject('LIST_SHRUNK', `${lost.count} of version ${lost.version} became ${lost.left ?? body.count}`);
  }
  const entries = await append(tx, now, [{ kind: 'list-version', ...officers(by), body: { ...body, sha256 } }]);
  await applyToViews(tx, entries);
  const [entry] = entries;
  assert(entry !== undefined, 'an append gives its entry back');
  return entry;
}

function bodyOf({ head, wallets, read, repeated, exempt, unreadable }: WalletList) {
  return {
    list: head.list, holds: 'wallets' as const, version: head.version, covers: [...head.covers], read, count: wallets.length, repeated, exempt: exempt.length,
    quarantined: unreadable.length, source: head.source, publishedAt: head.publishedAt,
  };
}

function officers(by: Importer): { actor: string; basis: string; second?: string } {
  return { actor: by.actor, basis: by.basis, ...(by.second === undefined ? {} : { second: by.second }) };
}

/** What a refresh has lost: the last good version, how many it had, and how many of them are left. */
export interface Loss {
  readonly version: string;
  readonly count: number;
  readonly left?: number;
}

/** The last good state of the families that the list covers, when the list has lost too large a share of it. */
async function lossOf(ground: ImportGround, list: WalletList, versions: readonly KnownVersion[], now: Instant): Promise<Loss | undefined> {
  const open = new Set<string>(list.head.covers);
  let count = 0;
  let version: string | undefined;
  for (const one of versions) {
    const families = one.covers.filter((family) => open.has(family));
    if (one.publishedAt >= list.head.publishedAt || families.length === 0) continue;
    version ??= one.version;
    const { wallets } = decodeList(await ground.objects.get(one.sha256));
    count += wallets.filter((wallet) => families.includes(wallet.family)).length;
    for (const family of families) open.delete(family);
    if (open.size === 0) break;
  }
  if (version === undefined || count === 0) return undefined;
  const share = (count - list.wallets.length) / count;
  return share >= numberAt(ground.framework, 'list.shrink', now) ? { version, count } : undefined;
}

async function hold(tx: Tx, now: Instant, body: EntryBody<'list-version'>, lost: Loss, by: Importer): Promise<void> {
  // A refresh that is tried again and again is one held refresh, not one an hour.
  if (await wasHeld(tx, body.list, body.sha256)) return;
  await applyToViews(tx, await append(tx, now, [{
    kind: 'list-held', ...officers(by),
    body: {
      list: body.list, holds: body.holds, version: body.version, sha256: body.sha256, count: body.count, lastGoodVersion: lost.version, lastGoodCount: lost.count,
      source: body.source, publishedAt: body.publishedAt,
    },
  }]));
}
