/**
 * The opening load: each firm tells once whom it has and what it owes them, as of a day shortly before the
 * world begins. Sleepers get their last act with it, months ago, so that their waking can be seen.
 */

import { DAY_US, formatInstant, formatKarachiDay, instantOf, karachiDay } from '../../src/terms/index.ts';
import { assetAmount, drawPaisa, roundedPaisa } from './amounts.ts';
import { Chance, PURPOSE } from './chance.ts';
import { holdingsOf } from './holdings.ts';
import { actorOf, fiat, type Actor, type Ground } from './makers.ts';
import type { Person } from './people.ts';
import type { Body, Planned } from './planned.ts';

/** The opening is this long before the first activity: nobody is a new customer when the world begins. */
export const OPENING_BEFORE_US = 3 * DAY_US;
/** Sleepers last moved between so many days before the world begins. */
export const SLEPT_DAYS = { from: 95, to: 198 } as const;
/** Customers were taken on between so many days before. */
const ONBOARDED_DAYS = { from: 200, to: 900 } as const;

/** What the opening load says of a customer. */
export function openingLoad(ground: Ground, actor: Actor, at: number): Body {
  const chance = new Chance(ground.people.key, PURPOSE.opening, actor.person.index, 500 + actor.firm);
  const { assets, paisaEach, rupeesPaisa } = holdingsOf(ground, actor);
  return {
    kind: 'opening-load', customer: actor.customer, day: formatKarachiDay(karachiDay(instantOf(at))), profile: actor.person.profile,
    onboardedAt: formatInstant(instantOf(Math.floor(at - chance.between(ONBOARDED_DAYS.from, ONBOARDED_DAYS.to) * DAY_US - chance.real() * DAY_US))),
    balances: [
      { asset: 'iso4217:PKR', value: String(Math.floor(rupeesPaisa / 100)) },
      ...assets.map((asset) => assetAmount(asset, paisaEach, ground.rates.paisaE8(asset, at))),
    ],
  };
}

/** A sleeper's last act before they fell asleep; none where their firm could not serve anybody so long ago. */
export function lastAct(ground: Ground, person: Person): Planned | undefined {
  if (!person.sleeps) return undefined;
  const chance = new Chance(ground.people.key, PURPOSE.opening, person.index, 999);
  const open = ground.people.firm(person.firms[0] ?? 0).steps.find((step) => step.to === 'e4-aml-registered');
  const longest = Math.min(SLEPT_DAYS.to, (ground.from - (open?.effectiveFrom ?? ground.from)) / DAY_US);
  if (longest <= SLEPT_DAYS.from) return undefined;
  const at = ground.from - Math.floor((SLEPT_DAYS.from + chance.real() * (longest - SLEPT_DAYS.from)) * DAY_US);
  return fiat({ ground, chance }, actorOf(ground, person), at, 'fiat-in', roundedPaisa(chance, drawPaisa(chance, person.scale)));
}
