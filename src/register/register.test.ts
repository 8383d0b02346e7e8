import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { pakistan } from '../framework/testing.ts';
import { changeStage, licensingMigrations, registerFirm } from '../licensing/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { SYSTEM, logMigrations, withActor, withTransaction } from '../log/index.ts';
import { refoldViews } from '../log/rebuild.ts';
import { DAY_US, instantOf, parseInstant, type Instant } from '../terms/index.ts';
import { MemoryObjects, inventedBook } from './testing.ts';
import { RegisterDesk, rebuildRegister, registerMigrations, registerViews } from './index.ts';

const framework = pakistan();
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const TWO = { actor: 'officer.a', second: 'officer.b', basis: 'synthetic' };
const days = (count: number): Instant => instantOf(NOW + count * DAY_US);
let database: TestDatabase;
const desk = new RegisterDesk(framework);

before(async () => {
  database = await openTestDatabase([...logMigrations, ...licensingMigrations, ...registerMigrations]);
});
after(() => database.drop());

const app = () => database.pool('nigran_app');
const register = (firm: string, code: string) => withActor(app(), SYSTEM, (tx) => registerFirm(tx, NOW, { firm, code, name: `${firm} (invented)`, synthetic: true }, TWO));
async function move(firm: string, from: string | null, to: string, event: string | undefined, at: Instant, services?: readonly ('exchange' | 'custody' | 'issuance')[]): Promise<void> {
  const done = await withActor(app(), SYSTEM, (tx) => changeStage(tx, NOW, framework, { firm, from, to, ...(event === undefined ? {} : { event }), ...(services === undefined ? {} : { services }), effectiveFrom: at, reasons: 'For the test.', evidence: [] }, TWO));
  ok(!('code' in done), 'code' in done ? `${done.code} ${done.detail ?? ''}` : '');
}
const classes = (firm: string) => desk.book.periods(firm).map((one) => one.class);

test('an application is not shown, a certificate is no licence, a suspension and its end are', async () => {
  await register('sandhill', 'SDX');
  await register('dune', 'DUN');
  await move('dune', null, 'e1-engagement', undefined, days(-30));
  await move('sandhill', null, 'e4-aml-registered', undefined, days(-40));
  await move('sandhill', 'e4-aml-registered', 'q-suspended', 'suspend', days(-20));
  await move('sandhill', 'q-suspended', 'e4-aml-registered', 'reinstate', days(-10));
  ok(await desk.follow(app()));
  deepStrictEqual(desk.book.rows(NOW).map((row) => row.firm.code), ['SDX'], 'who only talks is not in the register');
  strictEqual(desk.book.row('dun', NOW), undefined);
  deepStrictEqual(classes('sandhill'), ['aml-registered', 'suspended', 'aml-registered']);
  strictEqual(desk.book.row('sdx', days(-15))?.now.class, 'suspended');
  deepStrictEqual(desk.book.row('SDX', days(-15))?.now.services, []);
  deepStrictEqual(desk.book.row('SDX', NOW)?.now.services, ['broker-dealer', 'custody', 'exchange', 'derivatives']);
  strictEqual(desk.book.row('SDX', NOW)?.stage?.isLicence, false);
  strictEqual(desk.book.row('SDX', days(-41)), undefined);
});

test('each class of the register comes from the standing of a stage and from what it opens', async () => {
  const cases = [
    ['e3-noc-granted', undefined, ['noc']], ['e5-licence-application', undefined, ['aml-registered']], ['l1-limited-licence', ['exchange'], ['licensed']], ['l2-licensed', ['exchange', 'custody'], ['licensed']], ['t-transitional', ['exchange'], ['transitional']],
    ['e2-noc-application', undefined, []], ['s1-sandbox-application', undefined, []], ['s3-sandbox-test', ['issuance'], ['sandbox']], ['r-revoked', undefined, ['revoked']], ['e0-unauthorised', undefined, []],
  ] as const;
  for (const [i, [stage, services]] of cases.entries()) {
    await register(`case-${i}`, `CS${i}`);
    await move(`case-${i}`, null, stage, undefined, days(-60), services);
  }
  await register('letter', 'LTR');
  await move('letter', null, 'n-no-action', undefined, days(-60), ['exchange']);
  await desk.follow(app());
  for (const [i, [stage, , wanted]] of cases.entries()) deepStrictEqual(classes(`case-${i}`), wanted, stage);
  deepStrictEqual(classes('letter'), ['no-action']);
});

test('who leaves a status stays in the register as one who holds none, and a new application shows nothing', () => {
  const { book, ledger } = inventedBook();
  deepStrictEqual(book.periods('ltr').map((one) => [one.class, one.services]), [['no-action', ['advisory']], ['ended', []]]);
  book.apply(ledger.add({ kind: 'stage-changed', body: { firm: 'ltr', from: 'e0-unauthorised', to: 'e2-noc-application', effectiveFrom: days(-2), reasons: '', evidence: [] } }));
  strictEqual(book.row('LTR', NOW)?.now.class, 'ended');
  strictEqual(book.changes.at(-1)?.about === 'LTR' && book.changes.at(-1)?.entry === ledger.entries.length - 1, false);
  strictEqual(book.row('GGW', NOW), undefined);
});

test('what changed is told once, in the order of the ledger, without reasons', async () => {
  const { changes } = desk.book;
  deepStrictEqual(changes.map((one) => one.n), changes.map((_, i) => i));
  const bodies = changes.map((one) => one.body).join('\n');
  ok(!bodies.includes('For the test.') && !bodies.includes('officer'));
  ok(changes.every((one) => one.about !== 'DUN' && one.about !== 'CS5'));
  const stored = await withActor(app(), SYSTEM, (tx) => tx.query<{ body: string }>('select body from register.change order by n'));
  deepStrictEqual(stored.rows.map((row) => row.body), changes.map((one) => one.body));
});

test('views are folded again byte for byte, also when another server brought them along', async () => {
  const fresh = new RegisterDesk(framework);
  await fresh.follow(app());
  deepStrictEqual(fresh.book.changes, desk.book.changes);
  const refold = () => withTransaction(database.pool('nigran_owner'), (tx) => refoldViews(tx, registerViews, async () => void (await rebuildRegister(tx, framework, new MemoryObjects()))));
  deepStrictEqual(await refold(), []);
  await database.pool('nigran_owner').query(`update register.status set class = 'licensed' where firm = 'case-0'`);
  deepStrictEqual((await refold()).map((one) => [one.view, one.wrong, one.missing]), [['register.status', 1, 1]]);
  deepStrictEqual(await refold(), []);
});

test('the database refuses two classes of one firm at one instant, and members only read', async () => {
  await rejects(database.pool('nigran_owner').query(`insert into register.status (firm, during, class, services, entry) values ('case-3', int8range($1, null), 'noc', '{}', 1)`, [days(-1)]), /status_period/);
  const rows = await withActor(app(), { role: 'mlro', organisation: 'firm', firm: 'dune' }, (tx) => tx.query('select from register.status'));
  ok((rows.rowCount ?? 0) > 5);
  await rejects(withActor(app(), { role: 'mlro', organisation: 'firm', firm: 'dune' }, (tx) => tx.query(`insert into register.change values (999, 999, 'status', 'x', 1, '{}')`)), /row-level security/);
  strictEqual((await withActor(app(), { role: 'mlro', organisation: 'firm', firm: 'dune' }, (tx) => tx.query('delete from register.status'))).rowCount, 0);
});
