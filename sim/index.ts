/**
 * The simulator's door: an invented nation from a seed, whose firms send what they would send.
 */
export { World, type Size, type SizeTerm, type WorldOptions } from './world/world.ts';
export type { Sending } from './world/delivery.ts';
export type { WorldFirm, StageStep } from './world/firms.ts';
export type { Label } from './world/labels.ts';
export { RUPEE, TRADED } from './world/assets.ts';
export { readListed } from './world/listed.ts';
export type { RateSheet } from './world/rates.ts';
export type { Typology } from './world/labels.ts';
export { runTrial, type TrialPlan, type TrialReport } from './faults/trial.ts';
export { SCENARIOS, type Scenario } from './faults/scenario.ts';
export type { House, HouseProbe, TrialTools } from './faults/house.ts';
export { NationFeed } from './demo/feed.ts';
export { checkDoors, type DoorCheck } from './demo/checks.ts';
export { Officer } from './demo/officer.ts';
export { Applicant, type Desks } from './demo/applicant.ts';
