/** The vault's process: its own database role, its own keys in a directory that no other process reads. */

import { join } from 'node:path';
import type pg from 'pg';
import { SecretFiles } from '../access/index.ts';
import { openPool } from '../log/index.ts';
import { serveVault, type VaultAddress } from '../vault/index.ts';
import { receiveSettings, tellParent } from './child.ts';
import type { World } from './world.ts';

export interface VaultSettings {
  readonly address: VaultAddress;
  readonly home: string;
  readonly database: pg.PoolConfig;
}

/** Runs the vault until its parent ends it. */
export async function runVault(world: World): Promise<void> {
  const settings = await receiveSettings<VaultSettings>();
  const vault = await serveVault({
    address: settings.address, pool: openPool(settings.database, 4), clock: world.clock, random: world.random,
    secrets: new SecretFiles({ directory: join(settings.home, 'vault'), draw: (_label, length) => world.random(length) }),
    drawPerson: () => world.random(16), log: (line) => void process.stderr.write(`${line}\n`),
  });
  process.once('SIGTERM', () => void vault.close().finally(() => process.exit(0)));
  tellParent({ ready: {} });
}
