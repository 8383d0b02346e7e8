/**
 * A person's chain of event records, kept in event order whatever the order of arrival, with the windows
 * as of its newest record for those who have many. Old records leave at the head once the horizon has passed them; what rules
 * still ask of them (the last movement, the first onboarding) stays on the person's row.
 */

import { assert } from '../../terms/index.ts';
import { CLASS, KIND, MOVES } from './classes.ts';
import { HORIZON_US, WINDOW_LONGEST_US } from './limits.ts';
import { PERSON, earlier } from './people.ts';
import type { State } from './state.ts';

/** Eleven billion rupees. Who moves so much has a block from then on: sums that pass their bound break the batch that brought them, and not one that comes later and asks. */
const HUGE_PAISA = 2 ** 40;

/** `repeated`: the very event was there already, and the record was given back. */
export type Linked = 'newest' | 'late' | 'repeated';

/** Links a filled record into its person's chain and brings the windows up to date. */
export function link(state: State, person: number, record: number): Linked {
  const { records, windows, people } = state;
  const tail = people.tail(person);
  let before = tail;
  let order = 1;
  while (before !== 0 && (order = records.compare(record, before)) < 0) before = records.before(before);
  if (before !== 0 && order === 0) {
    discard(state, record);
    state.repeated += 1;
    return 'repeated';
  }
  const after = before === 0 ? people.head(person) : records.after(before);
  records.setBefore(record, before);
  records.setAfter(record, after);
  if (before === 0) people.setHead(person, record);
  else records.setAfter(before, record);
  const block = people.block(person);
  if (after !== 0) {
    state.walks.drop(person);
    records.setBefore(after, record);
    if (block !== 0) windows.admitLate(block, record, tail);
    else if (records.paisa(record) >= HUGE_PAISA) giveBlock(state, person);
    return 'late';
  }
  people.setTail(person, record);
  if (block !== 0) advance(state, person, block, record);
  else if (records.paisa(record) >= HUGE_PAISA) giveBlock(state, person);
  dropOld(state, person);
  return 'newest';
}

/** Gives a person a window block, with the state as of the newest record. */
function giveBlock(state: State, person: number): void {
  state.windows.read(state.people.tail(person));
  state.people.setBlock(person, state.windows.take());
}

/** Moves a block on; a person who was quiet for the longest window gives it back. */
function advance(state: State, person: number, block: number, record: number): void {
  const { windows, people } = state;
  windows.advance(block, record);
  if (!windows.isQuiet(block, record)) return;
  windows.give(block);
  people.setBlock(person, 0);
}

/** Where the window values as of a record begin: in the person's block when it is the newest of many, else read from the chain into the scratch block. */
export function valuesAt(state: State, person: number, record: number): number {
  const { windows, people } = state;
  const isNewest = people.tail(person) === record;
  const block = people.block(person);
  if (block !== 0 && isNewest) return block * windows.stride;
  if (block !== 0) {
    windows.seek(block, record, people.tail(person));
    windows.advance(0, record);
    return 0;
  }
  if (windows.read(record) <= windows.blockFrom || !isNewest) return 0;
  people.setBlock(person, windows.take());
  return 0;
}

/** Was it too late for its windows to be whole? A newest record never is. */
export function isBeyondReach(state: State, person: number, record: number): boolean {
  const { records, people } = state;
  return records.at(record) < Math.min(records.at(people.tail(person)), state.watermark) - (HORIZON_US - WINDOW_LONGEST_US);
}

/** Instant before which records of a person no longer count for anything but the row. */
export function cutOf(state: State, person: number): number {
  return Math.min(state.records.at(state.people.tail(person)), state.watermark) - HORIZON_US;
}

function dropOld(state: State, person: number): void {
  const { records, people } = state;
  let head = people.head(person);
  if (records.at(head) >= state.watermark - HORIZON_US) return;
  const doubtAt = doubtOf(state, person);
  // What is in doubt stays until it was settled, or its own finding would be withdrawn for want of its record.
  const cut = doubtAt === 0 ? cutOf(state, person) : Math.min(cutOf(state, person), doubtAt);
  if (records.at(head) >= cut) return;
  state.walks.dropBefore(person, cut);
  while (records.at(head) < cut) {
    assert(head !== people.tail(person), 'the newest record stays');
    const after = records.after(head);
    foldAway(state, person, head);
    discard(state, head);
    people.setHead(person, after);
    records.setBefore(after, 0);
    head = after;
  }
  forgetRare(state, person, cut);
}

/** What a leaving record leaves on the row. */
function foldAway(state: State, person: number, record: number): void {
  const { records, people } = state;
  const bits = records.classes(record);
  if ((bits & MOVES) !== 0) people.dropMovement(person, records.at(record));
  if ((bits & CLASS.onboard) !== 0) people.dropOnboarding(person, sinceOf(state, record));
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
  state.texts.release(state.records.text(record));
  state.listed.delete(record);
  state.records.give(record);
}

/** Gives a record other classes, in the windows and in the row; from its time on the person is in doubt. */
export function reclass(state: State, person: number, record: number, classes: number): void {
  const { records, people, windows } = state;
  const before = records.classes(record);
  if (before === classes) return;
  const block = people.block(person);
  state.walks.drop(person);
  if (block !== 0) windows.reclass(block, record, people.tail(person), classes);
  records.setClasses(record, classes);
  if (((before | classes) & CLASS.onboard) !== 0) readOnboarding(state, person);
  doubtFrom(state, person, record);
}

/** What a record's coming or going puts in doubt: everything that is still in memory from when on it counts. */
export function doubtFrom(state: State, person: number, record: number): void {
  doubt(state, person, Math.max(sinceOf(state, record), state.records.at(state.people.head(person))));
}

/** From when on a record counts: of an opening load since its customer is known, of anything else its instant. */
export function sinceOf({ records }: State, record: number): number {
  const since = records.kind(record) === KIND.opening ? records.since(record) : 0;
  return since === 0 ? records.at(record) : since;
}

/** The earliest onboarding that stands. */
function readOnboarding(state: State, person: number): void {
  const { records, people } = state;
  let first = people.droppedOnboardedAt(person);
  for (let r = people.head(person); r !== 0; r = records.after(r)) {
    if ((records.classes(r) & CLASS.onboard) !== 0) first = earlier(first, sinceOf(state, r));
  }
  people.setOnboardedAt(person, first);
}

/** From `at` on the person's settled features are in doubt; they are computed again when it is settled. */
export function doubt(state: State, person: number, at: number): void {
  const known = doubtOf(state, person);
  if (known !== 0 && known <= at) return;
  state.people.doubts.set(person, at);
  state.people.mark(person, PERSON.inDoubt);
  state.dirty.add(at, person);
}

/** From when on a person's settled features are in doubt; 0 for nowhere. */
export function doubtOf(state: State, person: number): number {
  return state.people.has(person, PERSON.inDoubt) ? state.people.doubts.get(person) ?? 0 : 0;
}
