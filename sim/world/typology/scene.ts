/**
 * What a planted case is played with: a moment (ground, chance, its planting), when it begins, and a way to
 * cast people. Shared steps of several typologies are here.
 */

import { drawInstant } from '../cycle.ts';
import type { WorldFirm } from '../firms.ts';
import { actorOf, pause, type Actor, type Moment } from '../makers.ts';
import type { Person } from '../people.ts';
import type { Planting } from '../planned.ts';

/** The stage of one case. */
export interface Scene extends Moment {
  readonly planting: Planting;
  readonly at: number;
  readonly number: number;
  /** Somebody quiet who takes part in no other case. */
  readonly cast: (wanted: (person: Person) => boolean) => Person;
  readonly newcomer?: Person;
}

/** Can act at a firm: awake, with an account, and the firm has not been suspended. */
export function worksAt(scene: Scene, firm: number): (person: Person) => boolean {
  return (person) => !person.sleeps && person.firms.includes(firm) && isOpen(scene, firm);
}

/** Is the firm in business throughout the world? */
export function isOpen(scene: Scene, firm: number): boolean {
  return scene.ground.people.firm(firm).suspendedFrom === undefined;
}

/** Somebody whose usual firm is in business, at that firm. */
export function castOne(scene: Scene): Actor {
  const person = scene.cast((one) => !one.sleeps && isOpen(scene, one.firms[0] ?? 0));
  return actorOf(scene.ground, person);
}

/** Several customers of one firm. */
export function castMany(scene: Scene, firm: number, count: number): Actor[] {
  return Array.from({ length: count }, () => actorOf(scene.ground, scene.cast(worksAt(scene, firm)), firm));
}

/** Somebody with accounts at two firms that are in business. */
export function castTwoFirms(scene: Scene): readonly [Actor, Actor] {
  const person = scene.cast((one) => !one.sleeps && one.firms.length > 1 && one.firms.slice(0, 2).every((firm) => isOpen(scene, firm)));
  const [first = 0, second = 0] = person.firms;
  return [actorOf(scene.ground, person, first), actorOf(scene.ground, person, second)];
}

/** A firm in business, as often as its share. */
export function drawFirm(scene: Scene, isWanted: (firm: WorldFirm) => boolean = () => true): number {
  const { reporting } = scene.ground.people;
  return scene.chance.weighted(reporting.map((firm, place) => (isOpen(scene, place) && isWanted(firm) ? firm.share : 0)));
}

/** `count` instants within a span from the case's beginning, in order, by the day's rhythm. */
export function instantsWithin(scene: Scene, from: number, span: number, count: number): number[] {
  return Array.from({ length: count }, () => drawInstant(scene.chance, from, from + span)).sort((a, b) => a - b);
}

/** `count` instants in one go, a pause after each. */
export function instantsInOneGo(scene: Scene, from: number, count: number): number[] {
  let at = from;
  return Array.from({ length: count }, () => (at += pause(scene.chance)));
}
