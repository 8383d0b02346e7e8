/**
 * Legal forms taken out of the words of a name, also where they were mistyped, cut or run together with the name.
 * A name that is nothing but forms and small words keeps them: "Company Limited" must not match everything.
 */

import type { PlainWord } from './clean.ts';
import { formAt, isFormWord, mendedFormWord, partedFormWord } from './legal-forms.ts';
import { knownWord } from './words.ts';

/** Takes legal forms out, unless nothing but small words would stay. */
export function withoutForms(words: readonly PlainWord[]): { rest: readonly PlainWord[]; forms: string[] } {
  const mended = mendedForms(words);
  const texts = mended.map((word) => word.text);
  const rest: PlainWord[] = [];
  const forms = new Set<string>();
  for (let at = 0; at < mended.length; at += 1) {
    const found = formAt(texts, at);
    const word = mended[at];
    if (found !== undefined) {
      forms.add(found.form);
      at += found.length - 1;
    } else if (word !== undefined) rest.push(word);
  }
  const named = rest.filter((word) => !isFormWord(word.text));
  const isBroken = rest.length - named.length > 1;
  if (named.some((word) => knownWord(word.text).kind !== 'particle')) return { rest: forms.size > 0 || isBroken ? named : rest, forms: [...forms] };
  return { rest: words, forms: [] };
}

/** Mends words of legal forms that were mistyped, cut or run together; names keep their letters. */
function mendedForms(words: readonly PlainWord[]): PlainWord[] {
  const mended: PlainWord[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word, next] = [words[at], words[at + 1]];
    if (word === undefined) continue;
    const both = next === undefined ? '' : word.text + next.text;
    const parted = partedFormWord(word.text);
    if (both.length > 5 && isFormWord(both) && !isFormWord(word.text) && !isFormWord(next?.text ?? '')) {
      mended.push({ ...word, text: both });
      at += 1;
    } else if (parted !== undefined) mended.push(...parted.map((text) => ({ ...word, text })));
    else {
      const text = mendedFormWord(word.text, isFormWord(mended.at(-1)?.text ?? '') || isFormWord(next?.text ?? ''));
      mended.push(text === word.text ? word : { ...word, text });
    }
  }
  return mended;
}
