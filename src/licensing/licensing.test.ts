import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pakistan } from '../framework/testing.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { SYSTEM, logMigrations, readEntries, withActor, withTransaction, type Entry } from '../log/index.ts';
import { DAY_US, instantOf, parseInstant, type Instant, type Rejection } from '../terms/index.ts';
import { FirmDirectory, changeStage, licensingMigrations, parsePublishedFirms, readFirm, readFirms, rebuildLicensing, registerFirm, type NewFirm } from './index.ts';
import { recordMoment } from './record.ts';
import type { WantedStep } from './step.ts';
import { stageAt } from './views.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const framework = pakistan();
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const TWO = { actor: 'officer.a', second: 'officer.b', basis: 'NOC Regulations 2025' };
let database: TestDatabase;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...licensingMigrations]);
});
after(() => database.drop());

const days = (count: number): Instant => instantOf(NOW + count * DAY_US);
const register = (firm: NewFirm) => withActor(database.pool('nigran_app'), SYSTEM, (tx) => registerFirm(tx, NOW, firm, TWO));
const move = (firm: string, from: string | null, to: string, event: string | undefined, at: Instant, more: Partial<WantedStep> = {}) =>
  withActor(database.pool('nigran_app'), SYSTEM, (tx) => changeStage(tx, NOW, framework, { firm, from, to, ...(event === undefined ? {} : { event }), effectiveFrom: at, reasons: 'Assessed.', evidence: [], ...more }, TWO));
const invented = (firm: string, code: string): NewFirm => ({ firm, code, name: `${firm} (invented)`, synthetic: true });
const codeOf = (answer: Entry | Rejection): string | undefined => ('code' in answer ? answer.code : undefined);

test('a firm is registered once, gets the next number, and moves through its stages', async () => {
  const first = await register(invented('sandhill', 'SDX'));
  ok('body' in first);
  strictEqual(codeOf(await register(invented('sandhill', 'SDY'))), 'FIRM_TAKEN');
  strictEqual(codeOf(await register(invented('dune', 'sdx'))), 'FIRM_TAKEN', 'a code is taken in either case');
  const second = await register(invented('indus', 'IND'));
  ok('body' in second);
  strictEqual(second.body.number, first.body.number + 1);
  strictEqual(codeOf(await register(invented('Not An Id', 'NAI'))), 'DECISION_INVALID');
  strictEqual(codeOf(await move('nobody', null, 'e2-noc-application', undefined, days(-40))), 'FIRM_UNKNOWN');
  strictEqual(codeOf(await move('sandhill', null, 'e4-aml-registered', undefined, days(-40))), undefined);
  strictEqual(codeOf(await move('sandhill', 'e4-aml-registered', 'e5-licence-application', 'apply-licence', days(-35))), 'GATE_UNMET');
  strictEqual(codeOf(await move('sandhill', 'e4-aml-registered', 'q-suspended', 'suspend', days(-30))), undefined);
  strictEqual(codeOf(await move('sandhill', 'e4-aml-registered', 'q-suspended', 'suspend', days(-20))), 'DECISION_STALE');
  strictEqual(codeOf(await move('sandhill', 'q-suspended', 'e4-aml-registered', 'reinstate', days(-10))), undefined);
  const pool = database.pool('nigran_app');
  const stages = await withActor(pool, SYSTEM, async (tx) => {
    const held: (string | undefined)[] = [];
    for (const day of [-41, -40, -30, -11, -10, 5]) held.push((await stageAt(tx, 'sandhill', days(day)))?.stage);
    return held;
  });
  deepStrictEqual(stages, [undefined, 'e4-aml-registered', 'q-suspended', 'q-suspended', 'e4-aml-registered', 'e4-aml-registered']);
});

test('a licence names its services, and a variation changes them from its day on', async () => {
  await register(invented('karakoram', 'KKX'));
  strictEqual(codeOf(await move('karakoram', null, 'l2-licensed', undefined, days(-20))), 'STAGE_SERVICES_WRONG');
  strictEqual(codeOf(await move('karakoram', null, 'l2-licensed', undefined, days(-20), { services: ['exchange'] })), undefined);
  strictEqual(codeOf(await move('karakoram', 'l2-licensed', 'l2-licensed', 'vary', days(-5), { services: ['exchange'] })), 'GATE_UNMET', 'nobody was heard');
  const heard = { firm: 'karakoram', event: 'hearing-held', at: days(-6), note: 'Heard.', evidence: [] };
  await withActor(database.pool('nigran_app'), SYSTEM, (tx) => recordMoment(tx, NOW, framework, heard, { account: 'officer.a', organisation: 'authority', roles: ['supervisor'] }));
  strictEqual(codeOf(await move('karakoram', 'l2-licensed', 'l2-licensed', 'vary', days(-5), { services: ['exchange', 'lending'] })), undefined);
  const directory = await fold();
  const firm = directory.byId('karakoram');
  const permits = (service: number, at: Instant): boolean => directory.permits(firm?.number ?? 0, service, at);
  deepStrictEqual([permits(5, days(-6)), permits(5, days(-5)), permits(4, days(-6)), permits(6, days(-1))], [false, true, true, false]);
});

test('two officers who move one firm at once move it once', async () => {
  await register(invented('twice', 'TWC'));
  const pool = database.pool('nigran_app');
  const step = { firm: 'twice', from: null, to: 'e2-noc-application', effectiveFrom: days(-3), reasons: 'Assessed.', evidence: [] };
  let second: Promise<Entry | Rejection> | undefined;
  const first = await withActor(pool, SYSTEM, async (tx) => {
    const answer = await changeStage(tx, NOW, framework, step, TWO);
    second = withActor(pool, SYSTEM, (other) => changeStage(other, NOW, framework, step, TWO));
    // The second officer's act must be under way, and wait, before the first one's commits.
    while ((await pool.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rowCount === 0);
    return answer;
  });
  deepStrictEqual([codeOf(first), second === undefined ? 'none' : codeOf(await second)], [undefined, 'DECISION_STALE']);
});

test('Binance and HTX stand as their NOCs of 12 December 2025, with sourced facts and nothing else', async () => {
  const published = parsePublishedFirms(readFileSync(join(ROOT, 'data', 'published-firms.json'), 'utf8'));
  deepStrictEqual(published.map((one) => one.firm.firm), ['binance', 'htx']);
  for (const { firm, stage, since } of published) {
    ok('body' in await register(firm));
    strictEqual(codeOf(await move(firm.firm, null, stage, undefined, since)), undefined);
  }
  const firm = await withActor(database.pool('nigran_app'), SYSTEM, (tx) => readFirm(tx, { code: 'binance' }));
  strictEqual(firm?.synthetic, false);
  deepStrictEqual(firm.held.map((one) => [one.stage, one.from]), [['e3-noc-granted', parseInstant('2025-12-11T19:00:00Z')]]);
  ok(firm.facts.length > 0 && firm.facts.every((fact) => fact.source.includes('https://')));
});

test('the views equal the fold, and folded again they are the same bytes', async () => {
  const owner = database.pool('nigran_owner');
  const dump = async (): Promise<string> => JSON.stringify([
    (await owner.query('select * from licensing.firm order by number')).rows, (await owner.query('select * from licensing.stage order by entry')).rows,
  ]);
  const before = await dump();
  const directory = await fold();
  deepStrictEqual(await readFirms(owner), directory.all().toSorted((a, b) => a.number - b.number));
  const folded = await withTransaction(owner, rebuildLicensing);
  ok(folded > 8);
  strictEqual(await dump(), before);
});

test('the database refuses two stages of one firm at an instant', async () => {
  const clash = `insert into licensing.stage (firm, stage, during, entry) select firm, stage, during, 999999 from licensing.stage where firm = 'sandhill' limit 1`;
  await rejects(database.pool('nigran_owner').query(clash), /stage_period/);
});

test('a firm\'s people see their own firm even where the query forgets; with no actor nothing is seen', async () => {
  const pool = database.pool('nigran_app');
  const asFirm = await withActor(pool, { role: 'mlro', organisation: 'firm', firm: 'indus' }, (tx) => readFirms(tx));
  deepStrictEqual(asFirm.map((firm) => firm.firm), ['indus']);
  strictEqual(await withActor(pool, { role: 'mlro', organisation: 'firm', firm: 'indus' }, (tx) => stageAt(tx, 'sandhill', NOW)), undefined);
  const stages = await withActor(pool, { role: 'mlro', organisation: 'firm', firm: 'sandhill' }, (tx) => tx.query<{ firm: string }>('select distinct firm from licensing.stage'));
  deepStrictEqual(stages.rows.map((row) => row.firm), ['sandhill']);
  deepStrictEqual(await withTransaction(pool, (tx) => readFirms(tx)), []);
  await rejects(withActor(pool, { role: 'supervisor', organisation: 'authority' }, (tx) => tx.query(`update licensing.firm set name = 'x'`)), /permission denied/);
});

async function fold(): Promise<FirmDirectory> {
  const directory = new FirmDirectory(framework);
  const entries = await withActor(database.pool('nigran_app'), SYSTEM, (tx) => readEntries(tx, { from: 0, limit: 1_000 }));
  for (const entry of entries) directory.apply(entry);
  return directory;
}
