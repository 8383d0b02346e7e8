/**
 * What a pair of a person and an entry is written down as. The letters of the person's name stay where they are: a
 * word that was met is told by its place in the listed name, a word that was not by its number alone. Whoever reads
 * the hit puts the words of the list, which are public, back in their places.
 */

import type { EntryBody } from '../../terms/index.ts';
import { groundOf } from './ground.ts';
import { MATCHER_VERSION } from '../match/policy.ts';
import type { FollowedList, FoundPair } from './known-people.ts';

/** The body of a hit's entry. */
export type HitBody = EntryBody<'screening-hit'>;

const WORDS_MAX = 64;

/** Writes a pair as a hit. `subject`: the listed one, when several lists have it. */
export function hitOf(pair: FoundPair, list: FollowedList, subject: string, because: HitBody['because']): HitBody {
  const { weighed, aligned: { alignment } } = pair;
  return {
    person: pair.person, list: list.list, entry: pair.entry.entry, subject, version: list.version, sha256: list.sha256, force: list.force,
    decision: weighed.decision === 'match' ? 'match' : 'review', ground: groundOf(weighed), score: weighed.score, strength: weighed.strength, name: pair.at,
    words: alignment.met.slice(0, WORDS_MAX).map((met) => ({ list: [...met.candidate], how: met.how, similarity: Math.round(met.similarity * 1_000) / 1_000 })),
    listLeft: alignment.candidateLeft.slice(0, WORDS_MAX), ownLeft: alignment.queryLeft.length, byLetters: alignment.byLetters, acrossScripts: alignment.acrossScripts,
    features: weighed.features.map((each) => ({ feature: each.feature, says: each.says, effect: each.effect, evidence: each.evidence })), missing: [...weighed.missing], matcher: MATCHER_VERSION, because,
  };
}

/** Does a hit say the same as one before it? Then it is not written again. */
export function saysTheSame(hit: HitBody, before: Pick<HitBody, 'decision' | 'ground' | 'score' | 'strength'>): boolean {
  return hit.decision === before.decision && hit.ground === before.ground && hit.score === before.score && hit.strength === before.strength;
}
