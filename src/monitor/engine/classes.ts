/**
 * Classes of an event: the questions that rules ask of every event, answered once when it enters and
 * kept as bits. They depend on the event and on the law of its own time (thresholds in force, the firm's
 * stage), never on when it arrived; `listed` alone is knowledge of the batch's control epoch, and `void`
 * says that a later correction or cancellation took the event's place.
 */

import { EVENT_KINDS, FLAG, type EventKind } from '../../terms/index.ts';
import type { Law } from './law.ts';

export const CLASS = {
  /** Value comes to the person from outside the firm or from another customer. */
  in: 1 << 0,
  /** Value leaves the person. */
  out: 1 << 1,
  /** Value is exchanged: trade, P2P trade. */
  trade: 1 << 2,
  /** An asset withdrawal to a private (unhosted) wallet. */
  private: 1 << 3,
  /** In or out, just below the record threshold. */
  near: 1 << 4,
  /** In or out, of high value. */
  high: 1 << 5,
  /** The person is onboarded by a firm. */
  onboard: 1 << 6,
  /** A service that the firm's stage does not allow. */
  barred: 1 << 7,
  /** The counterparty's wallet is on a list. */
  listed: 1 << 8,
  /** Replaced or cancelled: nothing counts it. */
  void: 1 << 9,
  /** Rupees move by a bank or in cash. */
  fiat: 1 << 10,
  /** An asset moves on a chain: deposit, withdrawal. */
  chain: 1 << 11,
  /** Between two customers of one firm. */
  internal: 1 << 12,
  /** The other wallet is held by another provider. */
  hosted: 1 << 13,
  cash: 1 << 14,
  /** The asset is a stablecoin, a privacy coin. */
  stable: 1 << 15,
  privacy: 1 << 16,
  /** Done through Tor, a VPN or a proxy. */
  hidden: 1 << 17,
  /** Rupees by a card. */
  card: 1 << 18,
  /** Travel-rule data is missing or partial. */
  untold: 1 << 19,
} as const;

export const MOVES = CLASS.in | CLASS.out | CLASS.trade;

const number = (kind: EventKind): number => EVENT_KINDS.indexOf(kind);
export const KIND = {
  onboarded: number('customer-onboarded'), changed: number('customer-changed'), fiatIn: number('fiat-in'), fiatOut: number('fiat-out'),
  deposit: number('asset-deposit'), withdrawal: number('asset-withdrawal'), trade: number('trade'), transfer: number('internal-transfer'),
  p2p: number('p2p-trade'), correct: number('correct'), cancel: number('cancel'), opening: number('opening-load'),
} as const;

/** Classes of the kind; an internal transfer's direction is its flag. */
function kindClasses(kind: number, flags: number): number {
  switch (kind) {
    case KIND.fiatIn:
      return CLASS.in | CLASS.fiat;
    case KIND.deposit:
      return CLASS.in | CLASS.chain;
    case KIND.fiatOut:
      return CLASS.out | CLASS.fiat;
    case KIND.withdrawal:
      return (flags & FLAG.unhosted) !== 0 ? CLASS.out | CLASS.chain | CLASS.private : CLASS.out | CLASS.chain;
    case KIND.transfer:
      return (flags & FLAG.inward) !== 0 ? CLASS.in | CLASS.internal : CLASS.out | CLASS.internal;
    case KIND.trade:
    case KIND.p2p:
      return CLASS.trade;
    case KIND.onboarded:
    case KIND.opening:
      return CLASS.onboard;
    default:
      return 0;
  }
}

/** Classes that a flag of the row says by itself. */
const FLAGGED = [[FLAG.hosted, CLASS.hosted], [FLAG.cash, CLASS.cash], [FLAG.stable, CLASS.stable], [FLAG.privacy, CLASS.privacy], [FLAG.hidden, CLASS.hidden], [FLAG.card, CLASS.card], [FLAG.travelRuleMissing, CLASS.untold], [FLAG.travelRulePartial, CLASS.untold]] as const;

/** The event's classes under the law of its time; without `listed` and `void`, which are facts of arrival. */
export function classify(kind: number, flags: number, service: number, firm: number, at: number, paisa: number, law: Law): number {
  let classes = kindClasses(kind, flags);
  if ((classes & MOVES) !== 0) for (const [flag, bit] of FLAGGED) if ((flags & flag) !== 0) classes |= bit;
  if ((classes & (CLASS.in | CLASS.out)) !== 0) {
    const rules = law.rulesAt(at);
    if (paisa >= rules.nearFrom && paisa < rules.nearBelow) classes |= CLASS.near;
    if (paisa >= rules.highFrom) classes |= CLASS.high;
  }
  if ((classes & MOVES) !== 0 && service !== 0 && !law.permits(firm, service, at)) classes |= CLASS.barred;
  return classes;
}
