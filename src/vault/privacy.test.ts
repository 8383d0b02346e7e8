import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type pg from 'pg';
import { SecretFiles } from '../access/index.ts';
import { instantOf } from '../terms/index.ts';
import { VaultKeys } from './keys.ts';
import { VaultHouse, personOf } from './testing/house.ts';
import { Vault } from './vault.ts';

/** What no byte outside the vault's memory may hold, in the forms in which bytes are shown. */
const PLANTED = ['Zarghuna', 'Plantedname', 'Plantedfather', 'Plantedstreet', 'planted77@example.com', '00000-0000007-7', '0000000000077', 'PLX998877'];
const forms = (text: string): string[] => [text, Buffer.from(text).toString('hex'), ...[0, 1, 2].map((shift) => base64Core(text, shift))];

/** The part of a base64 text that is the same wherever the plain text begins in it. */
function base64Core(text: string, shift: number): string {
  return Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64').slice(shift === 0 ? 0 : 4).replace(/=+$/, '').slice(0, -2);
}

function found(haystack: string): string[] {
  return PLANTED.flatMap(forms).filter((needle) => haystack.includes(needle));
}

const said: string[] = [];

/** The pool, writing down which statements are sent. */
function recorded(pool: pg.Pool): pg.Pool {
  const connect = pool.connect.bind(pool);
  return Object.assign(Object.create(pool), {
    connect: async () => {
      const client = await connect();
      return new Proxy(client, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name);
          if (name !== 'query' || typeof member !== 'function') return typeof member === 'function' ? member.bind(target) : member;
          return (...given: unknown[]) => {
            said.push(typeof given[0] === 'string' ? given[0] : String(Object(given[0]).name));
            return member.apply(target, given);
          };
        },
      });
    },
  });
}

async function dump(house: VaultHouse): Promise<Map<string, string>> {
  const owner = house.database.pool('nigran_owner');
  const tables = await owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')`);
  const texts = new Map<string, string>();
  for (const { name } of tables.rows) {
    const rows = await owner.query<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`);
    texts.set(name, rows.rows.map((row) => row.row).join('\n'));
  }
  const activity = await owner.query<{ query: string }>('select query from pg_stat_activity');
  return texts.set('pg_stat_activity', activity.rows.map((row) => row.query).join('\n'));
}

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('no planted name is in any table, log line, error or file, whatever went right or wrong', async () => {
  const house = await VaultHouse.open();
  try {
    const planted = personOf(77, { passport: { country: 'PK', number: 'PLX998877' } });
    const seal = (identity: object) => house.seal(identity);
    const errors: unknown[] = [];
    const answers = await house.client.resolve([
      { firm: 'sdx', customer: 'one', jwe: await seal(planted) }, { firm: 'kpx', customer: 'two', jwe: await seal(planted) },
      { firm: 'sdx', customer: 'three', jwe: await seal({ ...planted, cnic: 'Zarghuna' }) }, { firm: 'sdx', customer: 'four', jwe: await seal({ ...planted, Plantedname: 'Zarghuna' }) },
      { firm: 'sdx', customer: 'five', jwe: await house.seal('{"name":"Zarghuna Plantedname') }, { firm: 'sdx', customer: 'six', jwe: 'Zarghuna' },
    ]);
    const first = answers[0];
    assert.ok(first !== undefined && 'person' in first);
    const act = { person: first.person, case: 'C-1', reason: 'test', actor: 'a', second: 'b' };
    const opened = await house.client.unmask(act);
    assert.ok(JSON.stringify(opened).includes('Zarghuna'), 'the right door shows it');
    // The database fails in the middle of a statement that carries what was opened.
    await house.database.pool('nigran_owner').query('alter table vault.statement add constraint closed check (firm <> \'sdx\') not valid');
    await house.client.resolve([{ firm: 'sdx', customer: 'seven', jwe: await seal(personOf(78)) }]).catch((error: unknown) => errors.push(error));
    assert.equal(errors.length, 1);
    await house.database.pool('nigran_owner').query('alter table vault.statement drop constraint closed');
    const tables = await dump(house);
    assert.ok((tables.get('vault.statement') ?? '').length > 0 && (tables.get('log.entry') ?? '').length > 0, 'there was something to search');
    for (const [table, text] of tables) assert.deepEqual(found(text), [], table);
    const entries = [...(tables.get('log.entry') ?? '').matchAll(/"bytes":"\\\\x([0-9a-f]+)"/g)].map((match) => Buffer.from(match[1] ?? '', 'hex').toString('utf8'));
    assert.equal(entries.length, 1);
    assert.deepEqual(found(entries.join('\n')), [], 'the ledger\'s bytes, opened');
    assert.match(house.output, /^vault: \w+ 23514$/m, 'the failure was logged by name and code');
    assert.deepEqual(found(house.output), [], 'output');
    assert.deepEqual(found(JSON.stringify(answers) + errors.map(String).join('\n')), [], 'answers and errors');
    for (const file of filesUnder(house.home)) assert.deepEqual(found(readFileSync(file, 'latin1')), [], file);
  } finally {
    await house.close();
  }
});

test('the vault\'s keys lie in files of its own and in no table', async () => {
  const house = await VaultHouse.open();
  try {
    await house.client.resolve([{ firm: 'sdx', customer: 'one', jwe: await house.seal(personOf(1)) }]);
    const files = filesUnder(house.settings.keys);
    assert.deepEqual(files.map((file) => file.slice(house.settings.keys.length + 1)).sort(), ['blind-index-hmac', 'identity-p256', 'storage-aes256']);
    const everything = [...(await dump(house)).values()].join('\n');
    for (const file of files) {
      assert.equal(statSync(file).mode & 0o777, 0o600);
      const key = readFileSync(file).subarray(-32);
      for (const form of [key.toString('hex'), key.toString('base64').slice(0, 40), key.toString('base64url').slice(0, 40)]) assert.equal(everything.includes(form), false, file);
    }
  } finally {
    await house.close();
  }
});

test('an identity in the table opens nowhere else: not under another row, not with another vault\'s keys', async () => {
  const house = await VaultHouse.open();
  try {
    const sealed = await Promise.all([1, 2].map(async (n) => ({ firm: 'sdx', customer: `c${n}`, jwe: await house.seal(personOf(n)) })));
    const answers = await house.client.resolve(sealed);
    await house.database.pool('nigran_owner').query(
      `update vault.statement one set sealed = two.sealed from vault.statement two where one.reference = 'c1' and two.reference = 'c2'`);
    const [first] = answers;
    assert.ok(first !== undefined && 'person' in first);
    await assert.rejects(house.client.unmask({ person: first.person, case: 'C', reason: 'r', actor: 'a', second: 'b' }), /answered 503/);
  } finally {
    await house.close();
  }
});

test('known or unknown, a person costs the same statements in the same order and gets an answer of the same form', async () => {
  const house = await VaultHouse.open();
  const pool = house.database.pool('nigran_vault');
  const keys = await VaultKeys.open(new SecretFiles({ directory: house.settings.keys, draw: () => new Uint8Array(0) }), (n) => randomBytes(n));
  const vault = new Vault({ pool: recorded(pool), keys, clock: () => instantOf(1_700_000_000_000_000), drawPerson: () => randomBytes(16) });
  try {
    const resolve = async (customer: string, n: number): Promise<unknown> => {
      said.length = 0;
      const [answer] = await vault.resolve([{ firm: 'sdx', customer, jwe: await house.seal(personOf(n)) }]);
      return { statements: [...said], form: JSON.stringify(answer).replace(/[0-9a-f]{32}/, 'id') };
    };
    const unknown = await resolve('new', 5);
    assert.ok(said.length > 10);
    assert.deepEqual(await resolve('another', 5), unknown);
    assert.deepEqual(await resolve('another', 5), unknown, 'also for a customer who is known');
  } finally {
    await house.close();
  }
});

test('a demo\'s ids come from its seed: the same in another vault, whoever comes first', async () => {
  const ids: string[][] = [];
  for (const order of [[1, 2, 3], [3, 1, 2]]) {
    const house = await VaultHouse.open({ seed: 'seed' });
    try {
      const found = new Map<number, string>();
      for (const n of order) {
        const [answer] = await house.client.resolve([{ firm: `firm${n}`, customer: 'c', jwe: await house.seal(personOf(n)) }]);
        assert.ok(answer !== undefined && 'person' in answer);
        found.set(n, answer.person);
      }
      ids.push([1, 2, 3].map((n) => found.get(n) ?? ''));
    } finally {
      await house.close();
    }
  }
  assert.deepEqual(ids[0], ids[1]);
  assert.equal(new Set(ids[0]).size, 3);
});

test('a home so deep that a socket\'s address cannot hold it works', async () => {
  const house = await VaultHouse.open({ homeName: `nigran-${'deep'.repeat(30)}-` });
  try {
    assert.ok(house.settings.address.socket.length > 107);
    const [answer] = await house.client.resolve([{ firm: 'sdx', customer: 'c', jwe: await house.seal(personOf(1)) }]);
    assert.ok(answer !== undefined && 'person' in answer);
    assert.equal(statSync(house.settings.address.socket).mode & 0o777, 0o600);
  } finally {
    await house.close();
  }
});
