/**
 * The answers of a form, judged by the form that the framework has: each is of its type, none is of another form, and
 * what names a natural person is not among them: such fields are sealed for the vault, and only their names are told.
 * An answer of a wrong type is refused; one that is missing is a fault, which leaves the filing incomplete.
 */

import type { Framework } from '../framework/index.ts';
import { parseKarachiDay } from '../terms/index.ts';

export type Form = Framework['forms'] extends ReadonlyMap<string, readonly (infer F)[]> ? F : never;
type Section = Form['sections'][number];
type Field = Section['fields'][number];

/** An answer, and the answers of a form: by section, one record for each time that the section is filled. */
export type Answer = string | number | boolean | readonly string[];
export type Answers = Readonly<Record<string, readonly Readonly<Record<string, Answer>>[]>>;

/** What stands in the way of a filing: where, and why. */
export interface AnswerFault {
  readonly place: string;
  readonly why: 'missing' | 'unknown' | 'type' | 'open' | 'repeats';
}

/** `refused`: nothing can be kept. `missing`: it can, and is incomplete. `roles`: the positions that the answers name. */
export interface JudgedAnswers {
  readonly refused: readonly AnswerFault[];
  readonly missing: readonly AnswerFault[];
  readonly roles: readonly string[];
}

/** Times that a section may be filled. */
const REPEATS_MAX = 60;
const TEXT_MAX = 500;
const LONG_TEXT_MAX = 20_000;

/** Judges answers. `sealed`: places (`section.field`) whose answers were sealed apart. `documents`: hashes of documents that the firm filed. */
export function judgeAnswers(form: Form, answers: Answers, sealed: ReadonlySet<string>, documents: ReadonlySet<string>, framework: Framework): JudgedAnswers {
  const refused: AnswerFault[] = [];
  const missing: AnswerFault[] = [];
  const roles = new Set<string>();
  for (const name of Object.keys(answers)) if (!form.sections.some((one) => one.section === name)) refused.push({ place: name, why: 'unknown' });
  for (const section of form.sections) {
    const filled = answers[section.section] ?? [];
    if (filled.length > (section.repeats ? REPEATS_MAX : 1)) refused.push({ place: section.section, why: 'repeats' });
    const rows = filled.length === 0 ? [{}] : filled;
    for (const [i, row] of rows.entries()) {
      const at = section.repeats && filled.length > 0 ? `${section.section}.${i}` : section.section;
      for (const key of Object.keys(row)) if (!section.fields.some((one) => one.field === key)) refused.push({ place: `${at}.${key}`, why: 'unknown' });
      for (const field of section.fields) judgeField(field, row, `${at}.${field.field}`, sealed.has(`${section.section}.${field.field}`), { refused, missing, roles, documents, framework });
    }
  }
  return { refused, missing, roles: [...roles] };
}

interface Sheet {
  readonly refused: AnswerFault[];
  readonly missing: AnswerFault[];
  readonly roles: Set<string>;
  readonly documents: ReadonlySet<string>;
  readonly framework: Framework;
}

function judgeField(field: Field, row: Readonly<Record<string, Answer>>, place: string, isSealed: boolean, sheet: Sheet): void {
  const answer = row[field.field];
  if (field.identity && answer !== undefined) return void sheet.refused.push({ place, why: 'open' });
  if (answer === undefined || answer === '') {
    if (field.required && !(field.identity && isSealed)) sheet.missing.push({ place, why: 'missing' });
    return;
  }
  if (!isOfType(field, answer, sheet)) return void sheet.refused.push({ place, why: 'type' });
  if (field.type === 'role' && typeof answer === 'string') sheet.roles.add(answer);
}

function isOfType(field: Field, answer: Answer, { documents, framework }: Sheet): boolean {
  switch (field.type) {
    case 'number':
      return typeof answer === 'number' && Number.isSafeInteger(answer) && answer >= 0;
    case 'yes-no':
      return typeof answer === 'boolean';
    case 'services':
      return Array.isArray(answer) && answer.length > 0 && answer.every((one) => [...framework.services.keys()].some((service) => service === one));
    default:
      return typeof answer === 'string' && isText(field, answer, documents, framework);
  }
}

function isText(field: Field, answer: string, documents: ReadonlySet<string>, framework: Framework): boolean {
  switch (field.type) {
    case 'money':
      return /^\d{1,15}(\.\d{1,2})?$/.test(answer);
    case 'share':
      return /^(100(\.0+)?|\d{1,2}(\.\d{1,4})?)$/.test(answer);
    case 'date':
      return parseKarachiDay(answer) !== undefined;
    case 'country':
      return /^[A-Z]{2}$/.test(answer);
    case 'choice':
      return field.choices?.some((one) => one.choice === answer) === true;
    case 'role':
      return framework.roles.has(answer);
    case 'document':
      return documents.has(answer);
    case 'email':
      return /^[^\s@]{1,64}@[^\s@]{1,190}$/.test(answer);
    case 'phone':
      return /^\+?[\d\s()-]{5,32}$/.test(answer);
    case 'long-text':
      return answer.trim() !== '' && answer.length <= LONG_TEXT_MAX;
    default:
      return answer.trim() !== '' && answer.length <= TEXT_MAX;
  }
}
