/**
 * Makers of events: each gives one planned event of a customer, with everything that such a report carries
 * (channel, chain, counterparty, travel rule, access, the firm's own rupee value). Background and planted
 * cases use the same makers with the same chances, so nothing about an event's form tells one from the other.
 */

import type { Access } from '../../src/contract/index.ts';
import { PKR, formatPaisa } from '../../src/terms/index.ts';
import { assetAmount } from './amounts.ts';
import { RUPEE, type TradedAsset } from './assets.ts';
import { Chance, PURPOSE } from './chance.ts';
import type { ListedAddresses } from './listed.ts';
import type { People, Person } from './people.ts';
import type { Body, Planned, Planting } from './planned.ts';
import type { Rates } from './rates.ts';
import { drawAddress, drawTransaction } from './wallets.ts';

/** What makers stand on. */
export interface Ground {
  /** The first instant of activity. */
  readonly from: number;
  readonly listed: ListedAddresses;
  readonly people: People;
  readonly rates: Rates;
}

/** A person at one of their firms. */
export interface Actor {
  readonly person: Person;
  readonly firm: number;
  readonly customer: string;
}

/** Where an event comes from and where it belongs. */
export interface Moment {
  readonly ground: Ground;
  readonly chance: Chance;
  readonly planting?: Planting;
}

/** The other end of a movement on a chain. */
export type FarEnd =
  | { readonly kind: 'unhosted'; readonly address: string }
  | { readonly kind: 'hosted'; readonly address: string; readonly firm: string; readonly country: string }
  | { readonly kind: 'unknown'; readonly address: string };

/** Banks here are invented: no figure is made up about a real one. */
const BANKS = ['XNTHPKKA', 'XRVIPKKA', 'XMHRPKKA', 'XKRKPKKA', 'XSLMPKKA', 'XGNDPKKA', 'XZRTPKKA', 'XHNZPKKA'] as const;
const METHODS = { names: ['raast', 'ibft', 'rtgs', 'card', 'wallet', 'cheque', 'cash'], weights: [46, 28, 3, 7, 11, 2, 3] } as const;
/** Autonomous systems that RFC 5398 keeps for documentation. */
const NETWORKS = ['AS64496', 'AS64499', 'AS64502', 'AS64505', 'AS64508', 'AS64511'] as const;
const MEMOS = ['rent', 'invoice', 'family', 'loan return', 'shop', 'zakat', 'fees', 'savings'] as const;
/** Exchanges abroad, invented like ours. */
export const ABROAD = [['LVX', 'AE'], ['BOSPHORUS', 'TR'], ['LIONCITY', 'SG'], ['ALBION', 'GB'], ['PEARL', 'HK'], ['ANDEAN', 'AR'], ['COASTAL', 'SC']] as const;

/** A person at the firm at a place; the usual one when none is named. */
export function actorOf(ground: Ground, person: Person, firm = person.firms[0] ?? 0): Actor {
  return { person, firm, customer: ground.people.customer(firm, person.index) };
}

/** A pause between two acts of one sitting. */
export function pause(chance: Chance): number {
  return Math.floor(5e6 + chance.exponential(150e6));
}

function plan(moment: Moment, actor: Actor, at: number, body: Body): Planned {
  return { at: Math.floor(at), firm: actor.firm, person: actor.person.index, body, ...(moment.planting === undefined ? {} : { planting: moment.planting }) };
}

/** The devices and addresses from which a person comes: tokens as HMAC-SHA-256 gives them. */
export function accessOf(moment: Moment, actor: Actor): Access {
  const { chance, ground } = moment;
  const own = new Chance(ground.people.key, PURPOSE.access, actor.person.index, chance.happens(0.85) ? 0 : chance.between(1, 3));
  const hidden = chance.real();
  return {
    ipToken: own.hex(64), deviceToken: own.hex(64), country: chance.happens(0.97) ? (actor.person.profile.residence ?? 'PK') : chance.pick(['AE', 'SA', 'GB', 'TR']),
    network: own.pick(NETWORKS), anonymiser: hidden < 0.955 ? 'none' : hidden < 0.99 ? 'vpn' : hidden < 0.997 ? 'proxy' : 'tor',
  };
}

function withAccess(moment: Moment, actor: Actor): { access?: Access } {
  return moment.chance.happens(0.8) ? { access: accessOf(moment, actor) } : {};
}

/** The firm's own rupee value, often given and seldom exact. */
function withClaim(moment: Moment, paisa: number): { pkr?: string } {
  const { chance } = moment;
  if (!chance.happens(0.6)) return {};
  const off = chance.happens(0.004) ? 0.2 * chance.normal() : 0.002 * chance.normal();
  return { pkr: formatPaisa(Math.max(1, Math.round(paisa * (1 + off)))) };
}

/** Some firms name the service always, some never. */
function withService(moment: Moment, usual: 'exchange' | 'custody'): { service?: 'exchange' | 'custody' } {
  return moment.chance.happens(0.06) ? { service: usual } : {};
}

/** Rupees in or out. `account` names another payer or payee than the person's own. */
export function fiat(moment: Moment, actor: Actor, at: number, way: 'fiat-in' | 'fiat-out', paisa: number, account?: string): Planned {
  const { chance, ground } = moment;
  const own = new Chance(ground.people.key, PURPOSE.access, actor.person.index, 100 + (chance.happens(0.9) ? 0 : 1));
  const foreign = account === undefined ? undefined : new Chance(ground.people.key, PURPOSE.access, hashText(account), 200);
  const method = METHODS.names[chance.weighted(METHODS.weights)] ?? 'raast';
  const from = foreign ?? own;
  return plan(moment, actor, at, {
    kind: way, customer: actor.customer, amount: { asset: PKR, value: formatPaisa(paisa) },
    channel: { method, bank: from.pick(BANKS), accountToken: from.hex(64), country: 'PK' }, ...withService(moment, 'exchange'), ...withAccess(moment, actor),
  });
}

function hashText(text: string): number {
  let hash = 7;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return hash;
}

/** A trade against the firm's market. */
export function trade(moment: Moment, actor: Actor, at: number, side: 'buy' | 'sell', asset: TradedAsset, paisa: number, service?: 'lending' | 'management'): Planned {
  const { chance, ground } = moment;
  const amount = assetAmount(asset, paisa, ground.rates.paisaE8(asset, at));
  const spread = 1 + 0.004 * chance.normal();
  return plan(moment, actor, at, {
    kind: 'trade', customer: actor.customer, side, amount, quote: { asset: PKR, value: formatPaisa(Math.round(paisa * spread)) },
    fee: { asset: RUPEE.id, value: formatPaisa(Math.max(1, Math.round(paisa * 0.0015))) }, order: `o-${chance.hex(24)}`, ...withClaim(moment, paisa),
    ...(service === undefined ? withService(moment, 'exchange') : { service }), ...withAccess(moment, actor),
  });
}

/** An asset that arrives from outside the firm. `transaction` ties it to a withdrawal at another firm. */
export function deposit(moment: Moment, actor: Actor, at: number, asset: TradedAsset, paisa: number, from: FarEnd, transaction?: string): Planned {
  const { chance, ground } = moment;
  return plan(moment, actor, at, {
    kind: 'asset-deposit', customer: actor.customer, amount: assetAmount(asset, paisa, ground.rates.paisaE8(asset, at)), chain: asset.chain,
    txHash: transaction ?? drawTransaction(chance), from: from.address, to: drawAddress(chance, asset.chain), ...counterpart(moment, from), ...withClaim(moment, paisa),
    ...withService(moment, 'custody'),
  });
}

/** An asset that leaves the firm. */
export function withdrawal(moment: Moment, actor: Actor, at: number, asset: TradedAsset, paisa: number, to: FarEnd, transaction?: string): Planned {
  const { chance, ground } = moment;
  return plan(moment, actor, at, {
    kind: 'asset-withdrawal', customer: actor.customer, amount: assetAmount(asset, paisa, ground.rates.paisaE8(asset, at)), chain: asset.chain,
    ...(chance.happens(0.9) || transaction !== undefined ? { txHash: transaction ?? drawTransaction(chance) } : {}), to: to.address, ...counterpart(moment, to),
    ...(chance.happens(0.04) ? { memo: chance.pick(MEMOS) } : {}), ...withClaim(moment, paisa), ...withService(moment, 'custody'), ...withAccess(moment, actor),
  });
}

/** Leaves one firm and arrives at another, by one transaction. */
export function across(moment: Moment, from: Actor, to: Actor, at: number, asset: TradedAsset, paisa: number): Planned[] {
  const { chance, ground } = moment;
  const end = (firm: number): FarEnd => ({ kind: 'hosted', address: drawAddress(chance, asset.chain), firm: ground.people.firm(firm).code, country: 'PK' });
  const transaction = chance.hex(64);
  return [withdrawal(moment, from, at, asset, paisa, end(to.firm), transaction), deposit(moment, to, at + 120_000_000 + pause(chance), asset, paisa, end(from.firm), transaction)];
}

function counterpart({ chance }: Moment, end: FarEnd): Pick<Extract<Body, { kind: 'asset-deposit' }>, 'counterparty' | 'travelRule'> {
  if (end.kind === 'unhosted') return { counterparty: { kind: 'unhosted' }, travelRule: { status: 'notRequired' } };
  if (end.kind === 'unknown') return { counterparty: { kind: 'unknown' }, travelRule: { status: 'missing' } };
  const said = chance.real();
  const travelRule = said < 0.9
    ? { status: 'complete' as const, protocol: 'synthetic-tr', message: `tr-${chance.hex(16)}`, sha256: chance.hex(64) }
    : { status: said < 0.97 ? 'partial' as const : 'missing' as const };
  return { counterparty: { kind: 'hosted', firm: end.firm, country: end.country }, travelRule };
}

/** Value from one customer of a firm to another. */
export function transfer(moment: Moment, actor: Actor, at: number, to: Actor, asset: TradedAsset, paisa: number): Planned {
  return plan(moment, actor, at, {
    kind: 'internal-transfer', customer: actor.customer, toCustomer: to.customer, amount: assetAmount(asset, paisa, moment.ground.rates.paisaE8(asset, at)),
    ...withClaim(moment, paisa), ...withService(moment, 'custody'), ...withAccess(moment, actor),
  });
}

/** A trade between two customers, paid by bank outside the firm. */
export function peerTrade(moment: Moment, actor: Actor, at: number, other: Actor, side: 'buy' | 'sell', asset: TradedAsset, paisa: number): Planned {
  const { chance, ground } = moment;
  const method = METHODS.names[chance.weighted(METHODS.weights)] ?? 'raast';
  const payer = new Chance(ground.people.key, PURPOSE.access, (side === 'buy' ? actor : other).person.index, 100);
  return plan(moment, actor, at, {
    kind: 'p2p-trade', customer: actor.customer, counterpartyCustomer: other.customer, side, amount: assetAmount(asset, paisa, ground.rates.paisaE8(asset, at)),
    quote: { asset: PKR, value: formatPaisa(Math.round(paisa * (1 + 0.01 * chance.normal()))) }, channel: { method, bank: payer.pick(BANKS), accountToken: payer.hex(64), country: 'PK' },
    ...withClaim(moment, paisa), ...withAccess(moment, actor),
  });
}

/** Somebody comes in, or fails to. */
export function signIn(moment: Moment, actor: Actor, at: number): Planned {
  return plan(moment, actor, at, { kind: 'sign-in', customer: actor.customer, access: accessOf(moment, actor), outcome: moment.chance.happens(0.95) ? 'success' : 'failure' });
}

/** A device or a credential changes. */
export function deviceChange(moment: Moment, actor: Actor, at: number): Planned {
  return plan(moment, actor, at, {
    kind: 'device', customer: actor.customer, access: accessOf(moment, actor), change: moment.chance.pick(['added', 'added', 'removed', 'contactChanged', 'credentialChanged']),
  });
}

/** The firm says something new of a customer, never who they are. */
export function profileChange(moment: Moment, actor: Actor, at: number): Planned {
  const { chance } = moment;
  const profile = { ...actor.person.profile, riskClass: chance.pick(['low', 'low', 'medium'] as const) };
  return plan(moment, actor, at, { kind: 'customer-changed', customer: actor.customer, ...(chance.happens(0.9) ? { profile } : {}), ...(chance.happens(0.1) ? { status: 'active' as const } : {}) });
}

/** Somebody becomes a customer. */
export function onboarding(moment: Moment, actor: Actor, at: number): Planned {
  return {
    ...plan(moment, actor, at, { kind: 'customer-onboarded', customer: actor.customer, profile: actor.person.profile, access: accessOf(moment, actor) }), identifies: true,
  };
}
