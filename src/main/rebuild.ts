/** `nigran rebuild`: folds the whole log again, with any number of shards, and compares with what was recorded. */

import { join } from 'node:path';
import { LocalObjects, PgEventLog, openPool } from '../log/index.ts';
import { startPostgres } from '../log/engine/index.ts';
import { rebuild } from '../monitor/index.ts';
import { WalletTable } from '../screening/index.ts';
import { PACK_DIRECTORY, openFramework } from './framework.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

const BYTES_MAX = 8 * 1024 * 1024 * 1024;
const PARTITIONS = 8;

/** Rebuilds; exit 0 when what was folded is what was recorded, 1 when it is not. */
export async function rebuildHouse(settings: Settings, world: World, json: boolean): Promise<number> {
  const shards = Number(world.arguments.find((word) => word.startsWith('--shards='))?.slice(9) ?? 1);
  const postgres = await startPostgres({ home: settings.home, database: 'nigran', random: world.random, log: () => undefined });
  const pool = openPool(postgres.connection('nigran_worker'), 2);
  try {
    const framework = openFramework(PACK_DIRECTORY);
    const answer = await rebuild({
      pool, events: new PgEventLog(pool), objects: new LocalObjects(join(settings.home, 'objects')), partitions: PARTITIONS, bytesMax: BYTES_MAX, control: () => ({ framework, wallets: new WalletTable() }),
    }, { shards });
    process.stdout.write(json ? `${JSON.stringify(answer)}\n` : `${answer.events} events, ${answer.findings} findings, ${answer.identical ? 'identical' : `not identical: ${answer.differences.join('; ')}`}\n`);
    return answer.identical ? 0 : 1;
  } finally {
    await pool.end();
    await postgres.stop();
  }
}
