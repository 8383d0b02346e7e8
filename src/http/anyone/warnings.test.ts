import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fastify, { type FastifyInstance } from 'fastify';
import { violationsOn } from '../../../console/testing/axe.ts';
import { openBrowser } from '../../../console/testing/browser.ts';
import { TODAY, enterWarnings, hashedPerson, inventedBook } from '../../register/testing.ts';
import { MINUTE_US, instantOf } from '../../terms/index.ts';
import { openRegister } from './register.ts';

const { book, ledger } = inventedBook();
const person = hashedPerson('Zubair Khan Invented');
let server: FastifyInstance;
let now = instantOf(TODAY + MINUTE_US);

before(async () => {
  const from = ledger.entries.length;
  enterWarnings(ledger, { person });
  for (const entry of ledger.entries.slice(from)) book.apply(entry);
  server = fastify({ routerOptions: { maxParamLength: 200 } });
  openRegister(server, { book, clock: () => now, origin: 'https://register.example', synthetic: true, rate: { perSecond: 10_000, burst: 10_000 } });
});
after(() => server.close());
const get = (url: string) => server.inject({ url });
const asked = async (q: string) => (await get(`/register/warnings.json?q=${encodeURIComponent(q)}`)).json<{ warnings: { id: string; match: string }[]; likenesses: { firm: string; kind: string; registerHoldsWebsites: boolean }[] }>();

test('a warning is found by name, website, wallet and person, and stands on the page of the firm that it imitates', async () => {
  deepStrictEqual((await asked('http://www.sindh-digital-exchange.example/x')).warnings.map((one) => [one.id, one.match]), [['W-1', 'domain']]);
  deepStrictEqual((await asked(`0x${'AB'.repeat(20)}`)).warnings.map((one) => one.match), ['wallet']);
  deepStrictEqual((await asked('khan zubair invented')).warnings.map((one) => [one.id, one.match]), [['W-2', 'person']]);
  deepStrictEqual((await asked('Somebody Else')).warnings, []);
  match((await get('/register/firms/SDX')).body, /sindh-digital-exchange|Sindh Digital Exchange VIP/);
  match((await get('/register/ur/warnings')).body, /W-1[^]*W-2|W-2[^]*W-1/);
  const page = (await get('/register/warnings/w-1')).body;
  match(page, /Reply of whom this is about[^]*We are another &lt;b&gt;company/);
  doesNotMatch((await get('/register/warnings/W-2')).body, /Zubair/);
  strictEqual((await get('/register/warnings/W-9')).statusCode, 404);
});

test('what passes for a firm of the register is told with the reason, and its own website is told as its own', async () => {
  const kinds = async (q: string) => (await asked(q)).likenesses.map((one) => [one.firm, one.kind]);
  deepStrictEqual(await kinds('https://sindhdigital.example/login'), [['SDX', 'own']]);
  deepStrictEqual(await kinds('app.sindhdigital.example'), [['SDX', 'own']]);
  deepStrictEqual(await kinds('sindhdigital.top'), [['SDX', 'other-ending']]);
  deepStrictEqual(await kinds('s\u0456ndhdigital.top'), [['SDX', 'letters']]);
  deepStrictEqual(await kinds('sindhdigita1-login.com'), [['SDX', 'letters']]);
  deepStrictEqual(await kinds('sindhdigital.example.verify-login.com'), [['SDX', 'in-front']]);
  deepStrictEqual(await kinds('boland1gital.com'), [['BLN', 'letters']]);
  deepStrictEqual(await kinds('unrelated.com'), []);
  match((await get('/register/warnings?q=sindhdigital.top')).body, /is none of the websites that the register holds/);
  match((await get('/register/warnings?q=deosaimarkets.com')).body, /The register holds no website for it/);
});

test('what ends is kept at its address and says so', async () => {
  book.apply(ledger.add({ kind: 'warning-issued', second: 'other', body: { act: 'lift', warning: 'W-2', proposal: 1 } }, now));
  now = instantOf(now + 2 * MINUTE_US);
  deepStrictEqual((await get('/register/warnings.json')).json<{ warnings: { id: string }[] }>().warnings.map((one) => one.id), ['W-1']);
  match((await get('/register/warnings/W-2')).body, /no longer in force/);
  const told = (await get('/register/changes.json')).json<{ changes: { kind: string; warning?: string }[] }>().changes.filter((one) => one.kind === 'warning');
  deepStrictEqual(told.map((one) => one.warning), ['W-1', 'W-2', 'W-1', 'W-2']);
  match((await get('/register/feed.atom')).body, /<title>Warnings W-2<\/title>/);
});

test('axe finds nothing on the warnings, in both languages and themes', async (t) => {
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  const browser = await openBrowser();
  t.after(() => browser.close());
  for (const theme of ['light', 'dark'] as const) {
    const page = await (await browser.newContext({ colorScheme: theme, viewport: { width: 390, height: 844 } })).newPage();
    for (const path of ['/register/warnings', '/register/ur/warnings', '/register/warnings?q=sindhdigital.top', '/register/ur/warnings/W-1', '/register/warnings/W-2', '/register/ur/firms/SDX']) {
      await page.goto(address + path);
      deepStrictEqual((await violationsOn(page)).lines, [], `${path} ${theme}`);
      ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), path);
    }
  }
});
