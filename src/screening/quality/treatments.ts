/**
 * What happens to a name between its bearer and a form: a slip of the key, words run together or cut, another order, a
 * legal form written out, another romanisation, a middle name left out, letters that only look right. Each treatment
 * gives undefined for a name that it cannot change. Mechanical, seeded, and ignorant of how the matcher works.
 */

import { pick, type Random } from './synthetic-names.ts';

/** Changes a name, or cannot. */
export type Treatment = (name: string, random: Random) => string | undefined;

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz');

function wordsOf(name: string): string[] {
  return name.replace(/,/g, ' ').split(/\s+/).filter((word) => word !== '');
}

function slip(word: string, random: Random): string {
  const at = Math.floor(random() * (word.length - 1));
  const letter = pick(random, LETTERS);
  const kind = random();
  if (kind < 0.25) return word.slice(0, at) + word.slice(at + 1);
  if (kind < 0.5) return word.slice(0, at) + letter + word.slice(at + 1);
  if (kind < 0.75) return word.slice(0, at) + letter + word.slice(at);
  return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
}

/** One slip of the key in a word of at least four letters; two in a name of over 24 letters. */
const spelling: Treatment = (name, random) => {
  const words = wordsOf(name.toLowerCase());
  for (let count = name.length > 24 ? 2 : 1; count > 0; count -= 1) {
    const long = words.map((word, at) => ({ word, at })).filter(({ word }) => /^[a-z]{4,}$/.test(word));
    if (long.length === 0) return undefined;
    const { word, at } = pick(random, long);
    words[at] = slip(word, random);
  }
  return words.join(' ') === wordsOf(name.toLowerCase()).join(' ') ? undefined : words.join(' ');
};

/** Words in another order. */
const order: Treatment = (name, random) => {
  const words = wordsOf(name);
  if (words.length < 2) return undefined;
  const turn = 1 + Math.floor(random() * (words.length - 1));
  return [...words.slice(turn), ...words.slice(0, turn)].join(' ');
};

/** Two neighbours written as one word, or a hyphen that becomes nothing. */
const joined: Treatment = (name, random) => {
  const words = wordsOf(name.replace(/[-']/g, ' '));
  if (words.length < 2) return undefined;
  const at = Math.floor(random() * (words.length - 1));
  return [...words.slice(0, at), `${words[at] ?? ''}${words[at + 1] ?? ''}`, ...words.slice(at + 2)].join(' ');
};

/** A word of at least six letters cut in two. */
const cut: Treatment = (name, random) => {
  const words = wordsOf(name);
  const long = words.map((word, at) => ({ word, at })).filter(({ word }) => /^[A-Za-z]{6,}$/.test(word));
  if (long.length === 0) return undefined;
  const { word, at } = pick(random, long);
  const place = 2 + Math.floor(random() * (word.length - 4));
  return [...words.slice(0, at), word.slice(0, place), word.slice(place), ...words.slice(at + 1)].join(' ');
};

const FORMS: readonly (readonly string[])[] = [
  ['LIMITED LIABILITY COMPANY', 'LLC', 'OOO', 'L.L.C.'], ['JOINT STOCK COMPANY', 'JSC', 'AO'], ['CO., LTD.', 'COMPANY LIMITED', 'CO LTD', 'LTD'], ['LTD', 'LIMITED', 'LTD.'], ['CORP', 'CORPORATION', 'INC'], ['COMPANY', 'CO', ''], ['S.A.', 'SA', 'SOCIEDAD ANONIMA'], ['GMBH', 'GESELLSCHAFT MIT BESCHRANKTER HAFTUNG'],
];

/** The legal form in another writing, or left out. */
const legalForm: Treatment = (name, random) => {
  for (const writings of FORMS) {
    const found = writings.find((form) => form !== '' && new RegExp(`(^|\\s)${form.replaceAll('.', '\\.')}(\\s|$|,)`, 'i').test(name));
    if (found === undefined) continue;
    const other = pick(random, [...writings.filter((form) => form !== found), '']);
    const changed = name.replace(new RegExp(`(^|\\s)${found.replaceAll('.', '\\.')}(?=\\s|$|,)`, 'i'), other === '' ? ' ' : ` ${other}`).trim();
    return wordsOf(changed).length > 0 ? changed : undefined;
  }
  return undefined;
};

/** A word left out of three or more. */
const missing: Treatment = (name, random) => {
  const words = wordsOf(name);
  if (words.length < 3) return undefined;
  const at = Math.floor(random() * words.length);
  return words.filter((_, i) => i !== at).join(' ');
};

/** A given name as its initial. */
const initial: Treatment = (name, random) => {
  const words = wordsOf(name);
  const full = words.map((word, at) => ({ word, at })).filter(({ word }) => /^[A-Za-z]{3,}$/.test(word));
  if (words.length < 3 || full.length < 2) return undefined;
  const { word, at } = pick(random, full);
  return [...words.slice(0, at), `${word[0] ?? ''}.`, ...words.slice(at + 1)].join(' ');
};

const ROMANISATIONS: readonly (readonly [RegExp, string])[] = [
  [/q/g, 'k'], [/oo|ou/g, 'u'], [/ee/g, 'i'], [/u/g, 'oo'], [/i(?=[^aeiouy])/g, 'ee'], [/kh/g, 'h'], [/dh/g, 'z'], [/y/g, 'i'], [/a(?=h)/g, 'e'], [/j/g, 'dj'], [/w/g, 'v'], [/ks|x/g, 'ks'], [/ph/g, 'f'], [/ai|ay/g, 'ei'], [/ch/g, 'tch'], [/(?<=[aeiou])h$/g, ''], [/gh/g, 'g'], [/sh/g, 'ch'],
];

/** Another romanisation: one or two rules of writing, throughout the name. */
const romanisation: Treatment = (name, random) => {
  const lower = name.toLowerCase().replace(/[',]/g, '');
  const rules = ROMANISATIONS.filter(([from]) => lower.search(from) >= 0);
  if (rules.length < 2) return undefined;
  const changed = [pick(random, rules), pick(random, rules)].reduce((text, [from, to]) => text.replace(from, to), lower);
  return changed === lower ? undefined : changed;
};

const LOOKALIKES: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', x: 'х', i: 'і', A: 'А', E: 'Е', O: 'О', P: 'Р', C: 'С', H: 'Н', K: 'К', M: 'М', T: 'Т', B: 'В' };

/** Zero-width signs, a directional override, letters of another script that look alike. */
const disguise: Treatment = (name, random) => {
  const signs = Array.from(name, (letter) => {
    const chance = random();
    if (chance < 0.15) return `${letter}\u200b`;
    return chance < 0.4 ? (LOOKALIKES[letter] ?? letter) : letter;
  });
  return `\u202e${signs.join('')}\u202c`;
};

/** Every treatment by the class that it stands for. */
export const TREATMENTS: Readonly<Record<string, Treatment>> = { spelling, order, joined, cut, legalForm, missing, initial, romanisation, disguise };
