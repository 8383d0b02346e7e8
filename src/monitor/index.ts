/**
 * The monitor: the stateful engine and its rules. Workers fold events into findings; rules are brought
 * into force by an entry; everyone else reads what was found.
 */
export { monitorMigrations } from './migrations.ts';
export { Worker, type WorkerGround } from './worker/worker.ts';
export { monitorViews, rebuildMonitor, type Refolded } from './rebuild.ts';
export { activateRules, type Activation } from './activation.ts';
export { EVERY_MEASURE_NAME as MEASURE_NAMES, EVERY_RULE as RULES } from './limits/table.ts';
export { PLAN, readRules, ruleDocument } from './rules/rule-set.ts';
export type { Finding, FindingState } from './engine/finding.ts';
export type { ControlOptions, GrowingWallets } from './engine/control.ts';
export { measuresOf, type Parameters, type RuleTerm } from './engine/rule.ts';
