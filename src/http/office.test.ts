/** At the officers' side: a later revision of the framework is weighed, proposed for a day and adopted by another person; a firm's people are seen by position and share. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { StaffDesk, accessMigrations, type Session } from '../access/index.ts';
import { consoleRoutes } from '../contract/console.ts';
import { filesOf, pakistan } from '../framework/testing.ts';
import { LicensingDesk, changeStage, licensingMigrations, registerFirm } from '../licensing/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { LocalObjects, SYSTEM, logMigrations, withActor, type Tx } from '../log/index.ts';
import { DAY_US, instantOf, parseInstant } from '../terms/index.ts';
import type { Call } from './staff.ts';
import { adoptionRoutes } from './staff/adoption.ts';
import { firmPeopleRoutes } from './staff/firm-people.ts';
import type { DossierGround } from './staff/dossiers.ts';

type Routes = ReturnType<typeof adoptionRoutes> & ReturnType<typeof firmPeopleRoutes>;

let now = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const framework = pakistan();
const secret = (account: string): Uint8Array => Buffer.from(account.padEnd(20, '.')).subarray(0, 20);
let database: TestDatabase;
let folder: string;
let staff: StaffDesk;
let routes: Routes;
let licensing: LicensingDesk;

const sessionOf = (account: string, role: 'policy' | 'supervisor'): Session => ({
  id: account, name: account, member: { account, organisation: 'authority', roles: [role] }, office: role, enrolling: false, hasPasskey: false, expires: instantOf(now + DAY_US), actor: { role, account, organisation: 'authority' },
});

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations, ...licensingMigrations]);
  folder = mkdtempSync(join(tmpdir(), 'nigran-adoption-'));
  const pool = database.pool('nigran_app');
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
  staff = new StaffDesk({ pool, random, synthetic: true, party: { name: 'test', origin: 'http://localhost:1' } });
  for (const account of ['paro', 'sana']) await staff.letIn(now, { account, name: account, organisation: 'authority', roles: ['supervisor'] }, { actor: 'test', basis: 'test' }, { password: 'synthetic', totp: secret(account) });
  licensing = new LicensingDesk(framework, new LocalObjects(folder));
  await withActor(pool, SYSTEM, (tx) => licensing.holdToPack(tx, now, { actor: 'start', basis: 'as found' }));
  const card = (id: string, stage: string) => ({ id, ref: { code: id.toUpperCase(), name: { en: id, ur: id }, invented: true }, stage: { id: stage } });
  const cards = [card('licensed', 'l2-licensed'), card('applying', 'e2-noc-application')];
  const ground = Object.assign({} as DossierGround, { pool, desk: staff, licensing, directory: { all: () => cards, byCode: (code: string) => cards.find((one) => one.ref.code === code) } });
  routes = { ...adoptionRoutes(ground), ...firmPeopleRoutes(ground) };
});
after(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Calls a route, and again with presence where it is asked for. */
async function ask(name: keyof Routes, who: 'paro' | 'sana', given: { readonly params?: object; readonly body?: object }): Promise<Record<string, unknown>> {
  const session = sessionOf(who, who === 'paro' ? 'policy' : 'supervisor');
  const handle = routes[name] as (call: Call<typeof name>) => Promise<object>;
  const asked = (body: object) => handle(Object.assign({} as Call<typeof name>, { ...given, body, session, now })) as Promise<Record<string, unknown>>;
  const first = await asked(given.body ?? {});
  if (first['code'] !== 'STEP_UP_REQUIRED') return first;
  now = instantOf(now + 60_000_000);
  const { hash } = first['detail'] as { hash: string };
  const proven = await staff.stepUp(now, session, { method: 'totp', hash, code: StaffDesk.demoCode(secret(who), now) });
  ok('ticket' in proven, JSON.stringify(proven));
  return asked({ ...given.body, stepUp: proven.ticket });
}

/** Pakistan's pack with its files changed. */
function packWith(...bends: readonly (readonly [file: string, from: string | RegExp, to: string])[]): { files: { name: string; text: string }[] } {
  const files = filesOf('pk-pvara-2026');
  for (const [file, from, to] of [['pack.yaml', /revision: \d+/, `revision: ${framework.revision + 1}`] as const, ...bends]) files.set(file, (files.get(file) ?? '').replace(from, to));
  return { files: [...files].map(([name, text]) => ({ name, text })) };
}

test('a pack with faults is told with file, line, code and remedy, and nothing of it is kept', async () => {
  const weighed = consoleRoutes.weighPack.response.parse(await ask('weighPack', 'paro', { body: packWith(['clocks.yaml', '  start: apply-noc\n', '']) }));
  deepStrictEqual([weighed.difference, weighed.faults[0]?.file, weighed.faults[0]?.code, (weighed.faults[0]?.line ?? 0) > 10, (weighed.faults[0]?.remedy ?? '').length > 10], [null, 'clocks.yaml', 'PACK_CLOCK_NO_START', true, true]);
  const none = consoleRoutes.weighPack.response.parse(await ask('weighPack', 'paro', { body: { files: [{ name: 'x.yaml', text: '&a [*a, *a]' }] } }));
  ok(none.difference === null && none.faultsTotal > 20, 'every file is missing');
  strictEqual((await ask('packDifference', 'sana', { params: { hash: 'a'.repeat(64) } }))['code'], 'NOT_FOUND');
});

test('a revision is compared in words with the firms that it concerns, proposed for a day, looked at by another person and adopted', async () => {
  const body = packWith(['clocks.yaml', 'length: "60 calendar days"', 'length: "45 calendar days"'], ['obligations.yaml', /(obligation: periodic-returns[\s\S]*?)workingRepeats: monthly/, '$1workingRepeats: quarterly']);
  const { difference } = consoleRoutes.weighPack.response.parse(await ask('weighPack', 'paro', { body }));
  ok(difference !== null && difference.to.revision === framework.revision + 1);
  const clock = difference.changes.find((one) => one.kind === 'clock' && one.id === 'noc.decision');
  ok(clock?.words.includes('45 calendar days') === true, JSON.stringify(clock));
  deepStrictEqual(difference.changes.find((one) => one.id === 'periodic-returns')?.firms.map((firm) => firm.code), ['LICENSED']);
  ok(difference.firms.some((firm) => firm.code === 'LICENSED'));
  strictEqual((await ask('packDifference', 'sana', { params: { hash: difference.to.hash } }))['code'], 'NOT_FOUND', 'nobody has proposed it yet');
  const day = instantOf(now + 30 * DAY_US);
  strictEqual((await ask('proposePack', 'paro', { body: { ...difference.to, reasons: 'The rules are shorter.', effectiveFrom: instantOf(now - DAY_US) } }))['code'], 'DECISION_INVALID');
  const proposed = await ask('proposePack', 'paro', { body: { ...difference.to, reasons: 'The rules are shorter.', effectiveFrom: day } });
  strictEqual(proposed['waits'], true, JSON.stringify(proposed));
  const standing = async (who: 'paro' | 'sana') => consoleRoutes.adoption.response.parse(await ask('adoption', who, {}));
  deepStrictEqual((await standing('sana')).waits.map((one) => [one.hash, one.effectiveFrom, one.known, one.maySecond]), [[difference.to.hash, day, true, true]]);
  deepStrictEqual((await standing('paro')).waits.map((one) => one.maySecond), [false]);
  const seen = consoleRoutes.packDifference.response.parse(await ask('packDifference', 'sana', { params: { hash: difference.to.hash } }));
  deepStrictEqual(seen.changes, difference.changes, 'the second person sees what the first one saw');
  const params = { proposal: Number(proposed['entry']) };
  strictEqual((await ask('adoptPack', 'paro', { params }))['code'], 'FORBIDDEN');
  strictEqual((await ask('adoptPack', 'sana', { params }))['waits'], false);
  const after_ = await standing('sana');
  deepStrictEqual([after_.adopted?.hash, after_.coming?.hash, after_.coming?.from, after_.waits], [framework.hash, difference.to.hash, day, []]);
});

test('a firm\'s people: who fills each position, who owns how much, who was screened and judged, each by the newest filing', async () => {
  const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withActor(database.pool('nigran_app'), SYSTEM, work);
  const by = { actor: 'a', second: 'b', basis: 'as found' };
  await act((tx) => registerFirm(tx, now, { firm: 'applying', code: 'APPLYING', name: 'Applying (invented)', synthetic: true }, by));
  await act((tx) => changeStage(tx, now, framework, { firm: 'applying', from: null, to: 'e2-noc-application', effectiveFrom: instantOf(now - DAY_US), reasons: 'as found', evidence: [] }, by));
  const clerk = { account: 'clerk', organisation: 'firm', roles: ['firm-compliance'], firm: 'applying' } as const;
  const officer = { account: 'lina', organisation: 'authority', roles: ['licensing-officer'] } as const;
  const file = (form: string, about: string, answers: Parameters<typeof licensing.fileForm>[2]['answers']) => act((tx) => licensing.fileForm(tx, now, { firm: 'applying', form, about, answers, sealed: 'a.b.c.d.e', sealedFields: [] }, clerk));
  const owner = (share: string) => ({ interest: [{ share, 'beneficial-owner': true }] });
  for (const [about, share] of [['owner-1', '19.99'], ['owner-2', '20'], ['owner-3', '60']] as const) ok('entry' in await file('a2', about, owner(share)), about);
  ok('entry' in await file('a2', 'owner-1', owner('5')), 'the newest filing counts');
  const role = framework.forms.get('a3')?.at(-1)?.sections.flatMap((section) => section.fields.map((field) => ({ section: section.section, ...field }))).find((field) => field.type === 'role');
  ok(role !== undefined);
  ok('entry' in await file('a3', 'person-1', { [role.section]: [{ [role.field]: 'ceo' }] }));
  const seen = (await act((tx) => licensing.read(tx, 'applying'))).version;
  const criteria = framework.gates.get('noc.people')?.at(-1)?.criteria?.map((criterion) => ({ criterion, note: 'Seen.' })) ?? [];
  const judged = await act((tx) => licensing.judgeGate(tx, now, { firm: 'applying', gate: 'noc.people', outcome: 'unmet', seen, reasons: 'Seen.\nA3 person-1: not fit and proper', evidence: [], criteria }, officer));
  ok('index' in judged, JSON.stringify(judged));
  const read = async () => consoleRoutes.firmPeople.response.parse(await ask('firmPeople', 'sana', { params: { code: 'APPLYING' } }));
  const told = await read();
  deepStrictEqual(told.owners.map((one) => [one.about, one.share, one.controls, one.n, one.screening, one.fitness]), [['owner-3', 0.6, true, 1, 'not-run', null], ['owner-2', 0.2, true, 1, 'not-run', null], ['owner-1', 0.05, false, 2, 'not-run', null]]);
  deepStrictEqual([told.controlFrom?.share, told.controlFrom?.provenance.status], [0.2, 'prescribed']);
  deepStrictEqual(told.positions.find((one) => one.role === 'ceo')?.filledBy.map((one) => [one.about, one.fitness]), [['person-1', { fit: false, entry: judged.index, by: 'lina' }]]);
  deepStrictEqual(told.positions.filter((one) => one.needed === 'certificate' && one.filledBy.length === 0).length, 7, 'seven of the eight are missing');
  await file('a3', 'person-1', { [role.section]: [{ [role.field]: 'ceo' }] });
  strictEqual((await read()).positions.find((one) => one.role === 'ceo')?.filledBy[0]?.fitness, null, 'a newer version was judged by nobody');
  strictEqual((await ask('firmPeople', 'sana', { params: { code: 'NOWHERE' } }))['code'], 'NOT_FOUND');
});
