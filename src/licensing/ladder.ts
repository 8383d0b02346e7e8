/**
 * The enforcement ladder: which rung may be used against a firm, and what using it writes. A fine stays within its cap,
 * a rung that asks for a hearing follows one that was held after notice, a revocation brings the plan by which customers
 * get their assets back, and a rung that moves a firm brings its step, or is none. The clocks to object and to appeal
 * are started by the moments that the rung records. Nothing is decided by silence.
 */

import { inForce, type Framework, type Source } from '../framework/index.ts';
import type { NewEntry } from '../log/index.ts';
import { reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import type { Dossier } from './dossier.ts';
import type { Officers, WantedStep } from './step.ts';

/** A rung that is wanted. `plan`: hash of a document. `moment`: what else happens by it, such as information demanded. */
export type WantedRung = { readonly firm: string } & NonNullable<EntryBody<'decision-proposed'>['rung']>;

type Rung = Framework['ladder'] extends ReadonlyMap<string, readonly (infer R)[]> ? R : never;

/** May the rung be used? Gives its source and whether a second person is needed. */
export function judgeRung(framework: Framework, dossier: Dossier, wanted: WantedRung, step: WantedStep | undefined, now: Instant): (Source & { readonly second: boolean }) | Rejection {
  const rung = inForce(framework.ladder.get(wanted.rung), now);
  if (rung === undefined) return reject('RUNG_UNKNOWN', 'rung');
  if (wanted.terms.trim() === '') return reject('DECISION_INVALID', 'terms');
  if (rung.event !== step?.event) return reject('RUNG_UNKNOWN', rung.event === undefined ? 'the rung moves no firm' : `the rung moves the firm by ${rung.event}`);
  if ((rung.capMinor === undefined) !== (wanted.fineMinor === undefined) || (wanted.fineMinor ?? 0) > (rung.capMinor ?? 0)) return reject('FINE_ABOVE_CAP', `cap ${rung.capMinor ?? 'none'}`);
  if (rung.capMinor !== undefined && wanted.fineMinor === 0) return reject('FINE_ABOVE_CAP', 'fineMinor');
  if (rung.hearing && !wasHeard(framework, dossier, rung, now)) return reject('HEARING_MISSING', rung.clause.en);
  const ends = step === undefined ? undefined : framework.stages.get(step.to);
  if (ends?.standing === 'revoked' && wanted.plan === undefined) return reject('PLAN_MISSING', 'rung.plan');
  if (wanted.moment !== undefined && framework.events.get(wanted.moment)?.kind !== 'moment') return reject('EVENT_NOT_IN_STAGE', 'rung.moment');
  return rung;
}

/** Notice was served, and a hearing held after it. How long the notice must be the pack may leave unset: then only the order counts. */
function wasHeard(framework: Framework, dossier: Dossier, rung: Rung, now: Instant): boolean {
  const notice = inForce(framework.clocks.get(rung.notice ?? ''), now);
  const served = notice === undefined ? undefined : dossier.happenings.get(notice.start)?.at(-1);
  if (notice !== undefined && served === undefined) return false;
  const sanction = framework.steps.find((step) => step.event === rung.event && step.gates.length > 0);
  const moments = sanction?.gates.flatMap((gate) => inForce(framework.gates.get(gate), now)?.moment ?? []) ?? [];
  return moments.every((moment) => dossier.happenings.get(moment)?.some((one) => served === undefined || one.at >= served.at) === true);
}

/** What using the rung writes: the act, and the moments that start its clocks. */
export function rungEntries(framework: Framework, wanted: WantedRung, said: { readonly reasons: string; readonly evidence: readonly string[] }, by: Officers, now: Instant, proposal: number | undefined): NewEntry<'enforcement-acted' | 'moment-recorded'>[] {
  const rung = inForce(framework.ladder.get(wanted.rung), now);
  const who = { actor: by.actor, basis: by.basis, ...(by.second === undefined ? {} : { second: by.second }) };
  const starts = [rung?.objection, rung?.appeal].flatMap((clock) => inForce(framework.clocks.get(clock ?? ''), now)?.start ?? []);
  const moments = [...new Set([...starts, ...(wanted.moment === undefined ? [] : [wanted.moment])])];
  return [
    {
      kind: 'enforcement-acted', ...who,
      body: {
        firm: wanted.firm, rung: wanted.rung, target: wanted.target, terms: wanted.terms, reasons: said.reasons, evidence: [...said.evidence],
        ...(wanted.fineMinor === undefined ? {} : { fineMinor: wanted.fineMinor }), ...(wanted.plan === undefined ? {} : { plan: wanted.plan }), ...(proposal === undefined ? {} : { proposal }),
      },
    },
    ...moments.map((event) => ({ kind: 'moment-recorded' as const, ...who, body: { firm: wanted.firm, event, at: now, note: wanted.rung, evidence: [] } })),
  ];
}
