import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fastify, { type FastifyInstance } from 'fastify';
import { parse } from 'csv-parse/sync';
import { openBrowser } from '../../../console/testing/browser.ts';
import { Applicant } from '../../../sim/index.ts';
import { pakistan } from '../../framework/testing.ts';
import { LicensingDesk, changeStage, licensingMigrations, registerFirm } from '../../licensing/index.ts';
import { openTestDatabase, type TestDatabase } from '../../log/engine/testing.ts';
import { SYSTEM, logMigrations, withActor, type Tx } from '../../log/index.ts';
import { parseVerifierKey, signerOfSeed, verifierKey } from '../../proof/index.ts';
import { openNote } from '../../proof/published.ts';
import { RegisterDesk, StatusDesk, registerMigrations } from '../../register/index.ts';
import { MemoryObjects, TODAY } from '../../register/testing.ts';
import { DAY_US, HOUR_US, MINUTE_US, instantOf, type Service } from '../../terms/index.ts';
import { CLASS_WORDS } from '../words/register.ts';
import { openRegister } from './register.ts';
import { openStatus } from './status.ts';

const framework = pakistan();
const register = new RegisterDesk(framework);
const desk = new LicensingDesk(framework, new MemoryObjects());
const signer = signerOfSeed('authority.example/status', new Uint8Array(32).fill(9));
const verifier = verifierKey(signer.keyId, signer.publicKey);
const keys = [parseVerifierKey(verifier)].flatMap((key) => key ?? []);
let database: TestDatabase;
let server: FastifyInstance;
let now = TODAY;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...licensingMigrations, ...registerMigrations]);
  server = fastify();
  openRegister(server, { book: register.book, clock: () => now, origin: 'https://register.example', synthetic: true, rate: { perSecond: 10_000, burst: 10_000 } });
  openStatus(server, { desk: new StatusDesk(register.book, signer, true), clock: () => now, verifier, rate: { perSecond: 10_000, burst: 10_000 } });
});
after(async () => {
  server.server.closeAllConnections();
  await server.close();
  await database.drop();
});
const ask = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => withActor(database.pool('nigran_app'), SYSTEM, act);
const text = async (url: string): Promise<string> => (await server.inject({ url })).body;

/** Every public form of a firm, as of this minute: they must agree, and give what they agree on. */
async function story(code: string): Promise<{ readonly class: string; readonly licence: boolean; readonly services: string; readonly account: string }> {
  const json = JSON.parse(await text(`/register/firms/${code}.json`)) as { class: 'noc'; isLicence: boolean; permittedServices: string[]; history: { class: string }[] };
  const [row] = parse<Record<string, string>>(await text(`/register/firms/${code}.csv`), { columns: true });
  const note = await text(`/register/status/${code}`);
  ok(openNote(Buffer.from(note), keys) !== undefined, 'the signed answer verifies');
  const changes = (JSON.parse(await text('/register/changes.json')) as { changes: { firm?: string; class?: string; licence?: boolean; services?: string[] }[] }).changes.filter((one) => one.firm === code);
  const told = changes.at(-1);
  const stored = await ask((tx) => tx.query<{ body: string }>('select body from register.change where about = $1 order by n', [code]));
  const status = await ask((tx) => tx.query<{ class: string; services: string[] }>('select class, services from register.status where firm = $1 order by during', [code.toLowerCase()]));
  const services = [...json.permittedServices].join(' ') || 'none';
  deepStrictEqual([row?.['rg_class'], row?.['rg_is_licence'], row?.['ac_serviceCode']], [json.class, String(json.isLicence), json.permittedServices.join('|')], 'CSV');
  match(note, new RegExp(`\nclass: ${json.class}\nlicence: ${json.isLicence ? 'yes' : 'no'}\n`), 'signed answer');
  match(note, new RegExp(`\nservices: ${services}\n`), 'signed answer');
  deepStrictEqual([told?.class, told?.licence, told?.services], [json.class, json.isLicence, json.permittedServices], 'statement of the public log');
  deepStrictEqual(JSON.parse(stored.rows.at(-1)?.body ?? '{}'), told, 'the view holds the statement');
  deepStrictEqual([status.rows.at(-1)?.class, status.rows.at(-1)?.services, status.rows.length], [json.class, json.permittedServices, json.history.length], 'the temporal view');
  match(await text(`/register/firms/${code}.atom`), new RegExp(`&quot;class&quot;:&quot;${json.class}&quot;`), 'feed');
  for (const [path, language] of [[`/register/firms/${code}`, 'en'], [`/register/ur/firms/${code}`, 'ur']] as const) ok((await text(path)).includes(`<b>${CLASS_WORDS[json.class][language]}</b>`), `the page in ${language}`);
  return { class: json.class, licence: json.isLicence, services, account: /\naccount: ([^\n]+)\n/.exec(note)?.[1] ?? '' };
}

test('at each step of a firm\'s life every public form tells the same story', async (t) => {
  const by = { actor: 'licensing', second: 'supervisor', basis: 'synthetic' };
  const applicant = new Applicant({ ask, desk, now, desks: {
    firm: { account: 'lif-desk', organisation: 'firm', roles: ['firm-compliance'], firm: 'lif' }, officer: { account: 'licensing', organisation: 'authority', roles: ['licensing-officer'] }, second: { account: 'supervisor', organisation: 'authority', roles: ['supervisor'] },
  } }, 'lif');
  await ask((tx) => registerFirm(tx, now, { firm: 'lif', code: 'LIF', name: 'Lahore Invented Firm', nameUr: 'لاہور فرضی فرم', synthetic: true }, by));
  await ask((tx) => changeStage(tx, now, framework, { firm: 'lif', from: null, to: 'e2-noc-application', effectiveFrom: instantOf(now - 330 * DAY_US), reasons: 'synthetic', evidence: [] }, by));
  await register.follow(database.pool('nigran_app'));
  strictEqual((await server.inject({ url: '/register/firms/LIF' })).statusCode, 404, 'an application is not shown');
  match(await text('/register/status/LIF'), /no firm of this code is in the register\naccount: no\n/);
  const four = 'broker-dealer custody exchange derivatives';
  const road: readonly (readonly [to: string, daysAgo: number, wanted: Awaited<ReturnType<typeof story>>, services?: readonly Exclude<Service, 'none'>[] | undefined, event?: string])[] = [
    ['e3-noc-granted', 300, { class: 'noc', licence: false, services: 'none', account: 'for a limited purpose only' }],
    ['e4-aml-registered', 250, { class: 'aml-registered', licence: false, services: four, account: 'for a limited purpose only' }],
    ['q-suspended', 200, { class: 'suspended', licence: false, services: 'none', account: 'no' }, undefined, 'suspend'],
    ['e4-aml-registered', 180, { class: 'aml-registered', licence: false, services: four, account: 'for a limited purpose only' }, undefined, 'reinstate'],
    ['e5-licence-application', 150, { class: 'aml-registered', licence: false, services: four, account: 'for a limited purpose only' }],
    ['l2-licensed', 90, { class: 'licensed', licence: true, services: 'custody exchange', account: 'yes, for the services named below and for no others' }, ['exchange', 'custody']],
    ['r-revoked', 20, { class: 'revoked', licence: false, services: 'none', account: 'no' }],
  ];
  let from = 'e2-noc-application';
  for (const [to, daysAgo, wanted, services, named] of road) {
    const event = named ?? framework.steps.find((step) => step.fromStage === from && step.toStage === to)?.event ?? '';
    const effectiveFrom = instantOf(TODAY - daysAgo * DAY_US);
    await applicant.take({ event, to, effectiveFrom, reasons: 'synthetic', ...(services === undefined ? {} : { services }) }, instantOf(effectiveFrom - HOUR_US));
    await register.follow(database.pool('nigran_app'));
    now = instantOf(now + MINUTE_US);
    deepStrictEqual(await story('LIF'), wanted, `${from} to ${to}`);
    from = to;
  }
  await t.test('and a person with script off reads it in both languages', async (inner) => {
    const address = await server.listen({ host: '127.0.0.1', port: 0 });
    const browser = await openBrowser();
    inner.after(() => browser.close());
    const page = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })).newPage();
    for (const [path, question, word] of [['/register', 'lahor invented', CLASS_WORDS.revoked.en], ['/register/ur', 'لاہور', CLASS_WORDS.revoked.ur]] as const) {
      await page.goto(address + path);
      await page.locator('input[name=q]').fill(question);
      await page.locator('form button').click();
      await page.locator('.rows a').first().click();
      strictEqual(await page.locator('.standing > b').innerText(), word);
      strictEqual(await page.locator('.events li').count(), 7);
    }
  });
});
