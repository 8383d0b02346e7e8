/**
 * The matcher: a query against the entries of lists. Similarity and evidence are two figures: the score says how well
 * what is known agrees, the evidence how much was known. A match needs both; a name alone is reviewed at most; an equal
 * number that names one bearer decides. One candidate for each entry, by the best of its names. Every candidate
 * carries what it rests on, the version of the code and of its list, so that it can be replayed.
 */

import { reject, type Rejection } from '../../terms/index.ts';
import type { ListEntry, ListName } from '../entity.ts';
import { alignNames, type Alignment } from './align.ts';
import { compareFeatures, isTelling, numberKey, sameKind, type Bearer, type Feature } from './features.ts';
import { NameIndex } from './name-index.ts';
import { DECISION_POLICY as D, EVIDENCE_POLICY as E, FEATURE_POLICY as F, MATCHER_VERSION, NAME_POLICY } from './policy.ts';
import { prepareName, type NameFault, type PreparedName } from './prepare.ts';
import type { ScreeningQuery } from './query.ts';
import { explainNames, worthMet, type NameEvidence } from './explain.ts';

/** Candidates in one answer. */
export const CANDIDATES_MAX = 10;
/** Names whose entries are compared in full, beyond the candidates shown. */
const COMPARED_MAX = 24;

/** What to do: nothing, let a person look, or treat as the listed one. */
export type Decision = 'clear' | 'review' | 'match';

/** What a candidate rests on. */
export interface Evidence {
  /** How much was compared and agrees, 0 to 1. */
  readonly strength: number;
  readonly says: readonly string[];
  readonly name: NameEvidence;
  readonly features: readonly Feature[];
  /** What the query told and the list does not know. */
  readonly missing: readonly string[];
  readonly matcher: string;
  readonly listVersion: string | null;
}

/** An entry that may be the one asked for. */
export interface Candidate {
  readonly list: string;
  readonly entry: string;
  /** The name of the entry that fits best. */
  readonly name: string;
  /** Entries of several lists that are one subject share this. */
  readonly subject: string;
  readonly score: number;
  readonly decision: Decision;
  readonly evidence: Evidence;
}

/** The answer to one query. */
export interface ScreeningResult {
  readonly candidates: readonly Candidate[];
  readonly decision: Decision;
  readonly ignored: readonly string[];
  /** What was told and could not be compared; absent when there is nothing of it. */
  readonly warnings?: readonly Rejection[];
}

/** The lists to match against. */
export interface MatchedLists {
  readonly entries: readonly ListEntry[];
  /** Version by list code. */
  readonly versions?: ReadonlyMap<string, string>;
  /** Subject of an entry, for those that are one with others; `list:entry` otherwise. */
  readonly subjectOf?: (entry: ListEntry) => string | undefined;
}

interface Hit extends AlignedNames {
  readonly entry: ListEntry;
  readonly name: ListName;
}

/** Matches queries against one state of the lists; a new state is a new matcher. */
export class Matcher {
  readonly #entries: readonly ListEntry[];
  readonly #versions: ReadonlyMap<string, string>;
  readonly #subjectOf: (entry: ListEntry) => string | undefined;
  readonly #index: NameIndex;
  readonly #names: readonly ListName[];
  readonly #byNumber = new Map<string, number[]>();

  constructor({ entries, versions, subjectOf }: MatchedLists) {
    this.#entries = entries;
    this.#versions = versions ?? new Map();
    this.#subjectOf = subjectOf ?? (() => undefined);
    this.#names = entries.flatMap((entry) => entry.names);
    this.#index = new NameIndex(entries.flatMap((entry, owner) => entry.names.map((name) => ({ text: name.text, isPerson: entry.schema === 'Person', owner }))));
    entries.forEach((entry, at) => {
      for (const { value } of entry.identifiers) if (isTelling(value)) this.#byNumber.set(numberKey(value), [...(this.#byNumber.get(numberKey(value)) ?? []), at]);
    });
  }

  /** How many names and words are matched against, and the names that could not be prepared. */
  get facts(): { readonly names: number; readonly words: number; readonly leftOut: readonly string[] } {
    const { names, words, leftOut } = this.#index.facts;
    return { names, words, leftOut: leftOut.map((at) => this.#names[at]?.text ?? '') };
  }

  /** Forgets what earlier queries taught; it changes no answer. */
  forget(): void {
    this.#index.forget();
  }

  /** Screens one query, with so many candidates at most. Rejects a name that is over a limit or holds no letter. */
  screen(query: ScreeningQuery, candidatesMax = CANDIDATES_MAX): ScreeningResult | Rejection {
    const hits = new Map<ListEntry, Hit>();
    const accepts = this.#filter(query);
    for (const name of query.names) {
      const prepared = prepareName(name, query.schema === 'Person');
      if (typeof prepared === 'string') {
        if (name === query.names[0]) return nameRejection(prepared);
        continue;
      }
      this.#match(prepared, accepts, hits);
    }
    this.#matchNumbers(query, accepts, hits);
    const shown = [...hits.values()].filter((hit) => hit.nameScore >= D.compared.weight).sort((a, b) => b.nameScore - a.nameScore).slice(0, Math.max(COMPARED_MAX, candidatesMax) + query.identifiers.length)
      .map((hit) => ({ ...hit, weighed: weigh(query, hit.entry, hit) })).filter(({ weighed }) => weighed.score >= D.shown.weight)
      .sort((a, b) => b.weighed.score - a.weighed.score || b.weighed.strength - a.weighed.strength || order(a.entry.list, b.entry.list) || order(a.entry.entry, b.entry.entry)).slice(0, candidatesMax)
      .map((hit) => this.#candidate(hit, hit.weighed));
    return { candidates: shown, decision: gravest(shown.map((candidate) => candidate.decision)), ignored: query.ignored, ...(query.warnings.length === 0 ? {} : { warnings: query.warnings }) };
  }

  #filter(query: ScreeningQuery): (owner: number) => boolean {
    const { schema, lists } = query;
    return (owner) => {
      const entry = this.#entries[owner];
      if (entry === undefined) return false;
      return (lists === undefined || lists.includes(entry.list)) && (schema === undefined || (schema === 'Person') === (entry.schema === 'Person'));
    };
  }

  #match(query: PreparedName, accepts: (owner: number) => boolean, hits: Map<ListEntry, Hit>): void {
    const memo = this.#index.memo;
    for (const name of this.#index.candidates(query, accepts)) {
      const entry = this.#entries[this.#index.ownerOf(name)];
      const listed = this.#names[name];
      if (entry === undefined || listed === undefined) continue;
      const prepared = this.#index.preparedAt(name);
      const alignment = alignNames(query, prepared, memo);
      const nameScore = alignment.score - (listed.quality === 'weak' ? NAME_POLICY.weakAlias.weight : 0);
      const before = hits.get(entry);
      if (nameScore > 0 && (before === undefined || before.nameScore < nameScore)) hits.set(entry, { entry, name: listed, query, prepared, alignment, nameScore });
    }
  }

  /** An equal number finds its entry whatever the name. */
  #matchNumbers(query: ScreeningQuery, accepts: (owner: number) => boolean, hits: Map<ListEntry, Hit>): void {
    for (const asked of query.identifiers) {
      for (const owner of this.#byNumber.get(numberKey(asked.value)) ?? []) {
        const entry = this.#entries[owner];
        const listed = entry?.names[0];
        if (entry === undefined || listed === undefined || !accepts(owner) || !entry.identifiers.some((one) => numberKey(one.value) === numberKey(asked.value) && sameKind(asked.kind, one.kind))) continue;
        const [written, prepared] = [prepareName(query.names[0] ?? '', entry.schema === 'Person'), prepareName(listed.text, entry.schema === 'Person')];
        if (typeof written === 'string' || typeof prepared === 'string') continue;
        const before = hits.get(entry);
        const alignment = before?.alignment ?? alignNames(written, prepared);
        hits.set(entry, { ...(before ?? { entry, name: listed, query: written, prepared, alignment }), nameScore: F.identifierEqual.weight });
      }
    }
  }

  #candidate(hit: Hit, weighed: Weighed): Candidate {
    const { entry } = hit;
    return {
      list: entry.list, entry: entry.entry, name: hit.name.text, subject: this.#subjectOf(entry) ?? `${entry.list}:${entry.entry}`, score: weighed.score, decision: weighed.decision,
      evidence: { ...evidenceOf(hit, weighed), listVersion: this.#versions.get(entry.list) ?? null },
    };
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The gravest of decisions; `clear` when there is none. */
export function gravest(decisions: readonly Decision[]): Decision {
  return decisions.includes('match') ? 'match' : decisions.includes('review') ? 'review' : 'clear';
}

/** The rejection of a name that cannot be compared. */
export function nameRejection(fault: NameFault): Rejection {
  return fault === 'name-without-letters' ? reject('QUERY_NAME_MISSING', 'name') : reject('QUERY_NAME_TOO_LONG', 'name');
}

/** A query's name and another, aligned. */
export interface AlignedNames {
  readonly query: PreparedName;
  readonly prepared: PreparedName;
  readonly alignment: Alignment;
  readonly nameScore: number;
}

/** What a comparison weighs, before it is put into words. */
export interface Weighed {
  readonly score: number;
  readonly strength: number;
  readonly decision: Decision;
  readonly features: readonly Feature[];
  readonly missing: readonly string[];
}

/** Weighs a query and a bearer whose names were aligned. */
export function weigh(query: ScreeningQuery, bearer: Bearer, names: AlignedNames): Weighed {
  const { features, missing } = compareFeatures(query, bearer);
  const isSame = features.some((each) => each.evidence >= E.identifier.weight);
  const moved = names.nameScore + features.reduce((sum, each) => sum + each.effect, 0);
  const score = round(isSame ? F.identifierEqual.weight : Math.max(0, Math.min(moved, NAME_POLICY.nameOnly.weight)));
  const nameEvidence = Math.min(E.name.weight, worthMet(names) * E.wordWorth.weight) * names.alignment.score;
  const strength = round(Math.min(1, nameEvidence + features.reduce((sum, each) => sum + each.evidence, 0)));
  const decision = isSame || (score >= D.matchScore.weight && strength >= D.matchEvidence.weight) ? 'match' : score >= D.review.weight ? 'review' : 'clear';
  return { score, strength, decision, features, missing };
}

/** Puts into words what was weighed. */
export function evidenceOf(names: AlignedNames, { strength, features, missing }: Weighed): Omit<Evidence, 'listVersion'> {
  const { name, says: nameSays } = explainNames(names.query, names.prepared, names.alignment);
  const isSame = features.some((each) => each.evidence >= E.identifier.weight);
  const says = [...(isSame ? ['a number that names one bearer is the same: this decides'] : []), ...nameSays, ...features.map((each) => each.says), ...missing.map((what) => `the list has no ${what}`)];
  return { strength, says, name, features, missing, matcher: MATCHER_VERSION };
}

/** Scores are given to four places. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
