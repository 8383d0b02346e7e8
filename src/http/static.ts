/**
 * The built console as files. Names with a content hash may be cached for ever; the page itself never.
 * Everything is read once at start: there is no path from a request to the disk.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import type { FastifyInstance } from 'fastify';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.woff2': 'font/woff2', '.svg': 'image/svg+xml',
  '.json': 'application/json', '.txt': 'text/plain; charset=utf-8', '.png': 'image/png', '.ico': 'image/x-icon', '.webmanifest': 'application/manifest+json',
};

/** No script or style but our own files, no frames, no other origin. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Serves a directory; every address that no other door knows, and that asks for a page, gets `index.html`. */
export function openStatic(server: FastifyInstance, directory: string): void {
  const files = new Map<string, { bytes: Buffer; type: string }>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(directory, path)}`, { bytes: readFileSync(path), type: TYPES[extname(entry.name)] ?? 'application/octet-stream' });
  }
  server.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const file = files.get(path);
    if (file !== undefined && path !== '/index.html') {
      const hashed = /-[A-Za-z0-9_-]{8,}\.\w+$/.test(path);
      return reply.type(file.type).header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache').send(file.bytes);
    }
    const page = files.get('/index.html');
    if (page === undefined || path.startsWith('/api/') || path.startsWith('/v1/') || !(request.headers.accept ?? '').includes('text/html')) return reply.callNotFound();
    return reply.type(page.type).header('cache-control', 'no-store').header('content-security-policy', POLICY).send(page.bytes);
  });
}
