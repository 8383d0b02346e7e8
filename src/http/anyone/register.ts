/**
 * The register's door for anyone: pages in two languages without script or account, and the same as JSON, CSV, Atom,
 * a change list and plain text. Everything is correct as of a minute and says so; it is made once a minute and state
 * of the register, kept, and sent with a tag. One address may ask so often, and no oftener.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changesAtom, rowJson, rowsCsv, type RegisterBook, type RegisterChange, type RegisterRow } from '../../register/index.ts';
import { MINUTE_US, formatInstant, instantOf, reject, type Instant } from '../../terms/index.ts';
import { refuse } from '../problem.ts';
import { CLASS_WORDS, REGISTER_WORDS } from '../words/register.ts';
import { firmBody } from './firm-page.ts';
import { PUBLIC_POLICY, pageHtml, type Language, type Page } from './html.ts';
import { RowFinder, listBody, queryText, readQuery, type RegisterQuery } from './list-page.ts';
import { messageText } from './message.ts';
import { Shelf, sendPressed } from './press.ts';
import { RateLimit, type Rate } from './rate.ts';
import { openWarnings } from './warnings.ts';

/** What the public door stands on. */
export interface RegisterGround {
  readonly book: RegisterBook;
  readonly clock: () => Instant;
  /** `https://host`, as the installation is opened. */
  readonly origin: string;
  readonly synthetic: boolean;
  /** What one network address may ask; the usual one when absent. */
  readonly rate?: Rate;
}

/** A household or an office behind one address reads a page a second without notice. */
const USUAL_RATE: Rate = { perSecond: 20, burst: 100 };
/** Seconds for which a reader or a cache may show an answer: it is of a minute. */
const FRESH_SECONDS = 60;
/** Statements of one page of the change list, and of a feed. */
const CHANGES_MAX = 500;
const FEED_MAX = 100;

const TYPES = { html: 'text/html; charset=utf-8', json: 'application/json; charset=utf-8', csv: 'text/csv; charset=utf-8', atom: 'application/atom+xml; charset=utf-8', txt: 'text/plain; charset=utf-8' } as const;

/** The rest of the public door answers through this: kept, tagged, bounded. */
export interface PublicPages {
  readonly ground: RegisterGround;
  /** Serves GET of an address. `make` gives the text, or `undefined` for what is not there. */
  show(path: string, type: keyof typeof TYPES, make: (asked: Asked) => string | undefined): void;
  page(page: Omit<Page, 'synthetic' | 'authority'>): string;
}

/** One request for a page: as of which minute, with which parameters and query. */
export interface Asked {
  readonly at: Instant;
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
}

/** Opens the register's pages on a server; gives what other public pages are served by. */
export function openRegister(server: FastifyInstance, ground: RegisterGround): PublicPages {
  const pages = publicPages(server, ground);
  const finder = new RowFinder();
  for (const language of ['en', 'ur'] as const) {
    pages.show(language === 'en' ? '/register' : '/register/ur', 'html', ({ at, query }) => listPage(pages, finder, readQuery(query), at, language));
    pages.show(language === 'en' ? '/register/firms/:code' : '/register/ur/firms/:code', 'html', ({ at, params }) => firmPage(pages, params['code'] ?? '', at, language));
  }
  openForms(pages, finder);
  openChanges(pages);
  openWarnings(pages);
  return pages;
}

function publicPages(server: FastifyInstance, ground: RegisterGround): PublicPages {
  const limit = new RateLimit(ground.rate ?? USUAL_RATE);
  const shelf = new Shelf();
  const answer = (request: FastifyRequest, reply: FastifyReply, type: keyof typeof TYPES, make: (asked: Asked) => string | undefined): FastifyReply => {
    const now = ground.clock();
    if (!limit.allows(request.ip, now)) return refuse(reply, reject('REQUEST_TOO_MANY'));
    const at = instantOf(now - (now % MINUTE_US));
    const params = typeof request.params === 'object' && request.params !== null ? Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])) : {};
    const made = shelf.take(`${ground.book.version} ${at}`, request.url, () => make({ at, params, query: request.query }) ?? '');
    if (made.bytes.length === 0) return notThere(reply, type, at);
    return sendPressed(request, reply.type(TYPES[type]).header('cache-control', `public, max-age=${FRESH_SECONDS}`).header('content-security-policy', PUBLIC_POLICY).header('access-control-allow-origin', '*'), made);
  };
  const page: PublicPages['page'] = (own) => pageHtml({ ...own, synthetic: ground.synthetic, authority: ground.book.framework.authority });
  const notThere = (reply: FastifyReply, type: keyof typeof TYPES, at: Instant): FastifyReply => {
    if (type !== 'html') return refuse(reply, reject('NOT_FOUND'));
    const body = (language: Language): string => `<div class="warning" lang="${language}" dir="${language === 'ur' ? 'rtl' : 'ltr'}"><h1>${REGISTER_WORDS.gone[language]}</h1><p>${REGISTER_WORDS.nothing[language]}</p></div>`;
    return reply.code(404).type(TYPES.html).header('content-security-policy', PUBLIC_POLICY).send(page({ language: 'en', title: REGISTER_WORDS.gone.en, path: '/register', at, formats: [], body: body('en') + body('ur') }));
  };
  return { ground, page, show: (path, type, make) => void server.get(path, async (request, reply) => answer(request, reply, type, make)) };
}

function listPage(pages: PublicPages, finder: RowFinder, query: RegisterQuery, at: Instant, language: Language): string {
  const { book } = pages.ground;
  const text = queryText(query);
  const behind = text === '' ? '' : `?${text}`;
  return pages.page({
    language, title: REGISTER_WORDS.register[language], path: '/register', query: text, at, body: listBody(book, query, finder.find(book, query, at), language),
    formats: [['JSON', `/register.json${behind}`], ['CSV', `/register.csv${behind}`], ['Atom', '/register/feed.atom'], ['Changes', '/register/changes.json']],
  });
}

function firmPage(pages: PublicPages, code: string, at: Instant, language: Language): string | undefined {
  const { book } = pages.ground;
  const row = book.row(code, at);
  if (row === undefined) return undefined;
  const path = `/register/firms/${row.firm.code}`;
  return pages.page({
    language, title: language === 'ur' ? row.firm.nameUr ?? row.firm.name : row.firm.name, path, at, body: firmBody(book, row, at, language),
    formats: [['JSON', `${path}.json`], ['CSV', `${path}.csv`], ['Atom', `${path}.atom`]],
  });
}

function openForms(pages: PublicPages, finder: RowFinder): void {
  const { book } = pages.ground;
  const { framework } = book;
  const found = ({ query, at }: Asked): readonly RegisterRow[] => finder.find(book, readQuery(query), at);
  const one = (params: Asked['params'], at: Instant): RegisterRow | undefined => book.row(params['code'] ?? '', at);
  pages.show('/register.json', 'json', (asked) => JSON.stringify({ authority: framework.authority, asOf: formatInstant(asked.at), synthetic: pages.ground.synthetic, framework: framework.id, firms: found(asked).map((row) => rowJson(framework, row, asked.at)) }));
  pages.show('/register.csv', 'csv', (asked) => rowsCsv(framework, found(asked)));
  pages.show('/register/firms/:code.json', 'json', ({ params, at }) => {
    const row = one(params, at);
    return row === undefined ? undefined : JSON.stringify(rowJson(framework, row, at));
  });
  pages.show('/register/firms/:code.csv', 'csv', ({ params, at }) => {
    const row = one(params, at);
    return row === undefined ? undefined : rowsCsv(framework, [row]);
  });
  pages.show('/register/message', 'txt', ({ query, at }) => {
    const q = typeof query === 'object' && query !== null && 'text' in query && typeof query.text === 'string' ? query.text.slice(0, 200) : '';
    return messageText(book, q, q.trim() === '' ? [] : finder.find(book, { q, service: undefined, class: undefined, page: 1 }, at), at);
  });
}

function openChanges(pages: PublicPages): void {
  const { book, origin } = pages.ground;
  const wordOf = (change: RegisterChange, at: Instant): { readonly title: string; readonly path: string } => {
    if (change.kind === 'warning') return { title: `${REGISTER_WORDS.warnings.en} ${change.about}`, path: `/register/warnings/${change.about}` };
    const row = book.row(change.about, at);
    const period = row?.history.find((one) => one.entry === change.entry);
    return { title: `${row?.firm.name ?? change.about}: ${period === undefined ? 'what it goes by has changed' : CLASS_WORDS[period.class].en}`, path: `/register/firms/${change.about}` };
  };
  const feed = (changes: readonly RegisterChange[], path: string, title: string, at: Instant): string =>
    changesAtom(changes.slice(-FEED_MAX), { origin, path, title, authority: book.framework.authority.en, at, wordOf: (change) => wordOf(change, at) });
  pages.show('/register/feed.atom', 'atom', ({ at }) => feed(book.changes, '/register/feed.atom', `${book.framework.authority.en}: ${REGISTER_WORDS.register.en}`, at));
  pages.show('/register/firms/:code.atom', 'atom', ({ params, at }) => {
    const row = book.row(params['code'] ?? '', at);
    return row === undefined ? undefined : feed(book.changes.filter((one) => one.about === row.firm.code), `/register/firms/${row.firm.code}.atom`, row.firm.name, at);
  });
  pages.show('/register/changes.json', 'json', ({ query, at }) => {
    const after = typeof query === 'object' && query !== null && 'after' in query ? Number(query.after) : -1;
    const from = Number.isInteger(after) && after >= -1 ? after + 1 : 0;
    const page = book.changes.slice(from, from + CHANGES_MAX);
    return `{"asOf":${JSON.stringify(formatInstant(at))},"changes":[${page.map((one) => one.body).join(',')}],"after":${page.at(-1)?.n ?? from - 1},"more":${from + page.length < book.changes.length}}`;
  });
}
