/**
 * A nation from a seed as material for a judge: what its firms send, made into rows as intake makes them, and the
 * labels of what was planted. Spoilt and repeated lines are left out: what the door does with them is judged elsewhere.
 */

import { eventSchema } from '../../src/contract/index.ts';
import { AssetBook } from '../../src/intake/judgement.ts';
import { DAY_US, instantOf, parseInstant } from '../../src/terms/index.ts';
import { World, type SizeTerm } from '../../sim/index.ts';
import { Door } from './door.ts';
import { judgesLaw } from './law.ts';
import { introduces, personKey, type Arrival, type Case, type Material } from './material.ts';

const DAYS = 30;
const FROM = parseInstant('2027-02-01T00:00:00+05:00') ?? instantOf(0);
/** Stands where a sealed identity would: nobody opens it here. */
const SEALED = 'x'.repeat(20);

/** The nation of a seed. */
export function nationOf(seed: string, size: SizeTerm): Material {
  const world = new World({ seed, size, from: FROM, days: DAYS });
  const { law, weights } = judgesLaw(world.from, world.firms);
  const door = new Door(bookOf(world));
  return { law, weights, strangers: 0, unread: () => door.unread(), arrivals: () => arrivalsOf(world, door), cases: () => casesOf(world) };
}

function* arrivalsOf(world: World, door: Door): Generator<Arrival> {
  const numbers = new Map(world.firms.map((firm) => [firm.id, firm.number]));
  let line = 0;
  for (const { firm, event: unsealed, identity, expect, sentAt } of world.sendings()) {
    line += 1;
    if (expect !== 'accepted') continue;
    const event = eventSchema.parse(identity === undefined ? unsealed : { ...unsealed, identity: SEALED });
    const person = identity !== undefined && introduces(event) ? { person: personKey(JSON.stringify(identity)) } : {};
    yield* door.take({ event, firm: numbers.get(firm) ?? 0, line, sentAt, ...person });
  }
}

function bookOf(world: World): AssetBook {
  const book = new AssetBook();
  for (const asset of world.assets) book.register({ ...asset });
  for (const sheet of world.rates(world.until + DAY_US)) book.publish({ ...sheet, rates: [...sheet.rates] });
  return book;
}

function casesOf(world: World): Case[] {
  const numbers = new Map(world.firms.map((firm) => [firm.id, firm.number]));
  return world.labels().map((label) => ({
    id: label.case, typology: label.typology, tuned: label.tuned, crossFirm: label.crossFirm, firms: label.firms.map((firm) => numbers.get(firm) ?? 0),
    people: new Set(label.persons.map(({ person }) => personKey(JSON.stringify(world.identity(person))))), from: label.from, to: label.to,
  }));
}
