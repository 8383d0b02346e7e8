import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { signCheckpoint } from './checkpoint.ts';
import { cosignNote, COSIGNATURE_TYPE, verifierKey } from './note.ts';
import { signerOfSeed } from './signer.ts';
import { entriesOf, MemoryLog } from './testing/log.ts';
import { sha256 } from './testing/vectors.ts';
import { verifyLog, type LogExpectation, type LogVerdict } from './verify-log.ts';

const signer = signerOfSeed('nigran.example/register', new Uint8Array(32).fill(5));
const expected: LogExpectation = { keys: [verifierKey(signer.keyId, signer.publicKey)], hash: sha256 };
const verify = (files: ReadonlyMap<string, Uint8Array>, more: Partial<LogExpectation> = {}): Promise<LogVerdict> => verifyLog((path) => files.get(path), { ...expected, ...more });
const failures = (verdict: LogVerdict): string[] => verdict.checks.filter((check) => !check.ok).map((check) => check.name);

async function published(size: number): Promise<{ log: MemoryLog; files: Map<string, Uint8Array> }> {
  const log = new MemoryLog(signer);
  log.append(entriesOf(size));
  return { log, files: await log.files() };
}

test('logs of the sizes at which tiles begin and end verify', async () => {
  for (const size of [0, 1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537]) {
    const { log, files } = await published(size);
    const verdict = await verify(files);
    assert.equal(verdict.reason, 'the log verifies', `${size}`);
    assert.equal(verdict.head?.size, size);
    assert.ok(Buffer.from(verdict.head.root).equals(log.root));
  }
});

test('a log that grew verifies against every checkpoint that was kept, also without its old partial tiles', async () => {
  const log = new MemoryLog(signer);
  const kept: string[] = [];
  let files = new Map<string, Uint8Array>();
  for (const step of [0, 3, 253, 1, 300, 700]) {
    const before = log.size;
    log.append(entriesOf(step, before));
    kept.push(await log.checkpoint());
    files = await log.files(files, before);
  }
  for (const earlier of kept) assert.equal((await verify(files, { earlier: [earlier] })).reason, 'the log verifies');
  const all = await verify(files, { earlier: kept.toReversed() });
  assert.deepEqual([all.verified, all.checks.filter((check) => check.name === 'consistency').length], [true, kept.length]);
  for (const path of files.keys()) if (path.includes('.p/') && !path.endsWith(`.p/${log.size % 256}`) && files.has(path.replace(/\.p\/.*/, ''))) files.delete(path);
  assert.equal((await verify(files)).reason, 'the log verifies');
});

test('a partial tile that was deleted is read from the full one', async () => {
  const log = new MemoryLog(signer);
  log.append(entriesOf(100));
  const checkpoint = await log.files();
  log.append(entriesOf(200, 100));
  const files = await log.files();
  const old = new Map([...files].filter(([path]) => path !== 'checkpoint'));
  old.set('checkpoint', checkpoint.get('checkpoint') ?? new Uint8Array(0));
  assert.equal((await verify(old)).reason, 'the log verifies');
});

test('a log that forgot, rewrote or shrank its past is found out', async () => {
  const other = new MemoryLog(signer);
  other.append(entriesOf(300, 1));
  const earlier = await other.checkpoint();
  const { files } = await published(400);
  assert.deepEqual(failures(await verify(files, { earlier: [earlier] })), ['consistency']);
  const longer = await published(500);
  assert.deepEqual(failures(await verify(files, { earlier: [await longer.log.checkpoint()] })), ['earlier']);
  assert.deepEqual(failures(await verify(files, { earlier: ['nothing'] })), ['earlier']);
  const { log: same } = await published(400);
  assert.equal((await verify(files, { earlier: [await same.checkpoint()] })).verified, true);
});

test('any flipped bit in any file, any missing file, and files of another log are refused', async () => {
  const { files } = await published(300);
  const paths = [...files.keys()];
  await fc.assert(fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), fc.nat(7), async (path, place, bit) => {
    const bent = new Map(files);
    const bytes = Buffer.from(files.get(path) ?? []);
    const at = place % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    bent.set(path, bytes);
    assert.equal((await verify(bent)).verified, false, `${path} byte ${at}`);
  }), { numRuns: 200 });
  for (const path of paths) {
    const cut = new Map(files);
    cut.delete(path);
    const verdict = await verify(cut);
    assert.equal(verdict.verified, false);
    assert.match(verdict.reason, new RegExp(path.replaceAll('.', '\\.')));
  }
});

test('a hash tile that lies is refused though the root is right: others build their proofs from it', async () => {
  const { files } = await published(600);
  const bytes = Buffer.from(files.get('tile/1/000.p/2') ?? []);
  bytes[40] = (bytes[40] ?? 0) ^ 1;
  files.set('tile/1/000.p/2', bytes);
  const verdict = await verify(files);
  assert.deepEqual(failures(verdict), ['files']);
  assert.match(verdict.reason, /tile\/1\/000\.p\/2/);
});

test('a log that signs another root than that of its entries is found out', async () => {
  const { files } = await published(300);
  files.set('checkpoint', Buffer.from(await signCheckpoint({ origin: signer.keyId, size: 300, root: new Uint8Array(32) }, signer)));
  assert.deepEqual(failures(await verify(files)), ['root']);
  files.set('checkpoint', Buffer.from(await signCheckpoint({ origin: signer.keyId, size: 299, root: new Uint8Array(32) }, signer)));
  assert.equal((await verify(files)).verified, false);
});

test('the key, the origin and the witnesses must be those that are expected', async () => {
  const { files } = await published(10);
  const stranger = signerOfSeed(signer.keyId, new Uint8Array(32).fill(6));
  assert.deepEqual(failures(await verify(files, { keys: [verifierKey(stranger.keyId, stranger.publicKey)] })), ['checkpoint']);
  assert.deepEqual(failures(await verify(files, { keys: [] })), ['checkpoint']);
  assert.deepEqual(failures(await verify(files, { keys: [...expected.keys, 'no key'] })), ['key'], 'a key that cannot be read is never passed over');
  assert.deepEqual(failures(await verify(files, { origin: 'another' })), ['checkpoint']);
  const witness = signerOfSeed('fmu.example/witness', new Uint8Array(32).fill(8));
  const witnesses = [verifierKey(witness.keyId, witness.publicKey, COSIGNATURE_TYPE)];
  assert.deepEqual(failures(await verify(files, { witnesses })), ['witnesses']);
  assert.deepEqual(failures(await verify(files, { witnesses: [] })), ['witnesses'], 'asking for no witness at all is a mistake, not a yes');
  files.set('checkpoint', Buffer.from(await cosignNote(Buffer.from(files.get('checkpoint') ?? []).toString(), witness, 1_800_000_000)));
  assert.equal((await verify(files, { witnesses })).reason, 'the log verifies');
  assert.deepEqual(failures(await verify(files, { witnesses, quorum: 2 })), ['witnesses']);
});
