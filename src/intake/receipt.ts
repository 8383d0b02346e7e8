/**
 * Answers read back: the same bytes for each retry, because they were stored in the commit of their filing.
 */

import type pg from 'pg';
import { SYSTEM, withActor } from '../log/index.ts';

/** The answer to an earlier request and the digest of its body; `undefined` when there is none. */
export async function readAnswer(pool: pg.Pool, submission: string): Promise<{ readonly contentDigest: string; readonly text: string } | undefined> {
  const found = await withActor(pool, SYSTEM, (tx) =>
    tx.query<{ content_digest: string; receipt: string }>({ name: 'intake-answer', text: 'select content_digest, receipt from intake.submission where id = $1', values: [submission] }));
  const row = found.rows[0];
  return row === undefined ? undefined : { contentDigest: row.content_digest, text: row.receipt };
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
    const found = await tx.query<{ receipt: string; undecided: boolean; still_held: number }>({
      name: 'intake-filing',
      text: `select s.receipt,
               exists (select from log.event_batch b left join log.position p on p."group" = 'monitor' and p.partition = b.partition
                       where b.seq = s.epoch and b.firm = s.firm and coalesce(p."offset", 0) <= b."offset") as undecided,
               (select count(*) from intake.held h where h.submission = s.id) as still_held
             from intake.submission s where s.id = $1 and s.firm = $2`,
      values: [submission, firm],
    });
    const row = found.rows[0];
    return row === undefined ? undefined : { answer: row.receipt, decided: !row.undecided, stillHeld: row.still_held };
  });
}
