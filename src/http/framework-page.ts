/**
 * The framework in force for anyone: a page without script and without an account, in English and Urdu, and the
 * same as JSON. Every text is escaped; the only style is the page's own, allowed by its hash. A page is made once
 * a day and language; a reader who has it is told so by its tag (RFC 9110 §13.1.2).
 */

import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { FrameworkAnswer, FrameworkRow, Worded } from '../contract/console.ts';
import type { Framework } from '../framework/index.ts';
import type { Instant } from '../terms/index.ts';
import { FRAMEWORK_STYLE } from './framework-style.ts';
import { escaped } from './anyone/html.ts';
import { pressed, sendPressed, type Pressed } from './anyone/press.ts';
import type { StaffRoutes } from './staff.ts';
import { FrameworkPage, frameworkRoutes } from './staff/framework.ts';
import { EVIDENCE_WORDS, INSTRUMENT_STATES, PAGE_WORDS, STATUS_WORDS } from './words/framework.ts';

type Language = 'en' | 'ur';

/** What the public page needs of the house. */
export interface FrameworkPageGround {
  readonly framework: Framework;
  readonly clock: () => Instant;
  /** A demonstration says on its page that it is one. */
  readonly synthetic: boolean;
  /** One weight of Noto Nastaliq Urdu (WOFF2), for the Urdu page. */
  readonly urduFont: Uint8Array;
}

/** Seconds for which a reader or a cache may show the page without asking again: a change of law is seen within them. */
const FRESH_SECONDS = 300;
const STYLE_HASH = createHash('sha256').update(FRAMEWORK_STYLE).digest('base64');
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Serves `/framework`, `/framework/ur` with its font, and `/framework.json`; gives what answers the console's route with the same. */
export function openFrameworkPage(server: FastifyInstance, ground: FrameworkPageGround): Pick<StaffRoutes, 'framework'> {
  const page = new FrameworkPage(ground.framework);
  serve(server, page, ground.clock, '/framework', 'text/html; charset=utf-8', (answer) => frameworkHtml(answer, 'en', ground.synthetic));
  serve(server, page, ground.clock, '/framework/ur', 'text/html; charset=utf-8', (answer) => frameworkHtml(answer, 'ur', ground.synthetic));
  server.get('/framework/nastaliq.woff2', async (_request, reply) => reply.type('font/woff2').header('cache-control', 'public, max-age=86400').send(Buffer.from(ground.urduFont)));
  serve(server, page, ground.clock, '/framework.json', 'application/json; charset=utf-8', (answer) => JSON.stringify(answer));
  return frameworkRoutes(page);
}

function serve(server: FastifyInstance, page: FrameworkPage, clock: () => Instant, path: string, type: string, make: (answer: FrameworkAnswer) => string): void {
  let made: { readonly of: FrameworkAnswer; readonly page: Pressed } | undefined;
  server.get(path, async (request, reply) => {
    const answer = page.at(clock());
    if (made?.of !== answer) made = { of: answer, page: pressed(make(answer)) };
    return sendPressed(request, reply.type(type).header('content-security-policy', POLICY).header('cache-control', `public, max-age=${FRESH_SECONDS}`), made.page);
  });
}

/** The page as HTML. */
export function frameworkHtml(answer: FrameworkAnswer, language: Language, synthetic: boolean): string {
  const own = (text: Worded): string => escaped(text[language]);
  const parts = answer.parts.map((part) => ({ ...part, rows: part.rows.filter((row) => row.when !== 'past') })).filter((part) => part.rows.length > 0);
  const past = answer.parts.flatMap((part) => part.rows).filter((row) => row.when === 'past').length;
  const ur = language === 'ur';
  return `<!doctype html>
<html lang="${language}" dir="${ur ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${own(PAGE_WORDS.heading)}: ${own(answer.title)}</title>
<link rel="alternate" hreflang="${ur ? 'en' : 'ur'}" href="${ur ? '/framework' : '/framework/ur'}"><style>${FRAMEWORK_STYLE}</style></head><body>
<header><p class="top"><span>${own(answer.authority)}</span><a href="${ur ? '/framework' : '/framework/ur'}" lang="${ur ? 'en' : 'ur'}" hreflang="${ur ? 'en' : 'ur'}">${own(PAGE_WORDS.other)}</a></p>
<h1>${own(PAGE_WORDS.heading)}</h1><p>${own(answer.title)}</p>${synthetic ? `<p class="mark">${own(PAGE_WORDS.synthetic)}</p>` : ''}
<p class="mark"><b>${own(PAGE_WORDS.sources)}.</b> ${own(answer.evidence)}</p><p>${own(PAGE_WORDS.legend)}</p>
<p class="soft">${filled(PAGE_WORDS.asOf, language, { day: answer.day, revision: String(answer.revision) })} <bdi class="code">${answer.hash}</bdi>. <a href="/framework.json">${own(PAGE_WORDS.json)}</a></p></header>
<nav aria-label="${own(PAGE_WORDS.contents)}"><ul>${[['flags', PAGE_WORDS.flags] as const, ...parts.map((part) => [part.kind, part.title] as const), ['crosswalk', PAGE_WORDS.crosswalk] as const, ['instruments', PAGE_WORDS.instruments] as const].map(([id, title]) => `<li><a href="#${id}">${own(title)}</a></li>`).join('')}</ul></nav>
<main>${flagsHtml(answer, language)}${parts.map((part) => partHtml(part, language)).join('')}${crosswalkHtml(answer, language)}${instrumentsHtml(answer, language)}</main>
<footer>${past === 0 ? '' : `<p>${filled(PAGE_WORDS.past, language, { n: String(past) })}</p>`}</footer></body></html>
`;
}

function flagsHtml(answer: FrameworkAnswer, language: Language): string {
  if (answer.flags.length === 0) return '';
  const own = (text: Worded): string => escaped(text[language]);
  const items = answer.flags.map((one) => `<article class="flag"><h3>${own(one.title)}</h3><p>${own(one.text)}</p><p class="soft">${one.clauses.map(own).join('; ')}</p>${
    one.stages === null ? '' : `<p class="soft">${own(PAGE_WORDS.concerns)}: ${one.stages.map(own).join(language === 'ur' ? '، ' : ', ')}</p>`}</article>`);
  return `<section id="flags"><h2>${own(PAGE_WORDS.flags)}</h2><p>${own(PAGE_WORDS.flagsNote)}</p>${items.join('')}</section>`;
}

function partHtml(part: FrameworkAnswer['parts'][number], language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const head = [PAGE_WORDS.what, PAGE_WORDS.says, PAGE_WORDS.status, PAGE_WORDS.clause].map((one) => `<th scope="col">${own(one)}</th>`).join('');
  return `<section id="${part.kind}"><h2>${own(part.title)} <small>${part.rows.length}</small></h2><table><thead><tr>${head}</tr></thead><tbody>${part.rows.map((row) => rowHtml(row, language)).join('')}</tbody></table></section>`;
}

function rowHtml(row: FrameworkRow, language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const binds = row.binds === null ? '' : ` <span class="soft">${own(row.binds ? PAGE_WORDS.binds : PAGE_WORDS.reminds)}</span>`;
  const coming = row.when === 'coming' ? ` <span class="source draft">${filled(PAGE_WORDS.coming, language, { day: row.from })}</span>` : '';
  const days = row.to === null ? filled(PAGE_WORDS.from, language, { day: row.from }) : filled(PAGE_WORDS.span, language, { from: row.from, to: row.to });
  // Notes and what a section is about are written in English alone; they keep their own direction.
  const english = (text: string): string => `<bdi lang="en" dir="ltr">${escaped(text)}</bdi>`;
  const facts = [
    ...row.facts.map((one) => [own(one.label), own(one.value)]), [own(PAGE_WORDS.inForce), days], ...(row.about === '' ? [] : [[own(PAGE_WORDS.about), english(row.about)]]),
    [own(PAGE_WORDS.evidence), own(EVIDENCE_WORDS[row.evidence])], [own(PAGE_WORDS.note), english(row.note)],
  ];
  return `<tr><th scope="row">${own(row.title)}</th><td>${own(row.line)}${binds}${coming}</td><td><span class="source ${row.status}">${own(STATUS_WORDS[row.status])}</span></td><td><details><summary>${own(row.clause)}</summary><dl>${
    facts.map(([label, value]) => `<dt>${label}</dt><dd>${value}</dd>`).join('')}</dl></details></td></tr>`;
}

function crosswalkHtml(answer: FrameworkAnswer, language: Language): string {
  if (answer.crosswalk.length === 0) return '';
  const own = (text: Worded): string => escaped(text[language]);
  const rows = answer.crosswalk.map((one) => `<tr><th scope="row">${own(one.about)}</th><td>${one.from.map(own).join('; ')}</td><td>${one.to.map(own).join('; ')}</td></tr>`);
  const head = [PAGE_WORDS.about, PAGE_WORDS.was, PAGE_WORDS.replaces].map((one) => `<th scope="col">${own(one)}</th>`).join('');
  return `<section id="crosswalk"><h2>${own(PAGE_WORDS.crosswalk)}</h2><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

function instrumentsHtml(answer: FrameworkAnswer, language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const days = (one: FrameworkAnswer['instruments'][number]): string => {
    if (one.from === null) return '';
    return one.to === null ? filled(PAGE_WORDS.from, language, { day: one.from }) : filled(PAGE_WORDS.span, language, { from: one.from, to: one.to });
  };
  const rows = answer.instruments.map((one) => `<tr><th scope="row">${own(one.title)}</th><td><span class="source ${one.state === 'in-force' ? 'prescribed' : 'draft'}">${own(INSTRUMENT_STATES[one.state])}</span></td><td>${
    days(one)}</td><td><bdi lang="en" dir="ltr">${escaped([...(one.citation === null ? [] : [one.citation]), one.source].join('. '))}</bdi></td></tr>`);
  const head = [PAGE_WORDS.what, PAGE_WORDS.status, PAGE_WORDS.inForce, PAGE_WORDS.sources].map((one) => `<th scope="col">${own(one)}</th>`).join('');
  return `<section id="instruments"><h2>${own(PAGE_WORDS.instruments)}</h2><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></section>`;
}

/** A sentence with its places filled; in Urdu a day keeps its order (Unicode isolates). */
function filled(text: Worded, language: Language, values: Readonly<Record<string, string>>): string {
  return escaped(text[language].replaceAll(/\{([a-z]+)\}/g, (_, name: string) => (language === 'ur' ? `\u2066${values[name] ?? ''}\u2069` : values[name] ?? '')));
}
