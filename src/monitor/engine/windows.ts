/**
 * Exact sliding windows. A person's block holds one value for each feature of the plan and, for each
 * window, a cursor on the oldest record still inside. A record is added once and taken away once, so an
 * event costs O(1) amortised however many events the person has. Sums are whole paisa in doubles, exact
 * below 2^53, so taking away restores the very value that was there; a sum that passes 2^53 is a broken
 * invariant.
 *
 * `front` is the state as of the person's newest record. It does not depend on the order of arrival: a
 * record that comes late is added where it lies inside. `seek` gives the state just before any earlier
 * record by sliding a copy back from the front, at the cost of the distance.
 */

import { assert } from '../../terms/index.ts';
import type { Plan } from './measure.ts';
import type { Records } from './records.ts';

export class Windows {
  readonly plan: Plan;
  readonly stride: number;
  readonly width: number;
  values: Float64Array;
  cursors: Uint32Array;
  /** Next block to give; block 0 is the scratch block of `seek`. */
  next = 1;
  readonly #records: Records;
  readonly #any: Uint32Array;
  readonly #all: Uint32Array;
  readonly #none: Uint32Array;
  readonly #sums: Uint8Array;

  constructor(plan: Plan, blocks: number, records: Records) {
    this.plan = plan;
    this.stride = plan.features.length;
    this.width = plan.windows.length;
    this.values = new Float64Array(blocks * this.stride);
    this.cursors = new Uint32Array(blocks * this.width);
    this.#records = records;
    this.#any = Uint32Array.from(plan.features.map((column) => column.any));
    this.#all = Uint32Array.from(plan.features.map((column) => column.all));
    this.#none = Uint32Array.from(plan.features.map((column) => column.none));
    this.#sums = Uint8Array.from(plan.features.map((feature) => (feature.what === 'sum' ? 1 : 0)));
  }

  get capacity(): number {
    return this.values.length / this.stride;
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

  take(): number {
    assert(this.next < this.capacity, 'room for windows was reserved');
    return this.next++;
  }

  /** Empties a block. */
  clear(block: number): void {
    this.values.fill(0, block * this.stride, (block + 1) * this.stride);
    this.cursors.fill(0, block * this.width, (block + 1) * this.width);
  }

  /** Moves a block on to `record`, which comes right after the newest record that the block knows. */
  advance(block: number, record: number): void {
    const { at, next } = this.#records.columns;
    const { cursors, width, plan } = this;
    const now = at[record] ?? 0;
    for (let w = 0; w < width; w++) {
      const place = block * width + w;
      const after = now - (plan.windows[w]?.lengthUs ?? 0);
      let cursor = cursors[place] ?? 0;
      while (cursor !== 0 && cursor !== record && (at[cursor] ?? 0) <= after) {
        this.#leave(block, w, cursor);
        cursor = next[cursor] ?? 0;
      }
      cursors[place] = cursor === 0 ? record : cursor;
      this.#enter(block, w, record);
    }
  }

  /** Adds a record that was linked in before the newest one, where it lies inside; `newest` is the chain's tail. */
  admitLate(block: number, record: number, newest: number): void {
    const { at, next } = this.#records.columns;
    for (let w = 0; w < this.width; w++) {
      if ((at[record] ?? 0) <= (at[newest] ?? 0) - (this.plan.windows[w]?.lengthUs ?? 0)) continue;
      const place = block * this.width + w;
      if (next[record] === this.cursors[place]) this.cursors[place] = record;
      this.#enter(block, w, record);
    }
  }

  /** Gives a record other classes, where it lies inside the front windows. The caller writes the column. */
  reclass(block: number, record: number, newest: number, classes: number): void {
    const { columns } = this.#records;
    const before = columns.classes[record] ?? 0;
    for (let w = 0; w < this.width; w++) {
      if ((columns.at[record] ?? 0) <= (columns.at[newest] ?? 0) - (this.plan.windows[w]?.lengthUs ?? 0)) continue;
      this.#leave(block, w, record);
      columns.classes[record] = classes;
      this.#enter(block, w, record);
      columns.classes[record] = before;
    }
    columns.classes[record] = classes;
  }

  /** Puts the state just before `record` into the scratch block, sliding back from the front at `newest`. */
  seek(block: number, record: number, newest: number): void {
    const { at, prev } = this.#records.columns;
    this.values.copyWithin(0, block * this.stride, (block + 1) * this.stride);
    const now = at[record] ?? 0;
    for (let w = 0; w < this.width; w++) {
      let cursor = this.cursors[block * this.width + w] ?? 0;
      for (let r = newest; ; r = prev[r] ?? 0) {
        if (cursor !== 0) this.#leave(0, w, r);
        if (r === cursor) cursor = 0;
        if (r === record) break;
      }
      const after = now - (this.plan.windows[w]?.lengthUs ?? 0);
      for (let r = prev[cursor === 0 ? record : cursor] ?? 0; r !== 0 && (at[r] ?? 0) > after; r = prev[r] ?? 0) {
        this.#enter(0, w, r);
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

  #enter(block: number, w: number, record: number): void {
    const { classes, paisa } = this.#records.columns;
    const bits = classes[record] ?? 0;
    if ((bits & this.plan.counted) === 0) return;
    const window = this.plan.windows[w];
    if (window === undefined) return;
    const base = block * this.stride;
    const [any, all, none] = [this.#any, this.#all, this.#none];
    for (let f = window.from; f < window.to; f++) {
      if ((bits & (any[f] ?? 0)) === 0 || (bits & (none[f] ?? 0)) !== 0 || (~bits & (all[f] ?? 0)) !== 0) continue;
      const value = (this.values[base + f] ?? 0) + (this.#sums[f] === 1 ? (paisa[record] ?? 0) : 1);
      if (value > Number.MAX_SAFE_INTEGER) assert(false, 'a windowed sum stays below 2^53 paisa');
      this.values[base + f] = value;
    }
  }

  #leave(block: number, w: number, record: number): void {
    const { classes, paisa } = this.#records.columns;
    const bits = classes[record] ?? 0;
    if ((bits & this.plan.counted) === 0) return;
    const window = this.plan.windows[w];
    if (window === undefined) return;
    const base = block * this.stride;
    const [any, all, none] = [this.#any, this.#all, this.#none];
    for (let f = window.from; f < window.to; f++) {
      if ((bits & (any[f] ?? 0)) === 0 || (bits & (none[f] ?? 0)) !== 0 || (~bits & (all[f] ?? 0)) !== 0) continue;
      const value = (this.values[base + f] ?? 0) - (this.#sums[f] === 1 ? (paisa[record] ?? 0) : 1);
      if (value < 0) assert(false, 'a window gives back no more than it took');
      this.values[base + f] = value;
    }
  }
}
