/** The vault's process: its own database role, its own keys in a directory that no other process reads. */

import { join } from 'node:path';
import type pg from 'pg';
import { SecretFiles } from '../access/index.ts';
import { LocalObjects, openPool } from '../log/index.ts';
import { watchPeople } from '../screening/hits/index.ts';
import { serveVault, type VaultAddress } from '../vault/index.ts';
import { receiveSettings, tellParent } from './child.ts';
import { drawOf, drawPersonOf } from './demo-keys.ts';
import { wait } from './wait.ts';
import type { World } from './world.ts';

export interface VaultSettings {
  readonly address: VaultAddress;
  readonly home: string;
  /** Directory of the objects, in which the lists lie. */
  readonly objects: string;
  readonly database: pg.PoolConfig;
  /** A demo's seed: keys and ids of people come from it. */
  readonly seed: string | undefined;
}

/** Runs the vault until its parent ends it. */
export async function runVault(world: World): Promise<void> {
  const settings = await receiveSettings<VaultSettings>();
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const vault = await serveVault({
    address: settings.address, pool: openPool(settings.database, 4), clock: world.clock, random: world.random,
    secrets: new SecretFiles({ directory: join(settings.home, 'vault'), draw: drawOf(settings.seed === undefined ? undefined : `${settings.seed}/vault`, world.random) }),
    drawPerson: drawPersonOf(settings.seed, world.random), log,
    watch: (people) => watchPeople({ objects: new LocalObjects(settings.objects), clock: world.clock, wait, log }, people),
  });
  process.once('SIGTERM', () => void vault.close().finally(() => process.exit(0)));
  tellParent({ ready: {} });
}
