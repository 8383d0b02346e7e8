/**
 * What an officer does to a firm: makes it known, moves it from stage to stage. Each act locks the ledger, judges
 * against what stands there then, appends its entry and brings the views along, in the caller's transaction. A
 * refused act is a rejection and appends nothing. Who may act at all is asked of `access` before.
 */

import type { Framework } from '../framework/index.ts';
import { append, lockLedger, type Entry, type Tx } from '../log/index.ts';
import { reject, type Instant, type Rejection } from '../terms/index.ts';
import { MOVES, stateOf, type Registration } from './firm.ts';
import { judgeStep, type Officers, type WantedStep } from './step.ts';
import { applyToViews, nextFirmNumber, readFirm } from './views.ts';

const ID_FORM = /^[a-z0-9][a-z0-9-]{1,39}$/;
const CODE_FORM = /^[A-Za-z0-9-]{2,16}$/;
const NAME_LENGTH_MAX = 120;

/** A firm to make known; its number is given by the register. */
export type NewFirm = Omit<Registration, 'number'>;

/** Makes a firm known under an id, a code and a number of its own. Says nothing of any stage. */
export async function registerFirm(tx: Tx, now: Instant, wanted: NewFirm, by: Officers): Promise<Entry<'firm-registered'> | Rejection> {
  if (!ID_FORM.test(wanted.firm)) return reject('DECISION_INVALID', 'firm');
  if (!CODE_FORM.test(wanted.code)) return reject('DECISION_INVALID', 'code');
  if (wanted.name.trim() === '' || wanted.name.length > NAME_LENGTH_MAX) return reject('DECISION_INVALID', 'name');
  if (by.second === by.actor) return reject('SECOND_PERSON_REQUIRED');
  await lockLedger(tx, now);
  const move = MOVES[stateOf(await readFirm(tx, { firm: wanted.firm }))]['firm-registered'];
  if ('refused' in move) return reject(move.refused, 'firm');
  if ((await readFirm(tx, { code: wanted.code })) !== undefined) return reject('FIRM_TAKEN', 'code');
  const number = await nextFirmNumber(tx);
  return entered(tx, await append(tx, now, [{ kind: 'firm-registered', ...officers(by), body: { ...wanted, number } }]));
}

/** Moves a firm to a stage, or varies its grant in the stage, as the framework allows. */
export async function changeStage(tx: Tx, now: Instant, framework: Framework, wanted: WantedStep, by: Officers): Promise<Entry<'stage-changed'> | Rejection> {
  await lockLedger(tx, now);
  const firm = await readFirm(tx, { firm: wanted.firm });
  const move = MOVES[stateOf(firm)]['stage-changed'];
  if ('refused' in move || firm === undefined) return reject('FIRM_UNKNOWN', 'firm');
  const refused = judgeStep(framework, firm, wanted, by);
  if (refused !== undefined) return refused;
  return entered(tx, await append(tx, now, [{
    kind: 'stage-changed', ...officers(by),
    body: {
      firm: wanted.firm, from: wanted.from, to: wanted.to, effectiveFrom: wanted.effectiveFrom, reasons: wanted.reasons, evidence: [...wanted.evidence],
      ...(wanted.event === undefined ? {} : { event: wanted.event }), ...(wanted.services === undefined ? {} : { services: [...wanted.services] }),
    },
  }]));
}

function officers(by: Officers): { actor: string; basis: string; second?: string } {
  return { actor: by.actor, basis: by.basis, ...(by.second === undefined ? {} : { second: by.second }) };
}

async function entered<E extends Entry>(tx: Tx, entries: readonly E[]): Promise<E> {
  await applyToViews(tx, entries);
  const [entry] = entries;
  if (entry === undefined) throw new Error('an append gives its entries back');
  return entry;
}
