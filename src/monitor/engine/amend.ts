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
  const { bits } = state.people.columns;
  bits[person] = (bits[person] ?? 0) | PERSON.amended;
  resolve(state, law, person, known, targetOf(amendment));
  return true;
}

/** A record has arrived for a person with amendments: one of them may have waited for it. */
export function amendArrived(state: State, law: Law, person: number, record: number): void {
  const { firm, hashHi, hashLo, flags } = state.records.columns;
  const key = { firm: firm[record] ?? 0, hi: hashHi[record] ?? 0, lo: hashLo[record] ?? 0, leg: (flags[record] ?? 0) & FLAG.secondLeg };
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
  const { prev, firm, hashHi, hashLo, flags } = state.records.columns;
  for (let r = state.people.columns.tail[person] ?? 0; r !== 0; r = prev[r] ?? 0) {
    if (hashLo[r] === key.lo && hashHi[r] === key.hi && firm[r] === key.firm && ((flags[r] ?? 0) & FLAG.secondLeg) === key.leg) return r;
  }
  return 0;
}

function setStanding(state: State, law: Law, person: number, record: number, stands: boolean): void {
  reclass(state, person, record, stands ? standingClasses(state, law, record) : CLASS.void);
}

/** Classes of a record that stands, under the law of its time. */
export function standingClasses(state: State, law: Law, record: number): number {
  const c = state.records.columns;
  const listed = state.listed.has(record) ? CLASS.listed : 0;
  return listed | classify(c.kind[record] ?? 0, c.flags[record] ?? 0, c.service[record] ?? 0, c.firm[record] ?? 0, c.at[record] ?? 0, c.paisa[record] ?? 0, law);
}
