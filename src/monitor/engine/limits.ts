/**
 * The engine's named limits, each with its unit and its reason. They are part of what a finding means:
 * changing one changes findings, so it changes `ENGINE_VERSION` too.
 */

import { DAY_US, HOUR_US, MINUTE_US } from '../../terms/index.ts';

/** Version of the fold. Findings carry it; findings of another version are compared, never overwritten. */
export const ENGINE_VERSION = 'engine-1';

/** The watermark runs this far behind the greatest admission instant. Source: DESIGN §6. */
export const LATENESS_MAX_US = 10 * MINUTE_US;

/** Exact sliding windows. A window at instant t holds (t - length, t]. */
export const WINDOWS = { '1h': HOUR_US, '24h': DAY_US, '7d': 7 * DAY_US, '30d': 30 * DAY_US } as const;
export type WindowName = keyof typeof WINDOWS;
export const WINDOW_LONGEST_US = WINDOWS['30d'];

/**
 * Event records are kept this long behind a person's newest event or the watermark, whichever is
 * earlier: the longest window, a day in which a late event is still recomputed exactly, and lateness.
 */
export const HORIZON_US = WINDOW_LONGEST_US + DAY_US + LATENESS_MAX_US;

/** Records that one distinct count or one firm-by-firm sum looks at, newest first; part of those measures' definition. */
export const WALK_RECORDS_MAX = 1_000;

/** Events named behind a finding at most, newest ones; `evidenceTotal` says how many there were. */
export const EVIDENCE_MAX = 200;

/** Bytes of an event id at most; the canonical schema allows 64. */
export const ID_BYTES_MAX = 64;
