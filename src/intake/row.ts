/**
 * An event becomes one row, or two when it has two customers: the second leg is seen from the other
 * customer and is never counted as an event. What the schema cannot judge is judged here: instants,
 * assets, amounts in their asset's decimals, addresses of their chain. The PKR value is ours, from
 * the reference rate as of the event's instant; the firm's own is kept beside it as a claim.
 *
 * Pure: everything that it needs to know arrives in `Known`. Gives rows, a code, or what it waits for.
 */

import type { Access, Event, MovementEvent, Profile } from '../contract/index.ts';
import {
  AGE_BANDS, ANONYMISERS, CHANNEL_METHODS, EVENT_KINDS, FLAG, INCOME_CLASSES, MINUTE_US, PKR, PROVINCES, RISK_CLASSES, SERVICES, USUAL_SERVICE,
  canonicalAddress, chainFamily, paisaOf, parseInstant, parseUnits, reject, type Asset, type EventKind, type Instant, type Rejection,
} from '../terms/index.ts';
import { EMPTY_ROW, type EventRow } from '../log/index.ts';
import type { AssetBook } from './rates.ts';

/** A report may run ahead of our clock by this much: clocks differ. Source: DESIGN §3. */
export const AHEAD_MAX_US = 5 * MINUTE_US;

/** What the row needs beside the event. */
export interface Known {
  readonly firm: number;
  readonly book: AssetBook;
  /** The authority's clock at admission. */
  readonly now: Instant;
  /** An event that happened longer ago than this is late. */
  readonly latenessMaxUs: number;
  /** A claim that differs from our value by more than this share is a gap. */
  readonly claimGapShare: number;
  /** Person of a customer reference of this firm, 32 hex digits; `undefined` when not onboarded. */
  person(customer: string): string | undefined;
}

/** What an event waits for when it is held. */
export type HeldReason = 'customer' | 'rate' | 'identity';

export type RowOutcome =
  | { readonly rows: readonly EventRow[] }
  | { readonly rejection: Rejection }
  | { readonly heldFor: HeldReason; readonly waitsOn: string };

class Refusal {
  readonly rejection: Rejection;
  constructor(rejection: Rejection) {
    this.rejection = rejection;
  }
}

class Wait {
  readonly heldFor: HeldReason;
  readonly waitsOn: string;
  constructor(heldFor: HeldReason, waitsOn: string) {
    this.heldFor = heldFor;
    this.waitsOn = waitsOn;
  }
}

type Step = EventRow | Refusal | Wait;

/** Rows of one event. `submission` and `line` say where its bytes lie. */
export function rowsOf(event: Event, submission: string, line: number, known: Known): RowOutcome {
  const head = headOf(event, submission, line, known);
  if (head instanceof Refusal) return { rejection: head.rejection };
  const row = fill(head, event, known);
  if (row instanceof Refusal) return { rejection: row.rejection };
  if (row instanceof Wait) return { heldFor: row.heldFor, waitsOn: row.waitsOn };
  const second = secondLeg(row, event);
  return { rows: second === undefined ? [row] : [row, second] };
}

function headOf(event: Event, submission: string, line: number, known: Known): EventRow | Refusal {
  const at = parseInstant(event.at);
  if (at === undefined) return new Refusal(reject('EVENT_INSTANT_INVALID', 'at'));
  if (at > known.now + AHEAD_MAX_US) return new Refusal(reject('EVENT_IN_FUTURE', 'at'));
  const late = at < known.now - known.latenessMaxUs ? FLAG.late : 0;
  return {
    ...EMPTY_ROW, at, seq: event.seq, stream: event.stream, id: event.id, firm: known.firm, kind: EVENT_KINDS.indexOf(event.kind),
    submission, line, flags: late,
  };
}

function fill(row: EventRow, event: Event, known: Known): Step {
  switch (event.kind) {
    case 'customer-onboarded':
    case 'customer-changed':
      return withCustomer(withProfile(row, event.profile), event.customer, known);
    case 'opening-load':
      if (parseInstant(event.onboardedAt) === undefined) return new Refusal(reject('EVENT_INSTANT_INVALID', 'onboardedAt'));
      return withCustomer(withProfile(row, event.profile), event.customer, known);
    case 'sign-in':
      return withCustomer(withAccess(event.outcome === 'failure' ? { ...row, flags: row.flags | FLAG.failed } : row, event.access), event.customer, known);
    case 'device':
      return withCustomer(withAccess(row, event.access), event.customer, known);
    case 'cancel':
      return cancelled({ ...row, target: event.target }, event, known);
    case 'correct':
      return corrected(row, event.replacement, event.target, known);
    case 'closing-statement':
      return row;
    case 'order':
      return new Refusal(reject('EVENT_KIND_RESERVED', 'kind'));
    default:
      return movement(row, event, known);
  }
}

/** A correction's row is the movement as it should have been, under the correction's own id and kind. */
function corrected(row: EventRow, replacement: MovementEvent, target: string, known: Known): Step {
  if (replacement.id !== target) return new Refusal(reject('EVENT_FIELD_INVALID', 'replacement.id'));
  const at = parseInstant(replacement.at);
  if (at === undefined) return new Refusal(reject('EVENT_INSTANT_INVALID', 'replacement.at'));
  const moved = movement({ ...row, at }, replacement, known);
  return isRow(moved) ? { ...moved, target, replacementKind: EVENT_KINDS.indexOf(replacement.kind) } : moved;
}

function cancelled(row: EventRow, event: Extract<Event, { kind: 'cancel' }>, known: Known): Step {
  const owned = withCustomer(row, event.customer, known);
  return isRow(owned) && event.otherCustomer !== undefined ? withOther(owned, event.otherCustomer, known) : owned;
}

function movement(row: EventRow, event: MovementEvent, known: Known): Step {
  const asset = known.book.asset(event.amount.asset);
  if (asset === undefined) return new Refusal(reject('EVENT_ASSET_UNKNOWN', 'amount.asset'));
  const units = parseUnits(event.amount.value, asset.decimals);
  if (units === undefined) return new Refusal(reject('EVENT_AMOUNT_INVALID', 'amount.value'));
  const paisa = valueOf(asset, units, row.at as Instant, known.book);
  if (typeof paisa !== 'number') return paisa;
  const claim = claimOf(event.pkr);
  if (claim === undefined) return new Refusal(reject('EVENT_AMOUNT_INVALID', 'pkr'));
  const service = SERVICES.indexOf(event.service ?? USUAL_SERVICE[event.kind]);
  const base: EventRow = {
    ...row, asset: asset.id, units, paisa, claimPaisa: claim, service,
    flags: row.flags | FLAG.moves | assetFlags(asset) | directionOf(event) | gapFlag(claim, paisa, known.claimGapShare),
  };
  const owned = withCustomer(event.access === undefined ? base : withAccess(base, event.access), event.customer, known);
  return isRow(owned) ? withParticulars(owned, event, known) : owned;
}

function withParticulars(row: EventRow, event: MovementEvent, known: Known): Step {
  switch (event.kind) {
    case 'fiat-in':
    case 'fiat-out':
      return withChannel(row, event.channel);
    case 'asset-deposit':
    case 'asset-withdrawal':
      return withChain(row, event);
    case 'trade':
      return withQuote(event.counterpartyCustomer === undefined ? row : withOther(row, event.counterpartyCustomer, known), event.quote, known);
    case 'p2p-trade':
      return withQuote(withOther(withChannel(row, event.channel), event.counterpartyCustomer, known), event.quote, known);
    case 'internal-transfer':
      return withOther(row, event.toCustomer, known);
  }
}

function withCustomer(row: EventRow, customer: string, known: Known): EventRow | Wait {
  const person = known.person(customer);
  return person === undefined ? new Wait('customer', customer) : { ...row, customer, person };
}

function withOther(row: EventRow, customer: string, known: Known): EventRow | Wait {
  const other = known.person(customer);
  return other === undefined ? new Wait('customer', customer) : { ...row, other };
}

function withQuote(step: EventRow | Wait, quote: { readonly asset: string; readonly value: string }, known: Known): Step {
  if (step instanceof Wait) return step;
  const asset = known.book.asset(quote.asset);
  if (asset === undefined) return new Refusal(reject('EVENT_ASSET_UNKNOWN', 'quote.asset'));
  const units = parseUnits(quote.value, asset.decimals);
  if (units === undefined) return new Refusal(reject('EVENT_AMOUNT_INVALID', 'quote.value'));
  const paisa = valueOf(asset, units, step.at as Instant, known.book);
  return typeof paisa === 'number' ? { ...step, quoteAsset: asset.id, quoteUnits: units, quotePaisa: paisa } : paisa;
}

type ChainEvent = Extract<MovementEvent, { kind: 'asset-deposit' | 'asset-withdrawal' }>;

function withChain(row: EventRow, event: ChainEvent): EventRow | Refusal {
  const family = chainFamily(event.chain);
  const place = event.kind === 'asset-deposit' ? 'from' : 'to';
  const address = canonicalAddress(family, event.kind === 'asset-deposit' ? event.from : event.to);
  if (address === undefined) return new Refusal(reject('EVENT_ADDRESS_INVALID', place));
  const kind = event.counterparty?.kind;
  const travel = event.travelRule?.status;
  return {
    ...row, chain: event.chain, address, txHash: event.txHash ?? '', counterFirm: event.counterparty?.firm ?? '',
    country: event.counterparty?.country ?? row.country,
    flags: row.flags | (kind === 'unhosted' ? FLAG.unhosted : 0) | (kind === 'hosted' ? FLAG.hosted : 0) | (event.memo === undefined ? 0 : FLAG.memo)
      | (travel === 'missing' || travel === undefined ? FLAG.travelRuleMissing : 0) | (travel === 'partial' ? FLAG.travelRulePartial : 0),
  };
}

type Channel = Extract<MovementEvent, { kind: 'fiat-in' }>['channel'];

function withChannel(row: EventRow, channel: Channel): EventRow {
  return {
    ...row, method: CHANNEL_METHODS.indexOf(channel.method), bank: channel.bank ?? '', accountToken: channel.accountToken ?? '',
    flags: row.flags | (channel.method === 'cash' ? FLAG.cash : 0),
  };
}

function withAccess(row: EventRow, access: Access): EventRow {
  return {
    ...row, ipToken: access.ipToken ?? '', deviceToken: access.deviceToken ?? '', network: access.network ?? '', country: access.country ?? '',
    anonymiser: ANONYMISERS.indexOf(access.anonymiser ?? ''),
  };
}

function withProfile(row: EventRow, profile: Profile | undefined): EventRow {
  if (profile === undefined) return row;
  return {
    ...row, ageBand: AGE_BANDS.indexOf(profile.ageBand ?? ''), province: PROVINCES.indexOf(profile.province ?? ''),
    incomeClass: INCOME_CLASSES.indexOf(profile.incomeClass ?? ''), riskClass: RISK_CLASSES.indexOf(profile.riskClass ?? ''),
    country: profile.residence ?? row.country,
    flags: row.flags | (profile.type === 'company' ? FLAG.company : 0) | (profile.pep === true ? FLAG.pep : 0),
  };
}

/** Our value of an amount: rupees are their own, all else goes by the reference rate. */
function valueOf(asset: Asset, units: bigint, at: Instant, book: AssetBook): number | Refusal | Wait {
  const rate = asset.id === PKR ? 10_000_000_000n : book.rateAt(asset.id, at);
  if (rate === undefined) return new Wait('rate', asset.id);
  if ((units * rate) / (10n ** BigInt(asset.decimals) * 100_000_000n) > BigInt(Number.MAX_SAFE_INTEGER)) {
    return new Refusal(reject('EVENT_AMOUNT_INVALID', 'amount.value'));
  }
  return paisaOf(units, asset.decimals, rate);
}

/** Whole paisa of the firm's own value, -1 when it gave none, `undefined` when it is no rupee amount. */
function claimOf(text: string | undefined): number | undefined {
  if (text === undefined) return -1;
  const units = parseUnits(text, 2);
  return units === undefined || units > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(units);
}

function gapFlag(claim: number, paisa: number, share: number): number {
  return claim >= 0 && Math.abs(claim - paisa) > share * Math.max(paisa, 1) ? FLAG.claimGap : 0;
}

function assetFlags(asset: Asset): number {
  if (asset.class === 'stable') return FLAG.stable;
  if (asset.class === 'privacy') return FLAG.privacy;
  return asset.class === 'fiat' ? FLAG.fiat : 0;
}

function directionOf(event: MovementEvent): number {
  if (event.kind === 'trade' || event.kind === 'p2p-trade') return event.side === 'buy' ? FLAG.inward | FLAG.buy : 0;
  return event.kind === 'fiat-in' || event.kind === 'asset-deposit' ? FLAG.inward : 0;
}

const TWO_CUSTOMERS: ReadonlySet<EventKind> = new Set(['internal-transfer', 'p2p-trade', 'cancel']);

/** The same event from the other customer: direction turned, particulars of the first one's access left out. */
function secondLeg(row: EventRow, event: Event): EventRow | undefined {
  const kind = event.kind === 'correct' ? event.replacement.kind : event.kind;
  if (!TWO_CUSTOMERS.has(kind) || row.other === '') return undefined;
  const turned = (row.flags | FLAG.secondLeg) ^ FLAG.inward;
  const flags = kind === 'p2p-trade' ? turned ^ FLAG.buy : turned;
  return { ...row, person: row.other, other: row.person, customer: '', flags, ipToken: '', deviceToken: '', network: '', anonymiser: 0 };
}

function isRow(step: Step): step is EventRow {
  return !(step instanceof Refusal) && !(step instanceof Wait);
}
