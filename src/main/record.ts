/**
 * The record of a home for a verb that only looks into it, whether the house runs or not: a database that runs is
 * joined and left as it is, one that does not is started and stopped again.
 */

import { startPostgres, connectPostgres, type DatabaseRole } from '../log/engine/index.ts';
import type { Connection } from '../log/index.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** A way into the record. */
export interface HouseRecord {
  connection(role: DatabaseRole): Connection;
  close(): Promise<void>;
}

/** Opens the record of an installation; refuses as the engines do. */
export async function openRecord(settings: Settings, world: World): Promise<HouseRecord> {
  if (settings.databaseUrl !== undefined) {
    const external = await connectPostgres({ url: settings.databaseUrl, home: settings.home, random: world.random });
    return { connection: (role) => external.connection(role), close: () => external.stop() };
  }
  const postgres = await startPostgres({ home: settings.home, database: 'nigran', random: world.random, log: () => undefined, unwatched: true });
  return { connection: (role) => postgres.connection(role), close: () => (postgres.adopted ? Promise.resolve() : postgres.stop()) };
}
