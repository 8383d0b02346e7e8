/**
 * Four eyes: an officer proposes a step or a rung of the ladder, another one agrees, and only then is it decided. What
 * is proposed is judged when it is proposed and again when it is agreed, against what stands then; the dossier must
 * be the one that each of them saw. The same person twice, an officer with a conflict of interest, a gate that is
 * not met, an event that the stage does not know: each is refused by its code, and nothing is appended.
 */

import { StaffDesk, decide, type Member } from '../access/index.ts';
import type { Framework } from '../framework/index.ts';
import { append, lockLedger, type Entry, type Tx } from '../log/index.ts';
import { reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import { entered, judgedStep, stepEntry } from './acts.ts';
import { capsEntry, judgeCaps } from './conditions.ts';
import type { Dossier, Proposal } from './dossier.ts';
import { readDossier } from './dossier-view.ts';
import type { Firm } from './firm.ts';
import { judgeRung, rungEntries, type WantedRung } from './ladder.ts';
import type { Officers, WantedStep } from './step.ts';
import { readFirm } from './views.ts';

type Proposed = EntryBody<'decision-proposed'>;

/** What is proposed: a step, a rung, which may bring a step with it, or caps, with a step or alone. `seen`: the version of the dossier that the officer saw. */
export type WantedDecision = Omit<Proposed, 'evidence'> & { readonly evidence: readonly string[] };

/** What was decided, or that it waits for a second person. */
export type Decided = { readonly state: 'waits'; readonly proposal: number } | { readonly state: 'decided'; readonly entry: number };

interface Ground {
  readonly firm: Firm;
  readonly dossier: Dossier;
}

/** Proposes a decision; one that needs no second person is taken at once. */
export async function proposeDecision(tx: Tx, now: Instant, framework: Framework, wanted: WantedDecision, by: Member): Promise<Decided | Rejection> {
  const may = decide(by, 'stage.decide', { firm: wanted.firm });
  if (!may.allowed) return may.rejection;
  await lockLedger(tx, now);
  const ground = await groundOf(tx, wanted.firm);
  if ('code' in ground) return ground;
  if (ground.dossier.version !== wanted.seen) return reject('DECISION_STALE', 'seen');
  if (wanted.reasons.trim() === '') return reject('DECISION_INVALID', 'reasons');
  if (wanted.step === undefined && wanted.rung === undefined && wanted.caps === undefined) return reject('DECISION_INVALID', 'step');
  if (ground.dossier.proposals.some((one) => one.state === 'waits')) return reject('DECISION_STALE', 'a proposal waits');
  const body: Proposed = { ...wanted, evidence: [...wanted.evidence] };
  // Judged as if somebody agreed: what cannot be agreed to is not proposed.
  const trial = judge(framework, ground, body, now, { actor: by.account, second: `second to ${by.account}`, basis: '' });
  if ('code' in trial) return trial;
  if (!trial.second) return take(tx, now, framework, ground, body, { actor: by.account, basis: trial.basis }, undefined);
  const [entry] = await append(tx, now, [{ kind: 'decision-proposed', actor: by.account, basis: trial.basis, body }]);
  const made = await entered(tx, entry === undefined ? [] : [entry]);
  return { state: 'waits', proposal: made.index };
}

/** Agrees to a proposal, as another person than its proposer: it is decided. `seen`: the version of the dossier that this person saw. */
export async function agree(tx: Tx, now: Instant, framework: Framework, act: { readonly firm: string; readonly proposal: number; readonly seen: number }, by: Member): Promise<Decided | Rejection> {
  const waiting = await waitingOf(tx, now, act, by);
  if ('code' in waiting) return waiting;
  const { ground, proposal } = waiting;
  if (ground.dossier.version !== act.seen || ground.dossier.version !== proposal.body.seen) return reject('DECISION_STALE', 'seen');
  return take(tx, now, framework, ground, proposal.body, { actor: proposal.actor, second: by.account, basis: proposal.basis }, proposal.entry);
}

/** Ends a proposal without effect: its proposer withdraws it, another person sends it back with a note. */
export async function closeProposal(tx: Tx, now: Instant, act: { readonly firm: string; readonly proposal: number; readonly note: string }, by: Member): Promise<Entry<'decision-closed'> | Rejection> {
  const may = decide(by, 'stage.decide', { firm: act.firm });
  if (!may.allowed) return may.rejection;
  await lockLedger(tx, now);
  const ground = await groundOf(tx, act.firm);
  if ('code' in ground) return ground;
  const proposal = ground.dossier.proposals.find((one) => one.entry === act.proposal && one.state === 'waits');
  if (proposal === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
  const own = proposal.actor === by.account;
  if (!own && act.note.trim() === '') return reject('DECISION_INVALID', 'note');
  const made = await append(tx, now, [{ kind: 'decision-closed', actor: by.account, basis: proposal.basis, body: { firm: act.firm, proposal: act.proposal, verdict: own ? 'withdrawn' : 'sent-back', note: act.note } }]);
  return entered(tx, made);
}

async function waitingOf(tx: Tx, now: Instant, act: { readonly firm: string; readonly proposal: number }, by: Member): Promise<{ ground: Ground; proposal: Proposal } | Rejection> {
  await lockLedger(tx, now);
  const ground = await groundOf(tx, act.firm);
  if ('code' in ground) return ground;
  const proposal = ground.dossier.proposals.find((one) => one.entry === act.proposal && one.state === 'waits');
  if (proposal === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
  const may = decide(by, 'stage.second', { firm: act.firm, proposer: proposal.actor });
  if (!may.allowed) return may.rejection;
  // Whoever proposed may have declared a conflict of interest since.
  return (await StaffDesk.conflictsOf(tx, proposal.actor)).includes(act.firm) ? reject('CONFLICT_OF_INTEREST', 'proposer') : { ground, proposal };
}

async function groundOf(tx: Tx, id: string): Promise<Ground | Rejection> {
  const firm = await readFirm(tx, { firm: id });
  return firm === undefined ? reject('FIRM_UNKNOWN', 'firm') : { firm, dossier: await readDossier(tx, id) };
}

/** What the decision stands on in law, and whether it needs a second person; or why it is refused. */
function judge(framework: Framework, ground: Ground, body: Proposed, now: Instant, by: Officers): { readonly second: boolean; readonly basis: string } | Rejection {
  const step = wantedStep(body, now);
  const rung = wantedRung(body);
  const judgedRung = rung === undefined ? undefined : judgeRung(framework, ground.dossier, rung, step, now);
  if (judgedRung !== undefined && 'code' in judgedRung) return judgedRung;
  const judged = step === undefined ? undefined : judgedStep(framework, ground.firm, ground.dossier, step, by);
  if (judged !== undefined && 'code' in judged) return judged;
  const caps = body.caps === undefined ? undefined : judgeCaps(framework, body.caps, step?.to ?? ground.firm.held.at(-1)?.stage ?? '', now);
  if (caps !== undefined && 'code' in caps) return caps;
  // What binds a firm for as long as its grant lasts is two persons' decision.
  return { second: caps !== undefined || judgedRung?.second === true || judged?.second === true, basis: judgedRung?.clause.en ?? judged?.clause.en ?? caps?.clause ?? '' };
}

async function take(tx: Tx, now: Instant, framework: Framework, ground: Ground, body: Proposed, by: Officers, proposal: number | undefined): Promise<Decided | Rejection> {
  const judged = judge(framework, ground, body, now, by);
  if ('code' in judged) return judged;
  if (judged.second && (by.second === undefined || by.second === by.actor)) return reject('SECOND_PERSON_REQUIRED');
  const basis = { ...by, basis: judged.basis };
  const rung = wantedRung(body);
  const step = wantedStep(body, now);
  const rungs = rung === undefined ? [] : rungEntries(framework, rung, body, basis, now, proposal);
  const steps = step === undefined ? [] : [await stepEntry(tx, framework, ground.dossier, step, basis, now, proposal)];
  const caps = body.caps === undefined ? [] : [capsEntry(body.caps, body, step, basis, now, proposal)];
  const made = [...await append(tx, now, rungs), ...await append(tx, now, steps), ...await append(tx, now, caps)];
  await entered(tx, made);
  const decided = made.find((entry) => entry.kind === 'stage-changed') ?? made.find((entry) => entry.kind === 'enforcement-acted' || entry.kind === 'conditions-set');
  return decided === undefined ? reject('DECISION_INVALID', 'step') : { state: 'decided', entry: decided.index };
}

function wantedStep({ firm, step, reasons, evidence }: Proposed, now: Instant): WantedStep | undefined {
  if (step === undefined) return undefined;
  return {
    firm, from: step.from, to: step.to, event: step.event, effectiveFrom: step.effectiveFrom === undefined ? now : (step.effectiveFrom as Instant), reasons, evidence,
    ...(step.services === undefined ? {} : { services: step.services }),
  };
}

function wantedRung({ firm, rung }: Proposed): WantedRung | undefined {
  return rung === undefined ? undefined : { firm, ...rung };
}
