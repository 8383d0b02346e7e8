import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { checkpointText, countWitnesses, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { COSIGNATURE_TYPE, cosignNote, openNote, parseVerifierKey, signNote, verifierKey, type NoteVerifier } from './note.ts';
import { signerOfSeed, type Signer } from './signer.ts';
import { ENOCH, ENOCH_LINE, NOTE_TEXT, PETER, PETER_LINE, PETER_SEED, SUMDB_CHECKPOINT, SUMDB_KEY, SUMDB_ORIGIN } from './testing/vectors.ts';

function keyOf(text: string): NoteVerifier {
  const key = parseVerifierKey(text);
  assert.ok(key !== undefined, `${text} is a verifier key`);
  return key;
}

const signer = (name: string, byte: number): Signer => signerOfSeed(name, new Uint8Array(32).fill(byte));
const verifierOf = (of: Signer): NoteVerifier => keyOf(verifierKey(of.keyId, of.publicKey));
const witnessOf = (of: Signer): NoteVerifier => keyOf(verifierKey(of.keyId, of.publicKey, COSIGNATURE_TYPE));
const log = signer('nigran.example/ledger', 7);
const HEAD = { origin: log.keyId, size: 123_456, root: new Uint8Array(32).fill(9) };
const [peter, enoch] = [keyOf(PETER), keyOf(ENOCH)];

test('the published note is opened, and written to the byte', async () => {
  const opened = openNote(`${NOTE_TEXT}\n${PETER_LINE}`, [peter]);
  assert.deepEqual(opened, { text: NOTE_TEXT, signatures: [{ name: 'PeterNeumann' }] });
  assert.equal(await signNote(NOTE_TEXT, [signerOfSeed('PeterNeumann', PETER_SEED)]), `${NOTE_TEXT}\n${PETER_LINE}`);
  assert.equal(verifierKey('PeterNeumann', peter.publicKey), PETER);
});

test('signatures of unknown keys are passed over, also with the name of a known one', () => {
  const both = `${NOTE_TEXT}\n${PETER_LINE}${ENOCH_LINE}`;
  assert.deepEqual(openNote(both, [peter])?.signatures, [{ name: 'PeterNeumann' }]);
  assert.deepEqual(openNote(both, [enoch, peter])?.signatures, [{ name: 'PeterNeumann' }, { name: 'EnochRoot' }]);
  assert.deepEqual(openNote(`${NOTE_TEXT}\n${PETER_LINE}${PETER_LINE}${ENOCH_LINE}`, [peter])?.signatures, [{ name: 'PeterNeumann' }]);
  assert.equal(openNote(both, []), undefined);
  const namesake = { ...peter, keyHash: enoch.keyHash };
  assert.equal(openNote(both, [namesake]), undefined);
});

test('one bad signature of a known key refuses the note, however many are good', () => {
  const bent = ENOCH_LINE.replace('eBzm', 'eBzn');
  assert.equal(openNote(`${NOTE_TEXT}\n${PETER_LINE}${bent}`, [peter, enoch]), undefined);
  assert.deepEqual(openNote(`${NOTE_TEXT}\n${PETER_LINE}${bent}`, [peter])?.signatures, [{ name: 'PeterNeumann' }]);
});

test('two known keys that share name and hash by chance are both tried', () => {
  const twin = { ...peter, publicKey: enoch.publicKey };
  assert.ok(openNote(`${NOTE_TEXT}\n${PETER_LINE}`, [twin, peter]) !== undefined);
  assert.equal(openNote(`${NOTE_TEXT}\n${PETER_LINE}`, [twin]), undefined);
});

test('what Go refuses as malformed, and more, is refused', () => {
  const note = `${NOTE_TEXT}\n${PETER_LINE}`;
  const bad = [
    NOTE_TEXT, `${NOTE_TEXT}\n`, note.slice(0, -1), `\u0001${note}`, `\ud800${note}`, `${note}Unexpected line.\n`, `${NOTE_TEXT}\n${PETER_LINE.replace('Peter', 'Peter ')}`,
    `${NOTE_TEXT}\n${PETER_LINE.repeat(101)}`, `${NOTE_TEXT}\n${PETER_LINE.slice(0, 60)}ABCD${PETER_LINE.slice(60)}`, `${NOTE_TEXT}\n${PETER_LINE}\n`, note.replaceAll('\n', '\r\n'),
    `${NOTE_TEXT}\n${PETER_LINE}— Unknown !!!!\n`, `${NOTE_TEXT}\n${PETER_LINE}— Unknown AAAA\n`, `${NOTE_TEXT}\n${PETER_LINE}— Un+known AAAAAAA=\n`, `${NOTE_TEXT}\n${PETER_LINE}- Unknown AAAAAAA=\n`,
    note.replace('JnAM=', 'JnAN='), note.replace(' problem', '\tproblem'), `${NOTE_TEXT}${' '.repeat(1_000_000)}\n\n${PETER_LINE}`,
  ];
  for (const [i, text] of bad.entries()) assert.equal(openNote(text, [peter]), undefined, `${i}: ${text.slice(0, 200)}`);
  assert.equal(openNote(Buffer.concat([Uint8Array.of(0xff), Buffer.from(note)]), [peter]), undefined, 'bytes that are no UTF-8');
  assert.equal(openNote(`\ufeff${note}`, [peter]), undefined, 'a byte order mark is part of the text');
  assert.ok(openNote(Buffer.from(note), [peter]) !== undefined);
});

test('a text may hold empty lines, and a note at least sixteen signatures', async () => {
  const signers = Array.from({ length: 16 }, (_, i) => signer(`s${i}.example`, i + 1));
  const note = await signNote('a\n\nb\n', signers);
  assert.equal(openNote(note, [verifierOf(signers[15] ?? log)])?.text, 'a\n\nb\n');
  assert.ok(openNote(await signNote(`${'a'.repeat(999_000)}\n`, [log]), [verifierOf(log)]) !== undefined);
  assert.equal(openNote(await signNote(`${'a'.repeat(1_000_000)}\n`, [log]), [verifierOf(log)]), undefined, 'longer than the limit');
  await assert.rejects(signNote('no newline', [log]), /newline/);
  await assert.rejects(signNote('a\tb\n', [log]), /control/);
  await assert.rejects(signNote('a\n', []), /at least one/);
  await assert.rejects(signNote('a\n', [signer('a b', 1)]), /named/);
});

test('no part and no neighbour of a key text is a key; wrong lengths and unknown types are none', () => {
  for (let i = 0; i <= PETER.length; i++) {
    for (let j = i + 1; j <= PETER.length; j++) if (j - i < PETER.length) assert.equal(parseVerifierKey(PETER.slice(i, j)), undefined);
  }
  for (let i = 0; i < PETER.length; i++) {
    assert.equal(parseVerifierKey(`${PETER.slice(0, i)}${String.fromCharCode(PETER.charCodeAt(i) + 1)}${PETER.slice(i + 1)}`), undefined, `character ${i}`);
  }
  for (const text of ['PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==', 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', '']) {
    assert.equal(parseVerifierKey(text), undefined, text);
  }
});

test('a witness\'s cosignature carries its time, is no signature of the log, and counts once for each public key', async () => {
  const [w1, w2] = [signer('w1.example', 1), signer('w2.example', 2)];
  const note = await cosignNote(await cosignNote(await signCheckpoint(HEAD, log), w1, 1_679_315_147), w2, 1_679_315_148);
  const opened = openCheckpoint(note, [verifierOf(log), witnessOf(w1), witnessOf(w2)]);
  assert.deepEqual(opened?.witnesses, [{ name: 'w1.example', time: 1_679_315_147 }, { name: 'w2.example', time: 1_679_315_148 }]);
  assert.equal(opened === undefined ? 0 : countWitnesses(opened, [witnessOf(w1), witnessOf(w2)]), 2);
  assert.equal(openCheckpoint(note, [witnessOf(w1), witnessOf(w2)]), undefined, 'witnesses alone do not make it the log\'s');
  const again = await cosignNote(note, w1, 1_679_315_200);
  assert.equal(openCheckpoint(again, [verifierOf(log), witnessOf(w1)])?.witnesses[0]?.time, 1_679_315_200);
  const alias = signerOfSeed('w3.example', new Uint8Array(32).fill(1));
  const twice = await cosignNote(note, alias, 1);
  const known = [witnessOf(w1), witnessOf(alias)];
  const openedTwice = openCheckpoint(twice, [verifierOf(log), ...known]);
  assert.equal(openedTwice === undefined ? 0 : countWitnesses(openedTwice, known), 1);
  const sameName = signerOfSeed(log.keyId, new Uint8Array(32).fill(3));
  const cosignedOnly = await cosignNote(await signNote(checkpointText(HEAD), [w1]), sameName, 5);
  assert.equal(openCheckpoint(cosignedOnly, [witnessOf(sameName)]), undefined, 'a cosignature under the log\'s name is not the log\'s word');
});

test('a checkpoint of the Go checksum database opens under its origin', () => {
  const checkpoint = openCheckpoint(SUMDB_CHECKPOINT, [keyOf(SUMDB_KEY)], SUMDB_ORIGIN);
  assert.equal(checkpoint?.size, 15_081_221);
  assert.equal(openCheckpoint(SUMDB_CHECKPOINT, [keyOf(SUMDB_KEY)]), undefined, 'its key does not bear its origin');
  assert.equal(openCheckpoint(SUMDB_CHECKPOINT, [keyOf(SUMDB_KEY)], 'another'), undefined);
  assert.equal(openCheckpoint(SUMDB_CHECKPOINT.replace('15081221', '15081222'), [keyOf(SUMDB_KEY)], SUMDB_ORIGIN), undefined);
});

test('any flipped bit of a signed checkpoint is refused; of a cosigned one, at least the witness is gone', async () => {
  const witness = signer('w.example', 4);
  const plain = await signCheckpoint(HEAD, log);
  const note = await cosignNote(plain, witness, 1_700_000_000);
  const known = [verifierOf(log), witnessOf(witness)];
  assert.equal(openCheckpoint(note, known)?.size, HEAD.size);
  const bytes = Buffer.from(note);
  fc.assert(fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
    const bent = Buffer.from(bytes);
    bent[at] = (bent[at] ?? 0) ^ (1 << bit);
    const opened = openCheckpoint(bent, known);
    assert.ok(opened === undefined || (at >= Buffer.byteLength(plain) && opened.witnesses.length === 0), `byte ${at}`);
  }), { numRuns: 500 });
});

test('a checkpoint has an origin, a size and a root of 32 bytes', () => {
  const root = 'CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=';
  assert.equal(parseCheckpoint(`o\n5\n${root}\n`)?.size, 5);
  assert.deepEqual(parseCheckpoint(`o\n5\n${root}\nmore\n`)?.extensions, ['more']);
  for (const text of [
    '', 'o\n', `\n5\n${root}\n`, `o\n05\n${root}\n`, `o\n-5\n${root}\n`, `o\n5\nAAAA\n`, `o\n5\n${root}`, `o\n5\n${root}\n\n`, `o\n5\n${root}\n\nmore\n`, `o\n99999999999999999\n${root}\n`,
    `o\n9007199254740992\n${root}\n`, `o\n5 \n${root}\n`, `o\n+5\n${root}\n`, `o\n0x5\n${root}\n`,
  ]) assert.equal(parseCheckpoint(text), undefined, text);
  assert.throws(() => checkpointText({ ...HEAD, origin: 'two\nlines' }), /one line/);
  assert.throws(() => checkpointText({ ...HEAD, size: 1.5 }), /size/);
});

test('heads are written and read back as they were', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), fc.uint8Array({ minLength: 32, maxLength: 32 }), async (size, root) => {
    const opened = openCheckpoint(await signCheckpoint({ ...HEAD, size, root }, log), [verifierOf(log)]);
    assert.deepEqual([opened?.size, Buffer.from(opened?.root ?? []).toString('hex')], [size, Buffer.from(root).toString('hex')]);
  }), { numRuns: 40 });
});
