/**
 * Names as people write them: one folded form for letters, and one for sounds, in which a name in Urdu and its
 * spellings in Roman letters meet (سندھ, Sindh, Sind; ایکس‌چینج, exchange, eksچینج). The sound keeps the consonants,
 * since Urdu writes no short vowels and people spell them as they please. It finds; it decides nothing.
 */

/** Letters of a name at most; longer ones are cut, since no firm's name is. */
export const NAME_LENGTH_MAX = 200;

/** Letters of Arabic script that are one to a reader: Arabic and Urdu kaf, yeh, heh; alef with and without signs. */
const ONE_LETTER: Readonly<Record<string, string>> = {
  'ك': 'ک', 'ي': 'ی', 'ى': 'ی', 'ئ': 'ی', 'ے': 'ی', 'ۓ': 'ی', 'ه': 'ہ', 'ة': 'ہ', 'ۃ': 'ہ', 'ھ': 'ہ', 'ۂ': 'ہ', 'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ؤ': 'و', 'ۀ': 'ہ', 'ں': 'ن', 'ڹ': 'ن',
};

/** A name in lower case, without marks, signs and joiners, its words parted by one blank. */
export function foldName(name: string): string {
  return name.slice(0, NAME_LENGTH_MAX).normalize('NFKD').toLowerCase().replaceAll(/\u200c|\u200d|\u2060|\ufeff/g, '').replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[\u0600-\u06ff]/g, (letter) => ONE_LETTER[letter] ?? letter).replaceAll(/['’`]/g, '').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Sounds of Urdu letters; what is missing is a vowel, or silent. `x` stands for the sound of ch. */
const URDU: Readonly<Record<string, string>> = {
  'ب': 'b', 'پ': 'p', 'ت': 't', 'ٹ': 't', 'ط': 't', 'ث': 's', 'س': 's', 'ص': 's', 'ش': 's', 'ج': 'j', 'چ': 'x', 'خ': 'k', 'د': 'd', 'ڈ': 'd', 'ذ': 'j', 'ز': 'j', 'ض': 'j', 'ظ': 'j', 'ژ': 'j',
  'ر': 'r', 'ڑ': 'r', 'غ': 'g', 'ف': 'f', 'ق': 'k', 'ک': 'k', 'گ': 'g', 'ل': 'l', 'م': 'm', 'ن': 'n',
};

/** Spellings in Roman letters and their sounds, longest first. */
const ROMAN: readonly (readonly [RegExp, string])[] = [
  [/sch|sh|tio/g, 's'], [/tch|ch|c(?=z)/g, 'X'], [/ph/g, 'f'], [/kh|ck|q/g, 'k'], [/gh/g, 'g'], [/dg(?=[eiy])/g, 'j'], [/x/g, 'ks'], [/c(?=[eiy])/g, 's'], [/g(?=[eiy])/g, 'j'], [/c/g, 'k'], [/z/g, 'j'], [/X/g, 'x'],
  [/([bdtpjr])h/g, '$1'],
];

/** The sound of one folded word: its consonants, doubles as one; a vowel at the beginning is `a`. */
export function soundOf(word: string): string {
  const latin = ROMAN.reduce((text, [spelling, sound]) => text.replaceAll(spelling, sound), word);
  const sounds = latin.replaceAll(/[^]/g, (letter) => URDU[letter] ?? (/[bdfgjklmnprstx0-9]/.test(letter) ? letter : '')).replaceAll(/(.)\1+/g, '$1');
  return /^[aeiouاعیو]/.test(word) ? `a${sounds}` : sounds;
}

/** A folded word with the spellings of one sound made one: w and v, doubled letters, long vowels. */
export function plainOf(word: string): string {
  return word.replaceAll('w', 'v').replaceAll('ee', 'i').replaceAll('oo', 'u').replaceAll('ph', 'f').replaceAll(/(.)\1+/g, '$1');
}

/**
 * How many letters must change, be left out, put in or swapped with their neighbour to make one word of the other
 * (optimal string alignment). Gives `max + 1` as soon as it is more than `max`.
 */
export function editsBetween(one: string, other: string, max: number): number {
  if (Math.abs(one.length - other.length) > max) return max + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > max) return max + 1;
    before = last;
    last = row;
  }
  return last[other.length] ?? max + 1;
}
