/**
 * One PostgreSQL server process on one data directory: found, started, watched, stopped.
 *
 * A server is recognised by its working directory, which is always its data directory: neither a number
 * that was used again nor a command line can deceive. A lock file is removed only when no process at all
 * works in that directory, because a backend that outlived its postmaster still holds the shared memory.
 */

import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, readSync, readdirSync, readlinkSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { failure, type Place } from './postgres-place.ts';
import { spawnOptions } from './postgres-runtime.ts';
import type { Refusal } from './refusal.ts';
import { until } from './wait.ts';

const LOG_BYTES_MAX = 5_000_000;
const TAIL_BYTES = 8_192;
/** A backend ends within a second of losing its postmaster, except in the middle of a long write. */
const ORPHANS_LIMIT_MS = 5_000;
/** A fast shutdown writes a checkpoint; afterwards an immediate one leaves the rest to recovery. */
const STOP_LIMIT_MS = 30_000;

/**
 * Settings for two cores. No processes of its own read for it: what it reads is in memory, and three more processes are not. Commits of one moment share one flush; acknowledged is on disk (`fsync` and
 * `synchronous_commit` are on, and said here so that nobody has to know the defaults). The log of errors
 * carries no values: a row's identity must not enter a log line.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '', unix_socket_permissions: '0700', max_connections: '80', shared_buffers: '256MB', work_mem: '8MB', maintenance_work_mem: '64MB',
  fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', wal_buffers: '16MB', min_wal_size: '256MB', max_wal_size: '2GB', checkpoint_timeout: '10min',
  wal_compression: 'off', jit: 'off', max_worker_processes: '4', max_parallel_workers_per_gather: '0', max_logical_replication_workers: '0', max_wal_senders: '0',
  autovacuum_max_workers: '2', io_method: 'sync', timezone: 'UTC', log_timezone: 'UTC', idle_in_transaction_session_timeout: '60s',
  log_min_messages: 'warning', log_min_error_statement: 'panic', log_error_verbosity: 'terse', log_checkpoints: 'off', cluster_name: 'nigran',
};

/** The process id of the server that runs on this directory, or `undefined`. */
export function runningServer(place: Place): number | undefined {
  let pid: number;
  try {
    pid = Number(readFileSync(join(place.data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
  return pid > 0 && directoryOf(String(pid)) === realpathSync(place.data) ? pid : undefined;
}

/** Where a process works; `undefined` when it is gone, or not ours to look at. */
function directoryOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** Starts a server, once nothing of an earlier one is left. It outlives us; the next start adopts it. Gives whether it has ended. */
export async function launchServer(place: Place): Promise<() => boolean> {
  await clearAway(place);
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const handed = openSync(place.base, 'r');
  const output = openLog(place);
  try {
    const child = spawn(join(place.runtime.directory, 'bin', 'postgres'), ['-D', place.serverData, '-k', place.serverSocket, ...settings], {
      ...spawnOptions(place.runtime), stdio: ['ignore', output, output, handed], detached: true,
    });
    let failed = false;
    child.on('error', () => { failed = true; });
    child.unref();
    return () => failed || child.exitCode !== null || child.signalCode !== null;
  } finally {
    closeSync(handed);
    closeSync(output);
  }
}

/** Waits for the backends of a server that is gone, ends those that do not, and removes its lock file. */
async function clearAway(place: Place): Promise<void> {
  if (runningServer(place) !== undefined) return;
  const data = realpathSync(place.data);
  const left = (): string[] => readdirSync('/proc').filter((name) => /^\d+$/.test(name) && directoryOf(name) === data);
  if (!(await until(() => left().length === 0, ORPHANS_LIMIT_MS))) {
    for (const pid of left()) tryKill(Number(pid), 'SIGKILL');
    await until(() => left().length === 0, ORPHANS_LIMIT_MS);
  }
  if (left().length === 0) rmSync(join(place.data, 'postmaster.pid'), { force: true });
}

/** Stops the server that runs on this directory: without waiting for clients, but with a checkpoint. */
export async function stopServer(place: Place): Promise<void> {
  const pid = runningServer(place);
  if (pid === undefined) return;
  const isGone = (): boolean => runningServer(place) !== pid;
  tryKill(pid, 'SIGINT');
  if (await until(isGone, STOP_LIMIT_MS)) return;
  tryKill(pid, 'SIGQUIT');
  await until(isGone, STOP_LIMIT_MS);
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended, which is what was wanted.
  }
}

function openLog(place: Place): number {
  const found = statSync(place.logFile, { throwIfNoEntry: false });
  if (found !== undefined && found.size > LOG_BYTES_MAX) renameSync(place.logFile, `${place.logFile}.1`);
  return openSync(place.logFile, 'a', 0o600);
}

/** How far the server's log goes now: what comes after belongs to the next start. */
export function logLength(place: Place): number {
  return statSync(place.logFile, { throwIfNoEntry: false })?.size ?? 0;
}

/** Why the server does not run, in its own last words after `from`. */
export function lastWords(place: Place, from: number): Refusal {
  const lines = tail(place, from).split('\n').filter((line) => /FATAL|PANIC|ERROR|could not/.test(line));
  const said = lines.find((line) => /No space left|quota/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
  return failure(`PostgreSQL does not start (${said.replace(/^.*?(FATAL|PANIC|ERROR): +/, '').slice(0, 200)})`, said, place);
}

function tail(place: Place, from: number): string {
  let file: number;
  try {
    file = openSync(place.logFile, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(file);
    const start = Math.max(Math.min(from, size), size - TAIL_BYTES);
    const bytes = Buffer.alloc(size - start);
    readSync(file, bytes, 0, bytes.length, start);
    return bytes.toString('utf8');
  } finally {
    closeSync(file);
  }
}
