/**
 * Hangul in the Latin letters that Korean names are written with in documents of the North (Kim Jong Chol, Ri, Pak):
 * each syllable block is taken apart by the arithmetic of the Unicode Standard (section 3.12) and read by three
 * tables. A final consonant before a vowel is left hard; the sounds table takes g and k, d and t, b and p as near.
 */

const FIRST = 0xac00;
const LAST = 0xd7a3;
const VOWELS = 21;
const FINALS = 28;

const INITIAL = ['k', 'kk', 'n', 't', 'tt', 'r', 'm', 'p', 'pp', 's', 'ss', '', 'j', 'jj', 'ch', 'k', 't', 'p', 'h'];
const VOWEL = ['a', 'ae', 'ya', 'yae', 'o', 'e', 'yo', 'ye', 'o', 'wa', 'wae', 'oe', 'yo', 'u', 'wo', 'we', 'wi', 'yu', 'u', 'ui', 'i'];
const FINAL = ['', 'k', 'k', 'k', 'n', 'n', 'n', 't', 'l', 'k', 'm', 'l', 'l', 'l', 'p', 'l', 'm', 'p', 'p', 't', 't', 'ng', 't', 't', 'k', 't', 'p', 't'];

/** Hangul syllables of a word as Latin syllables with spaces between them; other letters stay. */
export function hangulToLatin(word: string): string {
  return Array.from(word, (sign) => {
    const code = (sign.codePointAt(0) ?? 0) - FIRST;
    if (code < 0 || code > LAST - FIRST) return sign;
    const vowel = Math.floor(code / FINALS) % VOWELS;
    return `${INITIAL[Math.floor(code / (VOWELS * FINALS))] ?? ''}${VOWEL[vowel] ?? ''}${FINAL[code % FINALS] ?? ''} `;
  }).join('');
}
