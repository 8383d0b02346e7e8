import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import pino from 'pino';
import { BrowserDoor, ROLES, StaffDesk, accessMigrations, actionsOf } from '../access/index.ts';
import { consoleRoutes, type Route, type RouteName } from '../contract/console.ts';
import { logMigrations } from '../log/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { instantOf, parseInstant } from '../terms/index.ts';
import { createServer } from './server.ts';
import { openStaffDoor, type StaffRoutes } from './staff.ts';

/** Each route of the console tried with each role, with a session of its own, through the door that serves. */
const ORIGIN = 'http://localhost:7411';
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const PASSWORD = 'a long sentence for a demo';
const TOTP = Buffer.from('12345678901234567890');
type Role = keyof typeof ROLES;
const roles = Object.keys(ROLES).filter((name): name is Role => Object.hasOwn(ROLES, name));
const names = Object.keys(consoleRoutes).filter((name): name is RouteName => Object.hasOwn(consoleRoutes, name));

/** Routes about people and alerts: no firm's person reaches one, and neither does the FMU. A firm's compliance officer lets in that firm's people; that no other is reached is tried in `access.test.ts`. */
const AUTHORITY_ALONE: readonly RouteName[] = [
  'alerts', 'alert', 'assign', 'propose', 'decisions', 'second', 'withdraw', 'openPerson', 'proposeUnmasking', 'proposeErasure', 'personActs', 'secondPersonAct', 'readIdentity', 'registerFirm',
];

let database: TestDatabase;
let server: ReturnType<typeof createServer>;
const cookies = new Map<Role, string>();
const reached: RouteName[] = [];

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations]);
  const desk = new StaffDesk({ pool: database.pool('nigran_app'), random: (n) => randomBytes(n), party: { name: 'A', origin: ORIGIN }, synthetic: true });
  const browser = new BrowserDoor(ORIGIN);
  for (const role of roles) {
    const { organisation } = ROLES[role];
    await desk.letIn(NOW, { account: role, name: role, organisation, roles: [role], ...(organisation === 'firm' ? { firm: 'sdx' } : {}) }, { actor: 'test', basis: 'test' }, { password: PASSWORD, totp: TOTP });
    const first = await desk.signInPassword(NOW, role, PASSWORD);
    ok('ticket' in first);
    const opened = await desk.signInTotp(NOW, first.ticket, StaffDesk.demoCode(TOTP, NOW));
    ok('token' in opened, role);
    cookies.set(role, browser.cookie(opened.token).split(';')[0] ?? '');
  }
  server = createServer(pino({ level: 'silent' }));
  const routes = new Proxy({}, { get: (_all, name) => async () => { reached.push(names.find((one) => one === name) ?? 'house'); return {}; } });
  openStaffDoor(server, { browser, clock: () => NOW, sessionOf: (now, token) => desk.session(now, token), routes: routes as StaffRoutes });
  await server.ready();
});
after(async () => {
  await server.close();
  await database.drop();
});

/** A request that is in form as far as its address goes; what the body lacks is asked after who may. */
async function ask(name: RouteName, cookie: string | undefined): Promise<{ status: number; code: unknown }> {
  const route: Route = consoleRoutes[name];
  const said = await server.inject({
    method: route.method, url: route.path.replaceAll(/:\w+/g, 'x'), headers: { origin: ORIGIN, 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) }, ...(route.method === 'GET' ? {} : { payload: '{}' }),
  });
  const body: Record<string, unknown> = JSON.parse(said.body);
  return { status: said.statusCode, code: body['code'] };
}

test('a route is refused to every role that the table does not grant it, before anything of the request is read', async () => {
  let refusals = 0;
  for (const role of roles) {
    const may = actionsOf({ account: role, organisation: ROLES[role].organisation, roles: [role], ...(ROLES[role].organisation === 'firm' ? { firm: 'sdx' } : {}) });
    for (const name of names.filter((each) => each !== 'signOut')) {
      const route: Route = consoleRoutes[name];
      const isOpen = route.may === null || route.may === 'signed-in' || may.includes(route.may);
      const said = await ask(name, cookies.get(role));
      strictEqual(said.code === 'FORBIDDEN', !isOpen, `${role} ${name}: ${said.status} ${String(said.code)}`);
      if (!isOpen) refusals += 1;
    }
  }
  ok(refusals > 100, `${refusals} refusals`);
});

test('no person of a firm, no auditor of people and nobody of the FMU reaches an alert, a person or an office', async () => {
  for (const role of roles.filter((each) => ROLES[each].organisation === 'firm' || ROLES[each].organisation === 'fmu')) {
    for (const name of AUTHORITY_ALONE) deepStrictEqual(await ask(name, cookies.get(role)), { status: 403, code: 'FORBIDDEN' }, `${role} ${name}`);
  }
  for (const name of AUTHORITY_ALONE.filter((each) => /erson|dentity|nmasking/.test(each))) strictEqual((await ask(name, cookies.get('auditor'))).code, 'FORBIDDEN', name);
});

test('without a session every route but those of signing in says so, and nothing is reached', async () => {
  reached.length = 0;
  for (const name of names) {
    const route: Route = consoleRoutes[name];
    const said = await ask(name, undefined);
    if (route.may !== null) strictEqual(said.code, 'SESSION_REQUIRED', name);
  }
  deepStrictEqual(reached.filter((name) => { const route: Route = consoleRoutes[name]; return route.may !== null; }), []);
});
