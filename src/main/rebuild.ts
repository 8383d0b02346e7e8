/**
 * `nigran rebuild`: folds the log again into every view, with any number of shards, and tells which views were not
 * as the log has them. They are then.
 */

import { join } from 'node:path';
import { Refusal, connectPostgres, startPostgres } from '../log/engine/index.ts';
import { forward } from './house.ts';
import { frameworkOf } from './installation.ts';
import { takeHome } from './instance.ts';
import { describeRefold, refoldHouse } from './refold.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

const SHARDS_MAX = 64;

/** Rebuilds; exit 0 when the views were what the log says, 1 when one was not. */
export async function rebuildHouse(settings: Settings, world: World, json: boolean): Promise<number> {
  const shards = shardsOf(world.arguments);
  const giveBack = await takeHome(settings.home);
  try {
    const postgres = settings.databaseUrl === undefined
      ? await startPostgres({ home: settings.home, database: 'nigran', random: world.random, log: () => undefined })
      : await connectPostgres({ url: settings.databaseUrl, home: settings.home, random: world.random });
    try {
      const partitions = await forward(postgres.connection('nigran_owner'));
      const report = await refoldHouse({ owner: postgres.connection('nigran_owner'), objects: join(settings.home, 'objects'), framework: frameworkOf(settings.home), partitions, shards });
      process.stdout.write(json ? `${JSON.stringify(report)}\n` : describeRefold(report));
      return report.identical ? 0 : 1;
    } finally {
      await postgres.stop();
    }
  } finally {
    giveBack();
  }
}

/** `--shards=N` or `--shards N`; 1 when it is not given. */
function shardsOf(words: readonly string[]): number {
  const at = words.findIndex((word) => word === '--shards' || word.startsWith('--shards='));
  if (at < 0) return 1;
  const shards = Number(words[at]?.split('=')[1] ?? words[at + 1]);
  if (!Number.isInteger(shards) || shards < 1 || shards > SHARDS_MAX) throw new Refusal('--shards takes a whole number', `give 1 to ${SHARDS_MAX}`);
  return shards;
}
