/**
 * What two names rest on, in words: which word met which, how, and what was left over. Made for candidates that are
 * shown, never for all that were compared.
 */

import type { Alignment, Met } from './align.ts';
import type { PreparedName } from './prepare.ts';

/** One word of the query and the word of the list that it met. */
export interface WordEvidence {
  readonly query: string;
  readonly list: string;
  readonly similarity: number;
  readonly how: Met['how'];
}

/** What a name score rests on. */
export interface NameEvidence {
  readonly words: readonly WordEvidence[];
  readonly queryLeft: readonly string[];
  readonly listLeft: readonly string[];
  readonly acrossScripts: boolean;
}

const HOW: Readonly<Record<Met['how'], string>> = {
  equal: 'is the same word', variant: 'is another writing of the same name', near: 'differs in a letter or two', sound: 'sounds the same', initial: 'agrees with the initial', joined: 'is the same, written together',
};

/** Explains an alignment, as figures and as sentences. */
export function explainNames(query: PreparedName, candidate: PreparedName, alignment: Alignment): { readonly name: NameEvidence; readonly says: readonly string[] } {
  const text = (name: PreparedName, places: readonly number[]): string => places.map((at) => name.words[at]?.text ?? '').join(' ');
  const words = alignment.met.map((each): WordEvidence => ({ query: text(query, each.query), list: text(candidate, each.candidate), similarity: Math.round(each.similarity * 1_000) / 1_000, how: each.how }));
  const queryLeft = alignment.queryLeft.map((at) => query.words[at]?.text ?? '');
  const listLeft = alignment.candidateLeft.map((at) => candidate.words[at]?.text ?? '');
  const says = [
    ...words.map((each) => `"${each.query}" and "${each.list}": ${HOW[each.how]}`),
    ...(alignment.byLetters ? ['all letters in a row agree, with other spaces'] : []),
    ...(queryLeft.length > 0 ? [`only the query has: ${queryLeft.join(', ')}`] : []),
    ...(listLeft.length > 0 ? [`only the list has: ${listLeft.join(', ')}`] : []),
    ...(alignment.acrossScripts ? ['compared across scripts, by sound'] : []),
    ...query.notes,
  ];
  return { name: { words, queryLeft, listLeft, acrossScripts: alignment.acrossScripts }, says };
}

/** What the words that agree are worth, the mean of both sides. */
export function worthMet({ query, prepared, alignment }: { readonly query: PreparedName; readonly prepared: PreparedName; readonly alignment: Alignment }): number {
  if (alignment.byLetters) return (query.worth + prepared.worth) / 2;
  const worthAt = (name: PreparedName, places: readonly number[]): number => places.reduce((sum, at) => sum + (name.words[at]?.worth ?? 0), 0);
  return alignment.met.reduce((sum, each) => sum + (worthAt(query, each.query) + worthAt(prepared, each.candidate)) / 2, 0);
}
