/**
 * Complaints at the public door: a form without script, a number at once, and where a complaint stands by its number.
 * What a person writes is sealed for the vault before anything is kept; when the vault's key is not there, nothing is
 * taken. Each exit has its code, also in words on the page, and a refused complaint leaves nothing behind.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { SYSTEM, withActor, type Objects } from '../../log/index.ts';
import type { Complaint, ComplaintDesk } from '../../register/index.ts';
import { REJECTIONS, instantOf, reject, type EntryBody, type Instant, type Rejection } from '../../terms/index.ts';
import { COMPLAINT_WORDS, KIND_WORDS, OUTCOME_WORDS, QUEUE_WORDS, STATE_WORDS } from '../words/complaint.ts';
import { PUBLIC_POLICY, dayHtml, escaped, latin, pathIn, type Language, type Worded } from './html.ts';
import { RowFinder } from './list-page.ts';
import { RateLimit, type Rate } from './rate.ts';
import type { PublicPages } from './register.ts';

/** What the form stands on. */
export interface ComplaintGround {
  readonly pool: pg.Pool;
  readonly objects: Objects;
  readonly desk: ComplaintDesk;
  /** Seals words for the vault; `undefined` while its key was never reached. */
  readonly seal: (text: string) => Promise<string | undefined>;
  /** Of one address; the usual one when absent. */
  readonly rate?: Rate;
}

type Kind = EntryBody<'complaint-received'>['kind'];

/** One line sends three at once, and one each two minutes after that. */
const USUAL_RATE: Rate = { perSecond: 1 / 120, burst: 3 };
/** Asking where complaints stand: a number is not found by trying. */
const LOOK_RATE: Rate = { perSecond: 0.5, burst: 20 };
const BODY_BYTES_MAX = 48 * 1024;
const TEXT_LENGTH_MIN = 10;
const TEXT_LENGTH_MAX = 8_000;
const FIELD_LENGTH_MAX = 300;
/** A firm whose name is like this is the one that was meant. */
const RUPEES = /^\d{1,13}(\.\d{1,2})?$/;

/** Serves the form, takes what it sends, and answers where a complaint stands. */
export function openComplaints(server: FastifyInstance, pages: PublicPages, ground: ComplaintGround): void {
  const [limit, looks, finder] = [new RateLimit(ground.rate ?? USUAL_RATE), new RateLimit(LOOK_RATE), new RowFinder()];
  for (const language of ['en', 'ur'] as const) {
    pages.show(pathIn(language, '/register/complaint'), 'html', ({ at, query }) => framed(pages, language, at, formBody(language, firmIn(query))));
    server.post(pathIn(language, '/register/complaint'), { bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
      const now = pages.ground.clock();
      if (!limit.allows(request.ip, now)) return refused(pages, reply, language, now, reject('REQUEST_TOO_MANY'));
      const form = readForm(request);
      if ('code' in form) return refused(pages, reply, language, now, form);
      const taken = await take(pages, ground, finder, form, now);
      if (typeof taken !== 'string') return refused(pages, reply, language, now, taken);
      return reply.code(303).header('location', `${pathIn(language, '/register/complaint/status')}?number=${taken}`).send();
    });
    server.get(pathIn(language, '/register/complaint/status'), async (request, reply) => {
      const now = pages.ground.clock();
      if (!looks.allows(request.ip, now)) return refused(pages, reply, language, now, reject('REQUEST_TOO_MANY'));
      const number = numberIn(request.query);
      const found = await withActor(ground.pool, SYSTEM, (tx) => ground.desk.read(tx, number));
      return send(reply.code(found === undefined ? 404 : 200), framed(pages, language, now, found === undefined ? `<h1>${escaped(COMPLAINT_WORDS.look[language])}</h1><p role="status">${escaped(COMPLAINT_WORDS.unknown[language])}</p>${lookForm(language, number)}` : standBody(found, language), '/register/complaint'));
    });
  }
}

interface Form {
  readonly kind: Kind;
  readonly firm: string;
  readonly text: string;
  readonly lossMinor: number | undefined;
  readonly name: string;
  readonly contact: string;
}

function readForm(request: FastifyRequest): Form | Rejection {
  if ((request.headers['content-type'] ?? '').split(';')[0]?.trim() !== 'application/x-www-form-urlencoded') return reject('BODY_TYPE');
  const fields = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
  const field = (name: string): string => (fields.get(name) ?? '').trim();
  // A field that people do not see and programs fill in.
  if (field('website') !== '') return reject('REQUEST_INVALID', 'website');
  const kind = Object.keys(KIND_WORDS).filter(isKindName).find((one) => one === field('kind'));
  if (kind === undefined) return reject('REQUEST_INVALID', 'kind');
  const text = field('text');
  if (text.length < TEXT_LENGTH_MIN || text.length > TEXT_LENGTH_MAX) return reject('REQUEST_INVALID', 'text');
  const long = ['firm', 'name', 'contact'].find((name) => field(name).length > FIELD_LENGTH_MAX);
  if (long !== undefined) return reject('REQUEST_INVALID', long);
  const loss = field('loss').replaceAll(/[,\s]/g, '');
  if (loss !== '' && !RUPEES.test(loss)) return reject('REQUEST_INVALID', 'loss');
  const [rupees = '0', paisa = ''] = loss.split('.');
  return { kind, firm: field('firm'), text, lossMinor: loss === '' ? undefined : Number(rupees) * 100 + Number(paisa.padEnd(2, '0')), name: field('name'), contact: field('contact') };
}

function isKindName(name: string): name is Kind {
  return Object.hasOwn(KIND_WORDS, name);
}

async function take(pages: PublicPages, ground: ComplaintGround, finder: RowFinder, form: Form, now: Instant): Promise<string | Rejection> {
  const { desk } = ground;
  const words = JSON.stringify({ v: 1, firm: form.firm, text: form.text, name: form.name, contact: form.contact, kind: form.kind, lossMinor: form.lossMinor ?? null });
  const known = desk.known(words, now);
  if (known !== undefined) return known;
  if (!desk.hasRoom(now)) return reject('CAPACITY', 'complaints of a day');
  const sealed = await ground.seal(words);
  if (sealed === undefined) return reject('CAPACITY', 'the vault is not there');
  const { book } = pages.ground;
  const row = form.firm === '' ? undefined : book.row(form.firm, now) ?? finder.find(book, { q: form.firm, service: undefined, class: undefined, page: 1 }, now)[0];
  return desk.receive(ground.pool, now, { kind: form.kind, firm: row?.firm.firm, of: row?.now.class, lossMinor: form.lossMinor, sealed: await ground.objects.put(Buffer.from(sealed)), text: words });
}

function framed(pages: PublicPages, language: Language, at: Instant, body: string, path = '/register/complaint'): string {
  return pages.page({ language, title: COMPLAINT_WORDS.title[language], path, at, formats: [], body });
}

function refused(pages: PublicPages, reply: FastifyReply, language: Language, now: Instant, rejection: Rejection): FastifyReply {
  const term = REJECTIONS[rejection.code];
  const body = `<div class="warning"><h1>${escaped(COMPLAINT_WORDS.failed[language])}</h1><p>${escaped(COMPLAINT_WORDS.again[language])}</p><p class="small" lang="en" dir="ltr">${escaped(term.meaning)} ${escaped(term.remedy)} <span class="latin">${escaped(rejection.code)}${rejection.detail === undefined ? '' : `: ${escaped(rejection.detail)}`}</span></p></div>`;
  if (term.status === 429 || term.status === 503) reply.header('retry-after', '120');
  return send(reply.code(term.status), framed(pages, language, now, body));
}

function send(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').header('content-security-policy', PUBLIC_POLICY).send(html);
}

function firmIn(query: unknown): string {
  return typeof query === 'object' && query !== null && 'firm' in query && typeof query.firm === 'string' ? query.firm.slice(0, FIELD_LENGTH_MAX) : '';
}

function numberIn(query: unknown): string {
  return typeof query === 'object' && query !== null && 'number' in query && typeof query.number === 'string' ? query.number.slice(0, 40) : '';
}

function formBody(language: Language, firm: string): string {
  const own = (text: Worded): string => escaped(text[language]);
  const kinds = Object.entries(KIND_WORDS).map(([kind, word]) => `<option value="${kind}">${own(word)}</option>`);
  const line = (name: string, word: Worded, more: string): string => `<label>${own(word)}<input name="${name}" maxlength="${FIELD_LENGTH_MAX}" dir="auto" ${more}></label>`;
  return `<h1>${own(COMPLAINT_WORDS.title)}</h1><p>${own(COMPLAINT_WORDS.lead)}</p>
<form method="post" action="${pathIn(language, '/register/complaint')}"><label>${own(COMPLAINT_WORDS.kind)}<select name="kind" required>${kinds.join('')}</select></label>${line('firm', COMPLAINT_WORDS.firm, `value="${escaped(firm)}"`)}
<label>${own(COMPLAINT_WORDS.text)}<textarea name="text" dir="auto" required minlength="${TEXT_LENGTH_MIN}" maxlength="${TEXT_LENGTH_MAX}"></textarea></label>${line('loss', COMPLAINT_WORDS.loss, 'inputmode="decimal" autocomplete="off"')}${line('name', COMPLAINT_WORDS.name, 'autocomplete="name"')}${line('contact', COMPLAINT_WORDS.contact, 'autocomplete="email"')}
<div class="trap" aria-hidden="true"><label>${own(COMPLAINT_WORDS.trap)}<input name="website" tabindex="-1" autocomplete="off"></label></div><button>${own(COMPLAINT_WORDS.send)}</button></form>${lookForm(language, '')}`;
}

function lookForm(language: Language, number: string): string {
  return `<section><h2>${escaped(COMPLAINT_WORDS.look[language])}</h2><form method="get" action="${pathIn(language, '/register/complaint/status')}"><label>${escaped(COMPLAINT_WORDS.number[language])}<input name="number" dir="ltr" maxlength="40" placeholder="C-0000-0000-0000" value="${escaped(number)}"></label><button>${escaped(COMPLAINT_WORDS.ask[language])}</button></form></section>`;
}

function standBody(found: Complaint, language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const queue = Object.entries(QUEUE_WORDS).find(([name]) => name === found.queue)?.[1];
  const outcome = Object.entries(OUTCOME_WORDS).find(([name]) => name === found.outcome)?.[1];
  return `<h1>${own(COMPLAINT_WORDS.number)}</h1><p class="big"><bdi dir="ltr">${escaped(found.complaint)}</bdi></p><p>${own(COMPLAINT_WORDS.keep)}</p>
<section class="standing"><b>${own(STATE_WORDS[found.state])}${outcome === undefined ? '' : `: ${own(outcome)}`}</b><p class="small">${own(COMPLAINT_WORDS.since)} ${dayHtml(instantOf(found.changed_at), language)}</p>${found.state === 'received' && queue !== undefined ? `<p>${own(queue)}</p>` : ''}${
    found.referred_to === null ? '' : `<p>${own(COMPLAINT_WORDS.referredTo)}: ${latin(found.referred_to)}</p>`}${found.words === '' ? '' : `<p>${own(COMPLAINT_WORDS.answer)}: <bdi dir="auto">${escaped(found.words)}</bdi></p>`}</section>`;
}
