/**
 * A server that keeps the contract and nothing else: it answers each route from the fake nation, parses its
 * own answers by the contract's schemas, serves the built console under the strictest content policy, and can
 * be told to fail. It exists for tests of the console; nothing of it is shipped.
 */
import { readFileSync, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { consoleRoutes, type LiveEvents, type RouteName } from '../../src/contract/console.ts';
import { REJECTIONS, type RejectionCode } from '../../src/terms/index.ts';
import { Desk } from './fake-desk.ts';
import { Turned } from './fake-turned.ts';
import { nowUs } from './nation-events.ts';

/** The policy under which the real server sends the page. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain' };
const bodyBytesMax = 100_000;

/** Ways in which the server can be told to fail. */
export type Failure = { readonly route: RouteName; readonly how: 'refuse' | 'hang' | 'garbage' | 'forbid' };

export type FakeServer = {
  readonly address: string;
  /** From now on, these routes fail; an empty list mends all. */
  fail(failures: readonly Failure[]): void;
  tell<N extends keyof LiveEvents>(name: N, data: LiveEvents[N]): void;
  /** Raises a new alert of the highest score, tells it on the live line, and gives its number. */
  raise(): string;
  cutLine(): void;
  close(): Promise<void>;
};

type Found = { name: RouteName; params: Record<string, string> };

/** Which route a request asks for. */
function find(method: string, path: string): Found | null {
  for (const name of Object.keys(consoleRoutes)) {
    if (!isRoute(name)) continue;
    const route = consoleRoutes[name];
    const wanted = route.path.split('/');
    const given = path.split('/');
    if (route.method !== method || wanted.length !== given.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((part, place) => {
      const value = given[place] ?? '';
      if (!part.startsWith(':')) return part === value;
      params[part.slice(1)] = decodeURIComponent(value);
      return value !== '';
    });
    if (fits) return { name, params };
  }
  return null;
}

const isRoute = (name: string): name is RouteName => name in consoleRoutes;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > bodyBytesMax) throw new Turned('BODY_TOO_LARGE');
    parts.push(bytes);
  }
  return size === 0 ? {} : JSON.parse(Buffer.concat(parts).toString());
}

function send(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
  response.end(JSON.stringify(value));
}

const problemOf = (code: RejectionCode, detail?: unknown) => ({ code, message: REJECTIONS[code].meaning, remedy: REJECTIONS[code].remedy, ...(detail === undefined ? {} : { detail }) });

function sendFile(response: ServerResponse, out: string, path: string): void {
  const wanted = join(out, path);
  const file = path !== '/' && existsSync(wanted) && extname(path) !== '' ? wanted : join(out, 'index.html');
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy, 'x-content-type-options': 'nosniff' });
  response.end(readFileSync(file));
}

export async function startFakeServer(options: { out: string; falsified?: number; empty?: boolean }): Promise<FakeServer> {
  const desk = new Desk(options.falsified ?? null, options.empty ?? false);
  let failures: readonly Failure[] = [];
  const lines = new Set<ServerResponse>();
  const tell = (name: string, data: unknown): void => { for (const line of lines) line.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`); };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://fake');
    if (!url.pathname.startsWith('/api/')) return sendFile(response, options.out, url.pathname);
    const cookie = /(?:^|; )session=([a-z0-9-]+)/.exec(request.headers.cookie ?? '')?.[1];
    if (url.pathname === '/api/live') {
      if (desk.reader(cookie) === null) return send(response, 401, problemOf('SESSION_REQUIRED'));
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(`event: hello\ndata: ${JSON.stringify({ now: nowUs })}\n\n`);
      lines.add(response);
      response.on('close', () => lines.delete(response));
      return undefined;
    }
    const found = find(request.method ?? 'GET', url.pathname);
    if (found === null) return send(response, 404, problemOf('NOT_FOUND'));
    const failure = failures.find((one) => one.route === found.name);
    if (failure?.how === 'hang') return undefined;
    if (failure?.how === 'garbage') return send(response, 200, { nothing: 'agreed' });
    if (failure?.how === 'refuse') return send(response, 503, problemOf('CAPACITY'));
    if (failure?.how === 'forbid') return send(response, 403, problemOf('FORBIDDEN', desk.forbidden(found.name)));
    const query = Object.fromEntries(url.searchParams);
    const given = await desk.answer(found.name, { cookie, params: found.params, query, body: await bodyOf(request), tell });
    send(response, 200, consoleRoutes[found.name].response.parse(given.value), given.cookie === undefined ? {} : { 'set-cookie': `session=${given.cookie}; HttpOnly; SameSite=Strict; Path=/` });
    return undefined;
  };
  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof Turned) return send(response, REJECTIONS[error.code].status, problemOf(error.code, error.detail));
      return send(response, 500, { code: 'FAKE_BROKEN', message: String(error), remedy: 'The test double broke the contract.' });
    });
  });
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready); });
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    address: `http://localhost:${port}`,
    fail: (wanted) => { failures = wanted; },
    tell,
    raise: () => { const raised = desk.raise(); tell('alert', raised); return raised.id; },
    cutLine: () => { for (const line of lines) line.destroy(); },
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(() => done()); }),
  };
}
