import { deepStrictEqual, ok, rejects, strictEqual, throws } from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Analytics, Projector, SYSTEM, makeEventsTable, withActor } from '../../log/index.ts';
import { openTestClickHouse } from '../../log/engine/testing.ts';
import { instantOf, type EventKind } from '../../terms/index.ts';
import type { ControlOptions } from '../engine/control.ts';
import { LAKH, PACK, PARAMETERS, START, days, hours, listedWallet, min, personHex, type Told } from '../engine/testing/cases.ts';
import { readRules, ruleDocument } from '../rules/rule-set.ts';
import { PARTITIONS, openHouse, type House } from '../worker/testing/house.ts';
import { BackTest, BackTestRefusal, type BackTestGround, type BackTestOrder, type BackTestProgress } from './index.ts';
import { part, readBlocks, rowsStatement } from './columns.ts';

const RULES = readRules(ruleDocument(PARAMETERS).bytes).rules.map((rule) => rule.term);
const ORDER: BackTestOrder = { rules: RULES, parameters: PARAMETERS, from: instantOf(START - days(20)), to: instantOf(START + days(60)) };
const directory = mkdtempSync(join(tmpdir(), 'nigran-back-test-'));
let house: House;
let host: Awaited<ReturnType<typeof openTestClickHouse>>;
let analytics: Analytics;

/** Wallets that are listed once the ledger has a version: what was admitted before knows none. */
function laterWallets(): ControlOptions {
  let known = false;
  return { framework: PACK, wallets: { lookup: (_family, address) => (known ? listedWallet(address) : undefined), add: () => void (known = true) } };
}

const KINDS: readonly EventKind[] = ['fiat-in', 'fiat-in', 'fiat-out', 'asset-deposit', 'asset-withdrawal', 'trade', 'customer-onboarded'];

/** Once two are known to be one, nothing more comes for the one who was merged away. */
const personAt = (n: number, person: number): number => (n > 50 && person === 7 ? 3 : person);

/** A month of eight people: late, corrected, cancelled and barred events among the others, a list in the middle, and two who are one. */
async function fill(): Promise<void> {
  let state = 7;
  const random = (below: number): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) % below;
  for (let n = 0; n < 120; n++) {
    const at = n * hours(6);
    const told = Array.from({ length: 6 }, (_, i): Told => {
      const kind = KINDS[random(KINDS.length)] ?? 'trade';
      const late = random(10) === 0 ? days(1 + random(9)) : random(min(30));
      return {
        kind, id: `e${n}-${i}`, at: at - late, person: personAt(n, 1 + random(8)), paisa: (1 + random(10)) * 3 * LAKH, party: random(20) === 0 ? '0xbad1' : `0xa${random(9)}`, unhosted: random(2) === 0, seq: n * 6 + i + 1,
        ...(random(12) === 0 ? { service: 'lending' } : {}),
      };
    });
    const [first] = told;
    if (n % 9 === 0 && first?.kind.startsWith('fiat') === true) told.push({ ...first, kind: 'cancel', id: `k${n}`, target: first.id, at: first.at + min(1) });
    await house.admit(1 + (n % 2), told, at);
    if (n === 60) {
      const content = Buffer.from('0xbad1');
      const sha256 = await house.objects.put(content);
      strictEqual(sha256, createHash('sha256').update(content).digest('hex'));
      await house.say([{ kind: 'list-version', actor: 'test', basis: 'test', body: { list: 'ofac-sdn', holds: 'wallets', version: '2026-11-01', force: 'review', covers: ['evm'], sha256, read: 1, count: 1, repeated: 0, exempt: 0, quarantined: 0, source: 'test', publishedAt: START } }]);
    }
    if (n === 50) await house.say([{ kind: 'person-merged', actor: 'vault', basis: 'one identifier', body: { from: personHex(7), into: personHex(3), reason: 'test' } }]);
  }
  await house.admit(1, Array.from({ length: 30 }, (_, i): Told => ({ kind: 'sign-in', id: `last${i}`, at: days(40), person: 100 + i })), days(40));
}

before(async () => {
  house = await openHouse();
  await fill();
  const running = house.start({ control: laterWallets });
  await house.untilDecided();
  running.worker.stop();
  await running.ended;
  const secret = randomBytes(8).toString('hex');
  host = await openTestClickHouse(directory, secret);
  analytics = new Analytics({ url: `http://127.0.0.1:${host.port}`, username: 'nigran', password: secret });
  await makeEventsTable(analytics);
  const projector = new Projector({ pool: house.pool, events: house.events, analytics, partitions: PARTITIONS });
  while ((await projector.turn()) > 0);
});
after(async () => {
  await analytics.close();
  await host.close();
  await house.close();
  rmSync(directory, { recursive: true, force: true });
});

const ground = (over: Partial<BackTestGround> = {}): BackTestGround => ({ pool: house.workerPool, objects: house.objects, analytics, bytesMax: 2 ** 28, sliceRows: 40, control: laterWallets, ...over });

async function runWhole(tried: BackTest): Promise<BackTestProgress[]> {
  const told: BackTestProgress[] = [];
  for await (const progress of tried.run(new AbortController().signal)) told.push(progress);
  return told;
}

const lines = (tried: BackTest): string[] => tried.findings().map((one) => `${one.rule} ${one.person} ${one.firm}/${one.event} ${one.values.join(',')}`).sort();

/** What the workers found and settled, from their own table; those of the person who was merged away, after the merge, are of nobody else. */
async function settled(): Promise<string[]> {
  const rows = await withActor(house.pool, SYSTEM, (tx) => tx.query<{ firm: string; body: { rule: string; person: string; event: { id: string }; measures: { value: number }[] } }>(`select firm, body from monitor.finding where state <> 'withdrawn'`));
  return rows.rows.map(({ firm, body: { rule, person, event, measures } }) => `${rule} ${person} ${firm === 'aurora' ? 1 : 2}/${event.id} ${measures.map((m) => m.value).join(',')}`).sort();
}

test('a back-test under the rules in force finds what was settled, and says how far it is', async () => {
  const tried = new BackTest(ground(), ORDER);
  const told = await runWhole(tried);
  const [found, stands] = [lines(tried), await settled()];
  deepStrictEqual([found.filter((line) => !stands.includes(line)), stands.filter((line) => !found.includes(line))], [[], []]);
  deepStrictEqual(found, stands);
  ok(tried.findings().length > 20, 'there is something to find');
  ok(told.length > 5, 'it told how far it was');
  deepStrictEqual(told.map((one) => one.rows), [...told.map((one) => one.rows)].sort((a, b) => a - b));
  const last = told.at(-1);
  deepStrictEqual([last?.state, last?.rows], ['done', last?.rowsTotal]);
});

test('a back-test that is cut off at every slice, and goes on elsewhere from what it kept, finds the same', async () => {
  const whole = new BackTest(ground(), ORDER);
  await runWhole(whole);
  let kept: Uint8Array | undefined;
  let pieces = 0;
  for (let state = 'running'; state !== 'done'; pieces += 1) {
    const piece: BackTest = new BackTest(ground(), ORDER, kept);
    for await (const progress of piece.run(new AbortController().signal)) {
      state = progress.state;
      break;
    }
    kept = piece.checkpoint();
    if (state === 'done') deepStrictEqual(piece.findings(), whole.findings());
  }
  ok(pieces > 5);
  throws(() => new BackTest(ground(), { ...ORDER, to: instantOf(ORDER.to + 1) }, kept), (error) => error instanceof BackTestRefusal && error.code === 'CHECKPOINT_FOREIGN');
  throws(() => new BackTest(ground(), ORDER, Buffer.from('something else')), (error) => error instanceof BackTestRefusal && error.code === 'CHECKPOINT_FOREIGN');
});

test('what memory does not hold at once is read in passes over the people, and found all the same', async () => {
  const whole = new BackTest(ground(), ORDER);
  await runWhole(whole);
  const narrow = new BackTest(ground({ bytesMax: 10_000 }), ORDER);
  const told = await runWhole(narrow);
  ok((told.at(-1)?.passes ?? 0) > 2);
  deepStrictEqual(narrow.findings(), whole.findings());
  const tooNarrow = new BackTest(ground({ bytesMax: 40_000, sliceRows: 100_000 }), ORDER);
  await rejects(runWhole(tooNarrow), (error) => error instanceof BackTestRefusal && error.code === 'ENGINE_FULL');
});

test('a back-test ends when it is told to, and reads and tells only the span that was asked for', async () => {
  const stop = new AbortController();
  const tried = new BackTest(ground(), { ...ORDER, from: instantOf(START + days(10)), to: instantOf(START + days(20)) });
  const states: string[] = [];
  for await (const progress of tried.run(stop.signal)) {
    states.push(progress.state);
    if (states.length === 2) stop.abort();
  }
  deepStrictEqual(states, ['running', 'running', 'cancelled']);
  await runWhole(tried);
  const inside = (await settled()).length;
  ok(tried.findings().every((one) => one.at >= START + days(10) && one.at < START + days(20)));
  ok(tried.findings().length > 5 && tried.findings().length < inside);
  const whole = new BackTest(ground(), ORDER);
  await runWhole(whole);
  deepStrictEqual(tried.findings(), whole.findings().filter((one) => one.at >= START + days(10) && one.at < START + days(20)));
  throws(() => new BackTest(ground(), { ...ORDER, to: ORDER.from }), (error) => error instanceof BackTestRefusal && error.code === 'SPAN_EMPTY');
});

test('columns come back as they were written; an answer that was cut short is an error', async () => {
  const answer = await analytics.read(rowsStatement('firm = 1'));
  const [block] = readBlocks(answer);
  ok(block !== undefined && block.count > 300);
  const row = Array.from({ length: block.count }, (_, i) => i).find((i) => block.text('id', i) === 'last7') ?? -1;
  strictEqual(Buffer.from(block.person.subarray(row * 16, row * 16 + 16)).toString('hex'), personHex(107));
  strictEqual(block.at[row], START + days(40));
  const piece = part(block, row - 2, row + 1);
  deepStrictEqual([piece.count, piece.text('id', 2), piece.offsets('id').length, piece.at[2]], [3, 'last7', 4, START + days(40)]);
  throws(() => readBlocks(answer.subarray(0, answer.length - 9)), /cut short/);
});
