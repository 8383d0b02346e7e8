import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pino from 'pino';
import { openTestDatabase, type TestDatabase } from '../../log/engine/testing.ts';
import { PublicLog, logMigrations, sha256 } from '../../log/index.ts';
import { leafHash, signerOfSeed, verifierKey } from '../../proof/index.ts';
import { verifyLog, verifyTlogProof } from '../../proof/published.ts';
import { SECOND_US, instantOf } from '../../terms/index.ts';
import { createServer } from '../server.ts';
import { openPublicLog } from './log.ts';

const NOW = instantOf(1_795_514_400 * SECOND_US);
const signer = signerOfSeed('authority.example/register', new Uint8Array(32).fill(7));
const verifier = verifierKey(signer.keyId, signer.publicKey);
const server = createServer(pino({ level: 'silent' }));
let database: TestDatabase;
before(async () => {
  database = await openTestDatabase(logMigrations);
  const log = new PublicLog(database.pool('nigran_app'), signer);
  openPublicLog(server, { log, clock: () => NOW, verifier, rate: { perSecond: 0, burst: 30 } });
  strictEqual((await server.inject('/register/log/checkpoint')).statusCode, 404, 'before the first head there is none');
  await log.follow(Array.from({ length: 300 }, (_none, i) => ({ n: i, body: `{"n":${i}}` })), NOW, (length) => new Uint8Array(length));
});
after(async () => {
  await server.close();
  await database.drop();
});

const get = (path: string) => server.inject({ url: `/register/log/${path}` });

test('what the door serves is a log that a stranger verifies, with a proof for each entry', async () => {
  const key = (await get('vkey')).body.trim();
  strictEqual(key, verifier);
  const verdict = await verifyLog(async (path) => {
    const answer = await get(path);
    return answer.statusCode === 200 ? answer.rawPayload : undefined;
  }, { keys: [key], hash: sha256 });
  deepStrictEqual([verdict.reason, verdict.head?.size], ['the log verifies', 301]);
  const [proof, entry] = [await get('proof/256'), await get('entry/256')];
  strictEqual(verifyTlogProof(proof.body, leafHash(entry.rawPayload, sha256), { keys: [key], hash: sha256 }).verified, true);
  match(String((await get('tile/0/000')).headers['cache-control']), /immutable/);
  match(String((await get('checkpoint')).headers['cache-control']), /max-age=5$/);
});

test('what is not there is coded, and who asks too often waits', async () => {
  for (const path of ['tile/0/000.p/0', 'tile/9/000', 'tile/..%2f..%2fcheckpoint', 'proof/301', 'proof/01', 'entry/x']) strictEqual((await get(path)).statusCode, 404, path);
  let status = 200;
  for (let i = 0; i < 31 && status !== 429; i++) status = (await get('vkey')).statusCode;
  strictEqual(status, 429);
});
