/**
 * The simulator's door: an invented nation from a seed, whose firms send what they would send.
 */
export { World, SIZES, type Size, type SizeTerm, type WorldOptions } from './world/world.ts';
export type { Sending } from './world/delivery.ts';
export type { WorldFirm, StageStep } from './world/firms.ts';
export type { Label } from './world/labels.ts';
export type { RateSheet } from './world/rates.ts';
export { TYPOLOGIES, type Typology } from './world/labels.ts';
export { NationFeed, type FeedGround, type FeedTotals, type Surprise } from './demo/feed.ts';
export { checkDemo, type CheckGround, type DemoCheck } from './demo/checks.ts';
export { Officer, type OfficerGround } from './demo/officer.ts';
