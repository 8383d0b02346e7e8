/**
 * A person's chain of event records, kept in event order whatever the order of arrival, with the windows
 * as of its newest record. Old records leave at the head once the horizon has passed them; what rules
 * still ask of them (the last movement, the first onboarding) stays on the person's row.
 */

import { assert } from '../../terms/index.ts';
import { CLASS, KIND, MOVES } from './classes.ts';
import { HORIZON_US, WINDOW_LONGEST_US } from './limits.ts';
import type { State } from './state.ts';

/** `repeated`: the very event was there already, and the record was given back. */
export type Linked = 'newest' | 'late' | 'repeated';

/** Links a filled record into its person's chain and brings the windows up to date. */
export function link(state: State, person: number, record: number): Linked {
  const { records, windows } = state;
  const people = state.people.columns;
  const { prev, next } = records.columns;
  const tail = people.tail[person] ?? 0;
  let before = tail;
  let order = 1;
  while (before !== 0 && (order = records.compare(record, before)) < 0) before = prev[before] ?? 0;
  if (before !== 0 && order === 0) {
    discard(state, record);
    state.repeated += 1;
    return 'repeated';
  }
  const after = before === 0 ? (people.head[person] ?? 0) : (next[before] ?? 0);
  prev[record] = before;
  next[record] = after;
  if (before === 0) people.head[person] = record;
  else next[before] = record;
  people.length[person] = (people.length[person] ?? 0) + 1;
  const block = blockOf(state, person);
  if (after !== 0) {
    prev[after] = record;
    windows.admitLate(block, record, tail);
    return 'late';
  }
  people.tail[person] = record;
  windows.advance(block, record);
  dropOld(state, person);
  return 'newest';
}

/** Was it too late for its windows to be whole? A newest record never is. */
export function isBeyondReach(state: State, person: number, record: number): boolean {
  const { at } = state.records.columns;
  const newest = at[state.people.columns.tail[person] ?? 0] ?? 0;
  return (at[record] ?? 0) < Math.min(newest, state.watermark) - (HORIZON_US - WINDOW_LONGEST_US);
}

function blockOf(state: State, person: number): number {
  const people = state.people.columns;
  const block = people.block[person] ?? 0;
  if (block !== 0) return block;
  const made = state.windows.take();
  people.block[person] = made;
  return made;
}

/** Instant before which records of a person no longer count for anything but the row. */
export function cutOf(state: State, person: number): number {
  const newest = state.records.columns.at[state.people.columns.tail[person] ?? 0] ?? 0;
  return Math.min(newest, state.watermark) - HORIZON_US;
}

function dropOld(state: State, person: number): void {
  const people = state.people.columns;
  const { at } = state.records.columns;
  const doubtAt = people.dirtyAt[person] ?? 0;
  // What is in doubt stays until it was settled, or its own finding would be withdrawn for want of its record.
  const cut = doubtAt === 0 ? cutOf(state, person) : Math.min(cutOf(state, person), doubtAt);
  let head = people.head[person] ?? 0;
  if ((at[head] ?? 0) >= cut) return;
  while ((at[head] ?? 0) < cut) {
    assert(head !== people.tail[person], 'the newest record stays');
    const after = state.records.columns.next[head] ?? 0;
    foldAway(state, person, head);
    discard(state, head);
    people.length[person] = (people.length[person] ?? 0) - 1;
    people.head[person] = after;
    state.records.columns.prev[after] = 0;
    head = after;
  }
  forgetRare(state, person, cut);
}

/** What a leaving record leaves on the row. */
function foldAway(state: State, person: number, record: number): void {
  const people = state.people.columns;
  const { at, classes } = state.records.columns;
  const bits = classes[record] ?? 0;
  const time = at[record] ?? 0;
  if ((bits & MOVES) !== 0) people.droppedMovedAt[person] = Math.max(people.droppedMovedAt[person] ?? 0, time);
  if ((bits & CLASS.onboard) !== 0) people.droppedOnboardedAt[person] = earlier(people.droppedOnboardedAt[person] ?? 0, sinceOf(state, record));
}

/** The earlier of two instants of which 0 means "none". */
export function earlier(a: number, b: number): number {
  if (a === 0 || b === 0) return a + b;
  return Math.min(a, b);
}

function forgetRare(state: State, person: number, cut: number): void {
  const amendments = state.amendments.get(person)?.filter((amendment) => amendment.at >= cut);
  if (amendments?.length === 0) state.amendments.delete(person);
  else if (amendments !== undefined) state.amendments.set(person, amendments);
  const findings = state.findings.get(person)?.filter((finding) => finding.at >= cut || !finding.settled);
  if (findings?.length === 0) state.findings.delete(person);
  else if (findings !== undefined) state.findings.set(person, findings);
}

/** Gives back a record that is in no chain. */
export function discard(state: State, record: number): void {
  const { text, textLength } = state.records.columns;
  state.texts.release(text[record] ?? 0, textLength[record] ?? 0);
  state.listed.delete(record);
  state.records.give(record);
}

/** Gives a record other classes, in the windows and in the row; from its time on the person is in doubt. */
export function reclass(state: State, person: number, record: number, classes: number): void {
  const before = state.records.columns.classes[record] ?? 0;
  if (before === classes) return;
  state.windows.reclass(blockOf(state, person), record, state.people.columns.tail[person] ?? 0, classes);
  if (((before | classes) & CLASS.onboard) !== 0) readOnboarding(state, person);
  doubtFrom(state, person, record);
}

/** What a record's coming or going puts in doubt: everything that is still in memory from when on it counts. */
export function doubtFrom(state: State, person: number, record: number): void {
  const head = state.people.columns.head[person] ?? 0;
  doubt(state, person, Math.max(sinceOf(state, record), state.records.columns.at[head] ?? 0));
}

/** Two words hold an instant below 2^53. */
const WORD = 2 ** 32;

/** Keeps since when an opening load says that its customer is known; 0 when it does not say. */
export function keepSince(state: State, record: number, since: number): void {
  const { partyHi, partyLo } = state.records.columns;
  partyHi[record] = Math.floor(since / WORD);
  partyLo[record] = since % WORD;
}

/** From when on a record counts: of an opening load since its customer is known, of anything else its instant. */
export function sinceOf(state: State, record: number): number {
  const { at, kind, partyHi, partyLo } = state.records.columns;
  const since = kind[record] === KIND.opening ? (partyHi[record] ?? 0) * WORD + (partyLo[record] ?? 0) : 0;
  return since === 0 ? (at[record] ?? 0) : since;
}

/** The earliest onboarding that stands. */
function readOnboarding(state: State, person: number): void {
  const people = state.people.columns;
  const { next, classes } = state.records.columns;
  let first = people.droppedOnboardedAt[person] ?? 0;
  for (let r = people.head[person] ?? 0; r !== 0; r = next[r] ?? 0) {
    if (((classes[r] ?? 0) & CLASS.onboard) !== 0) first = earlier(first, sinceOf(state, r));
  }
  people.onboardedAt[person] = first;
}

/** From `at` on the person's settled features are in doubt; they are computed again when it is settled. */
export function doubt(state: State, person: number, at: number): void {
  const { dirtyAt } = state.people.columns;
  const known = dirtyAt[person] ?? 0;
  if (known !== 0 && known <= at) return;
  dirtyAt[person] = at;
  state.dirty.add(at, person);
}
