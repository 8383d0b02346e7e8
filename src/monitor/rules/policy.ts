/**
 * The rules as policy: what is in force, what a draft would change, who agrees, and what it would have found. A door of its own, for the
 * desk that turns thresholds and for whoever tries them on the past.
 */

export { SET_BY_AUTHORITY, costsOf, draftRules, drawnFrom, versionHash, type Change, type Draft, type DraftFault } from './draft.ts';
export { agreeRules, closeRules, newestSet, proposeRules, readRuleStanding, setAt, type RuleProposal, type RuleStanding, type StandingSet } from './in-force.ts';
export { newestRules, readDocument, ruleTerms, type RuleDocument } from './rule-set.ts';
export { parametersOf, type Parameter } from '../engine/rule.ts';
