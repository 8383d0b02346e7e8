import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { buildConsole } from './build.ts';

const home = mkdtempSync(join(tmpdir(), 'nigran-console-'));
const out = join(home, 'dist');
after(() => rmSync(home, { recursive: true, force: true }));

/** 250 kB gzipped, fonts apart: what a first view may weigh. Source: CONSOLE, "Keep the page light". */
const firstLoadBytesMax = 250_000;

test('the console builds, and its first view is light', async () => {
  const result = await buildConsole({ out });
  strictEqual(result.built, true);
  ok(result.firstLoadBytes > 50_000 && result.firstLoadBytes <= firstLoadBytesMax, `${result.firstLoadBytes} bytes`);
});

test('an unchanged console is not built again, and its files are left alone', async () => {
  const before = statSync(join(out, 'index.html')).mtimeMs;
  strictEqual((await buildConsole({ out })).built, false);
  strictEqual(statSync(join(out, 'index.html')).mtimeMs, before);
});

test('a stamp that cannot be read means: build', async () => {
  rmSync(join(out, 'built-from.json'));
  strictEqual((await buildConsole({ out })).built, true);
});

test('the page holds no inline script and no inline style', () => {
  const page = readFileSync(join(out, 'index.html'), 'utf8');
  for (const script of page.matchAll(/<script\b([^>]*)>([^<]*)</g)) ok((script[1] ?? '').includes('src=') && (script[2] ?? '').trim() === '', script[0]);
  strictEqual(/<style|\sstyle=|\son[a-z]+=/.test(page), false);
});

test('compressed files lie beside their originals and say the same', () => {
  const names = readdirSync(join(out, 'assets')).filter((name) => name.endsWith('.js'));
  ok(names.length > 5);
  for (const name of names) deepStrictEqual(gunzipSync(readFileSync(join(out, 'assets', `${name}.gz`))), readFileSync(join(out, 'assets', name)));
});

test('the fonts go with their licences, and nothing of the tests is shipped', () => {
  const names = readdirSync(join(out, 'assets'));
  strictEqual(names.filter((name) => name.endsWith('.woff2')).length, 3);
  ok(existsSync(join(out, 'OFL-Inter.txt')) && existsSync(join(out, 'OFL-NotoNastaliqUrdu.txt')));
  for (const name of names.filter((one) => one.endsWith('.js'))) ok(!readFileSync(join(out, 'assets', name), 'utf8').includes('synthetic reference rate of the hour'), name);
});
