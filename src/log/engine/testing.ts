/**
 * Databases for tests: one embedded server for all test files of a run, a fresh database for each call.
 * The first file that asks starts the server under a lock; the others adopt it. It is left running for the
 * next file and is stopped by the test runner at the end of the run (`stopTestServer`).
 */

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate, openPool, type Migration } from '../database.ts';
import { DATABASE_ROLES, startPostgres, type DatabaseRole, type Postgres } from './postgres.ts';

const HOME = fileURLToPath(new URL('../../../.nigran/test', import.meta.url));
const LOCK_STALE_MS = 60_000;

/** A database of its own, migrated, with a pool for each role. */
export interface TestDatabase {
  pool(role: DatabaseRole): pg.Pool;
  connection(role: DatabaseRole): pg.PoolConfig;
  /** Closes the pools and drops the database. */
  drop(): Promise<void>;
}

let server: Promise<Postgres> | undefined;

/** Makes a database and runs `migrations` on it. */
export async function openTestDatabase(migrations: readonly Migration[] = []): Promise<TestDatabase> {
  server ??= startShared();
  const running = await server;
  const name = `t_${randomBytes(6).toString('hex')}`;
  await asOwner(running, (client) => client.query(`create database ${name}`));
  const pools = new Map<DatabaseRole, pg.Pool>();
  const pool = (role: DatabaseRole): pg.Pool => {
    const known = pools.get(role);
    if (known !== undefined) return known;
    const made = openPool(running.connection(role, name), 6);
    pools.set(role, made);
    return made;
  };
  await migrate(pool('nigran_owner'), migrations);
  return {
    pool,
    connection: (role) => running.connection(role, name),
    drop: async () => {
      await Promise.all(DATABASE_ROLES.map((role) => pools.get(role)?.end()));
      await asOwner(running, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** Stops the shared server, when one runs. */
export async function stopTestServer(): Promise<void> {
  if (!existsSync(`${HOME}/postgres/data/postmaster.pid`)) return;
  const running = await startShared();
  await running.stop();
}

async function asOwner(running: Postgres, run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(running.connection('nigran_owner', 'postgres'));
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}

async function startShared(): Promise<Postgres> {
  mkdirSync(HOME, { recursive: true });
  const lock = `${HOME}/starting`;
  await takeLock(lock);
  try {
    return await startPostgres({ home: HOME, database: 'nigran_test', random: (length) => randomBytes(length), log: () => undefined });
  } finally {
    rmdirSync(lock);
  }
}

async function takeLock(lock: string): Promise<void> {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch {
      if (isStale(lock)) rmdirSync(lock);
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

function isStale(lock: string): boolean {
  try {
    return Date.now() - statSync(lock).mtimeMs > LOCK_STALE_MS;
  } catch {
    return false;
  }
}
