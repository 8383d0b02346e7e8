/**
 * A worker as a process of its own, for tests that kill it. Settings come from the parent by message; the
 * clock starts at the parent's instant and runs with the process.
 */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { LocalObjects, PgEventLog, openPool } from '../../../log/index.ts';
import { instantOf } from '../../../terms/index.ts';
import { Worker } from '../worker.ts';
import { PARTITIONS, testControl } from './house.ts';

export interface ChildSettings {
  readonly connection: pg.PoolConfig;
  readonly directory: string;
  readonly now: number;
}

process.once('message', (settings: ChildSettings) => {
  const pool = openPool(settings.connection, 4);
  const worker = new Worker({
    pool, events: new PgEventLog(pool), objects: new LocalObjects(settings.directory), member: 'worker-0', markFile: join(settings.directory, 'worker-0.mark'), partitions: PARTITIONS, owned: [0, 1], bytesMax: 2 ** 30,
    control: testControl, clock: () => instantOf(settings.now + Math.round(performance.now() * 1000)), wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
    log: (line) => void process.stderr.write(`${line}\n`),
  });
  process.once('disconnect', () => process.exit(0));
  worker.run(() => void process.send?.('ready')).catch(() => process.exit(70));
});
