import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { consistencyProof, leafHash } from './merkle.ts';
import { parseVerifierKey, verifierKey, type NoteVerifier } from './note.ts';
import { signerOfSeed } from './signer.ts';
import { entriesOf, MemoryLog } from './testing/log.ts';
import { naiveRoot, sha256 } from './testing/vectors.ts';
import { judgeSubmission, submissionText, type Judgement, type Seen } from './witness.ts';

const signer = signerOfSeed('log.example', new Uint8Array(32).fill(3));
const logs: readonly NoteVerifier[] = [parseVerifierKey(verifierKey(signer.keyId, signer.publicKey))].flatMap((key) => key ?? []);
const log = new MemoryLog(signer);
const leaves = entriesOf(40).map((entry) => leafHash(entry, sha256));
const notes: string[] = [await log.checkpoint()];
for (const entry of entriesOf(40)) {
  log.append([entry]);
  notes.push(await log.checkpoint());
}
const nodeOf = (level: number, index: number): Uint8Array => naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
const proofOf = (from: number, size: number): Uint8Array[] => consistencyProof(from, size, nodeOf, sha256);
const seenAt = (size: number): Seen => ({ size, root: naiveRoot(leaves.slice(0, size)) });
const judge = (body: string | Uint8Array, seen?: Seen): Judgement => judgeSubmission(typeof body === 'string' ? Buffer.from(body) : body, logs, () => seen, sha256);
const note = (size: number): string => notes[size] ?? '';

test('a witness goes on from where it stood, and only by a proof', () => {
  for (const [from, size] of [[0, 1], [0, 40], [1, 2], [7, 7], [7, 33], [32, 40]] as const) assert.equal(judge(submissionText(from, proofOf(from, size), note(size)), seenAt(from)).status, 200, `${from} ${size}`);
  assert.equal(judge(submissionText(0, [], note(5))).status, 200, 'what was never seen begins at the empty tree');
  assert.deepEqual([judge(submissionText(5, proofOf(5, 9), note(9)), seenAt(7))].map((each) => ('size' in each ? [each.status, each.size] : each.status)), [[409, 7]]);
  assert.equal(judge(submissionText(9, [], note(5)), seenAt(9)).status, 400);
  assert.equal(judge(submissionText(7, [], note(9)), seenAt(7)).status, 422);
  assert.equal(judge(submissionText(0, proofOf(1, 9), note(9))).status, 422, 'from nothing there is no proof');
});

test('a fork, a stranger\'s log and a signature of another key are refused, each by its status', async () => {
  const fork = new MemoryLog(signer);
  fork.append(entriesOf(7, 1));
  assert.equal(judge(submissionText(7, [], await fork.checkpoint()), seenAt(7)).status, 409);
  fork.append(entriesOf(3, 90));
  assert.equal(judge(submissionText(7, proofOf(7, 10), await fork.checkpoint()), seenAt(7)).status, 422);
  const stranger = new MemoryLog(signerOfSeed('other.example', new Uint8Array(32).fill(4)));
  assert.equal(judge(submissionText(0, [], await stranger.checkpoint())).status, 404);
  const impostor = new MemoryLog(signerOfSeed('log.example', new Uint8Array(32).fill(4)));
  assert.equal(judge(submissionText(0, [], await impostor.checkpoint())).status, 403);
});

test('what has not the form is refused, and no flipped bit is cosigned', () => {
  const good = submissionText(7, proofOf(7, 33), note(33));
  for (const body of ['', 'old 7', good.replace('old 7', 'old 07'), good.replace('old 7', 'old -1'), good.replace('old 7\n', 'old 7\nAAAA\n'), `old 0\n${`${'A'.repeat(43)}=\n`.repeat(64)}\n${note(1)}`, `old 99999999999999999\n\n${note(1)}`]) assert.equal(judge(body, seenAt(7)).status, 400, body.slice(0, 20));
  assert.equal(judge(new Uint8Array(200_000)).status, 400);
  fc.assert(fc.property(fc.nat(Buffer.byteLength(good) - 1), fc.nat(7), (at, bit) => {
    const bytes = Buffer.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    assert.notEqual(judge(bytes, seenAt(7)).status, 200, `byte ${at} bit ${bit}`);
  }), { numRuns: 200 });
});
