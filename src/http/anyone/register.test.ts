import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { parse } from 'csv-parse/sync';
import { violationsOn } from '../../../console/testing/axe.ts';
import { openBrowser } from '../../../console/testing/browser.ts';
import { FIRMS, TODAY, inventedBook } from '../../register/testing.ts';
import { MINUTE_US, SECOND_US, instantOf } from '../../terms/index.ts';
import { RateLimit } from './rate.ts';
import { openRegister } from './register.ts';
import { Shelf } from './press.ts';

const { book, ledger } = inventedBook();
let now = TODAY;
let server: FastifyInstance;

before(async () => {
  server = fastify({ routerOptions: { maxParamLength: 200 } });
  openRegister(server, { book, clock: () => now, origin: 'https://register.example', synthetic: true, rate: { perSecond: 10_000, burst: 10_000 } });
  await server.ready();
});
after(() => server.close());
const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });

test('every firm has a page in both languages that says first what it holds, and no script', async () => {
  for (const [code, name, nameUr] of FIRMS) {
    const row = book.row(code, TODAY);
    for (const [path, own] of [[`/register/firms/${code}`, name], [`/register/ur/firms/${code}`, nameUr]] as const) {
      const page = await get(path);
      strictEqual(page.statusCode, row === undefined ? 404 : 200, path);
      doesNotMatch(page.body, /<script|\son[a-z]+=|javascript:|a reason that stays inside/i);
      if (row === undefined) continue;
      match(page.body, new RegExp(`<h1>[^]*${own}`));
      if (row.stage?.isLicence === true) doesNotMatch(page.body, /Call itself licensed|لائسنس یافتہ کہنا/);
      else match(page.body, /Call itself licensed|لائسنس یافتہ کہنا/);
    }
  }
  match((await get('/register/firms/bln')).body, /<b>Holds an NOC: not a licence<\/b>/);
  match((await get('/register/firms/BLN')).body, /It may offer no service/);
  match((await get('/register/firms/LTR')).body, /Holds no status any more/);
});

test('search answers in any spelling, by service and by state, and says what it means that nothing is found', async () => {
  const codes = async (query: string): Promise<string[]> => ((await get(`/register.json${query}`)).json<{ firms: { id: string }[] }>()).firms.map((one) => one.id);
  deepStrictEqual(await codes('?q=sind+dijital'), ['SDX']);
  deepStrictEqual(await codes('?q=%D8%AF%DB%8C%D9%88%D8%B3%D8%A7%D8%A6%DB%8C'), ['DSM']);
  deepStrictEqual(await codes('?service=transfer'), ['DSM']);
  deepStrictEqual(await codes('?class=suspended'), ['TTD']);
  deepStrictEqual(await codes('?class=nonsense&service=none&page=-1'), await codes(''), 'what is no such thing is not asked');
  match((await get('/register?q=Nowhere+Coinz')).body, /No firm of this name is in the register/);
  match((await get('/register/ur?q=zzzz')).body, /رجسٹر میں نہیں/);
  const page = (await get('/register?q=%3Cimg%20src%3Dx%3E%22')).body;
  doesNotMatch(page, /<img/);
  match(page, /value="&lt;img src=x&gt;&quot;"/);
});

test('JSON, CSV, Atom and the change list tell the same of a firm', async () => {
  const { firms } = (await get('/register.json')).json<{ firms: { id: string; class: string; isLicence: boolean; permittedServices: string[]; since: string }[] }>();
  const csv = parse<Record<string, string>>((await get('/register.csv')).body, { columns: true });
  strictEqual(csv.length, firms.length);
  const changes = (await get('/register/changes.json')).json<{ changes: { n: number; firm: string; class: string }[]; more: boolean }>();
  for (const [i, firm] of firms.entries()) {
    deepStrictEqual([csv[i]?.['rg_id'], csv[i]?.['rg_class'], csv[i]?.['ac_serviceCode'], csv[i]?.['rg_is_licence']], [firm.id, firm.class, firm.permittedServices.join('|'), String(firm.isLicence)]);
    strictEqual(csv[i]?.['ac_authorisationNotificationDate'] === '', !firm.isLicence, 'a date of authorisation stands for a licence alone');
    strictEqual(changes.changes.findLast((one) => one.firm === firm.id)?.class, firm.class);
    match((await get(`/register/firms/${firm.id}.atom`)).body, new RegExp(`&quot;class&quot;:&quot;${firm.class}&quot;`));
    strictEqual((await get(`/register/firms/${firm.id}.json`)).json<{ class: string }>().class, firm.class);
  }
  deepStrictEqual((await get(`/register/changes.json?after=${changes.changes.length - 2}`)).json<{ changes: { n: number }[] }>().changes.map((one) => one.n), [changes.changes.length - 1]);
  strictEqual((await get('/register/firms/NOPE.json')).statusCode, 404);
  strictEqual((await get('/register/firms/NOPE.csv')).json<{ code: string }>().code, 'NOT_FOUND');
  match((await get('/register/feed.atom')).body, /^<\?xml[^]*<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"[^]*<\/feed>\n$/);
});

test('an SMS gateway gets one message of plain text in the language of the question', async () => {
  const ask = async (text: string): Promise<string> => (await get(`/register/message?text=${encodeURIComponent(text)}`)).body;
  match(await ask('sind dijital'), /^Sindh Digital Exchange \(SDX\): Holds an NOC and is AML-registered: not a licence\. May: /);
  match(await ask('تھر ٹوکن'), /معطل/);
  match(await ask('nobody here'), /No firm of this name/);
  match(await ask(''), /Send the name/);
  for (const [, name, nameUr] of FIRMS) {
    ok((await ask(name)).length <= 160);
    ok((await ask(nameUr)).length <= 134);
  }
});

test('a page is of its minute, kept with a tag, small, and made anew when the register changes', async () => {
  now = instantOf(TODAY + 2 * MINUTE_US);
  const before = await get('/register/ur');
  strictEqual((await get('/register/ur', { 'if-none-match': String(before.headers['etag']) })).statusCode, 304);
  match(String(before.headers['cache-control']), /max-age=60/);
  match(String(before.headers['content-security-policy']), /default-src 'none'; style-src 'sha256-[^']+'; font-src 'self'; base-uri 'none'; form-action 'self'/);
  const small = await get('/register/ur', { 'accept-encoding': 'gzip' });
  ok(small.rawPayload.length < 60_000 && before.rawPayload.length < 60_000, `${before.rawPayload.length} bytes`);
  strictEqual(gunzipSync(small.rawPayload).toString(), before.body);
  book.apply(ledger.add({ kind: 'stage-changed', body: { firm: 'bln', from: 'e3-noc-granted', to: 'e4-aml-registered', effectiveFrom: instantOf(now + MINUTE_US), reasons: 'later', evidence: [] } }, now));
  match((await get('/register/firms/BLN')).body, /<b>Holds an NOC: not a licence<\/b>/, 'what takes effect later is not shown yet');
  now = instantOf(now + 2 * MINUTE_US);
  match((await get('/register/firms/BLN')).body, /<b>Holds an NOC and is AML-registered/);
});

test('one address may ask so often, others go on, and the shelf stays bounded', () => {
  const limit = new RateLimit({ perSecond: 2, burst: 3 });
  deepStrictEqual([1, 2, 3, 4].map(() => limit.allows('192.0.2.1', TODAY)), [true, true, true, false]);
  ok(limit.allows('192.0.2.2', TODAY));
  ok(limit.allows('192.0.2.1', instantOf(TODAY + SECOND_US)));
  deepStrictEqual(['2001:db8::1', '2001:db8:0:0:9::2', '2001:db8::3', '2001:db8::4', '2001:db8:0:1::1'].map((one) => limit.allows(one, TODAY)), [true, true, true, false, true], 'a /64 counts as one line');
  const shelf = new Shelf();
  let made = 0;
  for (let i = 0; i < 5_000; i += 1) shelf.take('a', `/${i}`, () => `page ${(made += 1)}`);
  strictEqual(shelf.take('a', '/4999', () => 'again').bytes.toString(), 'page 5000');
  strictEqual(shelf.take('a', '/0', () => 'again').bytes.toString(), 'again', 'the oldest went');
  strictEqual(shelf.take('b', '/4999', () => 'anew').bytes.toString(), 'anew', 'another state keeps nothing');
});

describe('in a browser', () => {
  let address: string;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  before(async () => {
    address = await server.listen({ host: '127.0.0.1', port: 0 });
    browser = await openBrowser();
  });
  after(() => browser.close());

  for (const [language, path] of [['en', '/register'], ['ur', '/register/ur']] as const) {
    test(`with script off a person finds a firm and reads what it holds (${language})`, async () => {
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
      const page = await context.newPage();
      await page.goto(`${address}${path}`);
      await page.locator('input[name=q]').fill('sind dijital');
      await page.locator('form button').click();
      await page.locator('.rows a').first().click();
      match(page.url(), new RegExp(`${path}/firms/SDX$`));
      match(await page.locator('.standing > b').innerText(), language === 'ur' ? /لائسنس نہیں/ : /not a licence/);
      await page.locator('.top a[hreflang]').click();
      match(page.url(), /\/register\/(ur\/)?firms\/SDX$/);
      await context.close();
    });

    for (const theme of ['light', 'dark'] as const) {
      test(`axe finds nothing (${language}, ${theme})`, async () => {
        const context = await browser.newContext({ colorScheme: theme, viewport: { width: 390, height: 844 } });
        const page = await context.newPage();
        for (const one of ['', '?q=zzz', '/firms/SDX', '/firms/TTD', '/firms/DSM', '/firms/GGW']) {
          await page.goto(`${address}${path}${one}`);
          deepStrictEqual((await violationsOn(page)).lines, [], `${path}${one}`);
          ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${one} is not wider than a phone`);
        }
        await context.close();
      });
    }
  }
});
