/**
 * Steps that a firm takes itself: it applies, it withdraws. The framework names them (an event of a firm that needs no
 * second person); gates are asked for as of any step, and nothing that an authority decides is among them. A firm that
 * withdraws ends what is proposed about its application: it is no longer weighed.
 */

import { decide, type Member } from '../access/index.ts';
import type { Framework } from '../framework/index.ts';
import { append, lockLedger, type Entry, type NewEntry, type Tx } from '../log/index.ts';
import { reject, type Instant, type Rejection } from '../terms/index.ts';
import { entered, judgedStep, stepEntry } from './acts.ts';
import { readDossier } from './dossier-view.ts';
import { openSteps, type WantedStep } from './step.ts';
import { readFirm } from './views.ts';

/** A step that a firm wants to take. `seen`: the version of its dossier, as its people see it. */
export interface WantedOwnStep {
  readonly firm: string;
  readonly event: string;
  readonly to: string;
  readonly note: string;
}

/** The firm takes a step of its own. */
export async function takeOwnStep(tx: Tx, now: Instant, framework: Framework, wanted: WantedOwnStep, by: Member): Promise<Entry<'stage-changed'> | Rejection> {
  const may = decide(by, 'dossier.file', { firm: wanted.firm });
  if (!may.allowed) return may.rejection;
  if (wanted.note.trim() === '') return reject('DECISION_INVALID', 'note');
  await lockLedger(tx, now);
  const firm = await readFirm(tx, { firm: wanted.firm });
  const last = firm?.held.at(-1);
  if (firm === undefined || last === undefined) return reject('FIRM_UNKNOWN', 'firm');
  const own = openSteps(framework, firm, now).find((step) => step.event === wanted.event && step.toStage === wanted.to);
  if (own !== undefined && (framework.events.get(own.event)?.by !== 'firm' || own.second)) return reject('FORBIDDEN', 'the authority takes this step');
  const dossier = await readDossier(tx, wanted.firm);
  const step: WantedStep = { firm: wanted.firm, from: last.stage, to: wanted.to, event: wanted.event, effectiveFrom: now, reasons: wanted.note, evidence: [] };
  const judged = judgedStep(framework, firm, dossier, step, { actor: by.account, basis: '' });
  if ('code' in judged) return judged;
  const waiting = dossier.proposals.filter((one) => one.state === 'waits').map((one): NewEntry<'decision-closed'> => ({
    kind: 'decision-closed', actor: by.account, basis: judged.clause.en, body: { firm: wanted.firm, proposal: one.entry, verdict: 'sent-back', note: `the firm: ${wanted.event}` },
  }));
  if (waiting.length > 0) await entered(tx, await append(tx, now, waiting));
  return entered(tx, await append(tx, now, [await stepEntry(tx, framework, dossier, step, { actor: by.account, basis: judged.clause.en }, now, undefined)]));
}
