/**
 * Words as sounds: small numbers, one a sound, in which "sh" is one sound and a doubled letter is single. Two writings
 * of one name differ by cheap steps here (a vowel, q for k, a silent h) and two names by dear ones. Arabic letters
 * become the same sounds, with long vowels as "w or u or o" and "y or i or e" and short vowels unwritten, so that both
 * scripts meet in one alignment. Skeletons, the consonants alone in coarse classes, find candidates across writings.
 */

/** Lower case letters are themselves; capitals stand for digraphs and for Arabic long vowels. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789SCXGTDZWYA';
/** S sh, C ch, X kh, G gh, T th, D dh, Z zh; W waw, Y ya, A alif. */
export const SOUND_COUNT = ALPHABET.length;
const CODE = new Map(Array.from(ALPHABET, (sign, at) => [sign, at]));

/** The number of a sound. */
export function soundOf(sign: string): number {
  return CODE.get(sign) ?? 0;
}

const IS_VOWEL = Uint8Array.from(ALPHABET, (sign) => ('aeiouAWY'.includes(sign) ? 1 : 0));

const FIRST_DIGIT = 48;
const FIRST_LETTER = 97;
const DIGRAPHS: Readonly<Record<string, string>> = { sh: 'S', ch: 'C', kh: 'X', gh: 'G', th: 'T', dh: 'D', zh: 'Z', ph: 'f', ck: 'k', ou: 'u', oo: 'u', ee: 'i', iy: 'i', yi: 'i', yy: 'i', ii: 'i', uw: 'u', dj: 'j', ts: 's', tz: 's' };
const TRIGRAPHS: Readonly<Record<string, string>> = { dzh: 'j', sch: 'S', tch: 'C', tsh: 'C' };
/** Sound of two letters by first * 26 + second, plus one; 0 for none. */
const PAIRS = new Uint8Array(26 * 26);
for (const [pair, sign] of Object.entries(DIGRAPHS)) PAIRS[letterAt(pair, 0) * 26 + letterAt(pair, 1)] = soundOf(sign) + 1;
const H = soundOf('h');
const K = soundOf('k');
const S = soundOf('s');
const C_LETTER = 2;
const X_LETTER = 23;
const buffer = new Uint8Array(1_024);

function letterAt(word: string, at: number): number {
  return word.charCodeAt(at) - FIRST_LETTER;
}

/** Sounds of a Latin word of letters and digits. */
export function latinSounds(word: string): Uint8Array {
  let size = 0;
  for (let at = 0; at < word.length && size < buffer.length - 1; at += 1) {
    const letter = letterAt(word, at);
    if (letter < 0 || letter > 25) {
      buffer[size] = soundOf('0') + Math.max(0, Math.min(9, word.charCodeAt(at) - FIRST_DIGIT));
      size += 1;
      continue;
    }
    const next = at + 1 < word.length ? letterAt(word, at + 1) : -1;
    const pair = next >= 0 && next < 26 ? (PAIRS[letter * 26 + next] ?? 0) : 0;
    const three = letter === 3 || letter === 18 || letter === 19 ? TRIGRAPHS[word.slice(at, at + 3)] : undefined;
    const isSoft = letter === C_LETTER && (next === 4 || next === 8 || next === 24);
    const sound = three !== undefined ? soundOf(three) : pair > 0 ? pair - 1 : isSoft ? S : letter;
    at += three !== undefined ? 2 : pair > 0 ? 1 : 0;
    if (letter === X_LETTER && at > 0) {
      buffer[size] = K;
      buffer[size + 1] = S;
      size += 2;
    } else if (size === 0 || buffer[size - 1] !== sound) {
      buffer[size] = sound;
      size += 1;
    }
  }
  if (size > 2 && buffer[size - 1] === H && IS_VOWEL[buffer[size - 2] ?? 0] === 1) size -= 1;
  return buffer.slice(0, size);
}

/** True for vowels and long vowels. */
export function isVowelSound(sound: number | undefined): boolean {
  return sound !== undefined && IS_VOWEL[sound] === 1;
}

/** Arabic, Urdu, Persian and Pashto letters by sound; what is left out (ayn, hamza, tatweel) is not heard in Latin. */
const ARABIC_SOUNDS: ReadonlyMap<string, string> = new Map(Object.entries({
  A: 'اآأإٱىٰ', b: 'ب', p: 'پ', t: 'تطٹټ', s: 'سصثڛ', T: '', j: 'جځ', C: 'چڅ', h: 'حهہھۀۂە', X: 'خ', d: 'دڈډ', z: 'زذظضژڙږ', r: 'رڑړ', S: 'شښ',
  G: 'غ', f: 'ف', q: 'ق', k: 'كکڪ', g: 'گګ', l: 'لڵ', m: 'م', n: 'نںڼ', W: 'وؤۇۆۋ', Y: 'يیئېۍے', v: 'ڤ', a: 'ةۃ',
}).flatMap(([sign, letters]) => Array.from(letters, (letter): [string, string] => [letter, sign])));

/** Sounds of a word in Arabic script, short vowels unwritten. */
export function arabicSounds(word: string): Uint8Array {
  const signs: string[] = [];
  for (const letter of word) {
    const sign = ARABIC_SOUNDS.get(letter);
    if (sign !== undefined && !(sign === 'A' && signs.at(-1) === 'A')) signs.push(sign);
  }
  return Uint8Array.from(signs, soundOf);
}

/** Coarse classes of consonants; vowels, w, y and a last h have none. */
const SKELETON: Readonly<Record<string, string>> = {
  b: 'b', p: 'b', c: 'k', k: 'k', q: 'k', X: 'k', x: 'k', g: 'g', G: 'g', j: 'j', Z: 'j', C: 'c', S: 'c', d: 'd', D: 'd', z: 'd', t: 't', T: 't', s: 's', f: 'f', v: 'v', h: 'h', l: 'l', m: 'm', n: 'n', r: 'r',
};
/** What an Arabic letter may be in Latin beside its first reading, in classes of the skeleton. */
const OTHER_READINGS: Readonly<Record<string, string>> = { j: 'g', W: 'v', s: 't', q: 'g' };
const READINGS_MAX = 8;

/** Class letter of each sound, empty for none. */
const COARSE = Array.from(ALPHABET, (sign) => (sign >= '0' && sign <= '9' ? sign : (SKELETON[sign] ?? '')));

/** The skeleton of sounds. */
export function skeletonOf(sounds: Uint8Array): string {
  let text = '';
  const end = sounds.at(-1) === H ? sounds.length - 1 : sounds.length;
  for (let at = 0; at < end; at += 1) text += COARSE[sounds[at] ?? 0] ?? '';
  return text;
}

/** Skeletons of a Latin word: where it has a v, also the one without, for v and w are one letter in many scripts. */
export function latinSkeletons(sounds: Uint8Array): string[] {
  const skeleton = skeletonOf(sounds);
  return skeleton.includes('v') ? [skeleton, skeleton.replaceAll('v', '')] : [skeleton];
}

/** Every skeleton that a word in Arabic script may have in Latin, the likeliest first, at most `READINGS_MAX`. */
export function skeletonReadings(sounds: Uint8Array): string[] {
  let readings: Uint8Array[] = [sounds];
  sounds.forEach((sound, at) => {
    const other = OTHER_READINGS[ALPHABET[sound] ?? ''];
    if (other === undefined || readings.length >= READINGS_MAX) return;
    readings = [...readings, ...readings.map((each) => each.with(at, soundOf(other)))];
  });
  return [...new Set(readings.slice(0, READINGS_MAX).map(skeletonOf))];
}

/** Groups of sounds that stand for each other, and what it costs; one letter for an unrelated one costs 1. */
const NEAR: readonly (readonly [string, number])[] = [
  ['kq', 0.1], ['kc', 0.15], ['qc', 0.25], ['iy', 0.1], ['ou', 0.12], ['ei', 0.15], ['ae', 0.18], ['ao', 0.3], ['ai', 0.35], ['au', 0.3], ['eo', 0.35], ['eu', 0.35], ['io', 0.45], ['iu', 0.45],
  ['vw', 0.15], ['vf', 0.4], ['bv', 0.5], ['bp', 0.45], ['dt', 0.45], ['gk', 0.45], ['gj', 0.4], ['jy', 0.4], ['jZ', 0.2], ['jC', 0.5], ['sz', 0.3], ['sc', 0.35], ['sS', 0.4], ['zZ', 0.35], ['SC', 0.3],
  ['cC', 0.25], ['cS', 0.5], ['xX', 0.3], ['xk', 0.4], ['xS', 0.5], ['xs', 0.5], ['Xh', 0.3], ['Xk', 0.3], ['Xq', 0.35], ['Xc', 0.4], ['Xg', 0.6], ['gq', 0.3], ['Gg', 0.1], ['Gk', 0.5], ['Gq', 0.35], ['GX', 0.5],
  ['Tt', 0.15], ['Ts', 0.25], ['Dd', 0.12], ['Dz', 0.2], ['dz', 0.35], ['Tz', 0.45], ['uw', 0.3], ['ow', 0.4], ['lr', 0.5], ['mn', 0.6], ['ye', 0.3], ['ya', 0.5], ['hX', 0.3], ['zj', 0.45], ['vu', 0.5], ['gh', 0.6],
  ['Wu', 0], ['Wo', 0], ['Ww', 0], ['Wv', 0.05], ['Wa', 0.35], ['We', 0.4], ['Wi', 0.45], ['Yi', 0], ['Ye', 0], ['Yy', 0], ['Ya', 0.2], ['Yj', 0.3], ['Yo', 0.5], ['Yu', 0.4], ['Aa', 0], ['Ae', 0.1], ['Ai', 0.2], ['Ao', 0.2], ['Au', 0.2], ['AW', 0.5], ['AY', 0.4], ['Ay', 0.4], ['WY', 0.6],
];
/** What it costs to leave a sound out. */
const DROP: Readonly<Record<string, number>> = { a: 0.4, e: 0.35, i: 0.4, o: 0.45, u: 0.45, h: 0.4, y: 0.45, w: 0.6, A: 0.3, W: 0.45, Y: 0.35 };
/** A short vowel of the Latin side is unwritten in Arabic, and an h or y often is; long vowels are written. */
const UNWRITTEN: Readonly<Record<string, number>> = { a: 0.06, e: 0.06, i: 0.08, o: 0.14, u: 0.1, y: 0.2, w: 0.3, h: 0.4 };

/** Costs in sixtieths, so that alignments run on small integers. */
export const STEP = 60;
/** substitution[a * SOUND_COUNT + b]. */
export const SUBSTITUTION = substitutionTable();
/** Cost of a sound that the other side has not. */
export const OMISSION = Uint8Array.from(ALPHABET, (sign) => Math.round((DROP[sign] ?? 1) * STEP));
/** The same for a Latin sound that Arabic script does not write. */
export const OMISSION_UNWRITTEN = Uint8Array.from(ALPHABET, (sign) => Math.round((UNWRITTEN[sign] ?? DROP[sign] ?? 1) * STEP));

function substitutionTable(): Uint8Array {
  const table = new Uint8Array(SOUND_COUNT * SOUND_COUNT).fill(STEP);
  for (let sound = 0; sound < SOUND_COUNT; sound += 1) table[sound * SOUND_COUNT + sound] = 0;
  for (const [pair, cost] of NEAR) {
    const [a, b] = [soundOf(pair[0] ?? ''), soundOf(pair[1] ?? '')];
    table[a * SOUND_COUNT + b] = table[b * SOUND_COUNT + a] = Math.round(cost * STEP);
  }
  return table;
}
