/**
 * Chance from a seed: the same key gives the same draws on every machine. A key is the world's seed with a
 * few numbers (which person, which hour), so that anything can be drawn again without having kept it; this is
 * what lets a nation stream in bounded memory. The generator is sfc32 (Chris Doty-Humphrey, PractRand), good
 * for simulation and for nothing secret.
 */

import { createHash } from 'node:crypto';

/** The seed of a world as two words. */
export interface SeedKey {
  readonly hi: number;
  readonly lo: number;
}

/** Two words of a seed's text. */
export function seedKey(seed: string): SeedKey {
  const digest = createHash('sha256').update(`nigran world\n${seed}`).digest();
  return { hi: digest.readUInt32LE(0), lo: digest.readUInt32LE(4) };
}

/** Purposes of a draw: two different ones never see the same chance. */
export const PURPOSE = {
  person: 1, identity: 2, customer: 3, session: 4, rate: 5, join: 6, planted: 7, delivery: 8, amount: 9, wallet: 10, opening: 11, access: 12, client: 13, live: 14, fuzz: 15,
} as const;
export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

/** 32 well-mixed bits of up to four words. Source: MurmurHash3's finaliser. */
export function mix(a: number, b: number, c = 0, d = 0): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
  for (const word of [b, c, d]) {
    h = Math.imul(h ^ (h >>> 16) ^ word, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  }
  return (h ^ (h >>> 16)) >>> 0;
}

/** A stream of draws. */
export class Chance {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(key: SeedKey, purpose: Purpose, first = 0, second = 0) {
    const high = Math.floor(first / 0x1_0000_0000) ^ purpose;
    this.#a = mix(key.hi, key.lo, purpose, first);
    this.#b = mix(key.lo, first, high, second);
    this.#c = mix(second, key.hi, Math.floor(second / 0x1_0000_0000), high);
    for (let i = 0; i < 12; i++) this.word();
  }

  /** 32 bits. */
  word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A real in [0, 1). */
  real(): number {
    return this.word() / 0x1_0000_0000;
  }

  /** An integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(((this.word() * 0x20_0000 + (this.word() >>> 11)) / 0x20_0000_0000_0000) * bound);
  }

  /** An integer in [from, to], both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  /** True with a probability. */
  happens(probability: number): boolean {
    return this.real() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** The place of one of `weights`, as often as its weight says. */
  weighted(weights: readonly number[]): number {
    let left = this.real() * weights.reduce((sum, weight) => sum + weight, 0);
    for (const [i, weight] of weights.entries()) {
      left -= weight;
      if (left < 0) return i;
    }
    return weights.length - 1;
  }

  /** Standard normal. Source: Box and Muller, 1958. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.real())) * Math.cos(2 * Math.PI * this.real());
  }

  /** Exponential with a mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.real());
  }

  /** How many of something that happens `mean` times on average. Source: Knuth's method below 30, a rounded normal above. */
  poisson(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let n = 0;
    for (let product = this.real(); product > limit; product *= this.real()) n += 1;
    return n;
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.word().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  /** Characters of an alphabet. */
  text(alphabet: string, length: number): string {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[this.below(alphabet.length)] ?? '';
    return text;
  }

  bytes(length: number): Uint8Array {
    const out = new Uint8Array(length);
    for (let i = 0; i < length; i++) out[i] = this.word() & 0xff;
    return out;
  }
}
