/**
 * One firm's page for anyone: what it holds in one sentence, what it may and may not do in plain words with the law
 * behind it, its history. A class that is no licence says so before anything else, and never in green.
 */

import type { Framework } from '../../framework/index.ts';
import { isCertified, type RegisterBook, type RegisterRow } from '../../register/index.ts';
import type { Instant } from '../../terms/index.ts';
import { STATUS_WORDS } from '../words/framework.ts';
import { CERTIFICATE_WORDS } from '../words/certificate.ts';
import { CLASS_MEANS, CLASS_WORDS, REGISTER_WORDS } from '../words/register.ts';
import { COMPLAINT_WORDS } from '../words/complaint.ts';
import { dayHtml, escaped, latin, pathIn, sign, type Language, type Worded } from './html.ts';
import { boxHtml, warningsOfFirm } from './warnings.ts';

const STOPPED: ReadonlySet<string> = new Set(['suspended', 'revoked', 'ended']);
/** Periods of the history that the page shows; all of them stand in the data. */
const SHOWN_MAX = 50;

/** The frame's colour, which only repeats the words. */
export function toneOf(row: RegisterRow): '' | 'licensed' | 'stop' {
  if (STOPPED.has(row.now.class)) return 'stop';
  return row.now.class === 'licensed' ? 'licensed' : '';
}

/** The firm's name in the language, with its other name and its code. */
export function namesHtml(row: RegisterRow, language: Language): string {
  const { firm } = row;
  const mark = firm.synthetic ? ` (${REGISTER_WORDS.invented[language]})` : '';
  const urdu = language === 'ur' && firm.nameUr !== undefined;
  const first = urdu ? escaped(firm.nameUr ?? '') : latin(firm.name).replace(' class="latin"', '');
  return `<h1>${first}${escaped(mark)}</h1><p>${urdu ? `${latin(firm.name)} · ` : firm.nameUr === undefined ? '' : `<bdi lang="ur" dir="rtl">${escaped(firm.nameUr)}</bdi> · `}${latin(firm.code)}</p>`;
}

/** The body of a firm's page. */
export function firmBody(book: RegisterBook, row: RegisterRow, at: Instant, language: Language): string {
  const { framework } = book;
  const own = (text: Worded): string => escaped(text[language]);
  const tone = toneOf(row);
  return `${namesHtml(row, language)}
<section class="standing${tone === '' ? '' : ` standing--${tone}`}"><b>${own(CLASS_WORDS[row.now.class])}</b>${stepsHtml(row, language)}<p>${own(CLASS_MEANS[row.now.class])}</p>${row.stage === undefined ? '' : `<p class="small">${own(row.stage.title)}: ${own(row.stage.means)}</p>`}</section>
${certificateHtml(row, language)}${scopeHtml(framework, row, language)}
${warningsHtml(book, row, at, language)}<p class="small">${own(REGISTER_WORDS.risk)}</p>
${detailHtml(row, language)}${historyHtml(framework, row, language)}${factsHtml(row, language)}<p><a class="button" href="${pathIn(language, '/register/complaint')}?firm=${encodeURIComponent(row.firm.code)}">${own(COMPLAINT_WORDS.title)}</a></p>`;
}

/** Where the signed certificate is, and where it is verified. */
function certificateHtml({ firm, now }: RegisterRow, language: Language): string {
  if (!isCertified(now.class)) return '';
  const path = `/register/certificates/${encodeURIComponent(firm.code)}`;
  return `<p><a class="button button--primary" href="${pathIn(language, path)}">${escaped(CERTIFICATE_WORDS.title[language])}</a> <a class="button" href="${path}.pdf">PDF</a></p><p class="small">${escaped(CERTIFICATE_WORDS.offline[language])} <a href="${pathIn(language, '/verify')}">${escaped(CERTIFICATE_WORDS.check[language])}</a></p>`;
}

/** The way so far, and the licence that is not there yet. */
function stepsHtml(row: RegisterRow, language: Language): string {
  const word = (of: 'noc' | 'aml-registered' | 'licensed'): Worded => ({ noc: { en: 'NOC', ur: 'این او سی' }, 'aml-registered': { en: 'AML-registered', ur: 'اے ایم ایل رجسٹرڈ' }, licensed: REGISTER_WORDS.licence })[of];
  if (row.now.class !== 'noc' && row.now.class !== 'aml-registered' && row.now.class !== 'licensed') return '';
  const items = (['noc', 'aml-registered', 'licensed'] as const).map((of) => {
    const first = row.history.find((one) => one.class === of);
    return first === undefined ? (of === 'licensed' || row.now.class === 'noc' ? `<li class="later">${escaped(word(of)[language])}<small>${escaped(REGISTER_WORDS.notYet[language])}</small></li>` : '')
      : `<li>${escaped(word(of)[language])}<small>${dayHtml(first.from, language)}</small></li>`;
  });
  return `<ol class="steps">${items.join('')}</ol>`;
}

function scopeHtml(framework: Framework, row: RegisterRow, language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const services = [...framework.services];
  const open = services.filter(([service]) => row.now.services.includes(service));
  const closed = services.filter(([service]) => !row.now.services.includes(service));
  const item = (kind: 'check' | 'cross', text: string): string => `<li>${sign(kind)}${text}</li>`;
  const may = open.length === 0 ? `<p>${own(REGISTER_WORDS.mayNothing)}</p>` : `<ul class="list may">${open.map(([, term]) => item('check', own(term.title))).join('')}</ul>`;
  const not = [...(row.stage?.isLicence === true ? [] : [item('cross', own(REGISTER_WORDS.callLicensed))]), ...closed.map(([, term]) => item('cross', own(term.title)))];
  const source = row.source === undefined ? '' : `<p class="small">${own(REGISTER_WORDS.clause)}: ${own(row.source.clause)} (${own(STATUS_WORDS[row.source.status])}). ${own(framework.evidence)}</p>`;
  return `<section><h2>${own(REGISTER_WORDS.may)}</h2>${may}</section><section><h2>${own(REGISTER_WORDS.mayNot)}</h2><ul class="list not">${not.join('')}</ul>${source}</section>`;
}

function historyHtml(framework: Framework, row: RegisterRow, language: Language): string {
  const items = row.history.slice(-SHOWN_MAX).toReversed().map((period) => {
    const services = period.services.map((service) => framework.services.get(service)?.title[language] ?? service).join(language === 'ur' ? '، ' : ', ');
    return `<li>${dayHtml(period.from, language)}<span>${escaped(CLASS_WORDS[period.class][language])}; ${escaped(services === '' ? REGISTER_WORDS.noService[language] : services)}</span></li>`;
  });
  return `<section><h2>${escaped(REGISTER_WORDS.history[language])}</h2><ul class="events">${items.join('')}</ul></section>`;
}

function warningsHtml(book: RegisterBook, row: RegisterRow, at: Instant, language: Language): string {
  const found = warningsOfFirm(book, row.firm.firm, at).slice(0, SHOWN_MAX);
  return found.length === 0 ? '' : `<section><h2>${escaped(REGISTER_WORDS.warnings[language])}</h2>${found.map((one) => boxHtml(book, one, at, language)).join('')}</section>`;
}

/** What the firm goes by, as an officer entered it. */
function detailHtml({ detail }: RegisterRow, language: Language): string {
  if (detail === undefined) return '';
  const own = (text: Worded): string => escaped(text[language]);
  const facts = ([
    [REGISTER_WORDS.domains, detail.websites], [REGISTER_WORDS.apps, detail.apps.map((app) => [app.name, app.store, app.id].filter((part) => part !== undefined).join(' · '))], [REGISTER_WORDS.alias, detail.names], [REGISTER_WORDS.lei, detail.lei === undefined ? [] : [detail.lei]],
  ] as const).filter(([, values]) => values.length > 0);
  return `<section><h2>${own(REGISTER_WORDS.details)}</h2><dl>${facts.map(([label, values]) => `<dt>${own(label)}</dt><dd>${values.map(latin).join('<br>')}</dd>`).join('')}<dt>${own(REGISTER_WORDS.source)}</dt><dd>${latin(detail.source)}</dd></dl></section>`;
}

function factsHtml({ firm }: RegisterRow, language: Language): string {
  if (firm.facts.length === 0) return '';
  const items = firm.facts.map((one) => `<li><p lang="en" dir="ltr">${escaped(one.text)}</p><p class="small" lang="en" dir="ltr">${escaped(one.source)}</p></li>`);
  return `<section><h2>${escaped(REGISTER_WORDS.facts[language])}</h2><ul class="rows">${items.join('')}</ul></section>`;
}
