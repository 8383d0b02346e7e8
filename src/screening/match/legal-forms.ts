/**
 * Legal forms of firms, written out or short, in the languages of the lists, by the class they belong to. A form is
 * taken out of the words that name a firm and compared by itself: another form is a small doubt, the same
 * one no proof. Facts of company law, in our own words; a phrase is matched whole, the longest first.
 */

import { letterDistance } from './similarity.ts';

/** Writings of one class, separated by commas, after its name. */
const FORMS = `
limited: ltd, limited, private limited, pvt limited, pvt ltd, private ltd, pte ltd, pte limited, pte, pty ltd, pty limited, pty, proprietary limited, proprietary, pvt, co ltd, company limited, co limited, ltd co, limited company, ltd company, sdn bhd, bhd, smc private limited, smc pvt ltd, smc, private limited company, limitada, ltda, ltee, cia ltda, compania limitada, sirketi limited, limited sirketi, ltd sti, ltd sirketi, limited sti, sti
llc: llc, l l c, limited liability company, limited liability co, ooo, o o o, obshchestvo s ogranichennoi otvetstvennostyu, obshchestvo s ogranichennoy otvetstvennostyu, obshchestvo s ogranichennoi otvetstvennostiu, obschestvo s ogranichennoy otvetstvennostyu, obshchestvo s ogranichennoj otvetstvennostju, tov, too, tovarystvo z obmezhenoyu vidpovidalnistyu, tavarystva z abmezhavanay adkaznastsyu, sarl, s a r l, societe a responsabilite limitee, srl, s r l, societa a responsabilita limitata, s de rl, s de r l, sociedad de responsabilidad limitada, s de rl de cv, s de r l de c v, gmbh, gesellschaft mit beschrankter haftung, mbh, doo, d o o, drustvo s ogranicenom odgovornoscu, spolka z ograniczona odpowiedzialnoscia, sp z o o, spol s r o, sro, s r o, kft, eood, ood, bvba, bv, b v, besloten vennootschap, mas uliyyati cheklangan jamiyati, llp, limited liability partnership, wll, w l l, with limited liability, spc, sia, uab, osauhing, ou, oy, lda, mchj, mmc, mchzh
joint: jsc, j s c, joint stock company, joint stock co, joint stock, ao, a o, aktsionernoe obshchestvo, aktsionernoye obshchestvo, aktsionernoe obschestvo, aksionernoe obshchestvo, ojsc, oao, o a o, open joint stock company, open joint stock, otkrytoe aktsionernoe obshchestvo, otkrytoye aktsionernoye obshchestvo, cjsc, zao, z a o, closed joint stock company, zakrytoe aktsionernoe obshchestvo, zakrytoye aktsionernoye obshchestvo, pjsc, pao, p a o, public joint stock company, pjs company, publichnoe aktsionernoe obshchestvo, publichnoye aktsionernoye obshchestvo, nepublichnoe aktsionernoe obshchestvo, saoo, private joint stock company, pjs co, pvt joint stock company, jsco, sa, s a, sociedad anonima, societe anonyme, sa de cv, s a de c v, sociedad anonima de capital variable, de c v, de cv, sas, s a s, sociedad por acciones simplificada, societe par actions simplifiee, spa, s p a, societa per azioni, sal, s a l, ag, aktiengesellschaft, as, a s, anonim sirketi, anonim sirket, plc, p l c, public limited company, public company limited, nv, n v, naamloze vennootschap, ab, aktiebolag, asa, ae, ad, a d, dd, d d, akcionarsko drustvo, tbk, kk, kabushiki kaisha, rt, nyrt, zrt, se, kgaa, saog, saoc, qsc, bsc, ksc, sak, sae, s a e
corporation: inc, incorporated, corp, corporation, korporatsiya
company: co, company, cie, cia, compania, compagnie, companies, sirketi, sirket, kompaniya, kompaniia, sharikat, sherkat, sherkate, sharika, kampani
partnership: lp, l p, limited partnership, kg, k g, kommanditgesellschaft, gmbh co kg, gmbh and co kg, ohg, o h g, snc, s n c, scs, general partnership, cv, komanditna, kd
freezone: fze, f z e, free zone establishment, fzco, f z co, fzc, free zone company, fz llc, fzllc, fz, free zone llc, dmcc, d m c c, difc, jlt
establishment: est, establishment, anstalt
cooperative: coop, cooperative, cooperativa, sccl
state: fgup, fsue, federal state unitary enterprise, federalnoe gosudarstvennoe unitarnoe predpriyatie, gup, state unitary enterprise, unitary enterprise, chup, private unitary enterprise, unp, ip
foundation: stiftung, stichting, ev, e v, eingetragener verein
trust: npo, ngo
arabic: شركة, شركت, المحدودة, ذ م م, ذمم, لمیٹڈ, پرائیویٹ لمیٹڈ, پرائیویٹ, کمپنی, مساهمة, ش م م
`;

interface Phrase {
  readonly words: readonly string[];
  readonly form: string;
}

/** Phrases by their first word, the longest first. */
const PHRASES = new Map<string, Phrase[]>();
for (const line of FORMS.trim().split('\n')) {
  const [form = '', writings = ''] = line.split(': ');
  for (const writing of writings.split(', ')) {
    const words = writing.trim().split(' ');
    const first = words[0] ?? '';
    const list = PHRASES.get(first) ?? [];
    list.push({ words, form });
    PHRASES.set(first, list);
  }
}
for (const list of PHRASES.values()) list.sort((a, b) => b.words.length - a.words.length);

/** Short forms that are also words of names: taken for a form only at an end of the name, and beside another word. */
const AMBIGUOUS = new Set(['as', 'ab', 'ag', 'ad', 'sa', 'se', 'ae', 'ao', 'ip', 'cv', 'kg', 'nv', 'bv', 'ou', 'oy', 'sal', 'spa', 'too', 'est', 'tov', 'sti', 'co', 'kd', 'dd', 'fz', 'rt', 'smc', 'lp', 'ev', 'doo', 'lda', 'sae', 'sak', 'sas', 'sia', 'kk', 'spc']);

/** Those among them that stand before the name too. */
const LEADING = new Set(['ao', 'too', 'tov', 'ip', 'doo']);

/** Letters from which a word of a legal form is known in spite of a slip, and from which in spite of two. */
const MENDED_LENGTH_MIN = 6;
const MENDED_TWICE_LENGTH_MIN = 9;
const LONG_WORDS = new Set(`limited liability company public private closed additional incorporated corporation proprietary limitada compania sirketi anonim sociedad anonima
responsabilidad societe anonyme responsabilite limitee gesellschaft beschrankter haftung aktsionernoe aktsionernoye obshchestvo obschestvo ogranichennoi ogranichennoy otvetstvennostyu otvetstvennostiu
publichnoe publichnoye otkrytoe otkrytoye zakrytoe zakrytoye nepublichnoe tovarystvo obmezhenoyu vidpovidalnistyu tavarystva abmezhavanay adkaznastsyu aktiengesellschaft kommanditgesellschaft
aktiebolag unitary`.split(/\s+/));
const BY_LENGTH = Map.groupBy(LONG_WORDS, (word) => word.length);
/** Shorter words of forms: known by a slip only beside another word of a form. */
const SHORT_WORDS = ['joint', 'stock'];
const FORM_PIECES = new Set('ltd llc jsc open joint stock public closed co s ooo oao zao pao ojsc cjsc pjsc additional'.split(' '));

/** True for a word that stands in the name of a legal form and in few others: what a broken form leaves behind. */
export function isFormWord(word: string): boolean {
  return LONG_WORDS.has(word) || FORM_PIECES.has(word);
}

/** A word of a legal form with a slip of the key, as it should be; any other word as it is. */
export function mendedFormWord(word: string, besideForm: boolean): string {
  if (isFormWord(word)) return word;
  if (besideForm) for (const short of SHORT_WORDS) if (letterDistance(short, word, 1) <= 1) return short;
  if (word.length < MENDED_LENGTH_MIN - 1) return word;
  const slips = word.length >= MENDED_TWICE_LENGTH_MIN ? 2 : 1;
  for (let length = word.length - slips; length <= word.length + slips; length += 1) {
    for (const whole of BY_LENGTH.get(length) ?? []) if (letterDistance(whole, word, slips) <= slips) return whole;
  }
  return word;
}

/** Forms that no name ends or begins with by itself: they are cut off a word that they were run together with. */
const GLUED_END = /^(.{3,}?)(limited|company|corporation|incorporated|ltda|ltd|llc|fzco|fze|dmcc|gmbh)$/;
const GLUED_BEGIN = /^(company|limited|llc|ooo|oao|jsc|ojsc|pjsc)(.{3,})$/;

/** A word run together with a legal form, or two words of forms run together, in two. */
export function partedFormWord(word: string): readonly [string, string] | undefined {
  if (word.length < MENDED_LENGTH_MIN || isFormWord(word)) return undefined;
  for (let at = 2; at <= word.length - 2; at += 1) if (isFormWord(word.slice(0, at)) && isFormWord(word.slice(at))) return [word.slice(0, at), word.slice(at)];
  const found = GLUED_END.exec(word) ?? GLUED_BEGIN.exec(word);
  return found === null ? undefined : [found[1] ?? '', found[2] ?? ''];
}

/** The legal form that begins at a word, and how many words it has. */
export function formAt(words: readonly string[], at: number): { form: string; length: number } | undefined {
  const phrases = PHRASES.get(words[at] ?? '');
  if (phrases === undefined) return undefined;
  for (const { words: phrase, form } of phrases) {
    if (phrase.length > words.length - at || !phrase.every((word, i) => words[at + i] === word)) continue;
    const isEnd = (at === 0 && LEADING.has(phrase[0] ?? '')) || at + phrase.length === words.length;
    const last = phrase.length === 1 ? phrase[0] : undefined;
    if (last !== undefined && AMBIGUOUS.has(last) && !isEnd && formAt(words, at + 1) === undefined) continue;
    return { form, length: phrase.length };
  }
  return undefined;
}
