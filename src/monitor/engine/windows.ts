/**
 * Exact sliding windows. Most people have a handful of events in their longest window: their figures are read from the chain
 * when a rule asks. Who has more gets a block: one value for each feature of the plan and, for each
 * window, a cursor on the oldest record still inside. A record is added once and taken away once, so an
 * event costs O(1) amortised however many events the person has. Sums are whole paisa in doubles, exact
 * below 2^53, so taking away restores the very value that was there, and both ways give the same; a sum that passes 2^53 is a broken
 * invariant.
 *
 * `front` is the state as of the person's newest record. It does not depend on the order of arrival: a
 * record that comes late is added where it lies inside. `seek` gives the state just before any earlier
 * record by sliding a copy back from the front, at the cost of the distance.
 */

import { assert } from '../../terms/index.ts';
import type { Plan } from './measure.ts';
import type { Records } from './records.ts';

/** Records in the longest window from which on a person has a block: reading as many from the chain costs about what a block's cache misses do. */
const BLOCK_FROM_RECORDS = 12;
/** Places of the table of features by classes; a power of two. A few dozen classes occur. */
const MATCHES = 1_024;

/** The features that count an event of some classes, window by window. */
interface Match {
  readonly classes: number;
  readonly features: readonly Uint16Array[];
}

export class Windows {
  readonly plan: Plan;
  readonly blockFrom: number;
  readonly stride: number;
  readonly width: number;
  values: Float64Array;
  cursors: Uint32Array;
  /** Next block to give; block 0 is the scratch block. */
  next = 1;
  /** Blocks that were given back. */
  readonly free: number[] = [];
  readonly #records: Records;
  readonly #lengths: Float64Array;
  readonly #longest: number;
  readonly #sums: Uint8Array;
  readonly #matches: (Match | undefined)[] = Array.from({ length: MATCHES }, () => undefined);

  constructor(plan: Plan, blocks: number, records: Records, blockFrom = BLOCK_FROM_RECORDS) {
    this.plan = plan;
    this.blockFrom = blockFrom;
    this.stride = plan.features.length;
    this.width = plan.windows.length;
    this.values = new Float64Array(blocks * this.stride);
    this.cursors = new Uint32Array(blocks * this.width);
    this.#records = records;
    this.#lengths = Float64Array.from(plan.windows.map((window) => window.lengthUs));
    this.#longest = Math.max(0, ...this.#lengths);
    this.#sums = Uint8Array.from(plan.features.map((feature) => (feature.what === 'sum' ? 1 : 0)));
  }

  get capacity(): number {
    return this.stride === 0 ? this.next + 1 : this.values.length / this.stride;
  }

  static bytesOf(plan: Plan, blocks: number): number {
    return blocks * (plan.features.length * 8 + plan.windows.length * 4);
  }

  grow(blocks: number): void {
    const values = new Float64Array(blocks * this.stride);
    values.set(this.values);
    const cursors = new Uint32Array(blocks * this.width);
    cursors.set(this.cursors);
    this.values = values;
    this.cursors = cursors;
  }

  /** A block that holds what the scratch block does. Room was reserved. */
  take(): number {
    const block = this.free.pop() ?? this.next++;
    assert(this.next <= this.capacity, 'room for windows was reserved');
    this.values.copyWithin(block * this.stride, 0, this.stride);
    this.cursors.copyWithin(block * this.width, 0, this.width);
    return block;
  }

  give(block: number): void {
    this.free.push(block);
  }

  /** Is the block's last record the only one in the longest window? */
  isQuiet(block: number, newest: number): boolean {
    return this.width > 0 && this.cursors[(block + 1) * this.width - 1] === newest;
  }

  /** Puts the state as of `record` into the scratch block, read from the chain; gives how many records lie in the longest window. */
  read(record: number): number {
    const records = this.#records;
    this.values.fill(0, 0, this.stride);
    const now = records.at(record);
    let count = 0;
    let narrowest = 0;
    for (let r = record; r !== 0; r = records.before(r)) {
      const age = now - records.at(r);
      if (age >= this.#longest) break;
      count += 1;
      while (age >= (this.#lengths[narrowest] ?? 0)) narrowest += 1;
      const match = this.#matchOf(records.classes(r));
      for (let w = narrowest; w < this.width; w++) {
        this.cursors[w] = r;
        this.#add(0, match.features[w], r, 1);
      }
    }
    return count;
  }

  /** Moves a block on to `record`, which comes right after the newest record that the block knows. */
  advance(block: number, record: number): void {
    const records = this.#records;
    const { cursors, width } = this;
    const now = records.at(record);
    const match = this.#matchOf(records.classes(record));
    for (let w = 0; w < width; w++) {
      const place = block * width + w;
      const after = now - (this.#lengths[w] ?? 0);
      let cursor = cursors[place] ?? 0;
      while (cursor !== 0 && cursor !== record && records.at(cursor) <= after) {
        this.#add(block, this.#matchOf(records.classes(cursor)).features[w], cursor, -1);
        cursor = records.after(cursor);
      }
      cursors[place] = cursor === 0 ? record : cursor;
      this.#add(block, match.features[w], record, 1);
    }
  }

  /** Adds a record that was linked in before the newest one, where it lies inside; `newest` is the chain's tail. */
  admitLate(block: number, record: number, newest: number): void {
    const records = this.#records;
    const match = this.#matchOf(records.classes(record));
    for (let w = 0; w < this.width; w++) {
      if (records.at(record) <= records.at(newest) - (this.#lengths[w] ?? 0)) continue;
      const place = block * this.width + w;
      if (records.after(record) === this.cursors[place]) this.cursors[place] = record;
      this.#add(block, match.features[w], record, 1);
    }
  }

  /** Gives a record other classes, where it lies inside the front windows. The caller writes them into the record. */
  reclass(block: number, record: number, newest: number, classes: number): void {
    const records = this.#records;
    const [was, will] = [this.#matchOf(records.classes(record)), this.#matchOf(classes)];
    for (let w = 0; w < this.width; w++) {
      if (records.at(record) <= records.at(newest) - (this.#lengths[w] ?? 0)) continue;
      this.#add(block, was.features[w], record, -1);
      this.#add(block, will.features[w], record, 1);
    }
  }

  /** Puts the state just before `record` into the scratch block, sliding back from the front at `newest`. */
  seek(block: number, record: number, newest: number): void {
    const records = this.#records;
    this.values.copyWithin(0, block * this.stride, (block + 1) * this.stride);
    const now = records.at(record);
    for (let w = 0; w < this.width; w++) {
      let cursor = this.cursors[block * this.width + w] ?? 0;
      for (let r = newest; ; r = records.before(r)) {
        if (cursor !== 0) this.#add(0, this.#matchOf(records.classes(r)).features[w], r, -1);
        if (r === cursor) cursor = 0;
        if (r === record) break;
      }
      const after = now - (this.#lengths[w] ?? 0);
      for (let r = records.before(cursor === 0 ? record : cursor); r !== 0 && records.at(r) > after; r = records.before(r)) {
        this.#add(0, this.#matchOf(records.classes(r)).features[w], r, 1);
        cursor = r;
      }
      this.cursors[w] = cursor;
    }
  }

  /** Is the scratch block, slid forward to the newest record, what the front is? */
  agrees(block: number): boolean {
    const from = block * this.stride;
    for (let f = 0; f < this.stride; f++) if (this.values[f] !== this.values[from + f]) return false;
    for (let w = 0; w < this.width; w++) if (this.cursors[w] !== this.cursors[block * this.width + w]) return false;
    return true;
  }

  /** Counts a record in, or out, for some features of a block. */
  #add(block: number, features: Uint16Array | undefined, record: number, sign: 1 | -1): void {
    if (features === undefined || features.length === 0) return;
    const base = block * this.stride;
    const paisa = this.#records.paisa(record);
    const { values } = this;
    for (let i = 0; i < features.length; i++) {
      const f = features[i] ?? 0;
      const value = (values[base + f] ?? 0) + sign * (this.#sums[f] === 1 ? paisa : 1);
      if (value > Number.MAX_SAFE_INTEGER) assert(false, 'a windowed sum stays below 2^53 paisa');
      if (value < 0) assert(false, 'a window gives back no more than it took');
      values[base + f] = value;
    }
  }

  #matchOf(classes: number): Match {
    const place = Math.imul(classes, 0x9e3779b1) >>> 22;
    const known = this.#matches[place];
    if (known !== undefined && known.classes === classes) return known;
    const features = this.plan.windows.map(({ from, to }) => Uint16Array.from(this.plan.features.slice(from, to).flatMap(({ any, all, none }, i) => (
      (classes & any) !== 0 && (classes & all) === all && (classes & none) === 0 ? [from + i] : []))));
    const match = { classes, features };
    this.#matches[place] = match;
    return match;
  }
}
