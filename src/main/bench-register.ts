/** The bench of the public face over a database of its own, which is removed afterwards. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretFiles, openKeys } from '../access/index.ts';
import { PublicLog, migrate, openPool } from '../log/index.ts';
import { startPostgres } from '../log/engine/index.ts';
import { benchRegisterLog, REGISTER_FULL, REGISTER_SMALL } from '../../bench/register.ts';
import type { BenchRow } from '../../bench/monitor.ts';
import { migrations } from './migrations.ts';
import type { World } from './world.ts';

/** Runs the bench; `full`: the sizes that the figures are claimed for. */
export async function benchRegister(world: World, full: boolean): Promise<BenchRow[]> {
  const home = mkdtempSync(join(tmpdir(), 'nigran-bench-'));
  const postgres = await startPostgres({ home, database: 'nigran', random: world.random, log: () => undefined });
  const [pool, owner] = [openPool(postgres.connection('nigran_app'), 4), openPool(postgres.connection('nigran_owner'), 1)];
  try {
    await migrate(owner, migrations);
    const keys = openKeys(new SecretFiles({ directory: join(home, 'keys'), draw: (_label, length) => world.random(length) }));
    return [await benchRegisterLog(new PublicLog(pool, keys.register('bench.example/register')), () => world.clock() / 1e6, full ? REGISTER_FULL : REGISTER_SMALL)];
  } finally {
    await Promise.all([pool.end(), owner.end()]);
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
