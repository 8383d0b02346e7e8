/**
 * Typologies that cross firms: what each firm sees is ordinary, and only who sees one person at both can tell.
 */

import { HOUR_US } from '../../../src/terms/index.ts';
import { marginalBetween, marginalPaisa, marginalSum } from '../amounts.ts';
import { assetNamed } from '../assets.ts';
import { likedAsset } from '../holdings.ts';
import { across, actorOf, fiat, pause, signIn, trade, transfer } from '../makers.ts';
import type { Planned } from '../planned.ts';
import { castMany, castTwoFirms, drawFirm, instantsWithin, worksAt, type Scene } from './scene.ts';
import { NEAR, SOME } from './single.ts';

/** The acts of a case that crosses firms. */
export function crossing(scene: Scene): Planned[] {
  switch (scene.planting.typology) {
    case 'structuring_two_firms':
      return structuringTwoFirms(scene);
    case 'mule_two_firms':
      return muleTwoFirms(scene);
    case 'scatter_gather_firms':
      return scatterGatherFirms(scene);
    case 'cycle_firms':
      return cycleFirms(scene);
    default:
      throw new Error(`nobody plays ${scene.planting.typology}`);
  }
}

function structuringTwoFirms(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const actors = castTwoFirms(scene);
  // Two at each firm: three within a day make the pattern, and neither firm has three.
  return instantsWithin(scene, scene.at, 20 * HOUR_US, 4).flatMap((at, i) => {
    const actor = i % 2 === 0 ? actors[0] : actors[1];
    return [signIn(scene, actor, at - pause(chance)), fiat(scene, actor, at, 'fiat-in', marginalBetween(chance, ground.people, NEAR.from, NEAR.below)),
      trade(scene, actor, at + pause(chance), 'buy', likedAsset(chance), marginalPaisa(chance, ground.people))];
  });
}

function muleTwoFirms(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const [here, there] = castTwoFirms(scene);
  const asset = assetNamed('USDT', chance.happens(0.7) ? 'tron' : 'eip155');
  const amounts = marginalSum(chance, ground.people, SOME.from, SOME.below);
  const all = amounts.reduce((a, b) => a + b, 0);
  const times = instantsWithin(scene, scene.at, 3 * HOUR_US, amounts.length);
  const bought = (times.at(-1) ?? scene.at) + pause(chance);
  const moved = bought + pause(chance);
  const leaves = moved + Math.floor((0.3 + 8 * chance.real()) * HOUR_US);
  return [
    signIn(scene, here, scene.at - pause(chance)), ...amounts.map((paisa, i) => fiat(scene, here, times[i] ?? scene.at, 'fiat-in', paisa, `${scene.planting.id}/${i}`)),
    trade(scene, here, bought, 'buy', asset, Math.floor(all * 0.985)), ...across(scene, here, there, moved, asset, Math.floor(all * 0.975)),
    signIn(scene, there, leaves - 2 * pause(chance)), trade(scene, there, leaves - 30e6, 'sell', asset, Math.floor(all * 0.97)), fiat(scene, there, leaves, 'fiat-out', Math.floor(all * 0.95)),
  ];
}

function scatterGatherFirms(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const first = drawFirm(scene);
  const second = drawFirm(scene, (firm) => firm !== ground.people.firm(first));
  const source = actorOf(ground, scene.cast(worksAt(scene, first)), first);
  const [sink, ...between] = castMany(scene, second, 1 + chance.between(4, 6));
  if (sink === undefined) return [];
  const asset = likedAsset(chance);
  return [signIn(scene, source, scene.at - pause(chance)), ...between.flatMap((middle) => {
    const paisa = marginalPaisa(chance, ground.people);
    const at = scene.at + Math.floor(chance.real() * 8 * HOUR_US);
    const onward = at + Math.floor((0.5 + 6 * chance.real()) * HOUR_US);
    return [...across(scene, source, middle, at, asset, paisa), signIn(scene, middle, onward - pause(chance)), transfer(scene, middle, onward, sink, asset, Math.floor(paisa * 0.97))];
  })];
}

function cycleFirms(scene: Scene): Planned[] {
  const { chance, ground } = scene;
  const first = drawFirm(scene);
  const second = drawFirm(scene, (firm) => firm !== ground.people.firm(first));
  const begin = actorOf(ground, scene.cast(worksAt(scene, first)), first);
  const [middle, last] = castMany(scene, second, 2);
  if (middle === undefined || last === undefined) return [];
  const asset = likedAsset(chance);
  const paisa = marginalPaisa(chance, ground.people);
  const step = (): number => Math.floor((0.4 + 5 * chance.real()) * HOUR_US);
  const given = scene.at + step();
  const back = given + step();
  return [
    signIn(scene, begin, scene.at - pause(chance)), ...across(scene, begin, middle, scene.at, asset, paisa), signIn(scene, middle, given - pause(chance)),
    transfer(scene, middle, given, last, asset, Math.floor(paisa * 0.98)), ...across(scene, last, begin, back, asset, Math.floor(paisa * 0.96)), signIn(scene, begin, back + HOUR_US),
    trade(scene, begin, back + HOUR_US + pause(chance), 'sell', asset, Math.floor(paisa * 0.95)),
  ];
}
