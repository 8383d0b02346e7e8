import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { after, before } from 'node:test';
import { promisify } from 'node:util';
import { cosignNote, COSIGNATURE_TYPE, verifierKey } from './note.ts';
import { signerOfSeed } from './signer.ts';
import { entriesOf, MemoryLog } from './testing/log.ts';
import { encodeTlogProof } from './tlog-proof.ts';

const run = promisify(execFile);
const PROGRAM = join(import.meta.dirname, '../../scripts/interop/go-tlog');
const SIZE = 66_000;
const EARLIER = [1, 256, 300, 65_536];

const signer = signerOfSeed('nigran.example/register', new Uint8Array(32).fill(5));
const witness = signerOfSeed('fmu.example/witness', new Uint8Array(32).fill(6));
let home = '';
let whyNot = '';
let goArguments: string[] = [];

/** Publishes a log as it grew, with the checkpoints of its earlier sizes, one cosignature and one proof. */
async function publish(): Promise<void> {
  const log = new MemoryLog(signer);
  let files = new Map<string, Uint8Array>();
  const earlier: string[] = [];
  for (const size of [...EARLIER, SIZE]) {
    const from = log.size;
    log.append(entriesOf(size - from, from));
    files = await log.files(files, from);
    earlier.push(await log.checkpoint());
  }
  files.set('checkpoint', Buffer.from(await cosignNote(await log.checkpoint(), witness, 1_800_000_000)));
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(home, 'log', path)), { recursive: true });
    await writeFile(join(home, 'log', path), bytes);
  }
  for (const [i, note] of earlier.slice(0, -1).entries()) await writeFile(join(home, `earlier-${i}`), note);
  await writeFile(join(home, 'entry'), entriesOf(1, 4_321)[0] ?? '');
  await writeFile(join(home, 'one.tlog-proof'), encodeTlogProof({ index: 4_321, path: log.path(4_321), checkpoint: await log.checkpoint() }));
  goArguments = [
    '-dir', join(home, 'log'), '-vkey', verifierKey(signer.keyId, signer.publicKey), '-witness', verifierKey(witness.keyId, witness.publicKey, COSIGNATURE_TYPE),
    '-proof', join(home, 'one.tlog-proof'), '-entry', join(home, 'entry'), ...EARLIER.flatMap((_, i) => ['-earlier', join(home, `earlier-${i}`)]),
  ];
}

before(async () => {
  if (spawnSync('go', ['version']).status !== 0) {
    whyNot = 'skipped, because go is absent';
    return;
  }
  home = await mkdtemp(join(tmpdir(), 'nigran-go-'));
  const built = spawnSync('go', ['build', '-buildvcs=false', '-o', join(home, 'go-tlog'), '.'], { cwd: PROGRAM, encoding: 'utf8' });
  const isUnreachable = /dial tcp|no such host|proxyconnect|i\/o timeout|GOPROXY=off|toolchain not available/.test(built.stderr);
  if (isUnreachable) whyNot = 'skipped, because go cannot fetch golang.org/x/mod';
  else assert.equal(built.status, 0, built.stderr);
  await publish();
}, { timeout: 180_000 });

after(async () => {
  if (home !== '') await rm(home, { recursive: true });
});

const verify = async (): Promise<unknown> => JSON.parse((await run(join(home, 'go-tlog'), goArguments)).stdout);

test('Go\'s own code verifies our log: note, root, entries, inclusion, consistency, cosignature, proof', async (t) => {
  if (whyNot !== '') return t.skip(whyNot);
  const report = await verify();
  const note = await readFile(join(home, 'log', 'checkpoint'), 'utf8');
  assert.deepEqual(report, { size: SIZE, root: note.split('\n')[2], entries: SIZE, inclusions: 50, consistency: EARLIER.length, cosigned: 1, proofs: 1 });
});

test('Go refuses our log with one bit flipped, wherever it is', async (t) => {
  if (whyNot !== '') return t.skip(whyNot);
  for (const [file, at] of [
    ['log/checkpoint', 30], ['log/checkpoint', 200], ['log/tile/0/000', 17], ['log/tile/0/257.p/208', 6_000], ['log/tile/1/000', 8_000], ['log/tile/1/001.p/1', 3], ['log/tile/2/000.p/1', 0],
    ['log/tile/entries/000', 5], ['log/tile/entries/257.p/208', 1], ['earlier-2', 35], ['one.tlog-proof', 60], ['entry', 0],
  ] as const) {
    const path = join(home, file);
    const bytes = await readFile(path);
    const bent = Buffer.from(bytes);
    bent[at] = (bent[at] ?? 0) ^ 1;
    await writeFile(path, bent);
    await assert.rejects(verify(), { code: 1 }, `${file} byte ${at}`);
    await writeFile(path, bytes);
  }
  assert.ok(await verify());
});
