import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type pg from 'pg';
import { instantOf } from '../../terms/index.ts';
import { EMPTY_ROW, decodeBatch, encodeBatch, type EventRow } from '../batch.ts';
import { openClickHouse } from '../engine/clickhouse-host.ts';
import { connectClickHouse } from '../engine/external-clickhouse.ts';
import { openTestDatabase, type TestDatabase } from '../engine/testing.ts';
import { PgEventLog } from '../event-log-pg.ts';
import type { NewBatch, StoredBatch } from '../event-log.ts';
import { logMigrations } from '../migrations.ts';
import { Analytics, type AnalyticsAddress } from './client.ts';
import { EVENTS_INSERT, nativeBlock } from './native.ts';
import { Projector, TrimmedEvents } from './projector.ts';
import { makeEventsTable } from './table.ts';

/** What analytics promises, wherever it is: the embedded engine, the same by an operator's address, and an operator's own when `CLICKHOUSE_URL` names one. */
const SECRET = 'only-for-this-test';
const OPERATORS = process.env['CLICKHOUSE_URL'];
const directory = mkdtempSync(join(tmpdir(), 'nigran-analytics-'));
const ADAPTERS: readonly (readonly [string, (port: number) => Promise<AnalyticsAddress>])[] = [
  ['the embedded ClickHouse', async (port) => ({ url: `http://127.0.0.1:${port}`, username: 'nigran', password: SECRET })],
  ['a ClickHouse by its address', (port) => connectClickHouse(`http://nigran:${SECRET}@127.0.0.1:${port}`)],
  ...(OPERATORS === undefined ? [] : [['the operator\'s ClickHouse', () => connectClickHouse(OPERATORS)] as const]),
];

let database: TestDatabase;
let host: Awaited<ReturnType<typeof openClickHouse>>;
before(async () => {
  database = await openTestDatabase(logMigrations);
  host = await openClickHouse({ directory, port: 0, secret: SECRET });
});
after(async () => {
  await host.close();
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

const AT = Date.UTC(2026, 10, 24) * 1_000;
const LONG = 'ا'.repeat(64);
const FULL: EventRow = {
  at: AT + 68_399_999_999, seq: Number.MAX_SAFE_INTEGER, paisa: -5, quotePaisa: Number.MIN_SAFE_INTEGER, claimPaisa: Number.MAX_SAFE_INTEGER, since: AT - 1, flags: 2 ** 32 - 1, line: 2 ** 32 - 2, firm: 65_535,
  asset: 'iso4217:PKR', quoteAsset: 'بٹ کوائن', chain: 'eip155:1', country: 'PK', network: 'AS17557', bank: LONG, counterFirm: 'x'.repeat(200), stream: 'main', submission: 's'.repeat(128),
  kind: 255, replacementKind: 1, service: 2, method: 3, anonymiser: 4, ageBand: 5, province: 6, incomeClass: 7, riskClass: 8,
  id: 'y'.repeat(20_000), customer: 'é', address: LONG, txHash: 'z'.repeat(127), ipToken: 'z'.repeat(128), deviceToken: `quote'"\\\n\t`, accountToken: 'nul\0inside', target: '😀',
  person: 'ff'.repeat(16), other: '00112233445566778899aabbccddeeff', units: -(2n ** 127n), quoteUnits: 2n ** 127n - 1n,
};

/** Batches with legends of their own, in which the same words have other places. */
const BATCHES: readonly (readonly EventRow[])[] = [
  [FULL, { ...EMPTY_ROW, at: AT }],
  [{ ...EMPTY_ROW, at: AT + 68_400_000_000, asset: 'zz', stream: 'iso4217:PKR', network: 'PK', units: -1n, quoteUnits: 1n, claimPaisa: 0 }],
  Array.from({ length: 300 }, (_none, i): EventRow => ({
    ...EMPTY_ROW, at: AT + i * 3_600_000_000, seq: i, paisa: i * 2 ** 40, line: i, firm: i, bank: `bank-${i}`, country: i % 2 === 0 ? 'PK' : '', submission: `s-${i % 3}`, id: 'i'.repeat(i), kind: i % 256,
    person: i.toString(16).padStart(32, 'a'), units: BigInt(i) ** 15n * (i % 2 === 0 ? 1n : -1n),
  })),
  [{ ...EMPTY_ROW, at: AT, bank: 'bank-7', chain: 'bank-7', asset: 'main' }],
];

const stored = (partition: number, offset: number, rows: readonly EventRow[]): StoredBatch => ({
  partition, offset, producer: 'intake:sdx', seq: offset, firm: 'sdx', count: rows.length, admittedAt: instantOf(AT + (offset % 1_000) * 1_000_003), controlEpoch: offset, bytes: encodeBatch(rows),
});

/** The day in Pakistan that a calendar would give. */
const karachiDay = (at: number): number => Date.parse(new Date(at / 1_000 + 5 * 3_600_000).toISOString().slice(0, 10)) / 86_400_000;

const COLUMNS = `toString(at) as at, toString(admitted_at) as admitted_at, day, admitted_day, kind, replacement_kind, service, flags, firm, line, hex(person) as person, hex(other) as other,
  asset, quote_asset, chain, country, network, bank, counter_firm, stream, submission, method, anonymiser, age_band, province, income_class, risk_class, id, customer, address, tx_hash, ip_token,
  device_token, account_token, target, toString(units) as units, toString(quote_units) as quote_units, toString(paisa) as paisa, toString(quote_paisa) as quote_paisa,
  toString(claim_paisa) as claim_paisa, toString(since) as since, toString(seq) as seq, part, toString(off) as off, row`;

function expected(batch: StoredBatch, row: EventRow, i: number): Record<string, unknown> {
  return {
    at: String(row.at), admitted_at: String(batch.admittedAt), day: karachiDay(row.at), admitted_day: karachiDay(batch.admittedAt), kind: row.kind, replacement_kind: row.replacementKind, service: row.service,
    flags: row.flags, firm: row.firm, line: row.line, person: row.person.toUpperCase().padStart(32, '0'), other: row.other.toUpperCase().padStart(32, '0'),
    asset: row.asset, quote_asset: row.quoteAsset, chain: row.chain, country: row.country, network: row.network, bank: row.bank, counter_firm: row.counterFirm, stream: row.stream, submission: row.submission,
    method: row.method, anonymiser: row.anonymiser, age_band: row.ageBand, province: row.province, income_class: row.incomeClass, risk_class: row.riskClass,
    id: row.id, customer: row.customer, address: row.address, tx_hash: row.txHash, ip_token: row.ipToken, device_token: row.deviceToken, account_token: row.accountToken, target: row.target,
    units: String(row.units), quote_units: String(row.quoteUnits), paisa: String(row.paisa), quote_paisa: String(row.quotePaisa), claim_paisa: String(row.claimPaisa), since: String(row.since), seq: String(row.seq),
    part: batch.partition, off: String(batch.offset), row: i,
  };
}

for (const [name, addressOf] of ADAPTERS) {
  suite(`analytics in ${name}`, () => {
    const space = `t_${randomBytes(6).toString('hex')}`;
    let plain: Analytics;
    let analytics: Analytics;
    let address: AnalyticsAddress;
    before(async () => {
      const server = await addressOf(host.port);
      plain = new Analytics(server);
      await plain.run(`create database ${space}`);
      address = { ...server, database: space };
      analytics = new Analytics(address);
    });
    after(async () => {
      await analytics.close();
      await plain.run(`drop database ${space}`);
      await plain.close();
    });
    const fresh = async (): Promise<void> => {
      await analytics.run('drop table if exists events');
      await makeEventsTable(analytics);
      await makeEventsTable(analytics);
    };
    const count = async (): Promise<unknown> => (await analytics.ask('select toUInt32(count()) as n, toUInt32(uniqExact(part, off, row)) as u from events'))[0];

    test('rows of a block are those of its batches, column by column', async () => {
      await fresh();
      strictEqual(await analytics.isUp(), true);
      const batches = BATCHES.map((rows, i) => stored(i % 2, 2 ** 40 + i, rows));
      await analytics.insert(EVENTS_INSERT, nativeBlock(batches.map((one) => ({ stored: one, batch: decodeBatch(one.bytes) }))), 'columns');
      const got = await analytics.ask(`select ${COLUMNS} from events order by off, row`);
      const wanted = batches.flatMap((one, b) => (BATCHES[b] ?? []).map((row, i) => expected(one, row, i)));
      strictEqual(got.length, wanted.length);
      for (const [i, want] of wanted.entries()) deepStrictEqual(got[i], want, `row ${i}`);
    });

    test('the same token again changes nothing, another token adds, and a broken block adds nothing', async () => {
      await fresh();
      const block = (offset: number): Buffer => nativeBlock([stored(0, offset, BATCHES[2] ?? [])].map((one) => ({ stored: one, batch: decodeBatch(one.bytes) })));
      for (const [offset, token] of [[0, 'a'], [0, 'a'], [1, 'a'], [1, 'b'], [0, 'a'], [1, 'b']] as const) await analytics.insert(EVENTS_INSERT, block(offset), token);
      deepStrictEqual(await count(), { n: 600, u: 600 });
      await rejects(analytics.insert(EVENTS_INSERT, block(2).subarray(0, 20_000), 'c'));
      deepStrictEqual(await count(), { n: 600, u: 600 });
      await analytics.insert(EVENTS_INSERT, block(2), 'c');
      deepStrictEqual(await count(), { n: 900, u: 900 });
    });

    test('values of a question are bound, and a wrong one is an error', async () => {
      deepStrictEqual(await analytics.ask('select {s:String} as s, {n:UInt64} as n', { s: `'; drop table events; --`, n: 7 }), [{ s: `'; drop table events; --`, n: 7 }]);
      await rejects(analytics.ask('select nope from events'));
    });

    test('the projector copies all partitions once, whenever it is killed', async () => {
      await fresh();
      const pool: pg.Pool = database.pool('nigran_app');
      await pool.query('delete from log.analytics_intent');
      await pool.query('update log.analytics_position set next = 0');
      const events = new PgEventLog(pool);
      const from = await events.bounds(0);
      const append = async (n: number): Promise<number> => {
        const batches: NewBatch[] = [0, 1, 2].map((partition) => ({ ...stored(partition, n, (BATCHES[2] ?? []).slice(0, 10 + partition)), seq: Number(`0x${randomBytes(4).toString('hex')}`) }));
        await events.append(undefined, batches);
        return batches.reduce((sum, one) => sum + one.count, 0);
      };
      const held = (await Promise.all([0, 1, 2].map((partition) => events.read(partition, 0, 2 ** 30)))).flat().reduce((sum, one) => sum + one.count, 0);
      const projector = (of: Analytics = analytics): Projector => new Projector({ pool, events, analytics: of, partitions: 3 });
      let rows = held + await append(1);
      for (const when of ['before', 'after', 'after', 'before the token', 'in mid-block', 'after the token'] as const) {
        const killed = new Killed(address, when);
        await rejects(projector(killed).turn(), /killed/);
        await killed.close();
        // What came meanwhile is not part of what was begun.
        rows += await append(2);
        ok((await projector().turn()) > 0, 'what was begun is finished');
        ok((await projector().turn()) > 0, 'and then what came meanwhile');
        deepStrictEqual(await count(), { n: rows, u: rows }, `killed ${when} the insert`);
        strictEqual(await projector().turn(), 0);
        rows += await append(3);
      }
      await Promise.allSettled([projector().turn(), projector().turn()]);
      await projector().turn();
      deepStrictEqual(await count(), { n: rows, u: rows }, 'two at once copy nothing twice');
      const positions = await pool.query<{ partition: number; next: number }>('select partition, next from log.analytics_position order by partition');
      deepStrictEqual(positions.rows.map((row) => row.next), await Promise.all([0, 1, 2].map(async (partition) => (await events.bounds(partition)).next)));
      strictEqual((await pool.query('select from log.analytics_intent')).rowCount, 0);
      ok((await events.bounds(0)).next > from.next);
    });
  });
}

test('what was trimmed before it was copied is refused, also in the middle of a copy, and nothing moves', async () => {
  const pool = database.pool('nigran_app');
  const events = new PgEventLog(pool);
  const analytics = new Analytics({ url: `http://127.0.0.1:${host.port}`, username: 'nigran', password: SECRET });
  await makeEventsTable(analytics);
  await pool.query('delete from log.analytics_intent');
  const positions = async () => (await pool.query<{ partition: number; next: number }>('select partition, next from log.analytics_position order by partition')).rows;
  const projector = new Projector({ pool, events, analytics, partitions: 8 });
  while ((await projector.turn()) > 0);
  const append = async (n: number) => (await events.append(undefined, [{ ...stored(7, 0, [EMPTY_ROW]), seq: 2 ** 41 + n }]))[0] ?? 0;
  await append(1);
  await projector.turn();
  const [lost] = [await append(2), await append(3)];
  const before = await positions();
  await pool.query('insert into log.analytics_intent (one, ranges) values (true, $1)', [JSON.stringify([{ partition: 7, from: lost, to: lost + 2 }])]);
  await events.trim(7, lost + 1);
  await rejects(projector.turn(), TrimmedEvents, 'a copy that was begun');
  await pool.query('delete from log.analytics_intent');
  await rejects(projector.turn(), TrimmedEvents, 'a copy that is to begin');
  deepStrictEqual(await positions(), before);
  strictEqual((await pool.query('select from log.analytics_intent')).rowCount, 0);
  await analytics.close();
});

test('analytics that cannot be reached fails the turn, and nothing moves', async () => {
  const pool = database.pool('nigran_app');
  const events = new PgEventLog(pool);
  const down = new Analytics({ url: 'http://127.0.0.1:1', username: 'nigran', password: SECRET });
  strictEqual(await down.isUp(), false);
  const before = (await pool.query('select * from log.analytics_position order by partition')).rows;
  await events.append(undefined, [{ ...stored(0, 0, [EMPTY_ROW]), seq: 2 ** 40 }]);
  await rejects(new Projector({ pool, events, analytics: down, partitions: 3 }).turn());
  deepStrictEqual((await pool.query('select * from log.analytics_position order by partition')).rows, before);
  await down.close();
});

type Moment = 'before' | 'after' | 'before the token' | 'in mid-block' | 'after the token';

/**
 * Analytics whose process is killed before the insert has begun, or after it has ended and before anybody wrote that
 * down; or whose engine is killed with it: with rows and no token, with some rows and no token, or with a token and no rows.
 */
class Killed extends Analytics {
  readonly #when: Moment;

  constructor(address: AnalyticsAddress, when: Moment) {
    super(address);
    this.#when = when;
  }

  override async insert(statement: string, body: Buffer, token: string): Promise<void> {
    const before = `alter table events delete where (part, off) not in (select part, off from kept) settings mutations_sync = 1`;
    if (this.#when !== 'before') {
      await this.run('create or replace table kept engine = Memory as select distinct part, off from events');
      await super.insert(statement, body, this.#when === 'after' || this.#when === 'after the token' ? token : `${token} unrecorded ${Math.random()}`);
    }
    if (this.#when === 'after the token') await this.run(before);
    if (this.#when === 'in mid-block') await this.run(before.replace('settings', 'and row % 2 = 0 settings'));
    throw new Error('killed');
  }
}
