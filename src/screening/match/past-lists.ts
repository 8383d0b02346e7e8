/**
 * Lists as they stood on an earlier day, for questions that name one. A state is read when it is first asked and kept
 * for the questions after it; a list of today that has no state of that day is told by its name, never passed over:
 * nobody is clear by a list that was not looked at.
 */

import { reject, type Rejection } from '../../terms/index.ts';
import type { ListEntry } from '../entity.ts';
import { keyOfEntry, subjectsOf } from '../subjects.ts';
import { answerLine } from './answer.ts';
import { Matcher, type ScreeningResult } from './matcher.ts';
import { readQuery } from './query.ts';

/** States kept with their index, some 150 MB each. */
const KEPT_MAX = 2;

/** Lists as of a day. */
export interface PastState {
  readonly entries: readonly ListEntry[];
  /** Version of each list that has a state of that day or before. */
  readonly versions: ReadonlyMap<string, string>;
}

/** Gives the lists as they stood at the end of a day; `undefined` for `knownAt` means by all that is known now. */
export type OpenPast = (asOf: string, knownAt: string | undefined) => Promise<PastState>;

interface Kept {
  readonly key: string;
  readonly matcher: Promise<{ readonly matcher: Matcher; readonly versions: ReadonlyMap<string, string> }>;
}

/** Answers questions as of earlier days. */
export class PastLists {
  readonly #codes: readonly string[];
  readonly #open: OpenPast;
  #kept: Kept[] = [];

  /** `codes`: the lists of today. */
  constructor(codes: readonly string[], open: OpenPast) {
    this.#codes = codes;
    this.#open = open;
  }

  /** Answers a line that names an earlier day; a day for which a list that is asked has no state gets its code. */
  async answer(line: string, number: number): Promise<string> {
    const query = readQuery(JSON.parse(line));
    const asOf = 'code' in query ? undefined : query.asOf ?? query.knownAt;
    if ('code' in query || asOf === undefined) return answerLine(line, number, () => reject('QUERY_AS_OF_UNKNOWN', 'asOf'));
    const { matcher, versions } = await this.#at(asOf, query.knownAt);
    const asked = query.lists ?? this.#codes;
    const missing = asked.filter((list) => !versions.has(list));
    return answerLine(line, number, (): object | Rejection => {
      if (missing.length > 0) return reject('QUERY_AS_OF_UNKNOWN', `asOf: ${missing.join(', ')}`);
      const found: ScreeningResult | Rejection = matcher.screen(query);
      return 'code' in found ? found : { ...found, asOf: { day: asOf, versions: Object.fromEntries(asked.map((list) => [list, versions.get(list)])) } };
    });
  }

  #at(asOf: string, knownAt: string | undefined): Kept['matcher'] {
    const key = `${asOf} ${knownAt ?? ''}`;
    const known = this.#kept.find((one) => one.key === key);
    if (known !== undefined) return known.matcher;
    const matcher = this.#open(asOf, knownAt).then(({ entries, versions }) => {
      const subjects = subjectsOf(entries).subjectOf;
      return { matcher: new Matcher({ entries, versions, subjectOf: (entry) => subjects.get(keyOfEntry(entry)) }), versions };
    });
    this.#kept = [{ key, matcher }, ...this.#kept].slice(0, KEPT_MAX);
    return matcher;
  }
}

const UNKNOWN = '"code":"QUERY_AS_OF_UNKNOWN"';

/** Answers of a block, in which each that is as of an earlier day is asked of the lists of that day. */
export async function withPast(past: PastLists | undefined, answers: readonly string[], lines: readonly string[], first: number): Promise<readonly string[]> {
  if (past === undefined || !answers.some((answer) => answer.includes(UNKNOWN))) return answers;
  const settled: string[] = [];
  for (const [at, answer] of answers.entries()) settled.push(answer.includes(UNKNOWN) ? await past.answer(lines[at] ?? '', first + at) : answer);
  return settled;
}
