import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { leafHash } from './merkle.ts';
import { verifierKey } from './note.ts';
import { signerOfSeed } from './signer.ts';
import { entriesOf, MemoryLog } from './testing/log.ts';
import { sha256, SUMDB_KEY, SUMDB_ORIGIN, SUMDB_PROOF, SUMDB_RECORD } from './testing/vectors.ts';
import { encodeTlogProof, parseTlogProof, tlogProofWriter, verifyTlogProof } from './tlog-proof.ts';

const utf8 = (text: string): Uint8Array => Buffer.from(text);
const signer = signerOfSeed('nigran.example/register', new Uint8Array(32).fill(5));
const expected = { keys: [verifierKey(signer.keyId, signer.publicKey)], hash: sha256 };

test('a record of the Go checksum database, one of 72 million, verifies; another record does not', () => {
  const foreign = { keys: [SUMDB_KEY], origin: SUMDB_ORIGIN, hash: sha256 };
  assert.equal(verifyTlogProof(SUMDB_PROOF, leafHash(utf8(SUMDB_RECORD), sha256), foreign).reason, 'the proof verifies');
  assert.equal(verifyTlogProof(SUMDB_PROOF, leafHash(utf8(SUMDB_RECORD.replace('v0.43.0', 'v0.43.1')), sha256), foreign).verified, false);
  assert.equal(verifyTlogProof(SUMDB_PROOF, leafHash(utf8(SUMDB_RECORD), sha256), { ...foreign, keys: [] }).verified, false);
  const parsed = parseTlogProof(SUMDB_PROOF);
  assert.equal(parsed === undefined ? '' : encodeTlogProof(parsed), SUMDB_PROOF);
});

test('the texts that transparency-dev/merkle writes are written, and those that it refuses are refused', () => {
  const [h1, h2] = [sha256(utf8('hash1')), sha256(utf8('hash2'))];
  const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  assert.equal(encodeTlogProof({ index: 5, path: [h1, h2], checkpoint: 'test checkpoint\n' }), `c2sp.org/tlog-proof@v1\nindex 5\n${b64(h1)}\n${b64(h2)}\n\ntest checkpoint\n`);
  const extra = encodeTlogProof({ index: 10, path: [h1], checkpoint: 'checkpoint data\n', extra: utf8('extra information') });
  assert.equal(extra, `c2sp.org/tlog-proof@v1\nextra ${b64(utf8('extra information'))}\nindex 10\n${b64(h1)}\n\ncheckpoint data\n`);
  assert.deepEqual(Buffer.from(parseTlogProof(extra)?.extra ?? []).toString(), 'extra information');
  assert.equal(encodeTlogProof({ index: 0, path: [], checkpoint: 'checkpoint\n' }), 'c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n');
  const write = tlogProofWriter('test checkpoint\n');
  for (const path of [[h1, h2], [h2], [], [h1, h1]]) assert.equal(write(5, path), encodeTlogProof({ index: 5, path, checkpoint: 'test checkpoint\n' }), 'a writer of many writes the same');
  assert.throws(() => write(-1, []), /index/);
  assert.throws(() => write(0, [new Uint8Array(3)]), /hashes/);
  for (const text of [
    '', 'wrong-header\nindex 0\n\ncheckpoint\n', 'c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n\ncheckpoint\n', 'c2sp.org/tlog-proof@v1\n\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n', 'c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n', 'c2sp.org/tlog-proof@v1\nindex 05\n\ncheckpoint\n',
    'c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n', `c2sp.org/tlog-proof@v1\nindex 0\n${b64(new Uint8Array(64))}\n\ncheckpoint\n`, 'c2sp.org/tlog-proof@v1\nindex 0\n\n',
    `c2sp.org/tlog-proof@v1\nindex 0\n${`${b64(h1)}\n`.repeat(64)}\ncheckpoint\n`, `c2sp.org/tlog-proof@v1\nindex 0\nextra ${b64(h1)}\n\ncheckpoint\n`, 'c2sp.org/tlog-proof@v1\nindex 9007199254740992\n\nc\n',
    'c2sp.org/tlog-proof@v1\nindex 0\ncheckpoint\n',
  ]) assert.equal(parseTlogProof(text), undefined, text.slice(0, 80));
  assert.throws(() => encodeTlogProof({ index: -1, path: [], checkpoint: 'c\n' }), /index/);
  assert.throws(() => encodeTlogProof({ index: 0, path: [new Uint8Array(3)], checkpoint: 'c\n' }), /hashes/);
});

test('every entry of a log proves, and any flipped bit of the proof, but for its extra, is refused', async () => {
  const log = new MemoryLog(signer);
  log.append(entriesOf(77));
  const checkpoint = await log.checkpoint();
  const leaves = entriesOf(77).map((entry) => leafHash(entry, sha256));
  for (const [index, leaf] of leaves.entries()) {
    assert.equal(verifyTlogProof(encodeTlogProof({ index, path: log.path(index), checkpoint }), leaf, expected).verified, true, `${index}`);
  }
  const text = Buffer.from(encodeTlogProof({ index: 40, path: log.path(40), checkpoint }));
  fc.assert(fc.property(fc.nat(text.length - 1), fc.nat(7), (at, bit) => {
    const bent = Buffer.from(text);
    bent[at] = (bent[at] ?? 0) ^ (1 << bit);
    assert.equal(verifyTlogProof(bent.toString('utf8'), leaves[40] ?? new Uint8Array(0), expected).verified, false, `byte ${at}`);
  }), { numRuns: 400 });
});
