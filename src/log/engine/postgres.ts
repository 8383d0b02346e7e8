/**
 * Supervises the embedded PostgreSQL 18 that npm carries. It is the operator's database that serves in
 * production (`DATABASE_URL`); this one makes the demo and the tests need nothing but npm.
 *
 * Invariants: the server never runs as root; it listens on a socket in a private directory only; a server
 * that outlived its parent is adopted, not fought; one that dies is started again, later each time, and not
 * for ever. Refuses with one line that says what to do: an unsupported platform, a home it cannot use, a
 * full disk.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Connection } from '../database.ts';
import { whileHolding } from './hold.ts';
import { launchServer, lastWords, logLength, runningServer, stopServer } from './postmaster.ts';
import { initialise, openPlace, type Place } from './postgres-place.ts';
import { codeOf, Refusal } from './refusal.ts';
import { DATABASE_ROLES, makeRoles, withClient, type DatabaseRole, type Postgres } from './roles.ts';
import { openSecrets } from './secrets.ts';
import { idle, sleep, stopwatch } from './wait.ts';

/** The engine's own superuser: makes roles and databases, and nothing else. */
const ENGINE_ROLE = 'nigran_engine';
const START_LIMIT_MS = 60_000;
/** Replaying the log after a crash may take long on a slow disk; it is waited for while the server says so. */
const RECOVERY_LIMIT_MS = 30 * 60_000;
const WATCH_MS = 100;
const RESTART_DELAY_MS = 50;
const RESTART_DELAY_MAX_MS = 5_000;
/** A server that stood this long starts with the first delay again. */
const SETTLED_MS = 60_000;
/** Starts that fail one after the other before we say so and end. */
const FAILED_STARTS_MAX = 6;
const TELL_MS = 15_000;
/** PostgreSQL's codes: it is starting up; the password is wrong. */
const CANNOT_CONNECT_NOW = '57P03';
const WRONG_PASSWORD = new Set(['28P01', '28000']);

/** What an embedded server needs to be told. */
export interface PostgresGround {
  /** Data directory of the installation; `postgres/` below it is ours. */
  readonly home: string;
  readonly database: string;
  /** Draws secret bytes. */
  readonly random: (length: number) => Uint8Array;
  readonly log: (line: string) => void;
  /** Called when the server died and stands again. */
  readonly onRestart?: () => void;
  /** Called when it died and does not stand up any more. Without it the next query says so. */
  readonly onLost?: (refusal: Refusal) => void;
  /** Lets a server that ends be: for tests, which share one and must not raise what another has stopped. */
  readonly unwatched?: boolean;
}

/** An embedded server: also gives the superuser's way in, for those who make databases. */
export interface EmbeddedPostgres extends Postgres {
  engineConnection(): Connection;
  /** True when the server was running already. */
  readonly adopted: boolean;
}

/** Starts, or adopts, the embedded server, and makes its roles and its database. */
export async function startPostgres(ground: PostgresGround): Promise<EmbeddedPostgres> {
  const place = openPlace(ground.home, ground.log);
  return whileHolding(nameOf(place), async () => {
    const secrets = openPasswords(place, ground.random);
    const adopted = runningServer(place) !== undefined;
    if (!adopted) initialise(place, ENGINE_ROLE, secrets[ENGINE_ROLE]);
    const engine = { host: place.socket, port: 5432, user: ENGINE_ROLE, password: secrets[ENGINE_ROLE], database: 'postgres' };
    await stand(place, engine, ground.log);
    await prepare(engine, secrets, ground.database);
    const watched = ground.unwatched === true ? { restarts: () => 0, end: () => undefined } : watch(place, engine, ground);
    return {
      adopted,
      connection: (role, database = ground.database) => ({ ...engine, user: role, password: secrets[role], database }),
      engineConnection: () => engine,
      pid: () => runningServer(place) ?? 0,
      restarts: watched.restarts,
      stop: async () => {
        watched.end();
        await stopServer(place);
      },
    };
  });
}

/** Who holds this starts or clears away the server of a directory; all others wait. */
const nameOf = (place: Place): string => `postgres ${place.base}`;

function openPasswords(place: Place, random: (length: number) => Uint8Array): Record<typeof ENGINE_ROLE | DatabaseRole, string> {
  const path = join(place.base, 'secrets.json');
  if (existsSync(join(place.data, 'PG_VERSION')) && !existsSync(path)) {
    throw new Refusal(`the passwords of the database in ${place.data} are gone`, `restore ${path} from a copy of the home directory`);
  }
  return openSecrets(path, [ENGINE_ROLE, ...DATABASE_ROLES], random);
}

/** Makes roles and database where they are missing. */
async function prepare(engine: Connection, secrets: Readonly<Record<DatabaseRole, string>>, database: string): Promise<void> {
  await withClient(engine, async (client) => {
    await makeRoles(client, secrets);
    const found = await client.query('select from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)} owner nigran_owner`);
  });
}

/** Brings the server to where it answers; gives up when it ends by itself several times. */
async function stand(place: Place, engine: Connection, log: (line: string) => void): Promise<void> {
  for (let failed = 1; ; failed++) {
    const from = logLength(place);
    const hasEnded = runningServer(place) === undefined ? await launchServer(place) : () => true;
    if (await answers(place, engine, hasEnded, log)) return;
    if (failed === FAILED_STARTS_MAX) throw lastWords(place, from);
    await sleep(Math.min(RESTART_DELAY_MS * 2 ** failed, RESTART_DELAY_MAX_MS));
  }
}

/** Waits until the server answers; `false` when it is gone. */
async function answers(place: Place, engine: Connection, hasEnded: () => boolean, log: (line: string) => void): Promise<boolean> {
  const elapsed = stopwatch();
  for (let told = 1; ; ) {
    const error = await withClient(engine, () => Promise.resolve(undefined)).catch((failed: unknown) => failed);
    if (error === undefined) return true;
    const code = codeOf(error) ?? '';
    if (WRONG_PASSWORD.has(code)) throw new Refusal(`the passwords in ${join(place.base, 'secrets.json')} are not those of the database beside it`, 'restore both from the same copy', error);
    if (hasEnded() && runningServer(place) === undefined) return false;
    const limit = code === CANNOT_CONNECT_NOW ? RECOVERY_LIMIT_MS : START_LIMIT_MS;
    if (elapsed() > limit) throw new Refusal(`PostgreSQL does not answer within ${limit / 1000} s`, `see ${place.logFile}`, error);
    if (elapsed() > told * TELL_MS) {
      log('PostgreSQL is still starting: it replays what was not yet in its files');
      told += 1;
    }
    await sleep(20);
  }
}

/** Looks after the server until told to end: one that is gone is started again. */
function watch(place: Place, engine: Connection, ground: PostgresGround): { restarts: () => number; end: () => void } {
  let ended = false;
  let restarts = 0;
  const look = async (): Promise<void> => {
    let delay = RESTART_DELAY_MS;
    let stood = stopwatch();
    for (;;) {
      await idle(WATCH_MS);
      if (ended) return;
      if (runningServer(place) !== undefined) continue;
      delay = stood() > SETTLED_MS ? RESTART_DELAY_MS : Math.min(delay * 2, RESTART_DELAY_MAX_MS);
      ground.log(`PostgreSQL ended; it starts again in ${delay} ms`);
      await idle(delay);
      if (ended) return;
      await whileHolding(nameOf(place), () => stand(place, engine, ground.log));
      restarts += 1;
      stood = stopwatch();
      ground.onRestart?.();
    }
  };
  look().catch((error: unknown) => {
    const refusal = error instanceof Refusal ? error : new Refusal('PostgreSQL is lost', `see ${place.logFile}`, error);
    ground.log(`${refusal.message}. ${refusal.remedy}.`);
    ground.onLost?.(refusal);
  });
  return { restarts: () => restarts, end: () => { ended = true; } };
}
