/**
 * What the house asks of every pack: parameters by name with the unit that each is measured in, and the record
 * classes that something is kept for. A pack that is silent about one has a hole and does not start. A pack
 * may mark any of them unset; what then has no working default is off, and `off` says what that is.
 */

import type { MEASURES } from './form-duty.ts';
import type { Unit } from './form-parts.ts';

/** Who reads a parameter. */
export type ParameterUse = 'duties' | 'feed' | 'lists' | 'reports' | 'rules';

interface NeededParameter {
  readonly unit: Unit;
  readonly use: ParameterUse;
  /** What is off while the parameter has no value. */
  readonly off: string;
  /** Words that a choice may be. */
  readonly choices?: readonly string[];
}

const feed = (unit: Unit, off: string): NeededParameter => ({ unit, use: 'feed', off });
const rule = (unit: Unit, off: string): NeededParameter => ({ unit, use: 'rules', off: `rule ${off}` });

/** Every parameter by its name. The rules' names are those of the rule table. */
export const NEEDED_PARAMETERS: Readonly<Record<string, NeededParameter>> = {
  'waiver.two-people': { unit: 'choice', use: 'duties', off: 'a waiver by one person: every one takes two', choices: ['none', 'binding', 'all'] },
  'control.share': { unit: 'ratio', use: 'duties', off: 'telling owners who control a firm from others' },
  'clock.skew': feed('duration', 'refusal of events from the future'),
  'claim.gap': feed('ratio', 'comparison of a firm\'s own PKR values with the reference rates'),
  'lateness.max': feed('duration', 'settling of findings'),
  'feed.lag': feed('duration', 'feed health by lag'),
  'list.shrink': { unit: 'ratio', use: 'lists', off: 'holding back a list that shrank' },
  'list.stale': { unit: 'duration', use: 'lists', off: 'staleness of lists' },
  'cash-report.threshold': { unit: 'money', use: 'reports', off: 'currency transaction reports' },
  'cash-report.reading': { unit: 'choice', use: 'reports', off: 'currency transaction reports', choices: ['cash', 'fiat'] },
  'travel-rule.threshold': { unit: 'money', use: 'reports', off: 'a lower bound of the travel rule: it is asked for at every amount' },
  'record.threshold': rule('money', 'structuring'),
  'near.share': rule('ratio', 'structuring'),
  'high.value': rule('money', 'burst, dormant'),
  'structuring.count': rule('count', 'structuring'),
  'structuring.quiet': rule('duration', 'structuring'),
  'burst.count': rule('count', 'burst'),
  'burst.sum': rule('money', 'burst'),
  'burst.quiet': rule('duration', 'burst'),
  'dormant.silence': rule('duration', 'dormant'),
  'dormant.quiet': rule('duration', 'dormant'),
  'untraded.received': rule('money', 'untraded'),
  'untraded.share': rule('ratio', 'untraded'),
  'untraded.trades': rule('count', 'untraded'),
  'untraded.quiet': rule('duration', 'untraded'),
  'private.received': rule('money', 'private'),
  'private.share': rule('ratio', 'private'),
  'private.quiet': rule('duration', 'private'),
  'drain.received': rule('money', 'drain'),
  'drain.share': rule('ratio', 'drain'),
  'drain.age': rule('duration', 'drain'),
  'drain.quiet': rule('duration', 'drain'),
  'funnel.share': rule('ratio', 'funnel'),
  'funnel.senders': rule('count', 'funnel'),
  'funnel.quiet': rule('duration', 'funnel'),
  'pass.received': rule('money', 'pass-through'),
  'pass.share': rule('ratio', 'pass-through'),
  'pass.quiet': rule('duration', 'pass-through'),
  'pass.most': rule('ratio', 'pass-through'),
  'handed.received': rule('money', 'handed-on'),
  'handed.share': rule('ratio', 'handed-on'),
  'handed.most': rule('ratio', 'handed-on'),
  'handed.quiet': rule('duration', 'handed-on'),
  'fan.receivers': rule('count', 'fan-out'),
  'fan.most': rule('count', 'fan-out'),
  'fan.quiet': rule('duration', 'fan-out'),
  'hops.count': rule('count', 'hops'),
  'hops.trades': rule('count', 'hops'),
  'hops.share': rule('ratio', 'hops'),
  'hops.most': rule('ratio', 'hops'),
  'hops.quiet': rule('duration', 'hops'),
  'through.received': rule('money', 'through'),
  'through.share': rule('ratio', 'through'),
  'through.most': rule('ratio', 'through'),
  'through.quiet': rule('duration', 'through'),
  'first.age': rule('duration', 'first-high'),
  'first.quiet': rule('duration', 'first-high'),
  'swap.value': rule('money', 'big-swap'),
  'swap.quiet': rule('duration', 'big-swap'),
  'coin.received': rule('money', 'coin-swap'),
  'coin.share': rule('ratio', 'coin-swap'),
  'coin.quiet': rule('duration', 'coin-swap'),
  'coins.count': rule('count', 'coins'),
  'coins.quiet': rule('duration', 'coins'),
  'hidden.count': rule('count', 'hidden'),
  'hidden.value': rule('money', 'hidden'),
  'hidden.quiet': rule('duration', 'hidden'),
  'untold.count': rule('count', 'untold'),
  'untold.quiet': rule('duration', 'untold'),
  'cash.received': rule('money', 'cash-card'),
  'cash.share': rule('ratio', 'cash-card'),
  'cash.quiet': rule('duration', 'cash-card'),
  'collected.received': rule('money', 'collected'),
  'collected.senders': rule('count', 'collected'),
  'collected.quiet': rule('duration', 'collected'),
  'spread.count': rule('count', 'spread'),
  'spread.quiet': rule('duration', 'spread'),
  'barred.quiet': rule('duration', 'service-barred'),
};

/** Classes of record that something is kept for. */
export const NEEDED_RECORDS: readonly string[] = ['suspicion-report', 'cash-report', 'aml-record', 'profile', 'access', 'free-text'];

/** What each limit's measure is counted in. */
export const MEASURE_UNITS: Readonly<Record<(typeof MEASURES)[number], Unit>> = {
  customers: 'count', traded: 'money', 'paid-out': 'money', held: 'money', assets: 'count', leverage: 'ratio', 'feed-lag': 'duration',
};
