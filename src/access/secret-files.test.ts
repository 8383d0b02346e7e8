import assert from 'node:assert/strict';
import { createHash, randomBytes, verify, createPublicKey } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { afterEach, beforeEach } from 'node:test';
import { openKeys, p256Jwk } from './keys.ts';
import { SecretFiles, SecretRefused } from './secret-files.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'nigran-secrets-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const byChance = (_label: string, length: number) => randomBytes(length);
const fromSeed = (seed: string) => (label: string, length: number) => Buffer.from(createHash('shake256', { outputLength: length }).update(`${seed}\0${label}`).digest());

test('a secret is made once, read again, and readable by its owner only', () => {
  const first = new SecretFiles({ directory, draw: byChance }).take('key', 32);
  assert.deepEqual(new SecretFiles({ directory, draw: byChance }).take('key', 32), first);
  assert.equal(statSync(join(directory, 'key')).mode & 0o777, 0o600);
  assert.equal(statSync(directory).mode & 0o777, 0o700);
  assert.deepEqual(readdirSync(directory), ['key'], 'no temporary file stays');
});

test('a file that others may read is refused, and so is a cut one', () => {
  new SecretFiles({ directory, draw: byChance }).take('key', 32);
  chmodSync(join(directory, 'key'), 0o640);
  assert.throws(() => new SecretFiles({ directory, draw: byChance }).take('key', 32), SecretRefused);
  writeFileSync(join(directory, 'cut'), 'NIGRAN', { mode: 0o600 });
  assert.throws(() => new SecretFiles({ directory, draw: byChance }).take('cut', 32), /restore it/);
});

test('sealed files show nothing, open with their key only, and are never mixed with plain ones', () => {
  const sealKey = randomBytes(32);
  const secret = new SecretFiles({ directory, draw: byChance, sealKey }).take('key', 32);
  assert.equal(readFileSync(join(directory, 'key')).includes(Buffer.from(secret)), false);
  assert.deepEqual(Buffer.from(new SecretFiles({ directory, draw: byChance, sealKey }).take('key', 32)), Buffer.from(secret));
  assert.throws(() => new SecretFiles({ directory, draw: byChance, sealKey: randomBytes(32) }).take('key', 32), /does not open/);
  assert.throws(() => new SecretFiles({ directory, draw: byChance }).take('key', 32), /is sealed/);
  new SecretFiles({ directory, draw: byChance }).take('plain', 32);
  assert.throws(() => new SecretFiles({ directory, draw: byChance, sealKey }).take('plain', 32), /not sealed/);
});

test('keys of a seed are the same everywhere; keys of another seed are others', () => {
  const ringOf = (seed: string) => {
    const own = mkdtempSync(join(directory, 'h-'));
    return openKeys(new SecretFiles({ directory: own, draw: fromSeed(seed) }));
  };
  for (const purpose of ['checkpoint', 'receipt', 'token'] as const) {
    assert.deepEqual(ringOf('1')[purpose]('k').publicKey, ringOf('1')[purpose]('k').publicKey);
    assert.notDeepEqual(ringOf('1')[purpose]('k').publicKey, ringOf('2')[purpose]('k').publicKey);
  }
});

test('signers sign what their public key verifies', async () => {
  const ring = openKeys(new SecretFiles({ directory, draw: byChance }));
  const message = Buffer.from('message');
  const ed = ring.checkpoint('log.example');
  const edKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(ed.publicKey).toString('base64url') }, format: 'jwk' });
  assert.equal(verify(null, message, edKey, await ed.sign(message)), true);
  const p = ring.token('t');
  const point = Buffer.from(p.publicKey);
  const pKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }, format: 'jwk' });
  assert.equal(verify('sha256', message, { key: pKey, dsaEncoding: 'ieee-p1363' }, await p.sign(message)), true);
  assert.equal(p.publicKey.length, 65);
});

test('the P-256 key of drawn bytes is pinned: a demo keeps its keys for ever', () => {
  assert.equal(createHash('sha256').update(JSON.stringify(p256Jwk(Buffer.alloc(48, 7)))).digest('hex').slice(0, 16), '933b592e2fdc38b9');
  assert.equal(Buffer.from(p256Jwk(Buffer.alloc(48)).d, 'base64url').toString('hex'), `${'0'.repeat(63)}1`, 'the scalar is never zero');
});
