import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { StaffDesk, accessMigrations, type Session } from '../access/index.ts';
import { consoleRoutes, type Answer } from '../contract/console.ts';
import { pakistan } from '../framework/testing.ts';
import { intakeMigrations } from '../intake/index.ts';
import { LicensingDesk, changeStage, licensingMigrations, registerFirm } from '../licensing/index.ts';
import { openTestClickHouse, openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { Analytics, LocalObjects, SYSTEM, logMigrations, makeEventsTable, withActor, type Tx } from '../log/index.ts';
import { ObligationBook, obligationMigrations } from '../obligations/index.ts';
import { vaultMigrations } from '../vault/index.ts';
import { EVENT_KINDS, FLAG, RISK_CLASSES, instantOf, karachiDay, parseInstant, type EventKind } from '../terms/index.ts';
import { headroomRoutes } from './staff/headroom-ask.ts';
import { returnRoutes } from './staff/aml-return.ts';
import type { Directory, FirmCard } from './index.ts';

/** Headroom and the annual return on a real PostgreSQL and a real ClickHouse. */
const framework = pakistan();
const now = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const SESSION: Session = { id: 's', name: 'clerk', member: { account: 'clerk', organisation: 'firm', roles: ['firm-compliance'], firm: 'quarry' }, office: 'firm-compliance', enrolling: false, hasPasskey: false, expires: now, actor: { role: 'firm-compliance', account: 'clerk', organisation: 'firm', firm: 'quarry' } };
const card: FirmCard = { id: 'quarry', number: 1, ref: { code: 'QRY', name: { en: 'Quarry', ur: 'Quarry' }, invented: true }, stage: { id: 'e4-aml-registered', title: { en: 'x', ur: 'x' }, isLicence: false, isStopped: false }, stageSince: null, published: null, steps: [], gates: [], services: [], flags: [] };
let database: TestDatabase;
let folder: string;
let host: Awaited<ReturnType<typeof openTestClickHouse>>;
let analytics: Analytics;
let routes: ReturnType<typeof headroomRoutes> & ReturnType<typeof returnRoutes>;

interface Event { readonly kind: EventKind; readonly id: string; readonly customer?: string; readonly at?: string; readonly paisa?: number; readonly flags?: number; readonly risk?: string; readonly asset?: string; readonly target?: string; readonly replacement?: EventKind; readonly firm?: number }

async function report(events: readonly Event[]): Promise<void> {
  const rows = events.map((one) => {
    const at = parseInstant(one.at ?? '2026-11-24T09:00:00Z') ?? now;
    return `(${one.firm ?? 1}, ${at}, ${karachiDay(at)}, ${EVENT_KINDS.indexOf(one.kind)}, ${one.replacement === undefined ? 0 : EVENT_KINDS.indexOf(one.replacement)}, ${one.flags ?? 0}, ${one.paisa ?? 0}, ${Math.max(RISK_CLASSES.findIndex((each) => each === one.risk), 0)}, '${one.id}', '${one.customer ?? ''}', '${one.asset ?? ''}', '${one.target ?? ''}')`;
  });
  await analytics.run(`insert into events (firm, at, day, kind, replacement_kind, flags, paisa, risk_class, id, customer, asset, target) values ${rows.join(', ')}`);
}

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations, ...vaultMigrations, ...licensingMigrations, ...intakeMigrations, ...obligationMigrations]);
  folder = mkdtempSync(join(tmpdir(), 'nigran-figures-'));
  host = await openTestClickHouse(join(folder, 'clickhouse'), 'test');
  analytics = new Analytics({ url: `http://127.0.0.1:${host.port}`, username: 'nigran', password: 'test' });
  await makeEventsTable(analytics);
  const pool = database.pool('nigran_app');
  const licensing = new LicensingDesk(framework, new LocalObjects(folder));
  const directory: Directory = {
    all: () => [card], byCode: (code) => (code === 'QRY' ? card : undefined), byId: () => card, byNumber: () => card, ladder: () => [], feedLimit: () => ({ ms: 1, provenance: { status: 'assumption', clause: null } }), decideLimitMs: () => 1, permitSource: () => undefined, asset: () => undefined,
  };
  const desk = new StaffDesk({ pool, random: (length) => crypto.getRandomValues(new Uint8Array(length)), synthetic: true, party: { name: 'test', origin: 'http://localhost:1' } });
  const ground = { pool, desk, directory, licensing, obligations: new ObligationBook(licensing), tell: () => undefined, sealingKey: async () => undefined, analytics };
  routes = { ...headroomRoutes(ground), ...returnRoutes(ground) };
  const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withActor(pool, SYSTEM, work);
  const two = { actor: 'a', second: 'b', basis: 'as found' };
  await act((tx) => registerFirm(tx, now, { firm: 'quarry', code: 'QRY', name: 'Quarry (invented)', synthetic: true }, two));
  await act((tx) => changeStage(tx, now, framework, { firm: 'quarry', from: null, to: 'e4-aml-registered', effectiveFrom: instantOf(now - 1_000_000), reasons: 'as found', evidence: [] }, two));
  const seen = (await act((tx) => licensing.read(tx, 'quarry'))).version;
  const waits = await act((tx) => licensing.propose(tx, now, { firm: 'quarry', seen, reasons: 'a cautious start', evidence: [], caps: [{ limit: 'e4.customers', value: 1 }, { limit: 'e4.assets', value: 1 }, { limit: 'e4.paid-out-24h', value: 1_000 }] }, { account: 'officer.a', organisation: 'authority', roles: ['licensing-officer'] }));
  ok('proposal' in waits, JSON.stringify(waits));
  ok('entry' in await act((tx) => licensing.agree(tx, now, { firm: 'quarry', proposal: waits.proposal, seen }, { account: 'officer.b', organisation: 'authority', roles: ['supervisor'] })));
  await act((tx) => tx.query(`insert into intake.customer (firm, reference, person, since) values ('quarry', 'c1', gen_random_uuid(), 1)`));
});
after(async () => {
  await host.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(query: Parameters<typeof routes.headroomAsk>[0]['query']): Promise<Answer<'headroomAsk'>> {
  const answer = await routes.headroomAsk({ session: SESSION, params: { code: 'QRY' }, query, body: undefined, now: instantOf(now + 1) } as never);
  return consoleRoutes.headroomAsk.response.parse(answer);
}

test('headroom answers from the decision that caps the firm and from its own figures, with limit and source', async () => {
  const customer = await ask({ ask: 'take-customer' });
  const ground = customer.grounds.find((one) => one.id === 'e4.customers');
  deepStrictEqual([customer.may, ground?.live, ground?.would, ground?.limit, ground?.provenance.clause?.en, ground?.entry !== null], ['no', 1, 2, 1, 'NOC Regulations 2025, reg. 17.1', true]);
  deepStrictEqual([(await ask({ ask: 'offer-service', service: 'exchange' })).may, (await ask({ ask: 'offer-service', service: 'lending' })).may, (await ask({ ask: 'offer-service', service: 'no-such' })).may], ['yes', 'no', 'no']);
  await report([{ kind: 'trade', id: 't1', asset: 'eip155:1/slip44:60' }, { kind: 'trade', id: 't9', asset: 'other', firm: 2 }]);
  deepStrictEqual([(await ask({ ask: 'list-asset', asset: 'eip155:1/slip44:60' })).may, (await ask({ ask: 'list-asset', asset: 'another' })).may], ['yes', 'no'], 'another firm\'s assets are not its own');
});

test('what is paid out counts as it stands: corrected, cancelled, of this customer, within the window', async () => {
  await report([
    { kind: 'fiat-out', id: 'p1', customer: 'c1', paisa: 400 }, { kind: 'fiat-out', id: 'p2', customer: 'c1', paisa: 9_000 }, { kind: 'correct', id: 'p3', customer: 'c1', target: 'p2', replacement: 'fiat-out', paisa: 100 },
    { kind: 'fiat-out', id: 'p4', customer: 'c1', paisa: 700 }, { kind: 'cancel', id: 'p5', target: 'p4' }, { kind: 'fiat-out', id: 'p6', customer: 'c2', paisa: 5_000 }, { kind: 'fiat-out', id: 'p7', customer: 'c1', paisa: 5_000, at: '2026-11-22T09:00:00Z' },
  ]);
  const fits = await ask({ ask: 'pay-out', customer: 'c1', paisa: 500 });
  deepStrictEqual([fits.may, fits.grounds.find((one) => one.id === 'e4.paid-out-24h')?.live], ['yes', 500]);
  strictEqual((await ask({ ask: 'pay-out', customer: 'c1', paisa: 501 })).may, 'no');
  strictEqual((await ask({ ask: 'pay-out', paisa: 1 })).may, 'unknown', 'a cap on each customer asks which');
});

test('a figure that cannot be had makes a binding cap unknown, never a yes', async () => {
  const honest = analytics.ask.bind(analytics);
  analytics.ask = () => Promise.reject(new Error('away'));
  strictEqual((await ask({ ask: 'pay-out', customer: 'c1', paisa: 1 })).may, 'unknown');
  analytics.ask = honest;
});

test('the annual return is computed from the feed: each number with its events, and what the feed cannot hold as the firm\'s word', async () => {
  await report([
    { kind: 'customer-onboarded', id: 'o1', customer: 'k1', at: '2026-02-01T09:00:00Z', risk: 'low' }, { kind: 'customer-changed', id: 'o2', customer: 'k1', at: '2026-03-01T09:00:00Z', risk: 'high' },
    { kind: 'customer-onboarded', id: 'o3', customer: 'k2', at: '2026-04-01T09:00:00Z', risk: 'medium', flags: FLAG.pep }, { kind: 'customer-onboarded', id: 'o4', customer: 'k3', at: '2025-12-30T09:00:00Z', risk: 'high' },
    { kind: 'customer-onboarded', id: 'o5', customer: 'k4', at: '2026-05-01T09:00:00Z' }, { kind: 'cancel', id: 'o6', target: 'o5', at: '2026-05-02T09:00:00Z' }, { kind: 'customer-onboarded', id: 'o7', customer: 'k9', at: '2026-05-01T09:00:00Z', firm: 2 },
    { kind: 'fiat-in', id: 'm1', customer: 'k1', at: '2026-06-01T09:00:00Z', paisa: 200_000_000, flags: FLAG.cash }, { kind: 'fiat-in', id: 'm2', customer: 'k1', at: '2026-06-01T09:00:00Z', paisa: 199_999_999, flags: FLAG.cash },
    { kind: 'fiat-out', id: 'm3', customer: 'k1', at: '2026-06-02T09:00:00Z', paisa: 200_000_000, flags: FLAG.cash }, { kind: 'cancel', id: 'm4', target: 'm3', at: '2026-06-03T09:00:00Z' },
  ]);
  const answer = await routes.amlReturn({ session: SESSION, params: { code: 'QRY' }, query: { year: 2026 }, body: undefined, now } as never);
  const said = consoleRoutes.amlReturn.response.parse(answer);
  const of = (figure: string): (number | string[] | null | undefined)[] => {
    const row = said.fields.find((one) => one.figure === figure);
    return [row?.computed, row?.events];
  };
  deepStrictEqual([of('customers.onboarded'), of('customers.high-risk'), of('customers.pep'), of('cash.at-threshold')], [[2, ['o1', 'o3']], [1, ['o1']], [1, ['o3']], [1, ['m1']]]);
  const exited = said.fields.find((one) => one.figure === 'customers.exited');
  deepStrictEqual([exited?.word, exited?.computed, said.filed, said.fields.every((one) => !one.differs)], [true, null, null, true], 'no event tells that a customer left');
  ok(said.fields.filter((one) => one.word).length > 10);
});
