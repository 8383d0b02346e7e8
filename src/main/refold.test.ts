import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Member } from '../access/index.ts';
import { LicensingDesk, changeStage, readFirm } from '../licensing/index.ts';
import { LocalObjects, SYSTEM, openPool, withActor } from '../log/index.ts';
import { DAY_US, instantOf } from '../terms/index.ts';
import { World as Nation } from '../../sim/index.ts';
import { importNameList } from '../screening/index.ts';
import { readListed } from '../../sim/world/listed.ts';
import { PACK_DIRECTORY, openFramework } from './framework.ts';
import { VIEWS, refoldHouse, type RefoldReport } from './refold.ts';
import { readSettings } from './settings.ts';
import { OddFirm, actAsOfficers, fileHistory, untilRest } from './testing/activity.ts';
import { openTrialHouse, type TrialHouse } from './trial-house.ts';
import { openWorld } from './world.ts';

const world = openWorld();
const SEED = 'refold';

describe('the views of a house in which everything happened', () => {
  let house: TrialHouse;
  let owner: pg.Pool;
  let stood: Map<string, string>;
  let capped: string;
  const first: RefoldReport[] = [];

  const refold = (shards: number): Promise<RefoldReport> => refoldHouse({ owner: house.connection('nigran_owner'), objects: join(house.home, 'objects'), framework: PACK_DIRECTORY, partitions: house.partitions, shards });

  before(async () => {
    const nation = new Nation({ seed: SEED, size: { people: 300, perTypology: 1 }, from: instantOf(world.clock() - 8 * DAY_US), days: 5 });
    house = await openTrialHouse({ settings: { ...readSettings({}), seed: SEED, size: 'small' }, world, nation, say: () => undefined });
    await fileHistory(house, nation, world);
    const pool = openPool(house.connection('nigran_app'), 2);
    ok((await actAsOfficers(pool, world.clock)) > 10, 'officers were at work');
    await beOdd(house, nation);
    capped = await passCap(house, nation, pool);
    await moveOn(pool);
    await listSomebody(house, pool);
    await untilRest(house);
    ok((await actAsOfficers(pool, world.clock)) > 0, 'and once more');
    await pool.end();
    await house.rest();
    owner = openPool(house.connection('nigran_owner'), 2);
    stood = await dump(owner);
  });
  after(async () => {
    // A house that did not come so far is stopped all the same.
    await owner?.end();
    await house?.stop();
  });

  test('hold what they are to hold', () => {
    for (const view of VIEWS) if (!MAY_BE_EMPTY.has(view)) ok((stood.get(view) ?? '').length > 0, `${view} has rows`);
    for (const state of ['waiting', 'approved', 'sent-back', 'withdrawn', 'done-alone']) ok(stood.get('alerts.decision')?.includes(`,${state},`) === true, `a decision is ${state}`);
  });

  test('a cap that two officers set raised a finding about the firm, with clause and events, and its alert', async () => {
    const found = await owner.query<{ firm: string; body: { measures: { value: number; threshold: number; clause: string }[]; evidence: { id: string }[] }; subject: string }>(
      `select m.firm, m.body, a.subject from monitor.finding m join alerts.finding f on f.finding = m.id join alerts.alert a on a.id = f.alert where m.rule = 'cap-customers' and m.state <> 'withdrawn'`);
    const [row] = found.rows;
    const [measure] = row?.body.measures ?? [];
    ok(measure !== undefined && row !== undefined);
    deepStrictEqual([found.rows.length, row.firm, row.subject, measure.value - measure.threshold], [1, capped, `firm:${capped}`, 1]);
    ok(measure.clause.startsWith('NOC Regulations 2025, reg. 17.1; decision of entry '), measure.clause);
    ok(row.body.evidence.length > 1);
  });

  for (const shards of [1, 2, 3, 5]) {
    test(`are folded from the log by ${shards} shards, byte for byte`, async () => {
      const report = await refold(shards);
      first.push(report);
      deepStrictEqual([report.views, report.faults, report.identical], [[], [], true]);
      deepStrictEqual(await dump(owner), stood);
      deepStrictEqual([report.findingsHash, report.stateHash, report.events], [first[0]?.findingsHash, first[0]?.stateHash, first[0]?.events]);
      ok(report.findings > 0 && report.events > 500);
    });
  }

  for (const [view, bend] of [
    ['licensing.stage', `update licensing.stage set stage = 'l1-licensed' where ctid = (select min(ctid) from licensing.stage)`],
    ['screening.list_version', `update screening.list_version set version = '2030-01-01' where ctid = (select min(ctid) from screening.list_version)`],
    ['intake.customer', `update intake.customer set person = gen_random_uuid() where ctid = (select min(ctid) from intake.customer)`],
    ['intake.reported', `update intake.reported set units = units + 1 where ctid = (select min(ctid) from intake.reported)`],
    ['intake.daily', `update intake.daily set rejected = rejected + 1 where ctid = (select min(ctid) from intake.daily)`],
    ['monitor.finding', `delete from monitor.finding where ctid = (select min(ctid) from monitor.finding)`],
    ['monitor.change', `update monitor.change set at = at + 1 where ctid = (select min(ctid) from monitor.change)`],
    ['monitor.decided', `update monitor.decided set decided = decided + 1 where ctid = (select min(ctid) from monitor.decided)`],
    ['alerts.alert', `update alerts.alert set severity = 'low', score = 1 where id = (select max(id) from alerts.alert)`],
    ['alerts.decision', `update alerts.decision set note = 'bent' where id = 1`],
    ['alerts.step', `insert into alerts.step (alert, n, at, by_account, what) values (1, 999, 1, 'nobody', 'escalated')`],
    ['alerts.evidence', `delete from alerts.evidence where ctid = (select min(ctid) from alerts.evidence)`],
  ] as const) {
    test(`a row of ${view} that was changed by hand is named and put right`, async () => {
      strictEqual((await owner.query(bend)).rowCount, 1, 'one row was bent');
      const report = await refold(2);
      deepStrictEqual([report.identical, report.views.map((one) => one.view)], [false, [view]]);
      ok((report.views[0]?.examples.length ?? 0) > 0);
      deepStrictEqual(await dump(owner), stood);
    });
  }

  test('an entry that was changed shows in the ledger\'s head', async () => {
    await owner.query(`update log.entry set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'synthetic', 'Synthetic'), 'UTF8') where index = 0`);
    const report = await refold(1);
    deepStrictEqual([report.identical, report.entries, report.views], [false, 0, []], 'nothing is folded from it');
    deepStrictEqual(await dump(owner), stood);
    ok(report.faults.some((fault) => fault.includes('entry 0')), report.faults.join('; '));
    await owner.query(`update log.entry set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), 'Synthetic', 'synthetic'), 'UTF8') where index = 0`);
    strictEqual((await refold(1)).identical, true);
  });
});

/** Nobody warns, complains, takes a register or bears a listed name in here: the tests of `register` and of `screening/hits` fold those views again. */
const MAY_BE_EMPTY = new Set(['screening.list_held', 'intake.feed', 'register.warning', 'register.complaint', 'register.foreign_state', 'register.foreign_record']);

/** Every row of every view as text, in the order of the text. */
async function dump(owner: pg.Pool): Promise<Map<string, string>> {
  const rows = await Promise.all(VIEWS.map(async (view) => [view, (await owner.query<{ row: string }>(`select t::text as row from ${view} t order by 1`)).rows.map((one) => one.row).join('\n')] as const));
  return new Map(rows);
}

/** A merge of two ids with activity under both, and a batch that no worker can decide. */
async function beOdd(house: TrialHouse, nation: Nation): Promise<void> {
  const [one, two] = nation.firms.filter((firm) => firm.share > 0).map((firm) => new OddFirm(house, world, firm.id));
  ok(one !== undefined && two !== undefined);
  await one.onboard('odd-a', { cnic: '0012345678901' });
  await two.onboard('odd-b', { passport: 'ZZ0012345' });
  await one.pay('odd-a', ['450000', '460000', '470000']);
  await two.pay('odd-b', ['480000', '455000', '465000']);
  await one.onboard('odd-c', { cnic: '0012345678901', passport: 'ZZ0012345' });
  await two.pay('odd-b', ['475000']);
  await one.onboard('odd-poison', { cnic: '0099999999999' });
  strictEqual((await one.pay('odd-poison', ['90000000000000', '90000000000000'])).accepted, 2, 'two sums that no worker can add up are taken in');
  await two.pay('odd-b', ['476000']);
  for (const [i, wallet] of readListed().evm.slice(0, 4).entries()) {
    await two.onboard(`odd-listed-${i}`, { cnic: `00777777777${i}1` });
    strictEqual((await two.withdraw(`odd-listed-${i}`, wallet)).accepted, 1);
  }
}

/** Somebody who was onboarded is proscribed by number: the watch in the vault's process finds them and orders the freeze. */
async function listSomebody(house: TrialHouse, pool: pg.Pool): Promise<void> {
  const version = new Date(Math.floor(world.clock() / 1_000)).toISOString().slice(0, 10);
  const entry = {
    list: 'nacta', entry: '1', schema: 'Person' as const, names: [{ text: 'Invented Proscribed', kind: 'primary' as const, quality: 'strong' as const }], fatherNames: [], birthDates: [], nationalities: [], gender: null,
    identifiers: [{ kind: 'cnic' as const, value: '0012345678901', country: 'pk' }], places: [], programs: [], wallets: [],
  };
  const taken = await withActor(pool, SYSTEM, (tx) => importNameList(tx, world.clock(), { objects: new LocalObjects(join(house.home, 'objects')), framework: openFramework(PACK_DIRECTORY) },
    { list: 'nacta', version, publishedAt: instantOf(world.clock() - DAY_US), source: 'a trial', entries: [entry], rows: 1, folded: 0, quarantined: [] }, { actor: 'lists', basis: 'a trial' }));
  ok('body' in taken, JSON.stringify(taken));
  const freezes = async (): Promise<number> => (await withActor(pool, SYSTEM, (tx) => tx.query('select from screening.asset_freeze'))).rowCount ?? 0;
  for (let turns = 0; turns < 120 && await freezes() === 0; turns += 1) await sleep(500);
  ok(await freezes() > 0, 'the freeze is ordered');
}

/** A firm moves to another stage. */
async function moveOn(pool: pg.Pool): Promise<void> {
  const framework = openFramework(PACK_DIRECTORY);
  const moved = await withActor(pool, SYSTEM, async (tx) => {
    for (const { firm } of (await tx.query<{ firm: string }>(`select firm from licensing.firm where synthetic order by number`)).rows) {
      const held = (await readFirm(tx, { firm }))?.held.at(-1);
      const step = framework.steps.find((each) => each.fromStage === held?.stage && each.toStage !== held.stage && each.gates.length === 0);
      if (held === undefined || step === undefined) continue;
      const done = await changeStage(tx, world.clock(), framework, { firm, from: held.stage, to: step.toStage, event: step.event, effectiveFrom: instantOf(world.clock() - DAY_US), reasons: 'a trial', evidence: [], services: [] }, { actor: 'licensing', second: 'supervisor', basis: 'a trial' });
      if (!('code' in done)) return true;
    }
    return false;
  });
  ok(moved, 'a firm moved to another stage');
}

/** Two officers cap a certificate holder at one customer more than it has, and it takes three. */
async function passCap(house: TrialHouse, nation: Nation, pool: pg.Pool): Promise<string> {
  const desk = new LicensingDesk(openFramework(PACK_DIRECTORY), new LocalObjects(join(house.home, 'objects')));
  const [a, b]: Member[] = [{ account: 'zafar', organisation: 'authority', roles: ['licensing-officer'] }, { account: 'sana', organisation: 'authority', roles: ['supervisor'] }];
  ok(a !== undefined && b !== undefined);
  const firm = await withActor(pool, SYSTEM, async (tx) => {
    // The last one: the first is moved on later, into a stage in which the cap does not bind.
    for (const { id } of nation.firms.filter((each) => each.share > 0).toReversed()) if ((await readFirm(tx, { firm: id }))?.held.at(-1)?.stage === 'e4-aml-registered') return id;
    throw new Error('a firm holds a certificate');
  });
  await withActor(pool, SYSTEM, async (tx) => {
    const now = world.clock();
    const seen = (await desk.read(tx, firm)).version;
    const has = await tx.query<{ customers: number }>('select count(*)::int as customers from intake.customer where firm = $1', [firm]);
    const waits = await desk.propose(tx, now, { firm, seen, reasons: 'a trial', evidence: [], caps: [{ limit: 'e4.customers', value: (has.rows[0]?.customers ?? 0) + 1 }] }, a);
    ok('proposal' in waits, JSON.stringify(waits));
    ok('entry' in await desk.agree(tx, now, { firm, proposal: waits.proposal, seen }, b));
  });
  // The trial's events happened two seconds before they are filed: the cap binds from its own instant on.
  await sleep(2_500);
  const odd = new OddFirm(house, world, firm, `cap-${firm}`);
  for (const n of [1, 2, 3]) await odd.onboard(`odd-cap-${n}`, { cnic: `008888888888${n}` });
  return firm;
}
