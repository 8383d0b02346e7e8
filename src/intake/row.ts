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
  canonicalAddress, chainFamily, parseInstant, parseUnits, reject, type Asset, type EventKind, type Instant, type Rejection, type RejectionCode,
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
  /** The latest that it can be, whatever the clock says: later than `now` when the clock was set back. */
  readonly latest: Instant;
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

/** Why a row cannot be made: refused with a code, or waiting. */
type Stop = { readonly rejection: Rejection } | { readonly heldFor: HeldReason; readonly waitsOn: string };

const refusal = (code: RejectionCode, detail: string): Stop => ({ rejection: reject(code, detail) });

/** Rows of one event. `submission` and `line` say where its bytes lie. */
export function rowsOf(event: Event, submission: string, line: number, known: Known): RowOutcome {
  const row: EventRow = { ...EMPTY_ROW };
  const stop = fillHead(row, event, submission, line, known) ?? fill(row, event, known);
  if (stop !== undefined) return stop;
  const second = secondLeg(row, event);
  return { rows: second === undefined ? [row] : [row, second] };
}

function fillHead(row: EventRow, event: Event, submission: string, line: number, known: Known): Stop | undefined {
  const at = parseInstant(event.at);
  if (at === undefined) return refusal('EVENT_INSTANT_INVALID', 'at');
  if (at > known.latest + AHEAD_MAX_US) return refusal('EVENT_IN_FUTURE', 'at');
  row.at = at;
  row.seq = event.seq;
  row.stream = event.stream;
  row.id = event.id;
  row.firm = known.firm;
  row.kind = EVENT_KINDS.indexOf(event.kind);
  row.submission = submission;
  row.line = line;
  row.flags = at < known.now - known.latenessMaxUs ? FLAG.late : 0;
  return undefined;
}

function fill(row: EventRow, event: Event, known: Known): Stop | undefined {
  switch (event.kind) {
    case 'customer-onboarded':
    case 'customer-changed':
      fillProfile(row, event.profile);
      return fillCustomer(row, event.customer, known);
    case 'opening-load':
      return fillOpening(row, event, known);
    case 'sign-in':
      if (event.outcome === 'failure') row.flags |= FLAG.failed;
      fillAccess(row, event.access);
      return fillCustomer(row, event.customer, known);
    case 'device':
      fillAccess(row, event.access);
      return fillCustomer(row, event.customer, known);
    case 'cancel':
      row.target = event.target;
      return fillCustomer(row, event.customer, known) ?? (event.otherCustomer === undefined ? undefined : fillOther(row, event.otherCustomer, known));
    case 'correct':
      return fillCorrection(row, event, known);
    case 'closing-statement':
      return undefined;
    case 'order':
      return refusal('EVENT_KIND_RESERVED', 'kind');
    default:
      return fillMovement(row, event, known);
  }
}

/** An account that a firm had before it reported: known since the firm onboarded the customer, not since it said so. */
function fillOpening(row: EventRow, event: Extract<Event, { kind: 'opening-load' }>, known: Known): Stop | undefined {
  const since = parseInstant(event.onboardedAt);
  if (since === undefined || since > row.at) return refusal('EVENT_INSTANT_INVALID', 'onboardedAt');
  row.since = since;
  fillProfile(row, event.profile);
  return fillCustomer(row, event.customer, known);
}

/** A correction's row is the movement as it should have been, under the correction's own id and kind. */
function fillCorrection(row: EventRow, event: Extract<Event, { kind: 'correct' }>, known: Known): Stop | undefined {
  const { replacement } = event;
  if (replacement.id !== event.target) return refusal('EVENT_FIELD_INVALID', 'replacement.id');
  const at = parseInstant(replacement.at);
  if (at === undefined) return refusal('EVENT_INSTANT_INVALID', 'replacement.at');
  if (at > known.latest + AHEAD_MAX_US) return refusal('EVENT_IN_FUTURE', 'replacement.at');
  row.at = at;
  row.target = event.target;
  row.replacementKind = EVENT_KINDS.indexOf(replacement.kind);
  return fillMovement(row, replacement, known);
}

function fillMovement(row: EventRow, event: MovementEvent, known: Known): Stop | undefined {
  const asset = known.book.asset(event.amount.asset);
  if (asset === undefined) return refusal('EVENT_ASSET_UNKNOWN', 'amount.asset');
  const units = parseUnits(event.amount.value, asset.decimals);
  if (units === undefined) return refusal('EVENT_AMOUNT_INVALID', 'amount.value');
  const value = valueOf(asset, units, row.at, known.book, 'amount.value');
  const paisa = typeof value === 'number' ? value : 0;
  const claim = claimOf(event.pkr);
  if (claim === undefined) return refusal('EVENT_AMOUNT_INVALID', 'pkr');
  row.asset = asset.id;
  row.units = units;
  row.paisa = paisa;
  row.claimPaisa = claim;
  row.service = SERVICES.indexOf(event.service ?? USUAL_SERVICE[event.kind]);
  row.flags |= FLAG.moves | assetFlags(asset) | directionOf(event) | gapFlag(claim, paisa, known.claimGapShare);
  if (event.access !== undefined) fillAccess(row, event.access);
  return either(either(typeof value === 'number' ? undefined : value, fillCustomer(row, event.customer, known)), fillParticulars(row, event, known));
}

/** A line that can never be taken is refused at once, and does not wait for what it also lacks. */
function either(one: Stop | undefined, other: Stop | undefined): Stop | undefined {
  if (one === undefined || (!('rejection' in one) && other !== undefined && 'rejection' in other)) return other;
  return one;
}

function fillParticulars(row: EventRow, event: MovementEvent, known: Known): Stop | undefined {
  switch (event.kind) {
    case 'fiat-in':
    case 'fiat-out':
      fillChannel(row, event.channel);
      return undefined;
    case 'asset-deposit':
    case 'asset-withdrawal':
      return fillChain(row, event);
    case 'trade':
      return either(event.counterpartyCustomer === undefined ? undefined : fillOther(row, event.counterpartyCustomer, known), fillQuote(row, event.quote, known));
    case 'p2p-trade':
      fillChannel(row, event.channel);
      return either(fillOther(row, event.counterpartyCustomer, known), fillQuote(row, event.quote, known));
    case 'internal-transfer':
      return fillOther(row, event.toCustomer, known);
  }
}

function fillCustomer(row: EventRow, customer: string, known: Known): Stop | undefined {
  const person = known.person(customer);
  if (person === undefined) return { heldFor: 'customer', waitsOn: customer };
  row.customer = customer;
  row.person = person;
  return undefined;
}

function fillOther(row: EventRow, customer: string, known: Known): Stop | undefined {
  const other = known.person(customer);
  if (other === undefined) return { heldFor: 'customer', waitsOn: customer };
  row.other = other;
  return undefined;
}

function fillQuote(row: EventRow, quote: { readonly asset: string; readonly value: string }, known: Known): Stop | undefined {
  const asset = known.book.asset(quote.asset);
  if (asset === undefined) return refusal('EVENT_ASSET_UNKNOWN', 'quote.asset');
  const units = parseUnits(quote.value, asset.decimals);
  if (units === undefined) return refusal('EVENT_AMOUNT_INVALID', 'quote.value');
  const paisa = valueOf(asset, units, row.at, known.book, 'quote.value');
  if (typeof paisa !== 'number') return paisa;
  row.quoteAsset = asset.id;
  row.quoteUnits = units;
  row.quotePaisa = paisa;
  return undefined;
}

type ChainEvent = Extract<MovementEvent, { kind: 'asset-deposit' | 'asset-withdrawal' }>;

function fillChain(row: EventRow, event: ChainEvent): Stop | undefined {
  const place = event.kind === 'asset-deposit' ? 'from' : 'to';
  const address = canonicalAddress(chainFamily(event.chain), event.kind === 'asset-deposit' ? event.from : event.to);
  if (address === undefined) return refusal('EVENT_ADDRESS_INVALID', place);
  const kind = event.counterparty?.kind;
  const travel = event.travelRule?.status;
  row.chain = event.chain;
  row.address = address;
  row.txHash = event.txHash ?? '';
  row.counterFirm = event.counterparty?.firm ?? '';
  row.country = event.counterparty?.country ?? row.country;
  row.flags |= (kind === 'unhosted' ? FLAG.unhosted : 0) | (kind === 'hosted' ? FLAG.hosted : 0) | (event.memo === undefined ? 0 : FLAG.memo)
    | (travel === 'missing' || travel === undefined ? FLAG.travelRuleMissing : 0) | (travel === 'partial' ? FLAG.travelRulePartial : 0);
  return undefined;
}

type Channel = Extract<MovementEvent, { kind: 'fiat-in' }>['channel'];

function fillChannel(row: EventRow, channel: Channel): void {
  row.method = CHANNEL_METHODS.indexOf(channel.method);
  row.bank = channel.bank ?? '';
  row.accountToken = channel.accountToken ?? '';
  if (channel.method === 'cash') row.flags |= FLAG.cash;
  if (channel.method === 'card') row.flags |= FLAG.card;
}

function fillAccess(row: EventRow, access: Access): void {
  row.ipToken = access.ipToken ?? '';
  row.deviceToken = access.deviceToken ?? '';
  row.network = access.network ?? '';
  row.country = access.country ?? '';
  row.anonymiser = ANONYMISERS.indexOf(access.anonymiser ?? '');
  if (access.anonymiser !== undefined && access.anonymiser !== 'none') row.flags |= FLAG.hidden;
}

function fillProfile(row: EventRow, profile: Profile | undefined): void {
  if (profile === undefined) return;
  row.ageBand = AGE_BANDS.indexOf(profile.ageBand ?? '');
  row.province = PROVINCES.indexOf(profile.province ?? '');
  row.incomeClass = INCOME_CLASSES.indexOf(profile.incomeClass ?? '');
  row.riskClass = RISK_CLASSES.indexOf(profile.riskClass ?? '');
  row.country = profile.residence ?? row.country;
  row.flags |= (profile.type === 'company' ? FLAG.company : 0) | (profile.pep === true ? FLAG.pep : 0);
}

/** Our value of an amount: rupees are their own, all else goes by the reference rate. */
function valueOf(asset: Asset, units: bigint, at: number, book: AssetBook, place: string): number | Stop {
  const rate = asset.id === PKR ? 10_000_000_000n : book.rateAt(asset.id, at);
  if (rate === undefined) return { heldFor: 'rate', waitsOn: asset.id };
  const value = (units * rate) / scaleOf(asset.decimals);
  return value > PAISA_MAX ? refusal('EVENT_AMOUNT_INVALID', place) : Number(value);
}

const PAISA_MAX = BigInt(Number.MAX_SAFE_INTEGER);
/** 10^decimals × 10^8 for each count of decimals that an asset can have. */
const SCALES: readonly bigint[] = Array.from({ length: 31 }, (_, decimals) => 10n ** BigInt(decimals + 8));
const scaleOf = (decimals: number): bigint => SCALES[decimals] ?? 10n ** BigInt(decimals + 8);

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
