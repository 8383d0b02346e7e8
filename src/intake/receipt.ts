/**
 * Receipts: made once for a submission, after its commit, from what is on disk; kept, so that each retry
 * gets the same bytes. The head that the receipt shows is the firm's tree at the size of its own commit.
 */

import type pg from 'pg';
import { SYSTEM, proveInclusion, withActor, type Tx } from '../log/index.ts';
import { signCheckpoint, type Receipt, type Signer } from '../proof/index.ts';
import { assert } from '../terms/index.ts';
import { firmTree } from './commit.ts';
import type { FilingAnswer } from './filing.ts';

/** Signs the heads of firms' trees: one key, one name for each firm's tree. */
export interface ReceiptGround {
  readonly pool: pg.Pool;
  /** Signer of a firm's tree; its key id is the tree's origin, for example `pvara.example/firm/sdx`. */
  readonly signerFor: (firm: string) => Signer;
}

interface SubmissionRow {
  firm: string; accepted: number; held: number; rejected: number; duplicate: number; leaf_index: number; entry_index: number; commitment: string;
  receipt: string | null; tree_size: number; tree_root: string;
}

/** Signs and keeps one receipt for each submission; throws when the submission is not committed. */
export class ReceiptDesk {
  readonly #ground: ReceiptGround;

  constructor(ground: ReceiptGround) {
    this.#ground = ground;
  }

  /** The answer to a submission that is committed; made at the first call, read back at the others. */
  issue(submission: string): Promise<FilingAnswer> {
    return withActor(this.#ground.pool, SYSTEM, async (tx) => {
      const row = await readCommitted(tx, submission);
      if (row.receipt !== null) return { submission, text: row.receipt };
      const text = JSON.stringify(await this.#answer(tx, submission, row));
      const kept = await tx.query<{ receipt: string }>(
        'update intake.submission set receipt = coalesce(receipt, $2) where id = $1 returning receipt', [submission, text]);
      return { submission, text: kept.rows[0]?.receipt ?? text };
    });
  }

  async #answer(tx: Tx, submission: string, row: SubmissionRow): Promise<unknown> {
    const signer = this.#ground.signerFor(row.firm);
    const path = await proveInclusion(tx, firmTree(row.firm), row.leaf_index, row.tree_size);
    const receipt: Receipt = {
      v: 1, commitment: row.commitment, leafIndex: row.leaf_index, treeSize: row.tree_size, path: path.map((hash) => Buffer.from(hash).toString('hex')),
      checkpoint: await signCheckpoint({ origin: signer.keyId, size: row.tree_size, root: Buffer.from(row.tree_root, 'hex') }, signer), entry: row.entry_index,
    };
    const rejected = await tx.query<{ line: number; event_id: string | null; code: string; detail: string | null }>(
      'select line, event_id, code, detail from intake.rejection where submission = $1 order by line', [submission]);
    return {
      submission,
      counts: { accepted: row.accepted, held: row.held, rejected: row.rejected, duplicate: row.duplicate },
      rejections: rejected.rows.map((r) => ({ line: r.line, ...(r.event_id === null ? {} : { id: r.event_id }), code: r.code, ...(r.detail === null ? {} : { detail: r.detail }) })),
      receipt,
    };
  }
}

/** A submission with the head of its firm's tree as its ledger entry has it. */
async function readCommitted(tx: Tx, submission: string): Promise<SubmissionRow> {
  const found = await tx.query<SubmissionRow>({
    name: 'intake-receipt',
    text: `select s.firm, s.accepted, s.held, s.rejected, s.duplicate, s.leaf_index, s.entry_index, s.commitment, s.receipt,
             (convert_from(e.bytes, 'UTF8')::jsonb #>> '{body,treeSize}')::bigint as tree_size, convert_from(e.bytes, 'UTF8')::jsonb #>> '{body,treeRoot}' as tree_root
           from intake.submission s join log.entry e on e.index = s.entry_index where s.id = $1`,
    values: [submission],
  });
  const row = found.rows[0];
  assert(row !== undefined, 'a receipt is made of a committed submission');
  return row;
}

/** A filing as its firm may see it: the answer, whether everything accepted is decided, what still waits. */
export interface FilingState {
  readonly answer: string;
  readonly decided: boolean;
  readonly stillHeld: number;
}

/** State of a firm's own filing; `undefined` when the firm has none of that id. */
export function readFiling(pool: pg.Pool, firm: string, submission: string): Promise<FilingState | undefined> {
  return withActor(pool, SYSTEM, async (tx) => {
    const found = await tx.query<{ receipt: string | null; undecided: boolean; still_held: number }>({
      name: 'intake-filing',
      text: `select s.receipt,
               exists (select from log.event_batch b left join log.position p on p."group" = 'monitor' and p.partition = b.partition
                       where b.seq = s.epoch and b.firm = s.firm and coalesce(p."offset", 0) <= b."offset") as undecided,
               (select count(*) from intake.held h where h.submission = s.id) as still_held
             from intake.submission s where s.id = $1 and s.firm = $2`,
      values: [submission, firm],
    });
    const row = found.rows[0];
    return row === undefined || row.receipt === null ? undefined : { answer: row.receipt, decided: !row.undecided, stillHeld: row.still_held };
  });
}
