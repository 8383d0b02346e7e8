import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test, { after, before } from 'node:test';
import type pg from 'pg';
import { SYSTEM, logMigrations, withActor, type Actor } from '../log/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { accessMigrations } from './migrations.ts';
import { firmRows } from './row-security.ts';

/**
 * The application's filter removed: raw queries as `nigran_app`, with nothing but the actor set. What each
 * actor sees and changes is row-level security's alone.
 */
let database: TestDatabase;
let app: pg.Pool;

const AUTHORITY: Actor = { role: 'supervisor', account: 'au', organisation: 'authority' };
const AUDITOR: Actor = { role: 'auditor', account: 'ad', organisation: 'auditor' };
const FMU: Actor = { role: 'fiu-analyst', account: 'fm', organisation: 'fmu' };
const SDX: Actor = { role: 'firm-compliance', account: 's', organisation: 'firm', firm: 'sdx' };
const KPX: Actor = { role: 'firm-compliance', account: 'k', organisation: 'firm', firm: 'kpx' };
const NOBODY: Actor = { role: '' };
const FORGED: Actor = { role: 'system', account: 'x', organisation: 'SYSTEM ' };

before(async () => {
  const example = { id: '199-example', sql: `create table access.shared (id int primary key, firm text not null);\ngrant select, insert, update, delete on access.shared to nigran_app;\n${firmRows('access.shared', { fmu: true })}` };
  database = await openTestDatabase([...logMigrations, ...accessMigrations, example]);
  app = database.pool('nigran_app');
  await withActor(app, SYSTEM, async (tx) => {
    const staff: readonly (readonly [string, string, string | null, string])[] = [
      ['au', 'authority', null, 'supervisor'], ['ad', 'auditor', null, 'auditor'], ['fm', 'fmu', null, 'fiu-analyst'], ['s', 'firm', 'sdx', 'mlro'], ['k', 'firm', 'kpx', 'mlro'],
    ];
    for (const [account, organisation, firm, role] of staff) {
      await tx.query('insert into access.staff (account, name, organisation, firm, roles, registered_at) values ($1, $1, $2, $3, $4, 1)', [account, organisation, firm, [role]]);
      await tx.query(`insert into access.password (account, hash, totp_secret) values ($1, 'h', 's')`, [account]);
      await tx.query(`insert into access.passkey values ($1, $1, 'k', 0, '{}', 1)`, [account]);
      await tx.query('insert into access.session values ($1, $2, 1, 1, false)', [randomBytes(32), account]);
      await tx.query(`insert into access.ticket values ($1, 'link', $2, '', 1)`, [randomBytes(32), account]);
    }
    await tx.query(`insert into access.failure values ('x', 1, 1)`);
    for (const [i, firm] of ['sdx', 'kpx'].entries()) {
      await tx.query(`insert into access.client values ($1, $1, $2, 'ES256', '{}', 1, null)`, [firm, `key ${firm}`]);
      await tx.query('insert into access.shared values ($1, $2)', [i, firm]);
    }
    await tx.query(`insert into access.person_act (act, person, reason, state, proposed_by, proposed_at, ends_at) values ('unmask', $1, 'why', 'waiting', 'au', 1, 2)`, ['0a'.repeat(16)]);
  });
});
after(() => database.drop());

async function seen(actor: Actor, text: string): Promise<string[]> {
  const found = await withActor(app, actor, (tx) => tx.query<{ seen: string }>(text));
  return found.rows.map((row) => row.seen).sort();
}

test('who is seen by whom', async () => {
  const staff = (actor: Actor) => seen(actor, 'select account as seen from access.staff');
  assert.deepEqual(await staff(SYSTEM), ['ad', 'au', 'fm', 'k', 's']);
  assert.deepEqual(await staff(AUTHORITY), ['au', 'k', 's'], 'its own and the firms\' people, never the FMU\'s');
  assert.deepEqual(await staff(AUDITOR), ['ad']);
  assert.deepEqual(await staff(FMU), ['fm']);
  assert.deepEqual(await staff(SDX), ['s']);
  assert.deepEqual(await staff(KPX), ['k']);
  for (const actor of [NOBODY, FORGED, { role: 'x', organisation: 'firm' }]) assert.deepEqual(await staff(actor), []);
});

test('a firm sees its own clients, the authority and its auditor all, the FMU none', async () => {
  const clients = (actor: Actor) => seen(actor, 'select id as seen from access.client');
  for (const actor of [SYSTEM, AUTHORITY, AUDITOR]) assert.deepEqual(await clients(actor), ['kpx', 'sdx']);
  assert.deepEqual(await clients(SDX), ['sdx']);
  assert.deepEqual(await clients(KPX), ['kpx']);
  for (const actor of [FMU, NOBODY, FORGED, { role: 'x', organisation: 'firm' }]) assert.deepEqual(await clients(actor), []);
});

test('a table that the FMU may read says so, and nothing else changes', async () => {
  const shared = (actor: Actor) => seen(actor, 'select firm as seen from access.shared');
  assert.deepEqual(await shared(FMU), ['kpx', 'sdx']);
  assert.deepEqual(await shared(SDX), ['sdx']);
  assert.deepEqual(await shared(NOBODY), []);
});

test('what is proposed about a person is seen by the authority and its auditor, and by no firm and not by the FMU', async () => {
  const acts = (actor: Actor) => seen(actor, 'select person as seen from access.person_act');
  for (const actor of [SYSTEM, AUTHORITY, AUDITOR]) assert.deepEqual(await acts(actor), ['0a'.repeat(16)]);
  for (const actor of [SDX, KPX, FMU, NOBODY, FORGED]) assert.deepEqual(await acts(actor), []);
});

test('sessions, secrets, tickets and failures are the house\'s alone', async () => {
  for (const table of ['session', 'password', 'passkey', 'ticket', 'failure']) {
    assert.notEqual((await seen(SYSTEM, `select 'row' as seen from access.${table}`)).length, 0);
    for (const actor of [AUTHORITY, AUDITOR, FMU, SDX, NOBODY, FORGED]) {
      assert.deepEqual(await seen(actor, `select 'row' as seen from access.${table}`), [], `${table} ${JSON.stringify(actor)}`);
    }
  }
});

test('nobody but the house writes, not even into rows that they see', async () => {
  const writes = [
    `insert into access.client values ('new', 'sdx', 'key new', 'ES256', '{}', 1, null)`,
    `update access.client set revoked_at = 1 where id = 'sdx'`,
    `update access.staff set roles = '{administrator}' where account = 's'`,
    `insert into access.shared values (9, 'sdx')`,
    `update access.person_act set state = 'approved', second_by = 'ad'`,
  ];
  for (const text of writes) {
    for (const actor of [AUTHORITY, SDX, FMU, AUDITOR, NOBODY]) {
      const changed = await withActor(app, actor, (tx) => tx.query(text)).then((done) => done.rowCount, (error: Error) => error.message);
      assert.ok(changed === 0 || /row-level security/.test(String(changed)), `${text} as ${JSON.stringify(actor)}: ${changed}`);
    }
  }
  assert.deepEqual(await seen(SYSTEM, `select id as seen from access.client where revoked_at is not null`), []);
});

test('the actor ends with its transaction', async () => {
  const one = await app.connect();
  try {
    await one.query('begin');
    await one.query(`select set_config('nigran.organisation', 'authority', true)`);
    assert.equal((await one.query('select from access.client')).rowCount, 2);
    await one.query('commit');
    assert.equal((await one.query('select from access.client')).rowCount, 0);
  } finally {
    one.release();
  }
});

test('no other database role sees anything of this room', async () => {
  for (const role of ['nigran_worker', 'nigran_vault'] as const) {
    await assert.rejects(database.pool(role).query('select from access.client'), /permission denied/);
  }
});
