/**
 * For tests: the program as a person starts it, in a process and a home of its own, with what it said and how it
 * ended. Homes are temporary and are removed with `clear`.
 */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url));
/** A start that says nothing for so long hangs. */
const WAIT_MS = 240_000;

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the match when the program says something on stderr; rejects when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Tells it to stop, and waits. */
  stop(): Promise<Ended>;
}

const homes: string[] = [];
const running: Running[] = [];

/** A directory that no program has. */
export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'nigran-main-'));
  homes.push(home);
  return home;
}

/** A cold copy of a home. */
export function copyOf(home: string): string {
  const copy = newHome();
  if (spawnSync('cp', ['-a', `${home}/.`, copy]).status !== 0) throw new Error(`${home} cannot be copied`);
  return copy;
}

/** Stops what still runs and removes the homes. */
export async function clear(): Promise<void> {
  for (const one of running.splice(0)) if (one.child.exitCode === null && one.child.signalCode === null) await one.stop();
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
}

/** Starts `nigran` with words; `env` is added to a bare environment. */
export function startProgram(words: readonly string[], env: Readonly<Record<string, string>>, by: readonly string[] = [process.execPath, MAIN]): Running {
  const [command = '', ...before] = by;
  const child = spawn(command, [...before, ...words], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env } });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
  const ended = once(child, 'close').then(([code]) => ({ code, out, err }));
  const program: Running = {
    child, ended,
    says: async (pattern) => {
      for (const until = performance.now() + WAIT_MS; ; ) {
        const found = pattern.exec(err);
        if (found !== null) return found;
        if (child.exitCode !== null || performance.now() > until) throw new Error(`it did not say ${pattern.source}: ${out}${err}`);
        await new Promise((done) => setTimeout(done, 50));
      }
    },
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
  running.push(program);
  return program;
}

/** Runs `nigran` to its end. */
export function runProgram(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return startProgram(words, env).ended;
}

/** A port of loopback that was free a moment ago. */
export async function aPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
