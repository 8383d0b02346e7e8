import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { CompactEncrypt, importJWK } from 'jose';
import pino from 'pino';
import { BrowserDoor, ROLES, SecretFiles, StaffDesk, accessMigrations, actionsOf, type Member, type Session } from '../access/index.ts';
import { consoleRoutes, type RouteName } from '../contract/console.ts';
import { pakistan } from '../framework/testing.ts';
import { intakeMigrations } from '../intake/index.ts';
import { LicensingDesk, changeStage, licensingMigrations, readFirm, registerFirm } from '../licensing/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { LocalObjects, SYSTEM, logMigrations, readEntries, withActor, type Tx } from '../log/index.ts';
import { ObligationBook, obligationMigrations } from '../obligations/index.ts';
import { VaultClient, serveVault, vaultMigrations } from '../vault/index.ts';
import { DAY_US, instantOf, parseInstant, type Instant } from '../terms/index.ts';
import { Applicant } from '../../sim/demo/applicant.ts';
import { textPdf } from '../../sim/world/paper.ts';
import { createServer, dossierActRoutes, dossierRoutes, openStaffDoor, type Directory, type FirmCard, type StaffRoutes } from './index.ts';

const ORIGIN = 'http://localhost:1';
const framework = pakistan();
let now = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const begin = now;
const members: Record<string, Member> = Object.fromEntries(Object.entries(ROLES).map(([role, term]) => [role, { account: role, organisation: term.organisation, roles: [role], ...(term.organisation === 'firm' ? { firm: 'sandhill' } : {}) } as Member]));
members['rival'] = { account: 'rival', organisation: 'firm', roles: ['firm-compliance'], firm: 'rival' };
members['torn'] = { account: 'torn', organisation: 'authority', roles: ['supervisor'], conflicts: ['sandhill'] };
let database: TestDatabase;
let folder: string;
let server: FastifyInstance;
let bare: FastifyInstance;
let licensing: LicensingDesk;
let staff: StaffDesk;
let vault: VaultClient;
let process: Awaited<ReturnType<typeof serveVault>>;

const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withActor(database.pool('nigran_app'), SYSTEM, work);
const days = (count: number): Instant => instantOf(begin + count * DAY_US);
const secret = (account: string): Uint8Array => Buffer.from(account.padEnd(20, '.')).subarray(0, 20);

function sessionOf(name: string): Session {
  const member = members[name];
  ok(member !== undefined, name);
  const [office] = member.roles;
  ok(office !== undefined);
  return { id: name, name, member, office, enrolling: false, hasPasskey: false, expires: instantOf(begin + DAY_US), actor: { role: office, account: name, organisation: member.organisation, ...(member.firm === undefined ? {} : { firm: member.firm }) } };
}

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations, ...vaultMigrations, ...licensingMigrations, ...intakeMigrations, ...obligationMigrations]);
  folder = mkdtempSync(join(tmpdir(), 'nigran-http-'));
  licensing = new LicensingDesk(framework, new LocalObjects(folder));
  const pool = database.pool('nigran_app');
  staff = new StaffDesk({ pool, random: (length) => crypto.getRandomValues(new Uint8Array(length)), synthetic: true, party: { name: 'test', origin: ORIGIN } });
  for (const [account, member] of Object.entries(members)) {
    const refused = await staff.letIn(now, { ...member, account, name: account }, { actor: 'test', basis: 'test' }, { password: 'synthetic', totp: secret(account) });
    ok(!('code' in refused), account);
  }
  const cards = ['sandhill', 'rival'].map((id, i) => cardOf(id, i + 1));
  for (const card of cards) {
    await act((tx) => registerFirm(tx, now, { firm: card.id, code: card.ref.code, name: card.id, synthetic: true }, { actor: 'a', second: 'b', basis: 'as found' }));
    await act((tx) => changeStage(tx, now, framework, { firm: card.id, from: null, to: 'e2-noc-application', effectiveFrom: days(-20), reasons: 'as found', evidence: [] }, { actor: 'a', second: 'b', basis: 'as found' }));
  }
  const directory: Directory = {
    all: () => cards, byCode: (code) => cards.find((card) => card.ref.code === code), byId: (id) => cards.find((card) => card.id === id), byNumber: (number) => cards.find((card) => card.number === number),
    ladder: () => [], feedLimit: () => ({ ms: 1, provenance: { status: 'assumption', clause: null } }), decideLimitMs: () => 1, permitSource: () => undefined, asset: () => undefined,
  };
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
  const address = { socket: join(folder, 'run', 'vault.sock'), secret: 'a secret of this test' };
  process = await serveVault({ address, pool: database.pool('nigran_vault'), clock: () => now, random, secrets: new SecretFiles({ directory: join(folder, 'vault'), draw: (_name, length) => random(length) }), drawPerson: () => random(16), log: () => undefined });
  vault = new VaultClient(address);
  const ground = { vault, analytics: { ask: () => Promise.reject(new Error('no analytics here')) }, pool, desk: staff, directory, licensing, obligations: new ObligationBook(licensing), tell: () => undefined, sealingKey: async () => ({ kid: 'k', kty: 'EC' as const, crv: 'P-256' as const, x: 'x', y: 'y', alg: 'ECDH-ES+A256KW' as const, use: 'enc' as const }) };
  server = openDoor({ ...dossierRoutes(ground), ...dossierActRoutes(ground) });
  bare = openDoor({});
});
after(async () => {
  await Promise.all([server.close(), bare.close()]);
  vault.close();
  await process.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** The door with some routes; the others answer nothing, so only the walls before them are tried. */
function openDoor(routes: Partial<StaffRoutes>): FastifyInstance {
  const door = createServer(pino({ level: 'silent' }));
  const nothing = (async () => ({})) as never;
  const all: StaffRoutes = Object.assign({} as StaffRoutes, Object.fromEntries(Object.keys(consoleRoutes).map((name) => [name, nothing])));
  openStaffDoor(door, { browser: new BrowserDoor(ORIGIN), clock: () => now, sessionOf: async (_now, token) => (token === undefined ? { code: 'SESSION_REQUIRED' } : sessionOf(token)), routes: { ...all, ...routes } });
  return door;
}

function cardOf(id: string, number: number): FirmCard {
  const stage = { id: 'e2-noc-application', title: { en: 'NOC application', ur: 'درخواست' }, isLicence: false, isStopped: false };
  return { id, number, ref: { code: id.toUpperCase(), name: { en: id, ur: id }, invented: true }, stage, stageSince: null, published: null, steps: [], gates: [], services: [], flags: [] };
}

async function call(door: FastifyInstance, method: 'GET' | 'POST' | 'DELETE', url: string, who: string, body?: object): Promise<{ status: number; answer: Record<string, unknown> }> {
  const cookie = new BrowserDoor(ORIGIN).cookie(who).split(';')[0] ?? '';
  const response = await door.inject({ method, url, headers: { cookie, ...(method === 'GET' ? {} : { origin: ORIGIN, 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) });
  return { status: response.statusCode, answer: response.body === '' ? {} : response.json() };
}

test('every route is closed to every role that the table does not grant it, and open to those it does', async () => {
  for (const name of Object.keys(consoleRoutes) as RouteName[]) {
    const route: { readonly method: 'GET' | 'POST' | 'DELETE'; readonly path: string; readonly may: string | null } = consoleRoutes[name];
    if (route.may === null) continue;
    for (const role of Object.keys(ROLES)) {
      const { status } = await call(bare, route.method, route.path.replace(/:(\w+)/g, 'x1'), role, {});
      const granted: boolean = route.may === 'signed-in' || actionsOf(sessionOf(role).member).some((action) => action === route.may);
      strictEqual(status === 403, !granted, `${role} at ${name}: ${status}`);
    }
  }
});

test('an application goes through both desks by the door: filed, questioned, judged, proposed with proof of presence, agreed by another', async () => {
  const officer = (path: string, body: object, who = 'licensing-officer') => call(server, 'POST', `/api/dossiers/SANDHILL/${path}`, who, body);
  const filed = await officer('documents', { document: 'part.policy', title: 'Policy', label: '1', language: 'en', base64: Buffer.from(textPdf(['Policy'])).toString('base64') }, 'firm-compliance');
  deepStrictEqual([filed.status, filed.answer['searchable']], [200, true]);
  strictEqual((await officer('forms', { form: 'a1', about: '', answers: { services: [{ customers: 'many' }] }, sealedFields: [] }, 'firm-compliance')).answer['code'], 'FORM_ANSWER_INVALID');
  const question = await officer('letters', { role: 'question', subject: 'Owners', text: 'Who owns it?', attachments: [] });
  strictEqual((await officer('letters', { role: 'answer', subject: 'Owners', text: 'A trust.', attachments: [], answers: question.answer['entry'] }, 'firm-compliance')).status, 200);
  await act((tx) => licensing.recordMoment(tx, now, { firm: 'sandhill', event: 'assessment-complete', at: days(-3), note: 'Complete.', evidence: [] }, member('licensing-officer')));
  const applicant = new Applicant({ ask: act, desk: licensing, now, desks: { firm: member('firm-compliance'), officer: member('licensing-officer'), second: member('supervisor') } }, 'sandhill');
  for (const gate of framework.steps.find((step) => step.event === 'grant-noc')?.gates ?? []) await applicant.meet(gate, days(-1)).catch((error: Error) => ok(error.message.includes('part.policy'), error.message));
  const board = await act(async (tx) => (await licensing.read(tx, 'sandhill')).documents.get('annex-board')?.at(-1)?.body.sha256);
  await officer('documents', { document: 'part.policy', title: 'Policy', label: '2', language: 'en', base64: Buffer.from(textPdf(['Policy 2'])).toString('base64'), board }, 'firm-compliance');
  await applicant.meet('noc.assessment', days(-1));
  const seen = Number((await call(server, 'GET', '/api/dossiers/SANDHILL', 'licensing-officer')).answer['version']);
  const grant = { seen, reasons: 'Assessed by the six criteria.', evidence: [], step: { event: 'grant-noc', from: 'e2-noc-application', to: 'e3-noc-granted' } };
  strictEqual((await officer('proposals', grant, 'torn')).answer['code'], 'CONFLICT_OF_INTEREST');
  const asked = await officer('proposals', grant);
  deepStrictEqual([asked.status, asked.answer['code']], [403, 'STEP_UP_REQUIRED']);
  const proposed = await officer('proposals', { ...grant, stepUp: await presence('licensing-officer', asked.answer) });
  deepStrictEqual([proposed.status, proposed.answer['waits']], [200, true], JSON.stringify(proposed.answer));
  const path = `proposals/${String(proposed.answer['entry'])}/agree`;
  strictEqual((await officer(path, { seen })).answer['code'], 'SECOND_PERSON_REQUIRED', 'the same person twice');
  const again = await officer(path, { seen }, 'supervisor');
  strictEqual(again.answer['code'], 'STEP_UP_REQUIRED');
  const agreed = await officer(path, { seen, stepUp: await presence('supervisor', again.answer) }, 'supervisor');
  deepStrictEqual([agreed.status, agreed.answer['waits']], [200, false], JSON.stringify(agreed.answer));
  strictEqual((await act((tx) => readFirm(tx, { firm: 'sandhill' })))?.held.at(-1)?.stage, 'e3-noc-granted');
});

function member(name: string): Member {
  const found = members[name];
  ok(found !== undefined);
  return found;
}

async function presence(who: string, refusal: Record<string, unknown>): Promise<string> {
  now = instantOf(now + 60_000_000);
  const { hash } = refusal['detail'] as { hash: string };
  const proven = await staff.stepUp(now, sessionOf(who), { method: 'totp', hash, code: StaffDesk.demoCode(secret(who), now) });
  ok('ticket' in proven, JSON.stringify(proven));
  return proven.ticket;
}

test('each answer has the contract\'s shape, for each desk that may ask', async () => {
  for (const who of ['licensing-officer', 'supervisor', 'auditor', 'firm-compliance', 'mlro']) {
    for (const [name, url] of [['dossiers', '/api/dossiers'], ['dossier', '/api/dossiers/SANDHILL'], ['forms', '/api/forms'], ['headroom', '/api/dossiers/SANDHILL/headroom'], ['obligations', '/api/obligations']] as const) {
      const { status, answer } = await call(server, 'GET', url, who);
      strictEqual(status, 200, `${who} ${name} ${JSON.stringify(answer)}`);
      const parsed = consoleRoutes[name].response.safeParse(answer);
      ok(parsed.success, `${who} ${name}: ${parsed.success ? '' : JSON.stringify(parsed.error.issues.slice(0, 3))}`);
    }
  }
});

test('a firm sees its own dossier without how the authority weighs it, and nothing of another firm\'s', async () => {
  const own = (await call(server, 'GET', '/api/dossiers/SANDHILL', 'firm-compliance')).answer;
  deepStrictEqual([own['proposals'], own['ladder']], [[], []]);
  const titles = (own['history'] as { title: { en: string } }[]).map((one) => one.title.en);
  ok(titles.includes('Form filed') && !titles.includes('Gate judged') && !titles.includes('Decision proposed'), titles.join());
  strictEqual((await call(server, 'GET', '/api/dossiers/SANDHILL', 'rival')).status, 404);
  strictEqual((await call(server, 'GET', '/api/dossiers/SANDHILL/headroom', 'rival')).status, 404);
  deepStrictEqual(((await call(server, 'GET', '/api/dossiers', 'rival')).answer['items'] as { firm: { code: string } }[]).map((one) => one.firm.code), ['RIVAL']);
  const [document] = own['documents'] as { sha256: string }[];
  const shown = await call(server, 'GET', `/api/dossiers/SANDHILL/objects/${document?.sha256}`, 'firm-compliance');
  strictEqual(Buffer.from(String(shown.answer['base64']), 'base64').subarray(0, 5).toString(), '%PDF-');
  strictEqual((await call(server, 'GET', `/api/dossiers/RIVAL/objects/${document?.sha256}`, 'rival')).status, 404, 'a hash is no key');
  strictEqual((await call(server, 'POST', '/api/dossiers/SANDHILL/letters', 'rival', { role: 'letter', subject: 'x', text: 'x', attachments: [] })).status, 404);
});

test('what the authority weighs stands in full for its officers and is nothing for the firm; a conflict of interest is told to who has it', async () => {
  const shape = consoleRoutes.dossier.response;
  const own = shape.parse((await call(server, 'GET', '/api/dossiers/SANDHILL', 'firm-compliance')).answer);
  strictEqual(own.weighed, null);
  ok(own.steps.every((step) => step.caps.length === 0 && step.gates.every((gate) => gate.shown !== 'found' && gate.shown !== 'screened')));
  const { weighed, proposals } = shape.parse((await call(server, 'GET', '/api/dossiers/SANDHILL', 'supervisor')).answer);
  const assessed = weighed?.findings.find((one) => one.gate === 'noc.assessment');
  deepStrictEqual([assessed?.criteria.length, assessed?.criteria.every((one) => one.note !== '' && one.score === 4), assessed?.by], [6, true, 'licensing-officer']);
  ok((weighed?.screening?.results.length ?? 0) > 8 && weighed?.screening?.results.every((one) => one.result === 'clear'));
  ok(weighed?.moments.some((one) => one.event === 'hearing-held') === true && !weighed.moments.some((one) => one.event === 'suspicion-formed'), 'no suspicion is recorded in a dossier');
  deepStrictEqual(proposals.map((one) => [one.state, one.evidence]), [['agreed', []]]);
  deepStrictEqual([weighed?.conflict, shape.parse((await call(server, 'GET', '/api/dossiers/SANDHILL', 'torn')).answer).weighed?.conflict], [false, true]);
});

test('what all firms owe: late by law first, narrowed by firm, duty and state, and a firm sees its own alone', async () => {
  await call(server, 'POST', '/api/dossiers/SANDHILL/moments', 'supervisor', { event: 'information-demanded', at: days(-40), note: 'A demand of the authority.', evidence: [] });
  const asked = async (query: string, who: string) => consoleRoutes.obligations.response.parse((await call(server, 'GET', `/api/obligations${query}`, who)).answer);
  const all = await asked('', 'supervisor');
  ok(all.total > 0 && all.items.length === all.total);
  const weight = { breach: 0, overdue: 0, reminds: 1, due: 2, open: 3 };
  deepStrictEqual(all.items.map((one) => weight[one.state]), all.items.map((one) => weight[one.state]).toSorted((a, b) => a - b));
  strictEqual(Object.values(all.counts).reduce((sum, one) => sum + one, 0), all.total, 'the counts add up');
  const [first] = all.items;
  ok(first !== undefined);
  ok((await asked(`?duty=${first.obligation}&state=${first.state}&firm=${first.firm.code}`, 'supervisor')).items.every((one) => one.obligation === first.obligation && one.state === first.state));
  ok((await asked('', 'firm-compliance')).items.every((one) => one.firm.code === 'SANDHILL'));
  deepStrictEqual((await asked('?firm=SANDHILL', 'rival')).items, [], 'a filter opens nothing of another firm');
  strictEqual((await call(server, 'GET', '/api/obligations?state=late', 'supervisor')).status, 400);
});

test('headroom is the pack\'s and the firm\'s own figures: a cap that nobody has set has no number', async () => {
  const { answer } = await call(server, 'GET', '/api/dossiers/SANDHILL/headroom', 'firm-compliance');
  deepStrictEqual(answer['limits'], []);
  strictEqual((await call(server, 'GET', '/api/dossiers/NOBODY/headroom', 'supervisor')).status, 404);
});

test('a firm gets what its desk is made of: the way of its stages, the choices of each field, the key that names are sealed for', async () => {
  const { answer } = await call(server, 'GET', '/api/forms', 'firm-compliance');
  const { forms, documents, moments } = consoleRoutes.forms.response.parse(answer);
  const fields = forms.flatMap((form) => form.sections.flatMap((section) => section.fields));
  ok(fields.filter((field) => ['role', 'services', 'choice'].includes(field.type)).every((field) => (field.choices ?? []).length > 1), 'whatever is chosen has its choices');
  ok(forms.every((form) => form.form !== 'a7'), 'a report inside the firm is not filed with the authority');
  ok(documents.some((one) => one.document === 'part.policy' && one.boardApproved));
  ok(moments.length > 3 && !moments.some((one) => one.event === 'suspicion-formed' || one.event === 'query-answered'), 'no suspicion, and no answer by hand');
  strictEqual((await call(server, 'GET', '/api/sealing-key', 'firm-compliance')).answer['alg'], 'ECDH-ES+A256KW');
  strictEqual((await call(server, 'GET', '/api/sealing-key', 'licensing-officer')).status, 403);
});

async function sealFor(form: string, about: string, answers: object): Promise<string> {
  const jwk = await vault.publicKey();
  ok(jwk !== undefined);
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ v: 1, form, about, answers }))).setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: jwk.kid }).encrypt(await importJWK({ ...jwk }, 'ECDH-ES+A256KW'));
}

test('sealed answers are opened by an officer with a reason and fresh presence, each time with an entry, and by nobody else', async () => {
  const named = { person: [{ 'full-name': 'Invented Person' }] };
  const file = async (about: string, sealed: string): Promise<string> => {
    const done = await call(server, 'POST', '/api/dossiers/RIVAL/forms', 'rival', { form: 'a3', about, answers: {}, sealed, sealedFields: ['person.full-name'] });
    strictEqual(done.status, 200, JSON.stringify(done.answer));
    return String((await act((tx) => licensing.read(tx, 'rival'))).forms.get(`a3/${about}`)?.at(-1)?.body.answers);
  };
  const answers = await file('ceo', await sealFor('a3', 'ceo', named));
  const open = (who: string, hash = answers, more: object = {}) => call(server, 'POST', `/api/dossiers/RIVAL/objects/${hash}/open`, who, { reason: 'fitness of the chief executive', ...more });
  for (const who of ['rival', 'firm-compliance', 'surveillance-analyst', 'auditor', 'administrator', 'fiu-analyst']) strictEqual((await open(who)).status, 403, who);
  const asked = await open('licensing-officer');
  strictEqual(asked.answer['code'], 'STEP_UP_REQUIRED');
  strictEqual((await open('licensing-officer', answers, { reason: ' ' })).answer['code'], 'DECISION_INVALID');
  strictEqual((await act((tx) => readEntries(tx, { from: 0, kinds: ['answers-opened'], limit: 10 }))).length, 0, 'nothing was opened');
  const stepUp = await presence('licensing-officer', asked.answer);
  const opened = await open('licensing-officer', answers, { stepUp });
  deepStrictEqual([opened.status, opened.answer['answers'], opened.answer['about']], [200, named, 'ceo'], JSON.stringify(opened.answer));
  const entries = await act((tx) => readEntries(tx, { from: 0, kinds: ['answers-opened'], limit: 10 }));
  deepStrictEqual(entries.map((entry) => [entry.actor, entry.basis, JSON.stringify(entry.body).includes('Invented')]), [['licensing-officer', 'fitness of the chief executive', false]]);
  strictEqual((await open('licensing-officer', answers, { stepUp })).answer['code'], 'STEP_UP_REQUIRED', 'a proof is spent');
  const moved = await file('cfo', await sealFor('a3', 'ceo', named));
  const second = await open('licensing-officer', moved, { stepUp: await presence('licensing-officer', (await open('licensing-officer', moved)).answer) });
  deepStrictEqual([second.status, second.answer['code']], [400, 'FORM_ANSWER_INVALID'], JSON.stringify(second.answer));
  strictEqual((await open('licensing-officer', 'a'.repeat(64))).status, 404);
});

test('a firm withdraws and applies again by itself, what was proposed about it ends, and it takes no step of the authority\'s', async () => {
  const step = (body: object, who = 'rival') => call(server, 'POST', '/api/dossiers/RIVAL/steps', who, body);
  const seen = Number((await call(server, 'GET', '/api/dossiers/RIVAL', 'licensing-officer')).answer['version']);
  const refusal = { seen, reasons: 'Owners cannot be told.', evidence: [], step: { event: 'refuse', from: 'e2-noc-application', to: 'e0-unauthorised' } };
  const asked = await call(server, 'POST', '/api/dossiers/RIVAL/proposals', 'licensing-officer', refusal);
  strictEqual((await call(server, 'POST', '/api/dossiers/RIVAL/proposals', 'licensing-officer', { ...refusal, stepUp: await presence('licensing-officer', asked.answer) })).answer['waits'], true);
  strictEqual((await step({ event: 'grant-noc', to: 'e3-noc-granted', note: 'we grant ourselves' })).answer['code'], 'FORBIDDEN');
  strictEqual((await step({ event: 'withdraw', to: 'e3-noc-granted', note: 'x' })).answer['code'], 'STAGE_STEP_CLOSED');
  strictEqual((await step({ event: 'withdraw', to: 'e0-unauthorised', note: ' ' })).answer['code'], 'DECISION_INVALID');
  strictEqual((await step({ event: 'withdraw', to: 'e0-unauthorised', note: 'not ours' }, 'firm-compliance')).status, 404, 'another firm\'s');
  strictEqual((await step({ event: 'withdraw', to: 'e0-unauthorised', note: 'We come back later.' })).status, 200);
  const dossier = await act((tx) => licensing.read(tx, 'rival'));
  deepStrictEqual(dossier.proposals.map((one) => one.state), ['sent-back']);
  strictEqual((await act((tx) => readFirm(tx, { firm: 'rival' })))?.held.at(-1)?.stage, 'e0-unauthorised');
  now = instantOf(now + 60_000_000);
  strictEqual((await step({ event: 'apply-noc', to: 'e2-noc-application', note: 'A new application.' })).status, 200);
});

test('the letter of a decision is made of the pack and the decision, in both languages, and tells the reasons only where the pack does', async () => {
  const grant = (await act((tx) => licensing.read(tx, 'sandhill'))).history.find((said) => said.kind === 'stage-changed' && JSON.stringify(said.body).includes('grant-noc'));
  const letter = await call(server, 'GET', `/api/dossiers/SANDHILL/decisions/${grant?.entry}/letter`, 'licensing-officer');
  const parsed = consoleRoutes.decisionLetter.response.parse(letter.answer);
  ok(parsed.text.en.includes('NOC Regulations 2025') && parsed.text.en.includes('Assessed by the six criteria.') && parsed.text.ur.includes('فیصلہ'), parsed.text.en);
  const withdrawn = (await act((tx) => licensing.read(tx, 'rival'))).history.find((said) => JSON.stringify(said.body).includes('We come back later.'));
  const silent = consoleRoutes.decisionLetter.response.parse((await call(server, 'GET', `/api/dossiers/RIVAL/decisions/${withdrawn?.entry}/letter`, 'supervisor')).answer);
  deepStrictEqual([silent.reasonsTold, silent.text.en.includes('We come back later.')], ['authority', false]);
  strictEqual((await call(server, 'GET', '/api/dossiers/SANDHILL/decisions/0/letter', 'supervisor')).status, 404);
});

test('service times are aggregates: a figure of fewer than three firms is none', async () => {
  const { answer } = await call(server, 'GET', '/api/service-times', 'supervisor');
  const parsed = consoleRoutes.serviceTimes.response.parse(answer);
  ok(parsed.items.some((one) => one.event === 'grant-noc' && one.firms === 1 && one.days === null), JSON.stringify(parsed.items));
});
