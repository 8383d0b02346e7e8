/**
 * Settings from the environment, read once. Everything has a default that works from a bare clone; a value
 * that cannot be used is refused with the variable's name and what it takes.
 */

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Refusal } from '../log/engine/index.ts';

const schema = z.object({
  NIGRAN_HOME: z.string().optional(),
  NIGRAN_HOST: z.string().min(1).max(255).default('127.0.0.1'),
  NIGRAN_PORT: z.coerce.number().int().min(0).max(65_535).default(7411),
  NIGRAN_WORKERS: z.coerce.number().int().min(1).max(64).default(2),
  NIGRAN_SEED: z.string().regex(/^[A-Za-z0-9-]{1,40}$/).default('nigran'),
  NIGRAN_SIZE: z.enum(['small', 'city', 'nation']).default('small'),
  NIGRAN_OUTBOUND: z.string().max(10_000).regex(/^[a-z0-9.:,-]*$/, 'takes host names in lower case, separated by commas').default(''),
  DATABASE_URL: z.string().optional(),
  CLICKHOUSE_URL: z.string().optional(),
});

/** The variables that are read. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape);

/** What the program was told by its environment. */
export interface Settings {
  readonly home: string;
  /** Address on which `serve` listens; a demo listens on loopback alone. */
  readonly host: string;
  readonly port: number;
  readonly workers: number;
  readonly seed: string;
  readonly size: 'small' | 'city' | 'nation' | { readonly people: number; readonly perTypology: number };
  /** Hosts to which the house may send answers that changed. */
  readonly pushHosts: readonly string[];
  readonly databaseUrl: string | undefined;
  readonly clickhouseUrl: string | undefined;
}

/** Reads settings; throws a `Refusal` that names the variable. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Refusal(`${String(issue?.path[0])} cannot be used: ${issue?.message ?? 'invalid'}`, 'set it right, or leave it out');
  }
  const e = parsed.data;
  return {
    home: resolve(e.NIGRAN_HOME ?? fileURLToPath(new URL('../../.nigran', import.meta.url))), host: e.NIGRAN_HOST, port: e.NIGRAN_PORT, workers: e.NIGRAN_WORKERS, seed: e.NIGRAN_SEED,
    size: e.NIGRAN_SIZE, pushHosts: e.NIGRAN_OUTBOUND.split(',').filter((host) => host !== ''), databaseUrl: e.DATABASE_URL, clickhouseUrl: e.CLICKHOUSE_URL,
  };
}
