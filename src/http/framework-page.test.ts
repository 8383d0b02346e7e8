import { deepStrictEqual, doesNotMatch, match, ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { frameworkAnswer, type FrameworkAnswer } from '../contract/console.ts';
import { loadPack, obligationsAt } from '../framework/index.ts';
import { instantOf, parseInstant } from '../terms/index.ts';
import { frameworkHtml, openFrameworkPage } from './framework-page.ts';
import { FrameworkPage } from './staff/framework.ts';

const loaded = loadPack(join(import.meta.dirname, '../../frameworks/pk-pvara-2026'), (path) => readFileSync(path, 'utf8'));
ok(loaded.ok);
const { framework } = loaded;
const at = (text: string) => instantOf(parseInstant(text) ?? Number.NaN);
const TODAY = at('2026-11-24T10:00:00Z');
const answer = new FrameworkPage(framework).at(TODAY);
const rowsOf = (of: FrameworkAnswer, kind: string) => of.parts.find((part) => part.kind === kind)?.rows ?? [];

test('the answer keeps the contract, and holds every block of the kinds that it shows', () => {
  deepStrictEqual(frameworkAnswer.parse(answer), answer);
  strictEqual(rowsOf(answer, 'stage').length, framework.stages.size);
  strictEqual(rowsOf(answer, 'step').length, framework.steps.length);
  strictEqual(rowsOf(answer, 'obligation').length, [...framework.obligations.values()].flat().length);
  strictEqual(answer.flags.length, framework.flags.length);
  strictEqual(answer.hash, framework.hash);
});

test('a value is in force by the day of the framework\'s own zone', () => {
  const act = (of: FrameworkAnswer) => of.instruments.find((one) => one.id === 'va-act-2026')?.state;
  const page = new FrameworkPage(framework);
  strictEqual(act(page.at(at('2026-03-06T18:59:59Z'))), 'coming');
  strictEqual(act(page.at(at('2026-03-06T19:00:00Z'))), 'in-force');
  const ordinance = answer.instruments.find((one) => one.id === 'va-ordinance-2025');
  strictEqual(ordinance?.state, 'lapsed');
  const closed = rowsOf(page.at(at('2026-01-01T00:00:00Z')), 'stage').find((row) => row.id === 't-transitional');
  strictEqual(closed?.when, 'coming');
});

test('an unset value never stands as a number of the law, and only two laws together bind', () => {
  for (const kind of ['parameter', 'limit', 'fee', 'capital', 'retention', 'clock']) {
    for (const row of rowsOf(answer, kind)) if (row.status === 'unset') match(row.line.en, /^unset/, `${kind} ${row.id}`);
  }
  const duties = rowsOf(answer, 'obligation');
  ok(duties.some((row) => row.binds === true) && duties.some((row) => row.binds === false));
  for (const stage of [undefined, ...framework.stages.keys()]) {
    for (const owed of obligationsAt(framework, stage, TODAY)) strictEqual(duties.find((row) => row.id === owed.obligation.obligation && row.when === 'now')?.binds, owed.binds, owed.obligation.obligation);
  }
  for (const row of duties) if (row.status !== 'prescribed') strictEqual(row.binds, false, row.id);
  for (const row of answer.parts.flatMap((part) => part.kind === 'obligation' ? [] : part.rows)) strictEqual(row.binds, null);
});

test('the page stands in both languages without script, and shows all that is in force with its clause', () => {
  for (const language of ['en', 'ur'] as const) {
    const html = frameworkHtml(answer, language, false);
    match(html, new RegExp(`<html lang="${language}" dir="${language === 'ur' ? 'rtl' : 'ltr'}">`));
    doesNotMatch(html, /<script|\son[a-z]+=|javascript:/i);
    const shown = answer.parts.flatMap((part) => part.rows).filter((row) => row.when !== 'past');
    strictEqual(html.match(/<summary>/g)?.length, shown.length);
    for (const flag of answer.flags) ok(html.includes(`<h3>${flag.title[language]}</h3>`), flag.id);
  }
});

test('every text is escaped', () => {
  const bad = '<img src=x onerror=alert(1)>"\'&';
  const both = { en: bad, ur: bad };
  const poison = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(poison);
    if (typeof value !== 'object' || value === null) return value;
    return 'en' in value ? both : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, ['about', 'note', 'source', 'citation'].includes(key) && typeof each === 'string' ? bad : poison(each)]));
  };
  const html = frameworkHtml(frameworkAnswer.parse(poison(answer)), 'en', true);
  doesNotMatch(html, /<img/);
  ok(html.includes('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;'));
});

test('the page is cacheable: a reader who has it is told so, and gets it compressed', async (t) => {
  const server = fastify();
  t.after(() => server.close());
  openFrameworkPage(server, { framework, clock: () => TODAY, synthetic: true, urduFont: new Uint8Array([119, 79, 70, 50]) });
  strictEqual((await server.inject({ url: '/framework/nastaliq.woff2' })).body, 'wOF2');
  for (const [url, type] of [['/framework', 'text/html'], ['/framework/ur', 'text/html'], ['/framework.json', 'application/json']] as const) {
    const plain = await server.inject({ url });
    strictEqual(plain.statusCode, 200);
    match(String(plain.headers['content-type']), new RegExp(`^${type}`));
    strictEqual(plain.headers['cache-control'], 'public, max-age=300');
    match(String(plain.headers['content-security-policy']), /default-src 'none'; style-src 'sha256-/);
    const small = await server.inject({ url, headers: { 'accept-encoding': 'gzip' } });
    strictEqual(gunzipSync(small.rawPayload).toString(), plain.body);
    ok(small.rawPayload.length < 60_000, `${url} is ${small.rawPayload.length} bytes`);
    const known = await server.inject({ url, headers: { 'if-none-match': String(plain.headers['etag']) } });
    strictEqual(known.statusCode, 304);
    strictEqual(known.body, '');
    strictEqual((await server.inject({ url, headers: { 'if-none-match': 'W/"other"' } })).statusCode, 200);
  }
});
