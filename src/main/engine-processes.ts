/**
 * The two processes around ClickHouse: the host of the embedded engine, and the projector that copies the
 * event log into it. Either may die and come back; neither is on the path of a decision.
 */

import type pg from 'pg';
import { Analytics, PgEventLog, Projector, makeEventsTable, openPool, type AnalyticsAddress } from '../log/index.ts';
import { openClickHouse } from '../log/engine/index.ts';
import { receiveSettings, tellParent } from './child.ts';

export interface ClickHouseSettings {
  readonly directory: string;
  readonly port: number;
  readonly secret: string;
}

/** Hosts the embedded ClickHouse until the parent ends it. */
export async function runClickHouse(): Promise<void> {
  const settings = await receiveSettings<ClickHouseSettings>();
  const host = await openClickHouse(settings);
  process.once('SIGTERM', () => void host.close().finally(() => process.exit(0)));
  tellParent({ ready: { port: host.port } });
}

export interface ProjectorSettings {
  readonly database: pg.PoolConfig;
  readonly analytics: AnalyticsAddress;
  readonly partitions: number;
}

/** Pause after a copy, unless it was so large that more must be waiting: each insert makes a part that ClickHouse merges later. */
const PAUSE_MS = 600;
const LARGE_ROWS = 50_000;
/** Pause when there was nothing to copy, and after a failure. */
const IDLE_MS = 200;
const FAILED_MS = 1_000;

/** Copies until the parent ends it. */
export async function runProjector(): Promise<void> {
  const settings = await receiveSettings<ProjectorSettings>();
  const pool = openPool(settings.database, 3);
  const analytics = new Analytics(settings.analytics);
  const projector = new Projector({ pool, events: new PgEventLog(pool), analytics, partitions: settings.partitions });
  let stopping = false;
  process.once('SIGTERM', () => {
    stopping = true;
  });
  let prepared = false;
  let said = '';
  tellParent({ ready: {} });
  while (!stopping) {
    let pause = IDLE_MS;
    try {
      if (!prepared) await makeEventsTable(analytics);
      prepared = true;
      const rows = await projector.turn();
      if (rows > 0) pause = rows < LARGE_ROWS ? PAUSE_MS : 0;
    } catch (error) {
      // ClickHouse or PostgreSQL is away; the positions say where to go on, and engine health shows the lag.
      const line = error instanceof Error && error.name === 'TrimmedEvents' ? error.message : '';
      if (line !== '' && line !== said) process.stderr.write(`projector: ${line}: put them back from the objects, or fill analytics anew\n`);
      said = line;
      prepared = false;
      pause = FAILED_MS;
    }
    if (pause > 0) await new Promise((done) => setTimeout(done, pause));
  }
  process.exit(0);
}
