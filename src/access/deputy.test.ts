import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM, logMigrations, readEntries, withActor, type Tx } from '../log/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { DAY_US, instantOf, parseInstant } from '../terms/index.ts';
import { conflictsOf, declareConflict, endConflict } from './conflict.ts';
import { agreeDeputy, closeDeputy, listDeputies, proposeDeputy, standsInOf } from './deputy.ts';
import { accessMigrations } from './migrations.ts';
import { registerOfficer } from './officer.ts';
import type { Member } from './roles.ts';

const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const days = (count: number) => instantOf(NOW + count * DAY_US);
const officer = (account: string, role: Member['roles'][number]): Member => ({ account, organisation: 'authority', roles: [role] });
const [SUPERVISOR, ADMIN, OFFICER, ANALYST, POLICY] = [officer('sana', 'supervisor'), officer('omar', 'administrator'), officer('lina', 'licensing-officer'), officer('amir', 'surveillance-analyst'), officer('paro', 'policy')];
let database: TestDatabase;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations]);
  await act(async (tx) => {
    for (const one of [SUPERVISOR, ADMIN, OFFICER, ANALYST, POLICY]) await registerOfficer(tx, NOW, { ...one, name: one.account }, { actor: 'test', basis: 'test' });
    await registerOfficer(tx, NOW, { account: 'clerk', name: 'clerk', organisation: 'firm', roles: ['mlro'], firm: 'sdx' }, { actor: 'test', basis: 'test' });
  });
});
after(() => database.drop());

const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withActor(database.pool('nigran_app'), SYSTEM, work);
const said = (answer: object): string => ('code' in answer ? `${String(answer.code)} ${'detail' in answer ? String(answer.detail) : ''}`.trim() : 'done');
const index = (answer: object): number => ('index' in answer ? Number(answer.index) : -1);

test('an officer declares a conflict of interest of their own; another one ends it, never they themself', async () => {
  const declare = (by: Member, firm = 'sdx', reason = 'My brother owns a tenth of it.') => act((tx) => declareConflict(tx, NOW, { firm, reason }, by));
  strictEqual(said(await declare(POLICY)), 'FORBIDDEN licensing-officer, supervisor, surveillance-analyst, senior-analyst, administrator');
  strictEqual(said(await declare(SUPERVISOR, 'sdx', ' ')), 'DECISION_INVALID reason');
  strictEqual(said(await declare({ ...SUPERVISOR, account: 'nobody' })), 'NOT_FOUND account');
  strictEqual(said(await declare(SUPERVISOR)), 'done');
  strictEqual(said(await declare(SUPERVISOR)), 'CONFLICT_KNOWN firm');
  deepStrictEqual(await act((tx) => conflictsOf(tx, 'sana')), ['sdx']);
  const end = (by: Member, account: string) => act((tx) => endConflict(tx, NOW, { account, firm: 'sdx', reason: 'He has sold it.' }, by));
  strictEqual(said(await end(SUPERVISOR, 'sana')), 'SECOND_PERSON_REQUIRED account');
  strictEqual(said(await end({ ...ADMIN, conflicts: ['sdx'] }, 'sana')), 'CONFLICT_OF_INTEREST firm', 'nobody who is torn themself');
  strictEqual(said(await end(OFFICER, 'sana')).split(' ')[0], 'FORBIDDEN');
  strictEqual(said(await end(ADMIN, 'lina')), 'CONFLICT_KNOWN firm');
  strictEqual(said(await end(ADMIN, 'sana')), 'done');
  deepStrictEqual(await act((tx) => conflictsOf(tx, 'sana')), []);
  const told = await act((tx) => readEntries(tx, { from: 0, kinds: ['conflict-declared', 'conflict-ended'], limit: 10 }));
  deepStrictEqual(told.map((entry) => [entry.kind, entry.actor]), [['conflict-declared', 'sana'], ['conflict-ended', 'omar']]);
});

const wanted = { account: 'sana', deputy: 'amir', role: 'supervisor', matters: 'conflicts' as const, from: days(-1), to: days(20), reason: 'Who is torn does not act.' };
const propose = (by: Member, change: object = {}) => act((tx) => proposeDeputy(tx, NOW, { ...wanted, ...change }, by));

test('what is no deputyship is refused by its code, with the key that does not fit', async () => {
  for (const [change, key] of [[{ reason: '' }, 'reason'], [{ to: days(-2) }, 'to'], [{ to: NOW, from: days(-3) }, 'to'], [{ to: days(900) }, 'to'], [{ deputy: 'sana' }, 'deputy'], [{ deputy: 'omar' }, 'deputy'], [{ deputy: 'clerk' }, 'deputy'],
    [{ deputy: 'nobody' }, 'deputy'], [{ account: 'clerk', role: 'mlro' }, 'account'], [{ account: 'nobody' }, 'account'], [{ role: 'no-such' }, 'role'], [{ role: 'senior-analyst' }, 'role'], [{ role: 'constructor' }, 'role']] as const) strictEqual(said(await propose(ADMIN, change)), `DEPUTY_INVALID ${key}`, JSON.stringify(change));
  strictEqual(said(await propose(ANALYST)).split(' ')[0], 'FORBIDDEN');
});

test('two persons set a deputy, who stands in while the period lasts and only for firms in which the officer is torn', async () => {
  const proposal = index(await propose(ADMIN));
  ok(proposal >= 0);
  strictEqual(said(await propose(SUPERVISOR)), 'DECISION_STALE it is proposed or set already');
  const agree = (by: Member, at = proposal) => act((tx) => agreeDeputy(tx, NOW, at, by));
  strictEqual(said(await agree(ADMIN)), 'SECOND_PERSON_REQUIRED');
  strictEqual(said(await agree(ANALYST)).split(' ')[0], 'FORBIDDEN');
  strictEqual(said(await agree({ ...ANALYST, roles: ['supervisor'] })), 'DEPUTY_INVALID deputy', 'the deputy does not appoint themself');
  const held = (at = NOW) => act((tx) => standsInOf(tx, at, 'amir'));
  deepStrictEqual(await held(), [], 'not by one person');
  strictEqual(said(await agree(SUPERVISOR)), 'done');
  strictEqual(said(await agree(SUPERVISOR)), 'PROPOSAL_UNKNOWN proposal');
  deepStrictEqual(await held(), [{ role: 'supervisor', account: 'sana', firms: [] }]);
  await act((tx) => declareConflict(tx, NOW, { firm: 'kpx', reason: 'A former employer.' }, SUPERVISOR));
  deepStrictEqual(await held(), [{ role: 'supervisor', account: 'sana', firms: ['kpx'] }]);
  deepStrictEqual([await held(days(-2)), await held(days(20))], [[], []], 'the period ends by itself');
  const [entry] = await act((tx) => readEntries(tx, { from: 0, kinds: ['deputy-set'], limit: 10 }));
  deepStrictEqual([entry?.actor, entry?.second], ['omar', 'sana']);
  strictEqual(said(await act((tx) => closeDeputy(tx, NOW, { proposal, note: '' }, SUPERVISOR))), 'DECISION_INVALID note');
  strictEqual(said(await act((tx) => closeDeputy(tx, NOW, { proposal, note: 'Back again.' }, SUPERVISOR))), 'done');
  deepStrictEqual([await held(), (await act((tx) => listDeputies(tx, NOW))).length], [[], 0]);
});

test('the authority sees its deputies; a firm and the FMU see none', async () => {
  strictEqual(said(await propose(ADMIN, { matters: 'all' })), 'done');
  const seen = (actor: Parameters<typeof withActor>[1]) => withActor(database.pool('nigran_app'), actor, async (tx) => (await listDeputies(tx, NOW)).length);
  deepStrictEqual([await seen({ role: 'supervisor', organisation: 'authority' }), await seen({ role: 'mlro', organisation: 'firm', firm: 'sdx' }), await seen({ role: 'fiu-analyst', organisation: 'fmu' })], [1, 0, 0]);
});
