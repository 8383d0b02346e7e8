/**
 * A monitor worker's process: it owns some partitions, folds them and commits what the fold gave. Killed at any
 * moment, the next start goes on from snapshot and log.
 */

import { dirname, join } from 'node:path';
import type pg from 'pg';
import { LocalObjects, PgEventLog, openPool } from '../log/index.ts';
import { Worker } from '../monitor/index.ts';
import { WalletTable } from '../screening/index.ts';
import { receiveSettings, tellParent } from './child.ts';
import { openFramework } from './framework.ts';
import { wait } from './wait.ts';
import type { World } from './world.ts';

export interface WorkerSettings {
  readonly member: string;
  readonly database: pg.PoolConfig;
  readonly objects: string;
  readonly framework: string;
  readonly partitions: number;
  readonly owned: readonly number[];
  readonly bytesMax: number;
}

/** Runs a worker until its parent ends it. */
export async function runWorker(world: World): Promise<void> {
  const settings = await receiveSettings<WorkerSettings>();
  const pool = openPool(settings.database, 4);
  const framework = openFramework(settings.framework);
  const worker = new Worker({
    pool, events: new PgEventLog(pool), objects: new LocalObjects(settings.objects), member: settings.member, partitions: settings.partitions, owned: settings.owned,
    markFile: join(dirname(settings.objects), `${settings.member}.mark`),
    bytesMax: settings.bytesMax, control: () => ({ framework, wallets: new WalletTable() }), clock: world.clock, wait, log: (line) => void process.stderr.write(`${settings.member}: ${line}\n`),
  });
  process.once('SIGTERM', () => worker.stop());
  await worker.run(() => tellParent({ ready: {} }));
  process.exit(0);
}
