/**
 * The built console as files. Names with a content hash may be cached for ever; the page itself never.
 * Everything is read once at start: there is no path from a request to the disk. A file that the build has
 * compressed lies there twice; a request that takes gzip gets the `.gz`, under the address of the plain one.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.woff2': 'font/woff2', '.svg': 'image/svg+xml',
  '.json': 'application/json', '.txt': 'text/plain; charset=utf-8', '.png': 'image/png', '.ico': 'image/x-icon', '.webmanifest': 'application/manifest+json', '.wasm': 'application/wasm',
};

/** No script or style but our own files, no frames, no other origin. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

interface StoredFile {
  readonly bytes: Buffer;
  readonly type: string;
  /** The same file compressed, when the build made it. */
  readonly gzip: Buffer | undefined;
}

/** Serves a directory; every address that no other door knows, and that asks for a page, gets `index.html`. */
export function openStatic(server: FastifyInstance, directory: string): void {
  const files = readFiles(directory);
  server.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const file = files.get(path);
    if (file !== undefined && path !== '/index.html') {
      const hashed = /-[A-Za-z0-9_-]{8,}\.\w+$/.test(path);
      return send(request, reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache'), file);
    }
    const page = files.get('/index.html');
    if (page === undefined || path.startsWith('/api/') || path.startsWith('/v1/') || !(request.headers.accept ?? '').includes('text/html')) return reply.callNotFound();
    return send(request, reply.header('cache-control', 'no-store').header('content-security-policy', POLICY), page);
  });
}

function readFiles(directory: string): ReadonlyMap<string, StoredFile> {
  const bytes = new Map<string, Buffer>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    bytes.set(`/${relative(directory, path)}`, readFileSync(path));
  }
  const plain = [...bytes].filter(([path]) => !path.endsWith('.gz'));
  return new Map(plain.map(([path, own]) => [path, { bytes: own, type: TYPES[extname(path)] ?? 'application/octet-stream', gzip: bytes.get(`${path}.gz`) }]));
}

function send(request: FastifyRequest, reply: FastifyReply, file: StoredFile): FastifyReply {
  reply.type(file.type);
  if (file.gzip === undefined) return reply.send(file.bytes);
  reply.header('vary', 'accept-encoding');
  return takesGzip(request.headers['accept-encoding']) ? reply.header('content-encoding', 'gzip').send(file.gzip) : reply.send(file.bytes);
}

/** Whether `accept-encoding` names gzip and does not refuse it by `q=0` (RFC 9110 §12.5.3). */
export function takesGzip(header: string | string[] | undefined): boolean {
  return String(header ?? '').split(',').some((each) => /^\s*gzip\s*(;\s*q=(?!0(\.0{0,3})?\s*$).*)?$/i.test(each));
}
