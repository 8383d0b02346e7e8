/**
 * Processes of the house under one parent. A child is this same program with an inner verb; its settings go
 * to it as one message, never by argument or environment, because those can be read by others. A child that
 * dies is started again, later each time it dies soon; a child whose parent is gone ends by itself.
 */

import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Refusal } from '../log/engine/index.ts';

const FIRST_DELAY_MS = 200;
const DELAY_MAX_MS = 10_000;
/** A child that lived this long starts with the first delay again. */
const SETTLED_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const YOUNG_MIB = 4;
/** Starts one after the other that ended before the child was ready, after which it is given up: 36 minutes, longer than a database may replay its log. */
const FAILED_STARTS_MAX = 180;

/** Messages from a child: it is ready (with what others need to know), or it cannot run. */
export type ChildMessage = { readonly ready: Readonly<Record<string, unknown>> } | { readonly refused: string; readonly remedy: string };

export interface Child {
  readonly name: string;
  pid(): number | undefined;
  restarts(): number;
  /** Sends another message to the child; lost when it is down. */
  tell(message: unknown): void;
  stop(): Promise<void>;
}

export interface ChildGround {
  readonly name: string;
  /** Inner verb: what `main.ts` runs in the child. */
  readonly verb: string;
  /** Settings for the child, asked for at each start. */
  readonly settings: () => unknown;
  readonly log: (line: string) => void;
  readonly clock: () => number;
  /** A module that the child loads first: trials set its clock. */
  readonly preload?: string;
  /** The child compiles code from texts: the server's router makes its table so. All others run with that turned off. */
  readonly isCompiling?: boolean;
  /** Starts in a row that may end before it is ready; 180 when left out. */
  readonly failedStartsMax?: number;
  /** Memory of the child's heap at most, MiB. */
  readonly heapMiB?: number;
  /** A half of the space for new objects, MiB: three of them stay in memory once they were used, and only a busy server is faster by more than the least. */
  readonly youngMiB?: number;
}

/** Starts a child and keeps it running; resolves with what it said when it was first ready. One that cannot start at all is not tried again: it throws why. */
export async function startChild(ground: ChildGround): Promise<{ child: Child; ready: Readonly<Record<string, unknown>> }> {
  let process_: ChildProcess | undefined;
  let stopping = false;
  let hasStood = false;
  let restarts = 0;
  let failed = 0;
  let delay = FIRST_DELAY_MS;
  const launch = (): Promise<Readonly<Record<string, unknown>>> => {
    const started = ground.clock();
    const child = forked(ground);
    process_ = child;
    child.send({ settings: ground.settings() });
    child.once('exit', (code, signal) => {
      if (stopping || !hasStood) return;
      if (ground.clock() - started > SETTLED_MS) delay = FIRST_DELAY_MS;
      if (failed >= (ground.failedStartsMax ?? FAILED_STARTS_MAX)) {
        ground.log(`${ground.name} ended ${failed} times before it was ready; it is not started again: stop the house, mend what its lines above say, and start it`);
        return;
      }
      ground.log(`${ground.name} ended (${signal ?? code}); it starts again in ${delay} ms`);
      setTimeout(() => {
        if (stopping) return;
        restarts += 1;
        failed += 1;
        launch().then(() => {
          failed = 0;
        }).catch((error: unknown) => void (error instanceof Refusal && ground.log(`${error.message}. ${error.remedy}.`)));
      }, delay);
      delay = Math.min(delay * 2, DELAY_MAX_MS);
    });
    return firstWord(child, ground.name);
  };
  const ready = await launch().catch(async (error: unknown) => {
    await stopProcess(process_);
    throw error;
  });
  hasStood = true;
  return {
    ready,
    child: {
      name: ground.name, pid: () => process_?.pid, restarts: () => restarts,
      tell: (message) => void (process_?.connected === true && process_.send(message as object)),
      stop: async () => {
        stopping = true;
        await stopProcess(process_);
      },
    },
  };
}

function forked(ground: ChildGround): ChildProcess {
  const flags = [...(ground.preload === undefined ? [] : [`--import=${ground.preload}`]), `--max-old-space-size=${ground.heapMiB ?? 1024}`, `--max-semi-space-size=${ground.youngMiB ?? YOUNG_MIB}`, ...(ground.isCompiling === true ? [] : ['--disallow-code-generation-from-strings'])];
  return fork(fileURLToPath(new URL('../main.ts', import.meta.url)), [ground.verb], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [...process.execArgv, ...flags], serialization: 'advanced' });
}

function firstWord(child: ChildProcess, name: string): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((done, failed) => {
    child.on('message', (message: ChildMessage) => {
      if ('ready' in message) done(message.ready);
      if ('refused' in message) failed(new Refusal(`${name}: ${message.refused}`, message.remedy));
    });
    child.once('exit', (code, signal) => failed(new Error(`${name} ended before it was ready (${signal ?? code})`)));
  });
}

async function stopProcess(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

/** In a child: waits for its settings, and ends when the parent is gone. */
export function receiveSettings<T>(): Promise<T> {
  process.once('disconnect', () => process.exit(0));
  return new Promise((done) => process.once('message', (message: { settings: T }) => done(message.settings)));
}

/** In a child: tells the parent. */
export function tellParent(message: ChildMessage): void {
  process.send?.(message);
}
