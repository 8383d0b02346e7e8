import { deepStrictEqual, match, ok, rejects, strictEqual } from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { openPool } from '../database.ts';
import { connectPostgres } from './external-postgres.ts';
import { startPostgres, type EmbeddedPostgres, type PostgresGround } from './postgres.ts';
import { Refusal } from './refusal.ts';
import { withClient, type Postgres } from './roles.ts';
import { until } from './wait.ts';

const isRoot = process.getuid?.() === 0;
const random = (length: number): Uint8Array => randomBytes(length);
const running: Postgres[] = [];
const homes: string[] = [];

function emptyHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'nigran-pg-'));
  homes.push(home);
  return home;
}

/** A home with a database in it: a cold copy of one that was made once. */
function newHome(): string {
  const home = emptyHome();
  strictEqual(spawnSync('cp', ['-a', join(made, 'postgres'), home]).status, 0);
  return home;
}

let made: string;
before(async () => {
  made = mkdtempSync(join(tmpdir(), 'nigran-pg-'));
  await (await start(made)).stop();
});
after(() => rmSync(made, { recursive: true, force: true }));

async function start(home: string, more: Partial<PostgresGround> = {}): Promise<EmbeddedPostgres> {
  const server = await startPostgres({ home, database: 'nigran', random, log: () => undefined, ...more });
  running.push(server);
  return server;
}

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

const refused = (pattern: RegExp) => (error: unknown) => {
  ok(error instanceof Refusal, String(error));
  match(`${error.message}. ${error.remedy}`, pattern);
  return true;
};

/** Writes numbered rows one by one until it fails; gives those that were acknowledged. */
async function writeUntilLost(server: Postgres, onRow: (row: number) => void): Promise<number[]> {
  const pool = openPool(server.connection('nigran_owner'), 1);
  const acknowledged: number[] = [];
  try {
    for (let row = 0; ; row++) {
      await pool.query('insert into written values ($1)', [row]);
      acknowledged.push(row);
      onRow(row);
    }
  } catch {
    return acknowledged;
  } finally {
    await pool.end();
  }
}

const rowsOf = (server: Postgres): Promise<number[]> => withClient(server.connection('nigran_owner'), async (client) =>
  (await client.query<{ row: number }>('select row from written order by row')).rows.map((each) => each.row));
const makeTable = (server: Postgres): Promise<unknown> => withClient(server.connection('nigran_owner'), (client) => client.query('create table written (row int primary key)'));

test('the roles log in with secrets of their own, and none is a superuser or passes row-level security by', async () => {
  const home = made;
  const server = await start(home);
  for (const role of ['nigran_owner', 'nigran_app', 'nigran_worker', 'nigran_vault'] as const) {
    const found = await withClient(server.connection(role), (client) => client.query('select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user'));
    deepStrictEqual(found.rows, [{ rolname: role, rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
    await rejects(withClient({ ...server.connection(role), password: 'guess' }, () => Promise.resolve()), { code: '28P01' });
  }
  await withClient(server.connection('nigran_owner'), (client) => client.query('create extension pg_trgm; create extension btree_gist; create schema house'));
  await rejects(withClient(server.connection('nigran_app'), (client) => client.query('create table public.t (a int)')), { code: '42501' });
  strictEqual(statSync(join(home, 'postgres', 'secrets.json')).mode & 0o777, 0o600);
  strictEqual(statSync(join(home, 'postgres', 's')).mode & 0o777, 0o700);
});

test('it never runs as root, listens on no port, and keeps checksums and flushes', async () => {
  const server = await start(newHome());
  match(readFileSync(`/proc/${server.pid()}/status`, 'utf8'), isRoot ? /^Uid:\t(?!0\t)/m : /^Uid:\t/m);
  const found = await withClient(server.connection('nigran_app'), (client) => client.query(
    `select current_setting('listen_addresses') as listens, current_setting('data_checksums') as checksums, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits`));
  deepStrictEqual(found.rows, [{ listens: '', checksums: 'on', fsync: 'on', commits: 'on' }]);
});

test('values of a failed statement do not enter the server\'s log', async () => {
  const home = newHome();
  const server = await start(home);
  await makeTable(server);
  await withClient(server.connection('nigran_owner'), async (client) => {
    await client.query('insert into written values (350012345)');
    await rejects(client.query('insert into written values (350012345)'));
    await rejects(client.query(`select 'PK-SECRET-NAME'::int`));
  });
  const log = readFileSync(join(home, 'postgres', 'server.log'), 'utf8');
  match(log, /duplicate key/);
  ok(!log.includes('350012345'), 'neither as detail nor as statement');
});

test('a server whose parent was killed is adopted: same process, nothing lost', async () => {
  const home = newHome();
  const code = `import { startPostgres } from ${JSON.stringify(new URL('postgres.ts', import.meta.url).href)};
    const server = await startPostgres({ home: ${JSON.stringify(home)}, database: 'nigran', random: (n) => crypto.getRandomValues(new Uint8Array(n)), log: () => undefined });
    process.stdout.write(server.pid() + '\\n');
    setInterval(() => undefined, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(parent.stdout, 'data');
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  const server = await start(home);
  strictEqual(server.adopted, true);
  strictEqual(server.pid(), Number(String(said)));
  await makeTable(server);
});

test('an adopted server that is killed later is started again', async () => {
  const home = newHome();
  const first = await start(home, { unwatched: true });
  const second = await start(home);
  strictEqual(second.adopted, true);
  const before = first.pid();
  process.kill(before, 'SIGKILL');
  ok(await until(() => second.restarts() === 1, 20_000));
  ok(second.pid() > 0 && second.pid() !== before);
  await makeTable(second);
});

for (const seed of [1, 2]) {
  test(`killed while rows are written, it stands again by itself, and every acknowledged row is there (${seed})`, async () => {
    let stands = 0;
    const server = await start(newHome(), { onRestart: () => { stands += 1; } });
    await makeTable(server);
    const pid = server.pid();
    const acknowledged = await writeUntilLost(server, (row) => {
      if (row === 150 * seed) process.kill(pid, 'SIGKILL');
    });
    ok(acknowledged.length > 150 * seed);
    ok(await until(() => stands === 1, 30_000));
    strictEqual(server.restarts(), 1);
    const found = await rowsOf(server);
    deepStrictEqual(found.slice(0, acknowledged.length), acknowledged);
    ok(found.length <= acknowledged.length + 1, 'at most the row in flight is there unacknowledged');
  });
}

test('two starts at once share one server', async () => {
  const home = newHome();
  const [one, two] = await Promise.all([start(home), start(home)]);
  strictEqual(one.pid(), two.pid());
  deepStrictEqual([one.adopted, two.adopted].sort(), [false, true]);
});

test('a cold copy of the home, made by root or its owner, opens with its rows', async () => {
  const home = newHome();
  const server = await start(home);
  await makeTable(server);
  await withClient(server.connection('nigran_owner'), (client) => client.query('insert into written values (7)'));
  await server.stop();
  const copy = emptyHome();
  strictEqual(spawnSync('cp', ['-r', join(home, 'postgres'), copy]).status, 0);
  deepStrictEqual(await rowsOf(await start(copy)), [7]);
});

test('a path too long for a socket, and one that only root can pass, are no hindrance', async () => {
  const closed = emptyHome();
  const deep = join(closed, 'x'.repeat(100), 'y'.repeat(60));
  mkdirSync(deep, { recursive: true, mode: 0o700 });
  const server = await start(deep);
  await makeTable(server);
  deepStrictEqual(await rowsOf(server), []);
  ok(existsSync(join(deep, 'postgres', 'data', 'PG_VERSION')), 'the data lies in the home');
});

test('what an interrupted first start left is thrown away', async () => {
  const home = emptyHome();
  mkdirSync(join(home, 'postgres', 'data.new', 'base'), { recursive: true });
  writeFileSync(join(home, 'postgres', 'data.new', 'PG_VERSION'), '18\n');
  await makeTable(await start(home));
});

test('a lock file with the number of another living process does not stop a start', async () => {
  const home = newHome();
  const server = await start(home);
  await server.stop();
  writeFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), `${process.pid}\n/elsewhere\n`);
  const again = await start(home);
  strictEqual(again.adopted, false);
  await makeTable(again);
});

test('data of another version, lost passwords and a broken file of them are refused with what to do', async () => {
  const home = newHome();
  await (await start(home)).stop();
  const secrets = join(home, 'postgres', 'secrets.json');
  const version = join(home, 'postgres', 'data', 'PG_VERSION');
  const kept = readFileSync(secrets);
  writeFileSync(secrets, '{');
  await rejects(start(home), refused(/passwords any more.*restore/));
  rmSync(secrets);
  await rejects(start(home), refused(/passwords .* are gone.*restore/));
  writeFileSync(secrets, kept);
  writeFileSync(version, '17\n');
  await rejects(start(home), refused(/PostgreSQL 17.*version of Nigran that made it/));
  writeFileSync(version, '18\n');
  await start(home);
});

test('a server that cannot start is refused in its own words', async () => {
  const home = newHome();
  await (await start(home)).stop();
  writeFileSync(join(home, 'postgres', 'data', 'postgresql.auto.conf'), 'no_such_setting = 1\n');
  await rejects(start(home), refused(/does not start .*postgresql\.auto\.conf.*contains errors.*see .*server\.log/));
});

test('an operator\'s server is used by its address: roles are made where they are missing', async () => {
  const embedded = await start(newHome());
  const engine = embedded.engineConnection();
  await withClient(engine, (client) => client.query('create database theirs'));
  const url = `postgres://${engine.user}:${String(engine.password)}@localhost/theirs?host=${encodeURIComponent(engine.host ?? '')}`;
  await withClient(engine, (client) => client.query('drop database nigran'));
  await withClient(engine, (client) => client.query('drop role nigran_owner, nigran_app, nigran_worker, nigran_vault'));
  const home = emptyHome();
  for (let again = 0; again < 2; again++) {
    const server = await connectPostgres({ url, home, random });
    await withClient(server.connection('nigran_owner'), (client) => client.query('create schema if not exists house authorization current_user'));
    const found = await withClient(server.connection('nigran_app'), (client) => client.query('select current_user as role, current_database() as name'));
    deepStrictEqual(found.rows, [{ role: 'nigran_app', name: 'theirs' }]);
    await server.stop();
  }
  await rejects(connectPostgres({ url, home: emptyHome(), random }), refused(/nigran_owner at .*wrong account or password.*postgres-secrets\.json/));
  await rejects(connectPostgres({ url: url.replace(/:[^:@/]+@/, ':guess@'), home, random }), refused(/wrong account or password/));
});

test('an address that is none, or where nobody answers, is refused without its password', async () => {
  await rejects(connectPostgres({ url: 'http://x', home: emptyHome(), random }), refused(/DATABASE_URL is not the address of a database/));
  await rejects(connectPostgres({ url: 'postgres://me:hidden-word@127.0.0.1:9/nigran', home: emptyHome(), random }), (error: unknown) => {
    ok(error instanceof Refusal);
    match(error.message, /127\.0\.0\.1:9.*ECONNREFUSED/);
    ok(!`${error.message}${error.remedy}`.includes('hidden-word'));
    return true;
  });
});
