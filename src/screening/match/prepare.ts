/**
 * A name becomes the words that are compared: legal forms set apart, compounds put together in one writing
 * (Abd al-Rahman, Abdurrahman and Abdul Rehman are one word; so are Saif Ullah and Saifullah, Salah al-Din and
 * Salahuddin), known words of Arabic script read by the table of variants, initials kept as initials. The same rules
 * hold for both sides of a comparison, so none of them can make two equal names differ.
 */

import { plainName, type PlainWord } from './clean.ts';
import { letterDistance, signsOf, type Spelled } from './similarity.ts';
import { withoutForms } from './without-forms.ts';
import { arabicSounds, latinSounds, latinSkeletons, skeletonReadings } from './sounds.ts';
import { knownWord, variantName, WORTH } from './words.ts';

/** Words that a name may have; the longest on the public lists has 31. */
export const NAME_WORDS_MAX = 64;

/** A word as it is compared. */
export interface Word extends Spelled {
  /** Letters in the one writing of its rules. */
  readonly text: string;
  readonly kind: 'word' | 'particle' | 'title' | 'generic' | 'initial';
  /** The line of its writings, and the second one that it stands on; 0 for none. */
  readonly variant: number;
  readonly otherVariant: number;
  readonly worth: number;
  /** Its consonants, in each reading that it may have. */
  readonly skeletons: readonly string[];
  /** Which classes of consonants it has, a bit each: two words that share under half are never near. */
  readonly classes: number;
  readonly converted: boolean;
  /** What a servant's name serves ("rahman" of "abdrahman"); empty for other words. */
  readonly bare: string;
  /** Its number in the store that keeps it; -1 when none does. */
  readonly number: number;
}

/** A name ready for comparison. */
export interface PreparedName {
  readonly written: string;
  readonly words: readonly Word[];
  /** Legal forms, by class. */
  readonly forms: readonly string[];
  /** All letters without spaces, as written; made when they are asked for. */
  readonly letters: () => string;
  /** The same with the legal forms. */
  readonly allLetters: () => string;
  /** Letters in all words, about, without and with the legal forms. */
  readonly length: number;
  readonly allLength: number;
  /** Sum of the words' worth. */
  readonly worth: number;
  readonly notes: readonly string[];
}

/** Words by their writing, so that a list holds each once. */
export type WordStore = Map<string, Word>;

/** Why a name cannot be compared. */
export type NameFault = 'name-too-long' | 'name-too-many-words' | 'name-without-letters';

/** Prepares a name; persons have no legal forms. Gives a coded fault for what is over a limit or holds no letter. */
export function prepareName(written: string, isPerson: boolean, store?: WordStore): PreparedName | NameFault {
  const plain = plainName(written);
  if (plain === undefined) return 'name-too-long';
  if (plain.words.length > NAME_WORDS_MAX) return 'name-too-many-words';
  if (plain.words.length === 0) return 'name-without-letters';
  const { rest, forms } = isPerson ? { rest: plain.words, forms: [] } : withoutForms(plain.words);
  const merged = isPerson ? mergedInitials(rest) : numbered(mergedInitials(rest));
  const words = compounds(merged).map((each) => wordOf(each, store));
  return nameOf({ written, words, forms, notes: plain.notes }, plain.words.reduce((sum, word) => sum + word.text.length, 0), () => merged.map((word) => word.text).join(''), () => plain.words.map((word) => word.text).join(''));
}

/** Puts a prepared name together from its words. */
export function nameOf(parts: Pick<PreparedName, 'written' | 'words' | 'forms' | 'notes'>, allLength: number, letters: () => string, allLetters: () => string): PreparedName {
  let worth = 0;
  let length = 0;
  for (const word of parts.words) {
    worth += word.worth;
    length += word.text.length;
  }
  return { ...parts, letters, allLetters, length, allLength, worth };
}

/** Three or more single letters in a row are one abbreviation. */
function mergedInitials(words: readonly PlainWord[]): readonly PlainWord[] {
  if (!words.some((word, at) => word.text.length === 1 && words[at + 1]?.text.length === 1 && words[at + 2]?.text.length === 1)) return words;
  const merged: PlainWord[] = [];
  for (let at = 0; at < words.length; at += 1) {
    let end = at;
    while (words[end]?.text.length === 1 && words[end]?.script === 'latin') end += 1;
    const word = words[at];
    if (word === undefined) continue;
    if (end - at < 3) merged.push(word);
    else {
      merged.push({ ...word, text: words.slice(at, end).map((each) => each.text).join('') });
      at = end - 1;
    }
  }
  return merged;
}

const ROMAN: Readonly<Record<string, string>> = { ii: '2', iii: '3', iv: '4', vi: '6', vii: '7', viii: '8', ix: '9' };

/** Roman numbers of firms, funds and ships as digits; a last I is a one. */
function numbered(words: readonly PlainWord[]): readonly PlainWord[] {
  return words.map((word, at) => {
    const isLastOne = word.text === 'i' && at > 0 && at === words.length - 1 && words[at - 1]?.text.length !== 1;
    const text = isLastOne ? '1' : ROMAN[word.text];
    return text === undefined ? word : { ...word, text };
  });
}

/** A word, or the piece of a compound, before it is weighed. `ending` is spoken after an Arabic stem. */
interface Piece {
  readonly text: string;
  readonly script: 'latin' | 'arabic';
  readonly converted: boolean;
  readonly ending?: string;
}

const ABD = /^abd(?:[aeuo]+[lrsndzt]?|o?ush|il)?$/;
const ARTICLE = /^(?:al|el|ul|ur|ar|us|as|ud|ad|un|an|ush|ash|az|uz|at|ut|il|ol|od|e)$/;
const ALLAH = /^(?:allah|ullah|ollah|ulla|alla|ellah|illah|oullah|lah)$/;
const DIN = /^(?:din|deen|dine|dein|uddin|eddin|addin|aldin|eldin|uddeen|eddine|eldeen|aldeen|uldin|udin|eldine)$/;

/** Puts compounds together, in both scripts. */
function compounds(words: readonly PlainWord[]): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) continue;
    const joined = word.script === 'arabic' ? arabicCompound(words, at) : latinCompound(words, at);
    pieces.push(joined.piece);
    at += joined.length - 1;
  }
  return pieces;
}

interface Joined {
  readonly piece: Piece;
  readonly length: number;
}

function latinCompound(words: readonly PlainWord[], at: number): Joined {
  const word = words[at] ?? { text: '', script: 'latin' as const, converted: false };
  const textAt = (step: number): string => (words[at + step]?.script === 'latin' ? (words[at + step]?.text ?? '') : '');
  const of = (text: string, length: number): Joined => ({ piece: { text, script: 'latin', converted: word.converted }, length });
  if (isServantWord(word.text)) {
    const step = ARTICLE.test(textAt(1)) ? 2 : 1;
    const servant = textAt(step);
    if (ALLAH.test(servant)) return of('abdullah', step + 1);
    if (servant.length > 2) return of(`abd${lineName(servant)}`, step + 1);
  }
  const stem = lineName(word.text);
  if (word.text.length > 2 && knownWord(word.text).kind === 'word') {
    if (ALLAH.test(textAt(1)) && textAt(1) !== 'lah') return of(`${stem}ullah`, 2);
    if (DIN.test(textAt(1)) && textAt(1).length > 2) return of(`${stem}uddin`, 2);
    if (ARTICLE.test(textAt(1)) && DIN.test(textAt(2))) return of(`${stem}uddin`, 3);
    if (ARTICLE.test(textAt(1)) && textAt(2) === 'lah') return of(`${stem}ullah`, 3);
  }
  return of(gluedCompound(word.text), 1);
}

/** Abd, Abdul, Abdel, and these with a slip of the key. */
function isServantWord(text: string): boolean {
  if (ABD.test(text)) return true;
  return text.length > 3 && text.length < 7 && text.startsWith('ab') && text.includes('d') && knownWord(text).variant === 0 && letterDistance(text, 'abdul', 1) <= 1;
}

/** A compound that was written as one word, in the writing of the others. */
function gluedCompound(text: string): string {
  if (text.length < 6) return text;
  if (/^abd[aeou]+l+ah?$/.test(text)) return 'abdullah';
  const servant = /^abd[aeou]+(.{3,})$/.exec(text)?.[1];
  if (servant !== undefined) return `abd${lineName(servantOf(servant))}`;
  const ullah = /^(.{3,}?)(?:[aeou]+ll?ah|[ao]u?lla|ulla)$/.exec(text)?.[1];
  if (ullah !== undefined && !/^(ayat|mull|moll)/.test(text)) return `${lineName(ullah)}ullah`;
  const uddin = /^(.{3,}?)(?:[aeou]l?dd|[aeu]ld|ud)(?:in|een|ine)$/.exec(text)?.[1];
  return uddin === undefined ? text : `${lineName(uddin)}uddin`;
}

/** What is served, without the article that was spoken into it. */
function servantOf(text: string): string {
  if (/^l[^aeiou]/.test(text) || text[0] === text[1]) return text.slice(1);
  if (text.startsWith('l') && knownWord(text).variant === 0) return text.slice(1);
  return text;
}

/** The one writing of a name that has a line in the table, else the word itself. */
function lineName(text: string): string {
  const { variant } = knownWord(text);
  return variant === 0 ? text : variantName(variant);
}

const ABD_ARABIC = /^عبد(?:ال)?$/;
const ALLAH_ARABIC = /^(?:الله|اللہ|ﷲ|لله|للہ)$/;
const DIN_ARABIC = /^(?:ال)?(?:دين|دین)$/;

function arabicCompound(words: readonly PlainWord[], at: number): Joined {
  const word = words[at] ?? { text: '', script: 'arabic' as const };
  const next = words[at + 1]?.script === 'arabic' ? (words[at + 1]?.text ?? '') : '';
  if (ABD_ARABIC.test(word.text) && next !== '') {
    return { piece: servantPiece(ALLAH_ARABIC.test(next) ? '' : next.replace(/^ال(?=..)/, '')), length: 2 };
  }
  if (ALLAH_ARABIC.test(next)) return { piece: withEnding(withoutArticle(word.text), 'ullah'), length: 2 };
  if (DIN_ARABIC.test(next) && next.startsWith('ال')) return { piece: withEnding(withoutArticle(word.text), 'uddin'), length: 2 };
  return { piece: gluedArabic(word.text), length: 1 };
}

function gluedArabic(text: string): Piece {
  if (/^عبدال?ل[هہ]$/.test(text)) return servantPiece('');
  const servant = /^عبدال(.{2,})$/.exec(text)?.[1];
  if (servant !== undefined) return servantPiece(servant);
  const ullah = /^(.{2,})ال?ل[هہ]$/.exec(text)?.[1];
  if (ullah !== undefined && text.includes('الل')) return withEnding(withoutArticle(ullah), 'ullah');
  const uddin = /^(.{2,})ال(?:دين|دین)$/.exec(text)?.[1];
  if (uddin !== undefined) return withEnding(withoutArticle(uddin), 'uddin');
  return arabicPiece(withoutArticle(text));
}

function withoutArticle(text: string): string {
  const bare = text.replace(/^(?:وال|ال|لل)(?=.{3,})/, '');
  return knownWord(text).variant > 0 ? text : bare;
}

function arabicPiece(text: string): Piece {
  const { variant } = knownWord(text);
  return variant === 0 ? { text, script: 'arabic', converted: false } : { text: variantName(variant), script: 'latin', converted: true };
}

function servantPiece(servant: string): Piece {
  if (servant === '') return { text: 'abdullah', script: 'latin', converted: true };
  const piece = arabicPiece(servant);
  return piece.script === 'latin' ? { ...piece, text: `abd${piece.text}` } : { ...piece, text: `عبد${servant}` };
}

function withEnding(stem: string, ending: string): Piece {
  const piece = arabicPiece(stem);
  return piece.script === 'latin' ? { ...piece, text: `${piece.text}${ending}` } : { ...piece, ending };
}

/** Classes of consonants by the letters of skeletons. */
const CLASS_LETTERS = 'bkgjcdtsfvhlmnr0123456789';

function wordOf(piece: Piece, store: WordStore | undefined): Word {
  const key = `${piece.text}|${piece.ending ?? ''}|${piece.converted ? 1 : 0}`;
  const kept = store?.get(key);
  if (kept !== undefined) return kept;
  const known = knownWord(piece.text);
  const kind = known.kind === 'word' && piece.text.length === 1 && !/\d/.test(piece.text) && piece.script === 'latin' ? 'initial' : known.kind;
  const spoken = piece.script === 'latin' ? latinSounds(piece.text) : arabicSounds(piece.text);
  const sounds = piece.ending === undefined ? spoken : Uint8Array.from([...spoken, ...latinSounds(piece.ending)]);
  const skeletons = piece.script === 'latin' ? latinSkeletons(sounds) : skeletonReadings(sounds);
  let classes = 0;
  for (const letter of skeletons.join('')) classes |= 1 << CLASS_LETTERS.indexOf(letter);
  const text = piece.ending === undefined ? piece.text : `${piece.text}${piece.ending === 'ullah' ? 'الله' : 'الدين'}`;
  const word: Word = { text, script: piece.script, kind, variant: known.variant, otherVariant: known.otherVariant, worth: kind === 'initial' ? WORTH.initial : worthOf(piece, known.worth), sounds, ...signsOf(text, sounds), skeletons, classes, converted: piece.converted, bare: /^abd(.{3,})$/.exec(piece.text)?.[1] ?? '', number: store?.size ?? -1 };
  store?.set(key, word);
  return word;
}

/** Compounds of servants and faith are borne by many. */
function worthOf(piece: Piece, worth: number): number {
  if (piece.text === 'abdullah') return WORTH.frequent2;
  return worth === WORTH.word && (/^(abd|عبد)./.test(piece.text) || /(ullah|uddin)$/.test(piece.text) || piece.ending !== undefined) ? WORTH.frequent3 : worth;
}
