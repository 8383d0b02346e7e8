/**
 * The verifier's page at work: takes a file or a text, judges it in this browser, and shows the outcome in the words
 * that the page carries in its language. The issuer's document and its lists are fetched when there is a network and
 * kept by the page's own worker for when there is none; their own dates then say as of when the answer stands.
 */

import { readStrictJson } from '../../src/proof/credentials.ts';
import { isImage, isPdf, splitCode, type PaperTrust } from '../../src/proof/documents.ts';
import { GIVEN_BYTES_MAX, judgeBytes, judgeText, type Judged, type Outcome } from './judge.ts';
import { loadDecoder, readPhoto } from './photo.ts';

/** What the page keeps for when there is no network. The first list serves 131,072 statements. */
const KEPT = { issuer: '/.well-known/did.json', lists: ['/register/status-lists/0', '/register/status-lists/0.jwt'] } as const;
const TONES: Readonly<Record<Outcome, 'licensed' | 'stop' | 'wait'>> = {
  'in-force': 'licensed', authentic: 'wait', 'unknown-since': 'wait', 'ask-again': 'wait', revoked: 'stop', expired: 'stop', refused: 'stop', unreadable: 'wait',
};

function part<K extends Element>(selector: string, kind: new () => K): K {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** A word of the page in its language, by its name. */
function word(name: string): string | undefined {
  const found = document.querySelector(`template[data-word="${CSS.escape(name)}"]`);
  return found instanceof HTMLTemplateElement ? found.content.textContent ?? undefined : undefined;
}

async function textAt(address: string): Promise<string | undefined> {
  try {
    // What was asked a minute ago may have been revoked since.
    const answer = await fetch(address, { cache: 'no-store' });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

/** What is known of the issuer now, or was when there last was a network. */
async function trustNow(): Promise<PaperTrust> {
  const [issuer, ...lists] = await Promise.all([KEPT.issuer, ...KEPT.lists].map(textAt));
  const read = issuer === undefined ? undefined : readStrictJson(issuer);
  return { nowMs: Date.now(), documents: read !== undefined && 'value' in read ? [read.value] : [], statusLists: lists.flatMap((list) => list ?? []) };
}

async function judgeFile(file: File): Promise<Judged> {
  if (file.size > GIVEN_BYTES_MAX) return { outcome: 'unreadable', checks: [] };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const trust = await trustNow();
  if (isPdf(bytes) || !(isImage(bytes) || file.type.startsWith('image/'))) return judgeBytes(bytes, trust);
  const texts = await readPhoto(file);
  const text = texts.find((each) => splitCode(each) !== undefined) ?? texts[0];
  return text === undefined ? { outcome: 'unreadable', checks: [] } : judgeText(text, trust);
}

function show({ outcome, asOf, checks, claims }: Judged): void {
  const place = part('#outcome', HTMLElement);
  const lines = [paragraph('b', word(`outcome ${outcome}`)), asOf === undefined ? '' : time(asOf), paragraph('p', word(`means ${outcome}`))];
  const own = claims === undefined ? [] : [['name', claims['nameUr'] !== undefined && document.documentElement.lang === 'ur' ? claims['nameUr'] : claims['name']], ['code', claims['code']], ['class', word(`class ${String(claims['class'])}`) ?? claims['class']]];
  // Green is a licence's alone: an NOC in force is no licence.
  place.className = `standing standing--${TONES[outcome] === 'licensed' && claims?.['class'] !== 'licensed' ? 'wait' : TONES[outcome]}`;
  place.dataset['outcome'] = outcome;
  place.replaceChildren();
  for (const line of lines) if (line !== '' && line !== undefined) place.append(line);
  for (const [name, value] of own) if (typeof value === 'string') place.append(row(word(`claim ${String(name)}`) ?? '', value));
  const list = document.createElement('ul');
  list.className = 'list may';
  for (const check of checks) list.append(checkRow(check.ok, word(`check ${check.name}`) ?? check.name, check.detail));
  if (checks.length > 0) place.append(details(list));
  place.hidden = false;
  place.focus();
}

function paragraph(tag: 'b' | 'p', text: string | undefined): Element | undefined {
  if (text === undefined) return undefined;
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function time(at: string): Element {
  const made = document.createElement('time');
  const read = new Date(at);
  made.dateTime = at;
  made.title = at;
  made.dir = 'ltr';
  made.textContent = Number.isNaN(read.getTime()) ? at : `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Karachi' }).format(read)} PKT`;
  return made;
}

function row(label: string, value: string): Element {
  const made = document.createElement('p');
  const name = document.createElement('bdi');
  name.textContent = value;
  made.append(`${label}: `, name);
  return made;
}

function checkRow(ok: boolean, label: string, detail: string): Element {
  const made = document.createElement('li');
  made.className = ok ? '' : 'failed';
  const said = document.createElement('small');
  said.lang = 'en';
  said.dir = 'ltr';
  said.textContent = detail;
  made.append(`${word(ok ? 'holds' : 'fails') ?? ''}: ${label} `, said);
  return made;
}

function details(list: Element): Element {
  const made = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = word('checks') ?? '';
  made.append(summary, list);
  return made;
}

/** The worker keeps the page and what it needs. Where a browser has none, the page works with a network alone. */
async function keep(): Promise<void> {
  const ready = part('#kept', HTMLElement);
  try {
    await navigator.serviceWorker.register('/verify-worker.js', { scope: '/verify' });
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null) await new Promise((done) => { navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }); });
    const script = part('script[data-verifier]', HTMLScriptElement).src;
    await Promise.all([location.pathname, script, '/framework/nastaliq.woff2', KEPT.issuer, ...KEPT.lists].map(textAt));
    await loadDecoder();
    ready.hidden = false;
    ready.dataset['kept'] = 'yes';
  } catch {
    ready.hidden = true;
  }
}

part('#file', HTMLInputElement).addEventListener('change', ({ target }) => {
  const file = target instanceof HTMLInputElement ? target.files?.[0] : undefined;
  if (file !== undefined) void judgeFile(file).then(show);
});
part('#given', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void trustNow().then((trust) => judgeText(part('#text', HTMLTextAreaElement).value, trust)).then(show);
});
part('#work', HTMLElement).hidden = false;
void keep();
