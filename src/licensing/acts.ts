/**
 * What an officer does to a firm: makes it known, moves it from stage to stage. Each act locks the ledger, judges
 * against what stands there then, appends its entry and brings the views along, in the caller's transaction. A
 * refused act is a rejection and appends nothing. Who may act at all is asked of `access` before. A step carries how
 * the firm's clocks stood when it was taken.
 */

import type { CompiledStep, Framework } from '../framework/index.ts';
import { append, lockLedger, type Entry, type NewEntry, type Tx } from '../log/index.ts';
import { reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import { clocksOf } from './clocks.ts';
import type { Dossier } from './dossier.ts';
import { readCalendar, readDossier } from './dossier-view.ts';
import { MOVES, stateOf, type Firm, type Registration } from './firm.ts';
import { judgeStep, openSteps, type Officers, type WantedStep } from './step.ts';
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
  return entered(tx, await append(tx, now, [{ kind: 'firm-registered', ...officersOf(by), body: { ...wanted, number } }]));
}

/** Moves a firm to a stage, or varies its grant in the stage, as the framework allows. */
export async function changeStage(tx: Tx, now: Instant, framework: Framework, wanted: WantedStep, by: Officers): Promise<Entry<'stage-changed'> | Rejection> {
  await lockLedger(tx, now);
  const firm = await readFirm(tx, { firm: wanted.firm });
  const move = MOVES[stateOf(firm)]['stage-changed'];
  if ('refused' in move || firm === undefined) return reject('FIRM_UNKNOWN', 'firm');
  const dossier = await readDossier(tx, wanted.firm);
  const refused = judgeStep(framework, firm, dossier, wanted, by);
  if (refused !== undefined) return refused;
  return entered(tx, await append(tx, now, [await stepEntry(tx, framework, dossier, wanted, by, now, undefined)]));
}

/** The framework's step that is wanted, or why it is refused. */
export function judgedStep(framework: Framework, firm: Firm, dossier: Dossier, wanted: WantedStep, by: Officers): CompiledStep | Rejection {
  const refused = judgeStep(framework, firm, dossier, wanted, by);
  if (refused !== undefined) return refused;
  const step = openSteps(framework, firm, wanted.effectiveFrom).find((one) => one.event === wanted.event && one.toStage === wanted.to);
  return step ?? reject('STAGE_STEP_CLOSED', 'event');
}

/** The entry of a step that was judged. */
export async function stepEntry(tx: Tx, framework: Framework, dossier: Dossier, wanted: WantedStep, by: Officers, now: Instant, proposal: number | undefined): Promise<NewEntry<'stage-changed'>> {
  const clocks = clocksOf(framework, await readCalendar(tx, framework), dossier, now).flatMap(clockSnapshot);
  return {
    kind: 'stage-changed', ...officersOf(by),
    body: {
      firm: wanted.firm, from: wanted.from, to: wanted.to, effectiveFrom: wanted.effectiveFrom, reasons: wanted.reasons, evidence: [...wanted.evidence], clocks,
      ...(wanted.event === undefined ? {} : { event: wanted.event }), ...(wanted.services === undefined ? {} : { services: [...wanted.services] }), ...(proposal === undefined ? {} : { proposal }),
    },
  };
}

/** How a clock stood when a step was taken; one that was answered before stands no more. */
function clockSnapshot({ clock, startedAt, state, deadline }: ReturnType<typeof clocksOf>[number]): NonNullable<EntryBody<'stage-changed'>['clocks']> {
  return state === 'answered' ? [] : [{ clock: clock.clock, startedAt, state, ...(deadline?.kind === 'due' ? { day: deadline.day } : {}) }];
}

/** Who acts, as an entry holds it. */
export function officersOf(by: Officers): { actor: string; basis: string; second?: string } {
  return { actor: by.actor, basis: by.basis, ...(by.second === undefined ? {} : { second: by.second }) };
}

/** Brings the views along with entries that were appended; gives the first. */
export async function entered<E extends Entry>(tx: Tx, entries: readonly E[]): Promise<E> {
  await applyToViews(tx, entries);
  const [entry] = entries;
  if (entry === undefined) throw new Error('an append gives its entries back');
  return entry;
}
