/**
 * What all firms owe, in one list: breaches and what is overdue first, then by day. Rows are read under the reader's own
 * actor, so a firm's people see what their own firm owes and nothing else.
 */

import { decide, type Session } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { withActor } from '../../log/index.ts';
import { dueList, type Occurrence } from '../../obligations/index.ts';
import { formatKarachiDay, reject } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import type { FirmCard } from './directory.ts';
import { sourceShape } from './dossier-parts.ts';
import type { DossierGround } from './dossiers.ts';
import { skipOf } from './page.ts';

type Row = Answer<'obligations'>['items'][number];
const PAGE = 100;
/** Firms and duties that a filter offers at most. */
const CHOICES_MAX = 100;
/** What comes first: what is late by law, then what is late, then the rest by day. */
const WEIGHT: Readonly<Record<Row['state'], number>> = { breach: 0, overdue: 0, reminds: 1, due: 2, open: 3 };

/** What answers the route of all obligations. */
export function obligationRoutes(ground: DossierGround): Pick<StaffRoutes, 'obligations'> {
  return {
    obligations: async ({ session, query, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const owed = await withActor(ground.pool, session.actor, (tx) => ground.obligations.occurrences(tx, now));
      const all = [...owed].flatMap(([firm, occurrences]) => {
        const card = ground.directory.byId(firm);
        return card === undefined ? [] : dueList(occurrences).map((one) => dueShape(one, card, session));
      });
      const wanted = all.filter((row) => (query.firm === undefined || row.firm.code === query.firm) && (query.duty === undefined || row.obligation === query.duty));
      const shown = wanted.filter((row) => query.state === undefined || row.state === query.state).toSorted(byUrgency);
      const skip = skipOf(query.cursor);
      const limit = query.limit ?? PAGE;
      return {
        asOf: now, items: shown.slice(skip, skip + limit), total: shown.length, next: skip + limit < shown.length ? String(skip + limit) : null, counts: countsOf(wanted),
        duties: [...new Map(all.map((row) => [row.obligation, { obligation: row.obligation, title: row.title }])).values()].slice(0, CHOICES_MAX), firms: [...new Map(all.map((row) => [row.firm.code, row.firm])).values()].slice(0, CHOICES_MAX),
      };
    },
  };
}

/** What is owed, as screens read it. */
export function dueShape(one: Occurrence, card: FirmCard, session: Session): Row {
  const { obligation, binds } = one.owed;
  const { waiver } = one;
  return {
    firm: card.ref, obligation: obligation.obligation, title: obligation.title, means: obligation.means, occurrence: one.occurrence, day: one.day === undefined ? null : formatKarachiDay(one.day), provisional: one.provisional,
    state: one.state === 'done' || one.state === 'waived' ? 'open' : one.state, binds, doneBy: obligation.doneBy, form: obligation.form ?? null, provenance: sourceShape(obligation),
    waiver: waiver === undefined ? null : {
      proposal: waiver.entry, by: waiver.actor, at: waiver.at, reason: waiver.words, mine: waiver.actor === session.member.account,
      maySecond: decide(session.member, 'obligation.second', { firm: card.id, proposer: waiver.actor }).allowed,
    },
  };
}

function byUrgency(a: Row, b: Row): number {
  return WEIGHT[a.state] - WEIGHT[b.state] || (a.day ?? '9').localeCompare(b.day ?? '9') || a.firm.code.localeCompare(b.firm.code);
}

function countsOf(rows: readonly Row[]): Answer<'obligations'>['counts'] {
  const of = (state: Row['state']): number => rows.filter((row) => row.state === state).length;
  return { open: of('open'), due: of('due'), reminds: of('reminds'), overdue: of('overdue'), breach: of('breach') };
}
