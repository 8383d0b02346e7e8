/**
 * A small house for the workers' tests: a database of its own, two firms in a stage that allows everything but
 * lending, rules in force, and an intake that admits batches as the real one does (ledger locked, epoch
 * stamped, one batch for each partition). Workers run in this process or, for kills, in another.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { LocalObjects, PgEventLog, append, encodeBatch, lockLedger, logMigrations, withActor, SYSTEM, type EventLog, type EventRow, type Migration, type NewEntry } from '../../../log/index.ts';
import { refoldViews, type ViewDifference } from '../../../log/rebuild.ts';
import { openTestDatabase, type TestDatabase } from '../../../log/engine/testing.ts';
import { instantOf, type Instant } from '../../../terms/index.ts';
import { activateRules } from '../../activation.ts';
import type { ControlOptions } from '../../engine/control.ts';
import { PACK, PARAMETERS, START, listedWallet, rowOf, type Told } from '../../engine/testing/cases.ts';
import { monitorMigrations } from '../../migrations.ts';
import { monitorViews, rebuildMonitor, type Refolded } from '../../rebuild.ts';
import { Worker, type WorkerGround } from '../worker.ts';

export const PARTITIONS = 2;
const FIRMS = ['aurora', 'borak', 'chenab', 'dhanak'];

export function testControl(): ControlOptions {
  return { framework: PACK, wallets: { lookup: (_family, address) => listedWallet(address), add: () => undefined } };
}

export interface RunningWorker {
  readonly worker: Worker;
  readonly ended: Promise<void>;
}

export class House {
  readonly pool: pg.Pool;
  readonly events: EventLog;
  readonly objects: LocalObjects;
  readonly directory: string;
  readonly #database: TestDatabase;
  /** The clock of the house: instant of the latest admission. */
  now: Instant = START;
  seq = 0;

  constructor(database: TestDatabase) {
    this.#database = database;
    this.pool = database.pool('nigran_app');
    this.events = new PgEventLog(this.pool);
    this.directory = mkdtempSync(join(tmpdir(), 'monitor-'));
    this.objects = new LocalObjects(this.directory);
  }

  connection(): pg.PoolConfig {
    return this.#database.connection('nigran_worker');
  }

  get workerPool(): pg.Pool {
    return this.#database.pool('nigran_worker');
  }

  async close(): Promise<void> {
    await this.#database.drop();
    rmSync(this.directory, { recursive: true });
  }

  async say(entries: readonly NewEntry[], now: Instant = this.now): Promise<void> {
    await withActor(this.pool, SYSTEM, (tx) => append(tx, now, entries));
  }

  /** Admits events of a firm `at` microseconds after `START`. */
  async admit(firm: number, told: readonly Told[], at: number): Promise<void> {
    this.now = instantOf(START + at);
    const groups = new Map<number, EventRow[]>();
    for (const one of told) {
      const row = rowOf({ ...one, firm });
      const partition = Number.parseInt(row.person.slice(0, 2), 16) % PARTITIONS;
      groups.set(partition, [...(groups.get(partition) ?? []), row]);
    }
    await withActor(this.pool, SYSTEM, async (tx) => {
      const head = await lockLedger(tx, this.now);
      this.seq += 1;
      await this.events.append(tx, [...groups].map(([partition, rows]) => ({
        partition, producer: 'intake', seq: this.seq, firm: FIRMS[firm - 1] ?? '', count: rows.length, admittedAt: head.admittedAt, controlEpoch: head.size, bytes: encodeBatch(rows),
      })));
      await append(tx, head.admittedAt, [{ kind: 'feed-stopped', actor: 'test', basis: 'an entry for each admission', body: { firm: 'none', stopped: false, reason: '' } }]);
    });
  }

  ground(over: Partial<WorkerGround> = {}): WorkerGround {
    return {
      pool: this.workerPool, events: new PgEventLog(this.workerPool), objects: this.objects, member: 'worker-0', markFile: join(this.directory, 'worker-0.mark'), partitions: PARTITIONS, owned: [0, 1], bytesMax: 2 ** 30,
      control: testControl, clock: () => this.now, wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined), log: () => undefined, ...over,
    };
  }

  /** Starts a worker in this process. */
  start(over: Partial<WorkerGround> = {}): RunningWorker {
    const worker = new Worker(this.ground(over));
    return { worker, ended: worker.run() };
  }

  /** Waits until every batch is decided (or until `timeoutMs`). */
  async untilDecided(timeoutMs = 10_000): Promise<void> {
    for (let waited = 0; waited < timeoutMs; waited += 10) {
      const open = await this.pool.query<{ open: number }>(
        `select count(*)::int as open from log.event_partition e left join log.position p on p."group" = 'monitor' and p.partition = e.partition
         where e.next_offset > coalesce(p."offset", 0)`);
      if (open.rows[0]?.open === 0) return;
      await sleep(10);
    }
    throw new Error('events stayed undecided');
  }

  /** `rule event state` of every finding, sorted. */
  async findings(): Promise<string[]> {
    const rows = await withActor(this.pool, SYSTEM, (tx) => tx.query<{ line: string }>(`select rule || ' ' || event_id || ' ' || state as line from monitor.finding order by 1`));
    return rows.rows.map((row) => row.line);
  }

  /** Folds the log again into the views, as the tables' owner. Undone, unless it is to `stay`. */
  async rebuild(shards: number, stay = false): Promise<Refolded & { readonly identical: boolean; readonly differences: readonly ViewDifference[] }> {
    const owner = await this.#database.pool('nigran_owner').connect();
    try {
      await owner.query('begin');
      let refolded: Refolded | undefined;
      const differences = await refoldViews(owner, monitorViews, async () => {
        refolded = await rebuildMonitor(owner, { ...this.ground(), pool: this.#database.pool('nigran_owner'), events: new PgEventLog(this.#database.pool('nigran_owner')) }, { shards });
      });
      await owner.query(stay ? 'commit' : 'rollback');
      if (refolded === undefined) throw new Error('nothing was folded');
      return { ...refolded, differences, identical: differences.length + refolded.faults.length === 0 };
    } finally {
      owner.release();
    }
  }

  async decided(): Promise<number> {
    const rows = await this.pool.query<{ sum: number }>('select coalesce(sum(decided), 0)::bigint as sum from monitor.decided');
    return rows.rows[0]?.sum ?? 0;
  }
}

/** A house with its firms registered and rules in force. `more`: tables of other rooms. */
export async function openHouse(more: readonly Migration[] = []): Promise<House> {
  const house = new House(await openTestDatabase([...logMigrations, ...monitorMigrations, ...more]));
  const early = instantOf(START - 1_000_000_000);
  house.now = early;
  for (const [i, firm] of FIRMS.entries()) {
    await house.say([
      { kind: 'firm-registered', actor: 'test', basis: 'test', body: { firm, number: i + 1, code: firm.slice(0, 3).toUpperCase(), name: firm, synthetic: true } },
      { kind: 'stage-changed', actor: 'test', basis: 'test', body: { firm, from: null, to: 'e4-aml-registered', effectiveFrom: early - 1, reasons: 'test', evidence: [] } },
    ]);
  }
  await withActor(house.pool, SYSTEM, (tx) => activateRules(tx, house.objects, early, { parameters: PARAMETERS, effectiveFrom: early, actor: 'test', basis: 'test' }));
  return house;
}
