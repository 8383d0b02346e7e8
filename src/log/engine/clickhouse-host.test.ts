import { deepStrictEqual, match, ok, rejects, strictEqual } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { ClickHouseError, ClickHouseLogLevel, createClient, TupleParam, type ClickHouseClient } from '@clickhouse/client';

const SECRET = 'only-for-this-test';
const HOST = new URL('clickhouse-host.ts', import.meta.url).href;

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

/** The host in a process of its own, as in the house; it ends when its standard input does. */
async function start(directory: string): Promise<Started> {
  const ground = JSON.stringify({ directory, port: 0, secret: SECRET });
  const code = `import { openClickHouse } from ${JSON.stringify(HOST)};
    const host = await openClickHouse(${ground});
    process.stdout.write(host.port + '\\n');
    process.stdin.on('end', () => process.exit(0)).resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(([code]) => { throw new Error(`the host ended with ${code}`); })]);
  return { child, url: `http://127.0.0.1:${String(port).trim()}` };
}

async function end({ child }: Started): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

const clientOf = ({ url }: Started, more: object = {}): ClickHouseClient => createClient({ url, username: 'nigran', password: SECRET, log: { level: ClickHouseLogLevel.OFF }, ...more });

let directory: string;
let host: Started;
let client: ClickHouseClient;
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'nigran-clickhouse-'));
  host = await start(directory);
  client = clientOf(host);
});
after(async () => {
  await client.close();
  await end(host);
  rmSync(directory, { recursive: true, force: true });
});

async function rows(query: string, query_params: Record<string, unknown> = {}, of = client): Promise<unknown[]> {
  return (await of.query({ query, query_params, format: 'JSONEachRow' })).json();
}

test('the stock client makes a table, inserts objects and asks', async () => {
  ok((await client.ping()).success);
  await client.command({ query: 'create table basic (a UInt32, b String) engine = MergeTree order by a' });
  await client.insert({ table: 'basic', values: [{ a: 1, b: 'x;y' }, { a: 2, b: `it's` }], format: 'JSONEachRow' });
  await client.command({ query: `insert into basic values (3, 'in the text')` });
  await client.insert({ table: 'basic', values: [], format: 'JSONEachRow' });
  deepStrictEqual(await rows('select * from basic order by a'), [{ a: 1, b: 'x;y' }, { a: 2, b: `it's` }, { a: 3, b: 'in the text' }]);
  const whole = await client.query({ query: 'select count() as n from basic', format: 'JSON' });
  strictEqual((await whole.json()).rows, 1);
});

test('bound values arrive as they were given', async () => {
  const nasty = `a'b"c\\d\te\nf;--{x:String}\u0000\u06af`;
  deepStrictEqual(await rows('select {s:String} as s, {l:Array(String)} as l, {n:Nullable(UInt8)} as n, {u:UInt64} as u, {d:DateTime} as d, {t:Tuple(UInt8, String)} as t', {
    s: nasty, l: [nasty, '', ']'], n: null, u: 9007199254740991n, d: new Date('2026-11-24T10:11:12Z'), t: new TupleParam([1, nasty]),
  }), [{ s: nasty, l: [nasty, '', ']'], n: null, u: 9007199254740991, d: '2026-11-24 10:11:12', t: [1, nasty] }]);
});

test('concurrent requests do not see each other\'s values', async () => {
  const asked = Array.from({ length: 40 }, (_, i) => rows('select {i:UInt32} as i, sleepEachRow(0.002) as z', { i }));
  deepStrictEqual((await Promise.all(asked)).map(([row]) => row), asked.map((_, i) => ({ i, z: 0 })));
  await rejects(rows('select {i:UInt32}'), { code: '456' });
});

test('errors carry ClickHouse\'s code and name', async () => {
  await rejects(rows('select nope'), (error: unknown) => error instanceof ClickHouseError && error.code === '47' && error.type === 'UNKNOWN_IDENTIFIER');
  await rejects(rows('selec 1'), { code: '62' });
});

test('several statements at once are refused', async () => {
  await rejects(client.command({ query: 'select 1; drop table basic' }), { code: '62' });
});

test('a wrong secret is refused, also for an insert', async () => {
  const stranger = createClient({ url: host.url, username: 'nigran', password: 'guess', log: { level: ClickHouseLogLevel.OFF } });
  await rejects(rows('select 1', {}, stranger), { code: '516' });
  await rejects(stranger.insert({ table: 'basic', values: [{ a: 9, b: '' }], format: 'JSONEachRow' }), { code: '516' });
  await stranger.close();
  strictEqual((await fetch(`${host.url}/?query=select+1`)).status, 403);
});

test('a setting holds for its own request only; bounds stay; what is unknown or absent is refused', async () => {
  const asked = (clickhouse_settings: Record<string, string | number>) => client.query({ query: 'select * from numbers(10)', format: 'JSONEachRow', clickhouse_settings }).then((r) => r.json());
  await rejects(asked({ max_result_rows: '5' }), { code: '396' });
  strictEqual((await asked({})).length, 10);
  await rejects(asked({ max_memory_usage: '1000000000000' }), { code: '452' });
  await rejects(asked({ no_such_setting: 1 }), { code: '115' });
  await rejects(client.query({ query: 'select 1', session_id: 's' }), { code: '48' });
});

test('the same token again inserts nothing, in RowBinary and compressed', async () => {
  await client.command({ query: 'create table once (a UInt32) engine = MergeTree order by a settings non_replicated_deduplication_window = 100' });
  const packing = clientOf(host, { compression: { request: true, response: true } });
  const body = Buffer.alloc(4_000);
  for (let i = 0; i < 1_000; i++) body.writeUInt32LE(i, i * 4);
  for (const each of [client, client, packing]) {
    const answer = await each.exec({ query: 'insert into once format RowBinary', values: Readable.from([body], { objectMode: false }), clickhouse_settings: { insert_deduplication_token: 'p0-17', insert_deduplicate: 1 } });
    answer.stream.resume();
  }
  deepStrictEqual(await rows('select count() as n, uniqExact(a) as u from once', {}, packing), [{ n: 1000, u: 1000 }]);
  await packing.close();
});

test('a large answer is streamed: the host does not hold it', async () => {
  const read = async (count: number): Promise<number> => {
    const answer = await client.query({ query: `select number, repeat('x', 200) as text from numbers(${count})`, format: 'JSONEachRow' });
    let seen = 0;
    for await (const page of answer.stream()) seen += page.length;
    return seen;
  };
  strictEqual(await read(500_000), 500_000);
  const settled = memoryOf(host);
  strictEqual(await read(2_000_000), 2_000_000);
  ok(memoryOf(host) - settled < 150e6, `grew by ${memoryOf(host) - settled} bytes over an answer of 450 MB`);
});

test('an answer that fails in the middle is not taken for a whole one', async () => {
  await rejects(async () => {
    const answer = await client.query({ query: 'select throwIf(number = 900000) as z from numbers(1000000)', format: 'JSONEachRow', clickhouse_settings: { max_block_size: '10000' } });
    for await (const page of answer.stream()) void page;
  });
});

test('memory of a question is bounded and the process survives', async () => {
  await rejects(rows('select length(groupArray(repeat(toString(number), 100))) as n from numbers(30000000)'), { code: '241' });
  deepStrictEqual(await rows('select 1 as a'), [{ a: 1 }]);
});

test('killed in the middle of inserts and opened again: acknowledged rows are there, and a second try makes the rest exact', async () => {
  const ground = mkdtempSync(join(tmpdir(), 'nigran-clickhouse-'));
  let running = await start(ground);
  let of = clientOf(running);
  await of.command({ query: 'create table log (batch UInt32, row UInt32) engine = MergeTree order by (batch, row) settings non_replicated_deduplication_window = 1000' });
  const insert = (batch: number) => of.insert({
    table: 'log', format: 'JSONEachRow', values: Array.from({ length: 2_000 }, (_, row) => ({ batch, row })), clickhouse_settings: { insert_deduplication_token: `b${batch}`, insert_deduplicate: 1 },
  });
  const acknowledged = new Set<number>();
  const sending = Array.from({ length: 60 }, (_, batch) => insert(batch).then(() => {
    acknowledged.add(batch);
    if (acknowledged.size === 20) running.child.kill('SIGKILL');
  }, () => undefined));
  await Promise.all(sending);
  ok(acknowledged.size >= 20 && acknowledged.size < 60, `${acknowledged.size} acknowledged before the kill`);
  await of.close();
  running = await start(ground);
  of = clientOf(running);
  const found = new Map((await rows('select batch, count() as n from log group by batch', {}, of)).map((row) => [Number(Reflect.get(Object(row), 'batch')), Number(Reflect.get(Object(row), 'n'))]));
  for (const batch of acknowledged) strictEqual(found.get(batch), 2_000, `batch ${batch} was acknowledged`);
  for (let batch = 0; batch < 60; batch++) await insert(batch);
  deepStrictEqual(await rows('select count() as n, uniqExact(batch, row) as u from log', {}, of), [{ n: 120_000, u: 120_000 }]);
  await of.close();
  await end(running);
  rmSync(ground, { recursive: true, force: true });
});

test('an orphan that still has the directory is ended, and its place taken', async () => {
  const ground = mkdtempSync(join(tmpdir(), 'nigran-clickhouse-'));
  const orphan = await start(ground);
  const next = await start(ground);
  const of = clientOf(next);
  deepStrictEqual(await rows('select 1 as a', {}, of), [{ a: 1 }]);
  strictEqual(orphan.child.signalCode, 'SIGKILL');
  await of.close();
  await end(next);
  rmSync(ground, { recursive: true, force: true });
});

function memoryOf({ child }: Started): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  match(status, /VmRSS/);
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
}
