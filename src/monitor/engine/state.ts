/**
 * The state of one shard: people, their event records and windows in typed memory, and beside it what is
 * rare (findings that stand, corrections, listed wallets). One writer. Room for a whole batch is reserved
 * before it is applied; when the ceiling does not allow it the shard is full, says so, and has changed
 * nothing: intake can then refuse, and no event is lost.
 */

import { assert } from '../../terms/index.ts';
import { Due } from './due.ts';
import type { Hash64 } from './hash.ts';
import type { ListedWallet } from './law.ts';
import type { Moment, Plan } from './measure.ts';
import { People } from './people.ts';
import { Records, type RecordTerm } from './records.ts';
import { TEXT_UNITS_MAX, Texts } from './texts.ts';
import { Walks } from './walks.ts';
import { Windows } from './windows.ts';

/** A finding that stands: what the engine must remember of it. */
export interface Standing {
  readonly id: string;
  readonly rule: string;
  readonly version: number;
  /** What the quiet period is about: 0 for the person, else the firm's number. */
  readonly scope: number;
  readonly person: number;
  /** Key of its event. */
  readonly at: number;
  readonly firm: number;
  readonly hi: number;
  readonly lo: number;
  readonly leg: number;
  /** The rule's first measure: a quiet rule speaks again when it doubles. */
  readonly primary: number;
  /** SHA-256 of what the finding says. */
  readonly digest: string;
  settled: boolean;
  gone: boolean;
}

/** A correction or cancellation of an earlier event. */
export interface Amendment {
  readonly firm: number;
  readonly targetHi: number;
  readonly targetLo: number;
  readonly leg: number;
  /** The amendment's own number in its stream and hash of its id: of several, the last said holds. */
  readonly seq: number;
  readonly hi: number;
  readonly lo: number;
  readonly at: number;
  /** Record of the event as corrected; 0 for a cancellation. */
  readonly record: number;
}

export interface StateOptions {
  readonly plan: Plan;
  /** Bytes of typed memory at most. */
  readonly bytesMax: number;
  /** People, and records, to make room for at first. */
  readonly people?: number;
  readonly records?: number;
  /** Records in the longest window from which on a person has a window block; what is found does not depend on it. */
  readonly blockFrom?: number;
  /** Movements that a walk must have seen to be kept; likewise. */
  readonly walkFrom?: number;
}

/** A shard's memory. Only `step`, `applyEntry` and `settle` change it. */
export interface State {
  readonly plan: Plan;
  readonly bytesMax: number;
  readonly people: People;
  readonly records: Records;
  readonly texts: Texts;
  readonly windows: Windows;
  /** By person row, in event order. */
  readonly findings: Map<number, Standing[]>;
  readonly amendments: Map<number, Amendment[]>;
  /** By record: what the list said when the event was admitted. */
  readonly listed: Map<number, ListedWallet>;
  readonly dirty: Due<number>;
  readonly unsettled: Due<Standing>;
  /** Events before it are settled. */
  watermark: number;
  /** Greatest event time seen. */
  newestAt: number;
  /** Events that came too late to be recomputed exactly, ever. */
  beyondReach: number;
  /** Rows that were there already, ever. */
  repeated: number;
  readonly moment: Moment;
  readonly hash: Hash64;
  /** People of the next rows, looked up ahead; 0 for who was not known then. */
  readonly ahead: Uint32Array;
  /** The record that is being written. */
  readonly term: RecordTerm;
  /** Scratch of the distinct count. */
  readonly partySeen: Set<number>;
  readonly parties: Float64Array;
  /** Long walks, kept. */
  readonly walks: Walks;
}

/** An empty shard. */
export function openState(options: StateOptions): State {
  const rows = Math.max(ROWS_AT_FIRST, options.people ?? 0);
  const slots = Math.max(ROWS_AT_FIRST, options.records ?? 0);
  const records = new Records(slots);
  const windows = new Windows(options.plan, ROWS_AT_FIRST, records, options.blockFrom);
  const state: Omit<State, 'moment'> = {
    plan: options.plan, bytesMax: options.bytesMax, people: new People(rows), records, texts: new Texts(slots * 2), windows,
    findings: new Map(), amendments: new Map(), listed: new Map(), dirty: new Due(), unsettled: new Due(),
    watermark: 0, newestAt: 0, beyondReach: 0, repeated: 0, hash: { hi: 0, lo: 0 }, term: { at: 0, paisa: 0, hashHi: 0, hashLo: 0, partyHi: 0, partyLo: 0, flags: 0, text: 0, firm: 0, kind: 0, service: 0 }, partySeen: new Set(), parties: new Float64Array(PARTIES_LISTED), walks: new Walks(options.walkFrom), ahead: new Uint32Array(129),
  };
  const whole = state as State & { moment: Moment };
  whole.moment = { state: whole, person: 0, record: 0, values: windows.values, base: 0 };
  return whole;
}

/** Bytes of typed memory in use. */
export function bytesOf(state: State): number {
  return People.bytesOf(state.people.capacity) + Records.bytesOf(state.records.capacity)
    + state.texts.bytes.length + Windows.bytesOf(state.plan, state.windows.capacity);
}

/**
 * Makes room for `rows` more events whose ids take so many units of text; false when the ceiling does not allow it, and then nothing
 * has changed. Near the ceiling room grows by small steps: what is left is used before the shard is full.
 */
export function reserve(state: State, rows: number, textUnits = rows * TEXT_UNITS_MAX): boolean {
  assert(rows >= 0, 'room is asked for a count of rows');
  const { people, records, texts, windows } = state;
  const room = (grow: Grow) => ({
    people: grow(people.capacity, people.next + rows), records: grow(records.capacity, records.next + rows), texts: grow(texts.capacity, texts.units + textUnits), windows: grow(windows.capacity, windows.next + rows),
  });
  const bytes = (wanted: ReturnType<typeof room>) => People.bytesOf(wanted.people) + Records.bytesOf(wanted.records) + wanted.texts * 8 + Windows.bytesOf(state.plan, wanted.windows);
  const wanted = [room(widely), room(narrowly)].find((one) => bytes(one) <= Math.max(state.bytesMax, bytesOf(state)));
  if (wanted === undefined) return false;
  if (wanted.people > people.capacity) people.grow(wanted.people);
  if (wanted.records > records.capacity) records.grow(wanted.records);
  if (wanted.texts > texts.capacity) texts.grow(wanted.texts);
  if (wanted.windows > windows.capacity) windows.grow(wanted.windows);
  return true;
}

/** Capacity for what is needed. */
type Grow = (capacity: number, needed: number) => number;

/** Different parties that a walk keeps in a list before it takes a set. */
const PARTIES_LISTED = 12;

/** People, records and window blocks that a new shard has room for. */
const ROWS_AT_FIRST = 256;
/** From here on room grows by an eighth: a growth then copies hundreds of megabytes, and a half unused would be as much. */
const LARGE = 2 ** 21;

/** Half as much again, so that on average a fifth of the memory is room and not a third; growing copies three bytes for each that is used, instead of two. */
function widely(capacity: number, needed: number): number {
  let size = capacity;
  while (size < needed) size += size >>> (size < LARGE ? 1 : 3);
  return size;
}

/** A sixty-fourth more than is needed. */
function narrowly(capacity: number, needed: number): number {
  return needed <= capacity ? capacity : needed + (needed >>> 6);
}
