import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { MemoryEventLog, SYSTEM, readEntries, withActor } from '../log/index.ts';
import type { TestDatabase } from '../log/engine/testing.ts';
import { verifierKey, verifyReceipt } from '../proof/index.ts';
import { deposit, head, loggedIds, onboarded, openDesk, openIntakeDatabase, vault } from './testing/desk.ts';

let database: TestDatabase;

before(async () => {
  database = await openIntakeDatabase();
});
after(() => database.drop());

test('each record ends as one thing, the receipt proves it, and the ledger holds the head', async () => {
  const house = await openDesk(database);
  const good = [onboarded(1, 'C-1'), deposit(2, 'C-1'), deposit(3, 'C-1')];
  const answer = await house.sent([...good, good[1], { ...good[2], amount: { asset: 'iso4217:PKR', value: '5' } }, '{', deposit(4, 'C-unknown'), { ...deposit(5, 'C-1'), seq: 3 }]);
  assert.deepEqual(answer.counts, { accepted: 3, held: 1, rejected: 3, duplicate: 1 });
  assert.deepEqual(answer.rejections.map((r) => [r.line, r.code]), [[5, 'EVENT_ID_CONFLICT'], [6, 'EVENT_NOT_JSON'], [8, 'EVENT_SEQUENCE_CONFLICT']]);
  const signer = house.signerFor(house.firm);
  assert.equal(verifyReceipt(answer.receipt, [verifierKey(signer.keyId, signer.publicKey)]).reason, 'the receipt verifies');
  const [entry] = await withActor(house.pool, SYSTEM, (tx) => readEntries(tx, { from: answer.receipt.entry, limit: 1 }));
  assert.equal(entry?.kind, 'batch-admitted');
  assert.deepEqual(await loggedIds(house.pool, house.firm), good.map((event) => event.id).sort());
});

test('a retry under the same key gets the same bytes; another body under it is refused', async () => {
  const house = await openDesk(database);
  const lines = [onboarded(1, 'C-1'), deposit(2, 'C-1')];
  const [first, second] = await Promise.all([house.send(lines, 'key-00000001'), house.send(lines, 'key-00000001')]);
  assert.deepEqual(second, first);
  assert.deepEqual(await house.send(lines, 'key-00000001'), first);
  assert.deepEqual(await house.send([deposit(3, 'C-1')], 'key-00000001'), { code: 'IDEMPOTENCY_KEY_REUSED' });
  assert.equal((await loggedIds(house.pool, house.firm)).length, 2);
});

test('events that came before their customer are held, and admitted when the customer is there', async () => {
  const house = await openDesk(database);
  const early = [deposit(2, 'C-9'), deposit(3, 'C-9')];
  assert.deepEqual((await house.sent(early)).counts, { accepted: 0, held: 2, rejected: 0, duplicate: 0 });
  assert.equal((await house.sent([onboarded(1, 'C-9')])).counts.accepted, 1);
  await house.admission.drain();
  assert.equal((await loggedIds(house.pool, house.firm)).length, 3);
  const daily = await withActor(house.pool, SYSTEM, (tx) => tx.query('select accepted, held from intake.daily where firm = $1', [house.firm]));
  assert.deepEqual(daily.rows, [{ accepted: 3, held: 0 }]);
});

test('what can never be taken is refused at once, and does not wait for its customer or its rate', async () => {
  const house = await openDesk(database);
  const chain = { ...head('asset-deposit', 1), customer: 'C-9', chain: 'eip155:1', from: 'not-an-address', amount: { asset: 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7', value: '5' } };
  const trade = { ...head('trade', 2), customer: 'C-9', side: 'buy', amount: chain.amount, quote: { asset: 'iso4217:PKR', value: '1.234' }, counterpartyCustomer: 'C-8' };
  const answer = await house.sent([chain, trade, deposit(3, 'C-9')]);
  assert.deepEqual(answer.counts, { accepted: 0, held: 1, rejected: 2, duplicate: 0 });
  assert.deepEqual(answer.rejections.map((each) => [each.line, each.code]), [[1, 'EVENT_ADDRESS_INVALID'], [2, 'EVENT_AMOUNT_INVALID']]);
});

test('while the vault cannot be asked an onboarding waits with all that needs it, and nothing is lost', async () => {
  let down = true;
  const house = await openDesk(database, { vault: (sealed) => (down ? sealed.map(() => 'down' as const) : vault(sealed)) });
  assert.deepEqual((await house.sent([onboarded(1, 'C-2'), deposit(2, 'C-2')])).counts, { accepted: 0, held: 2, rejected: 0, duplicate: 0 });
  house.admission.sweep();
  await house.admission.drain();
  assert.equal((await loggedIds(house.pool, house.firm)).length, 0);
  down = false;
  house.admission.sweep();
  await house.admission.drain();
  house.admission.sweep();
  await house.admission.drain();
  assert.equal((await loggedIds(house.pool, house.firm)).length, 2);
  const kept = await withActor(house.pool, SYSTEM, (tx) => tx.query('select from intake.held where firm = $1', [house.firm]));
  assert.equal(kept.rowCount, 0);
});

test('when the log fails the request is refused whole, and its retry is neither lost nor doubled', async () => {
  for (const failure of ['beforeStore', 'afterStore'] as const) {
    const events = new MemoryEventLog();
    const house = await openDesk(database, { events });
    await house.sent([onboarded(1, 'C-3')]);
    events.failNext(failure);
    const lines = [deposit(2, 'C-3'), deposit(3, 'C-3')];
    assert.deepEqual(await house.send(lines, 'key-00000002'), { code: 'CAPACITY' });
    assert.deepEqual((await house.sent(lines, 'key-00000002')).counts, { accepted: 2, held: 0, rejected: 0, duplicate: 0 });
    assert.equal(house.errors.length, 1);
  }
});

test('correct and cancel name an admitted event of the same customers', async () => {
  const house = await openDesk(database);
  const paid = deposit(3, 'C-4');
  const moved = { ...head('internal-transfer', 4), customer: 'C-4', toCustomer: 'C-5', amount: { asset: 'iso4217:PKR', value: '10' } };
  await house.sent([onboarded(1, 'C-4'), onboarded(2, 'C-5'), paid, moved]);
  const cancel = (seq: number, customer: string, target: string, more = {}) => ({ ...head('cancel', seq), customer, target, reason: 'error', ...more });
  const answer = await house.sent([
    cancel(5, 'C-4', 'E-nowhere'), cancel(5, 'C-5', paid.id), cancel(5, 'C-4', moved.id), cancel(5, 'C-4', moved.id, { otherCustomer: 'C-5' }),
    { ...head('correct', 6), target: paid.id, replacement: { ...paid, amount: { asset: 'iso4217:PKR', value: '7' } } },
    { ...head('correct', 7), target: paid.id, replacement: { ...paid, id: 'E-other' } },
  ]);
  assert.deepEqual(answer.rejections.map((r) => [r.line, r.code, r.detail]), [
    [1, 'EVENT_TARGET_UNKNOWN', 'target'], [2, 'EVENT_TARGET_UNKNOWN', 'customer'], [3, 'EVENT_FIELD_MISSING', 'otherCustomer'], [6, 'EVENT_FIELD_INVALID', 'replacement.id'],
  ]);
  assert.equal(answer.counts.accepted, 2);
});

test('the state that is folded again from the tables judges as the one that was lost', async () => {
  const house = await openDesk(database);
  const lines = [onboarded(1, 'C-6'), deposit(2, 'C-6'), deposit(5, 'C-6')];
  await house.sent(lines);
  await house.admission.load();
  const again = await house.sent([...lines, deposit(5, 'C-6'), deposit(3, 'C-6')]);
  assert.deepEqual(again.counts, { accepted: 1, held: 0, rejected: 1, duplicate: 3 });
  assert.deepEqual([...house.admission.state.stream(house.firmNumber, 'main').edges], [1, 3, 5, 5]);
});

test('a firm sees its own filings and no other, also when the application forgets its filter', async () => {
  const [one, two] = [await openDesk(database), await openDesk(database)];
  await one.sent([onboarded(1, 'C-7')]);
  await two.sent([onboarded(1, 'C-7')]);
  const seen = await withActor(one.pool, { role: 'firm-compliance', organisation: 'firm', firm: one.firm }, (tx) => tx.query<{ firm: string }>('select distinct firm from intake.submission'));
  assert.deepEqual(seen.rows, [{ firm: one.firm }]);
  for (const actor of [{ role: 'fiu-analyst', organisation: 'fmu' }, { role: 'nobody' }]) {
    for (const table of ['submission', 'rejection', 'held', 'customer', 'known', 'stream', 'daily', 'reported']) {
      const rows = await withActor(one.pool, actor, (tx) => tx.query(`select from intake.${table}`));
      assert.equal(rows.rowCount, 0, `${actor.role} sees nothing of ${table}`);
    }
  }
  await assert.rejects(withActor(one.pool, { role: 'x', organisation: 'firm', firm: one.firm }, (tx) => tx.query('insert into intake.feed values ($1, true, $2, 0)', [one.firm, 'x'])), /row-level security/);
});
