import { deepStrictEqual, match, ok, rejects, strictEqual } from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { PublicLog, logMigrations } from '../log/index.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { signerOfSeed, verifierKey } from '../proof/index.ts';
import { submissionText, witnessKey } from '../proof/published.ts';
import { entriesOf, MemoryLog } from '../proof/testing/log.ts';
import { instantOf } from '../terms/index.ts';
import { askWitness } from './log-cosign.ts';
import { copyLog, Witness } from './witness.ts';

const NOW = instantOf(1_795_514_400_000_000);
const signer = signerOfSeed('authority.example/register', new Uint8Array(32).fill(7));
const key = verifierKey(signer.keyId, signer.publicKey);
const own = signerOfSeed('fmu.example/witness', new Uint8Array(32).fill(8));
const ownKey = witnessKey(own.keyId, own.publicKey);
const home = mkdtempSync(join(tmpdir(), 'nigran-witness-'));
const witnessAt = (state: string): Witness => new Witness({ signer: own, logs: [key], state: join(home, state), seconds: () => 1_800_000_000 });
let database: TestDatabase;
let log: PublicLog;
before(async () => {
  database = await openTestDatabase(logMigrations);
  log = new PublicLog(database.pool('nigran_app'), signer);
});
after(async () => {
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

const follow = (n: number): Promise<void> => log.follow(Array.from({ length: n }, (_none, i) => ({ n: i, body: `{"n":${i}}` })), NOW, (length) => new Uint8Array(length));

async function listen(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/add-checkpoint`;
}

test('the register log is cosigned as it grows, also by a witness that was started anew, and is served with that', async (t) => {
  let witness = witnessAt('a');
  const address = await listen(t, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => void witness.add(Buffer.concat(parts)).then(({ status, body }) => response.writeHead(status).end(body)));
  });
  await follow(5);
  deepStrictEqual(await askWitness(log, key, ownKey, address), { cosigned: true, witness: 'fmu.example/witness', size: 6 });
  await follow(300);
  witness = witnessAt('a');
  deepStrictEqual(await askWitness(log, key, ownKey, address), { cosigned: true, witness: 'fmu.example/witness', size: 301 });
  deepStrictEqual((await askWitness(log, key, ownKey, address)).cosigned, true, 'asked again, the same head is cosigned again');
  match((await log.checkpoint()) ?? '', /— fmu\.example\/witness /);
});

test('what a witness that lies answers is not kept', async (t) => {
  const other = signerOfSeed('fmu.example/witness', new Uint8Array(32).fill(9));
  const [answers, liar] = [['— fmu.example/witness AAAAAAAA\n', '', 'x'.repeat(1_000)], new Witness({ signer: other, logs: [key], state: join(home, 'liar'), seconds: () => 1 })];
  answers.push((await liar.add(Buffer.from(submissionText(0, [], (await log.checkpoint()) ?? '')))).body);
  for (const body of answers) {
    const address = await listen(t, (_request, response) => response.writeHead(200).end(body));
    match(JSON.stringify(await askWitness(log, key, ownKey, address)), /COSIGNATURE_INVALID/);
  }
  for (const [status, body, says] of [[409, '999999\n', /LOG_BEHIND_WITNESS/], [409, '0\n', /WITNESS_REFUSED/], [403, 'no\n', /WITNESS_REFUSED/], [409, 'nine\n', /WITNESS_REFUSED/]] as const) {
    const address = await listen(t, (_request, response) => response.writeHead(status).end(body));
    match(JSON.stringify(await askWitness(log, key, ownKey, address)), says);
  }
  const elsewhere = await listen(t, (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
  await rejects(askWitness(log, key, ownKey, elsewhere), /points elsewhere/);
});

test('of two submissions at once that contradict each other one is cosigned, and a lost state is not taken for none', async () => {
  const witness = witnessAt('b');
  const [one, two] = [new MemoryLog(signer), new MemoryLog(signer)];
  one.append(entriesOf(5));
  two.append(entriesOf(5, 1));
  const body = async (tree: MemoryLog): Promise<Uint8Array> => Buffer.from(submissionText(0, [], await tree.checkpoint()));
  const answers = await Promise.all([witness.add(await body(one)), witness.add(await body(two)), witness.add(new Uint8Array(3))]);
  deepStrictEqual(answers.map(({ status }) => status), [200, 409, 400]);
  deepStrictEqual([answers[1]?.body, answers[1]?.type], ['5\n', 'text/x.tlog.size']);
  const [name = ''] = readdirSync(join(home, 'b'));
  match(witness.kept(name) ?? '', /^authority\.example\/register\n5\n/);
  strictEqual(witness.kept('../b'), undefined);
  writeFileSync(join(home, 'b', name), 'nothing');
  await rejects(witness.add(await body(one)), /cannot be read/);
});

test('a mirror takes a log whole, goes on from its copy, and keeps what contradicts it as evidence', async () => {
  const [source, copy] = [join(home, 'source'), join(home, 'copy')];
  const tree = new MemoryLog(signer);
  const publish = async (log: MemoryLog): Promise<void> => {
    for (const [path, bytes] of await log.files()) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), bytes);
    }
  };
  tree.append(entriesOf(300));
  await publish(tree);
  strictEqual((await copyLog(source, copy, [key])).reason, 'the log verifies');
  tree.append(entriesOf(300, 300));
  await publish(tree);
  rmSync(join(source, 'tile/entries/001'));
  strictEqual((await copyLog(source, copy, [key])).reason.split(':')[0], 'FILE_INVALID', 'a partial bundle of the copy is no whole one');
  await publish(tree);
  strictEqual((await copyLog(source, copy, [key])).reason, 'the log verifies');
  const fork = new MemoryLog(signer);
  fork.append(entriesOf(700, 1));
  rmSync(source, { recursive: true });
  await publish(fork);
  const before = readFileSync(join(copy, 'checkpoint'), 'utf8');
  strictEqual((await copyLog(source, copy, [key])).verified, false);
  strictEqual(readFileSync(join(copy, 'checkpoint'), 'utf8'), before);
  ok(existsSync(join(copy, 'contradiction-700')));
});
