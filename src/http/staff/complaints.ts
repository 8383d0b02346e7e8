/** Complaints at the staff door: the queue, a complaint's words opened one by one with a reason, and moving one on. */

import type pg from 'pg';
import { z } from 'zod';
import { decide } from '../../access/index.ts';
import { SYSTEM, withActor, type Objects } from '../../log/index.ts';
import type { ComplaintDesk, RegisterBook } from '../../register/index.ts';
import { instantOf, reject } from '../../terms/index.ts';
import { VaultDown, type VaultClient } from '../../vault/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { given } from './filings.ts';

/** What handling complaints stands on. */
export interface ComplaintsGround {
  readonly pool: pg.Pool;
  readonly objects: Objects;
  readonly book: RegisterBook;
  readonly complaints: ComplaintDesk;
  readonly vault: Pick<VaultClient, 'openComplaint'>;
}

const wordsShape = z.object({ text: z.string(), name: z.string(), contact: z.string(), firm: z.string() });

/** What answers the routes of complaints. */
export function complaintRoutes(ground: ComplaintsGround): Pick<StaffRoutes, 'complaints' | 'openComplaint' | 'moveComplaint'> {
  const { pool, book } = ground;
  const codeOf = (firm: string | null): string | null => (firm === null ? null : book.firm(firm)?.code ?? null);
  return {
    complaints: async ({ session, query }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const firm = query.firm === undefined ? undefined : book.firms().find((one) => one.code.toUpperCase() === query.firm?.toUpperCase())?.firm ?? 'none';
      const found = await withActor(pool, session.actor, (tx) => ground.complaints.list(tx, { ...given('queue', query.queue), ...given('firm', firm), open: query.open !== 'false', after: query.after ?? -1 }));
      return {
        total: found.total, complaints: found.complaints.map((one) => ({
          complaint: one.complaint, kind: one.kind, firm: codeOf(one.firm), queue: one.queue, state: one.state, outcome: one.outcome, referredTo: one.referred_to, words: one.words, lossMinor: one.loss_minor, received: instantOf(one.received_at), changed: instantOf(one.changed_at), entry: one.entry,
        })),
      };
    },
    openComplaint: async ({ session, params, body }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const found = await withActor(pool, session.actor, (tx) => ground.complaints.read(tx, params.complaint));
      if (found === undefined) return reject('NOT_FOUND', 'complaint');
      const may = decide(session.member, 'complaint.handle', found.firm === null ? {} : { firm: found.firm });
      if (!may.allowed) return may.rejection;
      try {
        const opened = await ground.vault.openComplaint({ complaint: found.complaint, jwe: Buffer.from(await ground.objects.get(found.sealed)).toString('utf8'), actor: session.member.account, reason: body.reason });
        return typeof opened === 'string' ? wordsShape.parse(JSON.parse(opened)) : opened;
      } catch (error) {
        if (error instanceof VaultDown) return reject('CAPACITY', 'the vault is not there');
        throw error;
      }
    },
    moveComplaint: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { referredTo, outcome, redressMinor, ...rest } = body;
      const made = await withActor(pool, SYSTEM, (tx) => ground.complaints.move(tx, now, { complaint: params.complaint, ...rest, ...given('referredTo', referredTo), ...given('outcome', outcome), ...given('redressMinor', redressMinor) }, session.member));
      return 'code' in made ? made : { entry: made.index, waits: false };
    },
  };
}
