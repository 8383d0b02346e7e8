import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { openNote, parseVerifierKey, signNote, verifierKey } from './note.ts';
import { signerOfSeed } from './signer.ts';

/** The example of golang.org/x/mod/sumdb/note, which other implementations test against too. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const NOTE = 'If you think cryptography is the answer to your problem,\nthen you don\'t know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

test('the published note opens with its published key, and with no other', () => {
  const key = parseVerifierKey(PETER);
  assert.ok(key !== undefined);
  assert.equal(openNote(NOTE, [key])?.signatures[0]?.name, 'PeterNeumann');
  assert.equal(openNote(NOTE, []), undefined);
  assert.equal(openNote(NOTE.replace('problem,', 'problems,'), [key]), undefined);
});

test('a key text with a wrong hash, name or type is none', () => {
  for (const text of ['', 'a+b+c', PETER.replace('c74f20a3', 'c74f20a4'), PETER.replace('PeterNeumann', 'Peter Neumann'), PETER.replace('+ARp', '+AhR')]) {
    assert.equal(parseVerifierKey(text), undefined, text);
  }
});

test('any flipped bit of a signed checkpoint is refused', async () => {
  const signer = signerOfSeed('nigran.example/ledger', new Uint8Array(32).fill(7));
  const note = await signCheckpoint({ origin: signer.keyId, size: 123_456, root: new Uint8Array(32).fill(9) }, signer);
  const key = parseVerifierKey(verifierKey(signer.keyId, signer.publicKey));
  assert.ok(key !== undefined);
  assert.equal(openCheckpoint(note, [key])?.size, 123_456);
  const bytes = Buffer.from(note);
  fc.assert(fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
    const bent = Buffer.from(bytes);
    bent[at] = (bent[at] ?? 0) ^ (1 << bit);
    assert.equal(openCheckpoint(bent.toString('utf8'), [key]), undefined);
  }), { numRuns: 400 });
});

test('a note signed by two keys opens with either; a key may sign once', async () => {
  const [a, b] = [signerOfSeed('a.example', new Uint8Array(32).fill(1)), signerOfSeed('b.example', new Uint8Array(32).fill(2))];
  const note = await signNote('hello\n', [a, b]);
  for (const signer of [a, b]) {
    const key = parseVerifierKey(verifierKey(signer.keyId, signer.publicKey));
    assert.ok(key !== undefined);
    assert.deepEqual(openNote(note, [key])?.signatures, [{ name: signer.keyId }]);
    assert.equal(openNote(`${note}${note.split('\n').at(-2)}\n${note.split('\n').at(-3)}\n`, [key]), undefined);
  }
  await assert.rejects(signNote('no newline', [a]), /newline/);
});

test('a checkpoint has an origin, a size and a root of 32 bytes', () => {
  const root = 'CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=';
  assert.equal(parseCheckpoint(`o\n5\n${root}\n`)?.size, 5);
  assert.deepEqual(parseCheckpoint(`o\n5\n${root}\nmore\n`)?.extensions, ['more']);
  for (const text of [`\n5\n${root}\n`, `o\n05\n${root}\n`, `o\n-5\n${root}\n`, `o\n5\nAAAA\n`, `o\n5\n${root}`, `o\n5\n${root}\n\n`, `o\n99999999999999999\n${root}\n`]) {
    assert.equal(parseCheckpoint(text), undefined, text);
  }
});
