/**
 * Connections to PostgreSQL, transactions, the actor that row-level security reads, and forward
 * migrations. Whole numbers of 64 bits arrive as JS numbers: instants, positions and paisa all stay
 * below 2^53, and a larger one is a broken invariant, not a rounding.
 */

import pg from 'pg';
import { assert } from '../terms/index.ts';

/** A connection inside a transaction. */
export type Tx = pg.PoolClient;
/** A pool, or a connection: what a plain read takes. */
export type Db = pg.Pool | pg.PoolClient;

const INT8_OID = 20;
const NUMERIC_OID = 1700;
pg.types.setTypeParser(INT8_OID, exactNumber);
pg.types.setTypeParser(NUMERIC_OID, exactNumber);

function exactNumber(text: string): number {
  const value = Number(text);
  assert(Number.isSafeInteger(value) || !/^-?\d+$/.test(text), 'a whole number from the database stays below 2^53');
  return value;
}

/** Where a role connects: a libpq URL, or a socket directory with its database and password. */
export type Connection = pg.PoolConfig;

/**
 * Opens a pool. `max` bounds its connections; an idle connection that breaks is replaced, not fatal. Statements that a
 * connection is given without waiting go to the server together, and are done in their order: who writes many rows of
 * one transaction gives all of them at once and waits once.
 */
export function openPool(connection: Connection, max: number): pg.Pool {
  const pool = new pg.Pool({ ...connection, max, pipeline: true, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 30_000 });
  pool.on('error', () => undefined);
  // A connection in use that breaks fails the query in hand; unheard, its event would end the process too.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    sendTogether(client);
  });
  return pool;
}

/** Statements that a connection is given in one turn of the event loop leave in one write: a write costs as much as making what it carries. */
function sendTogether(client: pg.PoolClient): void {
  const { stream } = client.connection;
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  let isHeld = false;
  client.query = ((...given: unknown[]) => {
    if (!isHeld) {
      isHeld = true;
      stream.cork();
      process.nextTick(() => {
        isHeld = false;
        stream.uncork();
      });
    }
    return query(...given);
  }) as typeof client.query;
}

const endings = new WeakMap<Tx, ((isCommitted: boolean) => void)[]>();

/** Calls `ending` once when this transaction of `withTransaction` is over: for what lies outside of PostgreSQL and follows it. */
export function atEnd(tx: Tx, ending: (isCommitted: boolean) => void): void {
  endings.set(tx, [...(endings.get(tx) ?? []), ending]);
}

function end(tx: Tx, isCommitted: boolean): void {
  const told = endings.get(tx) ?? [];
  endings.delete(tx);
  for (const ending of told) ending(isCommitted);
}

/**
 * Runs `fn` in one transaction: committed when it returns, rolled back when it throws. PostgreSQL answers the commit of
 * a transaction in which a statement failed with a rollback, and no error: it is one here, whoever swallowed the first.
 */
export function withTransaction<T>(pool: pg.Pool, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(pool, undefined, fn);
}

async function transact<T>(pool: pg.Pool, begin: pg.QueryConfig | undefined, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  try {
    await (begin === undefined ? tx.query('begin') : Promise.all([tx.query('begin'), tx.query(begin)]));
    const result = await fn(tx);
    const answer = await tx.query('commit');
    if (answer.command !== 'COMMIT') throw new Error('a statement of the transaction failed before, and nothing of it was stored');
    end(tx, true);
    return result;
  } catch (error) {
    broken = await rolledBack(tx);
    throw error;
  } finally {
    end(tx, false);
    tx.release(broken);
  }
}

async function rolledBack(tx: Tx): Promise<Error | undefined> {
  try {
    await tx.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * Many byte strings as one value, with the place (from 1) and length of each, for
 * `substring($1::bytea from start for length)`: a single value goes to the server as it is, while a list of them
 * would be written and read as hex digits.
 */
export function packed(parts: readonly Uint8Array[]): { readonly bytes: Buffer; readonly starts: readonly number[]; readonly lengths: readonly number[] } {
  const starts: number[] = [];
  let end = 1;
  for (const part of parts) {
    starts.push(end);
    end += part.length;
  }
  return { bytes: Buffer.concat(parts), starts, lengths: parts.map((part) => part.length) };
}

/** Who acts, as row-level security sees it. `organisation` is `system` for the house's own work. */
export interface Actor {
  readonly role: string;
  readonly account?: string;
  readonly firm?: string;
  readonly organisation?: string;
}

/** The house acting for itself: intake, projections, schedules. */
export const SYSTEM: Actor = { role: 'system', organisation: 'system' };

/** A transaction in which row-level security sees `actor`; the setting ends with the transaction. */
export function withActor<T>(pool: pg.Pool, actor: Actor, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const setting = {
    name: 'log-actor',
    text: `select set_config('nigran.role', $1, true), set_config('nigran.account', $2, true),
             set_config('nigran.firm', $3, true), set_config('nigran.organisation', $4, true)`,
    values: [actor.role, actor.account ?? '', actor.firm ?? '', actor.organisation ?? ''],
  };
  return transact(pool, setting, fn);
}

/** One step forward of the schema. `id` orders all rooms' steps: `NNN-room-what`. */
export interface Migration {
  readonly id: string;
  readonly sql: string;
  /** Views that stood before it are to be folded again; an empty database has none. */
  readonly refolds?: true;
}

/** The database was migrated by a newer house than this one. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase';
}

const MIGRATION_LOCK = 7_306_413;

/**
 * Brings the schema forward as `nigran_owner`, each step in a transaction of its own. Refuses a
 * database that knows a step which this house does not: it is newer. Gives the steps that ran.
 */
export async function migrate(owner: pg.Pool, migrations: readonly Migration[]): Promise<string[]> {
  const steps = [...migrations].sort((a, b) => (a.id < b.id ? -1 : 1));
  const known = new Set(steps.map((step) => step.id));
  assert(known.size === steps.length, 'each migration has an id of its own');
  const ran: string[] = [];
  const connection = await owner.connect();
  try {
    await connection.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await connection.query('create table if not exists public.migration (id text primary key, at timestamptz not null default now())');
    await connection.query('create table if not exists public.refold (step text primary key)');
    const done = await connection.query<{ id: string }>('select id from public.migration');
    const applied = new Set(done.rows.map((row) => row.id));
    for (const id of applied) if (!known.has(id)) throw new NewerDatabase(`the database holds step ${id}, which this version does not know: start a newer version`);
    for (const step of steps) if (!applied.has(step.id)) ran.push(await runStep(connection, step, applied.size === 0));
  } finally {
    await connection.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    connection.release();
  }
  return ran;
}

/** Must the views be folded again before anyone reads them? So since a step that says so, until `viewsFolded`. */
export async function mustRefold(owner: pg.Pool): Promise<boolean> {
  return (await owner.query('select from public.refold limit 1')).rowCount === 1;
}

/** The views were folded again in this transaction. */
export async function viewsFolded(tx: Tx): Promise<void> {
  await tx.query('delete from public.refold');
}

async function runStep(connection: pg.PoolClient, step: Migration, isEmpty: boolean): Promise<string> {
  await connection.query('begin');
  try {
    await connection.query(step.sql);
    await connection.query('insert into public.migration (id) values ($1)', [step.id]);
    if (step.refolds === true && !isEmpty) await connection.query('insert into public.refold (step) values ($1)', [step.id]);
    await connection.query('commit');
  } catch (error) {
    await connection.query('rollback');
    throw new Error(`migration ${step.id} failed`, { cause: error });
  }
  return step.id;
}
