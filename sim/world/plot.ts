/**
 * Planted cases: which there are and when each begins. Their number grows with the nation, their times are
 * drawn from the day's rhythm like everyone's, and who takes part is drawn from quiet people who are used for
 * no other case, so that each case can be told from the others. What happens in one is in `typology/`.
 */

import { DAY_US, HOUR_US } from '../../src/terms/index.ts';
import { tradeOften } from './background.ts';
import { Chance, PURPOSE, type SeedKey } from './chance.ts';
import { drawInstant } from './cycle.ts';
import { TYPOLOGY_NAMES, type Typology } from './labels.ts';
import { actorOf, signIn, type Ground } from './makers.ts';
import type { Person } from './people.ts';
import type { Planned } from './planned.ts';
import { crossing } from './typology/crossing.ts';
import { layered } from './typology/layered.ts';
import { single } from './typology/single.ts';
import type { Scene } from './typology/scene.ts';

/** A case that is to begin at an instant. */
export interface PlannedCase {
  readonly id: string;
  readonly typology: Typology;
  readonly number: number;
  readonly at: number;
}

/** Cases begin this long after the world does, and end before it ends: a case cut in half is no case. */
const MARGIN_BEFORE_US = DAY_US;
const MARGIN_AFTER_US = 2.5 * DAY_US;
/** Of a short world the margins are at most these shares. */
const MARGIN_SHARE = { before: 0.1, after: 0.45 } as const;
/** Numbers of live cases begin here. */
const LIVE_NUMBER = 9_000_000;

/** All cases of a world in the order of their beginning. `perTypology` of each, `from` and `to` the world's ends. */
export function planCases(key: SeedKey, perTypology: number, from: number, to: number): PlannedCase[] {
  const cases: PlannedCase[] = [];
  const first = from + Math.min(MARGIN_BEFORE_US, MARGIN_SHARE.before * (to - from));
  const last = to - Math.min(MARGIN_AFTER_US, MARGIN_SHARE.after * (to - from));
  for (const [i, typology] of TYPOLOGY_NAMES.entries()) {
    for (let n = 0; n < perTypology; n++) {
      const number = i * 100_000 + n;
      const at = drawInstant(new Chance(key, PURPOSE.planted, number, 1), first, last);
      cases.push({ id: `case-${number.toString(36)}`, typology, number, at });
    }
  }
  return cases.sort((a, b) => a.at - b.at);
}

/** Gives each case its people and its acts. */
export class Plot {
  readonly #ground: Ground;
  readonly #taken = new Set<number>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** The acts of a case. `newcomer` is who has just joined, for the one typology that needs it. */
  acts(planned: PlannedCase, newcomer?: Person): Planned[] {
    const chance = new Chance(this.#ground.people.key, PURPOSE.planted, planned.number, 2);
    const scene: Scene = {
      ground: this.#ground, chance, planting: { id: planned.id, typology: planned.typology }, at: planned.at, number: planned.number,
      cast: (wanted) => this.#cast(chance, wanted, planned.number < LIVE_NUMBER), ...(newcomer === undefined ? {} : { newcomer }),
    };
    const acts = single(scene) ?? layered(scene) ?? crossing(scene);
    return [...acts, ...cover(scene, acts)];
  }

  /** In history nobody plays twice; what goes on for ever must use people again. */
  #cast(chance: Chance, wanted: (person: Person) => boolean, once: boolean): Person {
    const person = this.#ground.people.drawQuiet(chance, (one) => (!once || !this.#taken.has(one.index)) && wanted(one));
    if (once) this.#taken.add(person.index);
    return person;
  }
}

/** Typologies that a trade of the same day would undo. */
const UNTRADED: ReadonlySet<Typology> = new Set(['deposit_then_withdraw']);

/** People who hide something also look and trade like others do: a sitting or two of it belongs to the case. */
function cover(scene: Scene, acts: readonly Planned[]): Planned[] {
  const { chance, ground } = scene;
  if (UNTRADED.has(scene.planting.typology)) return [];
  return Array.from({ length: chance.between(0, 2) }, () => {
    const { person, firm } = chance.pick(acts);
    const actor = actorOf(ground, ground.people.person(person), firm);
    const last = Math.max(...acts.map((act) => act.at));
    const at = drawInstant(chance, scene.at, Math.max(last, scene.at + 12 * HOUR_US));
    return chance.happens(0.5) ? tradeOften(scene, actor, at) : [signIn(scene, actor, at)];
  }).flat();
}

/** Cases that are over within the hour, for a world that goes on: one every few minutes. */
const QUICK: readonly Typology[] = ['straight_to_private_wallet', 'sanctioned_wallet', 'mixer_out', 'service_outside_stage', 'chain_hop', 'burst', 'structuring'];
const LIVE_EVERY_US = 420_000_000;

/** Quick cases between two instants, one after the other. */
export function planLiveCases(key: SeedKey, from: number, to: number): PlannedCase[] {
  const cases: PlannedCase[] = [];
  const chance = new Chance(key, PURPOSE.live);
  let number = LIVE_NUMBER;
  for (let at = from + LIVE_EVERY_US; at < to; at += Math.floor(LIVE_EVERY_US * (0.4 + 1.2 * chance.real()))) {
    number += 1;
    cases.push({ id: `case-${number.toString(36)}`, typology: chance.pick(QUICK), number, at });
  }
  return cases;
}
