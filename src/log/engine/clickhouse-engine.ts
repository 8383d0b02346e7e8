/**
 * The ClickHouse library in this process: opened on a directory that no other process has, asked one
 * session a request. A session costs a millisecond and carries a request's settings and bound values; with
 * a session of its own no request sees another's.
 *
 * Bounds: so many questions and inserts run at once, so many wait, the rest is refused; memory and time of
 * a question are the engine's own limits. The engine runs on the thread pool of Node, which has four threads.
 */

import { mkdirSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { drainPending, Session, type ChdbQueryStream, type ChdbResult } from 'chdb';
import { Refusal } from './refusal.ts';
import { sleep, until } from './wait.ts';

/** Together the questions of one moment hold at most this much; larger groupings go to disk. */
const MEMORY_MAX = 1_000_000_000;
const QUERY_MEMORY_MAX = 800_000_000;
const THREADS_MAX = 2;
/** A question that nobody waits for any more ends by itself. */
const QUERY_SECONDS_MAX = 60;
/** Two cores: a third question keeps short ones from waiting for two long ones. Inserts follow each other. */
const QUESTIONS_MAX = 3;
const WAITING_MAX = 64;
const HOLDER_LIMIT_MS = 5_000;
const HOLDER_LOOK_MS = 100;
const OPEN_TRIES = 5;
const OPEN_PAUSE_MS = 200;
/** Settings that bound the engine for all; a request may not set them. */
const BOUNDS: ReadonlySet<string> = new Set(['max_memory_usage', 'max_memory_usage_for_user', 'max_threads']);

/** ClickHouse's own codes and names for what the host refuses itself. */
const CODES = {
  NOT_IMPLEMENTED: 48, SYNTAX_ERROR: 62, TOO_MANY_SIMULTANEOUS_QUERIES: 202, TOO_MANY_BYTES: 307, SETTING_CONSTRAINT_VIOLATION: 452, AUTHENTICATION_FAILED: 516,
} as const;

/** A refusal of the host, in the form in which ClickHouse says its own. */
export class HostRefusal extends Error {
  override readonly name = 'HostRefusal';
  readonly kind: keyof typeof CODES;

  constructor(kind: keyof typeof CODES, message: string) {
    super(`Code: ${CODES[kind]}. DB::Exception: ${message}. (${kind})`);
    this.kind = kind;
  }
}

/** What a request wants to be set before its statement runs. */
export interface Given {
  readonly database: string | undefined;
  readonly settings: readonly (readonly [string, string])[];
  /** Bound values, escaped as HTTP carries them. */
  readonly params: readonly (readonly [string, string])[];
}

/** The open engine. */
export interface ClickHouseEngine {
  /** Asks, and gives the whole answer. */
  ask(text: string, format: string, given: Given): Promise<ChdbResult>;
  /** Asks, and gives the answer in pieces; only for formats of which pieces make a whole. */
  stream(text: string, format: string, given: Given, onPieces: (pieces: ChdbQueryStream) => Promise<void>): Promise<void>;
  /** Runs an insert; one at a time. */
  insert(text: string, given: Given): Promise<ChdbResult>;
  close(): Promise<void>;
}

/** Opens the data directory; a process that still has it is waited for, then ended: its parent is gone. */
export async function openEngine(data: string): Promise<ClickHouseEngine> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  await becomeAlone(data);
  const open = (): Session => new Session(data, {
    connectionArgs: ['--async_load_databases=0', `--max_memory_usage=${QUERY_MEMORY_MAX}`, `--max_memory_usage_for_user=${MEMORY_MAX}`, `--max_threads=${THREADS_MAX}`, `--max_execution_time=${QUERY_SECONDS_MAX}`],
  });
  const first = await openFirst(open);
  const questions = gate(QUESTIONS_MAX);
  const inserts = gate(1);
  const within = async <T>(given: Given, run: (session: Session) => Promise<T>): Promise<T> => {
    const session = open();
    try {
      for (const statement of prelude(given)) await session.queryAsync(statement);
      return await run(session);
    } finally {
      session.close();
    }
  };
  return {
    ask: (text, format, given) => questions(() => within(given, (session) => session.queryAsync(text, { format }))),
    stream: (text, format, given, onPieces) => questions(() => within(given, (session) => onPieces(session.queryStream(text, { format })))),
    insert: (text, given) => inserts(() => within(given, (session) => session.queryAsync(text))),
    close: async () => {
      await drainPending();
      first.close();
    },
  };
}

/** A process that ends gives its lock back a moment after it shows no open files any more. */
async function openFirst(open: () => Session): Promise<Session> {
  for (let tries = 1; ; tries++) {
    try {
      return open();
    } catch (error) {
      if (tries === OPEN_TRIES) throw error;
      await sleep(OPEN_PAUSE_MS);
    }
  }
}

/** At most `width` run at once and {@link WAITING_MAX} wait, in order. */
function gate(width: number): <T>(run: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (running >= width) {
      if (waiting.length >= WAITING_MAX) throw new HostRefusal('TOO_MANY_SIMULTANEOUS_QUERIES', 'Too many simultaneous queries');
      await new Promise<void>((done) => waiting.push(done));
    } else {
      running += 1;
    }
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/** Statements that set what a request asked for. Names are checked, values are quoted. */
function prelude(given: Given): string[] {
  const statements: string[] = [];
  if (given.database !== undefined) statements.push(`use \`${named(given.database, 'database')}\``);
  for (const [name, value] of given.settings) {
    if (BOUNDS.has(name)) throw new HostRefusal('SETTING_CONSTRAINT_VIOLATION', `Setting ${name} shouldn't be changed: the embedded engine bounds it`);
    statements.push(`set ${named(name, 'setting')} = ${quoted(value)}`);
  }
  for (const [name, value] of given.params) statements.push(`set param_${named(name, 'parameter')} = ${quoted(value)}`);
  return statements;
}

function named(name: string, what: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name)) throw new HostRefusal('SYNTAX_ERROR', `Syntax error: not the name of a ${what}`);
  return name;
}

const quoted = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The engine locks its `status` file as long as its process lives. Whoever has it open has no parent any more. */
async function becomeAlone(data: string): Promise<void> {
  const status = join(realpathSync(data), 'status');
  const isFree = (): boolean => holders(status).length === 0;
  if (await until(isFree, HOLDER_LIMIT_MS, HOLDER_LOOK_MS)) return;
  for (const pid of holders(status)) process.kill(pid, 'SIGKILL');
  if (!(await until(isFree, HOLDER_LIMIT_MS, HOLDER_LOOK_MS))) throw new Refusal(`another process has the ClickHouse data in ${data}`, 'stop it, or set NIGRAN_HOME to another directory');
}

function holders(file: string): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && hasOpen(name, file)).map(Number);
}

/** Asks each thread: the first may have ended while another still holds the process's files. */
function hasOpen(pid: string, file: string): boolean {
  return namesIn(`/proc/${pid}/task`).some((thread) => {
    const files = `/proc/${pid}/task/${thread}/fd`;
    return namesIn(files).some((number) => linkOf(`${files}/${number}`) === file);
  });
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** An empty directory for rows that arrive, made anew at each start. */
export function openInbox(path: string): string {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}
