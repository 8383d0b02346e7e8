import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type pg from 'pg';
import { openPool, withTransaction } from '../log/index.ts';
import { mustRefold } from '../log/rebuild.ts';
import { startPostgres } from '../log/engine/index.ts';
import { PACK_DIRECTORY } from './framework.ts';
import { forward } from './house.ts';
import { restoreHome } from './kept-home.ts';
import { migrations } from './migrations.ts';
import { refoldHouse } from './refold.ts';
import { openWorld } from './world.ts';

const HOMES = join(import.meta.dirname, 'homes');
const MAIN = join(import.meta.dirname, '..', 'main.ts');
const run = promisify(execFile);
const world = openWorld();

/** Runs on a home's own database, and stops it cleanly. */
async function inHome<T>(home: string, work: (owner: pg.Pool, connection: pg.PoolConfig) => Promise<T>): Promise<T> {
  const postgres = await startPostgres({ home, database: 'nigran', random: world.random, log: () => undefined });
  const owner = openPool(postgres.connection('nigran_owner'), 2);
  try {
    return await work(owner, postgres.connection('nigran_owner'));
  } finally {
    await owner.end();
    await postgres.stop();
  }
}

/** Homes of before the number was kept have 8 partitions. */
const PARTITIONS = 8;
const refold = (home: string, owner: pg.PoolConfig, shards: number) => refoldHouse({ owner, objects: join(home, 'objects'), framework: PACK_DIRECTORY, partitions: PARTITIONS, shards });

async function countRows(owner: pg.Pool): Promise<Record<string, number>> {
  const names = ['log.entry', 'log.event_batch', 'licensing.firm', 'licensing.stage', 'screening.list_version', 'monitor.finding', 'alerts.alert', 'alerts.finding', 'alerts.evidence', 'alerts.decision', 'intake.customer', 'intake.submission'];
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await owner.query<{ n: number }>(`select count(*)::int as n from ${name}`)).rows[0]?.n ?? 0] as const)));
}

for (const kept of readdirSync(HOMES)) {
  test(`a home of ${kept.replace(/\.zst$/, '')} opens, folds the same for any number of shards, and a cold copy of it has the same root`, async (t) => {
    const home = mkdtempSync(join(tmpdir(), 'nigran-home-'));
    const copy = `${home}-copy`;
    t.after(() => [home, copy].forEach((directory) => rmSync(directory, { recursive: true, force: true })));
    const first = await inHome(home, async (owner, connection) => {
      const steps = await restoreHome(join(HOMES, kept), owner, join(home, 'objects'));
      const before = await countRows(owner);
      strictEqual(await forward(connection), PARTITIONS);
      ok(await mustRefold(owner) === migrations.some((step) => step.refolds === true && !steps.some((known) => known.id === step.id)), 'a step that asks for it is remembered');
      const opened = await refold(home, connection, 1);
      deepStrictEqual(opened.faults, [], 'ledger and fold agree');
      const after = await countRows(owner);
      // The first version's alerts did not hear of a finding that was raised and withdrawn between two of their rounds.
      const [missed, unheard] = [Object.keys(before).filter((name) => (after[name] ?? 0) < (before[name] ?? 0)), ['alerts.finding', 'alerts.evidence']];
      deepStrictEqual(missed, [], 'nothing went');
      deepStrictEqual(Object.keys(before).filter((name) => after[name] !== before[name] && !unheard.includes(name)), [], 'and nothing came');
      strictEqual(await mustRefold(owner), false);
      const reports = [await refold(home, connection, 2), await refold(home, connection, 5)];
      deepStrictEqual(reports.map((one) => [one.identical, one.views, one.findingsHash, one.stateHash]), reports.map(() => [true, [], opened.findingsHash, opened.stateHash]));
      return opened;
    });
    await run('cp', ['-a', home, copy]);
    const copied = await inHome(copy, (_owner, connection) => refold(copy, connection, 3));
    deepStrictEqual([copied.identical, copied.ledgerRoot, copied.findingsHash, copied.stateHash], [true, first.ledgerRoot, first.findingsHash, first.stateHash]);
  });
}

test('a database of a newer version is refused with one line and exit 2', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'nigran-home-'));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  await inHome(home, async (owner, connection) => {
    await forward(connection);
    await withTransaction(owner, (tx) => tx.query(`insert into public.migration (id) values ('999-from-the-future')`));
  });
  for (const words of [['demo', '--once'], ['rebuild']]) {
    const failed: unknown = await run(process.execPath, [MAIN, ...words], { env: { PATH: process.env['PATH'], NIGRAN_HOME: home, NIGRAN_PORT: '0' } }).then(() => undefined, (error: unknown) => error);
    const { code, stdout, stderr } = Object(failed);
    strictEqual(code, 2, String(stderr));
    const said = String(stderr).split('\n').filter((line) => line !== '' && !line.startsWith('['));
    strictEqual(said.length, 1, String(stderr));
    match(said[0] ?? '', /999-from-the-future.*newer version/);
    strictEqual(stdout, '');
  }
});
