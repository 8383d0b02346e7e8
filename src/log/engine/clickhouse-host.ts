/**
 * The embedded ClickHouse: a process of its own that holds the native library and speaks ClickHouse's HTTP
 * interface on loopback, so that the stock client, and a cluster in its place, need no other code. If the
 * library crashes, nobody else does.
 *
 * Answers `/ping`; a statement in the body or in `?query=`, with bound values as `param_*` and settings by
 * their names; an insert whose rows are the body, in any format, compressed or not. Requires the secret that
 * was made at start. Refuses several statements at once, sessions and roles, which it does not have, and
 * says so with ClickHouse's own codes.
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { HostRefusal, openEngine, openInbox, type ClickHouseEngine, type Given } from './clickhouse-engine.ts';
import { readStatement, type Statement } from './clickhouse-statement.ts';

/** Bytes of one insert's rows at most, unpacked. */
const INSERT_BYTES_MAX = 256 * 1024 * 1024;
/** Bytes of one statement at most; an insert with its rows in the text counts as one. */
const STATEMENT_BYTES_MAX = 8 * 1024 * 1024;
/** A client that takes nothing for so long does not hold the engine any longer. */
const STALLED_MS = 30_000;
/** The client's own URL keys and those of HTTP alone, which are no settings of a query. */
const TRANSPORT: ReadonlySet<string> = new Set(['query', 'query_id', 'database', 'default_format', 'enable_http_compression', 'compress', 'decompress', 'wait_end_of_query',
  'send_progress_in_http_headers', 'http_headers_progress_interval_ms', 'buffer_size', 'cancel_http_readonly_queries_on_client_close']);
/** What this host does not have; to ignore it would give another answer than was asked for. */
const ABSENT: ReadonlySet<string> = new Set(['session_id', 'session_check', 'session_timeout', 'role']);
/** Formats in which the pieces of an answer, one after the other, are the answer. */
const PIECEWISE: ReadonlySet<string> = new Set(['JSONEachRow', 'JSONLines', 'NDJSON', 'JSONCompactEachRow', 'JSONStringsEachRow', 'JSONCompactStringsEachRow', 'TabSeparated', 'TSV',
  'TabSeparatedRaw', 'TSVRaw', 'CSV', 'RowBinary', 'Native', 'LineAsString', 'RawBLOB']);

const UNKNOWN_EXCEPTION = '1002';
const STATUS: Readonly<Record<HostRefusal['kind'], number>> = {
  NOT_IMPLEMENTED: 501, SYNTAX_ERROR: 400, TOO_MANY_SIMULTANEOUS_QUERIES: 503, TOO_MANY_BYTES: 413, SETTING_CONSTRAINT_VIOLATION: 400, AUTHENTICATION_FAILED: 403,
};

/** Where the host works and listens, and the secret that it asks for. */
export interface HostGround {
  readonly directory: string;
  readonly port: number;
  readonly secret: string;
}

interface Host {
  readonly engine: ClickHouseEngine;
  readonly inbox: string;
  readonly secret: Buffer;
  arrived: number;
}

/** Opens the data directory and listens. Gives the port (useful when 0 was asked for) and a way to stop. */
export async function openClickHouse(ground: HostGround): Promise<{ port: number; close: () => Promise<void> }> {
  const engine = await openEngine(join(ground.directory, 'data'));
  const host: Host = { engine, inbox: openInbox(join(ground.directory, 'inbox')), secret: digest(ground.secret), arrived: 0 };
  const server = createServer({ keepAliveTimeout: 10_000 }, (request, response) => {
    answer(host, request, response).catch((error: unknown) => fail(response, error));
  });
  const port = await listen(server, ground.port);
  return {
    port,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
      await engine.close();
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

async function answer(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://clickhouse');
  if (url.pathname === '/ping') return void response.writeHead(200, { 'content-type': 'text/plain; charset=UTF-8' }).end('Ok.\n');
  if (!isTrusted(request, host.secret)) throw new HostRefusal('AUTHENTICATION_FAILED', 'Authentication failed: password is incorrect, or there is no user with such name');
  const given = givenBy(url.searchParams);
  const inUrl = url.searchParams.get('query') ?? '';
  const body = unpacked(request);
  const begun = readStatement(inUrl);
  response.setHeader('x-clickhouse-query-id', url.searchParams.get('query_id') ?? '');
  if (begun.kind === 'insert') return insert(host, response, begun, body, given);
  const text = inUrl + (await readText(body));
  const statement = readStatement(text);
  if (statement.isSeveral) throw new HostRefusal('SYNTAX_ERROR', 'Syntax error (Multi-statements are not allowed)');
  const format = statement.format ?? url.searchParams.get('default_format') ?? 'TabSeparated';
  if (statement.kind === 'insert') return finish(response, format, await host.engine.insert(text, given));
  if (statement.kind === 'select' && PIECEWISE.has(format)) return stream(host, response, text, format, given);
  finish(response, format, await host.engine.ask(text, format, given));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `x-clickhouse-key` or basic authorization must carry the secret. Hashed first, so that lengths tell nothing. */
function isTrusted(request: IncomingMessage, secret: Buffer): boolean {
  const key = request.headers['x-clickhouse-key'];
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const given = typeof key === 'string' ? key : Buffer.from(basic ?? '', 'base64').toString('utf8').split(':').slice(1).join(':');
  return timingSafeEqual(digest(given), secret);
}

function givenBy(search: URLSearchParams): Given {
  const settings: [string, string][] = [];
  const params: [string, string][] = [];
  for (const [key, value] of search) {
    if (ABSENT.has(key)) throw new HostRefusal('NOT_IMPLEMENTED', `${key} is not supported by the embedded engine`);
    if (key.startsWith('param_')) params.push([key.slice('param_'.length), value]);
    else if (!TRANSPORT.has(key)) settings.push([key, value]);
  }
  const database = search.get('database') ?? undefined;
  return { database: database === 'default' ? undefined : database, settings, params };
}

function unpacked(request: IncomingMessage): Readable {
  switch (request.headers['content-encoding'] ?? 'identity') {
    case 'identity': return request;
    case 'gzip': return request.pipe(createGunzip());
    case 'deflate': return request.pipe(createInflate());
    case 'br': return request.pipe(createBrotliDecompress());
    case 'zstd': return request.pipe(createZstdDecompress());
    default: throw new HostRefusal('NOT_IMPLEMENTED', `Unknown compression method: ${request.headers['content-encoding']}`);
  }
}

async function readText(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > STATEMENT_BYTES_MAX) throw new HostRefusal('SYNTAX_ERROR', 'Syntax error: Max query size exceeded');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Rows go by a file: the library reads every format from one, and memory holds none of them twice. */
async function insert(host: Host, response: ServerResponse, statement: Statement, body: Readable, given: Given): Promise<void> {
  host.arrived += 1;
  const path = join(host.inbox, String(host.arrived));
  try {
    await pipeline(body, bounded(INSERT_BYTES_MAX), createWriteStream(path, { mode: 0o600 }));
    const result = await host.engine.insert(`insert into ${statement.target} from infile '${path.replaceAll("'", "\\'")}' format ${statement.format}`, given);
    response.setHeader('x-clickhouse-summary', JSON.stringify({ written_rows: String(result.rowsRead), written_bytes: String(result.bytesRead), elapsed_ns: nanoseconds(result.elapsed) }));
    response.writeHead(200, { 'content-type': 'text/plain; charset=UTF-8' }).end();
  } finally {
    await unlink(path).catch(() => undefined);
  }
}

function bounded(bytesMax: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > bytesMax) done(new HostRefusal('TOO_MANY_BYTES', `Limit for rows of one insert exceeded: ${bytesMax} bytes`));
      else done(null, chunk);
    },
  });
}

/** Pieces go out as they come; the first one is had before the answer begins, so that most errors have a code. */
async function stream(host: Host, response: ServerResponse, text: string, format: string, given: Given): Promise<void> {
  response.setTimeout(STALLED_MS, () => response.destroy());
  await host.engine.stream(text, format, given, async (pieces) => {
    for await (const piece of pieces) {
      if (response.destroyed) return;
      begin(response, format);
      if (!response.write(piece.raw())) await drained(response);
    }
    begin(response, format);
    response.end();
  });
}

function begin(response: ServerResponse, format: string): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/octet-stream', 'x-clickhouse-format': format, 'x-clickhouse-timezone': 'UTC' });
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((done) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      done();
    };
    response.on('drain', go).on('close', go);
  });
}

interface Result {
  readonly elapsed: number;
  readonly rowsRead: number;
  readonly bytesRead: number;
  bytes(): Uint8Array;
}

function finish(response: ServerResponse, format: string, result: Result): void {
  response.setHeader('x-clickhouse-summary', JSON.stringify({ read_rows: String(result.rowsRead), read_bytes: String(result.bytesRead), elapsed_ns: nanoseconds(result.elapsed) }));
  begin(response, format);
  response.end(result.bytes());
}

const nanoseconds = (seconds: number): string => String(Math.round(seconds * 1e9));

/** A failure in ClickHouse's words. An answer that has begun is cut off, never ended as if it were whole. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const message = error instanceof Error ? error.message : 'failed';
  const code = /^Code: (\d+)/.exec(message)?.[1];
  response.writeHead(error instanceof HostRefusal ? STATUS[error.kind] : 500, {
    'content-type': 'text/plain; charset=UTF-8', 'x-clickhouse-exception-code': code ?? UNKNOWN_EXCEPTION, connection: 'close',
  });
  response.end(code === undefined ? `Code: ${UNKNOWN_EXCEPTION}. DB::Exception: ${message}. (UNKNOWN_EXCEPTION)\n` : `${message}\n`);
}
