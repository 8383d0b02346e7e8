/**
 * A finding as it leaves the engine: one rule, one version, one event, every number it used with its
 * threshold and margin, what each firm alone would have seen, the smallest change that would have cleared
 * it, and the events behind the numbers. Firms are numbers here; the worker writes their ids.
 */

import type { ListedWallet } from './law.ts';
import type { Comparison, Unit } from './rule.ts';

/** An event of a firm. */
export interface EventRef {
  readonly firm: number;
  readonly id: string;
}

/** One condition of the rule with the value that held. Durations are microseconds, money is paisa. */
export interface Measured {
  readonly code: string;
  readonly unit: Unit;
  readonly value: number;
  readonly comparison: Comparison;
  /** Null for `present`. */
  readonly threshold: number | null;
  /** value - threshold. */
  readonly margin: number | null;
  /** `decided`: a decision about the firm set it, and `clause` names its entry. */
  readonly status: 'prescribed' | 'decided' | 'draft' | 'unset' | 'assumption' | null;
  readonly clause: string;
}

/** The same measures on one firm's events alone. */
export interface SeenAlone {
  readonly firm: number;
  readonly values: readonly number[];
  readonly fires: boolean;
}

/** One rule's answer to one event. Money is paisa, durations and instants are microseconds, firms are numbers. */
export interface Finding {
  readonly id: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly ruleSet: string;
  /** 32 hex digits. */
  readonly person: string;
  readonly subject: 'person' | 'firm';
  readonly event: EventRef & { readonly at: number };
  /** Firms whose events are behind the numbers. */
  readonly firms: readonly number[];
  readonly measures: readonly Measured[];
  /** The measure whose smallest change would have cleared the finding; null when none has a threshold. */
  readonly smallestChange: { readonly code: string; readonly unit: Unit; readonly change: number } | null;
  readonly seenAlone: readonly SeenAlone[];
  /** Events behind the numbers, oldest first, the newest `EVIDENCE_MAX`. */
  readonly evidence: readonly EventRef[];
  readonly evidenceTotal: number;
  readonly listed: ListedWallet | null;
}

/** `provisional`: decided in admission order. `settled`: confirmed in event order. `corrected`: said after that. `withdrawn`: does not stand. */
export type FindingState = 'provisional' | 'settled' | 'corrected' | 'withdrawn';

/**
 * What happened to a finding. `raised`: its event was just decided. `added`: an event decided before has it
 * in event order. `revised`: it says other numbers. `withdrawn`: it does not stand in event order.
 * `confirmed`: the watermark passed and nothing changed.
 */
export type FindingChange =
  | { readonly change: 'raised' | 'added' | 'revised'; readonly id: string; readonly state: FindingState; readonly finding: Finding; readonly digest: string }
  | { readonly change: 'confirmed' | 'withdrawn'; readonly id: string; readonly state: FindingState };
