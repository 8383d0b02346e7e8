/**
 * A whole house for a trial, in a home of its own that is removed afterwards: engines, genesis of an invented
 * nation, every process. Benches and faults run against it as firms do; what they may look at beside the doors
 * is `Probe`, and it only reads.
 */

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { SecretFiles, StaffDesk, openKeys } from '../access/index.ts';
import { LocalObjects, PgEventLog, SYSTEM, decodeBatch, openPool, withActor, type Connection } from '../log/index.ts';
import type { DatabaseRole } from '../log/engine/index.ts';
import { verifierKey } from '../proof/index.ts';
import { FLAG, instantOf, type Instant } from '../terms/index.ts';
import { FirmClient, type Patience } from '../../client/index.ts';
import type { World as Nation } from '../../sim/index.ts';
import { clientKeyOf, drawOf } from './demo-keys.ts';
import { PACK_DIRECTORY, openFramework } from './framework.ts';
import { openDemo } from './genesis.ts';
import { startEngines, startHouse, stopChildren, stopHouse, type Engines } from './house.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

const AUTHORITY = 'nigran.example';

/** What a trial wants. */
export interface TrialGround {
  readonly settings: Settings;
  readonly world: World;
  readonly nation: Nation;
  readonly say: (line: string) => void;
  /** The built console, for a trial that people take part in; without it the house serves no page. */
  readonly consoleDirectory?: string;
}

/** A running house under trial. */
export interface TrialHouse {
  readonly partitions: number;
  readonly url: string;
  /** Verifier keys of the firms' trees, so that a client can judge receipts. */
  readonly authorityKeys: readonly string[];
  pids(): Readonly<Record<string, number | undefined>>;
  /** Processor seconds that each process has used since it started, with those of the processes under it. */
  cpuSeconds(): ReadonlyMap<string, number>;
  clientOf(firm: string, patience?: Patience): FirmClient;
  readonly probe: Probe;
  readonly home: string;
  /** How a role of the database connects, for what is done to a house at rest. */
  connection(role: DatabaseRole): Connection;
  /** From now on a process that starts, and every firm, finds its clock set by so many microseconds from the true time. */
  shiftClock(us: number): void;
  /** Stops every process but the database. */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a house in a fresh home. */
export async function openTrialHouse(ground: TrialGround): Promise<TrialHouse> {
  const { world, nation, say } = ground;
  const settings: Settings = { ...ground.settings, home: mkdtempSync(join(tmpdir(), 'nigran-trial-')), port: 0 };
  const keysDirectory = join(settings.home, 'keys');
  const engines = await startEngines(settings, world, say).catch((error: unknown) => {
    rmSync(settings.home, { recursive: true, force: true });
    throw error;
  });
  const pool = openPool(engines.connection('nigran_app'), 3);
  // A pool's idle connection dies with the server; the next query opens another.
  pool.on('error', () => undefined);
  try {
    const framework = openFramework(PACK_DIRECTORY);
    const staff = new StaffDesk({ pool, random: world.random, synthetic: true, party: { name: framework.authority.en, origin: 'http://localhost' } });
    await openDemo({ pool, objects: new LocalObjects(join(settings.home, 'objects')), framework, nation, staff, seed: settings.seed, partitions: engines.partitions, now: world.clock() });
    const clock = new ShiftedClock(world, settings.home);
    const house = await startHouse({
      settings, world, engines, framework: PACK_DIRECTORY, consoleDirectory: ground.consoleDirectory ?? settings.home, authority: AUTHORITY, keys: keysDirectory, host: '127.0.0.1', origin: undefined, seed: settings.seed, say, preload: clock.preload,
    });
    const keys = openKeys(new SecretFiles({ directory: keysDirectory, draw: drawOf(settings.seed, world.random) }));
    const authorityKeys = nation.firms.filter((firm) => firm.synthetic).map((firm) => keys.receipt(`${AUTHORITY}/firm/${firm.id}`)).map((signer) => verifierKey(signer.keyId, signer.publicKey));
    return {
      url: house.url, partitions: engines.partitions, authorityKeys, pids: () => house.pids(), cpuSeconds: () => cpuSecondsOf(house.pids()), probe: new Probe(pool),
      clientOf: (firm, patience) => new FirmClient({
        origin: house.url, client: `${firm}-feed`, key: clientKeyOf(settings.seed, firm), clock: () => clock.now(), random: world.random, fetch, authorityKeys, ...(patience === undefined ? {} : { patience }),
      }),
      shiftClock: (us) => clock.shift(us), home: settings.home, connection: (role) => engines.connection(role), rest: () => stopChildren(engines), stop: () => stopTrial(engines, pool, settings.home),
    };
  } catch (error) {
    await stopTrial(engines, pool, settings.home);
    throw error;
  }
}

/** Clock ticks a second in `/proc`: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** What `/proc` says of some processes; a name whose process is gone is left out. PostgreSQL's backends are under its postmaster. */
export function cpuSecondsOf(pids: Readonly<Record<string, number | undefined>>): ReadonlyMap<string, number> {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(statOf);
  const used = new Map<string, number>();
  for (const [name, pid] of Object.entries(pids)) {
    const own = all.filter((each) => each.pid === pid || each.parent === pid);
    if (own.length > 0) used.set(name, own.reduce((sum, each) => sum + each.ticks, 0) / TICKS);
  }
  return used;
}

function statOf(pid: string): { readonly pid: number; readonly parent: number; readonly ticks: number }[] {
  try {
    // After the command in brackets: state, parent, …; user and system time are the 12th and 13th, the dead children's the next two.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
    const [parent = 0, user = 0, system = 0] = [fields[1], fields[11], fields[12]];
    return [{ pid: Number(pid), parent, ticks: user + system }];
  } catch {
    return [];
  }
}

/** The clock that the next process finds, in a file of the home. */
class ShiftedClock {
  readonly preload: string;
  readonly #world: World;
  readonly #file: string;
  #us = 0;

  constructor(world: World, home: string) {
    this.#world = world;
    this.#file = join(home, 'shift');
    const preload = new URL('../../sim/faults/shifted-clock.ts', import.meta.url);
    preload.searchParams.set('file', this.#file);
    this.preload = preload.href;
    this.shift(0);
  }

  now(): Instant {
    return instantOf(this.#world.clock() + this.#us);
  }

  shift(us: number): void {
    this.#us = us;
    writeFileSync(this.#file, String(us));
  }
}

async function stopTrial(engines: Engines, pool: pg.Pool, home: string): Promise<void> {
  await pool.end();
  await stopHouse(engines);
  rmSync(home, { recursive: true, force: true });
}

/** A finding that stands. `firm` and `person` as the house knows them. */
export interface StandingFinding {
  readonly rule: string;
  readonly firm: string;
  readonly event: string;
  readonly person: string;
  readonly state: string;
}

/** What a trial may look at beside the doors. */
export class Probe {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Why the house is not at rest yet; `undefined` when nothing is held or undecided, but for what was set aside. */
  async unrest(): Promise<string | undefined> {
    const rows = await this.#ask<{ waiting: number; held: number; provisional: number; accepted: number; decided: number; aside: number }>(
      `select (select count(*) from log.event_partition e left join log.position p on p."group" = 'monitor' and p.partition = e.partition where e.next_offset > coalesce(p."offset", 0))::int as waiting,
              (select count(*) from intake.held)::int as held, (select count(*) from monitor.finding where state = 'provisional')::int as provisional,
              (select coalesce(sum(accepted), 0) from intake.daily)::int as accepted, (select coalesce(sum(decided), 0) from monitor.decided)::int as decided,
              (select coalesce(sum((convert_from(bytes, 'UTF8')::jsonb #>> '{body,count}')::int), 0) from log.entry where kind = 'batch-quarantined')::int as aside`);
    const row = rows[0];
    if (row === undefined || row.waiting > 0 || row.held > 0 || row.accepted !== row.decided + row.aside) return JSON.stringify(row);
    return undefined;
  }

  /** Batches that were set aside: whose, and how many events. */
  setAside(): Promise<readonly { readonly firm: string; readonly count: number }[]> {
    return this.#ask(`select convert_from(bytes, 'UTF8')::jsonb #>> '{body,firm}' as firm, (convert_from(bytes, 'UTF8')::jsonb #>> '{body,count}')::int as count from log.entry where kind = 'batch-quarantined' order by index`);
  }

  /** How many entries and batches were admitted before the one before them, and how much time the ledger's instants span. */
  async admissions(): Promise<{ readonly backwards: number; readonly spanUs: number }> {
    const rows = await this.#ask<{ backwards: number; spanUs: number }>(
      `select (select count(*) from (select admitted_at - lag(admitted_at) over (order by index) as step from log.entry) e where step <= 0)::int
            + (select count(*) from (select admitted_at - lag(admitted_at) over (partition by partition order by "offset") as step from log.event_batch) b where step < 0)::int as backwards,
              (select max(admitted_at) - min(admitted_at) from log.entry where kind = 'batch-admitted') as "spanUs"`);
    return rows[0] ?? { backwards: -1, spanUs: 0 };
  }

  /** Findings that stand. */
  findings(): Promise<readonly StandingFinding[]> {
    return this.#ask<StandingFinding>(`select rule, firm, event_id as event, person, state from monitor.finding where state <> 'withdrawn'`);
  }

  /** Who the firms' customers are to the house. */
  customers(): Promise<readonly { readonly firm: string; readonly reference: string; readonly person: string }[]> {
    return this.#ask(`select firm, reference, replace(person::text, '-', '') as person from intake.customer`);
  }

  /** Positions of the monitor by partition: what lies below is decided and committed. */
  async positions(): Promise<ReadonlyMap<number, number>> {
    const { rows } = await this.#pool.query<{ partition: number; offset: number }>({ name: 'probe-positions', text: `select partition, "offset" from log.position where "group" = 'monitor'` });
    return new Map(rows.map((row) => [row.partition, row.offset]));
  }

  /** The batches that hold each submission's events. */
  async batchesOf(submissions: readonly string[]): Promise<ReadonlyMap<string, readonly { readonly partition: number; readonly offset: number }[]>> {
    const rows = await this.#ask<{ id: string; partition: number; offset: number }>(
      `select s.id, b.partition, b."offset" from intake.submission s join log.event_batch b on b.seq = s.epoch and b.firm = s.firm where s.id = any($1)`, [submissions]);
    const found = new Map<string, { partition: number; offset: number }[]>();
    for (const { id, partition, offset } of rows) found.set(id, [...(found.get(id) ?? []), { partition, offset }]);
    return found;
  }

  /** Age of the oldest batch that analytics has not taken; 0 when it has taken all. */
  async analyticsLagSeconds(): Promise<number> {
    const rows = await this.#ask<{ lag: number | null }>(
      `select (extract(epoch from clock_timestamp()) - min(b.admitted_at) / 1000000.0)::float8 as lag from log.event_batch b
       left join log.analytics_position a on a.partition = b.partition where b."offset" >= coalesce(a.next, 0)`);
    return Math.max(0, rows[0]?.lag ?? 0);
  }

  /** Every admitted event with the batches that hold it. Second legs are no events. */
  async admitted(partitions: number): Promise<{ readonly firm: number; readonly id: string; readonly batches: number; readonly decided: boolean }[]> {
    const positions = await this.positions();
    const found = new Map<string, { firm: number; id: string; batches: number; decided: boolean }>();
    const log = new PgEventLog(this.#pool);
    for (let partition = 0; partition < partitions; partition++) {
      const { first, next } = await log.bounds(partition);
      for (let from = first; from < next; ) {
        const batches = await log.read(partition, from, 8 * 1024 * 1024);
        for (const batch of batches) addEvents(found, batch.bytes, batch.offset < (positions.get(partition) ?? 0));
        from = (batches.at(-1)?.offset ?? next) + 1;
      }
    }
    return [...found.values()];
  }

  async #ask<T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await withActor(this.#pool, SYSTEM, (tx) => tx.query<T>(text, [...values]))).rows;
  }
}

function addEvents(found: Map<string, { firm: number; id: string; batches: number; decided: boolean }>, bytes: Uint8Array, isDecided: boolean): void {
  const events = decodeBatch(bytes);
  for (let i = 0; i < events.count; i++) {
    if (((events.flags[i] ?? 0) & FLAG.secondLeg) !== 0) continue;
    const [firm, id] = [events.firm[i] ?? 0, events.text('id', i)];
    const known = found.get(`${firm}/${id}`);
    if (known === undefined) found.set(`${firm}/${id}`, { firm, id, batches: 1, decided: isDecided });
    else {
      known.batches += 1;
      known.decided &&= isDecided;
    }
  }
}
