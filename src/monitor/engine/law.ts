/**
 * What a rule reads beside the event: the rules in force, the stage of a firm, the lists. Law is asked
 * for as of an event's time; the lists know what the control epoch of the batch knew. `ControlState`
 * (control.ts) is the one implementation; tests bring smaller ones.
 */

import type { ChainFamily, Instant } from '../../terms/index.ts';
import type { RuleSet } from './rule.ts';

/** A listed wallet as a finding shows it. */
export interface ListedWallet {
  readonly list: string;
  /** The list's own number of the entry. */
  readonly entry: string;
  /** Version of the list that named it. */
  readonly version: string;
  /** What the list's force is here: a freeze, a review, or information alone. */
  readonly force: 'freeze' | 'review' | 'information';
}

/** Wallets by list, known up to a control epoch. `screening` provides it. */
export interface WalletList {
  lookup(family: ChainFamily, address: string, at: Instant): ListedWallet | undefined;
}

/** What rules read beside the event. */
export interface Law {
  readonly wallets: WalletList;
  /** Rules in force at an instant; an instant before the first rule set is judged by the first. */
  rulesAt(at: number): RuleSet;
  /** Does the firm's stage at that instant allow the service? A firm without a stage may do nothing. */
  permits(firm: number, service: number, at: number): boolean;
}
