/** Registers of other authorities at the staff door: a published state is taken in; what they say of a firm is shown beside its dossier. */

import type pg from 'pg';
import { SYSTEM, withActor } from '../../log/index.ts';
import type { ForeignDesk, RegisterBook } from '../../register/index.ts';
import { instantOf, reject } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';

/** What these routes stand on. */
export interface ForeignGround {
  readonly pool: pg.Pool;
  readonly book: RegisterBook;
  readonly foreign: ForeignDesk;
}

const FAULTS_MAX = 1_000;

/** What answers the routes of other registers. */
export function foreignRoutes({ pool, book, foreign }: ForeignGround): Pick<StaffRoutes, 'takeForeignState' | 'elsewhere'> {
  return {
    takeForeignState: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const wanted = { register: body.register, takenAt: instantOf(body.takenAt), bytes: Buffer.from(body.base64, 'base64'), source: body.source, shrunk: body.shrunk === true };
      const taken = await withActor(pool, SYSTEM, (tx) => foreign.take(tx, now, wanted, session.member));
      if ('code' in taken) return taken;
      const { read, repeated, quarantined, records, faults } = taken.state;
      return { entry: taken.entry.index, read, records: records.length, repeated, quarantined, faults: faults.slice(0, FAULTS_MAX) };
    },
    elsewhere: async ({ session, params }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const firm = book.firms().find((one) => one.code.toUpperCase() === params.code.toUpperCase());
      if (firm === undefined) return reject('NOT_FOUND');
      const detail = book.detail(firm.firm);
      const found = await withActor(pool, session.actor, (tx) => foreign.elsewhere(tx, { lei: detail?.lei, names: [firm.name, ...(detail?.names ?? [])], websites: detail?.websites ?? [] }));
      return {
        found: found.map((one) => ({
          ...one, periods: one.periods.map(({ from, to, changed, said }) => ({
            from, to, changed: [...changed],
            said: { name: said.name, lei: said.lei, authority: said.authority, country: said.country, services: [...said.services], countries: [...said.countries], authorisedOn: said.authorisedOn, endedOn: said.endedOn, websites: [...said.websites], comments: said.comments },
          })),
        })),
      };
    },
  };
}
