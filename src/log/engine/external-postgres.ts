/**
 * The operator's PostgreSQL, by `DATABASE_URL`. Nigran asks for a database of its own in UTF-8, PostgreSQL 18
 * or newer, and its four roles; it makes the roles when the given account may, and says what is missing
 * otherwise. It never changes a role or a setting that is there. No password enters a message.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import type { Connection } from '../database.ts';
import { codeOf, Refusal } from './refusal.ts';
import { DATABASE_ROLES, makeRoles, withClient, type DatabaseRole, type Postgres } from './roles.ts';
import { openSecrets } from './secrets.ts';

const VERSION_MIN = 180_000;
const CONNECT_LIMIT_MS = 10_000;
const INSUFFICIENT_PRIVILEGE = '42501';
const WRONG_PASSWORD = new Set(['28P01', '28000']);

/** What a connection to the operator's server needs to be told. */
export interface ExternalGround {
  readonly url: string;
  /** The passwords of the four roles lie in `postgres-secrets.json` here. */
  readonly home: string;
  readonly random: (length: number) => Uint8Array;
}

/** Checks the operator's server, and makes the roles that are missing. */
export async function connectPostgres(ground: ExternalGround): Promise<Postgres> {
  const url = parse(ground.url);
  mkdirSync(ground.home, { recursive: true, mode: 0o700 });
  const secretsFile = join(ground.home, 'postgres-secrets.json');
  // An address that names one of the roles brings that role's password along.
  const given = { [decodeURIComponent(url.username)]: decodeURIComponent(url.password) };
  const secrets = { ...openSecrets(secretsFile, DATABASE_ROLES, ground.random), ...given };
  await reach({ connectionString: url.href }, `DATABASE_URL (${url.host})`, async (client) => {
    await check(client);
    await makeMissing(client, secrets, secretsFile);
  });
  const connection = (role: DatabaseRole, database = decodeURIComponent(url.pathname.slice(1))): Connection => ({ connectionString: as(url, role, secrets[role], database) });
  for (const role of DATABASE_ROLES) {
    await reach(connection(role), `${role} at ${url.host}`, () => Promise.resolve(), `set its password to the one in ${secretsFile}, or write the right one into that file`);
  }
  return { connection, pid: () => 0, restarts: () => 0, stop: () => Promise.resolve() };
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2) {
    throw new Refusal('DATABASE_URL is not the address of a database', 'write it as postgres://account:password@host:5432/database');
  }
  return url;
}

function as(url: URL, role: DatabaseRole, password: string, database: string): string {
  const own = new URL(url);
  own.username = role;
  own.password = encodeURIComponent(password);
  own.pathname = `/${encodeURIComponent(database)}`;
  return own.href;
}

async function reach(connection: Connection, what: string, fn: (client: pg.Client) => Promise<void>, passwordRemedy = 'correct the account and password in it'): Promise<void> {
  try {
    await withClient({ ...connection, connectionTimeoutMillis: CONNECT_LIMIT_MS }, fn);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const code = codeOf(error);
    if (code !== undefined && WRONG_PASSWORD.has(code)) throw new Refusal(`${what} is refused by the server: wrong account or password`, passwordRemedy, error);
    throw new Refusal(`${what} cannot be used (${code ?? (error instanceof Error ? error.message : 'no answer')})`, 'start that server and see that this machine reaches it, or leave DATABASE_URL out for the embedded one', error);
  }
}

async function check(client: pg.Client): Promise<void> {
  const found = await client.query<{ version: string; number: string; encoding: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num') as number, pg_encoding_to_char(encoding) as encoding
     from pg_database where datname = current_database()`);
  const [row] = found.rows;
  if (row === undefined || Number(row.number) < VERSION_MIN) throw new Refusal(`DATABASE_URL leads to PostgreSQL ${row?.version ?? 'of unknown version'}`, 'use PostgreSQL 18 or newer');
  if (row.encoding !== 'UTF8') throw new Refusal(`the database of DATABASE_URL is in ${row.encoding}`, `make one with: create database nigran encoding 'UTF8' template template0`);
}

async function makeMissing(client: pg.Client, secrets: Readonly<Record<DatabaseRole, string>>, secretsFile: string): Promise<void> {
  try {
    await makeRoles(client, secrets);
    const may = await client.query<{ may: boolean }>(`select has_database_privilege('nigran_owner', current_database(), 'create') as may`);
    if (may.rows[0]?.may !== true) await client.query(`do $$ begin execute format('grant create on database %I to nigran_owner', current_database()); end $$`);
  } catch (error) {
    if (codeOf(error) !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new Refusal('the account of DATABASE_URL may not prepare the database', `have its operator run, with the passwords of ${secretsFile}: create role … login noinherit password '…' for ${DATABASE_ROLES.join(', ')}; grant create on database … to nigran_owner`, error);
  }
}
