import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { BrowserDoor, ClientRegister, ROLES, StaffDesk, accessMigrations, type Member, type Session } from '../access/index.ts';
import { consoleRoutes, type Answer } from '../contract/console.ts';
import { pakistan } from '../framework/testing.ts';
import { intakeMigrations } from '../intake/index.ts';
import { LicensingDesk, changeStage, licensingMigrations, registerFirm } from '../licensing/index.ts';
import { SYSTEM, isKind, readEntries, withActor, type Tx } from '../log/index.ts';
import { ObligationBook } from '../obligations/index.ts';
import { DAY_US, instantOf, type Instant } from '../terms/index.ts';
import { ScreeningDesk } from '../screening/index.ts';
import { ListBooks } from '../screening/hits/index.ts';
import { WatchedHouse, entryOf, personOf, stateOf } from '../screening/hits/testing/watched-house.ts';
import { createServer, officeRoutes, openStaffDoor, screeningRoutes, type Directory, type FirmCard, type StaffRoutes } from './index.ts';
import { dossierToAssess } from './staff/assessor.ts';

const ORIGIN = 'http://localhost:1';
const framework = pakistan();
const members: Record<string, Member> = Object.fromEntries(Object.entries(ROLES).map(([role, term]) => [role, { account: role, organisation: term.organisation, roles: [role], ...(term.organisation === 'firm' ? { firm: 'sdx' } : {}) } as Member]));
members['rival'] = { account: 'rival', organisation: 'firm', roles: ['mlro'], firm: 'rival' };
members['torn'] = { account: 'torn', organisation: 'authority', roles: ['licensing-officer'], conflicts: ['sdx'] };
const secret = (account: string): Uint8Array => Buffer.from(account.padEnd(20, '.')).subarray(0, 20);
let house: WatchedHouse;
let staff: StaffDesk;
let server: FastifyInstance;
let screening: ScreeningDesk;
let licensing: LicensingDesk;

const OFAC = entryOf('ofac', '71', ['INVENTEDLISTED, Zarghuna Bibi', 'Zarghuna Inventedlisted'], { birthDates: ['1990-01-02'], nationalities: ['pk'] });
const UN = entryOf('un', '9', ['Mirwais Inventedproscribed'], { birthDates: ['1990-01-02'] });
const FILLERS = (list: string) => [1, 2, 3].map((n) => entryOf(list, `8${n}`, [`Filler Inventednumber${'abc'[n - 1] ?? ''}`]));

function sessionOf(name: string): Session {
  const member = members[name];
  const office = member?.roles[0];
  ok(member !== undefined && office !== undefined, name);
  return { id: name, name, member, office, enrolling: false, hasPasskey: false, expires: instantOf(house.now + DAY_US), actor: { role: office, account: name, organisation: member.organisation, ...(member.firm === undefined ? {} : { firm: member.firm }) } };
}

before(async () => {
  house = await WatchedHouse.open([...accessMigrations, ...licensingMigrations, ...intakeMigrations]);
  const pool = house.database.pool('nigran_app');
  staff = new StaffDesk({ pool, random: (length) => crypto.getRandomValues(new Uint8Array(length)), synthetic: true, party: { name: 'test', origin: ORIGIN } });
  for (const account of ['surveillance-analyst', 'senior-analyst', 'supervisor']) ok(!('code' in (await staff.letIn(house.now, { ...members[account] as Member, name: account }, { actor: 'test', basis: 'test' }, { password: 'synthetic', totp: secret(account) }) ?? {})), account);
  const cards = ['sdx', 'kpx', 'rival'].map((id, i) => ({ id, number: i, ref: { code: id.toUpperCase(), name: { en: id, ur: id }, invented: true } }) as FirmCard);
  const directory = { byId: (id: string) => cards.find((card) => card.id === id), byCode: (code: string) => cards.find((card) => card.ref.code === code) } as Directory;
  screening = new ScreeningDesk(pool, house.objects, 1);
  licensing = new LicensingDesk(framework, house.objects);
  const dossiers = { pool, desk: staff, directory, licensing, obligations: new ObligationBook(licensing), tell: () => undefined, sealingKey: () => house.client.publicKey() };
  server = createServer(pino({ level: 'silent' }));
  const nothing = (async () => ({})) as never;
  const routes: StaffRoutes = Object.assign({} as StaffRoutes, Object.fromEntries(Object.keys(consoleRoutes).map((name) => [name, nothing])), officeRoutes({ framework, pool, desk: staff, directory, vault: house.client, clients: new ClientRegister(pool), random: (length) => crypto.getRandomValues(new Uint8Array(length)), linkOf: () => '' }), screeningRoutes({ ...dossiers, vault: house.client, framework, objects: house.objects, screening, books: new ListBooks(house.objects) }));
  openStaffDoor(server, { browser: new BrowserDoor(ORIGIN), clock: () => house.now, sessionOf: async (_now, token) => (token === undefined ? { code: 'SESSION_REQUIRED' } : sessionOf(token)), routes });
  for (const [list, entry] of [['ofac', OFAC], ['un', UN]] as const) ok('body' in await house.take(stateOf(list, '2026-11-20', [entry, ...FILLERS(list)])));
  await house.onboard('sdx', 'c1', personOf(1, 'Zarghuna Bibi Inventedlisted'));
  await house.onboard('kpx', 'k1', personOf(2, 'Mirwais Inventedproscribed'));
  await house.round();
});
after(async () => {
  await server.close();
  await screening.close();
  await house.close();
});

async function call(method: 'GET' | 'POST', url: string, who: string, body?: object): Promise<{ status: number; answer: Record<string, unknown> }> {
  const cookie = new BrowserDoor(ORIGIN).cookie(who).split(';')[0] ?? '';
  const response = await server.inject({ method, url, headers: { cookie, ...(method === 'GET' ? {} : { origin: ORIGIN, 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) });
  return { status: response.statusCode, answer: response.json() };
}

/** Acts, and proves presence where it is asked for. */
async function act(url: string, who: string, body: object): Promise<Record<string, unknown>> {
  const first = await call('POST', url, who, body);
  if (first.answer['code'] !== 'STEP_UP_REQUIRED') return first.answer;
  house.now = instantOf(house.now + 60_000_000);
  const { hash } = first.answer['detail'] as { hash: string };
  const proven = await staff.stepUp(house.now, sessionOf(who), { method: 'totp', hash, code: StaffDesk.demoCode(secret(who), house.now) });
  ok('ticket' in proven, JSON.stringify(proven));
  return (await call('POST', url, who, { ...body, stepUp: proven.ticket })).answer;
}

async function read<N extends 'hits' | 'hit' | 'lists' | 'listChange' | 'freezes' | 'tuning'>(name: N, url: string, who = 'surveillance-analyst'): Promise<Answer<N>> {
  const { status, answer } = await call('GET', url, who);
  strictEqual(status, 200, JSON.stringify(answer));
  return consoleRoutes[name].response.parse(answer) as Answer<N>;
}
const later = (days: number): Instant => instantOf(house.now + days * DAY_US);
const hitOf = async (list: string) => { const [hit] = (await read('hits', `/api/screening/hits?list=${list}`)).items; ok(hit !== undefined, list); return hit; };

test('an analyst sees who came near a list, and why, word by word, beside the listed one; no letter of the customer is in the answer', async () => {
  const { counts, items } = await read('hits', '/api/screening/hits?state=open');
  deepStrictEqual([counts.open, items.map((hit) => [hit.list, hit.force, hit.name])], [2, [['un', 'freeze', 'Mirwais Inventedproscribed'], ['ofac', 'review', 'INVENTEDLISTED, Zarghuna Bibi']]]);
  const one = await read('hit', `/api/screening/hits/${items[1]?.id ?? ''}`);
  deepStrictEqual(one.words.met.map(({ word, how }) => `${word} ${how}`).sort(), ['bibi equal', 'inventedlisted equal', 'zarghuna equal']);
  deepStrictEqual([one.listed?.birthDates, one.features.map((each) => each.feature), one.hit.decision, one.takesTwo], [['1990-01-02'], ['birth', 'nationality'], 'match', true]);
  strictEqual(one.steps[0]?.what, 'opened');
  strictEqual((await call('GET', '/api/screening/hits', 'firm-compliance')).status, 403);
  strictEqual((await call('GET', '/api/screening/hits', 'licensing-officer')).status, 403);
});

test('a confirmed match on a list that freezes takes two, and orders the freeze that the firm sees, answers and releases', async () => {
  const hit = await hitOf('un');
  const path = `/api/screening/hits/${hit.id}`;
  strictEqual((await act(`${path}/decisions`, 'surveillance-analyst', { act: 'confirm', reason: 'ok', seen: hit.seen }))['code'], 'REQUEST_INVALID');
  strictEqual((await act(`${path}/decisions`, 'surveillance-analyst', { act: 'confirm', reason: 'the same name and day', seen: hit.seen + 1 }))['code'], 'DECISION_STALE');
  strictEqual((await act(`${path}/decisions`, 'surveillance-analyst', { act: 'confirm', reason: 'the same name and day', seen: hit.seen }))['waits'], true);
  const waiting = await hitOf('un');
  deepStrictEqual([waiting.state, waiting.proposed?.act, (await read('freezes', '/api/screening/freezes')).items], ['open', 'confirm', []]);
  strictEqual((await act(`${path}/second`, 'surveillance-analyst', { verdict: 'approve', note: '', seen: waiting.seen }))['code'], 'FORBIDDEN');
  ok('entry' in await act(`${path}/second`, 'senior-analyst', { verdict: 'approve', note: '', seen: waiting.seen }));
  strictEqual((await hitOf('un')).state, 'confirmed');
  await house.round();
  const own = await read('freezes', '/api/screening/freezes', 'supervisor');
  deepStrictEqual(own.items.map((one) => [one.firm.code, one.customers, one.state, one.name, one.open]), [['KPX', ['k1'], 'ordered', 'Mirwais Inventedproscribed', ['complain']]]);
  members['mlro'] = { account: 'mlro', organisation: 'firm', roles: ['mlro'], firm: 'kpx' };
  const [freeze] = (await read('freezes', '/api/screening/freezes', 'mlro')).items;
  ok(freeze !== undefined && !JSON.stringify(freeze).includes(hit.person), 'the id is never told to a firm');
  deepStrictEqual((await read('freezes', '/api/screening/freezes', 'rival')).items, []);
  const move = `/api/screening/freezes/${freeze.id}/moves`;
  strictEqual((await act(move, 'rival', { act: 'acknowledge', note: 'frozen' }))['code'], 'NOT_FOUND');
  strictEqual((await act(move, 'mlro', { act: 'release', note: '' }))['code'], 'DECISION_STALE', 'nothing is released before the authority orders it');
  ok('entry' in await act(move, 'mlro', { act: 'acknowledge', note: 'frozen at once' }));
  ok('entry' in await act(move, 'supervisor', { act: 'complain', note: 'says to be another', complaint: 'C-7' }));
  const confirmed = await hitOf('un');
  strictEqual((await act(`${path}/decisions`, 'senior-analyst', { act: 'clear', reason: 'another birth place, by the passport', seen: confirmed.seen }))['code'], 'DECISION_INVALID');
  strictEqual((await act(`${path}/decisions`, 'senior-analyst', { act: 'clear', reason: 'another birth place, by the passport', seen: confirmed.seen, until: later(90) }))['waits'], true);
  strictEqual((await act(`${path}/second`, 'senior-analyst', { verdict: 'approve', note: '', seen: (await hitOf('un')).seen }))['code'], 'SECOND_PERSON_REQUIRED');
  ok('entry' in await act(`${path}/second`, 'supervisor', { verdict: 'approve', note: '', seen: (await hitOf('un')).seen }));
  deepStrictEqual((await read('freezes', '/api/screening/freezes', 'supervisor')).items.map((one) => [one.state, one.open]), [['to-release', ['order-release']]]);
  ok('entry' in await act(move, 'supervisor', { act: 'order-release', note: 'another person' }));
  ok('entry' in await act(move, 'mlro', { act: 'release', note: '' }));
  deepStrictEqual((await read('freezes', '/api/screening/freezes', 'supervisor')).items.map((one) => [one.state, one.steps.map((step) => step.act)]), [['released', ['order', 'acknowledge', 'complain', 'order-release', 'release']]]);
});

test('who was found to be another person is left alone until that day, and then comes back', async () => {
  const again = entryOf('un', '9', ['Mirwais Inventedproscribed'], { birthDates: ['1990-01-02'], nationalities: ['pk'] });
  ok('body' in await house.take(stateOf('un', '2026-11-21', [again, ...FILLERS('un')])));
  await house.round();
  strictEqual((await hitOf('un')).state, 'cleared', 'the list says more now, and no number: the decision holds');
  house.now = later(91);
  await house.round();
  strictEqual((await hitOf('un')).state, 'open');
});

test('a hit is a case for which the person\'s identity may be opened by two, and for nobody else\'s', async () => {
  const [ofac, un] = [await hitOf('ofac'), await hitOf('un')];
  const wanted = { case: ofac.id, reason: 'to compare the birth place' };
  strictEqual((await act(`/api/people/${un.person}/unmask`, 'surveillance-analyst', wanted))['detail'], 'case');
  const { act: proposed } = await act(`/api/people/${ofac.person}/unmask`, 'surveillance-analyst', wanted) as { act: { id: string; case: string; state: string } };
  deepStrictEqual([proposed.case, proposed.state], [ofac.id, 'waiting']);
});

test('a proposal is taken back by its proposer, and sent back only with a word', async () => {
  const hit = await hitOf('ofac');
  const path = `/api/screening/hits/${hit.id}`;
  ok('waits' in await act(`${path}/decisions`, 'surveillance-analyst', { act: 'clear', reason: 'another person', seen: hit.seen, until: later(30) }));
  strictEqual((await act(`${path}/second`, 'senior-analyst', { verdict: 'send-back', note: '', seen: (await hitOf('ofac')).seen }))['code'], 'DECISION_INVALID');
  ok('entry' in await act(`${path}/second`, 'surveillance-analyst', { verdict: 'send-back', note: '', seen: (await hitOf('ofac')).seen }));
  deepStrictEqual([(await hitOf('ofac')).state, (await hitOf('ofac')).proposed], ['open', null]);
});

test('lists show their versions, age and what a change says; a state that lost too much is held until another person confirms it', async () => {
  const csv = (rows: readonly string[]): string => Buffer.from(rows.join('\r\n')).toString('base64');
  const row = (number: number, name: string): string => `${number},"${name}","individual","TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 02 Jan 1990."`;
  const send = (name: string, rows: readonly string[], who = 'supervisor') => act('/api/screening/lists', who, { files: [{ name, base64: csv(rows) }], reason: 'daily refresh' });
  strictEqual((await call('POST', '/api/screening/lists', 'surveillance-analyst', {})).status, 403);
  const many = [[71, 'INVENTEDLISTED, Zarghuna Bibi'], [81, 'INVENTEDNUMBERA, Filler'], [82, 'INVENTEDNUMBERB, Filler'], [90, 'FRESHLY, Listedone']] as const;
  const taken = await send('sdn_20261122.csv', many.map(([number, name]) => row(number, name))) as { taken: Record<string, unknown>[] };
  deepStrictEqual(taken.taken.map((one) => [one['list'], one['version'], one['entries'], one['code']]), [['ofac', '2026-11-22', 4, undefined]]);
  const held = await send('sdn_20261123.csv', [row(71, 'INVENTEDLISTED, Zarghuna Bibi')]) as { taken: Record<string, unknown>[] };
  strictEqual(held.taken[0]?.['code'], 'LIST_SHRUNK');
  const broken = await send('x_20261123.csv', ['nothing that is a list']) as { taken: Record<string, unknown>[] };
  strictEqual(broken.taken[0]?.['code'], 'LIST_FILE_UNKNOWN');
  await house.round();
  const { lists, missing } = await read('lists', '/api/screening/lists');
  const ofac = lists.find((one) => one.list === 'ofac');
  ok(ofac !== undefined && ofac.isStale && ofac.appliedAt !== null);
  deepStrictEqual([ofac.version, ofac.held.map((one) => [one.version, one.count, one.lastGoodCount]), ofac.versions.length, missing.map((one) => one.list)], ['2026-11-22', [['2026-11-23', 1, 4]], 2, ['nacta', 'uk', 'eu', 'tags']]);
  const change = await read('listChange', '/api/screening/lists/ofac/versions/2026-11-22');
  deepStrictEqual([change.before, change.counts, change.added.map((one) => one.name), change.removed.map((one) => one.entry), change.changed.find((one) => one.entry === '71')?.hits], ['2026-11-20', { added: 1, changed: 3, removed: 1 }, ['FRESHLY, Listedone'], ['83'], 1]);
  const confirm = `/api/screening/lists/held/${ofac.held[0]?.entry ?? 0}/confirm`;
  strictEqual((await act(confirm, 'supervisor', { reason: 'the publisher says so' }))['code'], 'SECOND_PERSON_REQUIRED');
  ok('entry' in await act(confirm, 'senior-analyst', { reason: 'the publisher says so' }));
  const now = (await read('lists', '/api/screening/lists')).lists.find((one) => one.list === 'ofac');
  deepStrictEqual([now?.version, now?.count, now?.held], ['2026-11-23', 1, []]);
});

test('officers ask the lists, and see what another threshold would have asked of them', async () => {
  const asked = await act('/api/screening/ask', 'licensing-officer', { lines: ['{"name":"Zarghuna Bibi Inventedlisted"}', 'broken'] });
  const answers = (asked as { answers: string[] }).answers.map((answer): Record<string, unknown> => JSON.parse(answer));
  deepStrictEqual(answers.map((one) => one['decision'] ?? one['code']), ['review', 'QUERY_NOT_JSON']);
  const tuning = await read('tuning', '/api/screening/tuning?list=un');
  deepStrictEqual([tuning.people, tuning.steps.find((step) => step.at === 0.8)?.people], [2, 1]);
});

test('those whom an application names are screened within the vault and recorded for the gate; who cannot be opened stays not run', async () => {
  const work = <T>(run: (tx: Tx) => Promise<T>): Promise<T> => withActor(house.database.pool('nigran_app'), SYSTEM, run);
  await work((tx) => registerFirm(tx, house.now, { firm: 'sdx', code: 'SDX', name: 'sdx', synthetic: true }, { actor: 'a', second: 'b', basis: 'as found' }));
  await work((tx) => changeStage(tx, house.now, framework, { firm: 'sdx', from: null, to: 'e2-noc-application', effectiveFrom: later(-20), reasons: 'as found', evidence: [] }, { actor: 'a', second: 'b', basis: 'as found' }));
  const file = async (about: string, sealed: string): Promise<void> => {
    const filed = await work((tx) => licensing.fileForm(tx, house.now, { firm: 'sdx', form: 'a2', about, answers: {}, sealed, sealedFields: ['person.name', 'person.born'] }, members['firm-compliance'] as Member));
    ok(!('code' in filed), JSON.stringify(filed));
  };
  const sealedOf = (about: string, name: string) => house.vault.seal({ v: 1, form: 'a2', about, answers: { person: [{ name, born: '1990-01-02' }] } });
  await file('owner-1', await sealedOf('owner-1', 'Mirwais Inventedproscribed'));
  await file('owner-2', await sealedOf('owner-2', 'Somebody Altogether Else'));
  await file('owner-3', await sealedOf('another-one', 'Mirwais Inventedproscribed'));
  const answer = consoleRoutes.screenApplicant.response.parse((await call('POST', '/api/dossiers/SDX/screenings/run', 'licensing-officer', {})).answer);
  deepStrictEqual(answer.filings.map((one) => [one.about, one.result, one.code, one.near.map((near) => `${near.list} ${near.name}`)]), [['owner-1', 'review', undefined, ['un Mirwais Inventedproscribed']], ['owner-2', 'clear', undefined, []], ['owner-3', null, 'FORM_ANSWER_INVALID', []]]);
  const [entry] = await work((tx) => readEntries(tx, { from: answer.entry ?? 0, kinds: ['applicant-screened'], limit: 1 }));
  const screened = entry !== undefined && isKind(entry, 'applicant-screened') ? entry.body : undefined;
  deepStrictEqual([screened?.results.map((one) => [one.about, one.result]), screened?.lists.map((one) => one.list).sort(), screened?.evidence.length], [[['owner-1', 'review'], ['owner-2', 'clear']], ['ofac', 'un'], 1]);
  const kept = Buffer.from(await house.objects.get(screened?.evidence[0] ?? '')).toString('utf8').toLowerCase();
  ok(kept.includes('"entry":"9"') && !kept.includes('mirwais') && !kept.includes('altogether'), kept);
  strictEqual((await call('POST', '/api/dossiers/SDX/screenings/run', 'surveillance-analyst', {})).status, 403);
  const torn = await call('POST', '/api/dossiers/SDX/screenings/run', 'torn', {});
  deepStrictEqual([torn.status, torn.answer['code']], [403, 'CONFLICT_OF_INTEREST']);
  // Refused before anything sealed is opened, not only when the run would be recorded.
  const wall = { pool: house.database.pool('nigran_app'), directory: { byCode: () => ({ id: 'sdx' }) } as never, licensing };
  const codeOf = async (who: string | undefined): Promise<unknown> => { const one = await dossierToAssess(wall, { session: who === undefined ? undefined : sessionOf(who), params: { code: 'SDX' } }); return 'code' in one ? one.code : one.card.id; };
  deepStrictEqual([await codeOf(undefined), await codeOf('torn'), await codeOf('mlro'), await codeOf('licensing-officer')], ['SESSION_REQUIRED', 'CONFLICT_OF_INTEREST', 'FORBIDDEN', 'sdx']);
});
