import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { isKind, readEntries, withActor, SYSTEM } from '../../log/index.ts';
import { LAKH, min, type Told } from '../engine/testing/cases.ts';
import { openHouse, type House } from './testing/house.ts';

const BATCHES = 60;

async function launch(house: House, watch: (child: ChildProcess) => void = () => undefined): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('./testing/child.ts', import.meta.url)), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  watch(child);
  child.send({ connection: house.connection(), directory: house.directory, now: house.now });
  await Promise.race([once(child, 'message'), once(child, 'exit')]);
  return child;
}

/** Starts the worker again whenever it ends by itself, as the program does. */
class Nurse {
  deaths = 0;
  readonly #house: House;
  #child: ChildProcess | undefined;
  #isDone = false;

  constructor(house: House) {
    this.#house = house;
  }

  async start(): Promise<void> {
    this.#child = await launch(this.#house, (child) => child.once('exit', () => {
      if (this.#isDone) return;
      this.deaths += 1;
      void this.start();
    }));
  }

  async stop(): Promise<void> {
    this.#isDone = true;
    if (this.#child !== undefined) await kill(this.#child);
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** The same stream for each house: structuring and bursts, some of it late. */
async function admitStream(house: House, from: number, to: number): Promise<void> {
  for (let b = from; b < to; b++) {
    const told = Array.from({ length: 8 }, (_, i): Told => ({
      kind: i % 3 === 0 ? 'fiat-out' : 'fiat-in', id: `e${b}-${i}`, person: ((b * 7 + i * 3) % 11) + 1, at: min(b * 3 - (i % 4 === 3 ? 8 : 0)), paisa: (i % 2 === 0 ? 9 : 30) * LAKH, party: `a${i}`,
    }));
    await house.admit((b % 2) + 1, told, min(b * 3));
  }
}

async function undisturbed(): Promise<{ findings: string[]; decided: number }> {
  const house = await openHouse();
  await admitStream(house, 0, BATCHES);
  const running = house.start();
  await house.untilDecided();
  running.worker.stop();
  await running.ended;
  const result = { findings: await house.findings(), decided: await house.decided() };
  await house.close();
  return result;
}

for (const seed of [1, 2]) {
  test(`a worker killed again and again in mid-stream decides every event once (seed ${seed})`, async (t) => {
    const expected = await undisturbed();
    ok(expected.findings.length > 10);
    const house = await openHouse();
    t.after(() => house.close());
    for (let round = 0; round < 4; round++) {
      await admitStream(house, (round * BATCHES) / 4, ((round + 1) * BATCHES) / 4);
      const child = await launch(house);
      await sleep((seed * 37 + round * 53) % 120);
      await kill(child);
    }
    const last = await launch(house);
    await house.untilDecided();
    await sleep(300);
    await kill(last);
    strictEqual(await house.decided(), expected.decided);
    deepStrictEqual(await house.findings(), expected.findings);
    const rebuilt = [];
    for (const shards of [1, 2, 3, 5]) rebuilt.push(await house.rebuild(shards));
    deepStrictEqual(rebuilt.map((one) => [one.identical, one.events, one.differences, one.faults]), rebuilt.map(() => [true, expected.decided, [], []]));
    deepStrictEqual(new Set(rebuilt.map((one) => `${one.stateHash} ${one.findingsHash}`)).size, 1, 'the same hashes for any number of shards');
    ok((rebuilt[0]?.findings ?? 0) > 10);
  });
}

test('a batch that ends its process twice is set aside, and everyone else goes on', async (t) => {
  const house = await openHouse();
  t.after(() => house.close());
  const poison = (id: string): Told => ({ kind: 'fiat-in', id, person: 5, at: 0, paisa: Number.MAX_SAFE_INTEGER, party: 'a' });
  await house.admit(1, [{ kind: 'fiat-in', id: 'before', person: 2, at: 0, paisa: LAKH, party: 'a' }], min(1));
  await house.admit(2, [poison('p1'), poison('p2')], min(2));
  await admitStream(house, 1, 10);
  const quarantined = async () => (await withActor(house.pool, SYSTEM, (tx) => readEntries(tx, { from: 0, kinds: ['batch-quarantined'], limit: 10 }))).flatMap((entry) => (isKind(entry, 'batch-quarantined') ? [entry.body] : []));
  const nurse = new Nurse(house);
  t.after(() => nurse.stop());
  await nurse.start();
  await house.untilDecided(20_000);
  strictEqual(await house.decided(), 1 + 9 * 8, 'all but the two that were set aside');
  const [first] = await quarantined();
  deepStrictEqual([first?.firm, first?.count, nurse.deaths], ['borak', 2, 2]);
  strictEqual((await house.rebuild(3)).events, 73, 'rebuild leaves it out too');
  await house.say([{ kind: 'batch-released', actor: 'test', basis: 'thought to be mended', body: { partition: first?.partition ?? 0, offset: first?.offset ?? 0, engine: 'engine-1' } }]);
  for (let waited = 0; waited < 400 && (await quarantined()).length < 2; waited++) await sleep(50);
  deepStrictEqual([(await quarantined()).length, nurse.deaths], [2, 4], 'released, it kills twice more and is set aside again');
  await house.admit(1, [{ kind: 'fiat-in', id: 'after', person: 3, at: min(60), paisa: LAKH, party: 'a' }], min(60));
  await house.untilDecided(20_000);
  await nurse.stop();
  strictEqual(await house.decided(), 74);
  strictEqual((await house.rebuild(2)).events, 74);
});

test('a batch that was set aside is decided where its release stands', async (t) => {
  const house = await openHouse();
  t.after(() => house.close());
  const near = (id: string, at: number): Told => ({ kind: 'fiat-in', id, at, paisa: 9 * LAKH, party: 'acc-1' });
  await house.admit(1, [near('a', 0), near('b', 1), near('c', 2)], min(1));
  const found = await house.pool.query<{ partition: number }>('select partition from log.event_batch');
  const partition = found.rows[0]?.partition ?? 0;
  await house.workerPool.query('insert into monitor.attempt (partition, "offset", broken, silent) values ($1, 0, 2, 0)', [partition]);
  const first = house.start();
  await house.untilDecided();
  first.worker.stop();
  await first.ended;
  strictEqual(await house.decided(), 0);
  await house.say([{ kind: 'batch-released', actor: 'test', basis: 'mended', body: { partition, offset: 0, engine: 'engine-1' } }]);
  await house.admit(1, [near('d', min(2))], min(3));
  const second = house.start();
  await house.untilDecided();
  second.worker.stop();
  await second.ended;
  strictEqual(await house.decided(), 4);
  deepStrictEqual(await house.findings(), ['structuring c provisional']);
  const third = house.start();
  await house.admit(1, [near('e', min(4))], min(5));
  await house.untilDecided();
  third.worker.stop();
  await third.ended;
  strictEqual(await house.decided(), 5, 'a restart does not decide it again');
});
