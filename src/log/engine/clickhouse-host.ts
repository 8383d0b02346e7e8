/**
 * The embedded ClickHouse: a process of its own that holds the native library and speaks ClickHouse's HTTP
 * interface on loopback, so that the stock client, and a cluster in its place, need no other code. If the
 * library crashes, nobody else does.
 *
 * Answers `/ping`, a query in the body or in `?query=`, bound values as `param_*`, and an insert whose
 * query is in `?query=` and whose rows are the body, in any format. Requires the secret that was made at
 * start. Settings that arrive in the URL are passed on from a short list; everything else is refused.
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { unlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Session } from 'chdb';

/** Bytes of one insert at most. */
const INSERT_BYTES_MAX = 256 * 1024 * 1024;
/** Bytes of one query's text at most. */
const QUERY_BYTES_MAX = 1024 * 1024;
const MEMORY_MAX = 1_200_000_000;
/** Settings that a client may send with a request. */
const SETTINGS: ReadonlySet<string> = new Set(['insert_deduplication_token', 'insert_deduplicate', 'max_execution_time', 'wait_end_of_query', 'max_result_rows']);
/** The client's own URL keys, which are no settings. */
const IGNORED: ReadonlySet<string> = new Set(['query', 'query_id', 'database', 'session_id', 'default_format', 'enable_http_compression', 'compress', 'decompress']);

export interface HostGround {
  readonly directory: string;
  readonly port: number;
  readonly secret: string;
}

/** Opens the data directory and listens. Gives the port (useful when 0 was asked for) and a way to stop. */
export async function openClickHouse(ground: HostGround): Promise<{ port: number; close: () => Promise<void> }> {
  const inbox = join(ground.directory, 'inbox');
  rmSync(inbox, { recursive: true, force: true });
  mkdirSync(inbox, { recursive: true, mode: 0o700 });
  rmSync(join(ground.directory, 'data', 'status'), { force: true });
  const session = new Session(join(ground.directory, 'data'), { connectionArgs: ['--async_load_databases=0'] });
  session.query(`set max_memory_usage = ${MEMORY_MAX}, max_threads = 2`);
  const secret = createHash('sha256').update(ground.secret).digest();
  const server = createServer((request, response) => {
    answer(request, response, session, inbox, secret).catch((error: unknown) => fail(response, error));
  });
  const port = await listen(server, ground.port);
  return {
    port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      session.close();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, session: Session, inbox: string, secret: Buffer): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://clickhouse');
  if (url.pathname === '/ping') return void response.writeHead(200, { 'content-type': 'text/plain' }).end('Ok.\n');
  if (!isTrusted(request, secret)) return refuse(response, 403, 516, 'Authentication failed');
  const body = await readBody(request);
  const query = url.searchParams.get('query');
  const settings = settingsOf(url.searchParams);
  if (query !== null && isInsert(query)) return insert(response, session, inbox, query, body, settings);
  const text = `${query ?? ''}${body.toString('utf8')}`;
  if (text.length > QUERY_BYTES_MAX) return refuse(response, 400, 62, 'The query is too long');
  await select(response, session, text, paramsOf(url.searchParams, text), settings);
}

/** `x-clickhouse-key` or basic authorization must carry the secret. Hashed first, so that lengths tell nothing. */
function isTrusted(request: IncomingMessage, secret: Buffer): boolean {
  const key = request.headers['x-clickhouse-key'];
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const given = typeof key === 'string' ? key : Buffer.from(basic ?? '', 'base64').toString('utf8').split(':').slice(1).join(':');
  return timingSafeEqual(createHash('sha256').update(given).digest(), secret);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > INSERT_BYTES_MAX) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const INSERT = /^\s*insert\s+into\s+([\s\S]+?)\s+format\s+(\w+)\s*;?\s*$/i;
const isInsert = (query: string): boolean => INSERT.test(query);

/** Rows go by a file: the library reads every format from one, and a token makes the insert count once. */
async function insert(response: ServerResponse, session: Session, inbox: string, query: string, body: Buffer, settings: string): Promise<void> {
  const [, target = '', format = ''] = INSERT.exec(query) ?? [];
  const path = join(inbox, `${createHash('sha256').update(body).digest('hex')}.${process.hrtime.bigint()}`);
  await writeFile(path, body, { mode: 0o600 });
  try {
    await session.queryAsync(`insert into ${target} from infile '${path}'${settings} format ${format}`);
    response.writeHead(200, { 'content-type': 'text/plain', 'x-clickhouse-summary': '{}' }).end();
  } finally {
    await unlink(path);
  }
}

async function select(response: ServerResponse, session: Session, text: string, params: Record<string, BoundValue>, settings: string): Promise<void> {
  const m = /\sformat\s+(\w+)\s*;?\s*$/i.exec(text);
  const bare = m === null ? text : text.slice(0, m.index);
  const format = m?.[1] ?? 'TabSeparated';
  const returnsRows = /^\s*(select|with|show|describe|exists|explain)\b/i.test(bare);
  const query = `${bare}${returnsRows ? settings : ''}`;
  const result = Object.keys(params).length === 0 ? await session.queryAsync(query, { format }) : await session.queryBindAsync(query, params, { format });
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'x-clickhouse-format': format, 'x-clickhouse-summary': JSON.stringify({ read_rows: String(result.rowsRead), read_bytes: String(result.bytesRead) }) });
  response.end(Buffer.from(result.bytes()));
}

type BoundValue = string | (string | number)[];

/** Bound values. HTTP carries them escaped as in TabSeparated; the library wants them plain, and lists as lists. */
function paramsOf(search: URLSearchParams, text: string): Record<string, BoundValue> {
  return Object.fromEntries([...search].flatMap(([key, value]) => {
    if (!key.startsWith('param_')) return [];
    const name = key.slice(6);
    return [[name, new RegExp(`\\{\\s*${name}\\s*:\\s*Array`).test(text) ? listOf(value) : unescape(value)]];
  }));
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', b: '\b', f: '\f', 0: '\0' };
const unescape = (value: string): string => value.replace(/\\(.)/g, (_all, character: string) => ESCAPES[character] ?? character);

/** `['a','b\'c',3]` as a list. */
function listOf(value: string): (string | number)[] {
  return [...value.matchAll(/'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?)/g)].map((m) => (m[1] === undefined ? Number(m[2]) : unescape(m[1])));
}

/** A `settings` clause of what the client asked for, within the list. */
function settingsOf(search: URLSearchParams): string {
  const parts: string[] = [];
  for (const [key, value] of search) {
    if (key.startsWith('param_') || IGNORED.has(key) || !SETTINGS.has(key)) continue;
    if (!/^[A-Za-z0-9_.:-]{1,128}$/.test(value)) throw new Error(`the setting ${key} has a value that is not passed on`);
    parts.push(/^\d+$/.test(value) ? `${key} = ${value}` : `${key} = '${value}'`);
  }
  return parts.length === 0 ? '' : ` settings ${parts.join(', ')}`;
}

function fail(response: ServerResponse, error: unknown): void {
  const code = typeof error === 'object' && error !== null && 'clickhouseCode' in error && typeof error.clickhouseCode === 'number' ? error.clickhouseCode : 1002;
  refuse(response, 500, code, error instanceof Error ? error.message : 'failed');
}

function refuse(response: ServerResponse, status: number, code: number, message: string): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-clickhouse-exception-code': String(code) });
  response.end(/^Code: \d+/.test(message) ? `${message}\n` : `Code: ${code}. DB::Exception: ${message}\n`);
}
