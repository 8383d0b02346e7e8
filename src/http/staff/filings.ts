/**
 * Filings and refusals for the console, under the reader's own actor: what was sent, what was turned away and why, the line as
 * it is kept, and whether the same event came again and was admitted.
 */

import type pg from 'pg';
import type { Answer } from '../../contract/console.ts';
import { readFilings, readRefusals } from '../../intake/index.ts';
import { readEvents } from '../../insight/index.ts';
import { withActor, type Analytics, type Tx } from '../../log/index.ts';
import { REJECTIONS, assert, instantOf, reject, type RejectionCode } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import type { Directory } from './directory.ts';
import { skipOf } from './page.ts';

const PAGE = 100;
/** Characters of a kept line that are shown: more than any event of the schema needs. */
const LINE_SHOWN = 4_000;

/** What the filings' routes need from the house. */
export interface FilingGround {
  readonly pool: pg.Pool;
  readonly analytics: Analytics;
  readonly directory: Directory;
}

/** What answers the filings' routes. */
export function filingRoutes(ground: FilingGround): Pick<StaffRoutes, 'submissions' | 'submission' | 'rejections' | 'keptLine'> {
  return { ...sentRoutes(ground), ...refusedRoutes(ground) };
}

function sentRoutes({ pool, directory }: FilingGround): Pick<StaffRoutes, 'submissions' | 'submission'> {
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
  };
}

function refusedRoutes(ground: FilingGround): Pick<StaffRoutes, 'rejections' | 'keptLine'> {
  const { pool, directory } = ground;
  return {
    rejections: async ({ session, query, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const skip = skipOf(query.cursor);
      const limit = query.limit ?? PAGE;
      const firm = query.firm === undefined ? undefined : directory.byCode(query.firm)?.id ?? '';
      const { page, kept } = await withActor(pool, session.actor, async (tx) => {
        const found = await readRefusals(tx, {
          skip, limit, ...given('firm', firm), ...given('code', query.code), ...given('submission', query.submission), ...given('fromDay', query.from), ...given('toDay', query.to),
        });
        return { page: found, kept: await keptLines(tx, found.items.map((row) => row.submission), found.items.map((row) => row.line)) };
      });
      const mended = await mendings(ground, kept);
      const total = page.byCode.reduce((sum, each) => sum + each.count, 0);
      return {
        asOf: now, total, next: nextOf(skip, page.items.length, total),
        items: kept.map((row) => refusalRow(row, mended, directory)), byCode: page.byCode.map((each) => ({ code: codeOf(each.code), count: each.count })),
      };
    },
    keptLine: async ({ session, params }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const [row] = await withActor(pool, session.actor, (tx) => keptLines(tx, [params.id], [params.line]));
      if (row === undefined) return reject('NOT_FOUND');
      const text = shownText(row.bytes.toString('utf8'));
      return { row: refusalRow(row, await mendings(ground, [row]), directory), text: text.slice(0, LINE_SHOWN), cut: text.length > LINE_SHOWN, bytes: row.bytes.length };
    },
  };
}

interface KeptRow {
  readonly submission: string; readonly line: number; readonly firm: string; readonly code: string; readonly detail: string | null; readonly event_id: string | null; readonly at: number; readonly bytes: Buffer;
}

/** Lines that were turned away, with the id that each bore when it could be read. */
async function keptLines(tx: Tx, submissions: readonly string[], lines: readonly number[]): Promise<readonly KeptRow[]> {
  const found = await tx.query<KeptRow>(
    `select r.submission, r.line, r.firm, r.code, r.detail, r.event_id, r.at, r.bytes from intake.rejection r join unnest($1::text[], $2::int[]) w(submission, line) using (submission, line)
     order by r.at desc, r.submission, r.line`, [submissions, lines]);
  return found.rows;
}

/** Filings in which the same event came again and was admitted afterwards, by `submission/line` of the refusal. */
async function mendings(ground: FilingGround, rows: readonly KeptRow[]): Promise<ReadonlyMap<string, string>> {
  const asked = rows.flatMap((row) => (row.event_id === null ? [] : [[ground.directory.byId(row.firm)?.number ?? 0, row.event_id] as const]));
  if (asked.length === 0) return new Map();
  const admitted = new Map((await readEvents(ground.analytics, { only: asked }, 'newest', 0, asked.length)).items.map((event) => [`${event.firm}/${event.id}`, event]));
  return new Map(rows.flatMap((row) => {
    const again = admitted.get(`${ground.directory.byId(row.firm)?.number ?? 0}/${row.event_id}`);
    return again === undefined || again.admitted_at <= row.at ? [] : [[`${row.submission}/${row.line}`, again.submission] as const];
  }));
}

function refusalRow(row: KeptRow, mended: ReadonlyMap<string, string>, directory: Directory): Answer<'rejections'>['items'][number] {
  const id = `${row.submission}/${row.line}`;
  return { id, firm: refOf(directory, row.firm), submission: row.submission, line: row.line, at: instantOf(row.at), code: codeOf(row.code), place: row.detail, mendedBy: mended.get(id) ?? null };
}

/** A line that can be read is shown without free text; one that cannot is shown as it came. */
function shownText(line: string): string {
  try {
    const event: unknown = JSON.parse(line);
    if (typeof event !== 'object' || event === null || Array.isArray(event)) return line;
    return JSON.stringify(Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'identity' && name !== 'memo')), null, 2);
  } catch {
    return line;
  }
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
