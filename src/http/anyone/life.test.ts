import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import fastify, { type FastifyInstance } from 'fastify';
import { parse } from 'csv-parse/sync';
import { openBrowser } from '../../../console/testing/browser.ts';
import { Applicant } from '../../../sim/index.ts';
import { accessMigrations } from '../../access/index.ts';
import { pakistan } from '../../framework/testing.ts';
import { LicensingDesk, changeStage, licensingMigrations, registerFirm } from '../../licensing/index.ts';
import { openTestDatabase, type TestDatabase } from '../../log/engine/testing.ts';
import { PublicLog, SYSTEM, logMigrations, withActor, type Tx } from '../../log/index.ts';
import { parseVerifierKey, signerOfSeed, verifierKey } from '../../proof/index.ts';
import { isObject, readStrictJson, splitSdJwt, keysOfDocument, verifyCredential, verifySdJwt, type JsonObject } from '../../proof/credentials.ts';
import { judgeCode, judgePdf, splitCode } from '../../proof/documents.ts';
import { openNote } from '../../proof/published.ts';
import { CertificateDesk, RegisterDesk, StatusDesk, registerMigrations, type Certificate } from '../../register/index.ts';
import { MemoryObjects, TODAY } from '../../register/testing.ts';
import { DAY_US, HOUR_US, MINUTE_US, instantOf, type Service } from '../../terms/index.ts';
import { CLASS_WORDS } from '../words/register.ts';
import { openCertificates } from './certificate.ts';
import { openPublicLog } from './log.ts';
import { openRegister } from './register.ts';
import { openStatus } from './status.ts';

const framework = pakistan();
const register = new RegisterDesk(framework);
const desk = new LicensingDesk(framework, new MemoryObjects());
const signer = signerOfSeed('authority.example/status', new Uint8Array(32).fill(9));
const verifier = verifierKey(signer.keyId, signer.publicKey);
const keys = [parseVerifierKey(verifier)].flatMap((key) => key ?? []);
const origin = signerOfSeed('register.example/register', new Uint8Array(32).fill(8));
const logKey = verifierKey(origin.keyId, origin.publicKey);
let certificates: CertificateDesk;
let publicLog: PublicLog;
let database: TestDatabase;
let server: FastifyInstance;
let now = TODAY;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations, ...licensingMigrations, ...registerMigrations]);
  server = fastify();
  openRegister(server, { book: register.book, clock: () => now, origin: 'https://register.example', synthetic: true, rate: { perSecond: 10_000, burst: 10_000 } });
  publicLog = new PublicLog(database.pool('nigran_app'), origin);
  certificates = new CertificateDesk(register.book, {
    origin: 'https://register.example', name: 'Invented', synthetic: true, random: (length) => new Uint8Array(length), log: { verifier: logKey, prove: (n) => publicLog.proofOf(`change:${n}`) },
    keys: [{ number: 1, ed25519: signerOfSeed('e', new Uint8Array(32).fill(6)), p256: signerOfSeed('p', new Uint8Array(32).fill(7), 'ES256') }],
  });
  openCertificates(server, { desk: certificates, clock: () => now, authority: framework.authority, synthetic: true, serviceTitle: (service) => ({ en: service, ur: service }), rate: { perSecond: 10_000, burst: 10_000 } });
  openPublicLog(server, { log: publicLog, clock: () => now, verifier: logKey, rate: { perSecond: 10_000, burst: 10_000 } });
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

/** A certificate as somebody keeps it, in every form. */
type Kept = Certificate & { readonly pdf: Uint8Array };

/** What each form of a certificate comes to today: by the lists as they are published now. */
async function judge({ credential, sdJwt, code, pdf }: Kept): Promise<string[]> {
  const [document, list, token] = [certificates.didDocument(), await text('/register/status-lists/0'), await text('/register/status-lists/0.jwt')];
  const nowMs = now / 1000;
  const read = readStrictJson(list);
  const [parts, split] = [splitSdJwt(sdJwt), splitCode(code)];
  ok('value' in read && isObject(read.value) && parts !== undefined && split?.proof !== undefined);
  const trust = { nowMs, documents: [document], statusLists: [list, token] };
  const verdicts = [await verifyCredential(credential, { nowMs, documents: [document], statusLists: [read.value] }), await verifySdJwt(parts, { nowMs, keys: keysOfDocument(document, nowMs), statusLists: [token] }), await judgeCode(split, trust), await judgePdf(pdf, trust)];
  return [...new Set(verdicts.map(({ verified, status, reason }) => (verified ? status : status === 'revoked' ? status : reason)))];
}

/** The certificate of this minute says what the register says, stands in the log, and is linked from the firm's page; who holds nothing has none. */
async function certified(code: string, wanted: Awaited<ReturnType<typeof story>>): Promise<Kept | undefined> {
  await publicLog.follow(register.book.changes, now, (length) => new Uint8Array(length));
  const isHeld = wanted.class !== 'suspended' && wanted.class !== 'revoked';
  for (const path of [`/register/firms/${code}`, `/register/ur/firms/${code}`]) strictEqual((await text(path)).includes(`certificates/${code}`), isHeld, path);
  const certificate = await certificates.certificate(code, now);
  strictEqual(certificate !== undefined, isHeld);
  strictEqual((await server.inject({ url: `/register/certificates/${code}.pdf` })).statusCode, isHeld ? 200 : 404);
  if (certificate === undefined) return undefined;
  const subject: JsonObject = isObject(certificate.credential['credentialSubject']) ? certificate.credential['credentialSubject'] : {};
  deepStrictEqual([subject['class'], subject['licence'], subject['services']], [wanted.class, wanted.licence, wanted.services === 'none' ? [] : wanted.services.split(' ')], 'certificate');
  strictEqual(Buffer.from(certificate.proof?.entry ?? []).toString(), register.book.changes.findLast((one) => one.about === code && one.kind === 'status')?.body, 'the entry of the log is the statement that was told');
  return { ...certificate, pdf: (await server.inject({ url: `/register/certificates/${code}.pdf` })).rawPayload };
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
  const kept: Kept[] = [];
  for (const [to, daysAgo, wanted, services, named] of road) {
    const event = named ?? framework.steps.find((step) => step.fromStage === from && step.toStage === to)?.event ?? '';
    const effectiveFrom = instantOf(TODAY - daysAgo * DAY_US);
    await applicant.take({ event, to, effectiveFrom, reasons: 'synthetic', ...(services === undefined ? {} : { services }) }, instantOf(effectiveFrom - HOUR_US));
    await register.follow(database.pool('nigran_app'));
    now = instantOf(now + MINUTE_US);
    deepStrictEqual(await story('LIF'), wanted, `${from} to ${to}`);
    const certificate = await certified('LIF', wanted);
    const before = kept.filter((one) => one.row.now.entry !== certificate?.row.now.entry);
    for (const one of before.slice(-2)) deepStrictEqual(await judge(one), ['revoked'], `what was issued as ${one.row.now.class} before ${to}`);
    if (certificate !== undefined) deepStrictEqual(await judge(certificate), ['valid'], to);
    if (certificate !== undefined && kept.length === before.length) kept.push(certificate);
    from = to;
  }
  await t.test('and Go\'s own code verifies the register log as the door serves it', async (inner) => {
    if (spawnSync('go', ['version']).status !== 0) return inner.skip('skipped, because go is absent');
    const home = mkdtempSync(join(tmpdir(), 'nigran-life-'));
    inner.after(() => rmSync(home, { recursive: true, force: true }));
    const checkpoint = await text('/register/log/checkpoint');
    const size = Number(checkpoint.split('\n')[1]);
    ok(size > 0 && size < 256, `${size}`);
    for (const path of ['checkpoint', `tile/0/000.p/${size}`, `tile/entries/000.p/${size}`]) {
      mkdirSync(dirname(join(home, 'log', path)), { recursive: true });
      writeFileSync(join(home, 'log', path), (await server.inject({ url: `/register/log/${path}` })).rawPayload);
    }
    const program = join(import.meta.dirname, '../../../scripts/interop/go-tlog');
    const ran = spawnSync('go', ['run', '-buildvcs=false', '.', '-dir', join(home, 'log'), '-vkey', logKey], { cwd: program, encoding: 'utf8' });
    if (/dial tcp|no such host|proxyconnect|i\/o timeout|GOPROXY=off|toolchain not available/.test(ran.stderr)) return inner.skip('skipped, because go cannot fetch golang.org/x/mod');
    strictEqual(ran.status, 0, ran.stderr);
    const report: unknown = JSON.parse(ran.stdout);
    ok(typeof report === 'object' && report !== null && 'root' in report && 'entries' in report);
    deepStrictEqual([report.entries, report.root], [size, checkpoint.split('\n')[2]]);
  });
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
