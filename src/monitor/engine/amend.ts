/**
 * Corrections and cancellations. Each names an earlier event of its firm. Whatever the order of arrival:
 * an event stands unless an amendment of it is in force; an amendment is in force unless a cancellation of
 * it is; of several amendments of one event in force, the one that the firm numbered last holds. What does
 * not stand stays in the chain as a void record, so that it can stand again.
 */

import { FLAG } from '../../terms/index.ts';
import { reclass } from './chain.ts';
import { CLASS, classify } from './classes.ts';
import type { Law } from './law.ts';
import { PERSON } from './people.ts';
import type { Amendment, State } from './state.ts';

/** Key of an event, or of an amendment, among one person's. */
interface EventKey {
  readonly firm: number;
  readonly hi: number;
  readonly lo: number;
  readonly leg: number;
}

const targetOf = (a: Amendment): EventKey => ({ firm: a.firm, hi: a.targetHi, lo: a.targetLo, leg: a.leg });
const isSame = (a: EventKey, b: EventKey): boolean => a.hi === b.hi && a.lo === b.lo && a.firm === b.firm && a.leg === b.leg;

/** Takes an amendment in; false when the very same one was there already. */
export function amend(state: State, law: Law, person: number, amendment: Amendment): boolean {
  const known = state.amendments.get(person) ?? [];
  if (known.some((other) => isSame(other, amendment))) return false;
  known.push(amendment);
  state.amendments.set(person, known);
  state.people.mark(person, PERSON.amended);
  resolve(state, law, person, known, targetOf(amendment));
  return true;
}

/** A record has arrived for a person with amendments: one of them may have waited for it. */
export function amendArrived(state: State, law: Law, person: number, record: number): void {
  const { records } = state;
  const key = { firm: records.firm(record), hi: records.hashHi(record), lo: records.hashLo(record), leg: records.flags(record) & FLAG.secondLeg };
  const known = state.amendments.get(person) ?? [];
  if (known.some((amendment) => isSame(targetOf(amendment), key))) resolve(state, law, person, known, key);
}

/** Makes the records of one event and its amendments stand or be void, and so on up to the first event. */
function resolve(state: State, law: Law, person: number, all: readonly Amendment[], key: EventKey): void {
  const own = all.find((amendment) => isSame(amendment, key));
  if (own === undefined) {
    const original = findRecord(state, person, key);
    if (original !== 0) setStanding(state, law, person, original, winnerOf(all, key, 0) === undefined);
  }
  for (const amendment of all) {
    if (amendment.record === 0 || !isSame(targetOf(amendment), key)) continue;
    setStanding(state, law, person, amendment.record, winnerOf(all, key, 0) === amendment && winnerOf(all, amendment, 0) === undefined);
  }
  if (own !== undefined) resolve(state, law, person, all, targetOf(own));
}

/** Of the amendments of an event that are in force, the one that holds. `depth` bounds a chain that firms cannot close. */
function winnerOf(all: readonly Amendment[], key: EventKey, depth: number): Amendment | undefined {
  let winner: Amendment | undefined;
  for (const amendment of all) {
    if (!isSame(targetOf(amendment), key) || (winner !== undefined && !isLater(amendment, winner))) continue;
    if (depth > all.length || !isCancelled(all, amendment, depth + 1)) winner = amendment;
  }
  return winner;
}

function isCancelled(all: readonly Amendment[], amendment: Amendment, depth: number): boolean {
  return all.some((other) => other.record === 0 && isSame(targetOf(other), amendment) && (depth > all.length || !isCancelled(all, other, depth + 1)));
}

function isLater(a: Amendment, b: Amendment): boolean {
  return a.seq > b.seq || (a.seq === b.seq && (a.hi > b.hi || (a.hi === b.hi && a.lo > b.lo)));
}

/** The record of an event in the person's chain, newest first; 0 when it is not there. 64 bits and the firm name it. */
function findRecord(state: State, person: number, key: EventKey): number {
  const { records } = state;
  for (let r = state.people.tail(person); r !== 0; r = records.before(r)) {
    if (records.hashLo(r) === key.lo && records.hashHi(r) === key.hi && records.firm(r) === key.firm && (records.flags(r) & FLAG.secondLeg) === key.leg) return r;
  }
  return 0;
}

function setStanding(state: State, law: Law, person: number, record: number, stands: boolean): void {
  reclass(state, person, record, stands ? standingClasses(state, law, record) : CLASS.void);
}

/** Classes of a record that stands, under the law of its time. */
export function standingClasses(state: State, law: Law, record: number): number {
  const c = state.records;
  const listed = state.listed.size > 0 && state.listed.has(record) ? CLASS.listed : 0;
  return listed | classify(c.kind(record), c.flags(record), c.service(record), c.firm(record), c.at(record), c.paisa(record), law);
}
