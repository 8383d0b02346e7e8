/**
 * Caps as conditions of a decision. A cap is of a limit that the pack declares and the feed can show, fits where the firm
 * stands or is about to, and stands once in a decision; null lifts one. Its source is the decision: what the
 * regulations leave to the authority binds a firm by the authority's act, and by no assumption of ours. Anything else
 * that a grant asks for is said in words, in its reasons.
 */

import { PermitTimeline, type Cap, type Framework } from '../framework/index.ts';
import type { NewEntry } from '../log/index.ts';
import { instantOf, reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import type { Dossier } from './dossier.ts';
import type { Firm } from './firm.ts';
import { officersOf } from './acts.ts';
import type { Officers, WantedStep } from './step.ts';

/** A cap to set, or with null to lift. */
export type WantedCap = EntryBody<'conditions-set'>['caps'][number];

/** Limits on which a decision may set a cap for a firm in the stage. */
export function openCaps(framework: Framework, stage: string, at: Instant) {
  return new PermitTimeline(framework).caps.openIn(stage, at);
}

/** The clause under which caps may be set, or why they may not. `to`: the stage that the decision leaves the firm in. */
export function judgeCaps(framework: Framework, caps: readonly WantedCap[], to: string, now: Instant): { readonly clause: string } | Rejection {
  const open = openCaps(framework, to, now);
  const wrong = caps.find((cap, i) => !open.some((limit) => limit.limit === cap.limit) || caps.findIndex((one) => one.limit === cap.limit) !== i || (cap.value !== null && (!Number.isSafeInteger(cap.value) || cap.value < 0)));
  const first = open.find((limit) => limit.limit === caps[0]?.limit);
  return wrong !== undefined || first === undefined ? reject('CAP_INVALID', wrong?.limit ?? 'caps') : { clause: first.clause.en };
}

/** The entry of caps that were judged. They bind from the step's instant on; without a step from now. */
export function capsEntry(caps: readonly WantedCap[], said: { readonly firm: string; readonly reasons: string; readonly evidence: readonly string[] }, step: WantedStep | undefined, by: Officers, now: Instant, proposal: number | undefined): NewEntry<'conditions-set'> {
  return {
    kind: 'conditions-set', ...officersOf(by),
    body: { firm: said.firm, caps: caps.map((cap) => ({ ...cap })), effectiveFrom: step?.effectiveFrom ?? now, reasons: said.reasons, evidence: [...said.evidence], ...(proposal === undefined ? {} : { proposal }) },
  };
}

/** The caps that bind a firm at an instant, by its stages and its dossier. */
export function capsOf(framework: Framework, firm: Firm, dossier: Dossier, at: Instant): readonly Cap[] {
  const timeline = new PermitTimeline(framework);
  for (const held of firm.held) timeline.enter(firm.number, held.stage, held.from, held.services);
  for (const { body, entry } of dossier.conditions) for (const cap of body.caps) timeline.caps.set(firm.number, cap, instantOf(body.effectiveFrom), entry);
  return timeline.caps.limitsOf(firm.number).flatMap((name) => timeline.caps.capAt(firm.number, name, at) ?? []);
}
