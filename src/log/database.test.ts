import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type pg from 'pg';
import { withTransaction } from './database.ts';
import { openTestDatabase, type TestDatabase } from './engine/testing.ts';

let database: TestDatabase;
let pool: pg.Pool;
before(async () => {
  database = await openTestDatabase([]);
  pool = database.pool('nigran_owner');
  await pool.query('create table public.line (n int primary key, at bigint)');
});
after(() => database.drop());

const lines = async (): Promise<number[]> => (await pool.query<{ n: number }>('select n from public.line order by at')).rows.map((row) => row.n);
const insert = (n: number) => ({ name: 'line', text: 'insert into public.line select $1, coalesce(max(at), 0) + 1 from public.line', values: [n] });

test('statements that are given at once are done in their order', async () => {
  const order = [5, 3, 9, 1, 7];
  await withTransaction(pool, (tx) => Promise.all(order.map((n) => tx.query(insert(n)))));
  deepStrictEqual(await lines(), order);
});

test('one that fails undoes all that were given with it, also those after it, and the connection is fit for the next', async () => {
  const before = await lines();
  for (const [what, values] of [['the first', [5, 20, 21]], ['one between', [20, 5, 21]], ['the last', [20, 21, 5]]] as const) {
    await rejects(withTransaction(pool, (tx) => Promise.all(values.map((n) => tx.query(insert(n))))), /duplicate key/, what);
    deepStrictEqual(await lines(), before, what);
  }
  await rejects(withTransaction(pool, async (tx) => {
    await Promise.allSettled([tx.query(insert(30)), tx.query(insert(30)), tx.query(insert(31))]);
  }), /nothing of it was stored/, 'whoever swallows the failure');
  deepStrictEqual(await lines(), before);
  await withTransaction(pool, (tx) => tx.query(insert(40)));
  strictEqual((await lines()).at(-1), 40);
});
