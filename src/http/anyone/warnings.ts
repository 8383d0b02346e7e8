/**
 * Warnings for anyone: those in force, a search by name, website, app or wallet, and the check whether what was pasted
 * passes for a firm of the register. A warning that has ended or was lifted stays at its address and says so. A natural
 * person is shown without a name.
 */

import { inForce } from '../../framework/index.ts';
import { isInForce, matchOf, type Likeness, type RegisterBook, type RegisterRow, type Warning } from '../../register/index.ts';
import { formatInstant, instantOf, type Instant, type Json } from '../../terms/index.ts';
import { LIKENESS_WORDS, REGISTER_WORDS } from '../words/register.ts';
import { dayHtml, escaped, latin, pathIn, sign, type Language, type Worded } from './html.ts';
import type { PublicPages } from './register.ts';

/** Warnings of one page; all of them stand in the data. */
const SHOWN_MAX = 50;
const QUESTION_LENGTH_MAX = 500;
/** Below this a likeness is not told to the public. */
const TOLD_MIN = 0.7;

/** Serves the warnings' pages and forms. */
export function openWarnings(pages: PublicPages): void {
  const { book } = pages.ground;
  for (const language of ['en', 'ur'] as const) {
    pages.show(pathIn(language, '/register/warnings'), 'html', ({ at, query }) => {
      const q = questionIn(query);
      const text = q === '' ? '' : new URLSearchParams({ q }).toString();
      return pages.page({ language, title: REGISTER_WORDS.warnings[language], path: '/register/warnings', query: text, at, body: listBody(book, q, at, language), formats: [['JSON', `/register/warnings.json${text === '' ? '' : `?${text}`}`], ['Atom', '/register/feed.atom']] });
    });
    pages.show(pathIn(language, '/register/warnings/:warning'), 'html', ({ at, params }) => {
      const warning = book.warnings.byId(params['warning'] ?? '');
      if (warning === undefined) return undefined;
      return pages.page({ language, title: `${REGISTER_WORDS.warnings[language]} ${warning.id}`, path: `/register/warnings/${warning.id}`, at, body: oneBody(book, warning, at, language), formats: [['JSON', `/register/warnings/${warning.id}.json`]] });
    });
  }
  pages.show('/register/warnings.json', 'json', ({ at, query }) => JSON.stringify(answerJson(book, questionIn(query), at)));
  pages.show('/register/warnings/:warning.json', 'json', ({ at, params }) => {
    const warning = book.warnings.byId(params['warning'] ?? '');
    return warning === undefined ? undefined : JSON.stringify(warningJson(book, warning, at));
  });
}

function questionIn(query: unknown): string {
  return typeof query === 'object' && query !== null && 'q' in query && typeof query.q === 'string' ? query.q.trim().slice(0, QUESTION_LENGTH_MAX) : '';
}

/** What a question comes to: warnings that name it, and firms that it passes for or belongs to. */
function judged(book: RegisterBook, q: string, at: Instant): { readonly found: readonly Warning[]; readonly likes: readonly Likeness<RegisterRow>[] } {
  const known = book.warnings.all().filter((one) => one.issuedAt <= at).toReversed();
  if (q === '') return { found: known.filter((one) => isInForce(one, at)), likes: [] };
  const index = book.lookalikes(at);
  const likes = index.judgeDomain(q) ?? index.judgeName(q).filter((one) => one.kind !== 'other-ending' && one.kind !== 'own');
  return { found: known.filter((one) => matchOf(q, one) !== undefined), likes: likes.filter((one) => one.kind === 'own' || one.score >= TOLD_MIN) };
}

/** Warnings about who pretends to be a firm. */
export function warningsOfFirm(book: RegisterBook, firm: string, at: Instant): readonly Warning[] {
  return book.warnings.all().filter((one) => one.content.imitates === firm && isInForce(one, at)).toReversed();
}

function listBody(book: RegisterBook, q: string, at: Instant, language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const { found, likes } = judged(book, q, at);
  const none = likes.some((one) => one.kind === 'own') ? '' : `<p role="status">${own(q === '' ? REGISTER_WORDS.noWarnings : REGISTER_WORDS.noWarning)}</p>`;
  return `<h1>${own(REGISTER_WORDS.warnings)}</h1><p>${own(REGISTER_WORDS.warnLead)}</p>
<form method="get" action="${pathIn(language, '/register/warnings')}" role="search"><label>${own(REGISTER_WORDS.warnAsk)}<input name="q" type="search" maxlength="${QUESTION_LENGTH_MAX}" dir="auto" value="${escaped(q)}"></label><button>${own(REGISTER_WORDS.check)}</button></form>
${likes.map((one) => likeHtml(one, language)).join('')}${found.length === 0 ? none : `<ul class="rows">${found.slice(0, SHOWN_MAX).map((one) => `<li>${boxHtml(book, one, at, language)}</li>`).join('')}</ul>`}`;
}

function likeHtml(one: Likeness<RegisterRow>, language: Language): string {
  const { firm, detail } = one.value;
  const name = `<a href="${pathIn(language, `/register/firms/${escaped(firm.code)}`)}">${language === 'ur' && firm.nameUr !== undefined ? escaped(firm.nameUr) : latin(firm.name)}</a>`;
  const text = one.kind === 'own' ? REGISTER_WORDS.isOwn : (detail?.websites.length ?? 0) > 0 ? REGISTER_WORDS.looksLike : REGISTER_WORDS.looksLikeNone;
  const said = escaped(text[language]).replace('{name}', name).replace('{why}', escaped(LIKENESS_WORDS[one.kind][language]));
  return one.kind === 'own' ? `<p role="status">${said}</p>` : `<div class="warning"><p>${sign('warn')}${said}</p><p class="small">${escaped(REGISTER_WORDS.lookWarns[language])}</p></div>`;
}

/** A warning in a box, as lists and firms' pages show it. */
export function boxHtml(book: RegisterBook, warning: Warning, at: Instant, language: Language): string {
  const { content } = warning;
  const term = inForce(book.framework.warnings.get(content.class), at);
  const name = content.name ?? content.aliases[0] ?? content.domains[0] ?? content.apps[0]?.name ?? content.apps[0]?.id ?? content.wallets[0]?.address ?? '';
  const shown = content.subject === 'person' ? escaped(REGISTER_WORDS.personWithheld[language]) : latin(name);
  const over = isInForce(warning, at) ? '' : ` (${escaped(REGISTER_WORDS.overNow[language])})`;
  return `<div class="warning"><b>${sign('warn')}<a href="${pathIn(language, `/register/warnings/${warning.id}`)}">${escaped(term?.title[language] ?? content.class)}</a>${over}</b><p>${shown}</p><p>${escaped(content.text[language])}</p><p class="small">${escaped(warning.id)} · ${dayHtml(warning.issuedAt, language)}</p></div>`;
}

function oneBody(book: RegisterBook, warning: Warning, at: Instant, language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const { content } = warning;
  const term = inForce(book.framework.warnings.get(content.class), at);
  const firm = content.imitates === undefined ? undefined : book.firm(content.imitates);
  const facts: (readonly [Worded, string])[] = [
    ...(content.aliases.length === 0 ? [] : [[REGISTER_WORDS.alias, content.aliases.map(latin).join('<br>')] as const]), ...(content.domains.length === 0 ? [] : [[REGISTER_WORDS.domains, content.domains.map(latin).join('<br>')] as const]),
    ...(content.apps.length === 0 ? [] : [[REGISTER_WORDS.apps, content.apps.map((app) => latin([app.name, app.store, app.id].filter((part) => part !== undefined).join(' · '))).join('<br>')] as const]),
    ...(content.wallets.length === 0 ? [] : [[REGISTER_WORDS.wallets, content.wallets.map((one) => latin(`${one.family}: ${one.address}`)).join('<br>')] as const]),
    ...(firm === undefined ? [] : [[REGISTER_WORDS.imitates, `<a href="${pathIn(language, `/register/firms/${escaped(firm.code)}`)}">${latin(firm.name)}</a>`] as const]),
    [REGISTER_WORDS.issued, dayHtml(warning.issuedAt, language)], ...(warning.amendedAt === undefined ? [] : [[REGISTER_WORDS.amended, dayHtml(warning.amendedAt, language)] as const]),
    ...(content.expires === undefined ? [] : [[REGISTER_WORDS.expires, dayHtml(instantOf(content.expires), language)] as const]), ...(warning.liftedAt === undefined ? [] : [[REGISTER_WORDS.lifted, dayHtml(warning.liftedAt, language)] as const]),
    [REGISTER_WORDS.evidence, content.evidence.map((one) => `${latin(one.what)} ${latin(one.sha256)}`).join('<br>')],
    ...(term === undefined ? [] : [[REGISTER_WORDS.law, `${escaped(term.means[language])} <span class="small">${escaped(term.clause[language])} (${term.status})</span>`] as const]),
  ];
  const replies = warning.replies.map((one) => `<section><h2>${own(REGISTER_WORDS.reply)}</h2><p dir="auto">${escaped(one.words)}</p><p class="small">${dayHtml(one.at, language)}</p></section>`);
  return `<h1>${escaped(term?.title[language] ?? content.class)}</h1>${boxHtml(book, warning, at, language)}<dl>${facts.map(([label, value]) => `<dt>${own(label)}</dt><dd>${value}</dd>`).join('')}</dl>${replies.join('')}<p class="small">${own(REGISTER_WORDS.rightOfReply)}</p>`;
}

function warningJson(book: RegisterBook, warning: Warning, at: Instant): { readonly [key: string]: Json } {
  const { content } = warning;
  return {
    id: warning.id, inForce: isInForce(warning, at), class: content.class, subject: content.subject, name: content.name ?? null, aliases: content.aliases, nameHashes: content.hashes, domains: content.domains, apps: content.apps.map((app) => ({ store: app.store, id: app.id, name: app.name ?? null })), wallets: content.wallets,
    imitates: content.imitates === undefined ? null : book.firm(content.imitates)?.code ?? null, text: content.text, issued: formatInstant(warning.issuedAt), amended: warning.amendedAt === undefined ? null : formatInstant(warning.amendedAt),
    expires: content.expires === undefined ? null : formatInstant(instantOf(content.expires)), lifted: warning.liftedAt === undefined ? null : formatInstant(warning.liftedAt), evidence: content.evidence.map((one) => ({ sha256: one.sha256, what: one.what })), replies: warning.replies.map((one) => ({ words: one.words, at: formatInstant(one.at) })),
  };
}

function answerJson(book: RegisterBook, q: string, at: Instant): Json {
  const { found, likes } = judged(book, q, at);
  return {
    asOf: formatInstant(at), question: q === '' ? null : q, warnings: found.map((one) => ({ ...warningJson(book, one, at), match: q === '' ? null : matchOf(q, one) ?? null })),
    likenesses: likes.map((one) => ({ firm: one.value.firm.code, kind: one.kind, name: one.name, score: one.score, registerHoldsWebsites: (one.value.detail?.websites.length ?? 0) > 0 })),
  };
}
