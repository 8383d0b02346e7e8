/**
 * What ordinary people do: sittings of a few acts. Some look like trouble and are not (self-custody right
 * after buying, money that comes and goes, arbitrage between two firms, a rich day), because a nation without
 * innocent look-alikes would make every detector look good.
 */

import { DAY_US, HOUR_US, MINUTE_US } from '../../src/terms/index.ts';
import { drawPaisa, roundedPaisa } from './amounts.ts';
import type { TradedAsset } from './assets.ts';
import { heldAsset, likedAsset } from './holdings.ts';
import { ABROAD, across, actorOf, deposit, deviceChange, fiat, pause, peerTrade, profileChange, signIn, trade, transfer, withdrawal, type Actor, type FarEnd, type Moment } from './makers.ts';
import type { Person } from './people.ts';
import type { Planned } from './planned.ts';
import { drawAddress, ownWallet } from './wallets.ts';

/** Kinds of sitting, and how often each is chosen. */
const SITTINGS = [
  ['look', 17], ['buy', 23], ['sell', 13], ['deposit', 11], ['withdraw', 10], ['trade', 5], ['peer', 5], ['transfer', 6], ['remit', 6], ['fund', 5], ['change', 3], ['carry', 1.2], ['giveUp', 0.8], ['lend', 0.6],
] as const;
type Sitting = (typeof SITTINGS)[number][0];
const WEIGHTS = SITTINGS.map(([, weight]) => weight);

/** One sitting: its acts in order. `others` finds another customer of the same firm. */
export function sitting(moment: Moment, at: number, person: Person, others: (firm: number) => Person): Planned[] {
  const { chance, ground } = moment;
  const place = person.firms.length === 1 || chance.happens(0.65) ? (person.firms[0] ?? 0) : chance.pick(person.firms);
  const actor = actorOf(ground, person, place);
  const firm = ground.people.firm(place);
  const kind = SITTINGS[chance.weighted(WEIGHTS)]?.[0] ?? 'look';
  if (firm.suspendedFrom !== undefined && at >= firm.suspendedFrom - DAY_US) return chance.happens(0.2) ? [signIn(moment, actor, at), profileChange(moment, actor, at + pause(chance))] : [signIn(moment, actor, at)];
  return acts(kind, moment, actor, at, others);
}

function acts(kind: Sitting, moment: Moment, actor: Actor, at: number, others: (firm: number) => Person): Planned[] {
  const offers = moment.ground.people.firm(actor.firm).offers;
  switch (kind) {
    case 'look':
      return [signIn(moment, actor, at)];
    case 'buy':
      return buy(moment, actor, at);
    case 'sell':
      return sell(moment, actor, at);
    case 'deposit':
      return receive(moment, actor, at);
    case 'withdraw':
      return sendOut(moment, actor, at);
    case 'trade':
      return tradeOften(moment, actor, at);
    case 'peer':
      return offers.includes('broker-dealer') ? peer(moment, actor, at, others) : [signIn(moment, actor, at)];
    case 'transfer':
      return give(moment, actor, at, others);
    case 'remit':
      return remit(moment, actor, at, others);
    case 'fund':
      return [signIn(moment, actor, at), fiat(moment, actor, at + pause(moment.chance), 'fiat-in', rupees(moment, actor))];
    case 'change':
      return moment.chance.happens(0.5) ? [profileChange(moment, actor, at)] : [signIn(moment, actor, at), deviceChange(moment, actor, at + pause(moment.chance))];
    case 'carry':
      return actor.person.firms.length > 1 ? carry(moment, actor, at) : buy(moment, actor, at);
    case 'giveUp':
      return giveUp(moment, actor, at);
    case 'lend':
      return offers.includes('lending') ? lend(moment, actor, at) : buy(moment, actor, at);
  }
}

/** Rupees of one movement, as this person would write them. */
export function rupees({ chance }: Moment, actor: Actor): number {
  return roundedPaisa(chance, drawPaisa(chance, actor.person.scale));
}

/** Where people send to and receive from: own wallets, strangers' wallets, exchanges abroad. */
export function farEnd({ chance, ground }: Moment, actor: Actor, asset: TradedAsset): FarEnd {
  const what = chance.real();
  if (what < 0.34) return { kind: 'unhosted', address: ownWallet(ground.people.key, actor.person.index, asset.chain, chance.happens(0.8) ? 0 : 1) };
  const address = drawAddress(chance, asset.chain);
  if (what < 0.5) return { kind: 'unhosted', address };
  if (what < 0.55) return { kind: 'unknown', address };
  const [firm, country] = chance.pick(ABROAD);
  return { kind: 'hosted', address, firm, country };
}

function buy(moment: Moment, actor: Actor, at: number): Planned[] {
  const { chance } = moment;
  const asset = likedAsset(chance);
  const paisa = rupees(moment, actor);
  const out = [signIn(moment, actor, at)];
  let t = at + pause(chance);
  if (chance.happens(0.6)) {
    out.push(fiat(moment, actor, t, 'fiat-in', paisa));
    t += pause(chance);
  }
  out.push(trade(moment, actor, t, 'buy', asset, Math.round(paisa * (0.6 + 0.39 * chance.real()))));
  if (chance.happens(0.25)) out.push(trade(moment, actor, (t += pause(chance)), 'buy', likedAsset(chance), Math.round(paisa * 0.3 * chance.real()) + 40_000));
  // Self-custody is lawful and common: some take home what they bought within the hour.
  if (chance.happens(0.14)) {
    const home: FarEnd = { kind: 'unhosted', address: ownWallet(moment.ground.people.key, actor.person.index, asset.chain) };
    out.push(withdrawal(moment, actor, t + pause(chance), asset, Math.round(paisa * (0.3 + 0.6 * chance.real())), home));
  }
  return out;
}

function sell(moment: Moment, actor: Actor, at: number): Planned[] {
  const { chance } = moment;
  const paisa = rupees(moment, actor);
  const t = at + pause(chance);
  const out = [signIn(moment, actor, at), trade(moment, actor, t, 'sell', heldAsset(chance, moment.ground, actor), paisa)];
  if (chance.happens(0.65)) out.push(fiat(moment, actor, t + pause(chance), 'fiat-out', roundedPaisa(chance, paisa * 0.97)));
  return out;
}

function receive(moment: Moment, actor: Actor, at: number): Planned[] {
  const { chance } = moment;
  const asset = likedAsset(chance);
  const paisa = drawPaisa(chance, actor.person.scale);
  const out = [deposit(moment, actor, at, asset, paisa, farEnd(moment, actor, asset))];
  if (!chance.happens(0.55)) return out;
  const t = at + pause(chance) * 3;
  out.push(signIn(moment, actor, t), trade(moment, actor, t + pause(chance), 'sell', asset, Math.round(paisa * 0.98)));
  if (chance.happens(0.5)) out.push(fiat(moment, actor, t + Math.floor(chance.exponential(4 * HOUR_US)), 'fiat-out', roundedPaisa(chance, paisa * 0.95)));
  return out;
}

function sendOut(moment: Moment, actor: Actor, at: number): Planned[] {
  const { chance } = moment;
  const asset = heldAsset(chance, moment.ground, actor);
  return [signIn(moment, actor, at), withdrawal(moment, actor, at + pause(chance), asset, drawPaisa(chance, actor.person.scale), farEnd(moment, actor, asset))];
}

/** Somebody trades for a while. */
export function tradeOften(moment: Moment, actor: Actor, at: number): Planned[] {
  const { chance } = moment;
  const out = [signIn(moment, actor, at)];
  const asset = heldAsset(chance, moment.ground, actor);
  let t = at;
  for (let n = chance.between(3, 12); n > 0; n--) out.push(trade(moment, actor, (t += pause(chance)), chance.happens(0.5) ? 'buy' : 'sell', asset, drawPaisa(chance, actor.person.scale)));
  return out;
}

function peer(moment: Moment, actor: Actor, at: number, others: (firm: number) => Person): Planned[] {
  const { chance, ground } = moment;
  const other = actorOf(ground, others(actor.firm), actor.firm);
  if (other.person.index === actor.person.index) return [signIn(moment, actor, at)];
  return [signIn(moment, actor, at), peerTrade(moment, actor, at + pause(chance), other, chance.happens(0.5) ? 'buy' : 'sell', likedAsset(chance), rupees(moment, actor))];
}

function give(moment: Moment, actor: Actor, at: number, others: (firm: number) => Person): Planned[] {
  const { chance, ground } = moment;
  const other = actorOf(ground, others(actor.firm), actor.firm);
  if (other.person.index === actor.person.index) return [signIn(moment, actor, at)];
  return [signIn(moment, actor, at), transfer(moment, actor, at + pause(chance), other, heldAsset(chance, moment.ground, actor), drawPaisa(chance, actor.person.scale))];
}

/** Value sent to somebody, or to oneself, at another firm. */
function remit(moment: Moment, actor: Actor, at: number, others: (firm: number) => Person): Planned[] {
  const { chance, ground } = moment;
  const places = ground.people.reporting.map((firm, place) => (place === actor.firm || firm.suspendedFrom !== undefined ? 0 : firm.share));
  const own = actor.person.firms.filter((firm) => (places[firm] ?? 0) > 0);
  const firm = own.length > 0 && chance.happens(0.5) ? chance.pick(own) : chance.weighted(places);
  const other = actorOf(ground, own.includes(firm) ? actor.person : others(firm), firm);
  return [signIn(moment, actor, at), ...across(moment, actor, other, at + pause(chance), heldAsset(chance, ground, actor), drawPaisa(chance, actor.person.scale))];
}

/** Price differences between two firms, used by someone with accounts at both. */
function carry(moment: Moment, actor: Actor, at: number): Planned[] {
  const { chance, ground } = moment;
  const elsewhere = chance.pick(actor.person.firms.filter((firm) => firm !== actor.firm));
  const other = actorOf(ground, actor.person, elsewhere);
  const asset = likedAsset(chance);
  const paisa = rupees(moment, actor);
  const t = at + pause(chance);
  return [
    fiat(moment, actor, at, 'fiat-in', paisa), trade(moment, actor, t, 'buy', asset, Math.round(paisa * 0.98)), ...across(moment, actor, other, t + MINUTE_US, asset, Math.round(paisa * 0.97)),
    trade(moment, other, t + 30 * MINUTE_US + pause(chance), 'sell', asset, Math.round(paisa * 0.96)),
  ];
}

/** A purchase that was given up: the money goes back to where it came from. */
function giveUp(moment: Moment, actor: Actor, at: number): Planned[] {
  const { chance } = moment;
  const paisa = rupees(moment, actor);
  return [signIn(moment, actor, at), fiat(moment, actor, at + pause(chance), 'fiat-in', paisa), fiat(moment, actor, at + Math.floor(chance.exponential(6 * HOUR_US)) + 600e6, 'fiat-out', paisa)];
}

function lend(moment: Moment, actor: Actor, at: number): Planned[] {
  return [signIn(moment, actor, at), trade(moment, actor, at + pause(moment.chance), 'sell', heldAsset(moment.chance, moment.ground, actor), rupees(moment, actor), 'lending')];
}
