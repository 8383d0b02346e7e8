/**
 * Where an installation's PostgreSQL keeps its files, and making them. Everything is below `postgres/` in
 * the home, so a copy of the home is a copy of the database.
 *
 * When root starts it, the server runs as another account, which may not be able to reach the home by its
 * path (root's own home is closed). It then gets the directory as an open file, number 3, and names its
 * files below `/proc/self/fd/3`: no directory of anyone is opened up, and no data lies in a temporary place.
 */

import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRuntime, spawnOptions, type Runtime } from './postgres-runtime.ts';
import { Refusal } from './refusal.ts';
import { giveTo, ownerOf, serverAccount } from './unprivileged.ts';

const MAJOR = '18';
/** A socket's path is at most 107 bytes (sockaddr_un); its file name takes 15. */
const SOCKET_DIRECTORY_LENGTH_MAX = 107 - '/.s.PGSQL.5432'.length;
/** A first database takes 40 MB, its log two segments of 16 MB; then the first minutes of a demo. */
const DISK_FREE_MIN_MB = 400;
/** Name of the directory that is handed over as open file 3. */
const HANDED_OVER = '/proc/self/fd/3';

/** The files of one server. */
export interface Place {
  readonly base: string;
  readonly data: string;
  /** Directory of the socket, as a client reaches it. */
  readonly socket: string;
  /** The same two as the server names them. */
  readonly serverData: string;
  readonly serverSocket: string;
  readonly runtime: Runtime;
  readonly logFile: string;
}

/** Makes the directories, finds the account and the binaries. Refuses a home that it cannot use. */
export function openPlace(home: string, log: (line: string) => void): Place {
  const base = join(home, 'postgres');
  mkdirSync(base, { recursive: true, mode: 0o700 });
  const data = join(base, 'data');
  const account = serverAccount(data);
  const socket = join(base, 's');
  const inside = account === undefined ? base : HANDED_OVER;
  if (account !== undefined) {
    // The account passes through to its own two directories, and can list or read nothing else.
    chmodSync(base, 0o711);
    if (existsSync(data) && ownerOf(data)?.uid !== account.uid) giveTo(account, data);
  }
  mkdirSync(socket, { recursive: true, mode: 0o700 });
  if (account !== undefined) chownSync(socket, account.uid, account.gid);
  return {
    base, data, socket: shortened(socket), serverData: join(inside, 'data'), serverSocket: account === undefined ? shortened(socket) : join(inside, 's'),
    runtime: openRuntime(account, log), logFile: join(base, 'server.log'),
  };
}

/** A path to the socket's directory that fits a socket's address: itself, or a link in a directory of our own. */
function shortened(socket: string): string {
  if (Buffer.byteLength(socket) <= SOCKET_DIRECTORY_LENGTH_MAX) return socket;
  const self = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `nigran-${self}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (ownerOf(folder)?.uid !== self) throw new Refusal(`${folder} belongs to another account`, 'set NIGRAN_HOME to a directory with a shorter path');
  const link = join(folder, createHash('sha256').update(socket).digest('hex').slice(0, 16));
  rmSync(link, { force: true });
  symlinkSync(socket, link);
  return link;
}

/** Makes the data directory with its first role, whole or not at all. */
export function initialise(place: Place, firstRole: string, password: string): void {
  if (existsSync(join(place.data, 'PG_VERSION'))) return checkMajor(place);
  checkDisk(place);
  const draft = join(place.base, 'data.new');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = join(place.base, 's', 'first');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const { account } = place.runtime;
  if (account !== undefined) for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid);
  const inside = account === undefined ? place.base : HANDED_OVER;
  const run = runHere(place, 'initdb', [
    '-D', join(inside, 'data.new'), '-U', firstRole, '-A', 'scram-sha-256', `--pwfile=${join(inside, 's', 'first')}`, '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8', '--data-checksums', '--no-instructions',
  ]);
  rmSync(passwordFile, { force: true });
  if (run.status !== 0) throw failure(`PostgreSQL could not make its data directory (${run.said})`, run.said, place);
  renameSync(draft, place.data);
}

function checkMajor(place: Place): void {
  const major = readFileSync(join(place.data, 'PG_VERSION'), 'utf8').trim();
  if (major === MAJOR) return;
  throw new Refusal(`${place.data} was made by PostgreSQL ${major}, and this is PostgreSQL ${MAJOR}`, 'start the version of Nigran that made it, or set NIGRAN_HOME to another directory');
}

function checkDisk(place: Place): void {
  const { bavail, bsize } = statfsSync(place.base);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free < DISK_FREE_MIN_MB) {
    throw new Refusal(`${free} MB are free on the disk of ${place.base}, and ${DISK_FREE_MIN_MB} are needed`, 'free some space, or set NIGRAN_HOME to a directory on another disk');
  }
}

function runHere(place: Place, name: string, args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const handed = openSync(place.base, 'r');
  try {
    const run = spawnSync(join(place.runtime.directory, 'bin', name), args, { ...spawnOptions(place.runtime), stdio: ['ignore', 'ignore', 'pipe', handed], encoding: 'utf8' });
    const lines = run.stderr.trim().split('\n').filter((line) => line !== '');
    return { status: run.status, said: lines.find((line) => /error|fatal|could not/i.test(line)) ?? lines.at(-1) ?? String(run.error?.message ?? run.signal) };
  } finally {
    closeSync(handed);
  }
}

/** A failure of the server as a refusal; a full disk is told by the operating system's own words. */
export function failure(what: string, said: string, place: Place): Refusal {
  if (/No space left on device|Disk quota exceeded/.test(said)) return new Refusal(`the disk of ${place.base} is full`, 'free some space, or set NIGRAN_HOME to a directory on another disk');
  return new Refusal(what, `see ${place.logFile}`);
}
