/**
 * The dossier that an officer assesses, behind the one wall of every act on what a form says of people: signed in,
 * granted, and without a conflict of interest.
 */

import { decide } from '../../access/index.ts';
import type { Dossier } from '../../licensing/index.ts';
import { withActor } from '../../log/index.ts';
import { reject, type Rejection } from '../../terms/index.ts';
import type { Call } from '../staff.ts';
import type { FirmCard } from './directory.ts';
import type { DossierGround } from './dossiers.ts';

/** Who assesses, whose dossier, and what it holds. */
export interface Assessing {
  readonly session: NonNullable<Call<'dossier'>['session']>;
  readonly card: FirmCard;
  readonly dossier: Dossier;
}

/** The dossier of a firm's code, or why this person may not assess it. */
export async function dossierToAssess(ground: Pick<DossierGround, 'pool' | 'directory' | 'licensing'>, { session, params }: { readonly session: Call<'dossier'>['session']; readonly params: { readonly code: string } }): Promise<Assessing | Rejection> {
  if (session === undefined) return reject('SESSION_REQUIRED');
  const card = ground.directory.byCode(params.code);
  if (card === undefined) return reject('NOT_FOUND');
  const may = decide(session.member, 'dossier.assess', { firm: card.id });
  if (!may.allowed) return may.rejection;
  return { session, card, dossier: await withActor(ground.pool, session.actor, (tx) => ground.licensing.read(tx, card.id)) };
}
