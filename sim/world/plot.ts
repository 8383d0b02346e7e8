/**
 * Planted cases: which there are and when each begins. Their number grows with the nation, their times are
 * drawn from the day's rhythm like everyone's, and who takes part is drawn from quiet people who are used for
 * no other case, so that each case can be told from the others. What happens in one is in `typology/`.
 */

import { DAY_US } from '../../src/terms/index.ts';
import { Chance, PURPOSE, type SeedKey } from './chance.ts';
import { drawInstant } from './cycle.ts';
import { TYPOLOGY_NAMES, type Typology } from './labels.ts';
import type { Ground } from './makers.ts';
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

/** All cases of a world in the order of their beginning. `perTypology` of each, `from` and `to` the world's ends. */
export function planCases(key: SeedKey, perTypology: number, from: number, to: number): PlannedCase[] {
  const cases: PlannedCase[] = [];
  for (const [i, typology] of TYPOLOGY_NAMES.entries()) {
    for (let n = 0; n < perTypology; n++) {
      const number = i * 100_000 + n;
      const at = drawInstant(new Chance(key, PURPOSE.planted, number, 1), from + MARGIN_BEFORE_US, to - MARGIN_AFTER_US);
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
      cast: (wanted) => this.#cast(chance, wanted), ...(newcomer === undefined ? {} : { newcomer }),
    };
    return single(scene) ?? layered(scene) ?? crossing(scene);
  }

  #cast(chance: Chance, wanted: (person: Person) => boolean): Person {
    const person = this.#ground.people.drawQuiet(chance, (one) => !this.#taken.has(one.index) && wanted(one));
    this.#taken.add(person.index);
    return person;
  }
}

/** Cases that are over within the hour, for a world that goes on: one every few minutes. */
const QUICK: readonly Typology[] = ['straight_to_private_wallet', 'sanctioned_wallet', 'mixer_out', 'service_outside_stage', 'chain_hop', 'burst', 'structuring'];
const LIVE_EVERY_US = 420_000_000;

/** Quick cases between two instants, one after the other. */
export function planLiveCases(key: SeedKey, from: number, to: number): PlannedCase[] {
  const cases: PlannedCase[] = [];
  const chance = new Chance(key, PURPOSE.live);
  let number = 9_000_000;
  for (let at = from + LIVE_EVERY_US; at < to; at += Math.floor(LIVE_EVERY_US * (0.4 + 1.2 * chance.real()))) {
    number += 1;
    cases.push({ id: `case-${number.toString(36)}`, typology: chance.pick(QUICK), number, at });
  }
  return cases;
}
