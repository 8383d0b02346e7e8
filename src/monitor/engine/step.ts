/**
 * The fold. `step` takes a batch of events in the order of admission into the state and gives what
 * happened to findings; control entries come between batches (entries.ts). Nothing here reads a clock, a socket or chance:
 * the same sequence gives the same state and the same changes, byte for byte, and settled findings do not
 * even depend on the sequence within the watermark, on how it was cut into batches, or on the shards.
 *
 * Each event is decided at once, in admission order: a newest event by the windows as they stand, a late
 * one where it lies in event order. What a late event does to others is settled later (settle.ts).
 *
 * Order of events: time, firm number, 64-bit hash of the event id, first leg before second. The hash
 * stands for the id because comparing texts would need them on the deciding path.
 */

import type { EventBatch } from '../../log/index.ts';
import { FLAG, assert, chainFamily, instantOf } from '../../terms/index.ts';
import { amend, amendArrived, standingClasses } from './amend.ts';
import { doubtFrom, isBeyondReach, link, sinceOf, valuesAt } from './chain.ts';
import { CLASS, KIND } from './classes.ts';
import { evaluate, type Raised } from './evaluate.ts';
import type { FindingChange } from './finding.ts';
import { hashBytes } from './hash.ts';
import type { Law } from './law.ts';
import { WORD, type RecordTerm } from './records.ts';
import { LATENESS_MAX_US } from './limits.ts';
import { PERSON } from './people.ts';
import { settle } from './settle.ts';
import { reserve, type Standing, type State } from './state.ts';

/** What the fold reads of a batch: the columns of rows that were admitted, wherever they are kept. */
export type Activity = Pick<EventBatch, 'count' | 'person' | 'other' | 'at' | 'seq' | 'paisa' | 'since' | 'flags' | 'firm' | 'kind' | 'replacementKind' | 'service' | 'ageBand' | 'province' | 'incomeClass' | 'riskClass'
  | 'heap' | 'offsets' | 'word' | 'text'>;

/** A batch with the instant of its admission. */
export interface Admitted {
  readonly events: Activity;
  readonly admittedAt: number;
}

/** Which rows of a batch this shard decides; all when absent. By the first byte of the person's id. */
export type Owns = (firstByte: number) => boolean;

/** `full`: there was no room, and nothing has changed. `decided`: events decided, second legs not counted. */
export type Outcome = { readonly full: true } | { readonly full: false; readonly decided: number; readonly changes: readonly FindingChange[] };

/** Columns of one batch, taken out once so that the loop over rows reads typed arrays alone. */
interface Rows {
  readonly events: Activity;
  readonly words: Uint32Array;
  readonly others: Uint32Array;
  readonly heap: Uint8Array;
  readonly ids: Uint32Array;
  readonly addresses: Uint32Array;
  readonly accounts: Uint32Array;
  readonly targets: Uint32Array;
}

const EVERY: Owns = () => true;

/** Decides a batch, then settles what its admission instant lets settle. */
export function step(state: State, batch: Admitted, law: Law, owns: Owns = EVERY): Outcome {
  const { events } = batch;
  const rows = rowsOf(events);
  if (!reserve(state, events.count, textUnits(rows))) return { full: true };
  const changes: FindingChange[] = [];
  let decided = 0;
  for (let i = 0; i < events.count; i++) {
    if (i % AHEAD === 0) lookAhead(state, rows, i, Math.min(i + AHEAD, events.count));
    if (!owns(events.person[i * 16] ?? 0)) continue;
    if (((events.flags[i] ?? 0) & FLAG.secondLeg) === 0) decided += 1;
    decide(state, rows, i, law, changes);
  }
  settle(state, law, batch.admittedAt - LATENESS_MAX_US, changes);
  return { full: false, decided, changes };
}

/** Rows whose people are looked up before any of them is decided. */
const AHEAD = 128;

/**
 * Finds the people of rows `from` to `to` and touches their newest records. None of these reads waits for another, so the processor
 * fetches many lines of memory at a time; one event after the other, each would be waited for.
 */
function lookAhead(state: State, rows: Rows, from: number, to: number): void {
  const { people, records, ahead } = state;
  for (let i = from; i < to; i++) ahead[i - from] = people.find(rows.words, i * 4);
  let touched = 0;
  for (let i = 0; i < to - from; i++) touched |= records.after(people.tail(ahead[i] ?? 0));
  ahead[AHEAD] = touched;
}

/** Takes rows in for `person`, whatever id they carry, without deciding them; the caller folds the person again. Room was reserved. */
export function adopt(state: State, person: number, events: Activity, indexes: readonly number[], law: Law): void {
  const rows = rowsOf(events);
  for (const i of indexes) {
    const record = take(state, rows, i, person, law);
    if (record !== 0) doubtFrom(state, person, record);
  }
}

function rowsOf(events: Activity): Rows {
  return {
    events, heap: events.heap, words: wordsOf(events.person, events.count), others: wordsOf(events.other, events.count), ids: events.offsets('id'),
    addresses: events.offsets('address'), accounts: events.offsets('accountToken'), targets: events.offsets('target'),
  };
}

/** Units of text that the ids of a batch need: each a byte more than it is long, in units of 8. */
function textUnits({ ids, events }: Rows): number {
  return (((ids[events.count] ?? 0) - (ids[0] ?? 0)) >>> 3) + 2 * events.count;
}

function wordsOf(column: Uint8Array, count: number): Uint32Array {
  assert(column.byteOffset % 4 === 0, 'a wide column lies on words');
  return new Uint32Array(column.buffer, column.byteOffset, count * 4);
}

/** One row: taken in, and the rules asked about it. */
function decide(state: State, rows: Rows, i: number, law: Law, changes: FindingChange[]): void {
  const at = i * 4;
  const { words } = rows;
  if (((words[at] ?? 0) | (words[at + 1] ?? 0) | (words[at + 2] ?? 0) | (words[at + 3] ?? 0)) === 0) return;
  const person = state.ahead[i % AHEAD] || state.people.find(words, at) || state.people.add(words, at);
  const record = take(state, rows, i, person, law);
  if (record === 0 || (state.records.classes(record) & CLASS.void) !== 0) return;
  const isNewest = state.people.tail(person) === record;
  const raised = isNewest ? decideNewest(state, law, person, record) : decideLate(state, law, person, record);
  for (const { standing, finding } of raised) {
    state.unsettled.add(standing.at, standing);
    changes.push({ change: 'raised', id: standing.id, state: 'provisional', finding, digest: standing.digest });
  }
}

function decideNewest(state: State, law: Law, person: number, record: number): readonly Raised[] {
  const before = state.findings.get(person);
  const findings = before ?? [];
  const raised = evaluate(state, law, person, record, valuesAt, findings);
  if (before === undefined && raised.length > 0) state.findings.set(person, findings);
  return raised;
}

/** A late event is asked about where it lies, with the events that are known before it. */
function decideLate(state: State, law: Law, person: number, record: number): readonly Raised[] {
  const at = state.records.at(record);
  const all = state.findings.get(person) ?? [];
  const before: Standing[] = all.filter((finding) => finding.at < at);
  const after = all.slice(before.length);
  const raised = evaluate(state, law, person, record, valuesAt, before);
  if (raised.length > 0) state.findings.set(person, [...before, ...after]);
  return raised;
}

/** Takes a row into the person's memory; gives its record, or 0 when it leaves none to ask about. */
function take(state: State, rows: Rows, i: number, person: number, law: Law): number {
  const { events } = rows;
  const kind = events.kind[i] ?? 0;
  const at = events.at[i] ?? 0;
  see(state, rows, i, person, kind, at);
  if (kind === KIND.cancel) {
    cancel(state, rows, i, person, law);
    return 0;
  }
  const isAmendment = kind === KIND.correct;
  const isKept = ((events.flags[i] ?? 0) & FLAG.moves) !== 0 || kind === KIND.onboarded || kind === KIND.opening;
  if (!isKept) return 0;
  const record = fill(state, rows, i, isAmendment ? (events.replacementKind[i] ?? 0) : kind, at, law);
  state.records.setClasses(record, isAmendment ? CLASS.void : standingClasses(state, law, record));
  const linked = link(state, person, record);
  if (linked === 'repeated') return 0;
  state.newestAt = Math.max(state.newestAt, at);
  if (linked === 'late') {
    doubtFrom(state, person, record);
    if (isBeyondReach(state, person, record)) state.beyondReach += 1;
  }
  if ((state.records.classes(record) & CLASS.onboard) !== 0) {
    const since = sinceOf(state, record);
    // Who is known for longer than was said is judged again from then on.
    if (since < at && linked === 'newest' && state.records.before(record) !== 0) doubtFrom(state, person, record);
    state.people.onboard(person, since);
  }
  if (isAmendment) correct(state, rows, i, person, record, law);
  else if (state.people.has(person, PERSON.amended)) amendArrived(state, law, person, record);
  return record;
}

/** What every event leaves on the person's row. */
function see(state: State, rows: Rows, i: number, person: number, kind: number, at: number): void {
  state.people.see(person, at, rows.events.firm[i] ?? 0);
  if (kind === KIND.onboarded || kind === KIND.changed || kind === KIND.opening) state.people.describe(person, packProfile(rows.events, i), at);
}

function packProfile(events: Activity, i: number): number {
  const flags = events.flags[i] ?? 0;
  return (events.ageBand[i] ?? 0) | (events.province[i] ?? 0) << 4 | (events.incomeClass[i] ?? 0) << 8 | (events.riskClass[i] ?? 0) << 12
    | ((flags & FLAG.company) === 0 ? 0 : 1 << 16) | ((flags & FLAG.pep) === 0 ? 0 : 1 << 17);
}

/** Writes a row into a record of its own. */
function fill(state: State, rows: Rows, i: number, kind: number, at: number, law: Law): number {
  const { records, texts, hash, term } = state;
  const { events, heap, ids } = rows;
  const from = ids[i] ?? 0;
  const to = ids[i + 1] ?? 0;
  hashBytes(heap, from, to, 0, hash);
  term.at = at;
  term.paisa = events.paisa[i] ?? 0;
  term.hashHi = hash.hi;
  term.hashLo = hash.lo;
  term.flags = events.flags[i] ?? 0;
  term.text = texts.keep(heap, from, to);
  term.firm = events.firm[i] ?? 0;
  term.kind = kind;
  term.service = events.service[i] ?? 0;
  if (kind === KIND.opening) fillSince(term, events.since[i] ?? 0);
  else fillParty(state, rows, i);
  const record = records.take(term);
  if ((rows.addresses[i + 1] ?? 0) > (rows.addresses[i] ?? 0)) lookUp(state, events, i, record, law);
  return record;
}

/** An opening load names no counterparty, and says since when its customer is known. */
function fillSince(term: RecordTerm, since: number): void {
  term.partyHi = Math.floor(since / WORD);
  term.partyLo = since % WORD;
}

/** Key of the counterparty: wallet address, bank account, or the other customer's person id. */
function fillParty(state: State, rows: Rows, i: number): void {
  const { hash, term } = state;
  const spans = (rows.addresses[i + 1] ?? 0) > (rows.addresses[i] ?? 0) ? rows.addresses : rows.accounts;
  const from = spans[i] ?? 0;
  const to = spans[i + 1] ?? 0;
  hash.hi = rows.others[i * 4 + 1] ?? 0;
  hash.lo = rows.others[i * 4 + 2] ?? 0;
  if (to > from) hashBytes(rows.heap, from, to, 1, hash);
  term.partyHi = hash.hi;
  term.partyLo = hash.lo;
}

function lookUp(state: State, events: Activity, i: number, record: number, law: Law): void {
  const listed = law.wallets.lookup(chainFamily(events.word('chain', i)), events.text('address', i), instantOf(events.at[i] ?? 0));
  if (listed !== undefined) state.listed.set(record, { list: listed.list, entry: listed.entry, version: listed.version, force: listed.force });
}

function correct(state: State, rows: Rows, i: number, person: number, record: number, law: Law): void {
  const c = state.records;
  const leg = c.flags(record) & FLAG.secondLeg;
  const { hash } = state;
  hashBytes(rows.heap, rows.targets[i] ?? 0, rows.targets[i + 1] ?? 0, 0, hash);
  amend(state, law, person, {
    firm: c.firm(record), targetHi: hash.hi, targetLo: hash.lo, leg, seq: rows.events.seq[i] ?? 0, hi: c.hashHi(record), lo: c.hashLo(record),
    at: c.at(record), record,
  });
}

function cancel(state: State, rows: Rows, i: number, person: number, law: Law): void {
  const { events } = rows;
  const own = { hi: 0, lo: 0 };
  const target = { hi: 0, lo: 0 };
  hashBytes(rows.heap, rows.ids[i] ?? 0, rows.ids[i + 1] ?? 0, 0, own);
  hashBytes(rows.heap, rows.targets[i] ?? 0, rows.targets[i + 1] ?? 0, 0, target);
  const isNew = amend(state, law, person, {
    firm: events.firm[i] ?? 0, targetHi: target.hi, targetLo: target.lo, leg: (events.flags[i] ?? 0) & FLAG.secondLeg, seq: events.seq[i] ?? 0, ...own,
    at: events.at[i] ?? 0, record: 0,
  });
  if (!isNew) state.repeated += 1;
}
