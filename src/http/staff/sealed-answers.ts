/**
 * Sealed answers of a form, opened by an officer who judges fitness: with a reason, fresh presence over the act, and an
 * entry of the vault. No firm and no analyst reaches them, and an officer with a conflict of interest does not either.
 */

import { reject } from '../../terms/index.ts';
import { VaultDown, type VaultClient } from '../../vault/index.ts';
import type { Call, StaffRoutes } from '../staff.ts';
import { dossierToAssess } from './assessor.ts';
import type { DossierGround } from './dossiers.ts';
import { unlessProven } from './presence.ts';

/** What opening needs from the house. */
export interface SealedGround extends DossierGround {
  readonly vault: Pick<VaultClient, 'openAnswers'>;
}

/** Opens the sealed answers of a filing. */
export async function openAnswers(ground: SealedGround, call: Call<'openAnswers'>): ReturnType<StaffRoutes['openAnswers']> {
  const { params, body, now } = call;
  const assessing = await dossierToAssess(ground, call);
  if ('code' in assessing) return assessing;
  const { session, card, dossier } = assessing;
  const filing = [...dossier.forms.values()].flat().find(({ body: filed }) => filed.answers === params.sha256 && filed.sealed !== undefined)?.body;
  if (filing?.sealed === undefined) return reject('NOT_FOUND');
  if (body.reason.trim() === '') return reject('DECISION_INVALID', 'reason');
  const absent = await unlessProven(ground, session, now, { act: 'answers.open', by: session.member.account, firm: card.id, answers: params.sha256, reason: body.reason }, body.stepUp);
  if (absent !== undefined) return absent;
  const { form, about } = filing;
  const jwe = Buffer.from(await ground.licensing.object(filing.sealed)).toString('utf8');
  try {
    const opened = await ground.vault.openAnswers({ firm: card.id, form, about, jwe, actor: session.member.account, reason: body.reason });
    return 'code' in opened ? opened : { asOf: now, entry: opened.entry, form, about, answers: opened.answers };
  } catch (error) {
    if (!(error instanceof VaultDown)) throw error;
    return reject('CAPACITY', 'vault');
  }
}
