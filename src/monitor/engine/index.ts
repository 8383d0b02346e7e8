/**
 * The engine by itself, for whoever measures it or folds invented activity: state, a step, bytes, and a state as bytes.
 */
export { bytesOf, openState, type State } from './state.ts';
export { step, type Activity, type Outcome } from './step.ts';
export { readSnapshot, takeSnapshot } from './snapshot.ts';
export { costPlan, measureRules, type MeasuredCost, type PlanCost } from './cost.ts';
export { planOf } from './measure.ts';
export { compileRules } from './rule.ts';
export type { Law } from './law.ts';
