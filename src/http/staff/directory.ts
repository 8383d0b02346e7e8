/**
 * Firms as the console's routes need them: by code, id and number, with the stage that each is in. The
 * server's process folds it from the ledger and the pack; it is small and kept in memory.
 */

import type { Answer } from '../../contract/console.ts';
import type { Instant } from '../../terms/index.ts';

type FirmAnswer = Answer<'firm'>;
/** A firm as screens name it. */
export type FirmRef = FirmAnswer['row']['firm'];
/** A stage as screens name it. */
export type Stage = FirmAnswer['row']['stage'];

/** A firm with everything about it that is not a live figure. */
export interface FirmCard {
  readonly id: string;
  readonly number: number;
  readonly ref: FirmRef;
  readonly stage: Stage;
  readonly stageSince: Instant | null;
  readonly published: FirmAnswer['published'];
  readonly steps: FirmAnswer['steps'];
  readonly gates: FirmAnswer['gates'];
  readonly services: FirmAnswer['services'];
  readonly flags: FirmAnswer['flags'];
}

/** A number of the pack with where it comes from. */
export interface Limit {
  readonly ms: number;
  readonly provenance: Answer<'overview'>['feeds']['limit'];
}

/** Firms, the ladder of stages, limits and assets, as they are now; `undefined` for what is not known. */
export interface Directory {
  all(): readonly FirmCard[];
  byCode(code: string): FirmCard | undefined;
  byId(id: string): FirmCard | undefined;
  byNumber(number: number): FirmCard | undefined;
  /** Stages of the pack in their order, with what a firm in each may offer. */
  ladder(): readonly { readonly stage: Stage; readonly may: { readonly en: string; readonly ur: string } }[];
  /** How late a feed may be, and how long an event may stay undecided. */
  feedLimit(): Limit;
  decideLimitMs(): number;
  /** What a firm in the stage of the instant may offer, as the framework says it; `undefined` for a firm that had no stage then. */
  permitSource(firm: string, at: Instant): Limit['provenance'] | undefined;
  /** Symbol and decimals of an asset. */
  asset(id: string): { readonly symbol: string; readonly decimals: number } | undefined;
}
