/**
 * Which framework pack the house stands under. The ledger says it, by hash: a pack that was changed under its revision is
 * told when the house starts, and a new revision is taken only after two officers have adopted it. A house of before
 * this was kept has no such entry; the pack that it first starts under is recorded as found.
 */

import { decide, type Member } from '../access/index.ts';
import type { Framework } from '../framework/index.ts';
import { append, isKind, lockLedger, readEntries, type Db, type Entry, type Tx } from '../log/index.ts';
import { formatInstant, instantOf, reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import type { Officers } from './step.ts';

const PAGE_ENTRIES = 500;
const HASH_FORM = /^[0-9a-f]{64}$/;
/** A proposal that nobody agreed to is none after so many newer entries of its kind; there are few, and one pack at a time is weighed. */
const PROPOSALS_MAX = 50;

/** A pack by its hash. */
export type PackName = Pick<EntryBody<'framework-proposed'>, 'framework' | 'revision' | 'hash'>;
/** A proposal to adopt a pack. */
export type WantedPack = EntryBody<'framework-proposed'>;

/** A pack that two officers adopted. `from`: from when on the house stands under it. */
export type Adopted = PackName & { readonly entry: number; readonly at: Instant; readonly from: Instant; readonly actor: string; readonly second: string | undefined };

/** How the house stands to packs: what was adopted last, and what waits for a second person. */
export interface Adoption {
  readonly adopted: Adopted | undefined;
  /** What was adopted for a later instant. */
  readonly coming: Adopted | undefined;
  readonly waits: readonly (WantedPack & { readonly entry: number; readonly at: Instant; readonly actor: string })[];
}

/** What the ledger says of packs as of an instant. */
export async function readAdoption(db: Db, now: Instant): Promise<Adoption> {
  const all: (Adopted & { readonly isLater: boolean })[] = [];
  let proposed: Entry<'framework-proposed'>[] = [];
  for (let from = 0; ;) {
    const page = await readEntries(db, { from, kinds: ['framework-adopted', 'framework-proposed'], limit: PAGE_ENTRIES });
    for (const entry of page) {
      if (isKind(entry, 'framework-proposed')) proposed.push(entry);
      if (!isKind(entry, 'framework-adopted')) continue;
      const { body, index, admittedAt, actor, second } = entry;
      all.push({ isLater: (body.effectiveFrom ?? 0) > now, framework: body.framework, revision: body.revision, hash: body.hash, entry: index, at: admittedAt, from: instantOf(body.effectiveFrom ?? admittedAt), actor, second });
      proposed = [];
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_ENTRIES) break;
    from = last.index + 1;
  }
  return {
    // What was adopted after a coming one took its place.
    adopted: plain(all.findLast((one) => !one.isLater)), coming: all.at(-1)?.isLater === true ? plain(all.at(-1)) : undefined,
    waits: proposed.slice(-PROPOSALS_MAX).map((entry) => ({ ...entry.body, entry: entry.index, at: entry.admittedAt, actor: entry.actor })),
  };
}

function plain(one: (Adopted & { readonly isLater: boolean }) | undefined): Adopted | undefined {
  if (one === undefined) return undefined;
  const { isLater: _later, ...adopted } = one;
  return adopted;
}

/** Why a house may not start under a pack, and what to do. */
export interface PackRefused {
  readonly what: string;
  readonly remedy: string;
}

/**
 * Holds the house to the pack that was adopted. Without any the pack is recorded as found. `successor`: who adopts a later
 * revision at once; a demo's invented officers do, an authority's are asked.
 */
export async function holdToPack(tx: Tx, now: Instant, framework: Framework, by: Officers, successor?: Officers): Promise<PackRefused | undefined> {
  await lockLedger(tx, now);
  const { adopted, coming } = await readAdoption(tx, now);
  const own: PackName = { framework: framework.id, revision: framework.revision, hash: framework.hash };
  if (adopted?.hash === own.hash) return undefined;
  const officers = adopted === undefined ? by : adopted.framework === own.framework && adopted.revision < own.revision ? successor : undefined;
  if (officers !== undefined) {
    const { actor, second, basis } = officers;
    await append(tx, now, [{ kind: 'framework-adopted', actor, ...(second === undefined ? {} : { second }), basis, body: { ...own, reasons: basis } }]);
    return undefined;
  }
  if (adopted !== undefined && coming?.hash === own.hash) return { what: `the pack ${own.framework} revision ${own.revision} is adopted for ${formatInstant(coming.from)} and not before`, remedy: `start with revision ${adopted.revision} until then` };
  return adopted === undefined ? undefined : refusedPack(adopted, own);
}

function refusedPack(adopted: PackName, own: PackName): PackRefused {
  const has = `the pack ${own.framework} revision ${own.revision} (${own.hash.slice(0, 12)})`;
  const stands = `this house stands under ${adopted.framework} revision ${adopted.revision} (${adopted.hash.slice(0, 12)})`;
  if (adopted.framework !== own.framework) return { what: `${has} is another framework: ${stands}`, remedy: 'start it with the framework that it was opened under' };
  if (adopted.revision === own.revision) return { what: `${has} was changed under its revision: ${stands}`, remedy: 'restore the published files, or raise the revision and let two officers adopt it' };
  return own.revision < adopted.revision ? { what: `${has} is older: ${stands}`, remedy: `put revision ${adopted.revision} in its place` }
    : { what: `${has} is not adopted: ${stands}`, remedy: `start with revision ${adopted.revision}, and let two officers adopt ${own.revision} by its hash first` };
}

/** An officer proposes a later revision of the pack by its hash. */
export async function proposePack(tx: Tx, now: Instant, wanted: WantedPack, by: Member): Promise<Entry<'framework-proposed'> | Rejection> {
  const may = decide(by, 'framework.adopt');
  if (!may.allowed) return may.rejection;
  if (wanted.effectiveFrom !== undefined && wanted.effectiveFrom <= now) return reject('DECISION_INVALID', 'effectiveFrom');
  if (wanted.reasons.trim() === '' || !HASH_FORM.test(wanted.hash)) return reject('DECISION_INVALID', wanted.reasons.trim() === '' ? 'reasons' : 'hash');
  await lockLedger(tx, now);
  const { adopted: inForce, coming, waits } = await readAdoption(tx, now);
  const adopted = coming ?? inForce;
  if (adopted?.framework !== wanted.framework || wanted.revision <= adopted.revision) return reject('PACK_NOT_NEXT', adopted === undefined ? 'framework' : `${adopted.framework} revision ${adopted.revision} is in force`);
  if (waits.some((one) => one.hash === wanted.hash)) return reject('DECISION_STALE', 'it is proposed already');
  const [entry] = await append(tx, now, [{ kind: 'framework-proposed', actor: by.account, basis: wanted.reasons, body: wanted }]);
  return entry ?? reject('DECISION_INVALID', 'framework');
}

/** Another officer agrees: the pack is adopted, and the house starts under it from its next start on. */
export async function adoptPack(tx: Tx, now: Instant, proposal: number, by: Member): Promise<Entry<'framework-adopted'> | Rejection> {
  await lockLedger(tx, now);
  const { waits } = await readAdoption(tx, now);
  const waiting = waits.find((one) => one.entry === proposal);
  if (waiting === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
  const may = decide(by, 'framework.second', { proposer: waiting.actor });
  if (!may.allowed) return may.rejection;
  const { framework, revision, hash, reasons, effectiveFrom } = waiting;
  // Agreed to after its day it holds from here on: nothing reaches back.
  const from = effectiveFrom === undefined || effectiveFrom <= now ? {} : { effectiveFrom };
  const [entry] = await append(tx, now, [{ kind: 'framework-adopted', actor: waiting.actor, second: by.account, basis: reasons, body: { framework, revision, hash, reasons, proposal, ...from } }]);
  return entry ?? reject('PROPOSAL_UNKNOWN', 'proposal');
}
