/**
 * Which rules are in force, which come, and what is proposed: a fold of the ledger. A proposal holds the set that it was drawn from; when
 * another set has been agreed on since, it cannot be agreed to any more. Four eyes: who proposed never seconds. New rules judge what
 * happens from their day on; the past keeps the rules of its day.
 */

import { append, isKind, lockLedger, readEntries, type Db, type Entry, type Objects, type Tx } from '../../log/index.ts';
import { DAY_US, HOUR_US, assert, reject, type EntryBody, type Instant, type Rejection } from '../../terms/index.ts';
import type { Parameters } from '../engine/rule.ts';
import { draftRules, type Change } from './draft.ts';
import { readDocument, type RuleDocument } from './rule-set.ts';

const PAGE_ENTRIES = 500;
/** Proposals that wait at one time, newest first; one set at a time is weighed. */
const PROPOSALS_MAX = 50;
/** Rules come into force within a year: later ones are proposed later, on what is known then. */
const AHEAD_MAX_US = 366 * DAY_US;
/** A day that passes while the reason is written is no fault: what was agreed on holds from the agreement on. */
const BEHIND_MAX_US = HOUR_US;

/** A set of rules by the entry that activated it. */
export interface StandingSet {
  readonly entry: number;
  readonly at: Instant;
  readonly hash: string;
  readonly effectiveFrom: number;
  readonly actor: string;
  readonly second: string | undefined;
  /** The proposal that was agreed on; the first set of a house has none. */
  readonly proposal: number | undefined;
}
/** A proposal that waits, or how it ended. */
export interface RuleProposal extends EntryBody<'rules-proposed'> {
  readonly entry: number;
  readonly at: Instant;
  readonly actor: string;
  readonly state: 'waits' | 'agreed' | 'sent-back' | 'withdrawn';
}

/** Every set in the order of the ledger, and the newest proposals. */
export interface RuleStanding {
  readonly sets: readonly StandingSet[];
  readonly proposals: readonly RuleProposal[];
}

/** What the ledger says of the rules. */
export async function readRuleStanding(db: Db): Promise<RuleStanding> {
  const sets: StandingSet[] = [];
  const proposals = new Map<number, RuleProposal>();
  const end = (entry: number, state: RuleProposal['state']): void => {
    const known = proposals.get(entry);
    if (known !== undefined) proposals.set(entry, { ...known, state });
  };
  for (let from = 0; ;) {
    const page = await readEntries(db, { from, kinds: ['rule-set-activated', 'rules-proposed', 'rules-closed'], limit: PAGE_ENTRIES });
    for (const entry of page) {
      if (isKind(entry, 'rules-proposed')) proposals.set(entry.index, { ...entry.body, entry: entry.index, at: entry.admittedAt, actor: entry.actor, state: 'waits' });
      if (isKind(entry, 'rules-closed')) end(entry.body.proposal, entry.body.outcome);
      if (!isKind(entry, 'rule-set-activated')) continue;
      const { hash, effectiveFrom, proposal } = entry.body;
      sets.push({ entry: entry.index, at: entry.admittedAt, hash, effectiveFrom, actor: entry.actor, second: entry.second, proposal });
      if (proposal !== undefined) end(proposal, 'agreed');
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE_ENTRIES) break;
    from = last.index + 1;
  }
  return { sets, proposals: [...proposals.values()].slice(-PROPOSALS_MAX) };
}

/** The set that judges what happens at an instant: of those effective by then the one that was activated last. */
export function setAt(sets: readonly StandingSet[], at: number): StandingSet | undefined {
  const effective = sets.filter((set) => set.effectiveFrom <= at);
  const from = Math.max(...effective.map((set) => set.effectiveFrom));
  return effective.findLast((set) => set.effectiveFrom === from) ?? sets[0];
}

/** The set that a draft is drawn from: the one that was agreed on last, whether or not its day has come. */
export async function newestSet(db: Db, objects: Objects): Promise<{ readonly set: StandingSet; readonly document: RuleDocument; readonly standing: RuleStanding }> {
  const standing = await readRuleStanding(db);
  const set = standing.sets.at(-1);
  assert(set !== undefined, 'a house has rules in force');
  return { set, document: readDocument(await objects.get(set.hash)), standing };
}

/** What an officer wants: from which set, what changes, from when, why, and the hash of what was tried. */
export interface WantedRules {
  readonly base: string;
  readonly changes: readonly Change[];
  readonly effectiveFrom: number;
  readonly reasons: string;
  readonly tried?: string;
}

/** Proposes. The document is in objects before the entry is appended. `pack`: the pack's own values. */
export async function proposeRules(tx: Tx, objects: Objects, pack: Parameters, now: Instant, wanted: WantedRules, by: string): Promise<Entry<'rules-proposed'> | Rejection> {
  const { base, effectiveFrom, reasons, tried } = wanted;
  if (reasons.trim() === '') return reject('DECISION_INVALID', 'reasons');
  if (effectiveFrom < now - BEHIND_MAX_US || effectiveFrom > now + AHEAD_MAX_US) return reject('DECISION_INVALID', 'effectiveFrom');
  await lockLedger(tx, now);
  const { set, document, standing } = await newestSet(tx, objects);
  if (set.hash !== base) return reject('DECISION_STALE', 'base');
  const made = draftRules(document, pack, wanted.changes);
  if ('faults' in made) return reject('RULES_FAULTY', made.faults.slice(0, 5).map((fault) => `${fault.code} ${fault.rule} ${fault.place}`.replaceAll(/ +/g, ' ')).join('; '));
  const { draft } = made;
  if (draft.hash === base) return reject('DECISION_INVALID', 'changes');
  if (standing.proposals.some((one) => one.state === 'waits' && one.hash === draft.hash && one.base === base)) return reject('DECISION_STALE', 'it is proposed already');
  await objects.put(draft.bytes);
  const changes = wanted.changes.map(({ parameter, value }) => ({ parameter, value, before: document.parameters[parameter]?.value ?? null }));
  const [entry] = await append(tx, now, [{ kind: 'rules-proposed', actor: by, basis: reasons, body: { base, hash: draft.hash, effectiveFrom, reasons, changes, joins: [...draft.joins], ...(tried === undefined ? {} : { tried }) } }]);
  return entry ?? reject('DECISION_INVALID', 'rules');
}

/** Another officer agrees: the proposed set is in force from its day on, or from now where that day has passed. */
export async function agreeRules(tx: Tx, objects: Objects, now: Instant, proposal: number, by: string): Promise<Entry<'rule-set-activated'> | Rejection> {
  await lockLedger(tx, now);
  const { set, standing } = await newestSet(tx, objects);
  const waiting = standing.proposals.find((one) => one.entry === proposal && one.state === 'waits');
  if (waiting === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
  if (waiting.actor === by) return reject('SECOND_PERSON_REQUIRED');
  if (waiting.base !== set.hash) return reject('DECISION_STALE', 'base');
  const { rules } = readDocument(await objects.get(waiting.hash));
  const effectiveFrom = Math.max(waiting.effectiveFrom, now);
  const [entry] = await append(tx, now, [{
    kind: 'rule-set-activated', actor: waiting.actor, second: by, basis: waiting.reasons, body: { hash: waiting.hash, effectiveFrom, rules: rules.map(({ id, version }) => ({ id, version })), proposal },
  }]);
  return entry ?? reject('PROPOSAL_UNKNOWN', 'proposal');
}

/** A proposal ends without taking effect: its proposer takes it back, anybody else sends it back with a note. */
export async function closeRules(tx: Tx, now: Instant, proposal: number, note: string, by: string): Promise<Entry<'rules-closed'> | Rejection> {
  await lockLedger(tx, now);
  const waiting = (await readRuleStanding(tx)).proposals.find((one) => one.entry === proposal && one.state === 'waits');
  if (waiting === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
  const outcome = waiting.actor === by ? 'withdrawn' : 'sent-back';
  if (outcome === 'sent-back' && note.trim() === '') return reject('DECISION_INVALID', 'note');
  const [entry] = await append(tx, now, [{ kind: 'rules-closed', actor: by, basis: note.trim() === '' ? 'withdrawn by the proposer' : note, body: { proposal, outcome, note } }]);
  return entry ?? reject('PROPOSAL_UNKNOWN', 'proposal');
}
