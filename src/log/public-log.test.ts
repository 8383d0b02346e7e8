import { deepStrictEqual, ok, rejects, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import type pg from 'pg';
import { leafHash, parseVerifierKey, signerOfSeed, verifierKey } from '../proof/index.ts';
import { verifyLog, verifyTlogProof } from '../proof/published.ts';
import { DAY_US, SECOND_US, instantOf, type Instant } from '../terms/index.ts';
import { SYSTEM, withActor } from './database.ts';
import { openTestDatabase, type TestDatabase } from './engine/testing.ts';
import { append } from './ledger.ts';
import { logMigrations } from './migrations.ts';
import { anchorDigest, appendPublic, PublicLog } from './public-log.ts';
import { sha256, treeHead } from './tree.ts';

const NOW = instantOf(1_795_514_400 * SECOND_US);
const signer = signerOfSeed('authority.example/register', new Uint8Array(32).fill(7));
const keys = [verifierKey(signer.keyId, signer.publicKey)];
const random = (length: number): Uint8Array => new Uint8Array(length).fill(9);
const told = (n: number): { n: number; body: string }[] => Array.from({ length: n }, (_none, i) => ({ n: i, body: `{"n":${i}}` }));

let database: TestDatabase;
let pool: pg.Pool;
let log: PublicLog;
before(async () => {
  database = await openTestDatabase(logMigrations);
  pool = database.pool('nigran_app');
  log = new PublicLog(pool, signer);
});
after(() => database.drop());

const read = async (path: string): Promise<Uint8Array | undefined> => {
  if (path !== 'checkpoint') return log.tile(path);
  const note = await log.checkpoint();
  return note === undefined ? undefined : Buffer.from(note);
};

async function follow(n: number, now: Instant): Promise<string> {
  await log.follow(told(n), now, random);
  const note = await log.checkpoint();
  ok(note !== undefined);
  return note;
}

test('what the register tells is taken once, in order, whoever begins again; the log verifies as it is served', async () => {
  strictEqual(await log.checkpoint(), undefined);
  strictEqual(await log.tile('tile/entries/000.p/1'), undefined);
  const first = await follow(3, NOW);
  const again = new PublicLog(pool, signer);
  await again.follow(told(300), NOW, random);
  await again.follow(told(300), NOW, random);
  const verdict = await verifyLog(read, { keys, hash: sha256, earlier: [first] });
  deepStrictEqual([verdict.reason, verdict.head?.size], ['the log verifies', 301]);
  deepStrictEqual((await pool.query('select index from log.public_entry where source = $1', ['change:299'])).rows, [{ index: 300 }]);
});

test('each entry has a proof that a stranger verifies; what is not there has none', async () => {
  const proof = await log.proof(257);
  ok(proof !== undefined);
  strictEqual(verifyTlogProof(proof.text, leafHash(proof.entry, sha256), { keys, hash: sha256 }).reason, 'the proof verifies');
  for (const index of [-1, 301, 0.5, Number.NaN, 2 ** 60]) strictEqual(await log.proof(index), undefined, `${index}`);
  for (const path of ['tile/0/000', 'tile/0/000.p/0', 'tile/0/001.p/46', 'tile/1/000.p/2', 'tile/2/000', 'tile/entries/001.p/46', 'tile/../x', 'checkpoint']) {
    strictEqual((await log.tile(path))?.length, path === 'tile/0/000' ? 8_192 : undefined, path);
  }
  strictEqual((await log.tile('tile/0/001.p/45'))?.length, 45 * 32);
});

test('once a day the log takes an anchor that opens with what the house keeps, and says nothing by itself', async () => {
  await withActor(pool, SYSTEM, (tx) => append(tx, NOW, [{ kind: 'clock-ticked', actor: 'test', basis: 'none', body: {} }]));
  await follow(300, instantOf(NOW + DAY_US));
  await follow(300, instantOf(NOW + DAY_US + 1));
  const kept = await pool.query<{ day: string; size: number; root: Buffer; nonce: Buffer }>('select day::text, size, root, nonce from log.anchor order by day');
  deepStrictEqual(kept.rows.map((row) => row.size), [0, 1]);
  const ledger = await treeHead(pool, 'ledger');
  const [, second] = kept.rows;
  ok(second !== undefined && second.root.equals(ledger.root));
  const index = await log.indexOf(`anchor:${second.day}`);
  const proof = await log.proof(index ?? -1);
  strictEqual(Buffer.from(proof?.entry ?? []).toString(), `{"day":"${second.day}","digest":"${anchorDigest(second)}","kind":"anchor","v":1}`);
  const lines = ['nigran ledger anchor 1', second.day, '1', second.root.toString('base64'), second.nonce.toString('base64'), ''];
  strictEqual(anchorDigest(second), createHash('sha256').update(lines.join('\n')).digest('hex'));
});

test('a cosignature stands with the head that it is of, the newest of each witness', async () => {
  const note = await log.checkpoint();
  await log.keepCosignature(302, 'fmu.example', '— fmu.example AAAA\n');
  await log.keepCosignature(302, 'fmu.example', '— fmu.example BBBB\n');
  strictEqual(await log.checkpoint(), `${note}— fmu.example BBBB\n`);
  await follow(301, instantOf(NOW + DAY_US + 2));
  strictEqual((await log.checkpoint())?.includes('fmu'), false);
});

test('an entry that no tile holds is never taken, and its batch leaves nothing', async () => {
  await rejects(withActor(pool, SYSTEM, (tx) => appendPublic(tx, [{ source: 'a', bytes: Buffer.from('a') }, { source: 'b', bytes: Buffer.alloc(65_536) }])), /at most 65535 bytes/);
  strictEqual(await log.indexOf('a'), undefined);
  ok(parseVerifierKey(keys[0] ?? '') !== undefined);
});
