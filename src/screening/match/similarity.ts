/**
 * How near two words are, from 0 to 1: the better of two readings. By letters, optimal string alignment (one letter
 * changed, added, dropped, or two swapped, each 1) over the longer length; by sounds, the same alignment with the
 * costs of `sounds.ts`. Across scripts only sounds count, and what Arabic leaves unwritten costs next to nothing.
 * Pure, and bounded: words longer than `WORD_LENGTH_MAX` are compared by their beginnings.
 */

import { OMISSION, OMISSION_UNWRITTEN, SOUND_COUNT, STEP, SUBSTITUTION, isVowelSound, soundOf } from './sounds.ts';

/** Letters of a word that are compared; the longest word on the public lists has 30. */
export const WORD_LENGTH_MAX = 48;

const ROW = WORD_LENGTH_MAX * 2 + 1;
const rows = [new Int32Array(ROW), new Int32Array(ROW), new Int32Array(ROW)] as const;

/** Optimal string alignment distance of two texts, or `limit + 1` as soon as it must be above `limit`. */
export function letterDistance(a: string, b: string, limit: number): number {
  const n = Math.min(a.length, ROW - 1);
  const m = Math.min(b.length, ROW - 1);
  if (Math.abs(n - m) > limit) return limit + 1;
  let before: Int32Array = rows[0];
  let last: Int32Array = rows[1];
  let next: Int32Array = rows[2];
  for (let j = 0; j <= m; j += 1) last[j] = j;
  for (let i = 1; i <= n; i += 1) {
    next[0] = i;
    let best = i;
    const letter = a.charCodeAt(i - 1);
    const previous = i > 1 ? a.charCodeAt(i - 2) : -1;
    for (let j = 1; j <= m; j += 1) {
      const other = b.charCodeAt(j - 1);
      let cost = (last[j - 1] ?? 0) + (letter === other ? 0 : 1);
      const dropped = Math.min(last[j] ?? 0, next[j - 1] ?? 0) + 1;
      if (dropped < cost) cost = dropped;
      if (j > 1 && other === previous && b.charCodeAt(j - 2) === letter && letter !== other) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    const done = before;
    before = last;
    last = next;
    next = done;
  }
  return last[m] ?? 0;
}

/** Cost of aligning two rows of sounds, in `STEP`s, or `limit + 1` as soon as it must be above `limit`; `dropA` and `dropB` say what a sound of each side costs alone. */
function soundCost(a: Uint8Array, b: Uint8Array, dropA: Uint8Array, dropB: Uint8Array, limit: number): number {
  const n = Math.min(a.length, ROW - 1);
  const m = Math.min(b.length, ROW - 1);
  let last: Int32Array = rows[0];
  let next: Int32Array = rows[1];
  last[0] = 0;
  for (let j = 1; j <= m; j += 1) last[j] = (last[j - 1] ?? 0) + (dropB[b[j - 1] ?? 0] ?? STEP);
  for (let i = 1; i <= n; i += 1) {
    const sound = a[i - 1] ?? 0;
    const drop = dropA[sound] ?? STEP;
    const base = sound * SOUND_COUNT;
    let left = (last[0] ?? 0) + drop;
    next[0] = left;
    let best = left;
    for (let j = 1; j <= m; j += 1) {
      const other = b[j - 1] ?? 0;
      let cost = (last[j - 1] ?? 0) + (SUBSTITUTION[base + other] ?? STEP);
      const up = (last[j] ?? 0) + drop;
      if (up < cost) cost = up;
      const side = left + (dropB[other] ?? STEP);
      if (side < cost) cost = side;
      next[j] = left = cost;
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    const done = last;
    last = next;
    next = done;
  }
  return last[m] ?? 0;
}

/** What the comparison of two words by sound needs of each. */
export interface Sounded {
  readonly script: 'latin' | 'arabic';
  readonly sounds: Uint8Array;
}

/** What the comparison of two words needs of each. */
export interface Spelled extends Sounded, Signs {
  readonly text: string;
}

/** Which sounds and which letters a word has, a bit each: two words that share few of them are told apart before they are aligned. */
export interface Signs {
  /** Sounds 0 to 31, and the others. */
  readonly low: number;
  readonly high: number;
  /** Letters and digits by their code, folded onto 32. */
  readonly letters: number;
}

/** The signs of a word. */
export function signsOf(text: string, sounds: Uint8Array): Signs {
  let [low, high, letters] = [0, 0, 0];
  for (const sound of sounds) {
    if (sound < 32) low |= 1 << sound;
    else high |= 1 << (sound - 32);
  }
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return { low, high, letters };
}

/** What a sound costs at least of which the other side has none: left out, or put for the nearest other one. */
const ALONE = Uint8Array.from({ length: SOUND_COUNT }, (_, sound) => {
  let least = OMISSION[sound] ?? STEP;
  for (let other = 0; other < SOUND_COUNT; other += 1) if (other !== sound) least = Math.min(least, SUBSTITUTION[sound * SOUND_COUNT + other] ?? STEP);
  return least;
});

/** What the sounds of one side that the other has not cost at least. */
function aloneCost(signs: Signs, others: Signs): number {
  let cost = 0;
  for (let left = signs.low & ~others.low; left !== 0; left &= left - 1) cost += ALONE[31 - Math.clz32(left & -left)] ?? 0;
  for (let left = signs.high & ~others.high; left !== 0; left &= left - 1) cost += ALONE[63 - Math.clz32(left & -left)] ?? 0;
  return cost;
}

/** Bits that are set. */
export function bitsOf(value: number): number {
  let n = value - ((value >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Two words, 0 to 1. Symmetric. */
export function wordSimilarity(a: Spelled, b: Spelled): number {
  if (a.text === b.text) return 1;
  if (a.script !== b.script) return similarityAcross(a, b);
  const length = Math.max(a.text.length, b.text.length);
  const shorter = Math.min(a.text.length, b.text.length);
  // Half of the longer word has no counterpart: no alignment brings that near.
  if (shorter * 2 < length) return 0;
  const sounded = Math.max(a.sounds.length, b.sounds.length, 1);
  const most = STEP * sounded * LACKING_MAX;
  const before = beginningCost(a.sounds, b.sounds) + endingCost(a.sounds, b.sounds);
  const least = before + Math.max(aloneCost(a, b), aloneCost(b, a));
  const cost = least > most ? most + 1 : soundCost(a.sounds, b.sounds, OMISSION, OMISSION, most - before) + before;
  // Equal in sound is near, not equal in writing.
  const bySound = cost > most ? 0 : Math.min(SOUND_MAX, 1 - cost / (STEP * sounded));
  if (bySound === SOUND_MAX) return bySound;
  const limit = Math.floor(length * LACKING_MAX);
  // A letter that the other side has nowhere is a step of its own.
  if (Math.max(bitsOf(a.letters & ~b.letters), bitsOf(b.letters & ~a.letters)) > limit) return bySound;
  const distance = letterDistance(a.text, b.text, limit);
  return distance > limit ? bySound : Math.max(bySound, 1 - distance / length);
}

/** Below this similarity the exact figure is of no use to anybody. */
const LACKING_MAX = 0.34;
const SOUND_MAX = 0.98;

/** Names are told apart by how they begin: a first sound that differs costs half again. */
function beginningCost(a: Uint8Array, b: Uint8Array): number {
  return (SUBSTITUTION[(a[0] ?? 0) * SOUND_COUNT + (b[0] ?? 0)] ?? STEP) >> 1;
}

/** A vowel at the end that the other side has not, or an o for an a, may be another name: Khalid and Khalida, Mario and Maria. */
function endingCost(a: Uint8Array, b: Uint8Array): number {
  const [x, y] = [a.at(-1) ?? 0, b.at(-1) ?? 0];
  if (isVowelSound(x) !== isVowelSound(y)) return STEP >> 2;
  return (x === LAST_A && y === LAST_O) || (x === LAST_O && y === LAST_A) ? STEP : 0;
}

const LAST_A = soundOf('a');
const LAST_O = soundOf('o');

/** Two words of different scripts, by sound alone. */
export function similarityAcross(a: Sounded, b: Sounded): number {
  return a.script === 'arabic' ? acrossScripts(a, b) : acrossScripts(b, a);
}

/** A word in Arabic script and one in Latin; over the sounds that Arabic writes. */
function acrossScripts(arabic: Sounded, latin: Sounded): number {
  const written = Math.max(arabic.sounds.length, 2);
  if (latin.sounds.length > written * 3 || written > latin.sounds.length * 2 + 1) return 0;
  const cost = soundCost(arabic.sounds, latin.sounds, OMISSION, OMISSION_UNWRITTEN, STEP * written * LACKING_MAX);
  return Math.max(0, Math.min(0.97, 1 - cost / (STEP * written)));
}
