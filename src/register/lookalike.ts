/**
 * Does this domain, app or name pass for a firm of the register? Six ways are known: letters that look alike, the same
 * name under another ending, the name with words around it, the name in front of another domain, a slip or two, and
 * the name joined to a lure. The firm's own domains and what lies below them are its own. A likeness is a reason to
 * look, never a finding of guilt: whoever is named is told why, and a person decides.
 *
 * Names are kept in tables by what is asked of them, so that a question costs the length of the question and not the
 * size of the register.
 */

import { blurOf, hasForeignLetters, lookOf } from './confusable.ts';
import { canonicalDomain, isWithin, ownParts } from './domain.ts';
import { EVERYDAY_WORDS, FORM_WORDS, TRADE_WORDS } from './everyday.ts';
import { editsBetween, foldName } from './sound.ts';

/** How something passes for a firm. `own`: it is the firm's. */
export type LikenessKind = 'own' | 'letters' | 'other-ending' | 'added-words' | 'in-front' | 'slip';

/** One likeness; `score` from 0 to 1, the more the likelier to be taken for the firm. `name`: the firm's name that it looks like. */
export interface Likeness<T> {
  readonly value: T;
  readonly kind: LikenessKind;
  readonly name: string;
  readonly score: number;
}

/** A firm with what it goes by: names, and the domains that are its own. */
export interface Guarded<T> {
  readonly value: T;
  readonly names: readonly string[];
  readonly domains: readonly string[];
}

/** Likenesses of one answer at most. */
const ANSWERS_MAX = 10;
/** Words by which a fraud dresses a name. */
const LURES = /^(app|apps|login|log|signin|sign|secure|security|support|help|service|wallet|wallets|claim|claims|airdrop|airdrops|bonus|promo|reward|rewards|gift|free|earn|mining|pool|trade|trading|exchange|exchanges|official|online|web|site|pro|vip|plus|global|int|intl|pk|pakistan|pay|verify|verification|auth|account|accounts|connect|swap|bridge|stake|staking|nft|token|coin|coins|crypto|btc|eth|usdt|usdc|bnb|defi|dapp|dex|fi|finance|invest|invests|investment|ico|presale|launch|launchpad|recovery|refund|update|unlock|customer|care|live|event|events|x|my|get|go|the|win|best|new|us|uk|eu|io|to|in|sg|hk|cn|vn|cs|kyc|v\d|\d+)+$/;

interface Name<T> {
  readonly value: T;
  readonly name: string;
  /** Letters alone, lower case. */
  readonly letters: string;
  readonly look: string;
  /** A word of everyday: guarded where it stands alone. */
  readonly isEveryday: boolean;
}

/** Judges domains, apps and names against the firms of a register. */
export class LookalikeIndex<T> {
  readonly #own: readonly { readonly value: T; readonly domain: string }[];
  readonly #byLook = new Map<string, Name<T>[]>();
  readonly #byBlur = new Map<string, Name<T>[]>();
  /** Names by length, for slips. */
  readonly #byLength = new Map<number, Name<T>[]>();
  #longest = 0;

  constructor(firms: readonly Guarded<T>[]) {
    this.#own = firms.flatMap(({ value, domains }) => domains.flatMap((one) => canonicalDomain(one) ?? []).map((domain) => ({ value, domain })));
    for (const { value, names, domains } of firms) {
      const guarded = new Set([...names.flatMap(guardedLetters), ...domains.flatMap((one) => canonicalDomain(one) ?? []).map((domain) => lettersOf(ownParts(domain).label)).filter(isTelling)]);
      for (const letters of guarded) this.#add({ value, name: letters, letters, look: lookOf(letters), isEveryday: EVERYDAY_WORDS.has(letters) });
    }
  }

  #add(name: Name<T>): void {
    const push = <K>(map: Map<K, Name<T>[]>, key: K): void => void (map.get(key)?.push(name) ?? map.set(key, [name]));
    push(this.#byLook, name.look);
    push(this.#byBlur, blurOf(name.letters));
    push(this.#byLength, name.look.length);
    this.#longest = Math.max(this.#longest, name.look.length);
  }

  /** Whom a domain passes for, the likeliest first; `own` alone when it is a firm's own. `undefined` for what is no domain. */
  judgeDomain(pasted: string): Likeness<T>[] | undefined {
    const domain = canonicalDomain(pasted);
    if (domain === undefined) return undefined;
    const own = this.#own.filter((one) => isWithin(domain, one.domain));
    if (own.length > 0) return own.map((one) => ({ value: one.value, kind: 'own', name: one.domain, score: 0 }));
    const { label, before } = ownParts(domain);
    return best([...this.#judgeLabel(label), ...before.flatMap((one) => this.#judgeLabel(one).filter((found) => found.kind !== 'slip').map((found) => ({ ...found, kind: 'in-front' as const, score: Math.min(found.score, 0.93) })))]);
  }

  /** Whom a name passes for: of an app, a page, a channel. A name is a firm's own when it is the same, so it says nothing by itself. */
  judgeName(name: string): Likeness<T>[] {
    return best(this.#judgeLabel(foldName(name).replaceAll(' ', '-')));
  }

  #judgeLabel(label: string): Likeness<T>[] {
    const whole = lettersOf(label);
    if (whole.length < 3) return [];
    const tokens = label.split(/[-_ ]+/).map((token) => ({ letters: lettersOf(token), isForeign: hasForeignLetters(token) })).filter((one) => one.letters !== '');
    const found = [...this.#same(whole, hasForeignLetters(label), 'other-ending', 0.9), ...this.#inside(whole), ...this.#slips(whole)];
    if (tokens.length < 2) return found;
    for (const [i, token] of tokens.entries()) {
      const next = tokens[i + 1];
      const others = tokens.filter((one) => one !== token);
      const isDressed = others.every((one) => LURES.test(one.letters));
      found.push(...this.#same(token.letters, token.isForeign, 'added-words', isDressed ? 0.92 : 0.8).filter((one) => isDressed || !EVERYDAY_WORDS.has(one.name)));
      if (next !== undefined && tokens.length > 2) found.push(...this.#same(token.letters + next.letters, token.isForeign || next.isForeign, 'added-words', 0.85));
      found.push(...this.#slips(token.letters));
    }
    return found;
  }

  /** The same letters, or letters that look the same. */
  #same(letters: string, isForeign: boolean, kind: LikenessKind, score: number): Likeness<T>[] {
    const look = lookOf(letters);
    const byLook = (this.#byLook.get(look) ?? []).flatMap((name) => {
      if (name.letters === letters && !isForeign) return likeness(name, kind, score);
      return swaps(name.letters, letters) ? likeness(name, 'letters', 0.98) : [];
    });
    const byBlur = (this.#byBlur.get(blurOf(letters)) ?? []).filter((name) => name.look !== look && name.letters.length >= 5 && !EVERYDAY_WORDS.has(letters)).map((name) => likeness(name, 'letters', 0.9));
    return [...byLook, ...byBlur];
  }

  /** The name with something before or behind it: a long name anywhere, a short one only beside words of a lure. */
  #inside(letters: string): Likeness<T>[] {
    const look = lookOf(letters);
    const found: Likeness<T>[] = [];
    for (let from = 0; from < look.length; from += 1) {
      for (let to = from + 3; to <= Math.min(look.length, from + this.#longest); to += 1) {
        if (to - from === look.length) continue;
        const names = this.#byLook.get(look.slice(from, to));
        if (names === undefined) continue;
        const [head, tail] = [letters.slice(0, from), letters.slice(to)];
        const isDressed = (head === '' || LURES.test(head)) && (tail === '' || LURES.test(tail));
        const middle = letters.slice(from, to);
        for (const name of names) {
          const reaches = isDressed || (name.letters.length >= 7 && !name.isEveryday && letters.length <= name.letters.length * 4);
          if (reaches && (middle === name.letters || (name.letters.length >= 5 && swaps(name.letters, middle)))) found.push(likeness(name, middle === name.letters ? 'added-words' : 'letters', isDressed ? 0.88 : 0.75));
        }
      }
    }
    return found;
  }

  /** A slip in a name of six letters, two in one of ten; one of the first two letters stays. A word that names nobody is no slip. */
  #slips(letters: string): Likeness<T>[] {
    const look = lookOf(letters);
    if (look.length < 5 || look.length > this.#longest + 2 || NOBODY.has(look)) return [];
    const found: Likeness<T>[] = [];
    for (let length = look.length - 2; length <= look.length + 2; length += 1) {
      const max = length >= 10 ? 2 : length >= 6 ? 1 : 0;
      if (max === 0 || Math.abs(length - look.length) > max) continue;
      for (const name of this.#byLength.get(length) ?? []) {
        if (name.isEveryday || name.look === look || (name.look[0] !== look[0] && name.look[1] !== look[1])) continue;
        const edits = editsBetween(look, name.look, max);
        if (edits <= max) found.push(likeness(name, 'slip', 1 - (edits / length) * 1.5));
      }
    }
    return found;
  }
}

const likeness = <T>(name: Name<T>, kind: LikenessKind, score: number): Likeness<T> => ({ value: name.value, kind, name: name.name, score });

/** Letters and digits of a label, lower case. */
function lettersOf(label: string): string {
  return label.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** What of a name must be guarded: all its words joined, the same without what says the form of a company, and the words that name nobody else. */
function guardedLetters(name: string): string[] {
  const words = foldName(name).split(' ').filter((word) => word !== '');
  const kept = words.filter((word) => !FORM_WORDS.has(word));
  const [first = ''] = kept;
  return [kept.join(''), ...(kept.length > 1 && first.length >= 6 && !TRADE_WORDS.has(first) && !EVERYDAY_WORDS.has(first) ? [first] : [])].filter(isTelling);
}

function isTelling(letters: string): boolean {
  return letters.length >= 3 && !TRADE_WORDS.has(letters) && !FORM_WORDS.has(letters) && /\p{L}/u.test(letters);
}

/** Looks of words that name nobody. */
const NOBODY: ReadonlySet<string> = new Set([...TRADE_WORDS, ...FORM_WORDS, ...EVERYDAY_WORDS].map(lookOf));

/** Digits stand for a few letters of a name, not for most of it: `0kx` is one, `web07` and `197` are none. */
function swaps(name: string, letters: string): boolean {
  let digits = 0;
  const own = Array.from(name);
  for (const [i, letter] of Array.from(letters).entries()) if (/\d/.test(letter) && letter !== own[i]) digits += 1;
  return digits <= Math.max(1, Math.floor(own.length / 4));
}

/** One likeness a firm, the likeliest first. */
function best<T>(found: readonly Likeness<T>[]): Likeness<T>[] {
  const byValue = new Map<T, Likeness<T>>();
  for (const one of found) if (one.score > (byValue.get(one.value)?.score ?? 0)) byValue.set(one.value, one);
  return [...byValue.values()].sort((a, b) => b.score - a.score).slice(0, ANSWERS_MAX);
}
