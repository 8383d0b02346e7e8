/**
 * The whole path under load: signed, authenticated filings over HTTP to decisions that are committed, with fsync
 * on, all active rules, analytics copying beside. The driver signs as it sends and shares the machine, and its
 * cost is in the figures. `ingest.parseRatio` divides by bare `JSON.parse` of the same bytes in the same run.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FirmClient } from '../../client/index.ts';
import type { BenchRow } from '../../bench/monitor.ts';
import { World as Nation, type Sending } from '../../sim/index.ts';
import { LocalObjects, SYSTEM, openPool, withActor } from '../log/index.ts';
import { StaffDesk } from '../access/index.ts';
import { DAY_US, instantOf } from '../terms/index.ts';
import { clientKeyOf } from './demo-keys.ts';
import { PACK_DIRECTORY, openFramework } from './framework.ts';
import { openDemo } from './genesis.ts';
import { startEngines, startHouse, stopHouse, type Engines } from './house.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** Size of a run. */
export interface IngestSize {
  readonly lines: number;
  readonly batch: number;
  readonly connections: number;
  readonly singles: number;
}

export const INGEST_SMALL: IngestSize = { lines: 10_000, batch: 500, connections: 4, singles: 50 };
export const INGEST_FULL: IngestSize = { lines: 400_000, batch: 500, connections: 8, singles: 2_000 };

/** Runs the bench in a home of its own, which is removed afterwards. */
export async function benchIngest(settings: Settings, world: World, size: IngestSize): Promise<BenchRow[]> {
  const home = mkdtempSync(join(tmpdir(), 'nigran-bench-'));
  const own: Settings = { ...settings, home, port: 0, seed: 'bench', size: { people: size.lines > 100_000 ? 25_000 : 1_000, perTypology: 1 } };
  const say = (): void => undefined;
  let engines: Engines | undefined;
  try {
    engines = await startEngines(own, world, say);
    const nation = new Nation({ seed: own.seed, size: own.size, from: instantOf(world.clock() - 30 * DAY_US), days: 29 });
    const pool = openPool(engines.connection('nigran_app'), 3);
    const framework = openFramework(PACK_DIRECTORY);
    const staff = new StaffDesk({ pool, random: world.random, synthetic: true, party: { name: framework.authority.en, origin: 'http://localhost' } });
    await openDemo({ pool, objects: new LocalObjects(join(home, 'objects')), framework, nation, staff, seed: own.seed, now: world.clock() });
    const house = await startHouse({ settings: own, world, engines, framework: PACK_DIRECTORY, consoleDirectory: home, authority: 'nigran.example', synthetic: true, say });
    const rows = await measure({ url: house.url, seed: own.seed, nation, pool, world, size });
    await pool.end();
    return rows;
  } finally {
    if (engines !== undefined) await stopHouse(engines);
    rmSync(home, { recursive: true, force: true });
  }
}

interface Ground {
  readonly url: string;
  readonly seed: string;
  readonly nation: Nation;
  readonly pool: ReturnType<typeof openPool>;
  readonly world: World;
  readonly size: IngestSize;
}

interface Filing {
  readonly firm: string;
  readonly body: Buffer;
  readonly lines: number;
}

async function measure(ground: Ground): Promise<BenchRow[]> {
  const { world, size } = ground;
  const clients = new Map(ground.nation.firms.filter((firm) => firm.share > 0).map((firm) => [firm.id, clientOf(ground, firm.id)]));
  const { openings, filings } = await prepare(ground, clients);
  for (const [i, one] of openings.entries()) await clients.get(one.firm)?.fileBytes(one.body, 'application/x-ndjson', `open-${String(i).padStart(8, '0')}`);
  await decidedAll(ground);
  const lines = filings.reduce((sum, one) => sum + one.lines, 0);
  const bytes = filings.reduce((sum, one) => sum + one.body.length, 0);
  const parseFrom = world.clock();
  for (const one of filings) for (const line of one.body.toString('utf8').split('\n')) JSON.parse(line);
  const parse = lines / ((world.clock() - parseFrom) / 1e6);
  const latencies: number[] = [];
  const from = world.clock();
  let next = 0;
  await Promise.all(Array.from({ length: size.connections }, async () => {
    for (let i = next++; i < filings.length; i = next++) {
      const one = filings[i];
      if (one === undefined) return;
      const sent = world.clock();
      await clients.get(one.firm)?.fileBytes(one.body, 'application/x-ndjson', `load-${String(i).padStart(8, '0')}`);
      latencies.push((world.clock() - sent) / 1000);
    }
  }));
  await decidedAll(ground);
  const rate = lines / ((world.clock() - from) / 1e6);
  const method = `${lines.toLocaleString('en')} events of all kinds, ${Math.round(bytes / lines)} bytes in the mean, filings of ${size.batch}, ${size.connections} connections, signed and sealed; to the last committed decision`;
  return [
    row('ingest.eventsPerSecond', rate, '1/s', method, { floor: 30_000 }), row('ingest.parseRatio', rate / parse, 'ratio', `whole path over bare JSON.parse of the same bytes (${Math.round(parse).toLocaleString('en')}/s)`, { floor: 0.05 }),
    row('ingest.p50Ms', quantile(latencies, 0.5), 'ms', 'from send to receipt of a filing', {}), row('ingest.p99Ms', quantile(latencies, 0.99), 'ms', 'from send to receipt of a filing', {}),
    row('single.p99Ms', quantile(await singles(ground, clients), 0.99), 'ms', `${size.singles} filings of one event, one after the other, from send to receipt; each is refused by its content and kept`, { ceiling: 50 }),
  ];
}

function clientOf(ground: Ground, firm: string): FirmClient {
  return new FirmClient({ origin: ground.url, client: `${firm}-feed`, key: clientKeyOf(ground.seed, firm), clock: ground.world.clock, random: ground.world.random, fetch });
}

/** Lines ready to be sent: openings and onboardings sealed before, everything else in filings of the batch's size. */
async function prepare(ground: Ground, clients: ReadonlyMap<string, FirmClient>): Promise<{ openings: Filing[]; filings: Filing[] }> {
  const [openings, filings]: [Filing[], Filing[]] = [[], []];
  const waiting = new Map<string, Sending[]>();
  let taken = 0;
  let opening = true;
  const put = async (firm: string): Promise<void> => {
    const lines = waiting.get(firm) ?? [];
    waiting.set(firm, []);
    if (lines.length === 0) return;
    const texts = await Promise.all(lines.map(async (one) => one.line ?? JSON.stringify(one.identity === undefined ? one.event : { ...one.event, identity: await clients.get(firm)?.seal(one.identity) })));
    (opening ? openings : filings).push({ firm, body: Buffer.from(texts.join('\n')), lines: texts.length });
  };
  for (const sending of ground.nation.sendings()) {
    if (opening && sending.event.kind !== 'opening-load') {
      for (const firm of clients.keys()) await put(firm);
      opening = false;
    }
    // A spoilt line cannot be parsed, so it has no place in the base figure.
    if (sending.line !== undefined) continue;
    const lines = waiting.get(sending.firm) ?? [];
    waiting.set(sending.firm, lines);
    lines.push(sending);
    if (lines.length >= ground.size.batch) await put(sending.firm);
    if (!opening && ++taken >= ground.size.lines) break;
  }
  return { openings, filings };
}

async function decidedAll(ground: Ground): Promise<void> {
  for (;;) {
    const rows = await withActor(ground.pool, SYSTEM, (tx) => tx.query<{ waiting: number }>(
      `select count(*) as waiting from log.event_partition e left join log.position p on p."group" = 'monitor' and p.partition = e.partition where e.next_offset > coalesce(p."offset", 0)`));
    if (rows.rows[0]?.waiting === 0) return;
    await new Promise((done) => setTimeout(done, 10));
  }
}

async function singles(ground: Ground, clients: ReadonlyMap<string, FirmClient>): Promise<number[]> {
  const [firm, client] = [...clients][0] ?? [];
  if (firm === undefined || client === undefined) return [];
  const latencies: number[] = [];
  for (let i = 0; i < ground.size.singles; i++) {
    const event = { v: 1, id: `single-${i}`, stream: 'bench', seq: i + 1, at: new Date(ground.world.clock() / 1000).toISOString(), kind: 'cancel', customer: 'none', target: 'none', reason: 'test' };
    const sent = ground.world.clock();
    await client.fileBytes(Buffer.from(JSON.stringify(event)), 'application/json', `single-${String(i).padStart(8, '0')}`);
    latencies.push((ground.world.clock() - sent) / 1000);
  }
  return latencies;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function row(metric: string, value: number, unit: string, method: string, bound: { floor?: number; ceiling?: number }): BenchRow {
  return { bench: 'ingest', metric, value, unit, ...bound, ok: value >= (bound.floor ?? -Infinity) && value <= (bound.ceiling ?? Infinity), runs: [value], method };
}
