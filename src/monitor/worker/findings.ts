/**
 * Findings of one commit as entries and rows: the entries that commit to them first, then rows that name the entries.
 * Confirmations are no news and have no entry.
 */

import { append, type NewEntry, type Tx } from '../../log/index.ts';
import { assert, type Instant } from '../../terms/index.ts';
import { ENGINE_VERSION } from '../engine/limits.ts';
import { foldChanges, hashOf, insertChanges, isAmended, isRaised, writeStanding, type Dated, type FirmOf } from './record.ts';

/** Who says what the monitor found, and on what basis. */
export const ACTOR = 'monitor';
export const BASIS = 'Virtual Assets Act 2026, s.48';

/** What one commit found in one partition. `from`, `to`: how far it came. */
export interface Found {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
  readonly decided: number;
  readonly watermark: number;
  readonly changes: readonly Dated[];
  readonly firmOf: FirmOf;
}

/** Writes what a commit found: all its entries, behind those that are told before them, then all rows at once. */
export async function writeFindings(tx: Tx, now: Instant, found: readonly Found[], before: readonly NewEntry[]): Promise<void> {
  const parts = found.map((one) => ({ one, raised: one.changes.filter(isRaised), amended: one.changes.filter(isAmended) }));
  const entries = await append(tx, now, [...before, ...parts.flatMap(({ one, raised, amended }) => [...recordedEntry(one, raised), ...settledEntry(one, amended)])]);
  let next = before.length;
  const written: Promise<void>[] = [];
  for (const { one, raised, amended } of parts) {
    const recorded = raised.length > 0 ? entries[next++] : undefined;
    const settled = amended.length > 0 ? entries[next++] : undefined;
    for (const [entry, changes] of [[recorded, raised], [settled, amended]] as const) {
      if (entry !== undefined) written.push(insertChanges(tx, entry.index, entry.admittedAt, changes, one.firmOf));
    }
    const standing = foldChanges(one.changes.map((change) => ({ ...change, entry: isRaised(change) ? recorded?.index : isAmended(change) ? settled?.index : undefined })));
    written.push(writeStanding(tx, one.partition, standing, one.firmOf));
  }
  assert(next === entries.length, 'each entry has its rows');
  await Promise.all(written);
}

function recordedEntry({ partition, from, to, decided }: Found, changes: readonly Dated[]): NewEntry[] {
  if (changes.length === 0) return [];
  return [{ kind: 'findings-recorded', actor: ACTOR, basis: BASIS, body: { partition, from, to, decided, findings: changes.length, sha256: hashOf(changes), engine: ENGINE_VERSION } }];
}

function settledEntry({ partition, watermark }: Found, changes: readonly Dated[]): NewEntry[] {
  if (changes.length === 0) return [];
  const withdrawn = changes.filter((change) => change.change === 'withdrawn').length;
  return [{ kind: 'findings-settled', actor: ACTOR, basis: BASIS, body: { partition, watermark, added: changes.length - withdrawn, withdrawn, sha256: hashOf(changes), engine: ENGINE_VERSION } }];
}
