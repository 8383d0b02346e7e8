/**
 * Letters that look like one another, as one: Cyrillic and Greek letters, digits and signs that stand for Latin ones,
 * letters with marks, and pairs that look like one letter. Two names that look alike have one skeleton. The table is
 * small on purpose: what is written with Latin letters and their nearest likenesses; other scripts stay as they are.
 */

/** Rows of letters that look like the first one. */
const ROWS = [
  'aаạαɑ@4', 'bЬьвƅ8', 'cсϲⅽ', 'dԁɗⅾ', 'eеёєεɛ3', 'fƒϝ', 'gɡց9', 'hһհ', 'kкκ', 'lіӏιɩıⅼⅰij1i|!', 'mмⅿ', 'nոпη', 'oоοσօ0', 'pрρ', 'qԛգ', 'rгɾ', 'sѕʂ5$', 'tтτ7', 'uυцս', 'vνѵⅴ', 'wωѡա', 'xхχⅹ', 'yуүγ', 'zᴢʐ2',
];
const LIKE = new Map(ROWS.flatMap((row) => Array.from(row).slice(1).map((letter) => [letter, row.slice(0, 1)] as const)).filter(([letter]) => letter !== 'j'));
/** Pairs that a reader takes for one letter. */
const PAIRS: readonly (readonly [RegExp, string])[] = [[/rn/g, 'm'], [/vv/g, 'w'], [/cl/g, 'd'], [/nn/g, 'm']];

/** Letters as they look: the same for two texts that can be taken for one another letter by letter. */
export function lookOf(text: string): string {
  return text.toLowerCase().normalize('NFKD').replaceAll(/\p{M}+/gu, '').replaceAll(/[^]/gu, (letter) => LIKE.get(letter) ?? letter);
}

/** The look with pairs that look like one letter as that letter. */
export function blurOf(text: string): string {
  return PAIRS.reduce((blurred, [pair, letter]) => blurred.replaceAll(pair, letter), lookOf(text));
}

/** Whether a text holds letters other than a to z and digits. */
export function hasForeignLetters(text: string): boolean {
  return /[^\x00-\x7f]/.test(text);
}
