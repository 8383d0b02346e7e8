/**
 * The whole path under load: signed, authenticated filings over HTTP to decisions that are committed, with fsync
 * on, all active rules, analytics copying beside. The driver is a process of its own on the same machine
 * (`bench/ingest-driver.ts`). An event counts as decided when the monitor's position, which is committed with its
 * findings, has passed its batch; that is looked at every few milliseconds.
 */

import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DAY_US, SECOND_US, instantOf } from '../terms/index.ts';
import type { DriverOrder, DriverPlan, DriverWord, SentFiling } from '../../bench/ingest-driver.ts';
import type { BenchRow } from '../../bench/monitor.ts';
import { World as Nation, type WorldOptions } from '../../sim/index.ts';
import { clientKeyOf } from './demo-keys.ts';
import type { Settings } from './settings.ts';
import { cpuSecondsOf, openTrialHouse, type Probe, type TrialHouse } from './trial-house.ts';
import type { World } from './world.ts';

/** Size of a run. */
export interface IngestSize {
  readonly people: number;
  readonly activity: number;
  readonly seconds: number;
  /** Events built before the clock starts: more than can be sent in the time. */
  readonly events: number;
  readonly connections: number;
  readonly singleSeconds: number;
}

export const INGEST_SMALL: IngestSize = { people: 1_500, activity: 4, seconds: 5, events: 100_000, connections: 12, singleSeconds: 2 };
export const INGEST_FULL: IngestSize = { people: 25_000, activity: 6, seconds: 60, events: 2_400_000, connections: 24, singleSeconds: 20 };

const BATCH = 500;
const SINGLES_A_SECOND = 500;
const DAYS = 29;
/** How often the monitor's positions are looked at: under load each look takes from what is measured. */
const LOOK_MS = { load: 20, singles: 4 };
const REST_MS = 180_000;
/** Analytics may be this far behind at the end. Source: DESIGN §9. */
const ANALYTICS_LAG_MAX_S = 60;

/** Runs the bench in a home of its own, which is removed afterwards. */
export async function benchIngest(settings: Settings, world: World, size: IngestSize): Promise<BenchRow[]> {
  const options: WorldOptions = { seed: 'bench', size: { people: size.people, perTypology: 1 }, activity: size.activity, from: instantOf(world.clock() - (DAYS + 1) * DAY_US), days: DAYS };
  const house = await openTrialHouse({ settings: { ...settings, seed: options.seed, size: 'small' }, world, nation: new Nation(options), say: () => undefined });
  const driver = startDriver();
  try {
    return await measure({ house, driver, world, size, options });
  } finally {
    driver.child.kill('SIGKILL');
    await house.stop();
  }
}

interface Driver {
  readonly child: ChildProcess;
  ask(order: DriverOrder): Promise<DriverWord>;
}

function startDriver(): Driver {
  const child = fork(fileURLToPath(new URL('../../bench/ingest-driver.ts', import.meta.url)), [], { execArgv: ['--max-old-space-size=3072'], serialization: 'advanced' });
  return {
    child,
    ask: (order) => new Promise((done, failed) => {
      const ended = (code: number | null): void => failed(new Error(`the driver ended (${code})`));
      child.once('exit', ended);
      child.once('message', (word: DriverWord) => {
        child.off('exit', ended);
        done(word);
      });
      child.send(order);
    }),
  };
}

interface Ground {
  readonly house: TrialHouse;
  readonly driver: Driver;
  readonly world: World;
  readonly size: IngestSize;
  readonly options: WorldOptions;
}

async function measure(ground: Ground): Promise<BenchRow[]> {
  const { house, driver, size, options } = ground;
  const firms = new Nation(options).firms.filter((firm) => firm.share > 0).map((firm) => firm.id);
  const plan: DriverPlan = {
    url: house.url, nation: options, batch: BATCH, lines: size.events, connections: size.connections,
    keys: Object.fromEntries(firms.map((firm) => [firm, { client: `${firm}-feed`, key: clientKeyOf(options.seed, firm) }])),
  };
  const prepared = await driver.ask({ order: 'prepare', plan });
  if (prepared.word !== 'prepared') throw new Error(`the driver could not prepare: ${prepared.failed[0] ?? ''}`);
  await rest(ground);
  const load = await watched(ground, { order: 'load', seconds: size.seconds });
  const lag = await house.probe.analyticsLagSeconds();
  const singles = await watched(ground, { order: 'singles', perSecond: SINGLES_A_SECOND, seconds: size.singleSeconds });
  const events = load.filings.reduce((sum, one) => sum + one.events, 0);
  const rate = events / load.seconds;
  const how = `${events.toLocaleString('en')} events of ${prepared.kinds} kinds, ${Math.round(prepared.bytesPerEvent)} bytes in the mean, filings of ${BATCH}, ${size.connections} connections, each signed, for ${load.seconds.toFixed(1)} s`;
  const decided = 'from sending to the committed provisional decision';
  return [
    row('ingest.eventsPerSecond', rate, '1/s', `${how}; first request sent to last decision committed`, { floor: 30_000 }),
    row('ingest.p50Ms', quantile(load.decided, 0.5), 'ms', `a filing of ${BATCH}, ${decided}`, {}), row('ingest.p99Ms', quantile(load.decided, 0.99), 'ms', `a filing of ${BATCH}, ${decided}`, {}),
    row('ingest.answerP99Ms', quantile(load.answered, 0.99), 'ms', `a filing of ${BATCH}, from sending to the receipt`, {}),
    row('ingest.parseRatio', rate / prepared.parsedPerSecond, 'ratio', `whole path over bare JSON.parse of the same lines in the same run (${Math.round(prepared.parsedPerSecond).toLocaleString('en')}/s, one core)`, { floor: 0.05 }),
    row('ingest.analyticsLagS', lag, 's', 'age of the oldest batch that analytics had not taken when the load ended', { ceiling: ANALYTICS_LAG_MAX_S }),
    ...[...load.cpuSeconds].map(([name, seconds]) => row(`ingest.cpuMicros.${name}`, (seconds * SECOND_US) / events, 'us', 'processor time of that process for one event of the load', {})),
    row('single.p99Ms', quantile(singles.decided, 0.99), 'ms', `${singles.filings.length} requests of one event at ${SINGLES_A_SECOND}/s, open loop, ${decided}`, { ceiling: 50 }),
    row('single.answerP99Ms', quantile(singles.answered, 0.99), 'ms', 'the same requests, from sending to the receipt', {}),
    ...[...singles.cpuSeconds].map(([name, seconds]) => row(`single.cpuMicros.${name}`, (seconds * SECOND_US) / singles.filings.length, 'us', 'processor time of that process for one of those requests', {})),
  ];
}

/** Processor seconds by process: the house's, the driver's, and this one, which only looks. */
function cpuOf({ house, driver }: Ground): ReadonlyMap<string, number> {
  const { user, system } = process.cpuUsage();
  return new Map([...house.cpuSeconds(), ...cpuSecondsOf({ driver: driver.child.pid }), ['parent', (user + system) / SECOND_US]]);
}

interface Watched {
  readonly filings: readonly SentFiling[];
  /** Milliseconds of each filing to its decision, and to its answer. */
  readonly decided: readonly number[];
  readonly answered: readonly number[];
  /** From the first request to the last decision. */
  readonly seconds: number;
  /** Processor seconds of each process until all was decided. */
  readonly cpuSeconds: ReadonlyMap<string, number>;
}

/** Lets the driver run while the monitor's positions are looked at, and joins the two. */
async function watched(ground: Ground, order: DriverOrder): Promise<Watched> {
  const watch = new PositionWatch(ground.house.probe, ground.world.clock, order.order === 'load' ? LOOK_MS.load : LOOK_MS.singles);
  const running = watch.run();
  const before = cpuOf(ground);
  const word = await ground.driver.ask(order);
  if (word.word !== 'done' || word.failed.length > 0 || word.filings.length === 0) throw new Error(`requests failed: ${word.word === 'done' ? word.failed[0] : word.word}`);
  await rest(ground);
  const cpuSeconds = new Map([...cpuOf(ground)].map(([name, seconds]) => [name, seconds - (before.get(name) ?? 0)]));
  watch.stop();
  await running;
  const batches = await ground.house.probe.batchesOf(word.filings.map((one) => one.submission));
  const ends = word.filings.map((one) => ({ one, decidedAt: Math.max(...(batches.get(one.submission) ?? []).map(({ partition, offset }) => watch.passedAt(partition, offset))) }));
  const first = Math.min(...word.filings.map((one) => one.sentAt));
  const last = Math.max(...ends.map(({ decidedAt }) => decidedAt));
  return {
    cpuSeconds, filings: word.filings, seconds: (last - first) / SECOND_US, decided: ends.map(({ one, decidedAt }) => (decidedAt - one.sentAt) / 1_000), answered: word.filings.map((one) => (one.answeredAt - one.sentAt) / 1_000),
  };
}

/** When each partition's committed position was first seen to have passed an offset. */
class PositionWatch {
  readonly #probe: Probe;
  readonly #clock: () => number;
  readonly #everyMs: number;
  readonly #seen = new Map<number, { readonly at: number; readonly offset: number }[]>();
  #isStopped = false;

  constructor(probe: Probe, clock: () => number, everyMs: number) {
    this.#probe = probe;
    this.#clock = clock;
    this.#everyMs = everyMs;
  }

  async run(): Promise<void> {
    // The last look is after the stop: by then all is decided.
    for (let isLast = false; !isLast; ) {
      isLast = this.#isStopped;
      const positions = await this.#probe.positions();
      const at = this.#clock();
      for (const [partition, offset] of positions) {
        const seen = this.#seen.get(partition) ?? [];
        this.#seen.set(partition, seen);
        if ((seen.at(-1)?.offset ?? -1) < offset) seen.push({ at, offset });
      }
      await new Promise((done) => setTimeout(done, this.#everyMs));
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  passedAt(partition: number, offset: number): number {
    return this.#seen.get(partition)?.find((one) => one.offset > offset)?.at ?? NaN;
  }
}

async function rest(ground: Ground): Promise<void> {
  const until = ground.world.clock() + REST_MS * 1_000;
  for (let why = await ground.house.probe.unrest(); why !== undefined; why = await ground.house.probe.unrest()) {
    if (ground.world.clock() > until) throw new Error(`the house does not come to rest: ${why}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function row(metric: string, value: number, unit: string, method: string, bound: { floor?: number; ceiling?: number }): BenchRow {
  return { bench: 'ingest', metric, value, unit, ...bound, ok: value >= (bound.floor ?? -Infinity) && value <= (bound.ceiling ?? Infinity), runs: [value], method };
}
