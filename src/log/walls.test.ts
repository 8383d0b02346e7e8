import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SECOND_US, instantOf } from '../terms/index.ts';
import { SYSTEM, withActor, type Actor } from './database.ts';
import { DATABASE_ROLES, type DatabaseRole } from './engine/roles.ts';
import { openTestDatabase, type TestDatabase } from './engine/testing.ts';
import { PgEventLog } from './event-log-pg.ts';
import { append } from './ledger.ts';
import { logMigrations } from './migrations.ts';

/** What each database role can do to the memory, asked of the database itself: no code of ours stands in between. */
const NOW = instantOf(1_700_000_000 * SECOND_US);
const DENIED = { code: '42501' };
const SERVING = DATABASE_ROLES.filter((role) => role !== 'nigran_owner');
/** Never changed and never taken away, by no role that serves. */
const MEMORY = ['entry', 'tree_node', 'checkpoint', 'event_batch'] as const;
const COLUMN_OF = { entry: 'bytes', tree_node: 'hash', checkpoint: 'note', event_batch: 'bytes' };

let database: TestDatabase;
before(async () => {
  database = await openTestDatabase(logMigrations);
  const app = database.pool('nigran_app');
  await withActor(app, SYSTEM, (tx) => append(tx, NOW, [{ kind: 'clock-ticked', actor: 'test', basis: 'none', body: {} }]));
  await new PgEventLog(app).append(undefined, [{ partition: 0, producer: 'intake:sdx', seq: 1, firm: 'sdx', count: 1, admittedAt: NOW, controlEpoch: 1, bytes: Buffer.from('x') }]);
  await app.query(`insert into log.checkpoint values ('ledger', 1, 'a note', 1)`);
});
after(() => database.drop());

const as = (role: DatabaseRole, actor: Actor, sql: string) => withActor(database.pool(role), actor, (tx) => tx.query(sql));

test('no role that serves updates, deletes or empties the memory', async () => {
  for (const role of SERVING) {
    for (const table of MEMORY) {
      for (const sql of [`update log.${table} set ${COLUMN_OF[table]} = default`, `delete from log.${table}`, `truncate log.${table}`, `drop table log.${table}`]) {
        await rejects(as(role, SYSTEM, sql), DENIED, `${role}: ${sql}`);
      }
    }
    for (const sql of ['delete from log.tree', 'delete from log.event_partition', 'delete from log.lease', 'delete from log.position', 'alter table log.entry disable row level security', 'drop policy entry_staff on log.entry', 'create table log.mine (a int)']) {
      await rejects(as(role, SYSTEM, sql), DENIED, `${role}: ${sql}`);
    }
  }
  for (const table of MEMORY) strictEqual((await database.pool('nigran_owner').query(`select from log.${table}`)).rowCount, 1, table);
});

test('rights are what they are said to be, in every table of the log', async () => {
  const found = await database.pool('nigran_owner').query<{ table: string; role: string; rights: string }>(
    `select c.relname as table, r.rolname as role, string_agg(p, ' ' order by p) as rights from pg_class c cross join pg_roles r cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p
     where c.relnamespace = 'log'::regnamespace and c.relkind = 'r' and r.rolname = any($1) and has_table_privilege(r.rolname, c.oid, p) group by 1, 2 order by 1, 2`, [SERVING]);
  const [add, change] = ['INSERT SELECT', 'INSERT SELECT UPDATE'];
  deepStrictEqual(found.rows.map(({ table, role, rights }) => `${table} ${role.slice(7)}: ${rights}`), [
    'analytics_intent app: DELETE INSERT SELECT', `analytics_position app: ${change}`, `anchor app: ${add}`, `checkpoint app: ${add}`, `checkpoint worker: ${add}`, `cosignature app: ${change}`, `entry app: ${add}`, `entry vault: ${add}`, `entry worker: ${add}`,
    `event_batch app: ${add}`, 'event_batch worker: SELECT', `event_partition app: ${change}`, `event_partition worker: ${change}`, 'installation app: SELECT', 'installation worker: SELECT', `lease app: ${change}`, `lease worker: ${change}`, `position app: ${change}`,
    `position worker: ${change}`, `public_entry app: ${add}`, `tree app: ${change}`, 'tree vault: SELECT UPDATE', `tree worker: ${change}`, `tree_node app: ${add}`, `tree_node vault: ${add}`, `tree_node worker: ${add}`,
  ]);
});

test('a trim is the one way to forget batches, and the server\'s alone', async () => {
  for (const role of ['nigran_worker', 'nigran_vault'] as const) await rejects(as(role, SYSTEM, 'select log.trim_events(0::smallint, 1)'), DENIED, role);
  await rejects(withActor(database.pool('nigran_app'), SYSTEM, async (tx) => {
    await tx.query('select log.trim_events(0::smallint, 1)');
    strictEqual((await tx.query('select from log.event_batch')).rowCount, 0);
    throw new Error('not now');
  }), /not now/);
});

test('only the house, the authority and the auditor see entries, and nobody sees them by leaving the actor out', async () => {
  const seen = async (actor: Actor): Promise<number | null> => (await as('nigran_app', actor, 'select from log.entry')).rowCount;
  const organisations: readonly (readonly [string, number])[] = [['system', 1], ['authority', 1], ['auditor', 1], ['fmu', 0], ['firm', 0], ['', 0], ['SYSTEM', 0], ['system ', 0]];
  for (const [organisation, rows] of organisations) strictEqual(await seen({ role: 'x', organisation, firm: 'sdx' }), rows, organisation);
  strictEqual(await seen({ role: 'system' }), 0, 'a role is no organisation');
  strictEqual((await database.pool('nigran_app').query('select from log.entry')).rowCount, 0, 'without an actor there is nothing');
  const forced = await database.pool('nigran_owner').query<{ forced: boolean }>(`select relrowsecurity and relforcerowsecurity as forced from pg_class where oid = 'log.entry'::regclass`);
  deepStrictEqual(forced.rows, [{ forced: true }], 'the owner is held to the policies too');
});

test('only the house, the authority and the FMU append entries', async () => {
  for (const organisation of ['firm', 'auditor', '', 'nobody']) {
    await rejects(withActor(database.pool('nigran_app'), { role: 'x', organisation }, (tx) => append(tx, NOW, [{ kind: 'clock-ticked', actor: 'test', basis: 'none', body: {} }])), DENIED, organisation);
  }
  for (const organisation of ['system', 'authority', 'fmu']) {
    await rejects(withActor(database.pool('nigran_app'), { role: 'x', organisation }, async (tx) => {
      strictEqual((await append(tx, NOW, [{ kind: 'clock-ticked', actor: 'test', basis: 'none', body: {} }])).length, 1);
      throw new Error('not now');
    }), /not now/, organisation);
  }
});
