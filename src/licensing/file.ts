/**
 * What a firm files in its dossier: forms and documents, each with its versions. Bytes go to objects and the entry
 * commits to them by hash. A form is taken when every answer is of its type; what it lacks is counted and told, and
 * its gate waits. Answers that name natural persons come sealed and are kept unopened.
 */

import { decide, type Member } from '../access/index.ts';
import { inForce, type Framework } from '../framework/index.ts';
import { append, lockLedger, type Entry, type Objects, type Tx } from '../log/index.ts';
import { canonicalBytes, reject, type Instant, type Json, type Rejection } from '../terms/index.ts';
import { entered } from './acts.ts';
import { judgeAnswers, type AnswerFault, type Answers } from './answers.ts';
import { formKey, type Dossier } from './dossier.ts';
import { readDossier } from './dossier-view.ts';
import { readPdf } from './pdf.ts';
import { readFirm } from './views.ts';

const VERSIONS_MAX = 200;
const ABOUT_FORM = /^[a-z0-9-]{0,60}$/;
const JWE_FORM = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*){4}$/;
const SEALED_LENGTH_MAX = 64 * 1024;

/** A form to file. `about`: which person or arrangement it is about; empty where a firm files it once. `sealed`: one compact JWE of the answers in `sealedFields` (`section.field`). */
export interface WantedForm {
  readonly firm: string;
  readonly form: string;
  readonly about: string;
  readonly answers: Answers;
  readonly sealed?: string;
  readonly sealedFields: readonly string[];
}

/** A document to file, or its next version. `document`: a part that the framework names, or `annex-…` for what a form refers to. */
export interface WantedDocument {
  readonly firm: string;
  readonly document: string;
  readonly title: string;
  readonly label: string;
  readonly language: 'en' | 'ur';
  readonly bytes: Uint8Array;
  /** Hash of the document that shows the board's approval. */
  readonly board?: string;
}

/** A form that was filed, and what it lacks. */
export interface FiledForm {
  readonly entry: Entry<'form-filed'>;
  readonly missing: readonly AnswerFault[];
}

/** Files a form. */
export async function fileForm(tx: Tx, now: Instant, framework: Framework, objects: Objects, wanted: WantedForm, by: Member): Promise<FiledForm | Rejection> {
  const ground = await openDossier(tx, now, wanted.firm, by);
  if ('code' in ground) return ground;
  const form = inForce(framework.forms.get(wanted.form), now);
  if (form === undefined) return reject('FORM_UNKNOWN', 'form');
  if (!form.stages.includes(ground.stage)) return reject('FORM_CLOSED', form.stages.join(', '));
  const isAbout = form.filedFor === 'person' || form.filedFor === 'arrangement';
  if (!ABOUT_FORM.test(wanted.about) || (form.filedFor === 'person' && wanted.about === '') || (!isAbout && form.filedFor === 'firm' && wanted.about !== '')) return reject('DECISION_INVALID', 'about');
  if (wanted.sealed !== undefined && (wanted.sealed.length > SEALED_LENGTH_MAX || !JWE_FORM.test(wanted.sealed))) return reject('FORM_ANSWER_INVALID', 'sealed');
  const sealed = new Set(wanted.sealed === undefined ? [] : wanted.sealedFields);
  const judged = judgeAnswers(form, wanted.answers, sealed, hashesOf(ground.dossier), framework);
  const [wrong] = judged.refused;
  if (wrong !== undefined) return reject(wrong.why === 'open' ? 'FORM_IDENTITY_OPEN' : 'FORM_ANSWER_INVALID', wrong.place);
  const n = (ground.dossier.forms.get(formKey(wanted.form, wanted.about))?.length ?? 0) + 1;
  if (n > VERSIONS_MAX) return reject('REQUEST_TOO_MANY', 'form');
  const answers = await objects.put(canonicalBytes({ form: wanted.form, about: wanted.about, answers: wanted.answers as Json, sealedFields: [...sealed] }));
  const kept = wanted.sealed === undefined ? undefined : await objects.put(Buffer.from(wanted.sealed, 'utf8'));
  const made = await append(tx, now, [{
    kind: 'form-filed', actor: by.account, basis: form.clause.en,
    body: { firm: wanted.firm, form: wanted.form, about: wanted.about, n, answers, faults: judged.missing.length, roles: [...judged.roles], ...(kept === undefined ? {} : { sealed: kept }) },
  }]);
  return { entry: await entered(tx, made), missing: judged.missing };
}

/** Files a document. A PDF that cannot be read is refused; one without text is kept, and told to be no more than a picture. */
export async function fileDocument(tx: Tx, now: Instant, framework: Framework, objects: Objects, wanted: WantedDocument, by: Member): Promise<Entry<'document-filed'> | Rejection> {
  const ground = await openDossier(tx, now, wanted.firm, by);
  if ('code' in ground) return ground;
  const part = inForce(framework.documents.get(wanted.document), now);
  if (part === undefined && !/^annex-[a-z0-9-]{1,40}$/.test(wanted.document)) return reject('DECISION_INVALID', 'document');
  if (wanted.title.trim() === '' || wanted.title.length > 200 || wanted.label.length > 40) return reject('DECISION_INVALID', 'title');
  const seen = readPdf(wanted.bytes);
  if (seen === undefined) return reject('DOCUMENT_INVALID', 'bytes');
  if (wanted.board !== undefined && !hashesOf(ground.dossier).has(wanted.board)) return reject('DECISION_INVALID', 'board');
  const n = (ground.dossier.documents.get(wanted.document)?.length ?? 0) + 1;
  if (n > VERSIONS_MAX) return reject('REQUEST_TOO_MANY', 'document');
  const sha256 = await objects.put(wanted.bytes);
  return entered(tx, await append(tx, now, [{
    kind: 'document-filed', actor: by.account, basis: part?.clause.en ?? 'annex to a form',
    body: {
      firm: wanted.firm, document: wanted.document, n, title: wanted.title, label: wanted.label, language: wanted.language, sha256, bytes: wanted.bytes.length, pages: seen.pages, searchable: seen.searchable,
      ...(wanted.board === undefined ? {} : { board: wanted.board }),
    },
  }]));
}

/** Hashes of every document that the firm filed, in any version. */
export function hashesOf(dossier: Dossier): ReadonlySet<string> {
  return new Set([...dossier.documents.values()].flat().map((said) => said.body.sha256));
}

async function openDossier(tx: Tx, now: Instant, id: string, by: Member): Promise<{ dossier: Dossier; stage: string } | Rejection> {
  const may = decide(by, 'dossier.file', { firm: id });
  if (!may.allowed) return may.rejection;
  await lockLedger(tx, now);
  const firm = await readFirm(tx, { firm: id });
  const stage = firm?.held.at(-1)?.stage;
  return stage === undefined ? reject('FIRM_UNKNOWN', 'firm') : { dossier: await readDossier(tx, id), stage };
}
