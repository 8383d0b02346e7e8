/**
 * Starts the house: engines, schema, then every process, in the order in which they need each other; stops
 * them the other way round. The parent holds no business: it may be killed too, and the next start adopts
 * the database that it left.
 */

import { join } from 'node:path';
import { migrate, openPool, type AnalyticsAddress, type Connection, type Migration } from '../log/index.ts';
import { Refusal, startPostgres, type DatabaseRole, type Postgres } from '../log/engine/index.ts';
import { startChild, type Child } from './child.ts';
import { migrations } from './migrations.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** Partitions of the event log in this installation; fixed when it is opened. */
export const PARTITIONS = 8;

/** The running engines and how to reach them. */
export interface Engines {
  readonly postgres: Postgres;
  readonly analytics: AnalyticsAddress;
  readonly children: Child[];
  connection(role: DatabaseRole): Connection;
}

/** Starts the engines and brings the schema forward. */
export async function startEngines(settings: Settings, world: World, say: (line: string) => void): Promise<Engines> {
  const from = world.clock();
  const took = () => `${((world.clock() - from) / 1e6).toFixed(1)} s`;
  const postgres = await startPostgres({ home: settings.home, database: 'nigran', random: world.random, log: say, onRestart: () => say('PostgreSQL stands again') });
  await forward(postgres.connection('nigran_owner'), migrations);
  say(`PostgreSQL is up (${took()})`);
  const children: Child[] = [];
  const analytics = settings.clickhouseUrl === undefined ? await embeddedAnalytics(settings, world, say, children) : externalAnalytics(settings.clickhouseUrl);
  say(`ClickHouse is up (${took()})`);
  return { postgres, analytics, children, connection: (role) => postgres.connection(role) };
}

async function forward(connection: Connection, steps: readonly Migration[]): Promise<void> {
  const owner = openPool(connection, 2);
  try {
    await migrate(owner, steps);
  } catch (error) {
    if (error instanceof Error && error.name === 'NewerDatabase') throw new Refusal(error.message, 'or set NIGRAN_HOME to another directory', error);
    throw error;
  } finally {
    await owner.end();
  }
}

async function embeddedAnalytics(settings: Settings, world: World, say: (line: string) => void, children: Child[]): Promise<AnalyticsAddress> {
  const secret = Buffer.from(world.random(24)).toString('base64url');
  const host = { directory: join(settings.home, 'clickhouse'), port: 0, secret };
  const { child, ready } = await startChild({
    name: 'ClickHouse', verb: 'inner:clickhouse', settings: () => host, log: say, clock: () => world.clock() / 1000, heapMiB: 512,
  });
  const port = Number(ready['port']);
  host.port = port;
  children.push(child);
  return { url: `http://127.0.0.1:${port}`, username: 'nigran', password: secret };
}

function externalAnalytics(text: string): AnalyticsAddress {
  const url = new URL(text);
  return { url: url.origin, username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}

/** Stops children, last started first, then the database. */
export async function stopHouse(engines: Engines): Promise<void> {
  for (const child of [...engines.children].reverse()) await child.stop();
  await engines.postgres.stop();
}
