/**
 * Starts the house: engines, schema, then every process, in the order in which they need each other; stops
 * them the other way round. The parent holds no business: it may be killed too, and the next start adopts
 * the database that it left.
 */

import { join } from 'node:path';
import { migrate, openPool, type AnalyticsAddress, type Connection } from '../log/index.ts';
import { mustRefold } from '../log/rebuild.ts';
import { Refusal, connectClickHouse, connectPostgres, startPostgres, type DatabaseRole, type Postgres } from '../log/engine/index.ts';
import { startChild, type Child } from './child.ts';
import { frameworkOf } from './installation.ts';
import { freePort } from './instance.ts';
import { migrations } from './migrations.ts';
import { refoldHouse } from './refold.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/**
 * Partitions of the event log in a home that is opened now, at least; it keeps them. Each has one writer of state, so
 * there are never more workers at work than partitions; more of them make smaller batches, and a batch costs each who
 * writes or reads it about 0.1 ms beside its rows.
 */
const PARTITIONS_MIN = 4;
const PARTITIONS_MAX = 256;

/** The running engines and how to reach them. */
export interface Engines {
  readonly postgres: Postgres;
  readonly analytics: AnalyticsAddress;
  readonly children: Child[];
  /** Partitions of the event log in this home. */
  readonly partitions: number;
  connection(role: DatabaseRole): Connection;
}

/** Starts the engines and brings the schema forward. */
export async function startEngines(settings: Settings, world: World, say: (line: string) => void): Promise<Engines> {
  const from = world.clock();
  const took = () => `${((world.clock() - from) / 1e6).toFixed(1)} s`;
  const external = settings.clickhouseUrl === undefined ? undefined : await connectClickHouse(settings.clickhouseUrl);
  const { postgres, partitions } = await startRecord(settings, world, say);
  try {
    say(`PostgreSQL is up (${took()})`);
    const children: Child[] = [];
    const analytics = external ?? (await embeddedAnalytics(settings, world, say, children));
    say(`ClickHouse is up (${took()})`);
    return { postgres, analytics, children, partitions, connection: (role) => postgres.connection(role) };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Starts the record alone, embedded or the operator's, and brings its schema forward. */
export async function startRecord(settings: Settings, world: World, say: (line: string) => void): Promise<{ readonly postgres: Postgres; readonly partitions: number }> {
  const postgres = settings.databaseUrl === undefined
    ? await startPostgres({ home: settings.home, database: 'nigran', random: world.random, log: say, onRestart: () => say('PostgreSQL stands again') })
    : await connectPostgres({ url: settings.databaseUrl, home: settings.home, random: world.random });
  try {
    const partitions = await forward(postgres.connection('nigran_owner'), settings.workers);
    await refoldIfNeeded(postgres.connection('nigran_owner'), { home: settings.home, partitions }, say);
    return { postgres, partitions };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Brings the schema forward; refuses a database of a newer version. Gives the partitions of the event log, which the first start fixes. */
export async function forward(connection: Connection, workers = 1): Promise<number> {
  const owner = openPool(connection, 2);
  try {
    await migrate(owner, migrations);
    await owner.query('insert into log.installation (partitions) values ($1) on conflict (one) do nothing', [partitionsFor(workers)]);
    const found = await owner.query<{ partitions: number }>('select partitions from log.installation');
    return found.rows[0]?.partitions ?? partitionsFor(workers);
  } catch (error) {
    if (error instanceof Error && error.name === 'NewerDatabase') throw new Refusal(error.message, 'or set NIGRAN_HOME to another directory', error);
    throw error;
  } finally {
    await owner.end();
  }
}

/** A power of two, so that the 256 logical partitions spread evenly. */
function partitionsFor(workers: number): number {
  let partitions = PARTITIONS_MIN;
  while (partitions < workers && partitions < PARTITIONS_MAX) partitions *= 2;
  return partitions;
}

/** A step of the schema may ask for it: then the views are folded again before anyone reads them. */
async function refoldIfNeeded(connection: Connection, place: { readonly home: string; readonly partitions: number }, say: (line: string) => void): Promise<void> {
  const owner = openPool(connection, 1);
  const needed = await mustRefold(owner);
  await owner.end();
  if (!needed) return;
  say('the views are folded again from the log, as this version has them');
  const { events } = await refoldHouse({ owner: connection, objects: join(place.home, 'objects'), framework: frameworkOf(place.home), partitions: place.partitions, shards: 1 });
  say(`${events} events were folded`);
}

async function embeddedAnalytics(settings: Settings, world: World, say: (line: string) => void, children: Child[]): Promise<AnalyticsAddress> {
  const secret = Buffer.from(world.random(24)).toString('base64url');
  const host = { directory: join(settings.home, 'clickhouse'), port: 0, secret };
  const { child, ready } = await startChild({
    name: 'ClickHouse', verb: 'inner:clickhouse', settings: () => host, log: say, clock: () => world.clock() / 1000, heapMiB: 256,
  });
  const port = Number(ready['port']);
  host.port = port;
  children.push(child);
  return { url: `http://127.0.0.1:${port}`, username: 'nigran', password: secret };
}

/** Stops children, last started first. The database goes on. */
export async function stopChildren(engines: Engines): Promise<void> {
  for (const child of [...engines.children].reverse()) await child.stop();
}

/** Stops children, then the database. */
export async function stopHouse(engines: Engines): Promise<void> {
  await stopChildren(engines);
  await engines.postgres.stop();
}

/** What the whole house is started with. */
export interface HouseGround {
  readonly settings: Settings;
  readonly world: World;
  readonly engines: Engines;
  readonly framework: string;
  readonly consoleDirectory: string;
  readonly authority: string;
  /** Directory of the signing keys. */
  readonly keys: string;
  /** Where the server listens. */
  readonly host: string;
  /** Scheme and authority under which it is opened; `http://localhost` with its port when absent. */
  readonly origin: string | undefined;
  /** Present in a demo, which is synthetic: accounts with passwords, and keys from this seed. */
  readonly seed: string | undefined;
  readonly say: (line: string) => void;
  /** A module that every process of the house loads first. */
  readonly preload?: string;
}

/** The running house. */
export interface House {
  readonly url: string;
  /** Process ids, for those who try what happens when one dies. */
  pids(): Readonly<Record<string, number | undefined>>;
}

/** The vault holds the index of people's names, some 300 bytes a person, beside the lists. */
const VAULT_HEAP_MIB = 2_048;
const WORKER_BYTES_MAX = 512 * 1024 * 1024;

/** Starts vault, workers, projector and server; resolves when the server listens. */
export async function startHouse(ground: HouseGround): Promise<House> {
  const { settings, world, engines, say } = ground;
  const { partitions } = engines;
  const start = async (name: string, verb: string, childSettings: unknown, heapMiB: number, youngMiB?: number): Promise<Child> => {
    const { child } = await startChild({ name, verb, isCompiling: verb === 'inner:server', settings: () => childSettings, log: say, clock: () => world.clock() / 1000, heapMiB, ...(youngMiB === undefined ? {} : { youngMiB }), ...(ground.preload === undefined ? {} : { preload: ground.preload }) });
    engines.children.push(child);
    return child;
  };
  const vault = { socket: join(settings.home, 'run', 'vault.sock'), secret: Buffer.from(world.random(32)).toString('base64url') };
  const objects = join(settings.home, 'objects');
  const vaultChild = await start('vault', 'inner:vault', { address: vault, home: settings.home, objects, database: engines.connection('nigran_vault'), seed: ground.seed }, VAULT_HEAP_MIB);
  const workers = await Promise.all(Array.from({ length: settings.workers }, (_, i) => start(`worker-${i + 1}`, 'inner:worker', {
    member: `worker-${i + 1}`, database: engines.connection('nigran_worker'), objects, framework: ground.framework, partitions,
    owned: Array.from({ length: partitions }, (_each, partition) => partition).filter((partition) => partition % settings.workers === i), bytesMax: WORKER_BYTES_MAX,
  }, 1024)));
  const projector = await start('projector', 'inner:projector', { database: engines.connection('nigran_app'), analytics: engines.analytics, partitions }, 512);
  const port = await freePort(ground.host, settings.port);
  const url = ground.origin ?? `http://localhost:${port}`;
  const server = await start('server', 'inner:server', {
    home: settings.home, host: ground.host, port, origin: url, authority: ground.authority, keys: ground.keys, seed: ground.seed, framework: ground.framework, synthetic: ground.seed !== undefined, database: engines.connection('nigran_app'),
    analytics: engines.analytics, vault, partitions, consoleDirectory: ground.consoleDirectory, pushHosts: settings.pushHosts,
  }, 2048, 16);
  return {
    url,
    pids: () => ({
      server: server.pid(), vault: vaultChild.pid(), projector: projector.pid(), postgres: engines.postgres.pid(),
      ...Object.fromEntries(workers.map((worker) => [worker.name, worker.pid()])), clickhouse: engines.children[0]?.pid(),
    }),
  };
}
