/**
 * Whether the parts of the house stand, asked of each part at the moment when somebody looks: a state that
 * nobody asked for is never shown as up. A part that does not answer within two seconds is down.
 */

import { existsSync } from 'node:fs';
import type pg from 'pg';
import { z } from 'zod';
import type { ProcessState } from '../http/index.ts';
import type { Analytics } from '../log/index.ts';
import { instantOf, type Instant } from '../terms/index.ts';
import type { VaultClient } from '../vault/index.ts';

/** A part must answer within this. */
const ANSWER_MS = 2_000;

/** What is asked, and how the parts are reached. */
export interface PartsGround {
  readonly pool: pg.Pool;
  readonly analytics: Analytics;
  readonly vault: VaultClient;
  /** The directory of objects. */
  readonly objects: string;
  /** When this server's process began, and the Node that runs it. */
  readonly since: Instant;
  readonly node: string;
}

type Stand = Pick<ProcessState, 'state' | 'version' | 'since'>;
const DOWN: Stand = { state: 'down', version: null, since: null };
const startRow = z.array(z.object({ version: z.string(), since: z.coerce.number() })).min(1);

/** Asks every part, side by side. */
export async function askParts(ground: PartsGround): Promise<ProcessState[]> {
  const [postgresql, clickhouse, vault] = await Promise.all([inTime(askPostgres(ground.pool)), inTime(askClickHouse(ground.analytics)), inTime(ground.vault.isUp().then((up) => (up ? { ...DOWN, state: 'up' } : DOWN)))]);
  const parts: readonly (readonly [ProcessState['name'], Stand])[] = [
    ['server', { state: 'up', version: ground.node, since: ground.since }], ['postgresql', postgresql], ['clickhouse', clickhouse], ['vault', vault],
    ['objects', existsSync(ground.objects) ? { ...DOWN, state: 'up' } : DOWN], ['event-log', { ...postgresql, version: null, since: null }],
  ];
  return parts.map(([name, stand]) => ({ name, ...stand, where: 'embedded' }));
}

async function inTime(asked: Promise<Stand>): Promise<Stand> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Stand>((done) => {
    timer = setTimeout(() => done(DOWN), ANSWER_MS);
  });
  try {
    return await Promise.race([asked.catch(() => DOWN), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function askPostgres(pool: pg.Pool): Promise<Stand> {
  const found = await pool.query(`select split_part(current_setting('server_version'), ' ', 1) as version, floor(extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint as since`);
  return stoodSince(found.rows);
}

async function askClickHouse(analytics: Analytics): Promise<Stand> {
  return stoodSince(await analytics.ask('select version() as version, toUnixTimestamp64Micro(now64(6)) - toInt64(uptime()) * 1000000 as since'));
}

function stoodSince(rows: unknown): Stand {
  const [row] = startRow.parse(rows);
  return row === undefined ? DOWN : { state: 'up', version: row.version, since: instantOf(row.since) };
}
