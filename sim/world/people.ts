/**
 * The people of the nation. A person is a number; everything about them is drawn again from seed and number
 * whenever it is asked for, so 40 million of them take no memory. Those with a number below `settled` were
 * customers before the world begins; the others join one after the other, in the order of their numbers,
 * which is how a nation grows without a list.
 *
 * One person in eight has accounts at two or more firms. A firm knows a customer only by a reference of its
 * own; two firms' references of one person have nothing in common.
 */

import type { Profile } from '../../src/contract/index.ts';
import { Chance, PURPOSE, mix, type SeedKey } from './chance.ts';
import type { WorldFirm } from './firms.ts';

/** A person as the world acts for them. */
export interface Person {
  readonly index: number;
  readonly profile: Profile;
  /** Places of the firms where they have an account, the usual one first. */
  readonly firms: readonly number[];
  /** What they usually move at once, in paisa. */
  readonly scale: number;
  /** They have not moved anything for months; only coming back wakes them. */
  readonly sleeps: boolean;
  /** They seldom do anything. */
  readonly quiet: boolean;
}

/** Share of people with accounts at two firms, and of those at three. Source: the brief of the demo nation. */
const TWO_FIRMS = 0.12;
const THREE_FIRMS = 0.12;
const SLEEPERS = 0.03;
/** Share of people who seldom do anything, and how often one of them is taken when chance names them. */
const QUIET = 0.3;
const QUIET_TAKEN = 0.12;
const COMPANIES = 0.03;
const INCOME = { classes: ['none', 'low', 'middle', 'high', 'veryHigh'], weights: [6, 34, 40, 16, 4], rupees: [9_000, 16_000, 42_000, 170_000, 800_000] } as const;
const AGES = { bands: ['18-24', '25-34', '35-44', '45-54', '55-64', '65over'], weights: [24, 38, 21, 10, 5, 2] } as const;
const PROVINCES = { names: ['punjab', 'sindh', 'khyber-pakhtunkhwa', 'balochistan', 'islamabad', 'azad-kashmir', 'gilgit-baltistan', 'abroad'], weights: [46, 27, 11, 4, 5, 2, 1, 4] } as const;
const ABROAD = ['AE', 'SA', 'GB', 'QA', 'OM', 'US', 'MY'] as const;
/** Quiet people are looked for so often before others are taken. */
const CAST_TRIES = 20_000;
/** A few people do most: place u^BEND of the settled ones for a uniform u. */
const BEND = 1.7;
/** Multiplier of the map that scatters numbers over references: odd, so that it is one to one modulo 2^40. */
const SCATTER = 0x9e_3779_b97fn | 1n;
const REFERENCE_BITS = 40n;

export class People {
  readonly key: SeedKey;
  readonly count: number;
  readonly settled: number;
  readonly #shares: readonly number[];
  readonly #reporting: readonly WorldFirm[];

  constructor(key: SeedKey, count: number, joining: number, reporting: readonly WorldFirm[]) {
    this.key = key;
    this.count = count;
    this.settled = count - joining;
    this.#reporting = reporting;
    this.#shares = reporting.map((firm) => firm.share);
  }

  person(index: number): Person {
    const chance = new Chance(this.key, PURPOSE.person, index);
    const isCompany = chance.happens(COMPANIES);
    const income = chance.weighted(INCOME.weights);
    const profile = this.#profile(chance, isCompany, income);
    const scale = (INCOME.rupees[income] ?? 1) * 100 * (isCompany ? 5 : 1) * Math.exp(0.55 * chance.normal());
    return { index, profile, scale, firms: this.#firms(chance), sleeps: index < this.settled && chance.happens(SLEEPERS), quiet: chance.happens(QUIET) };
  }

  #profile(chance: Chance, isCompany: boolean, income: number): Profile {
    const province = PROVINCES.names[chance.weighted(PROVINCES.weights)] ?? 'punjab';
    const risk = chance.real();
    return {
      type: isCompany ? 'company' : 'person', ...(isCompany ? {} : { ageBand: AGES.bands[chance.weighted(AGES.weights)] ?? '25-34' }), province,
      incomeClass: INCOME.classes[income] ?? 'middle', riskClass: risk < 0.82 ? 'low' : risk < 0.96 ? 'medium' : 'high', pep: chance.happens(0.004),
      residence: province === 'abroad' ? chance.pick(ABROAD) : 'PK',
    };
  }

  #firms(chance: Chance): number[] {
    const firms = [chance.weighted(this.#shares)];
    const wanted = chance.happens(TWO_FIRMS) ? (chance.happens(THREE_FIRMS) ? 3 : 2) : 1;
    while (firms.length < wanted) {
      const other = chance.weighted(this.#shares);
      if (!firms.includes(other)) firms.push(other);
    }
    return firms;
  }

  /** A firm's own reference of a customer: one to one with the person's number, and not in its order. */
  customer(firm: number, index: number): string {
    const shift = BigInt(mix(this.key.hi, this.key.lo, PURPOSE.customer, firm));
    const scattered = (BigInt(index) * SCATTER + (shift << 8n)) & ((1n << REFERENCE_BITS) - 1n);
    return `c-${scattered.toString(36).padStart(8, '0')}`;
  }

  /** Someone who is active today, out of the first `known` people: the low numbers more often. */
  draw(chance: Chance, known: number): Person {
    for (;;) {
      const newcomer = known > this.settled && chance.happens((known - this.settled) / known);
      const index = newcomer ? this.settled + chance.below(known - this.settled) : Math.floor(this.settled * chance.real() ** BEND);
      const person = this.person(index);
      if (!person.sleeps && (!person.quiet || chance.happens(QUIET_TAKEN))) return person;
    }
  }

  /** Someone who has slept for months. */
  drawSleeper(chance: Chance): Person {
    for (;;) {
      const person = this.person(chance.below(this.settled));
      if (person.sleeps) return person;
    }
  }

  /** One of the settled people who seldom do anything: what happens to them is not blurred by their own habits. A very small nation has to take others. */
  drawQuiet(chance: Chance, wanted: (person: Person) => boolean): Person {
    for (let tries = 0; tries < 2 * CAST_TRIES; tries++) {
      const person = this.person(chance.below(this.settled));
      if ((person.quiet || person.sleeps || tries > CAST_TRIES) && wanted(person)) return person;
    }
    throw new Error('nobody in this nation is as the case wants them');
  }

  /** The reporting firm at a place. */
  firm(place: number): WorldFirm {
    const firm = this.#reporting[place];
    if (firm === undefined) throw new Error(`there is no reporting firm at place ${place}`);
    return firm;
  }

  get reporting(): readonly WorldFirm[] {
    return this.#reporting;
  }
}
