/** A firm's compliance officer lets in people of that firm and invites its programs, with presence over each act; nobody of another firm is seen, linked or ended. */
import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { BrowserDoor, ClientRegister, StaffDesk, accessMigrations, type Member, type Session } from '../access/index.ts';
import { consoleRoutes } from '../contract/console.ts';
import { pakistan } from '../framework/testing.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { logMigrations } from '../log/index.ts';
import { DAY_US, instantOf, parseInstant } from '../terms/index.ts';
import { createServer, openStaffDoor, type Directory, type FirmCard, type StaffRoutes } from './index.ts';
import { accessRoutes } from './staff/access.ts';
import { conflictRoutes } from './staff/conflicts.ts';

const ORIGIN = 'http://localhost:1';
let now = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const members: Readonly<Record<string, Member>> = {
  own: { account: 'own', organisation: 'firm', roles: ['firm-compliance'], firm: 'sandhill' }, mlro: { account: 'mlro', organisation: 'firm', roles: ['mlro'], firm: 'sandhill' },
  rival: { account: 'rival', organisation: 'firm', roles: ['firm-compliance'], firm: 'rival' }, admin: { account: 'admin', organisation: 'authority', roles: ['administrator'] }, watch: { account: 'watch', organisation: 'authority', roles: ['supervisor'] }, sift: { account: 'sift', organisation: 'authority', roles: ['surveillance-analyst'] },
};
const secret = (account: string): Uint8Array => Buffer.from(account.padEnd(20, '.')).subarray(0, 20);
let database: TestDatabase;
let staff: StaffDesk;
let server: FastifyInstance;

function sessionOf(name: string): Session {
  const member = members[name];
  const [office] = member?.roles ?? [];
  ok(member !== undefined && office !== undefined, name);
  return { id: name, name, member, office, enrolling: false, hasPasskey: false, expires: instantOf(now + DAY_US), actor: { role: office, account: name, organisation: member.organisation, ...(member.firm === undefined ? {} : { firm: member.firm }) } };
}

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations]);
  const pool = database.pool('nigran_app');
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
  staff = new StaffDesk({ pool, random, synthetic: true, party: { name: 'test', origin: ORIGIN } });
  for (const member of Object.values(members)) await staff.letIn(now, { ...member, name: member.account }, { actor: 'test', basis: 'test' }, { password: 'synthetic', totp: secret(member.account) });
  const stage = { id: 's', title: { en: 's', ur: 's' }, isLicence: false, isStopped: false };
  const cards = ['sandhill', 'rival'].map((id, i): FirmCard => ({ id, number: i + 1, ref: { code: id.toUpperCase(), name: { en: id, ur: id }, invented: true }, stage, stageSince: null, published: null, steps: [], gates: [], services: [], flags: [] }));
  const directory = { byCode: (code: string) => cards.find((card) => card.ref.code === code), byId: (id: string) => cards.find((card) => card.id === id) } as Directory;
  const routes = { ...conflictRoutes({ pool, desk: staff, directory }), ...accessRoutes({ framework: pakistan(), pool, desk: staff, directory, clients: new ClientRegister(pool), random, linkOf: (ticket) => `${ORIGIN}/link#${ticket}` }) };
  server = createServer(pino({ level: 'silent' }));
  const nothing = (async () => ({})) as never;
  const all: StaffRoutes = Object.assign({} as StaffRoutes, Object.fromEntries(Object.keys(consoleRoutes).map((name) => [name, nothing])));
  openStaffDoor(server, { browser: new BrowserDoor(ORIGIN), clock: () => now, sessionOf: async (_now, token) => (token === undefined ? { code: 'SESSION_REQUIRED' } : sessionOf(token)), routes: { ...all, ...routes } });
});
after(async () => {
  await server.close();
  await database.drop();
});

async function call(method: 'GET' | 'POST', url: string, who: string, body?: object): Promise<{ status: number; answer: Record<string, unknown> }> {
  const cookie = new BrowserDoor(ORIGIN).cookie(who).split(';')[0] ?? '';
  const response = await server.inject({ method, url, headers: { cookie, ...(method === 'GET' ? {} : { origin: ORIGIN, 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) });
  return { status: response.statusCode, answer: response.json() };
}

/** Sends an act, and again with presence where it is asked for. */
async function act(url: string, who: string, body: object): Promise<{ status: number; answer: Record<string, unknown> }> {
  const first = await call('POST', url, who, body);
  if (first.answer['code'] !== 'STEP_UP_REQUIRED') return first;
  now = instantOf(now + 60_000_000);
  const { hash } = first.answer['detail'] as { hash: string };
  const proven = await staff.stepUp(now, sessionOf(who), { method: 'totp', hash, code: StaffDesk.demoCode(secret(who), now) });
  ok('ticket' in proven, JSON.stringify(proven));
  return call('POST', url, who, { ...body, stepUp: proven.ticket });
}

const accounts = async (who: string): Promise<unknown> => (await call('GET', '/api/officers', who)).answer['items'];

test('a compliance officer lets a colleague in by a link, and sees the people of their own firm alone', async () => {
  const asked = await call('POST', '/api/officers', 'own', { account: 'second', name: 'Second', roles: ['mlro'], basis: 'to file reports' });
  deepStrictEqual([asked.status, asked.answer['code']], [403, 'STEP_UP_REQUIRED'], 'presence is asked for');
  const made = await act('/api/officers', 'own', { account: 'second', name: 'Second', roles: ['mlro'], basis: 'to file reports' });
  strictEqual(made.status, 200, JSON.stringify(made.answer));
  match(String(made.answer['link']), /\/link#/);
  deepStrictEqual((await accounts('own') as { account: string; firm: string }[]).map((one) => [one.account, one.firm]), [['mlro', 'SANDHILL'], ['own', 'SANDHILL'], ['second', 'SANDHILL']]);
  deepStrictEqual((await accounts('rival') as { account: string }[]).map((one) => one.account), ['rival']);
  const roles = (await call('GET', '/api/officers', 'own')).answer['roles'] as { organisation: string }[];
  ok(roles.length === 2 && roles.every((role) => role.organisation === 'firm'), 'no office of the authority is offered');
});

test('nobody lets in people of another firm or of the authority, and nobody is ended or linked from outside', async () => {
  const wanted = { account: 'third', name: 'Third', basis: 'a try' };
  strictEqual((await act('/api/officers', 'own', { ...wanted, roles: ['administrator'] })).answer['code'], 'REQUEST_INVALID');
  strictEqual((await act('/api/officers', 'own', { ...wanted, roles: ['firm-compliance'], firm: 'RIVAL' })).answer['code'], 'FIRM_UNKNOWN');
  strictEqual((await act('/api/officers', 'mlro', { ...wanted, roles: ['mlro'] })).answer['code'], 'FORBIDDEN');
  for (const path of ['link', 'end']) strictEqual((await act(`/api/officers/rival/${path}`, 'own', { basis: 'a try' })).answer['code'], 'NOT_FOUND', path);
  for (const path of ['link', 'end']) strictEqual((await act(`/api/officers/admin/${path}`, 'own', { basis: 'a try' })).answer['code'], 'NOT_FOUND', path);
  strictEqual((await act('/api/officers/own/end', 'own', { basis: 'a try' })).answer['code'], 'DECISION_INVALID', 'nobody ends their own account');
});

test('a colleague is ended, and is gone from the list', async () => {
  strictEqual((await act('/api/officers/second/end', 'own', { basis: 'has left' })).status, 200);
  ok(!(await accounts('own') as { account: string }[]).some((one) => one.account === 'second'));
});

test('a program is invited by a code for the own firm, and for no other', async () => {
  const invited = await act('/api/clients', 'own', { client: 'sandhill-feed', firm: 'SANDHILL', basis: 'the feed' });
  strictEqual(invited.status, 200, JSON.stringify(invited.answer));
  ok(consoleRoutes.inviteClient.response.safeParse(invited.answer).success);
  strictEqual((await act('/api/clients', 'own', { client: 'rival-feed', firm: 'RIVAL', basis: 'a try' })).answer['code'], 'FORBIDDEN');
});

test('a conflict of interest is declared and listed; a deputy is set by two persons with presence, and the deputy agrees to nothing', async () => {
  strictEqual((await call('POST', '/api/conflicts', 'own', { firm: 'SANDHILL', reason: 'a try' })).answer['code'], 'FORBIDDEN');
  strictEqual((await call('POST', '/api/conflicts', 'watch', { firm: 'NOWHERE', reason: 'my brother' })).answer['code'], 'FIRM_UNKNOWN');
  strictEqual((await call('POST', '/api/conflicts', 'watch', { firm: 'SANDHILL', reason: 'my brother' })).status, 200);
  deepStrictEqual(consoleRoutes.conflicts.response.parse((await call('GET', '/api/conflicts', 'watch')).answer).items, [{ account: 'watch', name: 'watch', firm: 'SANDHILL', mine: true }]);
  strictEqual((await call('POST', '/api/conflicts/watch/end', 'watch', { firm: 'SANDHILL', reason: 'it is over' })).answer['code'], 'SECOND_PERSON_REQUIRED');
  strictEqual((await call('POST', '/api/conflicts/own/end', 'admin', { firm: 'SANDHILL', reason: 'it is over' })).answer['code'], 'NOT_FOUND', 'of another organisation');
  const wanted = { account: 'watch', deputy: 'sift', role: 'supervisor', matters: 'conflicts', from: now, to: now + 7 * DAY_US, reason: 'while she is torn' };
  strictEqual((await call('POST', '/api/deputies', 'admin', wanted)).answer['code'], 'STEP_UP_REQUIRED');
  const proposed = await act('/api/deputies', 'admin', wanted);
  strictEqual(proposed.status, 200, JSON.stringify(proposed.answer));
  const path = `/api/deputies/${String(proposed.answer['entry'])}/agree`;
  strictEqual((await act(path, 'admin', {})).answer['code'], 'SECOND_PERSON_REQUIRED');
  strictEqual((await act(path, 'sift', {})).answer['code'], 'FORBIDDEN');
  strictEqual((await act(path, 'watch', {})).status, 200);
  const [set] = consoleRoutes.deputies.response.parse((await call('GET', '/api/deputies', 'sift')).answer).items;
  deepStrictEqual([set?.state, set?.deputy, set?.secondBy, set?.maySecond], ['set', 'sift', 'watch', false]);
  strictEqual((await call('POST', '/api/conflicts/watch/end', 'admin', { firm: 'SANDHILL', reason: 'it is over' })).status, 200);
});
