/**
 * Who may do what: the one table. An action is named as the console names it; a role belongs to one
 * organisation and lists its actions; an action says whether it changes anything, whether a second person
 * must agree, and whether it asks for a fresh proof of presence. Nothing else in the house restates this.
 *
 * `decide` is total: any member, action and resource get an answer. What the table does not grant is
 * refused, and the refusal names the roles that may. Row-level security is the second wall behind it.
 */

import { reject, type Rejection } from '../terms/index.ts';

/** Organisations at the doors. The FMU is one of its own: the authority's staff are not in it. */
export const ORGANISATIONS = ['authority', 'fmu', 'firm', 'auditor'] as const;
export type Organisation = (typeof ORGANISATIONS)[number];

interface ActionTerm {
  /** Changes something: an officer with a conflict of interest in the firm may not. */
  readonly acts: boolean;
  /** Takes effect only when another member seconds it. */
  readonly second: boolean;
  /** Needs a fresh assertion over the decision's hash. */
  readonly stepUp: boolean;
  /** Agrees to what another person proposed. */
  readonly seconds?: true;
}

const reads: ActionTerm = { acts: false, second: false, stepUp: false };
const acts: ActionTerm = { acts: true, second: false, stepUp: false };
const withSecond: ActionTerm = { acts: true, second: true, stepUp: true };
const withProof: ActionTerm = { acts: true, second: false, stepUp: true };

/** Every action that the house asks about. */
export const ACTIONS = {
  'overview.read': reads,
  'firm.read': reads,
  'submission.read': reads,
  'event.read': reads,
  'ledger.read': reads,
  'engine.read': reads,
  'alert.read': reads,
  'alert.assign': acts,
  'alert.decide': withSecond,
  'decision.second': { ...withProof, seconds: true },
  'dossier.read': reads,
  'dossier.file': acts,
  'dossier.assess': acts,
  'stage.decide': { ...withProof, second: true },
  'stage.second': { ...withProof, seconds: true },
  'warning.decide': { ...withProof, second: true },
  'warning.second': { ...withProof, seconds: true },
  'register.detail': acts,
  'complaint.handle': acts,
  /** Opens a way out of the house: what is public, to an address that the operator allows. */
  'subscriber.register': withProof,
  'obligation.waive': acts,
  'obligation.second': { ...withProof, seconds: true },
  'conflict.declare': acts,
  'conflict.end': acts,
  'deputy.propose': { ...withProof, second: true },
  'deputy.second': { ...withProof, seconds: true },
  'calendar.announce': acts,
  'framework.adopt': { ...withProof, second: true },
  'framework.second': { ...withProof, seconds: true },
  'rule.read': reads,
  /** Trying a draft on the past is part of proposing one. */
  'rule.propose': { ...withProof, second: true },
  'rule.second': { ...withProof, seconds: true },
  'screening.read': reads,
  'screening.decide': withSecond,
  'screening.second': { ...withProof, seconds: true },
  'list.read': reads,
  'list.take': withProof,
  'freeze.read': reads,
  'person.read': reads,
  'person.unmask': withSecond,
  'person.erase': withSecond,
  'staff.register': withProof,
  'firm.register': withProof,
  'client.register': withProof,
  'client.revoke': acts,
} as const satisfies Record<string, ActionTerm>;

/** An action, by the name that the console and the rooms use. */
export type Action = keyof typeof ACTIONS;

interface RoleTerm {
  readonly organisation: Organisation;
  /** The office in words. */
  readonly title: { readonly en: string; readonly ur: string };
  readonly may: readonly Action[];
}

const MARKET: readonly Action[] = ['overview.read', 'firm.read', 'submission.read', 'ledger.read'];
const WATCH: readonly Action[] = [...MARKET, 'event.read', 'alert.read', 'engine.read', 'rule.read'];
const ADMIT: readonly Action[] = ['dossier.read', 'dossier.assess', 'stage.decide', 'stage.second', 'obligation.second', 'conflict.declare'];
const OFFICE: readonly Action[] = ['conflict.declare', 'conflict.end', 'deputy.propose', 'deputy.second'];
const PUBLISH: readonly Action[] = ['warning.decide', 'warning.second', 'register.detail', 'complaint.handle', 'subscriber.register'];
/** Hits of people, the lists that they come from, and what is frozen. */
const SCREEN: readonly Action[] = ['screening.read', 'list.read', 'freeze.read'];
const TRIAGE: readonly Action[] = [...WATCH, 'alert.assign', 'alert.decide', ...SCREEN, 'screening.decide', 'person.read', 'person.unmask', 'conflict.declare'];

/**
 * The roles. A firm's people get neither `overview.read` nor `firm.read` nor `event.read`: those screens
 * carry alerts and person ids, which no firm may see (DESIGN §3, §7).
 */
export const ROLES = {
  'licensing-officer': { organisation: 'authority', title: { en: 'Licensing officer', ur: 'لائسنسنگ افسر' }, may: [...MARKET, ...ADMIT, ...PUBLISH, 'list.read', 'firm.register'] },
  supervisor: { organisation: 'authority', title: { en: 'Supervisor', ur: 'نگران افسر' }, may: [...WATCH, ...ADMIT, ...PUBLISH, ...OFFICE, 'obligation.waive', 'calendar.announce', 'framework.adopt', 'framework.second', 'rule.propose', 'rule.second', ...SCREEN, 'screening.second', 'list.take', 'person.read', 'client.revoke', 'person.erase'] },
  'surveillance-analyst': { organisation: 'authority', title: { en: 'Surveillance analyst', ur: 'نگرانی تجزیہ کار' }, may: TRIAGE },
  'senior-analyst': { organisation: 'authority', title: { en: 'Senior analyst', ur: 'سینئر تجزیہ کار' }, may: [...TRIAGE, 'decision.second', 'screening.second', 'list.take', 'rule.propose', 'rule.second'] },
  'fiu-analyst': { organisation: 'fmu', title: { en: 'FIU analyst', ur: 'مالیاتی انٹیلیجنس تجزیہ کار' }, may: ['firm.read'] },
  'firm-compliance': { organisation: 'firm', title: { en: 'Compliance officer', ur: 'کمپلائنس افسر' }, may: ['submission.read', 'dossier.read', 'dossier.file', 'freeze.read', 'staff.register', 'client.register', 'client.revoke'] },
  mlro: { organisation: 'firm', title: { en: 'Money laundering reporting officer', ur: 'منی لانڈرنگ رپورٹنگ افسر' }, may: ['submission.read', 'dossier.read', 'dossier.file', 'freeze.read'] },
  policy: { organisation: 'authority', title: { en: 'Policy maker', ur: 'پالیسی ساز' }, may: ['overview.read', 'firm.read', 'ledger.read', 'framework.adopt', 'rule.read', 'rule.propose'] },
  administrator: { organisation: 'authority', title: { en: 'Administrator', ur: 'منتظم' }, may: ['engine.read', 'staff.register', 'client.register', 'client.revoke', ...OFFICE] },
  auditor: { organisation: 'auditor', title: { en: 'Auditor', ur: 'آڈیٹر' }, may: [...WATCH, ...SCREEN, 'dossier.read'] },
} as const satisfies Record<string, RoleTerm>;

/** A role by its name. */
export type Role = keyof typeof ROLES;

/** Narrows a text to a role. */
export function isRole(text: string): text is Role {
  return Object.hasOwn(ROLES, text);
}

/** A person at a door. `firm` is set for a firm's people; `conflicts` are firms that the person must not act on. */
export interface Member {
  readonly account: string;
  readonly organisation: Organisation;
  readonly roles: readonly Role[];
  readonly firm?: string;
  readonly conflicts?: readonly string[];
  /** For whom this person stands in now: with their role, for the firms in which they have a conflict of interest, or for all. */
  readonly standsIn?: readonly StandIn[];
}

/** A role that somebody holds in another's place for a period that two persons set. */
export interface StandIn {
  readonly role: Role;
  readonly account: string;
  readonly firms: readonly string[] | 'all';
}

/** What a deputy does in single matters: acts that are judged by the firm they are about, and reading what they stand on. */
const OF_ONE_FIRM: ReadonlySet<Action> = new Set(['dossier.read', 'dossier.assess', 'stage.decide', 'stage.second', 'obligation.waive', 'obligation.second']);

/** What is acted on: the firm it is about, and who proposed it when it waits for a second person. */
export interface Resource {
  readonly firm?: string;
  readonly proposer?: string;
}

/** The answer: allowed, with what else the action needs; or the rejection with the roles that may. */
export type Decision =
  | { readonly allowed: true; readonly needsSecond: boolean; readonly needsStepUp: boolean }
  | { readonly allowed: false; readonly rejection: Rejection; readonly whoMay: readonly Role[] };

/** May this member do this to that? */
export function decide(member: Member, action: Action, resource: Resource = {}): Decision {
  const whoMay = rolesThatMay(action);
  const refused = (rejection: Rejection): Decision => ({ allowed: false, rejection, whoMay });
  const holds = (role: Role): boolean => whoMay.includes(role) && ROLES[role].organisation === member.organisation;
  if (!member.roles.some(holds) && member.standsIn?.some((one) => holds(one.role) && coversIn(one, action, resource.firm)) !== true) {
    return refused(reject('FORBIDDEN', whoMay.join(', ')));
  }
  if (member.organisation === 'firm' && (member.firm === undefined || (resource.firm !== undefined && resource.firm !== member.firm))) {
    return refused(reject('FORBIDDEN', 'another firm'));
  }
  const term: ActionTerm = ACTIONS[action];
  if (term.acts && resource.firm !== undefined && member.conflicts?.includes(resource.firm) === true) return refused(reject('CONFLICT_OF_INTEREST', 'firm'));
  if (term.seconds === true && (resource.proposer === undefined || resource.proposer === member.account)) return refused(reject('SECOND_PERSON_REQUIRED'));
  return { allowed: true, needsSecond: term.second, needsStepUp: term.stepUp };
}

/** Does standing in cover an act on a firm? Where no firm is named, only what is read to prepare it. */
function coversIn({ firms }: StandIn, action: Action, firm: string | undefined): boolean {
  if (firms === 'all') return true;
  return OF_ONE_FIRM.has(action) && (firm === undefined ? !ACTIONS[action].acts : firms.includes(firm));
}

/** The roles that the table grants an action, in its order. */
export function rolesThatMay(action: Action): Role[] {
  return Object.keys(ROLES).filter(isRole).filter((role) => mayOf(role).includes(action));
}

/** What a member may do at all, before any one resource is looked at: what the console shows. */
export function actionsOf(member: Member): Action[] {
  const grants = (role: Role, action: Action): boolean => ROLES[role].organisation === member.organisation && mayOf(role).includes(action);
  const standsIn = member.standsIn ?? [];
  return Object.keys(ACTIONS).filter(isAction).filter((action) => member.roles.some((role) => grants(role, action))
    || standsIn.some((one) => grants(one.role, action) && (one.firms === 'all' || (OF_ONE_FIRM.has(action) && one.firms.length > 0))));
}

const mayOf = (role: Role): readonly Action[] => ROLES[role].may;

function isAction(text: string): text is Action {
  return Object.hasOwn(ACTIONS, text);
}
