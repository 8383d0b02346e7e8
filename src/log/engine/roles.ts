/**
 * The database roles of the house, and making them. None of them is a superuser or passes row-level
 * security by; the engine's own superuser makes them and is used for nothing else.
 */

import pg from 'pg';
import type { Connection } from '../database.ts';

/**
 * `nigran_owner` brings the schema forward, `nigran_app` is the server and owns nothing, `nigran_worker`
 * are the monitor's shards, `nigran_vault` sees the vault's schema only.
 */
export const DATABASE_ROLES = ['nigran_owner', 'nigran_app', 'nigran_worker', 'nigran_vault'] as const;
/** A database role of the house. */
export type DatabaseRole = (typeof DATABASE_ROLES)[number];

/** A running PostgreSQL, embedded or the operator's. */
export interface Postgres {
  /** How a role connects, to the installation's database unless another is named. */
  connection(role: DatabaseRole, database?: string): Connection;
  /** Process id of the embedded server; 0 when there is none. */
  pid(): number;
  restarts(): number;
  /** Stops the embedded server; leaves the operator's alone. */
  stop(): Promise<void>;
}

/** Makes the roles that are missing, with their passwords. */
export async function makeRoles(client: pg.Client, secrets: Readonly<Record<DatabaseRole, string>>): Promise<void> {
  const known = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [DATABASE_ROLES]);
  const names = new Set(known.rows.map((row) => row.rolname));
  for (const role of DATABASE_ROLES) {
    if (names.has(role)) continue;
    await client.query(`create role ${role} login noinherit nosuperuser nocreatedb nocreaterole nobypassrls password ${pg.escapeLiteral(secrets[role])}`);
  }
}

/** Runs `fn` on one connection and closes it. */
export async function withClient<T>(connection: Connection, fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  // A connection that breaks while idle is seen by the next query.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
