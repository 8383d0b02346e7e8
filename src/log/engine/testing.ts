/**
 * Databases for tests: one embedded server for all test files of all runs at a time, a fresh database for
 * each call. The first process that asks starts the server, the others adopt it. The test runner stops it
 * at the end of a run (`stopTestServer`); after `node --test FILE` by hand it stops by itself when nobody
 * has used it for a while.
 *
 * A database is a copy of a template that was migrated once, so it costs a tenth of a second, whatever the
 * number of migrations. It stands on the same engine with the same settings as an installation.
 */

import { createHash, randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate, openPool, type Connection, type Migration } from '../database.ts';
import { whileHolding } from './hold.ts';
import { startPostgres, type EmbeddedPostgres } from './postgres.ts';
import { withClient, type DatabaseRole } from './roles.ts';
import type { openClickHouse } from './clickhouse-host.ts';

const HOME = fileURLToPath(new URL('../../../.nigran/tests', import.meta.url));
const STOPPER = fileURLToPath(new URL('../../../scripts/stop-test-engines.ts', import.meta.url));
const NAME = `test server ${HOME}`;
const POOL_MAX = 6;
/** A server that nobody used for so long is stopped. */
const UNUSED_MS = 60_000;
const LOOK_MS = 5_000;
/** Ours: `t_` and 12 hex digits; `m_` for templates. */
const OWN = '^[tm]_[0-9a-f]{12}$';

/** A database of its own, migrated, with a pool for each role. */
export interface TestDatabase {
  pool(role: DatabaseRole): pg.Pool;
  connection(role: DatabaseRole): Connection;
  /** Closes the pools and drops the database. */
  drop(): Promise<void>;
}

let server: Promise<EmbeddedPostgres> | undefined;

/** Makes a database and runs `migrations` on it. */
export async function openTestDatabase(migrations: readonly Migration[] = []): Promise<TestDatabase> {
  server ??= startShared();
  const running = await server;
  const name = `t_${randomBytes(6).toString('hex')}`;
  await withClient(running.engineConnection(), async (client) => {
    const template = await templateOf(client, running, migrations);
    await client.query(`create database ${name} template ${template} owner nigran_owner`);
  });
  const pools = new Map<DatabaseRole, pg.Pool>();
  const pool = (role: DatabaseRole): pg.Pool => {
    const known = pools.get(role);
    if (known !== undefined) return known;
    const made = openPool(running.connection(role, name), POOL_MAX);
    pools.set(role, made);
    return made;
  };
  return {
    pool,
    connection: (role) => running.connection(role, name),
    drop: async () => {
      await Promise.all([...pools.values()].map((each) => each.end()));
      await withClient(running.engineConnection(), (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** The template of these migrations, made by whoever needs it first. */
async function templateOf(client: pg.Client, running: EmbeddedPostgres, migrations: readonly Migration[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(migrations)).digest();
  const name = `m_${hash.toString('hex', 0, 6)}`;
  await client.query('select pg_advisory_lock($1)', [hash.readInt32LE(6)]);
  try {
    const found = await client.query('select from pg_database where datname = $1 and datistemplate', [name]);
    if (found.rowCount === 1) return name;
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} owner nigran_owner`);
    const owner = openPool(running.connection('nigran_owner', name), 1);
    try {
      await migrate(owner, migrations);
    } finally {
      await owner.end();
    }
    await client.query(`alter database ${name} is_template true`);
    return name;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [hash.readInt32LE(6)]);
  }
}

/** Starts or adopts the server, and keeps one connection open: who has one uses the server. */
function startShared(): Promise<EmbeddedPostgres> {
  return whileHolding(NAME, async () => {
    const running = await openServer();
    const presence = new pg.Pool({ ...running.engineConnection(), max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true });
    presence.on('error', () => undefined);
    await presence.query('select 1');
    if (!running.adopted) {
      await withClient(running.engineConnection(), dropLeftovers);
      spawn(process.execPath, [STOPPER, 'when-unused'], { stdio: 'ignore', detached: true, env: { PATH: process.env['PATH'] } }).unref();
    }
    return running;
  });
}

function openServer(): Promise<EmbeddedPostgres> {
  return startPostgres({ home: HOME, database: 'nigran_test', random: (length) => randomBytes(length), log: () => undefined, unwatched: true });
}

/** Drops what killed test processes left behind. */
async function dropLeftovers(client: pg.Client): Promise<void> {
  const found = await client.query<{ name: string }>('select datname as name from pg_database where datname ~ $1', [OWN]);
  for (const { name } of found.rows) {
    await client.query(`alter database ${name} is_template false`);
    await client.query(`drop database ${name} with (force)`);
  }
}

/** Stops the shared server when one runs and nobody uses it. */
export async function stopTestServer(): Promise<void> {
  await whileHolding(NAME, async () => {
    if ((await users()) === 0) await (await openServer()).stop();
  });
}

/** Waits until nobody has used the shared server for a while, and stops it. */
export async function stopTestServerWhenUnused(): Promise<void> {
  for (let unusedMs = 0; unusedMs < UNUSED_MS; ) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    const count = await whileHolding(NAME, users);
    if (count === undefined) return;
    unusedMs = count === 0 ? unusedMs + LOOK_MS : 0;
  }
  await stopTestServer();
}

/** Connections of test processes; `undefined` when no server runs. */
async function users(): Promise<number | undefined> {
  if (!existsSync(`${HOME}/postgres/data/postmaster.pid`)) return undefined;
  const running = await openServer();
  const found = await withClient(running.engineConnection(), (client) => client.query(
    `select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`));
  return found.rowCount ?? 0;
}

/** A ClickHouse of its own in a directory, in this process. Its library is loaded only by tests that ask. */
export async function openTestClickHouse(directory: string, secret: string): ReturnType<typeof openClickHouse> {
  const host = await import('./clickhouse-host.ts');
  return host.openClickHouse({ directory, port: 0, secret });
}
