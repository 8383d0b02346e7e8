/**
 * Each firm's own tree: a filing's commitment is a leaf of it, its new head goes into the ledger, and the receipt
 * proves the leaf against that head. The head is signed within the transaction that persists it, and the signature
 * leaves the process only after the commit, inside the answer that is stored with the filing.
 */

import { grow, leafOf, type Grown, type LockedTree, type NewEntry } from '../log/index.ts';
import { signCheckpoint, type Receipt, type Signer } from '../proof/index.ts';
import { assert } from '../terms/index.ts';
import type { Plan } from './plan.ts';

/** Name of a firm's tree. */
export const firmTree = (firm: string): string => `firm:${firm}`;

/** Submissions that an entry names at most; the tree's head binds all of them. */
const NAMED_MAX = 200;

export interface Counts {
  readonly accepted: number;
  readonly held: number;
  readonly rejected: number;
  readonly duplicate: number;
}

/** How the lines of a filing ended. */
export function countsOf(plan: Plan): Counts {
  return { accepted: plan.accepted, held: plan.held.length, rejected: plan.rejected.length, duplicate: plan.duplicate };
}

/** A filing's place in its firm's tree. `commitment`: canonical JSON that the leaf commits to. */
export interface Leaf {
  readonly plan: Plan;
  readonly commitment: string;
  readonly hash: Uint8Array;
  readonly index: number;
}

/** What one firm's tree got in a commit. */
export interface FirmPart {
  readonly firm: string;
  readonly tree: Grown;
  readonly leaves: readonly Leaf[];
}

/** Appends the commitments to their firms' locked trees; one part for each firm, in the order of their names. The trees are still to be stored. */
export function growFirmTrees(heads: ReadonlyMap<string, LockedTree>, plans: readonly Plan[], commitmentOf: (plan: Plan) => string): FirmPart[] {
  const firms = [...Map.groupBy(plans, (plan) => plan.filing.firm)].sort(([a], [b]) => (a < b ? -1 : 1));
  return firms.map(([firm, own]) => {
    const head = heads.get(firmTree(firm));
    assert(head !== undefined, 'each firm that files has its tree');
    const leaves = own.map((plan, i): Leaf => {
      const commitment = commitmentOf(plan);
      return { plan, commitment, hash: leafOf(commitment), index: head.size + i };
    });
    return { firm, leaves, tree: grow({ name: firmTree(firm), head, leaves: leaves.map((leaf) => leaf.hash), lastAdmitted: head.lastAdmitted }) };
  });
}

/** Tells the ledger a firm's new head. */
export function entryOf({ firm, tree, leaves }: FirmPart): NewEntry<'batch-admitted'> {
  const counts = leaves.map((leaf) => countsOf(leaf.plan));
  const sum = (pick: (one: Counts) => number): number => counts.reduce((total, one) => total + pick(one), 0);
  return {
    kind: 'batch-admitted', actor: 'intake', basis: 'Virtual Assets Act 2026, s.48',
    body: {
      firm, treeSize: tree.size, treeRoot: Buffer.from(tree.root).toString('hex'),
      submissions: leaves.slice(0, NAMED_MAX).map((leaf) => ({ id: leaf.plan.filing.submission, leaf: Buffer.from(leaf.hash).toString('hex') })),
      accepted: sum((one) => one.accepted), held: sum((one) => one.held), rejected: sum((one) => one.rejected), duplicate: sum((one) => one.duplicate),
    },
  };
}

/** What each filing of a part is answered, as JSON text: counts, a code for each refused line, the receipt. `signer`: of the firm's tree; its key id is the tree's origin. */
export async function answersOf({ tree, leaves }: FirmPart, entry: number, signer: Signer): Promise<string[]> {
  const checkpoint = await signCheckpoint({ origin: signer.keyId, size: tree.size, root: tree.root }, signer);
  return leaves.map(({ plan, commitment, index }) => {
    const receipt: Receipt = { v: 1, commitment, leafIndex: index, treeSize: tree.size, path: tree.prove(index).map((hash) => Buffer.from(hash).toString('hex')), checkpoint, entry };
    const rejections = plan.rejected.map(({ line, id, rejection }) => ({ line, ...(id === undefined ? {} : { id }), code: rejection.code, ...(rejection.detail === undefined ? {} : { detail: rejection.detail }) }));
    return JSON.stringify({ submission: plan.filing.submission, counts: countsOf(plan), rejections, receipt });
  });
}
