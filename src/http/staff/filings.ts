/**
 * Filings and refusals for the console, under the reader's own actor.
 */

import type pg from 'pg';
import type { Answer } from '../../contract/console.ts';
import { readFilings, readRefusals } from '../../intake/index.ts';
import { withActor } from '../../log/index.ts';
import { REJECTIONS, assert, instantOf, reject, type RejectionCode } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import type { Directory } from './directory.ts';
import { skipOf } from './page.ts';

const PAGE = 100;

/** What answers the filings' routes. */
export function filingRoutes(ground: { readonly pool: pg.Pool; readonly directory: Directory }): Pick<StaffRoutes, 'submissions' | 'submission' | 'rejections'> {
  const { pool, directory } = ground;
  return {
    submissions: async ({ session, query, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const skip = skipOf(query.cursor);
      const limit = query.limit ?? PAGE;
      const firm = query.firm === undefined ? undefined : directory.byCode(query.firm)?.id ?? '';
      const page = await withActor(pool, session.actor, (tx) => readFilings(tx, {
        skip, limit, ...given('firm', firm), ...given('fromDay', query.from), ...given('toDay', query.to), ...given('outcome', query.outcome),
      }));
      const { total, ...sums } = page.sums;
      return {
        asOf: now, items: page.items.map((row) => submissionRow(row, directory)), next: nextOf(skip, page.items.length, total), total,
        sums: { ...sums, sent: sums.accepted + sums.duplicate + sums.held + sums.rejected },
      };
    },
    submission: async ({ session, params }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const page = await withActor(pool, session.actor, (tx) => readFilings(tx, { id: params.id, skip: 0, limit: 1 }));
      const [row] = page.items;
      return row === undefined ? reject('NOT_FOUND') : submissionRow(row, directory);
    },
    rejections: async ({ session, query, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const skip = skipOf(query.cursor);
      const limit = query.limit ?? PAGE;
      const firm = query.firm === undefined ? undefined : directory.byCode(query.firm)?.id ?? '';
      const page = await withActor(pool, session.actor, (tx) => readRefusals(tx, {
        skip, limit, ...given('firm', firm), ...given('code', query.code), ...given('submission', query.submission), ...given('fromDay', query.from), ...given('toDay', query.to),
      }));
      const total = page.byCode.reduce((sum, each) => sum + each.count, 0);
      return {
        asOf: now, total, next: nextOf(skip, page.items.length, total),
        items: page.items.map((row) => ({
          id: `${row.submission}/${row.line}`, firm: refOf(directory, row.firm), submission: row.submission, line: row.line, at: instantOf(row.at), code: codeOf(row.code),
          place: row.detail, mendedBy: row.mended_by,
        })),
        byCode: page.byCode.map((each) => ({ code: codeOf(each.code), count: each.count, mended: 0 })),
      };
    },
  };
}

type Filing = Awaited<ReturnType<typeof readFilings>>['items'][number];

function submissionRow(row: Filing, directory: Directory): Answer<'submission'> {
  return {
    id: row.id, firm: refOf(directory, row.firm), receivedAt: instantOf(row.received_at), format: row.format, bytes: row.bytes,
    sent: row.accepted + row.duplicate + row.held + row.rejected, accepted: row.accepted, duplicate: row.duplicate, held: row.held, rejected: row.rejected,
    receipt: { leaf: row.leaf_index, treeSize: row.leaf_index + 1, entry: row.entry_index, batchHash: row.content_digest },
  };
}

/** A firm's reference by its id; a firm that files is always known. */
export function refOf(directory: Directory, id: string): Answer<'submission'>['firm'] {
  const card = directory.byId(id);
  assert(card !== undefined, 'a firm that files is in the directory');
  return card.ref;
}

function codeOf(text: string): RejectionCode {
  assert(isCode(text), 'a refusal has a code of the list');
  return text;
}

const isCode = (text: string): text is RejectionCode => Object.hasOwn(REJECTIONS, text);

/** `{ [name]: value }`, or nothing when the value is not given. */
export function given<const Name extends string, Value>(name: Name, value: Value | undefined): { readonly [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]: Value });
}

function nextOf(skip: number, shown: number, total: number): string | null {
  return skip + shown < total && shown > 0 ? String(skip + shown) : null;
}
