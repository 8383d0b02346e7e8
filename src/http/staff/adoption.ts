/**
 * Which framework pack the house stands under: read by whoever reads the ledger, proposed by its hash, and adopted by a
 * second person. The running house goes on under its own pack; the next start is held to what was adopted.
 */

import { decide, type Session } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { SYSTEM, withActor } from '../../log/index.ts';
import { reject, type Instant, type Rejection } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import type { DossierGround } from './dossiers.ts';
import { unlessProven } from './presence.ts';

/** What answers the routes of adoption. */
export function adoptionRoutes(ground: DossierGround): Pick<StaffRoutes, 'adoption' | 'proposePack' | 'adoptPack'> {
  const { licensing, pool } = ground;
  return {
    adoption: async ({ session, now }) => (session === undefined ? reject('SESSION_REQUIRED') : standing(ground, session, now)),
    proposePack: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { stepUp, ...wanted } = body;
      const absent = await unlessProven(ground, session, now, { act: 'framework.adopt', by: session.member.account, ...wanted }, stepUp);
      return absent ?? withActor(pool, SYSTEM, async (tx) => acted(await licensing.proposePack(tx, now, wanted, session.member), true));
    },
    adoptPack: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { proposal } = params;
      const waiting = (await withActor(pool, SYSTEM, (tx) => licensing.adoption(tx))).waits.find((one) => one.entry === proposal);
      if (waiting === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
      const may = decide(session.member, 'framework.second', { proposer: waiting.actor });
      if (!may.allowed) return may.rejection;
      const absent = await unlessProven(ground, session, now, { act: 'framework.second', by: session.member.account, proposal, hash: waiting.hash }, body.stepUp);
      return absent ?? withActor(pool, SYSTEM, async (tx) => acted(await licensing.adoptPack(tx, now, proposal, session.member), false));
    },
  };
}

async function standing({ licensing, pool }: DossierGround, session: Session, now: Instant): Promise<Answer<'adoption'>> {
  const { adopted, waits } = await withActor(pool, SYSTEM, (tx) => licensing.adoption(tx));
  const { id, revision, hash } = licensing.framework;
  return {
    asOf: now, running: { framework: id, revision, hash },
    adopted: adopted === undefined ? null : { framework: adopted.framework, revision: adopted.revision, hash: adopted.hash, entry: adopted.entry, at: adopted.at, actor: adopted.actor, second: adopted.second ?? null },
    waits: waits.map((one) => ({ ...one, maySecond: decide(session.member, 'framework.second', { proposer: one.actor }).allowed })),
  };
}

function acted(entry: { readonly index: number } | Rejection, waits: boolean): Answer<'proposePack'> | Rejection {
  return 'code' in entry ? entry : { entry: entry.index, waits };
}
