/**
 * The register's first page for anyone: a search that takes any spelling, by service and state, and the firms. Who is
 * not found is told what that means. A form that is sent by GET needs no script, and its answer can be kept as a link.
 */

import { SERVICES, type Instant, type Service } from '../../terms/index.ts';
import { NameIndex, REGISTER_CLASSES, type RegisterBook, type RegisterClass, type RegisterRow } from '../../register/index.ts';
import { CLASS_WORDS, REGISTER_WORDS } from '../words/register.ts';
import { toneOf } from './firm-page.ts';
import { dayWords, escaped, latin, pathIn, type Language, type Worded } from './html.ts';

/** Firms of one page. */
export const PAGE_ROWS = 50;
/** Answers of a search at most. */
const FOUND_MAX = 50;

/** What was asked. */
export interface RegisterQuery {
  readonly q: string;
  readonly service: Service | undefined;
  readonly class: RegisterClass | undefined;
  readonly page: number;
}

/** Reads what stands behind the `?`; what is no such thing counts as not asked. */
export function readQuery(query: unknown): RegisterQuery {
  const given = new Map(typeof query === 'object' && query !== null ? Object.entries(query) : []);
  const text = (name: string): string => {
    const value: unknown = given.get(name);
    return typeof value === 'string' ? value.trim().slice(0, 200) : '';
  };
  const page = Number(text('page'));
  return {
    q: text('q'), service: SERVICES.find((one) => one !== 'none' && one === text('service')), class: REGISTER_CLASSES.find((one) => one === text('class')),
    page: Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  };
}

/** What was asked as it stands in an address; the same question has one text. */
export function queryText(query: RegisterQuery, page = query.page): string {
  const parts = new URLSearchParams();
  if (query.q !== '') parts.set('q', query.q);
  if (query.service !== undefined) parts.set('service', query.service);
  if (query.class !== undefined) parts.set('class', query.class);
  if (page > 1) parts.set('page', String(page));
  return parts.toString();
}

/** Finds rows; keeps the index of names as long as the rows are the same. */
export class RowFinder {
  #of: readonly RegisterRow[] | undefined;
  #index = new NameIndex<RegisterRow>([]);

  /** The rows that answer a query, all of them, best or first known first. */
  find(book: RegisterBook, query: RegisterQuery, at: Instant): readonly RegisterRow[] {
    const rows = book.rows(at);
    if (this.#of !== rows) {
      this.#index = new NameIndex(rows.map((row) => ({ value: row, names: [row.firm.code, row.firm.name, ...(row.firm.nameUr === undefined ? [] : [row.firm.nameUr])] })));
      this.#of = rows;
    }
    const found = query.q === '' ? rows : this.#index.search(query.q, FOUND_MAX).map((one) => one.value);
    return found.filter((row) => (query.service === undefined || row.now.services.includes(query.service)) && (query.class === undefined || row.now.class === query.class));
  }
}

/** The body of the first page. */
export function listBody(book: RegisterBook, query: RegisterQuery, found: readonly RegisterRow[], language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const shown = found.slice((query.page - 1) * PAGE_ROWS, query.page * PAGE_ROWS);
  const isAsked = query.q !== '' || query.service !== undefined || query.class !== undefined;
  const none = isAsked ? REGISTER_WORDS.nothing : REGISTER_WORDS.empty;
  const turn = (page: number, word: Worded): string => `<a class="button" href="${pathIn(language, '/register')}?${escaped(queryText(query, page))}">${own(word)}</a>`;
  const turns = [...(query.page > 1 ? [turn(query.page - 1, REGISTER_WORDS.before)] : []), ...(query.page * PAGE_ROWS < found.length ? [turn(query.page + 1, REGISTER_WORDS.more)] : [])];
  return `<h1>${own(REGISTER_WORDS.register)}</h1><p>${own(REGISTER_WORDS.lead)}</p>${formHtml(book, query, language)}
<p role="status">${own(REGISTER_WORDS.found).replace('{n}', String(found.length))}</p>
${shown.length === 0 ? `<div class="warning"><p>${own(none)}</p></div>` : `<ul class="rows">${shown.map((row) => rowHtml(book, row, language)).join('')}</ul>`}${turns.length === 0 ? '' : `<p>${turns.join(' ')}</p>`}`;
}

function formHtml(book: RegisterBook, query: RegisterQuery, language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const option = (value: string, word: string, chosen: boolean): string => `<option value="${escaped(value)}"${chosen ? ' selected' : ''}>${escaped(word)}</option>`;
  const services = [...book.framework.services].map(([service, term]) => option(service, term.title[language], service === query.service));
  const classes = REGISTER_CLASSES.map((one) => option(one, CLASS_WORDS[one][language], one === query.class));
  return `<form method="get" action="${pathIn(language, '/register')}" role="search"><label>${own(REGISTER_WORDS.ask)}<input name="q" type="search" maxlength="200" dir="auto" value="${escaped(query.q)}"></label>
<div class="line"><label>${own(REGISTER_WORDS.service)}<select name="service"><option value="">${own(REGISTER_WORDS.any)}</option>${services.join('')}</select></label><label>${own(REGISTER_WORDS.state)}<select name="class"><option value="">${own(REGISTER_WORDS.any)}</option>${classes.join('')}</select></label></div>
<button>${own(REGISTER_WORDS.search)}</button></form>`;
}

function rowHtml(book: RegisterBook, row: RegisterRow, language: Language): string {
  const { firm, now } = row;
  const tone = toneOf(row);
  const name = language === 'ur' && firm.nameUr !== undefined ? escaped(firm.nameUr) : latin(firm.name).replace(' class="latin"', '');
  const services = now.services.map((service) => book.framework.services.get(service)?.title[language] ?? service).join(language === 'ur' ? '، ' : ', ');
  return `<li><a href="${pathIn(language, `/register/firms/${escaped(firm.code)}`)}">${name}</a>${firm.synthetic ? ` <span class="small">(${escaped(REGISTER_WORDS.invented[language])})</span>` : ''} ${latin(firm.code)}
<p><span class="tag${tone === '' ? '' : ` tag--${tone}`}">${escaped(CLASS_WORDS[now.class][language])}</span> <span class="small">${escaped(REGISTER_WORDS.since[language].replace('{day}', dayWords(now.from, language)))}</span></p><p class="small">${escaped(services === '' ? REGISTER_WORDS.noService[language] : services)}</p></li>`;
}
