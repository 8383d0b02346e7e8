/**
 * Writes plans within one transaction. Rows are split by the person's partition and packed into one
 * columnar batch for each firm and physical partition; each filing's commitment becomes a leaf of its
 * firm's tree, and the ledger takes one `batch-admitted` entry for each firm with the tree's new head.
 */

import { createHash } from 'node:crypto';
import { encodeBatch, lockLedgerWith, type EventLog, type EventRow, type NewBatch, type Tx } from '../log/index.ts';
import type { Signer } from '../proof/index.ts';
import { assert, canonicalJson, instantOf, karachiDay, startOfKarachiDay, type Instant } from '../terms/index.ts';
import { answersOf, countsOf, entryOf, firmTree, growFirmTrees, type Counts } from './firm-tree.ts';
import { followMerges, planMerged } from './merge.ts';
import type { Filing, Plan } from './plan.ts';
import type { AssetBook } from './rates.ts';
import type { IntakeState } from './state.ts';
import { keepStatements } from './statement.ts';
import { keptBody } from './kept.ts';
import { insertCounts, insertFilings, insertKnown, insertLines, updateStreams, upsertCustomers } from './store.ts';

/** A filing as it was committed. */
export interface Committed {
  readonly filing: Filing;
  readonly admittedAt: Instant;
  readonly counts: Counts;
  /** Canonical JSON that the leaf in the firm's tree commits to. */
  readonly commitment: string;
  readonly leafIndex: number;
  /** Ledger entry that holds the firm's head. */
  readonly entryIndex: number;
  /** What the firm is answered, with the signed receipt: JSON text, kept, and the same for each retry. */
  readonly answer: string;
  /** Control epoch of the commit's batches. */
  readonly epoch: number;
  /** Customers for whom held events can now be released. */
  readonly released: ReadonlySet<string>;
}

export interface CommitGround {
  readonly state: IntakeState;
  readonly book: AssetBook;
  readonly events: EventLog;
  readonly partitions: number;
  readonly now: Instant;
  readonly numberOf: (firm: string) => number;
  /** Signer of a firm's tree; its key id is the tree's origin, for example `pvara.example/firm/sdx`. */
  readonly signerFor: (firm: string) => Signer;
}

/**
 * Commits plans; gives what became of each, in their order. The transaction's actor is the house. The database is asked
 * once for the locks, then everything is worked out, then all of it is written at once: a commit of one event costs the
 * same number of turns as one of thousands.
 */
export async function commitPlans(tx: Tx, planned: readonly Plan[], ground: CommitGround): Promise<Committed[]> {
  const firms = new Set(planned.map((plan) => plan.filing.firm));
  const locked = await lockLedgerWith(tx, ground.now, [...firms].map(firmTree), firms.size);
  const { size, admittedAt } = withinOneDay(locked, planned.length);
  const merged = await followMerges(tx, ground.state, size, ground.numberOf);
  const plans = merged.size === 0 ? planned : planned.map((plan) => planMerged(plan, merged, ground.state));
  const batches = packBatches(plans, ground, admittedAt, size);
  const parts = growFirmTrees(locked.trees, plans, (plan) => commitmentOf(plan, batches, admittedAt));
  const { made, store } = locked.append(admittedAt, parts.map(entryOf));
  const committed = new Map<Plan, Committed>();
  for (const [i, part] of parts.entries()) {
    const entryIndex = made[i]?.index;
    assert(entryIndex !== undefined, 'each firm that files has its entry');
    const answers = await answersOf(part, entryIndex, ground.signerFor(part.firm));
    for (const [k, { plan, commitment, index }] of part.leaves.entries()) {
      committed.set(plan, { filing: plan.filing, admittedAt, counts: countsOf(plan), commitment, leafIndex: index, entryIndex, answer: answers[k] ?? '', epoch: size, released: plan.released });
    }
  }
  await Promise.all([
    ground.events.append(tx, batches.map((packed) => packed.batch)), store(parts.map((part) => part.tree)), ...writeViews(tx, plans, committed, ground, admittedAt),
  ]);
  for (const plan of plans) await keepStatements(tx, plan.filing.firm, plan.statements, ground.book, admittedAt);
  return plans.map((plan) => committedAs(committed, plan));
}

/** Entries of one commit lie microseconds apart; all of them belong to the day of its batches, or to the next. */
export function withinOneDay(head: { readonly size: number; readonly admittedAt: Instant }, entries: number): { readonly size: number; readonly admittedAt: Instant } {
  const last = karachiDay(instantOf(head.admittedAt + entries));
  return karachiDay(head.admittedAt) === last ? head : { ...head, admittedAt: startOfKarachiDay(last) };
}

/** All statements of the views, sent at once and done in this order. */
function writeViews(tx: Tx, plans: readonly Plan[], committed: ReadonlyMap<Plan, Committed>, ground: CommitGround, admittedAt: Instant): Promise<void>[] {
  return [
    insertFilings(tx, plans.map((plan) => ({ committed: committedAs(committed, plan), body: keptBody(plan.filing) }))), insertLines(tx, plans, admittedAt), upsertCustomers(tx, plans, admittedAt),
    insertKnown(tx, plans), updateStreams(tx, plans, ground.state, admittedAt), insertCounts(tx, plans, admittedAt),
  ];
}

function committedAs(committed: ReadonlyMap<Plan, Committed>, plan: Plan): Committed {
  const one = committed.get(plan);
  assert(one !== undefined && one.answer !== '', 'each plan was committed, and has its answer');
  return one;
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

/** What the firm's tree commits to: what was sent, how it ended, and the batches that hold it. */
function commitmentOf(plan: Plan, batches: readonly Packed[], admittedAt: Instant): string {
  const { filing } = plan;
  return canonicalJson({
    v: 1, submission: filing.submission, firm: filing.firm, client: filing.client, contentDigest: filing.contentDigest,
    signatureBase: filing.signatureBase, admittedAt, counts: { ...countsOf(plan) },
    batches: batches.filter((packed) => packed.batch.firm === filing.firm && packed.submissions.has(filing.submission)).map((packed) => packed.sha256).sort(),
  });
}

