import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { accessMigrations, type Member } from '../access/index.ts';
import { pakistan } from '../framework/testing.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { SYSTEM, isKind, logMigrations, readEntries, withActor, type Tx } from '../log/index.ts';
import { DAY_US, instantOf, parseInstant, type Instant } from '../terms/index.ts';
import { changeStage, registerFirm } from './acts.ts';
import { capsOf, type WantedCap } from './conditions.ts';
import { readDossier } from './dossier-view.ts';
import { licensingMigrations } from './migrations.ts';
import { agree, proposeDecision } from './propose.ts';
import { readFirm } from './views.ts';

const framework = pakistan();
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const TWO = { actor: 'officer.a', second: 'officer.b', basis: 'as found' };
const A: Member = { account: 'officer.a', organisation: 'authority', roles: ['licensing-officer'] };
const B: Member = { account: 'officer.b', organisation: 'authority', roles: ['supervisor'] };
let database: TestDatabase;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations, ...licensingMigrations]);
});
after(() => database.drop());

const days = (count: number): Instant => instantOf(NOW + count * DAY_US);
const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withActor(database.pool('nigran_app'), SYSTEM, work);
const codeOf = (answer: object): string | undefined => ('code' in answer ? String(answer.code) : undefined);

async function found(firm: string, stage: string): Promise<void> {
  await act((tx) => registerFirm(tx, NOW, { firm, code: firm.toUpperCase().slice(0, 12), name: `${firm} (invented)`, synthetic: true }, TWO));
  strictEqual(codeOf(await act((tx) => changeStage(tx, NOW, framework, { firm, from: null, to: stage, effectiveFrom: days(-30), reasons: 'as found', evidence: [] }, TWO))), undefined);
}

const propose = (firm: string, caps: readonly WantedCap[]) => act(async (tx) => proposeDecision(tx, NOW, framework, { firm, seen: (await readDossier(tx, firm)).version, reasons: 'A cautious start.', evidence: [], caps: [...caps] }, A));

async function set(firm: string, caps: readonly WantedCap[]): Promise<void> {
  const waits = await propose(firm, caps);
  strictEqual('state' in waits && waits.state, 'waits', JSON.stringify(waits));
  const proposal = 'proposal' in waits ? waits.proposal : -1;
  strictEqual(codeOf(await act(async (tx) => agree(tx, NOW, framework, { firm, proposal, seen: (await readDossier(tx, firm)).version }, B))), undefined);
}

const binding = (firm: string, at = days(1)) => act(async (tx) => {
  const known = await readFirm(tx, { firm });
  return known === undefined ? [] : capsOf(framework, known, await readDossier(tx, firm), at).map((cap) => `${cap.limit.limit} ${cap.value}`);
});

test('a cap is a condition that two persons set; it has the decision as its source, is replaced, and is lifted', async () => {
  await found('quarry', 'e4-aml-registered');
  deepStrictEqual(await binding('quarry'), [], 'an unset limit is no limit');
  await set('quarry', [{ limit: 'e4.customers', value: 500 }, { limit: 'e4.traded-30d', value: 1_000_000_00 }]);
  deepStrictEqual(await binding('quarry'), ['e4.customers 500', 'e4.traded-30d 100000000']);
  deepStrictEqual(await binding('quarry', days(-1)), [], 'it binds from its instant on');
  await set('quarry', [{ limit: 'e4.customers', value: 900 }]);
  deepStrictEqual(await binding('quarry'), ['e4.customers 900', 'e4.traded-30d 100000000']);
  await set('quarry', [{ limit: 'e4.customers', value: null }]);
  deepStrictEqual(await binding('quarry'), ['e4.traded-30d 100000000']);
  const entries = (await act((tx) => readEntries(tx, { from: 0, kinds: ['conditions-set'], limit: 10 }))).flatMap((entry) => (isKind(entry, 'conditions-set') ? [entry] : []));
  for (const entry of entries) deepStrictEqual([entry.actor, entry.second, entry.basis], ['officer.a', 'officer.b', 'NOC Regulations 2025, reg. 17.1']);
  strictEqual(entries.length, 3);
});

test('a cap ends with what it was a condition of, and stands again when the firm comes back', async () => {
  await found('hillside', 'e4-aml-registered');
  await set('hillside', [{ limit: 'e4.customers', value: 10 }]);
  const step = (from: string, to: string, event: string, at: Instant) => act((tx) => changeStage(tx, NOW, framework, { firm: 'hillside', from, to, event, effectiveFrom: at, reasons: 'test', evidence: [] }, TWO));
  for (const [from, to, event, day] of [['e4-aml-registered', 'q-suspended', 'suspend', 2], ['q-suspended', 'e4-aml-registered', 'reinstate', 4]] as const) strictEqual(codeOf(await step(from, to, event, days(day))), undefined, event);
  deepStrictEqual([await binding('hillside', days(1)), await binding('hillside', days(3)), await binding('hillside', days(5))], [['e4.customers 10'], [], ['e4.customers 10']]);
});

test('a cap of no limit, of one that no event shows, of another standing, twice, or below nothing is refused', async () => {
  await found('marsh', 'e4-aml-registered');
  for (const caps of [
    [{ limit: 'e4.no-such', value: 1 }], [{ limit: 'e4.leverage', value: 3 }], [{ limit: 'e4.feed-lag', value: 60 }], [{ limit: 's3.customers', value: 5 }], [],
    [{ limit: 'e4.customers', value: 5 }, { limit: 'e4.customers', value: 6 }], [{ limit: 'e4.customers', value: -1 }], [{ limit: 'e4.customers', value: 1.5 }],
  ]) strictEqual(codeOf(await propose('marsh', caps)), 'CAP_INVALID', JSON.stringify(caps));
});
