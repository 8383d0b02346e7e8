import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test, { after, before } from 'node:test';
import { PgEventLog, SYSTEM, append, decodeBatch, isKind, readEntries, wideHex, withActor, withTransaction } from '../log/index.ts';
import type { TestDatabase } from '../log/engine/testing.ts';
import { DAY_US, HOUR_US, MINUTE_US, formatInstant, instantOf, startOfKarachiDay, karachiDay } from '../terms/index.ts';
import { withinOneDay } from './commit.ts';
import { watchFeeds, type Identified } from './index.ts';
import { intakeViews, rebuildIntake } from './rebuild.ts';
import { NOW, deposit, head, loggedIds, onboarded, openDesk, openIntakeDatabase } from './testing/desk.ts';

const LAG = { us: 15 * MINUTE_US, basis: 'an assumption' };
let database: TestDatabase;

before(async () => {
  database = await openIntakeDatabase();
});
after(() => database.drop());

type Desk = Awaited<ReturnType<typeof openDesk>>;

const merge = (from: string, into: string) => withActor(database.pool('nigran_app'), SYSTEM, (tx) => append(tx, NOW, [{ kind: 'person-merged', actor: 'vault', basis: 'test', body: { from, into, reason: 'identifier' } }]));
const ids = (): [string, string, string] => {
  const [a = '', b = '', c = ''] = [0, 0, 0].map(() => randomBytes(16).toString('hex')).sort();
  return [a, b, c];
};
const namedBy = (persons: Record<string, string>) => (sealed: readonly { readonly customer: string }[]): Identified[] => sealed.map(({ customer }) => ({ person: persons[customer] ?? '' }));

async function personsOf(desk: Desk): Promise<Record<string, string>> {
  const rows = await withActor(desk.pool, SYSTEM, (tx) => tx.query<{ reference: string; person: string }>('select reference, person::text as person from intake.customer where firm = $1 order by 1', [desk.firm]));
  return Object.fromEntries(rows.rows.map((row) => [row.reference, row.person.replaceAll('-', '')]));
}

async function personOfEvent(desk: Desk, id: string): Promise<string[]> {
  const found: string[] = [];
  for (let partition = 0; partition < 8; partition++) {
    for (const stored of await new PgEventLog(desk.pool).read(partition, 0, 1e9)) {
      const batch = decodeBatch(stored.bytes);
      for (let row = 0; row < batch.count; row++) if (stored.firm === desk.firm && batch.text('id', row) === id) found.push(wideHex(batch.person, row));
    }
  }
  return found;
}

test('two ids found to be one are one person from the next event on, also for a state that is folded again', async () => {
  const [survivor, second, third] = ids();
  const desk = await openDesk(database, { vault: namedBy({ 'C-1': third, 'C-2': second }) });
  await desk.sent([onboarded(1, 'C-1'), onboarded(2, 'C-2')]);
  await merge(third, second);
  await merge(second, survivor);
  const [one, two] = [deposit(3, 'C-1'), { ...head('internal-transfer', 4), customer: 'C-2', toCustomer: 'C-1', amount: { asset: 'iso4217:PKR', value: '10' } }];
  assert.equal((await desk.sent([one, two])).counts.accepted, 2);
  assert.deepEqual(await personsOf(desk), { 'C-1': survivor, 'C-2': survivor });
  assert.deepEqual([await personOfEvent(desk, one.id), await personOfEvent(desk, two.id)], [[survivor], [survivor, survivor]]);
  await desk.admission.load();
  assert.equal(desk.admission.state.person(desk.firmNumber, 'C-1'), survivor);
});

test('a merge between the vault\'s answer and the commit reaches the rows of that commit, and events that were held', async () => {
  const [survivor, absorbed] = ids();
  const desk = await openDesk(database, { vault: (sealed) => {
    merging = merge(absorbed, survivor);
    return namedBy({ 'C-1': absorbed, 'C-2': absorbed })(sealed);
  }, identify: async (answers) => {
    await merging;
    return answers;
  } });
  let merging: Promise<unknown> = Promise.resolve();
  const early = deposit(1, 'C-2');
  assert.equal((await desk.sent([early])).counts.held, 1);
  const [first, then] = [onboarded(2, 'C-1'), deposit(3, 'C-1')];
  assert.equal((await desk.sent([first, then])).counts.accepted, 2);
  assert.equal((await desk.sent([onboarded(4, 'C-2')])).counts.accepted, 1);
  await desk.admission.drain();
  assert.deepEqual(await personsOf(desk), { 'C-1': survivor, 'C-2': survivor });
  for (const { id } of [first, then, early]) assert.deepEqual(await personOfEvent(desk, id), [survivor], `${id} is of the one person`);
});

test('an opening load may not say that a customer is known since later than it was said', async () => {
  const desk = await openDesk(database);
  const { identity, at } = onboarded(1, 'C-1') as { identity: string; at: string };
  const load = (n: number, onboardedAt: string): object => ({ ...onboarded(n, `C-${n}`), kind: 'opening-load', day: '2026-11-24', identity, onboardedAt, balances: [], profile: { type: 'person' } });
  const answer = await desk.sent([load(1, at), load(2, '2026-11-24T23:59:00Z')]);
  assert.deepEqual([answer.counts.accepted, answer.rejections.map((one) => [one.line, one.code, one.detail])], [1, [[2, 'EVENT_INSTANT_INVALID', 'onboardedAt']]]);
});

test('an onboarding that is refused names nobody', async () => {
  const desk = await openDesk(database);
  const answer = await desk.sent([{ ...onboarded(1, 'C-1'), at: '2026-11-24T10:06:00Z' }, deposit(2, 'C-1')]);
  assert.deepEqual([answer.counts, answer.rejections.map((one) => one.code)], [{ accepted: 0, held: 1, rejected: 1, duplicate: 0 }, ['EVENT_IN_FUTURE']]);
  assert.deepEqual(await personsOf(desk), {});
});

test('a feed that stands still is told once, and once more when it is heard again; the others go on', async () => {
  let now = instantOf(NOW + DAY_US);
  const clock = () => now;
  const [silent, other] = [await openDesk(database, { clock }), await openDesk(database, { clock })];
  await silent.sent([onboarded(1, 'C-1')]);
  const told = async () => (await withActor(silent.pool, SYSTEM, (tx) => readEntries(tx, { from: 0, kinds: ['feed-stopped'], limit: 1_000 }))).flatMap((entry) => (isKind(entry, 'feed-stopped') && entry.body.firm === silent.firm ? [entry] : []));
  now = instantOf(now + 10 * MINUTE_US);
  assert.ok(!(await watchFeeds(silent.pool, now, LAG)).includes(silent.firm), 'ten minutes are no silence');
  now = instantOf(now + 10 * MINUTE_US);
  await other.sent([onboarded(1, 'C-1')]);
  const changed = await watchFeeds(silent.pool, now, LAG);
  assert.deepEqual([changed.includes(silent.firm), changed.includes(other.firm)], [true, false]);
  assert.deepEqual(await watchFeeds(silent.pool, now, LAG), [], 'it is told once');
  await silent.sent([deposit(2, 'C-1')]);
  assert.deepEqual(await watchFeeds(silent.pool, now, LAG), [silent.firm]);
  const [stopped, again] = await told();
  assert.deepEqual([stopped?.body.stopped, again?.body.stopped], [true, false]);
  assert.match(stopped?.body.reason ?? '', new RegExp(formatInstant(instantOf(NOW + DAY_US)).slice(0, 16)));
  const row = await withActor(silent.pool, SYSTEM, (tx) => tx.query('select stopped, since from intake.feed where firm = $1', [silent.firm]));
  assert.deepEqual(row.rows, [{ stopped: false, since: again?.admittedAt }]);
});

test('while the monitor has no room everything is refused with CAPACITY and nothing is kept; a retry of what was taken gets its answer', async () => {
  let isFull = false;
  const desk = await openDesk(database, { isFull: () => isFull });
  const lines = [onboarded(1, 'C-1'), deposit(2, 'C-9')];
  const first = await desk.send(lines, 'key-full-0001');
  isFull = true;
  assert.deepEqual(await desk.send([onboarded(3, 'C-9')], 'key-full-0002'), { code: 'CAPACITY' });
  assert.deepEqual(await desk.send(lines, 'key-full-0001'), first);
  desk.admission.sweep();
  await desk.admission.drain();
  assert.equal((await loggedIds(desk.pool, desk.firm)).length, 1);
  isFull = false;
  assert.equal((await desk.sent([onboarded(3, 'C-9')], 'key-full-0002')).counts.accepted, 1);
  await desk.admission.drain();
  assert.equal((await loggedIds(desk.pool, desk.firm)).length, 3, 'and what was held is released');
});

test('a clock that a new process finds set back an hour runs no instant back, and makes no report one of the future', async () => {
  let offset = 2 * DAY_US;
  const clock = () => instantOf(NOW + offset);
  const ahead = await openDesk(database, { clock });
  await ahead.sent([onboarded(1, 'C-1')]);
  const at = (us: number) => formatInstant(instantOf(NOW + us));
  const last = async () => (await withActor(ahead.pool, SYSTEM, (tx) => tx.query<{ at: number }>(`select last_admitted as at from log.tree where name = 'ledger'`))).rows[0]?.at ?? 0;
  const before = await last();
  offset -= HOUR_US;
  await ahead.admission.load();
  const answer = await ahead.sent([{ ...deposit(2, 'C-1'), at: at(2 * DAY_US + MINUTE_US) }, { ...deposit(3, 'C-1'), at: at(2 * DAY_US + 6 * MINUTE_US) }]);
  assert.deepEqual(answer.rejections.map((one) => [one.line, one.code]), [[2, 'EVENT_IN_FUTURE']]);
  offset += 30 * MINUTE_US;
  assert.equal((await ahead.sent([{ ...deposit(4, 'C-1'), at: at(2 * DAY_US + 30 * MINUTE_US) }])).counts.accepted, 1, 'and goes on as the clock runs');
  assert.ok(await last() > before && await last() < before + MINUTE_US, 'the ledger stays where it was');
  offset += 2 * HOUR_US;
  await ahead.admission.load();
  assert.equal((await ahead.sent([{ ...deposit(5, 'C-1'), at: at(2 * DAY_US + 30 * MINUTE_US) }])).counts.accepted, 1, 'a clock set forward only makes it late');
});

test('entries of one commit lie in one day', () => {
  const midnight = startOfKarachiDay(karachiDay(NOW));
  const at = (admittedAt: number) => withinOneDay({ size: 7, admittedAt: instantOf(admittedAt) }, 3);
  assert.deepEqual([at(midnight - 4), at(midnight - 2), at(midnight)].map((head) => head.admittedAt - midnight), [-4, 0, 0]);
});

test('all of this is folded again from the log: customers, sums, days and feeds', async () => {
  let now = instantOf(startOfKarachiDay(karachiDay(instantOf(NOW + 4 * DAY_US))) - 1);
  const midnight = await openDesk(database, { clock: () => now });
  await Promise.all([midnight.sent([onboarded(1, 'C-1')]), midnight.sent([onboarded(2, 'C-2')]), midnight.sent([onboarded(3, 'C-3')])]);
  now = instantOf(now + HOUR_US);
  await watchFeeds(midnight.pool, now, LAG);
  const owner = database.pool('nigran_owner');
  const dump = () => Promise.all(intakeViews.map(async (view) => (await owner.query<{ row: string }>(`select t::text as row from ${view} t order by 1`)).rows.map((one) => one.row)));
  const stood = await dump();
  assert.ok(stood.every((rows) => rows.length > 0), 'each view has rows');
  for (let n = 0; n < 2; n++) {
    await owner.query('update intake.daily set accepted = accepted + 1; update intake.feed set stopped = not stopped; delete from intake.reported; update intake.customer set person = gen_random_uuid()');
    await withTransaction(owner, (tx) => rebuildIntake(tx, { events: new PgEventLog(owner), partitions: 8 }));
    assert.deepEqual(await dump(), stood);
  }
});
