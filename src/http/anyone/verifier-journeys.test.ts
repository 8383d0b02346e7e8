/**
 * The verifier's page in a real browser: a photo, the PDF, JSON and text are judged, in both languages; then the network
 * is off, and the same page judges the same things by what it kept, says as of when, and asks to ask again once that is
 * too old. No complaint of the browser, no violation, nothing sent.
 */

import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { encodeQR } from 'qr';
import type { Browser, Page } from 'playwright-core';
import { buildConsole } from '../../../console/build.ts';
import { violationsOn } from '../../../console/testing/axe.ts';
import { openBrowser, openPage } from '../../../console/testing/browser.ts';
import { signerOfSeed } from '../../proof/index.ts';
import { CertificateDesk, type Certificate } from '../../register/index.ts';
import { inventedBook, inventedLog, TODAY } from '../../register/testing.ts';
import { DAY_US, instantOf, type Instant } from '../../terms/index.ts';
import { createServer } from '../server.ts';
import { openStatic } from '../static.ts';
import { openCertificates } from './certificate.ts';
import { openRegister } from './register.ts';
import { openVerifier } from './verifier.ts';

const out = fileURLToPath(new URL('../../../console/dist', import.meta.url));
const { book, ledger } = inventedBook();
const key = { number: 1, ed25519: signerOfSeed('a', new Uint8Array(32).fill(1)), p256: signerOfSeed('b', new Uint8Array(32).fill(2), 'ES256') };
const log = inventedLog(book, signerOfSeed('authority.example/register', new Uint8Array(32).fill(3)));
const desk = new CertificateDesk(book, { origin: 'https://authority.example', name: 'Invented', synthetic: true, keys: [key], random: (length) => new Uint8Array(length), log });
const server = createServer(pino({ level: 'silent' }));
let now: Instant = TODAY;
let address = '';
let browser: Browser | undefined;
let certificate: Certificate;
let pdf: Buffer;

before(async () => {
  await buildConsole({ out });
  const ground = { clock: () => now, authority: book.framework.authority, synthetic: true };
  openRegister(server, { ...ground, book, origin: 'https://authority.example' });
  openCertificates(server, { ...ground, desk, serviceTitle: (service) => ({ en: service, ur: service }) });
  openVerifier(server, ground);
  server.get('/framework/nastaliq.woff2', (_request, reply) => reply.type('font/woff2').send(readFileSync(new URL('../../../console/fonts/nastaliq-urdu-400.woff2', import.meta.url))));
  openStatic(server, out);
  address = await server.listen({ host: '127.0.0.1', port: 0 });
  const issued = await desk.certificate('DSM', TODAY);
  ok(issued !== undefined);
  certificate = issued;
  pdf = (await server.inject('/register/certificates/DSM.pdf')).rawPayload;
  browser = await openBrowser().catch(() => undefined);
}, { timeout: 120_000 });
after(async () => {
  await browser?.close();
  await server.close();
});

/** What the page says of a file or a text. */
async function outcomeOf(page: Page, given: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer } | string): Promise<string> {
  await page.evaluate("document.querySelector('#outcome').dataset.outcome = 'none'");
  if (typeof given === 'string') {
    await page.locator('#text').fill(given);
    await page.locator('#given button').click();
  } else await page.locator('#file').setInputFiles(given);
  await page.locator('#outcome:not([data-outcome="none"])').waitFor();
  return (await page.locator('#outcome').getAttribute('data-outcome')) ?? '';
}

/** The code as the browser draws it: a photo in PNG. */
async function photograph(page: Page): Promise<Buffer> {
  const blank = await page.context().newPage();
  await blank.setViewportSize({ width: 860, height: 860 });
  await blank.setContent(`<body style="margin:40px;background:#cbc6ba"><div style="width:640px;transform:rotate(6deg)">${encodeQR(certificate.code, 'svg', { ecc: 'medium', border: 4, encoding: 'byte' })}</div></body>`);
  const shot = await blank.screenshot({ type: 'png' });
  await blank.close();
  return shot;
}

async function judgeAll(page: Page): Promise<string[]> {
  const photo = await photograph(page);
  const forms = [
    { name: 'photo.png', mimeType: 'image/png', buffer: photo }, { name: 'c.pdf', mimeType: 'application/pdf', buffer: pdf }, { name: 'c.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(certificate.credential)) }, certificate.code, certificate.sdJwt,
  ];
  const outcomes: string[] = [];
  for (const form of forms) outcomes.push(await outcomeOf(page, form));
  return outcomes;
}

const all = (outcome: string): string[] => Array.from({ length: 5 }, () => outcome);

async function opened(t: TestContext, path: string): Promise<{ page: Page; complaints: string[] } | undefined> {
  if (browser === undefined) {
    t.skip('skipped, because no browser is here');
    return undefined;
  }
  const visit = await openPage(browser, { language: 'en', theme: 'light' }, { width: 390, height: 844 });
  await visit.page.clock.setFixedTime(new Date(TODAY / 1000));
  await visit.page.goto(`${address}${path}`);
  await visit.page.locator('#kept[data-kept="yes"]').waitFor();
  return visit;
}

test('with a network each form is judged in force; altered ones are refused, a thing of another kind is no verdict', { timeout: 120_000 }, async (t) => {
  const visit = await opened(t, '/verify');
  if (visit === undefined) return;
  const { page, complaints } = visit;
  deepStrictEqual(await judgeAll(page), all('in-force'));
  match(await page.locator('#outcome').innerText(), /Genuine, and in force as of\s*24 Nov 2026, 15:00 PKT[^]*Deosai Markets[^]*Licensed/);
  const altered = Buffer.from(pdf);
  altered[5_000] = (altered[5_000] ?? 0) ^ 1;
  strictEqual(await outcomeOf(page, { name: 'a.pdf', mimeType: 'application/pdf', buffer: altered }), 'refused');
  strictEqual(await outcomeOf(page, JSON.stringify(certificate.credential).replace('Deosai', 'Deosal')), 'refused');
  strictEqual(await outcomeOf(page, certificate.code.replace('authority.example', 'authority.examp1e')), 'refused');
  strictEqual(await outcomeOf(page, '<img src=x onerror=alert(1)>'), 'unreadable');
  strictEqual(await outcomeOf(page, { name: 'p.png', mimeType: 'image/png', buffer: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') }), 'unreadable');
  deepStrictEqual((await violationsOn(page)).lines, []);
  deepStrictEqual(complaints, []);
  await page.context().close();
});

test('with the network off the page opens again and judges by what it kept; past that it asks to ask again', { timeout: 120_000 }, async (t) => {
  const visit = await opened(t, '/verify/ur');
  if (visit === undefined) return;
  const { page } = visit;
  await page.context().setOffline(true);
  await page.reload();
  await page.locator('#work:not([hidden])').waitFor();
  strictEqual(await page.locator('html').getAttribute('dir'), 'rtl');
  const asked: string[] = [];
  page.on('request', (request) => { if (request.method() !== 'GET') asked.push(request.url()); });
  deepStrictEqual(await judgeAll(page), all('in-force'));
  match(await page.locator('#outcome').innerText(), /اصلی، اور اس وقت تک نافذ/);
  await page.clock.setFixedTime(new Date((TODAY + 2 * DAY_US) / 1000));
  deepStrictEqual(await judgeAll(page), all('ask-again'));
  deepStrictEqual(asked, [], 'nothing is sent');
  deepStrictEqual((await violationsOn(page)).lines, []);
  await page.context().close();
});

test('once the firm is suspended every form is no longer in force, and says so; without a script the page says what to do', { timeout: 120_000 }, async (t) => {
  const visit = await opened(t, '/verify');
  if (visit === undefined || browser === undefined) return;
  const { page } = visit;
  now = instantOf(TODAY + DAY_US / 2);
  book.apply(ledger.add({ kind: 'stage-changed', body: { firm: 'dsm', from: 'l2-licensed', to: 'q-suspended', effectiveFrom: now, reasons: 'inside', evidence: [] } }, now));
  await page.clock.setFixedTime(new Date(now / 1000));
  deepStrictEqual(await judgeAll(page), all('revoked'));
  match(await page.locator('#outcome').innerText(), /No longer in force/);
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${address}/verify`);
  match(await plain.locator('main').innerText(), /nigran verify does the same/);
  await page.context().close();
});
