/**
 * What customers hold when the world begins, drawn again from their number whenever it is asked for. People
 * sell and send out what they hold, so that no firm owes less than nothing.
 */

import { LIKING, TRADED, type TradedAsset } from './assets.ts';
import { Chance, PURPOSE } from './chance.ts';
import type { Actor, Ground } from './makers.ts';

/** Holdings are so many times what their owner moves at once: enough for a month. */
const TIMES = { from: 40, to: 120 } as const;
const KINDS = 3;

/** Assets of a customer, and the rupees' worth of each in paisa. */
export interface Holdings {
  readonly assets: readonly TradedAsset[];
  readonly paisaEach: number;
  readonly rupeesPaisa: number;
}

/** What a customer holds at a firm at the beginning. */
export function holdingsOf(ground: Ground, actor: Actor): Holdings {
  const chance = new Chance(ground.people.key, PURPOSE.opening, actor.person.index, actor.firm);
  const worth = actor.person.scale * chance.between(TIMES.from, TIMES.to);
  const assets = [...new Set(Array.from({ length: KINDS }, () => likedAsset(chance)))];
  return { assets, paisaEach: Math.floor(worth / assets.length), rupeesPaisa: Math.floor(worth) };
}

/** An asset as the nation likes them. */
export function likedAsset(chance: Chance): TradedAsset {
  return TRADED[chance.weighted(LIKING)] ?? chance.pick(TRADED);
}

/** One of the assets that a customer holds. */
export function heldAsset(chance: Chance, ground: Ground, actor: Actor): TradedAsset {
  return chance.pick(holdingsOf(ground, actor).assets);
}
