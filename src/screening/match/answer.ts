/**
 * One line in, one line out: a query or a pair as JSON, its answer or the code of why it has none. Nothing that stands
 * in a line can stop the lines after it.
 */

import { REJECTIONS, reject, type Json, type Rejection } from '../../terms/index.ts';
import { alignNames } from './align.ts';
import { evidenceOf, nameRejection, weigh, type AlignedNames, type Decision, type Evidence, type Matcher } from './matcher.ts';
import { FEATURE_POLICY, MATCHER_VERSION } from './policy.ts';
import { prepareName, type PreparedName } from './prepare.ts';
import { readQuery, type ScreeningQuery } from './query.ts';

/** UTF-16 units of a line; a query of every field at its limit has under half. */
export const LINE_LENGTH_MAX = 65_536;

/** Answers a line by a function of its parsed JSON; `number` counts from 1. */
export function answerLine(line: string, number: number, answer: (parsed: unknown) => object | Rejection): string {
  const result = answered(line, answer);
  return JSON.stringify('code' in result ? errorLine(result, number) : result);
}

/** The line that stands in the place of an answer. */
function errorLine(rejection: Rejection, number: number): Record<string, Json> {
  return { line: number, code: rejection.code, ...(rejection.detail === undefined ? {} : { detail: rejection.detail }), meaning: REJECTIONS[rejection.code].meaning, remedy: REJECTIONS[rejection.code].remedy };
}

function answered(line: string, answer: (parsed: unknown) => object | Rejection): object | Rejection {
  if (line.length > LINE_LENGTH_MAX) return reject('QUERY_TOO_LONG');
  // A sign that stands for unreadable bytes: a name with it would be matched without a letter.
  if (line.includes('\ufffd')) return reject('QUERY_NOT_JSON', 'not UTF-8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return reject('QUERY_NOT_JSON');
  }
  return answer(parsed);
}

/** Screens one line. What is asked as of a day before the lists stood as they do is QUERY_AS_OF_UNKNOWN, for who has older states to answer. */
export function screenLine(matcher: Matcher, known: KnownLists, line: string, number: number): string {
  return answerLine(line, number, (parsed) => {
    const query = readQuery(parsed);
    if ('code' in query) return query;
    const unknown = query.lists?.find((list) => !known.codes.includes(list));
    if (unknown !== undefined) return reject('QUERY_LIST_UNKNOWN', 'lists');
    const isPast = (query.asOf ?? known.since) < known.since || (query.knownAt !== undefined && query.knownAt < (known.learnt ?? known.since));
    return isPast ? reject('QUERY_AS_OF_UNKNOWN', 'asOf') : matcher.screen(query);
  });
}

/** Which lists are there, and since which day all of them stand as they are. */
export interface KnownLists {
  readonly codes: readonly string[];
  readonly since: string;
  /** Day on which the last of them was learnt of, where that is another day. */
  readonly learnt?: string;
}

/** What two names and what is known of their bearers come to. */
export interface PairResult {
  readonly score: number;
  readonly decision: Decision;
  readonly evidence: Evidence;
  /** What was told and could not be compared; absent when there is nothing of it. */
  readonly warnings?: readonly Rejection[];
}

/** Compares one line's `query` and `candidate`. */
export function pairLine(line: string, number: number): string {
  return answerLine(line, number, (parsed) => {
    if (typeof parsed !== 'object' || parsed === null || !('query' in parsed) || !('candidate' in parsed)) return reject('QUERY_FIELD_INVALID', 'query and candidate');
    const [query, candidate] = [readQuery(parsed.query), readQuery(parsed.candidate)];
    if ('code' in query) return { ...query, detail: `query${query.detail === undefined ? '' : `.${query.detail}`}` };
    if ('code' in candidate) return { ...candidate, detail: `candidate${candidate.detail === undefined ? '' : `.${candidate.detail}`}` };
    return comparePair(query, candidate);
  });
}

/** Compares two parties as a query is compared with an entry of a list; rejects a name that cannot be compared. */
export function comparePair(query: ScreeningQuery, candidate: ScreeningQuery): PairResult | Rejection {
  const schemas = [query.schema, candidate.schema];
  const isPerson = schemas.includes('Person') && !schemas.includes('Organization');
  const [own, other] = [preparedNames(query.names, isPerson), preparedNames(candidate.names, isPerson)];
  if ('code' in own) return own;
  if ('code' in other) return other;
  const best = bestOf(own, other);
  const isOther = schemas.includes('Person') && schemas.includes('Organization');
  const aligned = isOther ? { ...best, nameScore: Math.max(0, best.nameScore + FEATURE_POLICY.schemaOther.weight) } : best;
  const weighed = weigh(query, bearerOf(candidate), aligned);
  const evidence = { ...evidenceOf(aligned, weighed), matcher: MATCHER_VERSION, listVersion: null };
  const warnings = [...query.warnings, ...candidate.warnings];
  return { ...(warnings.length === 0 ? {} : { warnings }), score: weighed.score, decision: weighed.decision, evidence: isOther ? { ...evidence, says: [...evidence.says, 'one is a person and one an organisation'] } : evidence };
}

function preparedNames(names: readonly string[], isPerson: boolean): PreparedName[] | Rejection {
  const prepared: PreparedName[] = [];
  for (const name of names) {
    const one = prepareName(name, isPerson);
    if (typeof one !== 'string') prepared.push(one);
    else if (prepared.length === 0) return nameRejection(one);
  }
  return prepared;
}

function bestOf(own: readonly PreparedName[], other: readonly PreparedName[]): AlignedNames {
  const all = own.flatMap((query) => other.map((prepared): AlignedNames => {
    const alignment = alignNames(query, prepared);
    return { query, prepared, alignment, nameScore: alignment.score };
  }));
  return all.reduce((best, each) => (each.nameScore > best.nameScore ? each : best));
}

function bearerOf(query: ScreeningQuery): Parameters<typeof weigh>[1] {
  return {
    fatherNames: query.fatherName === undefined ? [] : [query.fatherName], birthDates: query.birthDates, nationalities: query.nationalities, gender: query.gender ?? null,
    identifiers: query.identifiers.map((one) => ({ kind: one.kind ?? 'other', value: one.value, country: null })),
  };
}
