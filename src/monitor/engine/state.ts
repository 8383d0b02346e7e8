/**
 * The state of one shard: people, their event records and windows in typed memory, and beside it what is
 * rare (findings that stand, corrections, listed wallets). One writer. Room for a whole batch is reserved
 * before it is applied; when the ceiling does not allow it the shard is full, says so, and has changed
 * nothing: intake can then refuse, and no event is lost.
 */

import { assert } from '../../terms/index.ts';
import { Due } from './due.ts';
import type { Hash64 } from './hash.ts';
import { ID_BYTES_MAX } from './limits.ts';
import type { ListedWallet } from './law.ts';
import type { Moment, Plan } from './measure.ts';
import { People } from './people.ts';
import { Records } from './records.ts';
import { Texts } from './texts.ts';
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
  /** People to make room for at first. */
  readonly people?: number;
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
  /** Scratch of the distinct count. */
  readonly partySeen: Set<number>;
}

/** An empty shard. */
export function openState(options: StateOptions): State {
  const rows = Math.max(1024, options.people ?? 0);
  const records = new Records(rows);
  const windows = new Windows(options.plan, rows, records);
  const state: Omit<State, 'moment'> = {
    plan: options.plan, bytesMax: options.bytesMax, people: new People(rows), records, texts: new Texts(rows * 3), windows,
    findings: new Map(), amendments: new Map(), listed: new Map(), dirty: new Due(), unsettled: new Due(),
    watermark: 0, newestAt: 0, beyondReach: 0, repeated: 0, hash: { hi: 0, lo: 0 }, partySeen: new Set(),
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

/** Makes room for `rows` more events; false when the ceiling does not allow it, and then nothing has changed. */
export function reserve(state: State, rows: number): boolean {
  assert(rows >= 0, 'room is asked for a count of rows');
  const { people, records, texts, windows } = state;
  const wanted = {
    people: roomFor(people.capacity, people.next + rows), records: roomFor(records.capacity, records.next + rows),
    texts: roomFor(texts.capacity, texts.units + rows * (ID_BYTES_MAX / 8)), windows: roomFor(windows.capacity, windows.next + rows),
  };
  const bytes = People.bytesOf(wanted.people) + Records.bytesOf(wanted.records) + wanted.texts * 8 + Windows.bytesOf(state.plan, wanted.windows);
  if (bytes > state.bytesMax && bytes > bytesOf(state)) return false;
  if (wanted.people > people.capacity) people.grow(wanted.people);
  if (wanted.records > records.capacity) records.grow(wanted.records);
  if (wanted.texts > texts.capacity) texts.grow(wanted.texts);
  if (wanted.windows > windows.capacity) windows.grow(wanted.windows);
  return true;
}

/** Half as much again, so that on average a fifth of the memory is room and not a third; growing copies three bytes for each that is used, instead of two. */
function roomFor(capacity: number, needed: number): number {
  let size = capacity;
  while (size < needed) size += size >>> 1;
  return size;
}
