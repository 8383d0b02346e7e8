/**
 * The numbers of a firm's stream that have been used, as ranges. A stream that runs without gaps is
 * one range; each gap adds one, and a firm with more than `RANGES_MAX` gaps is refused further
 * out-of-order numbers rather than growing without bound.
 */

import { assert } from '../terms/index.ts';

/** Ranges of one stream at most. */
export const RANGES_MAX = 10_000;

export class Sequence {
  /** Sorted, apart by at least one number: [from, to, from, to, …], both ends included. */
  readonly #edges: number[];

  constructor(edges: readonly number[] = []) {
    assert(edges.length % 2 === 0, 'ranges have two ends');
    this.#edges = [...edges];
  }

  /** Ends of the ranges, in order. */
  get edges(): readonly number[] {
    return this.#edges;
  }

  /** Last number up to which nothing is missing, counted from 1. */
  get gaplessTo(): number {
    return this.#edges[0] === 1 ? (this.#edges[1] ?? 0) : 0;
  }

  get last(): number {
    return this.#edges.at(-1) ?? 0;
  }

  /** Numbers missing below the last one. */
  get missing(): number {
    let used = 0;
    for (let i = 0; i < this.#edges.length; i += 2) used += (this.#edges[i + 1] ?? 0) - (this.#edges[i] ?? 0) + 1;
    return this.last - used;
  }

  has(n: number): boolean {
    const at = this.#rangeAt(n);
    return at >= 0 && n <= (this.#edges[at + 1] ?? -1);
  }

  /** Marks a number as used. False when it was already, or when the stream has too many gaps. */
  add(n: number): boolean {
    const edges = this.#edges;
    const at = this.#rangeAt(n);
    if (at >= 0 && n <= (edges[at + 1] ?? -1)) return false;
    const touchesLeft = at >= 0 && edges[at + 1] === n - 1;
    const touchesRight = edges[at < 0 ? 0 : at + 2] === n + 1;
    if (touchesLeft && touchesRight) edges.splice(at + 1, 2);
    else if (touchesLeft) edges[at + 1] = n;
    else if (touchesRight) edges[at < 0 ? 0 : at + 2] = n;
    else if (edges.length / 2 >= RANGES_MAX) return false;
    else edges.splice(at < 0 ? 0 : at + 2, 0, n, n);
    return true;
  }

  /** Place of the last range that starts at or before `n`, or -1. */
  #rangeAt(n: number): number {
    const edges = this.#edges;
    if (edges.length > 0 && n >= (edges[edges.length - 2] ?? 0)) return edges.length - 2;
    let low = 0;
    let high = edges.length / 2;
    while (low < high) {
      const mid = (low + high) >>> 1;
      if ((edges[mid * 2] ?? 0) <= n) low = mid + 1;
      else high = mid;
    }
    return (low - 1) * 2;
  }
}

/** PostgreSQL's `int8multirange` text of the edges. */
export function formatRanges(edges: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < edges.length; i += 2) parts.push(`[${edges[i]},${(edges[i + 1] ?? 0) + 1})`);
  return `{${parts.join(',')}}`;
}

/** Edges of an `int8multirange` text. */
export function parseRanges(text: string): number[] {
  const edges: number[] = [];
  for (const [, from, to] of text.matchAll(/\[(\d+),(\d+)\)/g)) edges.push(Number(from), Number(to) - 1);
  return edges;
}
