/**
 * Freezes at both desks: the authority sees all of them and what may be done; a firm's people see their own firm's, by
 * their own references of the customer and never by the person's id, with the list, the entry and the clause, so that
 * they can check it themselves.
 */

import { decide, type Session } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { SYSTEM, withActor } from '../../log/index.ts';
import { listFreezes, moveFreeze, openFreezeActs, readFreezeSteps, type FreezeRow as Row } from '../../screening/hits/index.ts';
import { instantOf, reject, type Instant } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { given } from './filings.ts';
import { clauseOf, titleOf, type HitsGround } from './listed.ts';

type Shape = Answer<'freezes'>['items'][number];
const PAGE_MAX = 500;

/** What answers the routes of freezes. */
export function freezeRoutes(ground: HitsGround): Pick<StaffRoutes, 'freezes' | 'moveFreeze'> {
  return {
    freezes: async ({ session, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const rows = await withActor(ground.pool, session.actor, (tx) => listFreezes(tx, { firm: session.member.firm, skip: 0, limit: PAGE_MAX }));
      return { asOf: now, items: await freezeRows(ground, session, rows, now) };
    },
    moveFreeze: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const id = Number(params.id.slice(3));
      const [row] = await withActor(ground.pool, session.actor, (tx) => listFreezes(tx, { id, skip: 0, limit: 1 }));
      if (row === undefined) return reject('NOT_FOUND');
      const may = decide(session.member, session.member.organisation === 'firm' ? 'freeze.read' : 'screening.second', { firm: row.firm, proposer: 'screening' });
      if (!may.allowed) return may.rejection;
      const { complaint, ...wanted } = body;
      const done = await withActor(ground.pool, SYSTEM, (tx) => moveFreeze(tx, now, { freeze: id, ...wanted, ...given('complaint', complaint) }, { account: session.member.account, ...given('firm', session.member.firm) }));
      return typeof done === 'number' ? { entry: done, waits: false } : done;
    },
  };
}

/** Freezes as screens show them, with what this reader may do to each. */
export async function freezeRows(ground: HitsGround, session: Session, rows: readonly Row[], now: Instant): Promise<Shape[]> {
  if (rows.length === 0) return [];
  const steps = await withActor(ground.pool, session.actor, (tx) => readFreezeSteps(tx, rows.map((row) => row.id)));
  const isFirm = session.member.organisation === 'firm';
  return Promise.all(rows.flatMap((row) => {
    const card = ground.directory.byId(row.firm);
    return card === undefined ? [] : [shapeOf(ground, row, { firm: card.ref, now, open: mayMove(session, row) ? openFreezeActs(row, isFirm ? 'firm' : 'authority') : [], steps: steps.filter((step) => step.asset_freeze === row.id) })];
  }));
}

function mayMove(session: Session, row: Row): boolean {
  return decide(session.member, session.member.organisation === 'firm' ? 'freeze.read' : 'screening.second', { firm: row.firm, proposer: 'screening' }).allowed;
}

async function shapeOf({ framework, books }: HitsGround, row: Row, of: { readonly firm: Shape['firm']; readonly now: Instant; readonly open: Shape['open']; readonly steps: Awaited<ReturnType<typeof readFreezeSteps>> }): Promise<Shape> {
  const entry = row.sha256 === null ? undefined : await books.entry(row.list, row.sha256, row.entry).catch(() => undefined);
  return {
    id: `AF-${row.id}`, firm: of.firm, customers: row.customers, list: row.list, title: titleOf(framework, row.list), clause: clauseOf(framework, row.list, of.now), entry: row.entry, name: entry?.names[0]?.text ?? row.entry, ground: row.ground, state: row.state,
    contested: row.contested, complaint: row.complaint, orderedAt: instantOf(row.ordered_at), acknowledgedAt: row.acknowledged_at === null ? null : instantOf(row.acknowledged_at), releasedAt: row.released_at === null ? null : instantOf(row.released_at),
    open: of.open, steps: of.steps.map(({ entry, act, note, at }) => ({ entry, act, note, at: instantOf(at) })),
  };
}
