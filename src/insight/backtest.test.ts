/** A threshold is turned, tried on what happened, agreed on by two, and judges what happens next; what was decided stays as it was. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openTestClickHouse } from '../log/engine/testing.ts';
import { Analytics, Projector, SYSTEM, makeEventsTable, withActor } from '../log/index.ts';
import { LAKH, PARAMETERS, START, days, hours, type Told } from '../monitor/engine/testing/cases.ts';
import { PARTITIONS, openHouse, testControl, type House } from '../monitor/worker/testing/house.ts';
import { agreeRules, closeRules, draftRules, newestSet, proposeRules, readDocument, readRuleStanding, setAt, type Draft } from '../monitor/rules/policy.ts';
import { DAY_US, INCOME_CLASSES, PROVINCES, instantOf } from '../terms/index.ts';
import { BacktestDesk, foldBacktest, insightMigrations, peopleByClass, type BacktestFound, type BacktestRow, type Outcome } from './index.ts';

let house: House;
const outcomes = new Map<string, Outcome>();
/** Persons of the cases, by number. */
const personOf = (n: number): string => people.get(n) ?? '';
const people = new Map<number, string>();
const directory = mkdtempSync(join(tmpdir(), 'nigran-back-tests-'));
let host: Awaited<ReturnType<typeof openTestClickHouse>>;
let analytics: Analytics;
let desk: BacktestDesk;
/** Slices after which the fold is stopped; what has been read by then. */
let stopAfter = Infinity;
let slices = 0;

function openDesk(): BacktestDesk {
  const made: BacktestDesk = new BacktestDesk({
    pool: house.pool, objects: house.objects, clock: () => house.now, outcomes: async () => outcomes, people: (until) => peopleByClass(analytics, until),
    fold: (order, checkpoint, tell, signal) => foldBacktest({ pool: house.pool, objects: house.objects, analytics, bytesMax: 2 ** 28, sliceRows: 4, control: testControl }, order, checkpoint, (rows, total) => {
      slices += 1;
      if (slices === stopAfter) void made.cancel(running);
      tell(rows, total);
    }, signal),
  });
  return made;
}
let running = 0;

/** Three payments just below the threshold within a day: `structuring` under three, silent under four. */
const profile = (person: number, at: number): Told => ({ kind: 'customer-changed', id: `c${person}`, at, person, province: PROVINCES.indexOf('sindh'), incomeClass: INCOME_CLASSES.indexOf('low') });
/** Seven of the twelve have said where they live and what they earn. */
const near = (person: number, n: number, at: number): Told[] => Array.from({ length: n }, (_, i): Told => ({ kind: 'fiat-in', id: `p${person}-${i}`, at: at + hours(i), paisa: 8 * LAKH, person, party: 'acc-1' }));

before(async () => {
  house = await openHouse(insightMigrations);
  for (let person = 1; person <= 12; person++) await house.admit(1, [...(person >= 6 ? [profile(person, days(person - 1))] : []), ...near(person, person <= 6 ? 3 : 5, days(person - 1))], days(person - 1) + hours(6));
  const { worker, ended } = house.start();
  await house.untilDecided();
  worker.stop();
  await ended;
  const found = await withActor(house.pool, SYSTEM, (tx) => tx.query<{ person: string; event_id: string }>(`select person, event_id from monitor.finding where rule = 'structuring'`));
  for (const row of found.rows) people.set(Number(/^p(\d+)-/.exec(row.event_id)?.[1]), row.person);
  const secret = randomBytes(8).toString('hex');
  host = await openTestClickHouse(directory, secret);
  analytics = new Analytics({ url: `http://127.0.0.1:${host.port}`, username: 'nigran', password: secret });
  await makeEventsTable(analytics);
  const projector = new Projector({ pool: house.pool, events: house.events, analytics, partitions: PARTITIONS });
  while ((await projector.turn()) > 0);
  for (let n = 1; n <= 12; n++) if (n % 3 !== 0) outcomes.set(personOf(n), n <= 6 ? 'dismissed' : 'escalated');
  desk = openDesk();
});
after(async () => {
  await desk.settle();
  await analytics.close();
  await host.close();
  await house.close();
  rmSync(directory, { recursive: true, force: true });
});

const base = async (): Promise<Awaited<ReturnType<typeof newestSet>>> => withActor(house.pool, SYSTEM, (tx) => newestSet(tx, house.objects));

async function drafted(...changes: { parameter: string; value: number }[]): Promise<{ base: string; draft: Draft; changes: typeof changes }> {
  const { set, document } = await base();
  const made = draftRules(document, PARAMETERS, changes);
  ok('draft' in made, JSON.stringify(made));
  return { base: set.hash, draft: made.draft, changes };
}

async function ended(desk: BacktestDesk, id: number): Promise<BacktestRow> {
  await desk.settle();
  const read = await desk.read(id);
  ok(read !== undefined);
  return read;
}
async function found(desk: BacktestDesk, id: number | object): Promise<BacktestFound> {
  const one = await ended(desk, Number(id));
  ok(one.found !== null, `${one.state} ${one.fault ?? ''}`);
  return one.found;
}

test('a stricter count is tried: who is dropped, by day and rule, and what officers had made of them', async () => {
  const wanted = await drafted({ parameter: 'structuring.count', value: 4 });
  deepStrictEqual(wanted.draft.touched, ['structuring']);
  const id = await desk.start({ ...wanted, from: START, to: instantOf(START + 30 * DAY_US) }, 'amina');
  strictEqual(typeof id, 'number');
  deepStrictEqual(await desk.start({ ...wanted, from: START, to: instantOf(START + DAY_US) }, 'amina'), { code: 'BACKTEST_BUSY', detail: String(id) }, 'one at a time');
  const { state, sha256, rowsDone, rowsTotal } = await ended(desk, Number(id));
  const is = await found(desk, id);
  deepStrictEqual([state, rowsDone, rowsTotal], ['done', 110, 110]);
  ok(sha256 !== null && await house.objects.has(sha256), 'the result lies in objects');
  deepStrictEqual(is.rules['structuring'], { base: 12, draft: 6 });
  deepStrictEqual([is.people, is.added, is.dropped], [{ base: 12, draft: 6 }, 0, 6]);
  deepStrictEqual(is.droppedPeople, [1, 2, 3, 4, 5, 6].map(personOf).sort());
  deepStrictEqual(is.judged, { escalated: { base: 4, draft: 4 }, dismissed: { base: 4, draft: 0 }, escalatedInAll: 4 });
  deepStrictEqual(Object.values(is.days).map((day) => day.people.base), Array.from({ length: 12 }, () => 1), 'one person a day');
  deepStrictEqual(is.provinces, { sindh: { people: 7, base: 7, draft: 6 }, unknown: { people: 5, base: 5, draft: 0 } });
  deepStrictEqual(is.incomes, { low: { people: 7, base: 7, draft: 6 }, unknown: { people: 5, base: 5, draft: 0 } });
});

test('a span counts its own events alone; what lies before is the memory of its windows', async () => {
  const wanted = await drafted({ parameter: 'structuring.count', value: 4 });
  const id = await desk.start({ ...wanted, from: instantOf(START + 2 * DAY_US + hours(1)), to: instantOf(START + 4 * DAY_US) }, 'amina');
  deepStrictEqual((await found(desk, id)).rules['structuring'], { base: 2, draft: 0 });
  deepStrictEqual(await desk.start({ ...wanted, from: START, to: START }, 'amina'), { code: 'REQUEST_INVALID', detail: 'span' });
});

test('stopped in the middle it goes on from there, or after a restart from its last whole fold, and finds the same', async () => {
  const wanted = await drafted({ parameter: 'structuring.count', value: 4 });
  const span = { from: START, to: instantOf(START + 30 * DAY_US) };
  [slices, stopAfter] = [0, Infinity];
  await found(desk, await desk.start({ ...wanted, ...span }, 'amina'));
  const whole = slices;
  for (const [after, other] of [[3, false], [3, true], [whole - 5, false], [whole - 5, true]] as const) {
    const latest = await desk.start({ ...wanted, from: START, to: instantOf(START + DAY_US) }, 'amina');
    await desk.settle();
    [slices, stopAfter, running] = [0, after, Number(latest) + 1];
    const id = Number(await desk.start({ ...wanted, ...span }, 'amina'));
    strictEqual((await ended(desk, id)).state, 'stopped');
    const read = slices;
    stopAfter = Infinity;
    const heir = other ? openDesk() : desk;
    strictEqual(await heir.resume(id), id);
    deepStrictEqual((await found(heir, id)).rules['structuring'], { base: 12, draft: 6 }, `after ${after}, ${other ? 'by another' : 'by the same'}`);
    if (!other) ok(slices - read <= whole - after, `what was read is not read again: ${slices - read} after ${after}`);
    deepStrictEqual(await heir.resume(id), { code: 'DECISION_STALE', detail: 'done' });
  }
  deepStrictEqual(await desk.cancel(999), { code: 'NOT_FOUND' });
});

test('a draft with a fault is refused with code, place and remedy', async () => {
  const { document } = await base();
  const codes = (...changes: { parameter: string; value: number }[]): string[] => {
    const made = draftRules(document, PARAMETERS, changes);
    return 'faults' in made ? made.faults.map((fault) => `${fault.code} ${fault.rule} ${fault.place}`.replaceAll(/ +/g, ' ')) : [];
  };
  deepStrictEqual(codes({ parameter: 'structuring.count', value: 2.5 }), ['VALUE_WRONG structuring.count']);
  deepStrictEqual(codes({ parameter: 'structuring.count', value: -1 }), ['VALUE_WRONG structuring.count']);
  deepStrictEqual(codes({ parameter: 'structuring.count', value: 0 }), ['ALWAYS_TRUE structuring of.0']);
  deepStrictEqual(codes({ parameter: 'funnel.senders', value: 5_000 }), ['THRESHOLD_OUT_OF_RANGE funnel of.1']);
  deepStrictEqual(codes({ parameter: 'pass.most', value: 0.5 }), ['UNREACHABLE pass-through of.2']);
  deepStrictEqual(codes({ parameter: 'near.share', value: 1 }), ['THRESHOLD_OUT_OF_RANGE near.share']);
  deepStrictEqual(codes({ parameter: 'no.such', value: 1 }), ['PARAMETER_UNKNOWN no.such']);
  deepStrictEqual(codes({ parameter: 'burst.count', value: 4 }, { parameter: 'burst.count', value: 5 }), ['VALUE_WRONG burst.count']);
  const bound = { ...document, parameters: { ...document.parameters, 'burst.count': { value: 3, unit: 'count' as const, status: 'prescribed' as const, clause: 'an Act' } } };
  const made = draftRules(bound, PARAMETERS, [{ parameter: 'burst.count', value: 4 }]);
  ok('faults' in made && made.faults[0]?.code === 'PARAMETER_PRESCRIBED' && made.faults[0].remedy !== '');
});

test('proposed by one and agreed by another it is in force from its day: next findings under the new set, old ones under the old', async () => {
  const { set: old } = await base();
  const reasons = 'synthetic: three is a family';
  const effectiveFrom = START + 20 * DAY_US;
  const act = <T>(work: (tx: Parameters<typeof proposeRules>[0]) => Promise<T>): Promise<T> => withActor(house.pool, SYSTEM, work);
  const propose = (over: object = {}) => act((tx) => proposeRules(tx, house.objects, PARAMETERS, house.now, { base: old.hash, changes: [{ parameter: 'structuring.count', value: 4 }], effectiveFrom, reasons, ...over }, 'amina'));
  deepStrictEqual(await propose({ base: 'ff' }), { code: 'DECISION_STALE', detail: 'base' });
  deepStrictEqual(await propose({ effectiveFrom: START }), { code: 'DECISION_INVALID', detail: 'effectiveFrom' }, 'the past keeps its rules');
  deepStrictEqual(await propose({ reasons: ' ' }), { code: 'DECISION_INVALID', detail: 'reasons' });
  deepStrictEqual(await propose({ changes: [] }), { code: 'DECISION_INVALID', detail: 'changes' });
  deepStrictEqual(await propose({ changes: [{ parameter: 'structuring.count', value: 0 }] }), { code: 'RULES_FAULTY', detail: 'ALWAYS_TRUE structuring of.0' });
  const proposed = await propose();
  ok('index' in proposed);
  deepStrictEqual(await propose(), { code: 'DECISION_STALE', detail: 'it is proposed already' });
  deepStrictEqual(await act((tx) => agreeRules(tx, house.objects, house.now, proposed.index, 'amina')), { code: 'SECOND_PERSON_REQUIRED' });
  const agreed = await act((tx) => agreeRules(tx, house.objects, house.now, proposed.index, 'bilal'));
  ok('index' in agreed && agreed.second === 'bilal' && agreed.body.effectiveFrom === effectiveFrom);
  deepStrictEqual(await act((tx) => agreeRules(tx, house.objects, house.now, proposed.index, 'bilal')), { code: 'PROPOSAL_UNKNOWN', detail: 'proposal' }, 'once');
  const { sets, proposals } = await act((tx) => readRuleStanding(tx));
  strictEqual(proposals[0]?.state, 'agreed');
  strictEqual(setAt(sets, effectiveFrom - 1)?.hash, old.hash);
  strictEqual(setAt(sets, effectiveFrom)?.hash, agreed.body.hash);
  const document = readDocument(await house.objects.get(agreed.body.hash));
  deepStrictEqual([document.parameters['structuring.count']?.value, document.parameters['structuring.count']?.status], [4, 'assumption']);

  await house.admit(1, near(20, 3, days(19)), days(19) + hours(6));
  await house.admit(1, [...near(21, 3, days(21)), ...near(22, 4, days(21))], days(21) + hours(6));
  const { worker, ended } = house.start();
  await house.untilDecided();
  worker.stop();
  await ended;
  const found = await act((tx) => tx.query<{ event_id: string; rule_set: string }>(`select event_id, rule_set from monitor.finding where rule = 'structuring' order by event_at`));
  deepStrictEqual(found.rows.slice(12).map((row) => [row.event_id, row.rule_set === old.hash ? 'old' : 'new']), [['p20-2', 'old'], ['p22-3', 'new']]);
  ok(found.rows.slice(0, 12).every((row) => row.rule_set === old.hash), 'what was found before stays as it was found');
});

test('a proposal drawn from a set that was followed by another is stale; one is taken back, another sent back with a note', async () => {
  const act = <T>(work: (tx: Parameters<typeof proposeRules>[0]) => Promise<T>): Promise<T> => withActor(house.pool, SYSTEM, work);
  const { set } = await base();
  const propose = async (value: number): Promise<number> => {
    const entry = await act((tx) => proposeRules(tx, house.objects, PARAMETERS, house.now, { base: set.hash, changes: [{ parameter: 'burst.count', value }], effectiveFrom: house.now, reasons: 'synthetic' }, 'amina'));
    ok('index' in entry, JSON.stringify(entry));
    return entry.index;
  };
  const [four, five, six, seven] = [await propose(4), await propose(5), await propose(6), await propose(7)];
  ok('index' in await act((tx) => closeRules(tx, house.now, four, '', 'amina')));
  deepStrictEqual(await act((tx) => closeRules(tx, house.now, five, '', 'bilal')), { code: 'DECISION_INVALID', detail: 'note' });
  ok('index' in await act((tx) => closeRules(tx, house.now, five, 'too lax', 'bilal')));
  ok('index' in await act((tx) => agreeRules(tx, house.objects, house.now, six, 'bilal')));
  deepStrictEqual(await act((tx) => agreeRules(tx, house.objects, house.now, seven, 'bilal')), { code: 'DECISION_STALE', detail: 'base' });
  const { proposals } = await act((tx) => readRuleStanding(tx));
  deepStrictEqual(proposals.slice(-4).map((one) => one.state), ['withdrawn', 'sent-back', 'agreed', 'waits']);
});
