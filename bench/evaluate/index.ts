/**
 * The judge of detectors: material from a seed or from files, looked at in three views at one budget.
 */
export { evaluateMaterial, type Evaluation } from './evaluate.ts';
export { givenMaterial } from './given.ts';
export { nationOf } from './nation.ts';
export type { Judged } from './judge.ts';
