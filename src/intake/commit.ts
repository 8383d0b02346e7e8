/**
 * Writes plans within one transaction. Rows are split by the person's partition and packed into one
 * columnar batch for each firm and physical partition; each filing's commitment becomes a leaf of its
 * firm's tree, and the ledger takes one `batch-admitted` entry for each firm with the tree's new head.
 */

import { createHash } from 'node:crypto';
import { zstdCompressSync, constants } from 'node:zlib';
import { append, encodeBatch, growTree, lockLedger, lockTree, leafOf, type EventLog, type EventRow, type NewBatch, type NewEntry, type Tx } from '../log/index.ts';
import { assert, canonicalJson, type Instant } from '../terms/index.ts';
import type { Filing, Plan } from './plan.ts';
import type { AssetBook } from './rates.ts';
import type { IntakeState } from './state.ts';
import { keepStatements } from './statement.ts';
import { withoutIdentity } from './sealed.ts';
import { insertCounts, insertFilings, insertKnown, insertLines, updateStreams, upsertCustomers } from './store.ts';

/** Name of a firm's tree. */
export const firmTree = (firm: string): string => `firm:${firm}`;

/** A filing as it was committed: what its receipt is made of. */
export interface Committed {
  readonly filing: Filing;
  readonly admittedAt: Instant;
  readonly counts: Counts;
  readonly rejections: Plan['rejected'];
  /** Canonical JSON that the leaf in the firm's tree commits to. */
  readonly commitment: string;
  readonly leafIndex: number;
  readonly treeSize: number;
  readonly treeRoot: Uint8Array;
  /** Ledger entry that holds that head. */
  readonly entryIndex: number;
  /** Control epoch of the commit's batches. */
  readonly epoch: number;
  /** Customers for whom held events can now be released. */
  readonly released: ReadonlySet<string>;
}

export interface Counts {
  readonly accepted: number;
  readonly held: number;
  readonly rejected: number;
  readonly duplicate: number;
}

export interface CommitGround {
  readonly state: IntakeState;
  readonly book: AssetBook;
  readonly events: EventLog;
  readonly partitions: number;
  readonly now: Instant;
}

/** Commits plans in order. The transaction's actor is the house. */
export async function commitPlans(tx: Tx, plans: readonly Plan[], ground: CommitGround): Promise<Committed[]> {
  const head = await lockLedger(tx, ground.now);
  const batches = packBatches(plans, ground, head.admittedAt, head.size);
  await ground.events.append(tx, batches.map((packed) => packed.batch));
  const leaves = plans.map((plan) => commitmentOf(plan, batches, head.admittedAt));
  const placed = await growFirmTrees(tx, plans, leaves);
  const entries = await append(tx, head.admittedAt, entriesOf(plans, leaves, placed.heads));
  const entryOf = new Map(entries.map((entry) => [entry.body.firm, entry.index]));
  const committed = plans.map((plan, i) => committedOf(plan, leaves[i] ?? '', placed, i, { of: entryOf, epoch: head.size }, head.admittedAt));
  await insertFilings(tx, committed.map((one, i) => ({ committed: one, body: bodyOf(plans[i]) })));
  await insertLines(tx, plans, head.admittedAt);
  await upsertCustomers(tx, plans, head.admittedAt);
  await insertKnown(tx, plans);
  await updateStreams(tx, plans, ground.state, head.admittedAt);
  await insertCounts(tx, plans, head.admittedAt);
  for (const plan of plans) await keepStatements(tx, plan.filing.firm, plan.statements, ground.book, head.admittedAt);
  return committed;
}

interface Packed {
  readonly batch: NewBatch;
  readonly sha256: string;
  readonly submissions: ReadonlySet<string>;
}

/** One batch for each firm and physical partition, in a fixed order. */
function packBatches(plans: readonly Plan[], ground: CommitGround, admittedAt: Instant, controlEpoch: number): Packed[] {
  const groups = new Map<string, { firm: string; partition: number; rows: EventRow[] }>();
  for (const plan of plans) {
    for (const row of plan.rows) {
      const partition = partitionOf(row.person, ground.partitions);
      const key = `${plan.filing.firm}/${partition}`;
      const group = groups.get(key) ?? { firm: plan.filing.firm, partition, rows: [] };
      groups.set(key, group);
      group.rows.push(row);
    }
  }
  return [...groups.values()].map(({ firm, partition, rows }) => {
    const bytes = encodeBatch(rows);
    return {
      batch: { partition, producer: `intake:${firm}`, seq: controlEpoch, firm, count: rows.length, admittedAt, controlEpoch, bytes },
      sha256: createHash('sha256').update(bytes).digest('hex'),
      submissions: new Set(rows.map((row) => row.submission)),
    };
  });
}

/** Physical partition of a person: the first byte of the id is the logical one, folded by modulo. */
export function partitionOf(person: string, partitions: number): number {
  return person === '' ? 0 : Number.parseInt(person.slice(0, 2), 16) % partitions;
}

function countsOf(plan: Plan): Counts {
  return { accepted: plan.accepted, held: plan.held.length, rejected: plan.rejected.length, duplicate: plan.duplicate };
}

/** What the firm's tree commits to: what was sent, how it ended, and the batches that hold it. */
function commitmentOf(plan: Plan, batches: readonly Packed[], admittedAt: Instant): string {
  const { filing } = plan;
  return canonicalJson({
    v: 1, submission: filing.submission, firm: filing.firm, client: filing.client, contentDigest: filing.contentDigest,
    signatureBase: filing.signatureBase, admittedAt, counts: { ...countsOf(plan) },
    batches: batches.filter((packed) => packed.submissions.has(filing.submission)).map((packed) => packed.sha256).sort(),
  });
}

interface Placed {
  readonly indexes: readonly number[];
  readonly heads: ReadonlyMap<string, { size: number; root: Uint8Array }>;
}

async function growFirmTrees(tx: Tx, plans: readonly Plan[], leaves: readonly string[]): Promise<Placed> {
  const byFirm = new Map<string, number[]>();
  for (const [i, plan] of plans.entries()) byFirm.set(plan.filing.firm, [...(byFirm.get(plan.filing.firm) ?? []), i]);
  const indexes = Array.from({ length: plans.length }, () => 0);
  const heads = new Map<string, { size: number; root: Uint8Array }>();
  for (const [firm, members] of [...byFirm].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const head = await lockTree(tx, firmTree(firm), 0);
    const grown = await growTree(tx, firmTree(firm), head, members.map((i) => leafOf(leaves[i] ?? '')), head.lastAdmitted);
    for (const [k, i] of members.entries()) indexes[i] = head.size + k;
    heads.set(firm, grown);
  }
  return { indexes, heads };
}

function entriesOf(plans: readonly Plan[], leaves: readonly string[], heads: Placed['heads']): NewEntry<'batch-admitted'>[] {
  return [...heads].map(([firm, head]) => {
    const own = plans.flatMap((plan, i) => (plan.filing.firm === firm ? [{ plan, leaf: leaves[i] ?? '' }] : []));
    const sum = (pick: (counts: Counts) => number) => own.reduce((total, { plan }) => total + pick(countsOf(plan)), 0);
    return {
      kind: 'batch-admitted', actor: 'intake', basis: 'Virtual Assets Act 2026, s.48',
      body: {
        firm, treeSize: head.size, treeRoot: Buffer.from(head.root).toString('hex'),
        submissions: own.slice(0, 200).map(({ plan, leaf }) => ({ id: plan.filing.submission, leaf: Buffer.from(leafOf(leaf)).toString('hex') })),
        accepted: sum((c) => c.accepted), held: sum((c) => c.held), rejected: sum((c) => c.rejected), duplicate: sum((c) => c.duplicate),
      },
    };
  });
}

function committedOf(plan: Plan, commitment: string, placed: Placed, i: number, entries: { of: ReadonlyMap<string, number>; epoch: number }, admittedAt: Instant): Committed {
  const head = placed.heads.get(plan.filing.firm);
  const entryIndex = entries.of.get(plan.filing.firm);
  const leafIndex = placed.indexes[i];
  assert(head !== undefined && entryIndex !== undefined && leafIndex !== undefined, 'each filing has its leaf, its tree and its entry');
  return {
    filing: plan.filing, admittedAt, counts: countsOf(plan), rejections: plan.rejected, commitment, leafIndex, treeSize: head.size, treeRoot: head.root,
    entryIndex, epoch: entries.epoch, released: plan.released,
  };
}

/** The lines as they came, each sealed identity replaced by its hash: erasing a person must not need this body. */
function bodyOf(plan: Plan | undefined): Buffer {
  assert(plan !== undefined, 'each filing has its plan');
  const text = plan.filing.lines.map((line) => withoutIdentity(line.text)).join('\n');
  return zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}
