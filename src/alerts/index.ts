/**
 * Findings become grouped, ranked, explained alerts, and what officers do with them.
 */
export { assignAlert, needsSecond, proposeDecision, secondDecision, withdrawDecision, type Officer } from './decide.ts';
export { followFindings } from './follow.ts';
export { alertName, type AlertChange } from './fold.ts';
export { alertMigrations } from './migrations.ts';
export type { Severity } from './score.ts';
export { countAlerts, listAlerts, listDecisions, readAlert, readAlertsOf, readEvidence, readOutcomes, type AlertListed, type DecisionRow, type FindingListed } from './views.ts';
