/**
 * Folds the whole event log again, with any number of shards, and writes the monitor's views from it: the proof
 * that findings follow from the log and from nothing else. It folds exactly what the workers had committed when
 * it began. What the ledger's entries commit to (how many changes, and their hash) is compared with what was
 * folded; a difference is told, and the views hold what was folded.
 *
 * Rows of an older engine stay as they are: they can only be folded by that engine.
 */

import type pg from 'pg';
import { isKind, readEntries, type Entry, type Tx } from '../log/index.ts';
import { assert } from '../terms/index.ts';
import { ENGINE_VERSION } from './engine/limits.ts';
import { hashLines, peopleLines } from './engine/state-hash.ts';
import { LIMITS_PARTITION, LimitReader } from './limits/keeper.ts';
import { PartitionFold, type Reached, type RefoldGround } from './refold.ts';
import { ControlFeed } from './worker/control-feed.ts';
import { foldChanges, hashOf, insertChanges, isAmended, isRaised, writeStanding, type Dated, type Recorded, type Standing } from './worker/record.ts';

/** The views that `rebuildMonitor` folds. */
export const monitorViews: readonly string[] = ['monitor.finding', 'monitor.change', 'monitor.decided'];

const PAGE_ENTRIES = 1_000;
const PAGE_ROWS = 1_000;
/** Findings' entries carry a hash that does not depend on shards since this version of theirs. */
const HASHED_SINCE = 2;
const FAULTS_MAX = 20;

/** What folding again gave. */
export interface Refolded {
  /** Control entries and events that were folded. */
  readonly entries: number;
  readonly events: number;
  /** Settled findings that stand. */
  readonly findings: number;
  readonly findingsHash: string;
  readonly stateHash: string;
  /** What the ledger commits to and folding does not give; the first 20. */
  readonly faults: readonly string[];
}

/** Drops the views' rows and folds again. `pool`: what may read the log. `tx`: as the owner of the tables. */
export async function rebuildMonitor(tx: Tx, ground: RefoldGround & { readonly pool: pg.Pool }, options: { readonly shards: number }): Promise<Refolded> {
  assert(options.shards >= 1, 'there is at least one shard');
  const reached = (await tx.query<Reached>('select partition, next_offset, next_entry, watermark from monitor.shard order by partition')).rows;
  const feed = new ControlFeed(ground.pool, ground.objects);
  await feed.refresh();
  const said = await findingsEntries(tx);
  for (const view of ['monitor.finding', 'monitor.change']) await tx.query(`delete from ${view} where engine = $1`, [ENGINE_VERSION]);
  await tx.query('delete from monitor.decided');
  const faults: string[] = [];
  const [people, findings]: [string[], string[]] = [[], []];
  let events = 0;
  for (const one of reached) {
    const fold = new PartitionFold(ground, feed, one, options.shards);
    await fold.run();
    events += fold.decided;
    people.push(...fold.states.flatMap(peopleLines));
    const standing = await writePartition(tx, fold, one.partition, said.get(one.partition) ?? [], faults);
    findings.push(...settledLines(standing, one.watermark));
  }
  findings.push(...await writeLimits(tx, ground, feed, said.get(LIMITS_PARTITION) ?? [], faults));
  return { entries: feed.between(0, feed.size).length, events, findings: findings.length, findingsHash: hashLines(findings), stateHash: hashLines(people), faults: faults.slice(0, FAULTS_MAX) };
}

/** Id and digest of what stands and is settled. */
function settledLines(standing: readonly Standing[], watermark: number): string[] {
  return standing.flatMap(({ id, said, state }) => (said === undefined || state === 'withdrawn' || said.finding.event.at > watermark ? [] : [`${id} ${said.digest}`]));
}

/** Folds the limits of firms again, as far as their keeper had come. */
async function writeLimits(tx: Tx, ground: RefoldGround, feed: ControlFeed, entries: readonly FindingsEntry[], faults: string[]): Promise<string[]> {
  const reached = await tx.query<{ next_entry: number; watermark: number }>('select next_entry, watermark from monitor.limits');
  const [row] = reached.rows;
  if (row === undefined) return [];
  const reader = new LimitReader({ events: ground.events, partitions: ground.partitions, framework: ground.control().framework }, feed);
  const changes: Dated[] = [];
  while (reader.reached < row.next_entry) changes.push(...await reader.turn(row.next_entry));
  const standing = await writePartition(tx, { changes, counts: new Map(), firmOf: (number) => reader.fold.firmOf(number) }, LIMITS_PARTITION, entries, faults);
  return settledLines(standing, row.watermark);
}

type FindingsEntry = Entry<'findings-recorded'> | Entry<'findings-settled'>;

/** Entries about findings of this engine, by partition. */
async function findingsEntries(tx: Tx): Promise<Map<number, FindingsEntry[]>> {
  const found = new Map<number, FindingsEntry[]>();
  for (let from = 0; ;) {
    const page = await readEntries(tx, { from, kinds: ['findings-recorded', 'findings-settled'], limit: PAGE_ENTRIES });
    for (const entry of page) {
      if (!isKind(entry, 'findings-recorded') && !isKind(entry, 'findings-settled')) continue;
      if ((entry.body.engine ?? ENGINE_VERSION) === ENGINE_VERSION) found.set(entry.body.partition, [...(found.get(entry.body.partition) ?? []), entry]);
    }
    const last = page.at(-1);
    if (last === undefined) return found;
    from = last.index + 1;
  }
}

async function writePartition(tx: Tx, fold: Pick<PartitionFold, 'changes' | 'counts' | 'firmOf'>, partition: number, entries: readonly FindingsEntry[], faults: string[]): Promise<readonly Standing[]> {
  const firmOf = (number: number): string => fold.firmOf(number);
  const { recorded, commits } = recordedChanges(fold.changes, entries, partition, faults);
  for (const { entry, changes } of commits) await insertChanges(tx, entry.index, entry.admittedAt, changes, firmOf);
  const standing = foldChanges(recorded).filter((one) => one.entry !== undefined);
  for (let i = 0; i < standing.length; i += PAGE_ROWS) await writeStanding(tx, partition, standing.slice(i, i + PAGE_ROWS), firmOf);
  const counts = [...fold.counts.values()];
  await tx.query('insert into monitor.decided (firm, day, partition, decided) select f, d, $1, n from unnest($2::text[], $3::int[], $4::bigint[]) as t(f, d, n)',
    [partition, counts.map((one) => one.firm), counts.map((one) => one.day), counts.map((one) => one.decided)]);
  return standing;
}

interface Commit {
  readonly entry: FindingsEntry;
  readonly changes: readonly Dated[];
}

/** Gives each change the entry that commits to it: entries of a kind took their changes in order, so many each. */
function recordedChanges(changes: readonly Dated[], entries: readonly FindingsEntry[], partition: number, faults: string[]): { readonly recorded: readonly Recorded[]; readonly commits: readonly Commit[] } {
  const commits = [
    ...commitsOf(changes.filter(isRaised), entries.filter((entry) => isKind(entry, 'findings-recorded')), partition, faults),
    ...commitsOf(changes.filter(isAmended), entries.filter((entry) => isKind(entry, 'findings-settled')), partition, faults),
  ];
  const entryOf = new Map(commits.flatMap(({ entry, changes }) => changes.map((change): [Dated, number] => [change, entry.index])));
  return { commits, recorded: changes.map((change) => ({ ...change, entry: entryOf.get(change) })) };
}

function commitsOf(changes: readonly Dated[], entries: readonly FindingsEntry[], partition: number, faults: string[]): Commit[] {
  let taken = 0;
  const commits = entries.map((entry): Commit => {
    const own = changes.slice(taken, taken + countOf(entry));
    taken += own.length;
    if (own.length < countOf(entry)) faults.push(`entry ${entry.index} commits to ${countOf(entry)} changes to findings, and ${own.length} follow from the log`);
    else if (entry.version >= HASHED_SINCE && hashOf(own) !== entry.body.sha256) faults.push(`entry ${entry.index} commits to other findings than follow from the log`);
    return { entry, changes: own };
  });
  if (taken < changes.length) faults.push(`no entry commits to ${changes.length - taken} changes to findings of partition ${partition}`);
  return commits;
}

function countOf(entry: FindingsEntry): number {
  return isKind(entry, 'findings-recorded') ? entry.body.findings : entry.body.added + entry.body.withdrawn;
}
