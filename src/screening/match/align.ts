/**
 * Two prepared names, aligned word by word: each word meets at most one of the other side, or two that were written
 * together; the best pairs first, whatever their order. What agrees counts by its worth, what one side leaves out
 * counts against it in part, what speaks against on both sides counts in full. The score is a property of the pair:
 * it is the same in a screening, in a comparison of two names, and on any list.
 */

import { NAME_POLICY as P } from './policy.ts';
import type { PreparedName, Word } from './prepare.ts';
import { bitsOf, letterDistance, similarityAcross, wordSimilarity } from './similarity.ts';

/** Words of both sides that met. */
export interface Met {
  readonly query: readonly number[];
  readonly candidate: readonly number[];
  readonly similarity: number;
  readonly how: 'equal' | 'variant' | 'near' | 'sound' | 'initial' | 'joined';
}

/** The score of two names and what it rests on. */
export interface Alignment {
  readonly score: number;
  readonly met: readonly Met[];
  readonly queryLeft: readonly number[];
  readonly candidateLeft: readonly number[];
  /** The score stands on all letters in a row rather than on words. */
  readonly byLetters: boolean;
  readonly acrossScripts: boolean;
}

/** Similarities that were worked out before, for one name against many: by place in the query and number of the word. */
export interface SimilarityMemo {
  get(place: number, number: number): number;
  set(place: number, number: number, similarity: number): void;
}

/** Aligns two names; `memo` is for candidates whose words have numbers. */
export function alignNames(query: PreparedName, candidate: PreparedName, memo?: SimilarityMemo): Alignment {
  const edges = meetings(query.words, candidate.words, memo);
  const met: Met[] = [];
  const usedQuery = new Uint8Array(query.words.length);
  const usedCandidate = new Uint8Array(candidate.words.length);
  for (const edge of edges) {
    if (edge.query.some((at) => usedQuery[at] === 1) || edge.candidate.some((at) => usedCandidate[at] === 1)) continue;
    for (const at of edge.query) usedQuery[at] = 1;
    for (const at of edge.candidate) usedCandidate[at] = 1;
    met.push(edge);
  }
  const queryLeft = leftOf(usedQuery);
  const candidateLeft = leftOf(usedCandidate);
  const words = scoreOf(query, candidate, met, queryLeft, candidateLeft);
  const letters = words < 0.95 && !numbersDiffer(query.words, candidate.words, queryLeft, candidateLeft) ? lettersScore(query, candidate) : 0;
  const acrossScripts = query.words.some((word) => word.script === 'arabic' || word.converted) !== candidate.words.some((word) => word.script === 'arabic' || word.converted);
  const score = Math.max(0, Math.min(P.nameOnly.weight, Math.max(words, letters) - formDoubt(query, candidate)));
  return { score, met, queryLeft, candidateLeft, byLetters: letters > words, acrossScripts };
}

function leftOf(used: Uint8Array): number[] {
  const left: number[] = [];
  for (let at = 0; at < used.length; at += 1) if (used[at] === 0) left.push(at);
  return left;
}

/** Every pair of words that is near enough, the nearest first. */
function meetings(query: readonly Word[], candidate: readonly Word[], memo: SimilarityMemo | undefined): Met[] {
  const edges: Met[] = [];
  for (let i = 0; i < query.length; i += 1) {
    const word = query[i];
    if (word === undefined) continue;
    for (let j = 0; j < candidate.length; j += 1) {
      const other = candidate[j];
      if (other === undefined) continue;
      const similarity = memo === undefined || other.number < 0 ? similarityOf(word, other) : remembered(memo, i, word, other);
      if (similarity > 0) edges.push({ query: [i], candidate: [j], similarity, how: howOf(word, other, similarity) });
    }
  }
  joinedMeetings(query, candidate, edges);
  return edges.sort((a, b) => b.similarity - a.similarity || b.candidate.length + b.query.length - a.candidate.length - a.query.length);
}

function remembered(memo: SimilarityMemo, place: number, word: Word, other: Word): number {
  const known = memo.get(place, other.number);
  if (known >= 0) return known;
  const similarity = similarityOf(word, other);
  memo.set(place, other.number, similarity);
  return similarity;
}

function howOf(a: Word, b: Word, similarity: number): Met['how'] {
  if (a.text === b.text) return 'equal';
  if (a.kind === 'initial' || b.kind === 'initial') return 'initial';
  if (a.variant > 0 && b.variant > 0 && sameLine(a, b)) return 'variant';
  return a.script !== b.script || similarity > 0.9 ? 'sound' : 'near';
}

/** How near two words are; 0 below the floor of the policy. */
export function similarityOf(a: Word, b: Word): number {
  if (a.text === b.text) return 1;
  if (a.variant > 0 && b.variant > 0) return sameLine(a, b) ? P.sameKnownName.weight : knownApart(a, b);
  if (a.bare === b.text || b.bare === a.text) return P.servant.weight;
  if (a.kind === 'initial' || b.kind === 'initial') return a.text[0] === b.text[0] && a.script === b.script ? P.initial.weight : 0;
  if (sharesFew(a.classes, b.classes) && !isOneLetterApart(a, b)) return 0;
  const similarity = Math.max(wordSimilarity(a, b), withoutArticle(a, b));
  const sure = Math.min(a.text.length, b.text.length) <= 4 && a.script === b.script ? similarity - P.shortWord.weight : similarity;
  return sure >= P.wordNear.weight ? sure : 0;
}

function sameLine(a: Word, b: Word): boolean {
  return a.variant === b.variant || (a.otherVariant > 0 && a.otherVariant === b.variant) || (b.otherVariant > 0 && b.otherVariant === a.variant);
}

/** Two names with lines of their own: near writings still hint at a slip of the pen, never more. */
function knownApart(a: Word, b: Word): number {
  if (a.kind === 'particle' && b.kind === 'particle') return P.otherKnownName.weight;
  return wordSimilarity(a, b) > 0.8 ? P.otherKnownName.weight : 0;
}

function sharesFew(a: number, b: number): boolean {
  return bitsOf(a & b) * 3 < bitsOf(a | b);
}

/** A letter added, left out or moved makes other consonants of a short word: "Ouya" and "Pouya", "Cahm" and "Cham". */
function isOneLetterApart(a: Word, b: Word): boolean {
  return a.script === b.script && bitsOf(a.letters ^ b.letters) <= 1 && Math.abs(a.text.length - b.text.length) <= 1;
}

/** "Alzawahiri" and "Zawahiri". */
function withoutArticle(a: Word, b: Word): number {
  const [long, short] = a.text.length > b.text.length ? [a, b] : [b, a];
  return long.text.length - short.text.length === 2 && short.text.length > 3 && /^[ae]l/.test(long.text) && long.text.endsWith(short.text) ? P.article.weight : 0;
}

/** Two neighbours of one side that are one word of the other. */
function joinedMeetings(query: readonly Word[], candidate: readonly Word[], edges: Met[]): void {
  if (query.length > 1) joinSide(query, candidate, (pair, at, similarity) => edges.push({ query: pair, candidate: [at], similarity, how: 'joined' }));
  if (candidate.length > 1) joinSide(candidate, query, (pair, at, similarity) => edges.push({ query: [at], candidate: pair, similarity, how: 'joined' }));
}

function joinSide(apart: readonly Word[], whole: readonly Word[], add: (pair: number[], at: number, similarity: number) => void): void {
  for (let i = 0; i + 1 < apart.length; i += 1) {
    const first = apart[i];
    const second = apart[i + 1];
    if (first === undefined || second === undefined || first.script !== second.script) continue;
    for (let j = 0; j < whole.length; j += 1) {
      const other = whole[j];
      const similarity = other === undefined ? 0 : joinedSimilarity(first, second, other);
      if (similarity > 0) add([i, i + 1], j, similarity - P.joined.weight);
    }
  }
}

/** Two words written together against one; 0 when they are not that word. */
function joinedSimilarity(first: Word, second: Word, whole: Word): number {
  if (whole.script !== first.script) {
    const sounds = first.sounds.length + second.sounds.length;
    if (sharesFew(first.classes | second.classes, whole.classes) || sounds > whole.sounds.length * 2 || whole.sounds.length > sounds * 2) return 0;
    const similarity = similarityAcross({ script: first.script, sounds: Uint8Array.from([...first.sounds, ...second.sounds]) }, whole);
    return similarity >= P.wordSure.weight ? similarity : 0;
  }
  const length = first.text.length + second.text.length;
  if (length < 4 || Math.abs(whole.text.length - length) > 2 || whole.text[0] !== first.text[0]) return 0;
  const limit = length > 6 ? Math.floor(length / 6) : 0;
  const distance = letterDistance(first.text + second.text, whole.text, limit);
  return distance > limit ? 0 : 1 - distance / length;
}

function scoreOf(query: PreparedName, candidate: PreparedName, met: readonly Met[], queryLeft: readonly number[], candidateLeft: readonly number[]): number {
  let agreed = 0;
  let mass = 0;
  let core = 0;
  for (const each of met) {
    const worth = (worthOf(query.words, each.query) + worthOf(candidate.words, each.candidate)) / 2;
    mass += worth;
    agreed += worth * Math.max(0, 1 - (1 - each.similarity) * P.wordDoubt.weight - Math.max(0, P.wordSure.weight - each.similarity) * P.wordFar.weight * (each.how === 'initial' ? 0 : 1));
    if (worth > 0.2 && each.similarity >= P.wordNear.weight) core += each.query.length + each.candidate.length > 2 ? 2 : 1;
  }
  if (mass === 0) return 0;
  const leftQuery = worthOf(query.words, queryLeft);
  const leftCandidate = worthOf(candidate.words, candidateLeft);
  const conflict = Math.min(leftQuery, leftCandidate);
  const extra = Math.abs(leftQuery - leftCandidate);
  const whole = mass + conflict + extra;
  let score = (agreed + extra * (1 - P.omission.weight) - conflict * P.conflict.weight) / whole;
  if (numbersDiffer(query.words, candidate.words, queryLeft, candidateLeft)) score -= P.number.weight;
  if (core < 2 && extra + conflict > 0.3) score = Math.min(score, P.oneWord.weight);
  return score - (isReordered(met) ? P.order.weight : 0);
}

function isReordered(met: readonly Met[]): boolean {
  return met.some((a, at) => met.some((b, other) => other > at && ((a.query[0] ?? 0) - (b.query[0] ?? 0)) * ((a.candidate[0] ?? 0) - (b.candidate[0] ?? 0)) < 0));
}

function worthOf(words: readonly Word[], places: readonly number[]): number {
  let sum = 0;
  for (const at of places) sum += words[at]?.worth ?? 0;
  return sum;
}

function numbersDiffer(query: readonly Word[], candidate: readonly Word[], queryLeft: readonly number[], candidateLeft: readonly number[]): boolean {
  const isNumber = (word: Word | undefined): boolean => word !== undefined && /\d/.test(word.text);
  return queryLeft.some((at) => isNumber(query[at])) && candidateLeft.some((at) => isNumber(candidate[at]));
}

/** Part of a row of letters that may differ for the rows to be compared at all. */
const LETTERS_MISSING_MAX = 0.15;

/** Both names without their spaces, in their order: for words that were cut elsewhere. */
function lettersScore(query: PreparedName, candidate: PreparedName): number {
  const cut = query.words.length === candidate.words.length ? 0 : P.joined.weight;
  const own = isNearLength(query.length, candidate.length) ? rowScore(query.letters(), candidate.letters()) : 0;
  const isWhole = query.forms.length + candidate.forms.length > 0 && isNearLength(query.allLength, candidate.allLength);
  return Math.max(own, isWhole ? rowScore(query.allLetters(), candidate.allLetters()) : 0) - cut;
}

function isNearLength(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(a, b) * LETTERS_MISSING_MAX;
}

function rowScore(a: string, b: string): number {
  const length = Math.max(a.length, b.length);
  if (length < 6 || length > 80) return 0;
  const limit = Math.floor(length * LETTERS_MISSING_MAX);
  const distance = letterDistance(a, b, limit);
  if (distance > limit) return 0;
  return 1 - (distance / length) * P.letters.weight - (digitsOf(a) === digitsOf(b) ? 0 : P.number.weight);
}

function digitsOf(letters: string): string {
  return letters.replace(/\D/g, '');
}

function formDoubt(query: PreparedName, candidate: PreparedName): number {
  if (query.forms.length === 0 && candidate.forms.length === 0) return 0;
  if (query.forms.length === 0 || candidate.forms.length === 0) return P.formMissing.weight;
  return query.forms.some((form) => candidate.forms.includes(form)) ? 0 : P.form.weight;
}
