/**
 * A name as it was written becomes plain words in lower case: composed forms (NFKC), without what cannot be seen
 * (zero-width signs, directional overrides, controls), with letters that only look Latin read as Latin, and
 * every script but Arabic in Latin letters. What was done is kept in words. A name that is too long is refused
 * before any work is done on it, so that the time for a name is bounded.
 */

import anyAscii from 'any-ascii';
import { hangulToLatin } from './hangul.ts';

/** UTF-16 units that a name may have. The longest name on the public lists has under 300. */
export const NAME_LENGTH_MAX = 1_000;

/** A word of a name. `text` is Latin a to z and digits, or Arabic letters. */
export interface PlainWord {
  readonly text: string;
  readonly script: 'latin' | 'arabic';
  /** Written in another script and brought into Latin letters by table. */
  readonly converted: boolean;
  /** Tied to the word after it by a hyphen or apostrophe. */
  readonly tied: boolean;
  /** Stood between dots or single, like the letters of "S.A.". */
  readonly dotted: boolean;
}

/** Plain words, and notes on what was hidden in the name. */
export interface PlainName {
  readonly words: readonly PlainWord[];
  readonly notes: readonly string[];
}

/** Zero-width signs, joiners, directional marks and overrides, soft hyphens, variation selectors, tags, controls. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{Cc}/gu;
const SPACES = /\s+/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const LATIN = /\p{Script=Latin}/u;
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
/** Arabic letters, with those that Urdu, Persian, Pashto and Sindhi added. */
const ARABIC = /\p{Script=Arabic}/u;
const ARABIC_MARKS = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/gu;
const HAN = /\p{Script=Han}/u;
const HANGUL = /\p{Script=Hangul}/u;
const ASCII_ONLY = /^[ -~]*$/;

/** Letters of other scripts that look like a Latin one, by that letter. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(Object.entries({
  a: 'аαɑ', b: 'вьЬβ', c: 'сϲᴄ', d: 'ԁ', e: 'еєεҽ', f: 'ϝ', g: 'ԍɡ', h: 'һнհ', i: 'іιӏɩ', j: 'јϳ', k: 'кκ', l: 'ӏⅼ', m: 'мⅿ', n: 'пηո', o: 'оοσօ', p: 'рρ',
  q: 'ԛգ', r: 'гᴦ', s: 'ѕ', t: 'тτ', u: 'υսц', v: 'ѵν', w: 'ԝшω', x: 'хχ', y: 'уγү', z: 'ᴢζ',
}).flatMap(([latin, others]) => Array.from(others, (other): [string, string] => [other, latin])));
/** Digits that stand for a letter inside a word. */
const DIGIT_LETTERS: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', 3: 'e', 5: 's' };

/** Brings a name into plain words; `undefined` when it is longer than `NAME_LENGTH_MAX`. */
export function plainName(name: string): PlainName | undefined {
  if (name.length > NAME_LENGTH_MAX) return undefined;
  if (ASCII_ONLY.test(name)) return { words: asciiWords(name.toLowerCase()), notes: [] };
  const notes: string[] = [];
  const seen = name.normalize('NFKC').replace(SPACES, ' ').replace(UNSEEN, '');
  if (seen.length !== name.normalize('NFKC').replace(SPACES, ' ').length) notes.push('signs that cannot be seen were taken out');
  const text = seen.toLowerCase().replace(ARABIC_MARKS, '').replace(/(\p{L})[’'`´ʼʻʿʾ‘](?=\p{L})/gu, '$1');
  const isLatinName = LATIN.test(text);
  const words: PlainWord[] = [];
  for (const match of text.matchAll(WORD)) {
    const after = text[match.index + match[0].length] ?? '';
    const shape = { tied: after === '-' || after === '‐' || after === '–', dotted: after === '.' };
    words.push(...wordOf(match[0], isLatinName, shape, notes));
  }
  return { words, notes: [...new Set(notes)] };
}

function asciiWords(text: string): PlainWord[] {
  const words: PlainWord[] = [];
  const tight = text.includes("'") || text.includes('`') ? text.replace(/([a-z0-9])['`](?=[a-z0-9])/g, '$1') : text;
  for (const match of tight.matchAll(/[a-z0-9]+/g)) {
    const after = tight[match.index + match[0].length];
    words.push({ text: lettersOf(match[0]), script: 'latin', converted: false, tied: after === '-', dotted: after === '.' });
  }
  return words;
}

type Shape = Pick<PlainWord, 'tied' | 'dotted'>;

/** One written word; scripts that glue words (Han) give several. */
function wordOf(word: string, isLatinName: boolean, shape: Shape, notes: string[]): PlainWord[] {
  if (ARABIC.test(word)) return partsOf(word, shape, notes);
  const isMixed = LATIN.test(word) && FOREIGN.test(word);
  if (isMixed || (isLatinName && FOREIGN.test(word) && Array.from(word).every((letter) => LOOKALIKES.has(letter)))) {
    notes.push(`"${word}" mixes scripts and is read by its looks`);
    return latinWords(Array.from(word, (letter) => LOOKALIKES.get(letter) ?? letter).join(''), false, shape);
  }
  const hangul = HANGUL.test(word) ? hangulToLatin(word) : word;
  const spelled = HAN.test(hangul) ? hangul.replace(/\p{Script=Han}/gu, (sign) => ` ${anyAscii(sign)} `) : hangul;
  return latinWords(spelled, !LATIN.test(word) && !/^\p{N}+$/u.test(word), shape);
}

/** A word that holds Arabic letters: those stay, what is tied to them in Latin is a word of its own. */
function partsOf(word: string, shape: Shape, notes: string[]): PlainWord[] {
  const pieces = word.match(/[\p{Script=Arabic}\p{M}]+|[^\p{Script=Arabic}]+/gu) ?? [];
  if (pieces.length > 1) notes.push(`"${word}" mixes scripts`);
  return pieces.flatMap((piece): PlainWord[] => {
    if (!ARABIC.test(piece)) return latinWords(piece, false, shape);
    if (/^\p{N}+$/u.test(piece)) return latinWords(piece, false, shape);
    return [{ text: piece, script: 'arabic', converted: false, ...shape }];
  });
}

function latinWords(text: string, converted: boolean, shape: Shape): PlainWord[] {
  const plain = anyAscii(text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')).toLowerCase();
  return (plain.replace(/['`]/g, '').match(/[a-z0-9]+/g) ?? []).map((word) => ({ text: lettersOf(word), script: 'latin', converted, ...shape }));
}

/** Reads digits between letters as the letters that they look like. */
function lettersOf(word: string): string {
  if (!/[a-z]{2}/.test(word) || !/[a-z][0135]/.test(word)) return word;
  return word.replace(/(?<=[a-z])[0135](?=[a-z])/g, (digit) => DIGIT_LETTERS[digit] ?? digit);
}
