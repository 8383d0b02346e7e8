/** The market for anyone: firms by what they hold, complaints by kind; no figure that would show one firm alone. */

import { REGISTER_CLASSES, type ComplaintCount, type RegisterBook } from '../../register/index.ts';
import { formatInstant, type Instant } from '../../terms/index.ts';
import { COMPLAINT_WORDS, KIND_WORDS } from '../words/complaint.ts';
import { CLASS_MEANS, CLASS_WORDS } from '../words/register.ts';
import { escaped, pathIn, type Language, type Worded } from './html.ts';
import type { PublicPages } from './register.ts';

/** Figures of complaints as they were last counted. */
export interface ComplaintFigures {
  readonly total: number;
  readonly kinds: readonly ComplaintCount[];
}

/** Serves the market's page and the same as JSON. */
export function openMarket(pages: PublicPages, figures: () => ComplaintFigures | undefined): void {
  const { book } = pages.ground;
  for (const language of ['en', 'ur'] as const) {
    pages.show(pathIn(language, '/register/market'), 'html', ({ at }) => pages.page({ language, title: COMPLAINT_WORDS.market[language], path: '/register/market', at, body: marketBody(book, figures(), at, language), formats: [['JSON', '/register/market.json']] }));
  }
  pages.show('/register/market.json', 'json', ({ at }) => JSON.stringify({ asOf: formatInstant(at), synthetic: pages.ground.synthetic, firms: countsOf(book, at), complaints: figures() ?? null }));
}

function countsOf(book: RegisterBook, at: Instant): readonly { readonly class: string; readonly firms: number }[] {
  const rows = book.rows(at);
  return REGISTER_CLASSES.map((one) => ({ class: one, firms: rows.filter((row) => row.now.class === one).length }));
}

function marketBody(book: RegisterBook, figures: ComplaintFigures | undefined, at: Instant, language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const shown = (value: number | null | undefined): string => (value === null || value === undefined ? `<span class="small">${own(COMPLAINT_WORDS.withheld)}</span>` : String(value));
  const classes = countsOf(book, at).map((one) => {
    const of = REGISTER_CLASSES.find((name) => name === one.class) ?? 'ended';
    return `<tr><th scope="row"><a href="${pathIn(language, '/register')}?class=${of}">${own(CLASS_WORDS[of])}</a><br><span class="small">${own(CLASS_MEANS[of])}</span></th><td class="n">${one.firms}</td></tr>`;
  });
  const kinds = (figures?.kinds ?? []).map((one) => `<tr><th scope="row">${own(Object.entries(KIND_WORDS).find(([kind]) => kind === one.kind)?.[1] ?? KIND_WORDS.other)}</th><td class="n">${shown(one.received)}</td><td class="n">${shown(one.closed)}</td><td class="n">${shown(one.upheld)}</td><td class="n">${shown(one.medianDays)}</td></tr>`);
  const complaints = kinds.length === 0 ? '' : `<section><h2>${own(COMPLAINT_WORDS.complaints)}</h2><div class="wide" tabindex="0" role="region" aria-label="${own(COMPLAINT_WORDS.complaints)}"><table><thead><tr><th scope="col">${own(COMPLAINT_WORDS.kind)}</th>${[COMPLAINT_WORDS.received, COMPLAINT_WORDS.closed, COMPLAINT_WORDS.upheld, COMPLAINT_WORDS.days].map((word) => `<th scope="col" class="n">${own(word)}</th>`).join('')}</tr></thead><tbody>${kinds.join('')}</tbody></table></div></section>`;
  return `<h1>${own(COMPLAINT_WORDS.market)}</h1><p>${own(COMPLAINT_WORDS.marketLead)}</p>${book.rows(at).some((row) => row.firm.synthetic) ? `<p class="small">${own(COMPLAINT_WORDS.invented)}</p>` : ''}
<section><h2>${own(COMPLAINT_WORDS.firms)}</h2><table><tbody>${classes.join('')}</tbody></table></section>${complaints}`;
}
