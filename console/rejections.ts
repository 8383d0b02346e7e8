/**
 * Meaning and remedy of a rejection code in the reader's language. English is the one list in `terms`; the
 * Urdu list stands in `words/rejections-ur.ts`; a code that it lacks is shown in English.
 */
import { useEffect, useState } from 'react';
import { REJECTIONS, type RejectionCode } from '../src/terms/index.ts';
import { useWords } from './words.tsx';

export type RejectionWords = { readonly meaning: string; readonly remedy: string };
type List = Readonly<Partial<Record<RejectionCode, RejectionWords>>>;

const isCode = (text: string): text is RejectionCode => Object.hasOwn(REJECTIONS, text);
let urdu: List | null = null;

/** Gives the words of a code, or undefined for a code that is not in the list. */
export function useRejectionWords(): (code: string) => RejectionWords | undefined {
  const { language } = useWords();
  const [list, setList] = useState<List | null>(urdu);
  useEffect(() => {
    if (language !== 'ur' || urdu !== null) return;
    let wanted = true;
    void import('./words/rejections-ur.ts').then((loaded) => {
      urdu = loaded.rejectionsInUrdu;
      if (wanted) setList(urdu);
    });
    return () => { wanted = false; };
  }, [language]);
  const words: List = language === 'ur' && list !== null ? list : REJECTIONS;
  return (code) => (isCode(code) ? words[code] ?? REJECTIONS[code] : undefined);
}
