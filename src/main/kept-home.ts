/**
 * A home as one small file: the steps that its schema was made by, the rows of every table, the objects. One is
 * kept for each published version (`src/main/homes/`), so that a test can show that today's house opens it and
 * folds the same. Rows are PostgreSQL's own text of a row, which gives every type back exactly.
 *
 * It holds no key and no password: identities in it stay sealed for ever.
 */

import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type pg from 'pg';
import { z } from 'zod';
import { migrate, withTransaction, type Migration } from '../log/index.ts';

const schema = z.strictObject({
  steps: z.array(z.strictObject({ id: z.string(), sql: z.string() })),
  tables: z.record(z.string(), z.array(z.string())),
  objects: z.record(z.string(), z.string()),
});

/** Left out: what dies with its use, and what signs people in. */
const LEFT_OUT: readonly string[] = ['access.ticket', 'access.replay', 'access.session', 'access.password', 'access.passkey'];

const TABLES = `
select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname in (select schema_name from information_schema.schemata where schema_owner = 'nigran_owner') order by 1`;

/** Writes what the tables and the objects hold. `owner`: a pool of `nigran_owner` on a house at rest. */
export async function keepHome(file: string, owner: pg.Pool, objects: string, steps: readonly Migration[]): Promise<void> {
  const names = (await owner.query<{ name: string }>(TABLES)).rows.map((row) => row.name);
  const tables: Record<string, string[]> = {};
  for (const name of names) {
    const rows = (await owner.query<{ row: string }>(`select t::text as row from ${name} t order by 1`)).rows.map((one) => one.row);
    if (rows.length > 0 && !LEFT_OUT.includes(name)) tables[name] = rows;
  }
  const files = existsSync(objects) ? readdirSync(objects, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()) : [];
  const kept = Object.fromEntries(files.map((one) => [join(one.parentPath, one.name).slice(objects.length + 1), readFileSync(join(one.parentPath, one.name)).toString('base64')]));
  writeFileSync(file, zstdCompressSync(JSON.stringify({ steps: steps.map(({ id, sql }) => ({ id, sql })), tables, objects: kept }), { params: { 100: 19 } }));
}

/** Makes the tables as they were, in an empty database, and lays the objects out. Gives the steps that it was made by. */
export async function restoreHome(file: string, owner: pg.Pool, objects: string): Promise<readonly Migration[]> {
  const home = schema.parse(JSON.parse(zstdDecompressSync(readFileSync(file)).toString('utf8')));
  await migrate(owner, home.steps);
  await withTransaction(owner, async (tx) => {
    const names = Object.keys(home.tables);
    await tx.query(`truncate ${(await tx.query<{ name: string }>(TABLES)).rows.map((row) => row.name).join(', ')}`);
    const waiting = new Set(names);
    while (waiting.size > 0) for (const name of await ready(tx, waiting)) {
      await tx.query(`insert into ${name} overriding system value select (r.row).* from (select unnest($1::text[])::${name} as row) r`, [home.tables[name]]);
      waiting.delete(name);
    }
  });
  for (const [path, bytes] of Object.entries(home.objects)) {
    const target = join(objects, path);
    mkdirSync(join(target, '..'), { recursive: true });
    writeFileSync(target, Buffer.from(bytes, 'base64'));
  }
  return home.steps;
}

/** Tables none of whose foreign keys points at a table that still waits. */
async function ready(tx: pg.PoolClient, waiting: ReadonlySet<string>): Promise<string[]> {
  const keys = await tx.query<{ own: string; other: string }>(
    `select format('%I.%I', n.nspname, c.relname) as own, format('%I.%I', m.nspname, d.relname) as other from pg_constraint k
     join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace join pg_class d on d.oid = k.confrelid join pg_namespace m on m.oid = d.relnamespace
     where k.contype = 'f' and k.conrelid <> k.confrelid`);
  return [...waiting].filter((name) => !keys.rows.some((key) => key.own === name && waiting.has(key.other)));
}
