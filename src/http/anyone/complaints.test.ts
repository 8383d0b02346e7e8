import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fastify, { type FastifyInstance } from 'fastify';
import { compactDecrypt } from 'jose';
import { violationsOn } from '../../../console/testing/axe.ts';
import { openBrowser } from '../../../console/testing/browser.ts';
import { licensingMigrations } from '../../licensing/index.ts';
import { openTestDatabase, type TestDatabase } from '../../log/engine/testing.ts';
import { LocalObjects, SYSTEM, logMigrations, withActor, withTransaction } from '../../log/index.ts';
import { refoldViews } from '../../log/rebuild.ts';
import { ComplaintDesk, rebuildRegister, registerMigrations, registerViews } from '../../register/index.ts';
import { TODAY, inventedBook } from '../../register/testing.ts';
import { DAY_US, MINUTE_US, instantOf } from '../../terms/index.ts';
import { sealLetter } from '../../vault/index.ts';
import { createServer } from '../server.ts';
import { openComplaints } from './complaints.ts';
import { openMarket } from './market.ts';
import { openRegister } from './register.ts';

const { book } = inventedBook();
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
const key = { kid: 'k', kty: 'EC', crv: 'P-256', x, y, alg: 'ECDH-ES+A256KW', use: 'enc' } as const;
let vaultIsUp = true;
let now = TODAY;
let server: FastifyInstance;
let database: TestDatabase;
const directory = mkdtempSync(join(tmpdir(), 'nigran-complaints-'));
const objects = new LocalObjects(directory);
const desk = new ComplaintDesk(randomBytes);

before(async () => {
  database = await openTestDatabase([...logMigrations, ...licensingMigrations, ...registerMigrations]);
  server = createServer(fastify({ logger: false }).log);
  const pages = openRegister(server, { book, clock: () => now, origin: 'https://register.example', synthetic: true, rate: { perSecond: 10_000, burst: 10_000 } });
  openComplaints(server, pages, { pool: app(), objects, desk, seal: async (text) => (vaultIsUp ? sealLetter(key, text) : undefined), rate: { perSecond: 10_000, burst: 10_000 } });
  openMarket(pages, () => figures);
});
after(async () => {
  server.server.closeAllConnections();
  await server.close();
  await database.drop();
  rmSync(directory, { recursive: true });
});
let figures: Awaited<ReturnType<ComplaintDesk['count']>> | undefined;
const app = () => database.pool('nigran_app');
const asHouse = <T>(act: (tx: Parameters<Parameters<typeof withActor>[2]>[0]) => Promise<T>): Promise<T> => withActor(app(), SYSTEM, act);
const send = (fields: Record<string, string>, type = 'application/x-www-form-urlencoded') => server.inject({ method: 'POST', url: '/register/complaint', headers: { 'content-type': type }, payload: new URLSearchParams({ kind: 'withdrawal', firm: 'sdx', text: 'They keep my money since Monday.', ...fields }).toString() });
const numberOf = async (fields: Record<string, string>): Promise<string> => {
  const answer = await send(fields);
  strictEqual(answer.statusCode, 303, answer.body);
  return new URL(String(answer.headers['location']), 'https://register.example').searchParams.get('number') ?? '';
};
const entries = async (): Promise<number> => (await asHouse((tx) => tx.query<{ n: number }>('select count(*)::int as n from log.entry'))).rows[0]?.n ?? 0;

test('a complaint gets its number at once; its words lie sealed, and nowhere else', async () => {
  const number = await numberOf({ name: 'Zubair Khan Invented', contact: '0300-SECRET', loss: '12,500.50' });
  match(number, /^C-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  const found = await asHouse((tx) => desk.read(tx, number.toLowerCase().replaceAll('-', '')));
  deepStrictEqual([found?.kind, found?.firm, found?.queue, found?.state, found?.loss_minor], ['withdrawal', 'sdx', 'conduct', 'received', 1_250_050]);
  const { plaintext } = await compactDecrypt(Buffer.from(await objects.get(found?.sealed ?? '')).toString(), pair.privateKey);
  deepStrictEqual(JSON.parse(Buffer.from(plaintext).toString()), { v: 1, firm: 'sdx', text: 'They keep my money since Monday.', name: 'Zubair Khan Invented', contact: '0300-SECRET', kind: 'withdrawal', lossMinor: 1_250_050 });
  const held = await withTransaction(database.pool('nigran_owner'), (tx) => tx.query<{ text: string }>(`select convert_from(bytes, 'utf8') as text from log.entry union all select to_jsonb(c)::text from register.complaint c`));
  ok(held.rows.every((row) => !/Zubair|SECRET|Monday/.test(row.text)));
  const page = (await server.inject({ url: `/register/complaint/status?number=${number}` })).body;
  match(page, new RegExp(number));
  doesNotMatch(page, /Zubair|SECRET|Monday/);
});

test('triage: a firm answers for its service first, frauds and names without a status go to who warns', async () => {
  const queue = async (fields: Record<string, string>): Promise<string | undefined> => (await asHouse(async (tx) => desk.read(tx, await numberOf({ text: `Something happened ${randomBytes(4).toString('hex')}`, ...fields }))))?.queue;
  deepStrictEqual([await queue({ kind: 'fees' }), await queue({ kind: 'withdrawal', firm: 'sind dijital' }), await queue({ kind: 'fees', firm: 'Nowhere Coinz' }), await queue({ kind: 'other', firm: '' }), await queue({ kind: 'impersonation' }), await queue({ kind: 'service', firm: 'KRC' })],
    ['firm-first', 'conduct', 'warnings', 'elsewhere', 'warnings', 'warnings']);
});

test('the same text within a day gets the number that it has', async () => {
  const text = 'The same words again.';
  const [first, count] = [await numberOf({ text }), await entries()];
  strictEqual(await numberOf({ text }), first);
  strictEqual(await entries(), count);
  now = instantOf(now + DAY_US + MINUTE_US);
  ok((await numberOf({ text })) !== first, 'a day later it is another complaint');
});

test('what is not taken is refused by a code in words, and leaves nothing', async () => {
  const count = await entries();
  const cases: readonly (readonly [Record<string, string>, number, RegExp])[] = [
    [{ kind: 'nonsense' }, 400, /REQUEST_INVALID: kind/], [{ text: 'short' }, 400, /REQUEST_INVALID: text/], [{ text: 'x'.repeat(8_001) }, 400, /REQUEST_INVALID: text/], [{ website: 'http://spam.example' }, 400, /REQUEST_INVALID: website/],
    [{ loss: 'much' }, 400, /REQUEST_INVALID: loss/], [{ loss: '1e9' }, 400, /REQUEST_INVALID: loss/], [{ name: 'n'.repeat(301) }, 400, /REQUEST_INVALID: name/],
  ];
  for (const [fields, status, code] of cases) {
    const answer = await send(fields);
    strictEqual(answer.statusCode, status);
    match(answer.body, code);
  }
  strictEqual((await send({}, 'application/json')).statusCode, 415);
  strictEqual((await server.inject({ method: 'POST', url: '/register/complaint', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'x'.repeat(60_000) })).statusCode, 413);
  vaultIsUp = false;
  const down = await send({ text: 'The vault is down while this comes.' });
  deepStrictEqual([down.statusCode, /CAPACITY/.test(down.body), down.headers['retry-after']], [503, true, '120']);
  vaultIsUp = true;
  strictEqual(await entries(), count);
  match((await server.inject({ url: '/register/complaint/status?number=C-0000-0000-0000' })).body, /No complaint has this number/);
  strictEqual((await server.inject({ url: `/register/complaint/status?number=${encodeURIComponent("' or 1=1 --")}` })).statusCode, 404);
});

test('a flood is bounded: one line sends three, a day takes so many, each answer is a number or a code', async () => {
  const own = createServer(fastify({ logger: false }).log);
  const pages = openRegister(own, { book, clock: () => now, origin: 'https://register.example', synthetic: true });
  openComplaints(own, pages, { pool: app(), objects, desk, seal: (text) => sealLetter(key, text) });
  const statuses: number[] = [];
  for (let i = 0; i < 200; i += 1) statuses.push((await own.inject({ method: 'POST', url: '/register/complaint', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: `kind=fraud&text=flood+number+${i}+of+many` })).statusCode);
  deepStrictEqual([statuses.filter((one) => one === 303).length, statuses.filter((one) => one === 429).length], [3, 197]);
  await own.close();
  const full = new ComplaintDesk(randomBytes, 40);
  const before = await entries();
  let refused = 0;
  for (let i = 0; i < 1_000_000; i += 1) {
    if (!full.hasRoom(now)) refused += 1;
    else ok(typeof await full.receive(app(), now, { kind: 'fraud', firm: undefined, of: undefined, lossMinor: undefined, sealed: 'a'.repeat(64), text: String(i) }) === 'string');
  }
  deepStrictEqual([await entries() - before, refused], [40, 999_960], 'of a million each is kept whole or refused');
  deepStrictEqual(await full.receive(app(), now, { kind: 'fraud', firm: undefined, of: undefined, lossMinor: undefined, sealed: 'a'.repeat(64), text: 'late' }), { code: 'CAPACITY', detail: 'complaints of a day' });
  ok(full.hasRoom(instantOf(now + DAY_US)));
});

test('an officer refers and closes with an outcome; figures of one firm are withheld; views fold again', async () => {
  const officer = { account: 'ayesha', organisation: 'authority', roles: ['supervisor'] } as const;
  const number = await numberOf({ text: 'One more that will be closed.' });
  const move = (more: object) => asHouse((tx) => desk.move(tx, now, { complaint: number, to: 'referred', words: '', note: '', ...more }, officer));
  const code = (answer: object): unknown => ('code' in answer ? answer.code : undefined);
  deepStrictEqual([code(await move({})), code(await move({ complaint: 'C-0000-0000-0000' })), code(await asHouse((tx) => desk.move(tx, now, { complaint: number, to: 'closed', outcome: 'upheld', words: '', note: '' }, { account: 'f', organisation: 'firm', roles: ['mlro'], firm: 'sdx' })))], ['DECISION_INVALID', 'NOT_FOUND', 'FORBIDDEN']);
  strictEqual(code(await move({ referredTo: 'State Bank of Pakistan' })), undefined);
  strictEqual(code(await move({ to: 'closed', outcome: 'upheld', words: 'The firm has paid.' })), undefined);
  strictEqual(code(await move({ to: 'closed', outcome: 'upheld' })), 'DECISION_STALE');
  match((await server.inject({ url: `/register/ur/complaint/status?number=${number}` })).body, /درست پائی گئی[^]*State Bank of Pakistan[^]*The firm has paid/);
  figures = await asHouse((tx) => desk.count(tx));
  strictEqual(figures.kinds.find((one) => one.kind === 'withdrawal')?.received, null, 'one firm alone');
  for (const firm of ['SDX', 'DSM', 'BLN', 'TTD']) await numberOf({ kind: 'advertising', firm, text: `Misleading words of ${firm}` });
  figures = await asHouse((tx) => desk.count(tx));
  strictEqual(figures.kinds.find((one) => one.kind === 'advertising')?.received, 4);
  const listed = await asHouse((tx) => desk.list(tx, { open: true, after: -1, queue: 'conduct' }));
  ok(listed.complaints.length > 0 && listed.complaints.every((one) => one.state !== 'closed') && listed.total >= listed.complaints.length);
  strictEqual((await withActor(app(), { role: 'mlro', organisation: 'firm', firm: 'sdx' }, (tx) => tx.query('select from register.complaint'))).rowCount, 0, 'no firm sees complaints');
  deepStrictEqual(await withTransaction(database.pool('nigran_owner'), (tx) => refoldViews(tx, registerViews, async () => void (await rebuildRegister(tx, book.framework, objects)))), []);
});

test('with script off a person complains and reads where it stands; axe finds nothing', async (t) => {
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  const browser = await openBrowser();
  t.after(() => browser.close());
  const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })).newPage();
  await page.goto(`${address}/register/ur/firms/SDX`);
  await page.locator('a.button[href*="complaint"]').click();
  strictEqual(await page.locator('input[name=firm]').inputValue(), 'SDX');
  await page.locator('textarea').fill('میری رقم واپس نہیں ملی، دو ہفتے ہو گئے۔');
  await page.locator('form[method=post] button').click();
  match(await page.locator('.big').innerText(), /^C-/);
  for (const theme of ['light', 'dark'] as const) {
    const seen = await (await browser.newContext({ colorScheme: theme, viewport: { width: 390, height: 844 } })).newPage();
    for (const path of ['/register/complaint', '/register/ur/complaint', '/register/complaint/status?number=none', '/register/market', '/register/ur/market']) {
      await seen.goto(address + path);
      deepStrictEqual((await violationsOn(seen)).lines, [], `${path} ${theme}`);
    }
  }
});
