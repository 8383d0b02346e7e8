import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { accessMigrations } from '../access/index.ts';
import { pakistan } from '../framework/testing.ts';
import { LicensingDesk, changeStage, licensingMigrations, registerFirm } from '../licensing/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { LocalObjects, SYSTEM, logMigrations, withActor, withTransaction, type Tx } from '../log/index.ts';
import { DAY_US, instantOf, parseInstant, type Instant, type Rejection } from '../terms/index.ts';
import { textPdf } from '../../sim/world/paper.ts';
import { ObligationBook, obligationMigrations, obligationViews, rebuildObligations } from './index.ts';

const framework = pakistan();
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const CLERK = { account: 'clerk', organisation: 'firm', roles: ['firm-compliance'], firm: 'sandhill' } as const;
const SUPERVISOR = { account: 'b', organisation: 'authority', roles: ['supervisor'] } as const;
let database: TestDatabase;
let folder: string;
let desk: LicensingDesk;
let book: ObligationBook;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations, ...licensingMigrations, ...obligationMigrations]);
  folder = mkdtempSync(join(tmpdir(), 'nigran-obligations-'));
  desk = new LicensingDesk(framework, new LocalObjects(folder));
  book = new ObligationBook(desk);
});
after(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const days = (count: number): Instant => instantOf(NOW + count * DAY_US);
const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withActor(database.pool('nigran_app'), SYSTEM, work);
const codeOf = (answer: object | Rejection): string | undefined => ('code' in answer ? String(answer.code) : undefined);
const stateOf = async (occurrence: string) => (await act((tx) => book.occurrences(tx, NOW))).get('sandhill')?.find((one) => one.owed.obligation.obligation === 'sandbox-incident-report' && one.occurrence === occurrence)?.state;

test('what is late is a breach once, a firm discharges it with its documents, an officer waives it with a reason', async () => {
  const by = { actor: 'a', second: 'b', basis: 'as found' };
  for (const [firm, facts] of [['sandhill', []], ['real', [{ text: 'A published fact.', source: 'A public page.' }]]] as const) {
    await act((tx) => registerFirm(tx, NOW, { firm, code: firm.toUpperCase(), name: firm, synthetic: facts.length === 0, facts: [...facts] }, by));
    strictEqual(codeOf(await act((tx) => changeStage(tx, NOW, framework, { firm, from: null, to: 's3-sandbox-test', effectiveFrom: days(-100), reasons: 'as found', evidence: [], services: ['issuance'] }, by))), undefined);
  }
  const incident = async (firm: string, day: number) => {
    const made = await act((tx) => desk.recordMoment(tx, NOW, { firm, event: 'incident-occurred', at: days(day), note: 'An outage.', evidence: [] }, SUPERVISOR));
    ok('index' in made, codeOf(made));
    return `#${made.index}`;
  };
  const [first, second] = [await incident('sandhill', -10), await incident('sandhill', -9)];
  await incident('real', -10);
  strictEqual(await stateOf(first), 'overdue');
  const noticed = await act((tx) => book.notice(tx, NOW));
  ok(noticed.every((entry) => entry.body.firm === 'sandhill'), 'nothing is found late of a real firm');
  ok(noticed.some((entry) => entry.body.notice === 'breach' && entry.body.occurrence === first && entry.basis.includes('Sandbox')), JSON.stringify(noticed.map((entry) => [entry.body, entry.basis])));
  strictEqual(await stateOf(first), 'breach');
  deepStrictEqual(await act((tx) => book.notice(tx, NOW)), [], 'once');
  const discharge = (wanted: object, who: object = CLERK) => act((tx) => book.discharge(tx, NOW, { firm: 'sandhill', obligation: 'sandbox-incident-report', occurrence: first, note: 'Report of the outage.', evidence: [], ...wanted }, who as typeof CLERK));
  strictEqual(codeOf(await discharge({})), 'DECISION_INVALID', 'without a document');
  strictEqual(codeOf(await discharge({ evidence: ['a'.repeat(64)] })), 'DECISION_INVALID', 'a document that nobody filed');
  strictEqual(codeOf(await discharge({}, { ...CLERK, firm: 'real' })), 'FORBIDDEN');
  strictEqual(codeOf(await discharge({ occurrence: '#99999' })), 'OBLIGATION_UNKNOWN');
  const filed = await act((tx) => desk.fileDocument(tx, NOW, { firm: 'sandhill', document: 'annex-report', title: 'Report', label: '1', language: 'en', bytes: textPdf(['Report']) }, CLERK));
  ok('body' in filed);
  strictEqual(codeOf(await discharge({ evidence: [filed.body.sha256] })), undefined);
  strictEqual(await stateOf(first), 'done');
  strictEqual(codeOf(await discharge({ evidence: [filed.body.sha256] })), 'OBLIGATION_UNKNOWN', 'twice');
  const waive = (wanted: object, who: object = SUPERVISOR) => act((tx) => book.waive(tx, NOW, { firm: 'sandhill', obligation: 'sandbox-incident-report', occurrence: second, reason: 'The same outage.', ...wanted }, who as typeof SUPERVISOR));
  strictEqual(codeOf(await waive({ reason: '' })), 'DECISION_INVALID');
  strictEqual(codeOf(await waive({}, CLERK)), 'FORBIDDEN');
  strictEqual(codeOf(await waive({}, { ...SUPERVISOR, conflicts: ['sandhill'] })), 'CONFLICT_OF_INTEREST');
  await byTwo(waive, second);
});

const OFFICER = { account: 'c', organisation: 'authority', roles: ['licensing-officer'] } as const;

/** What binds is waived by two persons, once, and by nobody with a conflict of interest. */
async function byTwo(waive: (wanted: object, who?: object) => Promise<object>, occurrence: string): Promise<void> {
  const proposed = await waive({});
  ok('waits' in proposed && proposed.waits === true, 'a duty that binds');
  const waiver = async () => (await act((tx) => book.occurrences(tx, NOW))).get('sandhill')?.find((one) => one.occurrence === occurrence && one.waiver !== undefined)?.waiver;
  const first = (await waiver())?.entry ?? -1;
  deepStrictEqual([await stateOf(occurrence), (await waiver())?.words], ['breach', 'The same outage.'], 'nothing is waived by one');
  strictEqual(codeOf(await waive({})), 'DECISION_STALE', 'one waiver at a time');
  const agree = (proposal: number, who: object = OFFICER) => act((tx) => book.agreeWaiver(tx, NOW, { firm: 'sandhill', proposal }, who as typeof OFFICER));
  const close = (note: string, who: object = OFFICER) => act((tx) => book.closeWaiver(tx, NOW, { firm: 'sandhill', proposal: first, note }, who as typeof OFFICER));
  strictEqual(codeOf(await agree(first, SUPERVISOR)), 'SECOND_PERSON_REQUIRED', 'the same person twice');
  strictEqual(codeOf(await agree(first, { ...OFFICER, conflicts: ['sandhill'] })), 'CONFLICT_OF_INTEREST');
  strictEqual(codeOf(await agree(first, CLERK)), 'FORBIDDEN');
  strictEqual(codeOf(await agree(9_999)), 'PROPOSAL_UNKNOWN');
  strictEqual(codeOf(await close('')), 'DECISION_INVALID', 'sent back without a word');
  strictEqual(codeOf(await close('Not the same outage.')), undefined);
  strictEqual(codeOf(await agree(first)), 'PROPOSAL_UNKNOWN');
  await waive({});
  const made = await agree((await waiver())?.entry ?? -1);
  ok('entry' in made && made.entry.kind === 'obligation-waived');
  deepStrictEqual([made.entry.actor, made.entry.second, await stateOf(occurrence)], ['b', 'c', 'waived']);
}

test('a framework that asks for two persons in nothing lets one waive; where it has not said, two', async () => {
  const made = await act((tx) => desk.recordMoment(tx, NOW, { firm: 'sandhill', event: 'incident-occurred', at: days(-8), note: 'Another outage.', evidence: [] }, SUPERVISOR));
  ok('index' in made);
  const waits = async (value: string | undefined) => {
    const parameters = new Map([...framework.parameters].map(([name, dated]) => [name, dated.map((one) => (name === 'waiver.two-people' ? { ...one, value } : one))]));
    const bent = new ObligationBook(new LicensingDesk({ ...framework, parameters }, new LocalObjects(folder)));
    let answer: object = {};
    await act(async (tx) => {
      answer = await bent.waive(tx, NOW, { firm: 'sandhill', obligation: 'sandbox-incident-report', occurrence: `#${made.index}`, reason: 'The same outage.' }, SUPERVISOR);
      throw new Error('undone');
    }).catch(() => undefined);
    return 'waits' in answer ? answer.waits : answer;
  };
  deepStrictEqual([await waits('none'), await waits('all'), await waits(undefined)], [false, true, true]);
});

test('a firm sees its own obligations alone, and the view is folded again byte for byte', async () => {
  const rows = (actor: Parameters<typeof withActor>[1]) => withActor(database.pool('nigran_app'), actor, async (tx) => (await tx.query('select from obligations.act')).rowCount ?? 0);
  ok(await rows({ role: 'firm-compliance', organisation: 'firm', firm: 'sandhill' }) > 2);
  deepStrictEqual([await rows({ role: 'firm-compliance', organisation: 'firm', firm: 'real' }), await rows({ role: 'fiu-analyst', organisation: 'fmu' }), await rows({ role: '' })], [0, 0, 0]);
  const owner = database.pool('nigran_owner');
  const dump = async () => Promise.all(obligationViews.map(async (view) => (await owner.query<{ row: string }>(`select t::text as row from ${view} t order by 1`)).rows));
  const stood = await dump();
  await withTransaction(owner, (tx) => rebuildObligations(tx));
  deepStrictEqual(await dump(), stood);
});
