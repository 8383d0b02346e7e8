/**
 * Lines that a door must turn away, each with the code that it must answer. A spoilt line is made from an
 * event of the nation, sent first and mended later under the same id and number, as a firm would.
 */

import { formatKarachiDay, type RejectionCode } from '../../src/terms/index.ts';
import type { Chance } from './chance.ts';
import type { Unsealed } from './planned.ts';

/** A spoilt line and its one right answer. */
export interface Spoilt {
  readonly line: string;
  readonly code: RejectionCode;
}

/** A number that the stream never reaches: it is refused for another reason, and leaves no gap. */
const FAR_SEQUENCE = 9_000_000_000;

type Spoiler = (event: Unsealed) => unknown;

/** Ways to spoil any event without an identity. */
const WAYS: readonly (readonly [RejectionCode, Spoiler])[] = [
  ['EVENT_NOT_JSON', (event) => JSON.stringify(event).slice(0, -2)],
  ['EVENT_VERSION_UNKNOWN', (event) => ({ ...event, v: 2 })],
  ['EVENT_KIND_UNKNOWN', (event) => ({ ...event, kind: 'swap' })],
  ['EVENT_FIELD_MISSING', (event) => ({ ...event, seq: undefined })],
  ['EVENT_FIELD_UNKNOWN', (event) => ({ ...event, note: 'ok' })],
  ['EVENT_FIELD_INVALID', (event) => ({ ...event, id: 'has space' })],
  ['EVENT_INSTANT_INVALID', (event) => ({ ...event, at: `${event.at.slice(0, 5)}02-30T10:00:00Z` })],
  ['EVENT_IN_FUTURE', (event) => ({ ...event, at: `${formatKarachiDay(70_000)}T00:00:00Z` })],
];
/** Ways that need an amount. */
const AMOUNT_WAYS: readonly (readonly [RejectionCode, (event: Extract<Unsealed, { amount: unknown }>) => unknown])[] = [
  ['EVENT_AMOUNT_INVALID', (event) => ({ ...event, amount: { ...event.amount, value: '1e5' } })],
  ['EVENT_AMOUNT_INVALID', (event) => ({ ...event, amount: { ...event.amount, value: `${event.amount.value.split('.')[0]}.1234567890123456789` } })],
  ['EVENT_ASSET_UNKNOWN', (event) => ({ ...event, amount: { asset: 'eip155:1/erc20:0x00000000000000000000000000000000000000aa', value: '1' } })],
  ['EVENT_FIELD_MISSING', (event) => ({ ...event, amount: undefined })],
];

/** Spoils an event; `undefined` for one that carries an identity, because a sealed one is not to be thrown about. */
export function spoil(chance: Chance, event: Unsealed): Spoilt | undefined {
  if (event.kind === 'customer-onboarded' || event.kind === 'opening-load' || event.kind === 'closing-statement' || event.kind === 'correct' || event.kind === 'cancel') return undefined;
  if (event.kind === 'asset-deposit' && chance.happens(0.2)) return spoilt('EVENT_ADDRESS_INVALID', { ...event, from: 'no address' });
  if (event.kind === 'trade' && chance.happens(0.1)) return spoilt('EVENT_KIND_RESERVED', asOrder(event));
  if ('amount' in event && event.kind !== 'order' && chance.happens(0.5)) {
    const [code, way] = chance.pick(AMOUNT_WAYS);
    return spoilt(code, way(event));
  }
  const [code, way] = chance.pick(WAYS);
  return spoilt(code, way(event));
}

/** The trade as an order, a kind that is reserved. */
function asOrder({ v, id, stream, seq, at, customer, side, amount }: Extract<Unsealed, { kind: 'trade' }>): unknown {
  return { v, id, stream, seq, at, kind: 'order', customer, order: 'o-1', side, amount, state: 'placed' };
}

/** A line that contradicts an event which was taken before. */
export function conflict(chance: Chance, event: Unsealed): Spoilt {
  const { stream, at } = event;
  switch (chance.below(3)) {
    case 0:
      return spoilt('EVENT_ID_CONFLICT', { ...event, stream: 'other' });
    case 1:
      return spoilt('EVENT_SEQUENCE_CONFLICT', { ...event, id: `${event.id}-again` });
    default:
      return spoilt('EVENT_TARGET_UNKNOWN', { v: 1, id: `${event.id}-undo`, stream, seq: FAR_SEQUENCE + event.seq, at, kind: 'cancel', customer: 'c-nobody', target: `${event.id}-never`, reason: 'error' });
  }
}

function spoilt(code: RejectionCode, what: unknown): Spoilt {
  return { code, line: typeof what === 'string' ? what : JSON.stringify(what) };
}
