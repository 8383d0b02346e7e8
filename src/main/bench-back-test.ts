/**
 * A back-test over a ClickHouse of its own, in a home that is removed afterwards: ClickHouse in its process, the engine in this
 * one, on two cores as in a house. The rows are made by ClickHouse itself; they are activity of nobody. What is measured is
 * reading them back and folding them under the rules of the pack.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ruleParametersAt } from '../framework/index.ts';
import { Analytics, LocalObjects, makeEventsTable, migrate, openPool } from '../log/index.ts';
import { startPostgres } from '../log/engine/index.ts';
import { BackTest } from '../monitor/back-test/index.ts';
import { readRules, ruleDocument } from '../monitor/index.ts';
import { WalletTable } from '../screening/index.ts';
import { DAY_US, EVENT_KINDS, FLAG, instantOf } from '../terms/index.ts';
import type { BenchRow } from '../../bench/monitor.ts';
import { startChild } from './child.ts';
import { PACK_DIRECTORY, openFramework } from './framework.ts';
import { migrations } from './migrations.ts';
import type { World } from './world.ts';

const START = instantOf(1_803_884_400_000_000);
const DAYS = 90;
/** What the figure is told for. */
const EVENTS = 200_000_000;
const BYTES_MAX = 3 * 2 ** 30;
/** Rows made at once: what ClickHouse is given here in memory. */
const INSERT_ROWS = 250_000;

/** Runs the bench over so many events of a quarter as many people. */
export async function benchBackTest(world: World, events: number): Promise<BenchRow[]> {
  const home = mkdtempSync(join(tmpdir(), 'nigran-bench-'));
  const postgres = await startPostgres({ home, database: 'nigran', random: world.random, log: () => undefined });
  const [pool, owner] = [openPool(postgres.connection('nigran_app'), 2), openPool(postgres.connection('nigran_owner'), 1)];
  const secret = Buffer.from(world.random(24)).toString('base64url');
  const { child, ready } = await startChild({ name: 'ClickHouse', verb: 'inner:clickhouse', settings: () => ({ directory: join(home, 'clickhouse'), port: 0, secret }), log: () => undefined, clock: () => world.clock() / 1000 });
  const analytics = new Analytics({ url: `http://127.0.0.1:${Number(ready['port'])}`, username: 'nigran', password: secret });
  try {
    await migrate(owner, migrations);
    await makeEventsTable(analytics);
    for (let from = 0; from < events; from += INSERT_ROWS) await analytics.run(inventedRows(events, from, Math.min(INSERT_ROWS, events - from)));
    return await measure(world, new LocalObjects(join(home, 'objects')), pool, analytics, events);
  } finally {
    await analytics.close();
    await child.stop();
    await Promise.all([pool.end(), owner.end()]);
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function measure(world: World, objects: LocalObjects, pool: ReturnType<typeof openPool>, analytics: Analytics, events: number): Promise<BenchRow[]> {
  const framework = openFramework(PACK_DIRECTORY);
  const parameters = ruleParametersAt(framework, START);
  const rules = readRules(ruleDocument(parameters).bytes).rules.map((rule) => rule.term);
  const tried = new BackTest({ pool, objects, analytics, bytesMax: BYTES_MAX, control: () => ({ framework, wallets: new WalletTable() }) }, { rules, parameters, from: START, to: instantOf(START + DAYS * DAY_US) });
  const begin = world.clock();
  let last: { readonly rows: number; readonly passes: number; readonly findings: number } | undefined;
  for await (const progress of tried.run(new AbortController().signal)) last = progress;
  const seconds = (world.clock() - begin) / 1e6;
  const value = (seconds * EVENTS) / events / 60;
  return [{
    bench: 'monitor', metric: 'backtest.minutes', value, unit: 'min', ceiling: 8, ok: value <= 8 && last?.rows === events, runs: [value],
    method: `${events.toLocaleString('en')} events over ${DAYS} days of ${Math.floor(events / 4).toLocaleString('en')} people read from ClickHouse in its own process and folded under ${rules.length} rules in ${last?.passes ?? 0} pass, ${last?.findings ?? 0} findings, in ${seconds.toFixed(1)} s of the clock; told for ${EVENTS.toLocaleString('en')} events. People come and go: a hundredth of them is active at a time`,
  }];
}

const kindOf = (kind: (typeof EVENT_KINDS)[number]): number => EVENT_KINDS.indexOf(kind);

/** Rows in the order of their time, four for each person within some hours or days. Amounts follow no law and nobody's habits. */
function inventedRows(events: number, first: number, count: number): string {
  const inward = FLAG.moves | FLAG.inward;
  const gap = Math.floor((DAYS * DAY_US - 1) / events);
  return `insert into events (firm, at, admitted_at, day, admitted_day, kind, flags, person, paisa, id, account_token, seq, part, off, row)
    select 1 + n % 6, ${START} + n * ${gap}, ${START} + n * ${gap} + 1000000, intDiv(${START} + n * ${gap} + 18000000000, ${DAY_US}), intDiv(${START} + n * ${gap} + 18001000000, ${DAY_US}),
      [${kindOf('fiat-in')}, ${kindOf('fiat-in')}, ${kindOf('trade')}, ${kindOf('fiat-out')}][1 + h % 4], [${inward}, ${inward}, ${FLAG.moves}, ${FLAG.moves}][1 + h % 4], reinterpretAsFixedString(sipHash128(who)), toInt64(exp(11 + h % 8000 / 1000)),
      concat('TX-', leftPad(toString(n), 10, '0')), concat('acct-', toString(h % 9973)), n + 1, 0, n, 0
    from (select number as n, cityHash64(number) as h, intDiv(number, ${Math.max(1, Math.floor(events / 100))}) * ${Math.max(1, Math.floor(events / 400))} + cityHash64(number, 1) % ${Math.max(1, Math.floor(events / 400))} as who from numbers(${first}, ${count}))`;
}
