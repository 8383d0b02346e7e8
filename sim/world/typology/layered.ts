/**
 * Typologies that several customers of one firm play together: value is gathered, scattered, or goes round.
 */

import { HOUR_US } from '../../../src/terms/index.ts';
import { marginalPaisa } from '../amounts.ts';
import { likedAsset } from '../holdings.ts';
import { deposit, fiat, pause, signIn, trade, transfer, withdrawal, type Actor } from '../makers.ts';
import type { Planned } from '../planned.ts';
import { castMany, castOne, drawFirm, instantsWithin, type Scene } from './scene.ts';
import { freshWallet } from './single.ts';

/** The acts of a case within one firm, or `undefined` when the typology crosses firms. */
export function layered(scene: Scene): Planned[] | undefined {
  switch (scene.planting.typology) {
    case 'fan_in':
      return fanIn(scene);
    case 'fan_out':
      return fanOut(scene);
    case 'scatter_gather':
      return scatterGather(scene);
    case 'gather_scatter':
      return gatherScatter(scene);
    case 'cycle':
      return cycle(scene);
    default:
      return undefined;
  }
}

/** Nine senders at least: other customers, strangers' bank accounts, strangers' wallets. */
function fanIn(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const actor = castOne(scene);
  const asset = likedAsset(chance);
  const times = instantsWithin(scene, scene.at, 30 * HOUR_US, chance.between(9, 14));
  const inside = castMany(scene, actor.firm, Math.min(3, times.length));
  let received = 0;
  const arrivals = times.flatMap((at, i) => {
    const paisa = marginalPaisa(chance, ground.people);
    received += paisa;
    const sender = inside[i];
    if (sender !== undefined) return [signIn(scene, sender, at - pause(chance)), transfer(scene, sender, at, actor, asset, paisa)];
    return [i % 2 === 0 ? fiat(scene, actor, at, 'fiat-in', paisa, `${scene.planting.id}/${i}`) : deposit(scene, actor, at, asset, paisa, freshWallet(scene, asset))];
  });
  const last = (times.at(-1) ?? scene.at) + pause(chance);
  const leaves = last + Math.floor((1 + 6 * chance.real()) * HOUR_US);
  return [...arrivals, signIn(scene, actor, last), trade(scene, actor, last + pause(chance), 'buy', asset, Math.floor(received * 0.4)),
    withdrawal(scene, actor, leaves, asset, Math.floor(received * 0.94), freshWallet(scene, asset))];
}

/** Parts of a sum, none less than a third of the even part. */
function partsOf(scene: Scene, sum: number, count: number): number[] {
  const weights = Array.from({ length: count }, () => 0.5 + scene.chance.real());
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => Math.floor((sum * weight) / total));
}

function sumOf(scene: Scene, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += marginalPaisa(scene.chance, scene.ground.people);
  return sum;
}

function fanOut(scene: Scene): Planned[] {
  const { chance } = scene;
  const actor = castOne(scene);
  const asset = likedAsset(chance);
  const times = instantsWithin(scene, scene.at + HOUR_US, 12 * HOUR_US, chance.between(8, 13));
  const all = sumOf(scene, times.length);
  const receivers = castMany(scene, actor.firm, 4);
  const out = partsOf(scene, all * 0.95, times.length).map((paisa, i) => {
    const to = receivers[i];
    const at = times[i] ?? scene.at;
    return to === undefined ? withdrawal(scene, actor, at, asset, paisa, freshWallet(scene, asset)) : transfer(scene, actor, at, to, asset, paisa);
  });
  return [signIn(scene, actor, scene.at), fiat(scene, actor, scene.at + pause(chance), 'fiat-in', all), trade(scene, actor, scene.at + 2 * pause(chance), 'buy', asset, Math.floor(all * 0.98)), ...out];
}

function scatterGather(scene: Scene): Planned[] {
  const { chance } = scene;
  const firm = drawFirm(scene);
  const [source, sink, ...between] = castMany(scene, firm, 2 + chance.between(4, 6));
  if (source === undefined || sink === undefined) return [];
  const asset = likedAsset(chance);
  const all = sumOf(scene, between.length);
  const first = instantsWithin(scene, scene.at, 8 * HOUR_US, between.length);
  const parts = partsOf(scene, all, between.length);
  const scattered = between.map((middle, i) => transfer(scene, source, first[i] ?? scene.at, middle, asset, parts[i] ?? 0));
  const gathered = between.flatMap((middle, i) => onward(scene, middle, (first[i] ?? scene.at) + Math.floor((0.3 + 5 * chance.real()) * HOUR_US), sink, Math.floor((parts[i] ?? 0) * 0.97)));
  return [signIn(scene, source, scene.at - pause(chance)), deposit(scene, source, scene.at - 60e6, asset, all, freshWallet(scene, asset)), ...scattered, ...gathered];
}

function onward(scene: Scene, from: Actor, at: number, to: Actor, paisa: number): Planned[] {
  return [signIn(scene, from, at - pause(scene.chance)), transfer(scene, from, at, to, likedAsset(scene.chance), paisa)];
}

function gatherScatter(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const firm = drawFirm(scene);
  const [middle, ...others] = castMany(scene, firm, 1 + 2 * chance.between(4, 5));
  if (middle === undefined) return [];
  const sources = others.slice(0, others.length / 2);
  const sinks = others.slice(others.length / 2);
  const asset = likedAsset(chance);
  const first = instantsWithin(scene, scene.at, 10 * HOUR_US, sources.length);
  let all = 0;
  const gathered = sources.flatMap((source, i) => {
    const paisa = marginalPaisa(chance, ground.people);
    all += paisa;
    return [fiat(scene, source, (first[i] ?? scene.at) - 2 * pause(chance), 'fiat-in', paisa), transfer(scene, source, first[i] ?? scene.at, middle, asset, Math.floor(paisa * 0.98))];
  });
  const then = instantsWithin(scene, (first.at(-1) ?? scene.at) + HOUR_US, 9 * HOUR_US, sinks.length);
  const parts = partsOf(scene, all * 0.95, sinks.length);
  return [...gathered, signIn(scene, middle, (then[0] ?? scene.at) - pause(chance)), trade(scene, middle, (then[0] ?? scene.at) - 30e6, 'sell', asset, Math.floor(all * 0.3)),
    ...sinks.map((sink, i) => transfer(scene, middle, then[i] ?? scene.at, sink, asset, parts[i] ?? 0))];
}

function cycle(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const ring = castMany(scene, drawFirm(scene), chance.between(3, 5));
  let paisa = marginalPaisa(chance, ground.people);
  let at = scene.at;
  return ring.flatMap((from, i) => {
    const to = ring[(i + 1) % ring.length];
    if (to === undefined) return [];
    at += Math.floor((0.2 + 5 * chance.real()) * HOUR_US);
    const steps = onward(scene, from, at, to, paisa);
    paisa = Math.floor(paisa * (0.96 + 0.03 * chance.real()));
    return steps;
  });
}
