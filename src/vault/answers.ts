/**
 * Sealed answers of a form: what an applicant says of the people whom it names. They are kept sealed where they were
 * filed, outside the vault; it opens them for an officer who judges fitness, and the entry that says who and why is
 * on disk before they leave. Refuses what was not sealed for this form and this person.
 */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { reject, type Rejection } from '../terms/index.ts';

const ROWS_MAX = 60;
const TEXT_LENGTH_MAX = 20_000;
const name = z.string().min(1).max(60);
const answer = z.union([z.string().max(TEXT_LENGTH_MAX), z.number(), z.boolean(), z.array(z.string().max(60)).max(60)]);
/** By section, one record for each time that the section is filled. */
export const openedAnswers = z.record(name, z.array(z.record(name, answer)).max(ROWS_MAX));
const sealedShape = z.strictObject({ v: z.literal(1), form: name, about: z.string().max(60), answers: openedAnswers });

/** Answers as they were sealed. */
export type OpenedAnswers = z.infer<typeof openedAnswers>;

/** Which filing is to be opened, by whom, and why. */
export interface AnswersAct {
  readonly firm: string;
  readonly form: string;
  readonly about: string;
  /** The compact JWE as it was filed. */
  readonly jwe: string;
  readonly actor: string;
  readonly reason: string;
}

/** SHA-256 of the JWE: what the filing's entry names. */
export function sealedHash(jwe: string): string {
  return createHash('sha256').update(jwe).digest('hex');
}

/** Reads what was sealed; it must be for this form and this person. */
export function readAnswers(plain: Uint8Array, about: Pick<AnswersAct, 'form' | 'about'>): OpenedAnswers | Rejection {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(plain).toString('utf8'));
  } catch {
    return reject('FORM_ANSWER_INVALID', 'sealed');
  }
  const parsed = sealedShape.safeParse(json);
  if (!parsed.success || parsed.data.form !== about.form || parsed.data.about !== about.about) return reject('FORM_ANSWER_INVALID', 'sealed');
  return parsed.data.answers;
}

/** Somebody whom answers name, with what else they say of them. */
export interface NamedParty {
  readonly name: string;
  readonly birthDate?: string;
  readonly nationality?: string;
  readonly schema?: 'Person' | 'Organization';
}

const NAME_FIELD = /^(?:name|.+-name)$/;

/** Whom answers name: each row of a section that has a name, with the birth date and nationality beside it. Longer texts are for an officer to read. */
export function namedParties(answers: OpenedAnswers): NamedParty[] {
  return Object.values(answers).flat().flatMap((row) => {
    const textOf = (field: string): string | undefined => (typeof row[field] === 'string' && row[field] !== '' ? row[field] : undefined);
    const [birthDate, nationality] = [textOf('born'), textOf('nationality')];
    return Object.keys(row).filter((field) => NAME_FIELD.test(field)).flatMap((field) => {
      const named = textOf(field);
      return named === undefined ? [] : [{ name: named.slice(0, 1_000), ...(birthDate === undefined ? {} : { birthDate }), ...(nationality === undefined ? {} : { nationality }) }];
    });
  });
}
