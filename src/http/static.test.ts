import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import fastify from 'fastify';
import { openStatic } from './static.ts';

const PAGE = '<!doctype html><title>console</title>';
const SCRIPT = 'export const answer = 42;';

test('a file goes out compressed exactly to those who take gzip, and caches are told that it differs', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'nigran-static-'));
  t.after(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, 'assets'));
  for (const [name, text] of [['index.html', PAGE], ['assets/main-AbCd1234.js', SCRIPT]] as const) {
    writeFileSync(join(directory, name), text);
    writeFileSync(join(directory, `${name}.gz`), gzipSync(text));
  }
  writeFileSync(join(directory, 'robots.txt'), 'Disallow: /');
  const server = fastify();
  t.after(() => server.close());
  openStatic(server, directory);

  const cases = [
    ['gzip, deflate, br', true], ['br;q=1.0, gzip;q=0.8', true], ['GZIP', true], ['gzip;q=0', false], ['gzip; q=0.000', false], ['br', false], ['', false], [undefined, false],
  ] as const;
  for (const [url, text] of [['/assets/main-AbCd1234.js', SCRIPT], ['/alerts', PAGE]] as const) {
    for (const [accepted, compressed] of cases) {
      const answer = await server.inject({ url, headers: { accept: 'text/html', ...(accepted === undefined ? {} : { 'accept-encoding': accepted }) } });
      assert.equal(answer.statusCode, 200);
      assert.equal(answer.headers['content-encoding'], compressed ? 'gzip' : undefined, `${url} for ${accepted}`);
      assert.equal(answer.headers['vary'], 'accept-encoding');
      assert.equal((compressed ? gunzipSync(answer.rawPayload) : answer.rawPayload).toString(), text);
    }
  }
  const plain = await server.inject({ url: '/robots.txt', headers: { 'accept-encoding': 'gzip' } });
  assert.deepEqual([plain.body, plain.headers['content-encoding'], plain.headers['vary']], ['Disallow: /', undefined, undefined]);
  assert.equal((await server.inject({ url: '/robots.txt.gz' })).statusCode, 404);
});
