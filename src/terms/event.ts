/**
 * Names and numbers of what an event row carries between rooms: kinds, services, access and profile
 * classes. Columns hold the number, so each list is frozen: it grows at its end, never inside.
 */

/** Event kinds in their numbered order. */
export const EVENT_KINDS = [
  'customer-onboarded', 'customer-changed', 'fiat-in', 'fiat-out', 'asset-deposit', 'asset-withdrawal', 'trade', 'order',
  'internal-transfer', 'p2p-trade', 'sign-in', 'device', 'correct', 'cancel', 'closing-statement', 'opening-load',
] as const;
/** An event kind, by name. */
export type EventKind = (typeof EVENT_KINDS)[number];

/** The ten services of Schedule I of the Virtual Assets Act, 2026, in its order. Number 0 is "none". */
export const SERVICES = ['none', 'advisory', 'broker-dealer', 'custody', 'exchange', 'lending', 'derivatives', 'management', 'transfer', 'issuance', 'mining'] as const;
/** A service of Schedule I, or `none`. */
export type Service = (typeof SERVICES)[number];

/** The service that a kind belongs to unless the event names another. */
export const USUAL_SERVICE: Readonly<Record<EventKind, Service>> = {
  'customer-onboarded': 'none', 'customer-changed': 'none', 'fiat-in': 'exchange', 'fiat-out': 'exchange', 'asset-deposit': 'custody',
  'asset-withdrawal': 'custody', trade: 'exchange', order: 'exchange', 'internal-transfer': 'custody', 'p2p-trade': 'broker-dealer',
  'sign-in': 'none', device: 'none', correct: 'none', cancel: 'none', 'closing-statement': 'none', 'opening-load': 'none',
};

/** Profile and access classes, numbered by place; 0 always means "not said". */
export const AGE_BANDS = ['', 'under18', '18-24', '25-34', '35-44', '45-54', '55-64', '65over'] as const;
/** Where a person lives, by province or territory. */
export const PROVINCES = ['', 'balochistan', 'gilgit-baltistan', 'azad-kashmir', 'islamabad', 'khyber-pakhtunkhwa', 'punjab', 'sindh', 'abroad'] as const;
/** Declared income, as the firm classed it. */
export const INCOME_CLASSES = ['', 'none', 'low', 'middle', 'high', 'veryHigh'] as const;
/** The firm's own risk class of a customer. */
export const RISK_CLASSES = ['', 'low', 'medium', 'high'] as const;
/** What hid a person's network address, as the firm saw it. */
export const ANONYMISERS = ['', 'none', 'tor', 'vpn', 'proxy'] as const;
/** How rupees moved. */
export const CHANNEL_METHODS = ['', 'raast', 'ibft', 'rtgs', 'card', 'wallet', 'cheque', 'cash', 'other'] as const;

/** Bits of a row's `flags`. */
export const FLAG = {
  /** Admitted more than the lateness bound after it happened. */
  late: 1 << 0,
  /** Value flows to the person (in); otherwise from the person (out) when `moves` is set. */
  inward: 1 << 1,
  /** The row moves value. */
  moves: 1 << 2,
  /** Counterparty wallet is private (unhosted). */
  unhosted: 1 << 3,
  /** Counterparty wallet is held by another firm. */
  hosted: 1 << 4,
  travelRuleMissing: 1 << 5,
  travelRulePartial: 1 << 6,
  cash: 1 << 7,
  /** Second leg of an event of two customers: never counted as an event. */
  secondLeg: 1 << 8,
  /** The firm's own PKR value differs from ours by more than the pack's parameter. */
  claimGap: 1 << 9,
  /** The asset is a stablecoin, a privacy coin, fiat. */
  stable: 1 << 10,
  privacy: 1 << 11,
  fiat: 1 << 12,
  company: 1 << 13,
  pep: 1 << 14,
  /** Sign-in failed. */
  failed: 1 << 15,
  /** The event carries free text (kept encrypted). */
  memo: 1 << 16,
  /** The row was released after its customer was onboarded. */
  wasHeld: 1 << 17,
  /** Buys the `asset` for `quoteAsset` (trade, p2p-trade). */
  buy: 1 << 18,
  /** It was done through Tor, a VPN or a proxy, as the firm saw it. */
  hidden: 1 << 19,
  /** Rupees moved by a card. */
  card: 1 << 20,
} as const;
