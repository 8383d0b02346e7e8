/** Rows of a dossier as screens count them: the newest version of each filing and of each document. */
import type { DossierAnswer } from '../../src/contract/console.ts';

type Form = DossierAnswer['forms'][number];
type Paper = DossierAnswer['documents'][number];

/** The newest version of each filing: of a form by what it is about. */
export function newest(forms: readonly Form[]): Form[] {
  const last = new Map<string, Form>();
  for (const one of forms) if ((last.get(`${one.form}/${one.about}`)?.n ?? 0) < one.n) last.set(`${one.form}/${one.about}`, one);
  return [...last.values()];
}

/** The newest version of each document. */
export function newestDocuments(documents: readonly Paper[]): Paper[] {
  const last = new Map<string, Paper>();
  for (const one of documents) if ((last.get(one.document)?.n ?? 0) < one.n) last.set(one.document, one);
  return [...last.values()];
}
