/**
 * Typologies that one customer plays at one firm. Thresholds that a case has to pass are written here as the
 * monitor's working defaults have them, with a margin for rounding; the amounts themselves come from the
 * nation's own law.
 */

import { DAY_US, HOUR_US } from '../../../src/terms/index.ts';
import { marginalBetween, marginalPaisa, marginalSum } from '../amounts.ts';
import { TRADED, assetNamed, type TradedAsset } from '../assets.ts';
import { farEnd } from '../background.ts';
import { Chance, PURPOSE } from '../chance.ts';
import { heldAsset, likedAsset } from '../holdings.ts';
import { ABROAD, actorOf, deposit, fiat, onboarding, pause, signIn, trade, withdrawal, type Actor, type FarEnd } from '../makers.ts';
import { lastAct } from '../opening.ts';
import type { Planned } from '../planned.ts';
import { drawAddress } from '../wallets.ts';
import { castOne, drawFirm, instantsInOneGo, instantsWithin, isOpen, worksAt, type Scene } from './scene.ts';

const RUPEE = 100;
const LAKH = 100_000 * RUPEE;
/** Record threshold, its neighbourhood and the high value, with room for rounding. */
export const NEAR = { from: 7.05 * LAKH, below: 9.95 * LAKH } as const;
const HIGH = { from: 20.2 * LAKH, below: 300 * LAKH } as const;
/** What pass-through rules look at, at least. */
export const SOME = { from: 5.2 * LAKH, below: 60 * LAKH } as const;
/** Mixing services of a world; their addresses are the same in every case. */
const MIXERS = 5;

/** The acts of a case of one customer, or `undefined` when the typology needs more. */
export function single(scene: Scene): Planned[] | undefined {
  switch (scene.planting.typology) {
    case 'structuring':
      return structuring(scene);
    case 'burst':
      return burst(scene);
    case 'dormant_wake_up':
      return dormantWakeUp(scene);
    case 'deposit_then_withdraw':
      return depositThenWithdraw(scene);
    case 'straight_to_private_wallet':
      return straightToPrivateWallet(scene);
    case 'new_user_drain':
      return newUserDrain(scene);
    case 'sanctioned_wallet':
      return sanctionedWallet(scene);
    case 'service_outside_stage':
      return serviceOutsideStage(scene);
    case 'mule_pass_through':
      return mulePassThrough(scene);
    case 'peel_chain':
      return peelChain(scene);
    case 'mixer_out':
      return mixerOut(scene);
    case 'chain_hop':
      return chainHop(scene);
    default:
      return undefined;
  }
}

/** Rupees or an asset come in: fiat for most, as in the background. */
export function comesIn(scene: Scene, actor: Actor, at: number, paisa: number, asset: TradedAsset): Planned {
  return scene.chance.happens(0.6) ? fiat(scene, actor, at, 'fiat-in', paisa) : deposit(scene, actor, at, asset, paisa, farEnd(scene, actor, asset));
}

/** A private wallet that nobody saw before. */
export function freshWallet(scene: Scene, asset: TradedAsset): FarEnd {
  return { kind: 'unhosted', address: drawAddress(scene.chance, asset.chain) };
}

function structuring(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const actor = castOne(scene);
  const asset = likedAsset(chance);
  const times = instantsWithin(scene, scene.at, 20 * HOUR_US, chance.between(3, 5));
  const out = times.flatMap((at) => [signIn(scene, actor, at - pause(chance)), fiat(scene, actor, at, 'fiat-in', marginalBetween(chance, ground.people, NEAR.from, NEAR.below))]);
  const last = (times.at(-1) ?? scene.at) + pause(chance);
  out.push(trade(scene, actor, last, 'buy', asset, marginalPaisa(chance, ground.people)), trade(scene, actor, last + pause(chance), 'buy', likedAsset(chance), marginalPaisa(chance, ground.people)));
  return out;
}

function burst(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const actor = castOne(scene);
  const amounts: number[] = [];
  for (let sum = 0; amounts.length < 3 || sum < 84 * LAKH; sum = amounts.reduce((a, b) => a + b, 0)) amounts.push(marginalBetween(chance, ground.people, HIGH.from, HIGH.below));
  const times = instantsWithin(scene, scene.at, 18 * HOUR_US, amounts.length);
  return amounts.flatMap((paisa, i) => {
    const at = times[i] ?? scene.at;
    const asset = heldAsset(chance, ground, actor);
    const side = chance.happens(0.5) ? 'buy' : 'sell';
    const moved = chance.happens(0.6) ? comesIn(scene, actor, at, paisa, asset) : withdrawal(scene, actor, at, asset, paisa, farEnd(scene, actor, asset));
    return [signIn(scene, actor, at - pause(chance)), moved, trade(scene, actor, at + pause(chance), side, asset, marginalPaisa(chance, ground.people))];
  });
}

function dormantWakeUp(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const person = scene.cast((one) => isOpen(scene, one.firms[0] ?? 0) && lastAct(ground, one) !== undefined);
  const actor = actorOf(ground, person);
  const asset = likedAsset(chance);
  const [first = scene.at, second = scene.at, third = scene.at] = instantsInOneGo(scene, scene.at, 3);
  const paisa = marginalBetween(chance, ground.people, HIGH.from, HIGH.below);
  return [signIn(scene, actor, scene.at), comesIn(scene, actor, first, paisa, asset), trade(scene, actor, second, 'buy', asset, marginalPaisa(chance, ground.people)),
    withdrawal(scene, actor, third + chance.between(1, 9) * HOUR_US, asset, marginalPaisa(chance, ground.people), farEnd(scene, actor, asset))];
}

function depositThenWithdraw(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const actor = castOne(scene);
  const asset = likedAsset(chance);
  const amounts = marginalSum(chance, ground.people, SOME.from, SOME.below);
  const times = instantsInOneGo(scene, scene.at, amounts.length);
  const byAsset = chance.happens(0.5);
  const received = amounts.map((paisa, i) => (byAsset ? deposit(scene, actor, times[i] ?? scene.at, asset, paisa, farEnd(scene, actor, asset)) : fiat(scene, actor, times[i] ?? scene.at, 'fiat-in', paisa)));
  const all = Math.floor(amounts.reduce((a, b) => a + b, 0) * (0.94 + 0.04 * chance.real()));
  const leaves = (times.at(-1) ?? scene.at) + Math.floor((0.5 + 8 * chance.real()) * HOUR_US);
  const goes = byAsset ? withdrawal(scene, actor, leaves, asset, all, farEnd(scene, actor, asset)) : fiat(scene, actor, leaves, 'fiat-out', all);
  return [signIn(scene, actor, scene.at), ...received, signIn(scene, actor, leaves - pause(chance)), goes];
}

function straightToPrivateWallet(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const actor = castOne(scene);
  const asset = likedAsset(chance);
  const paisa = marginalBetween(chance, ground.people, SOME.from, SOME.below);
  const step = (): number => Math.min(pause(chance), 600e6);
  const arrives = scene.at + step();
  const traded = arrives + step();
  return [signIn(scene, actor, scene.at), comesIn(scene, actor, arrives, paisa, asset), trade(scene, actor, traded, 'buy', asset, Math.floor(paisa * 0.97)),
    withdrawal(scene, actor, traded + step(), asset, Math.floor(paisa * 0.93), freshWallet(scene, asset))];
}

function newUserDrain(scene: Scene): Planned[] {
  const { chance, ground, newcomer } = scene;
  if (newcomer === undefined) throw new Error('a new user is needed for a drain');
  const actor = actorOf(ground, newcomer);
  const asset = likedAsset(chance);
  const amounts = marginalSum(chance, ground.people, SOME.from, SOME.below);
  const begin = scene.at + chance.between(1, 4) * HOUR_US;
  const times = instantsInOneGo(scene, begin, amounts.length);
  const all = amounts.reduce((a, b) => a + b, 0);
  const traded = (times.at(-1) ?? begin) + pause(chance);
  const leaves = traded + Math.floor(chance.real() * 24 * HOUR_US) + pause(chance);
  return [onboarding(scene, actor, scene.at), signIn(scene, actor, begin), ...amounts.map((paisa, i) => fiat(scene, actor, times[i] ?? begin, 'fiat-in', paisa)),
    trade(scene, actor, traded, 'buy', asset, Math.floor(all * 0.98)), signIn(scene, actor, leaves - pause(chance)),
    withdrawal(scene, actor, leaves, asset, Math.floor(all * 0.95), farEnd(scene, actor, asset))];
}

function sanctionedWallet(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const actor = castOne(scene);
  const listed = ground.listed;
  const [asset, addresses] = chance.pick([[assetNamed('USDT', 'eip155'), listed.evm], [assetNamed('ETH'), listed.evm], [assetNamed('USDT', 'tron'), listed.tron], [assetNamed('BTC'), listed.bitcoin]] as const);
  const end: FarEnd = { kind: 'unhosted', address: chance.pick(addresses) };
  const paisa = marginalPaisa(chance, ground.people);
  const [first = scene.at, second = scene.at, third = scene.at] = instantsInOneGo(scene, scene.at, 3);
  return chance.happens(0.5)
    ? [signIn(scene, actor, scene.at), fiat(scene, actor, first, 'fiat-in', paisa), trade(scene, actor, second, 'buy', asset, Math.floor(paisa * 0.98)), withdrawal(scene, actor, third, asset, Math.floor(paisa * 0.95), end)]
    : [deposit(scene, actor, scene.at, asset, paisa, end), signIn(scene, actor, first), trade(scene, actor, second, 'sell', asset, Math.floor(paisa * 0.98))];
}

function serviceOutsideStage(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const firm = drawFirm(scene, (one) => !one.offers.includes('lending'));
  const actor = actorOf(ground, scene.cast(worksAt(scene, firm)), firm);
  const times = instantsWithin(scene, scene.at, 2 * DAY_US, chance.between(2, 4));
  return times.flatMap((at) => [signIn(scene, actor, at - pause(chance)), trade(scene, actor, at, 'sell', heldAsset(chance, ground, actor), marginalPaisa(chance, ground.people), 'lending')]);
}

function mulePassThrough(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const actor = castOne(scene);
  const [firm, country] = chance.pick(ABROAD);
  return instantsWithin(scene, scene.at, DAY_US, chance.between(1, 3)).flatMap((at, round) => {
    const asset = assetNamed('USDT', chance.happens(0.7) ? 'tron' : 'eip155');
    const amounts = marginalSum(chance, ground.people, SOME.from / 2, SOME.below);
    const times = instantsInOneGo(scene, at, amounts.length + 2);
    const all = amounts.reduce((a, b) => a + b, 0);
    const traded = times.at(-2) ?? at;
    return [signIn(scene, actor, at), ...amounts.map((paisa, i) => fiat(scene, actor, times[i] ?? at, 'fiat-in', paisa, `${scene.planting.id}/${round}/${i}`)),
      trade(scene, actor, traded, 'buy', asset, Math.floor(all * 0.98)),
      withdrawal(scene, actor, times.at(-1) ?? at, asset, Math.floor(all * 0.96), { kind: 'hosted', address: drawAddress(chance, asset.chain), firm, country })];
  });
}

function peelChain(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const actor = castOne(scene);
  const asset = chance.pick([assetNamed('BTC'), assetNamed('ETH'), assetNamed('USDT', 'tron')]);
  let left = marginalBetween(chance, ground.people, SOME.from, SOME.below);
  const out = [deposit(scene, actor, scene.at, asset, left, freshWallet(scene, asset)), signIn(scene, actor, scene.at + pause(chance))];
  let at = scene.at + pause(chance);
  for (let n = chance.between(5, 9); n > 0; n--) {
    const peel = Math.floor(left * (0.1 + 0.2 * chance.real()));
    at += Math.floor(chance.exponential(2 * HOUR_US)) + 60e6;
    out.push(withdrawal(scene, actor, at, asset, peel, freshWallet(scene, asset)));
    left -= peel;
  }
  return out;
}

function mixerOut(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const actor = castOne(scene);
  const asset = chance.pick([assetNamed('BTC'), assetNamed('ETH'), assetNamed('USDT', 'eip155')]);
  const address = drawAddress(new Chance(ground.people.key, PURPOSE.wallet, chance.below(MIXERS), 999_999), asset.chain);
  const paisa = marginalPaisa(chance, ground.people);
  const [first = scene.at, second = scene.at, third = scene.at] = instantsInOneGo(scene, scene.at, 3);
  return [signIn(scene, actor, scene.at), fiat(scene, actor, first, 'fiat-in', paisa), trade(scene, actor, second, 'buy', asset, Math.floor(paisa * 0.98)),
    withdrawal(scene, actor, third, asset, Math.floor(paisa * 0.95), { kind: 'unhosted', address })];
}

function chainHop(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const actor = castOne(scene);
  const paisa = marginalPaisa(chance, ground.people);
  return instantsWithin(scene, scene.at, DAY_US, chance.between(2, 4)).flatMap((at) => {
    const arrives = likedAsset(chance);
    const leaves = chance.pick(TRADED.filter((asset) => asset.chain !== arrives.chain));
    const [first = at, second = at, third = at] = instantsInOneGo(scene, at, 3);
    return [deposit(scene, actor, at, arrives, paisa, freshWallet(scene, arrives)), trade(scene, actor, first, 'sell', arrives, Math.floor(paisa * 0.99)),
      trade(scene, actor, second, 'buy', leaves, Math.floor(paisa * 0.98)), withdrawal(scene, actor, third, leaves, Math.floor(paisa * 0.96), freshWallet(scene, leaves))];
  });
}
