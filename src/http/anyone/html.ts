/**
 * How a page for anyone is put together: escaped texts, days in both languages, the frame around a page. No page
 * but the verifier carries a script; the only style is the page's own, allowed by its hash; a form may be sent to this house alone.
 */

import { createHash } from 'node:crypto';
import { formatInstant, formatKarachiDay, karachiDay, type Instant } from '../../terms/index.ts';
import { CERTIFICATE_WORDS } from '../words/certificate.ts';
import { COMPLAINT_WORDS } from '../words/complaint.ts';
import { REGISTER_WORDS } from '../words/register.ts';
import { PUBLIC_STYLE } from './style.ts';

/** A language of the public pages. */
export type Language = 'en' | 'ur';
/** A text in both. */
export interface Worded {
  readonly en: string;
  readonly ur: string;
}

const STYLE_HASH = createHash('sha256').update(PUBLIC_STYLE).digest('base64');
/** What a browser may do with a page of ours. */
export const PUBLIC_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };

/** Text that is no markup, in an element or in a quoted attribute. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => MARKS[mark] ?? mark);
}

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  ur: ['جنوری', 'فروری', 'مارچ', 'اپریل', 'مئی', 'جون', 'جولائی', 'اگست', 'ستمبر', 'اکتوبر', 'نومبر', 'دسمبر'],
};

/** The day of an instant in words, in the authority's zone: `24 November 2026`. */
export function dayWords(at: Instant, language: Language): string {
  const [year = '', month = '', day = ''] = formatKarachiDay(karachiDay(at)).split('-');
  return `${Number(day)} ${MONTHS[language][Number(month) - 1] ?? ''} ${year}`;
}

/** The same for machines and for who points at it. */
export function dayHtml(at: Instant, language: Language): string {
  return `<time datetime="${formatInstant(at)}" title="${formatInstant(at)}">${dayWords(at, language)}</time>`;
}

/** A name or code in Latin letters, which keeps its direction among Urdu. */
export function latin(text: string): string {
  return `<bdi dir="ltr" lang="en" class="latin">${escaped(text)}</bdi>`;
}

/** A drawn sign beside its word. */
export function sign(of: 'check' | 'cross' | 'warn'): string {
  const paths = { check: 'M3 8.5l3.25 3.25L13 4.75', cross: 'M4 4l8 8M12 4l-8 8', warn: 'M8 2.25L14.25 13.5H1.75zM8 6.5v3.25M8 11.25v.5' };
  return `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${paths[of]}"/></svg>`;
}

/** A page in its frame. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  /** Address of this page without its language: `/register`, `/register/firms/SDX`. */
  readonly path: string;
  /** What stands behind the `?` of this page, which the page in the other language keeps. */
  readonly query?: string;
  readonly synthetic: boolean;
  readonly authority: Worded;
  readonly at: Instant;
  /** The same in other forms: word and address. */
  readonly formats: readonly (readonly [word: string, address: string])[];
  readonly body: string;
  /** What stands in the head beside: scripts, where the page has any. */
  readonly head?: string;
}

/** Address of a public page in a language: `/register/ur/…` is the Urdu one of `/register/…`, `/verify/ur` that of `/verify`. */
export function pathIn(language: Language, path: string): string {
  return language === 'en' ? path : path.replace(/^\/(register|verify)/, '/$1/ur');
}

/** The page as HTML. */
export function pageHtml(page: Page): string {
  const { language } = page;
  const own = (text: Worded): string => escaped(text[language]);
  const other = language === 'en' ? 'ur' : 'en';
  const query = page.query === undefined || page.query === '' ? '' : `?${escaped(page.query)}`;
  const links = [['/register', REGISTER_WORDS.register], ['/register/warnings', REGISTER_WORDS.warnings], ['/register/market', COMPLAINT_WORDS.market], ['/verify', CERTIFICATE_WORDS.check], ['/register/complaint', COMPLAINT_WORDS.title]] as const;
  return `<!doctype html>
<html lang="${language}" dir="${language === 'ur' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(page.title)} · ${own(REGISTER_WORDS.register)}</title>
<link rel="alternate" hreflang="${other}" href="${pathIn(other, page.path)}${query}"><link rel="alternate" type="application/atom+xml" href="/register/feed.atom" title="${own(REGISTER_WORDS.register)}"><style>${PUBLIC_STYLE}</style>${page.head ?? ''}</head><body>
${page.synthetic ? `<aside class="mark" aria-label="${own(REGISTER_WORDS.sample)}"><span>${own(REGISTER_WORDS.synthetic)}</span></aside>` : ''}
<header class="top"><a class="home" href="${pathIn(language, '/register')}"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3.5 9.5c0 6.6 3.4 10 8.5 10s8.5-3.4 8.5-10" stroke-width="2.75"/><path class="dot" d="M12 3.6 15 6.6 12 9.6 9 6.6z"/></svg><b>${own(REGISTER_WORDS.register)}</b></a>
<a href="${pathIn(other, page.path)}${query}" lang="${other}" hreflang="${other}" dir="${other === 'ur' ? 'rtl' : 'ltr'}">${escaped(REGISTER_WORDS.other[language])}</a></header>
<nav aria-label="${own(REGISTER_WORDS.pages)}"><ul>${links.map(([path, word]) => `<li><a href="${pathIn(language, path)}"${path === page.path ? ' aria-current="page"' : ''}>${own(word)}</a></li>`).join('')}<li><a href="${language === 'ur' ? '/framework/ur' : '/framework'}">${own(REGISTER_WORDS.rules)}</a></li></ul></nav>
<main>${page.body}</main>
<footer><p>${own(page.authority)}. ${own(REGISTER_WORDS.correctAt)} <time datetime="${formatInstant(page.at)}" title="${formatInstant(page.at)}">${dayWords(page.at, language)}${language === 'ur' ? '،' : ','} ${clockWords(page.at)}</time></p>${
  page.formats.length === 0 ? '' : `<p class="formats">${own(REGISTER_WORDS.same)} ${page.formats.map(([word, address]) => `<a lang="en" dir="ltr" href="${escaped(address)}">${escaped(word)}</a>`).join(' ')}</p>`}</footer></body></html>
`;
}

/** Time of day in the authority's zone, `14:20`. */
function clockWords(at: Instant): string {
  const KARACHI_AHEAD_US = 5 * 3_600_000_000;
  const minutes = Math.floor((at + KARACHI_AHEAD_US) / 60_000_000) % 1_440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
