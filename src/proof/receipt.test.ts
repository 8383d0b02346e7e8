import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { canonicalJson, type Json } from '../terms/index.ts';
import type { Verdict } from './check.ts';
import { verifierKey } from './note.ts';
import { verifyReceipt, type Receipt } from './receipt.ts';
import { signerOfSeed, type Signer } from './signer.ts';
import { entriesOf, MemoryLog } from './testing/log.ts';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const utf8 = (text: string): Uint8Array => Buffer.from(text);
const signer = (origin: string): Signer => signerOfSeed(origin, new Uint8Array(32).fill(5));
const FIRM = signer('pvara.example/firm/sdx');
const LEDGER = signer('pvara.example/ledger');
const keyOf = (of: Signer): string => verifierKey(of.keyId, of.publicKey);
const KEYS = [keyOf(FIRM), keyOf(LEDGER)];
const DIGEST = 'ab'.repeat(32);
const COUNTS = { accepted: 498, held: 1, rejected: 1, duplicate: 0 };
const COMMITMENT = { v: 1, submission: 'S-7', firm: 'sdx', client: 'c1', contentDigest: DIGEST, signatureBase: 'cd'.repeat(32), admittedAt: 1_700_000_000_000_000, counts: COUNTS, batches: ['ef'.repeat(32)] };

/** A receipt of the 12th of 40 filings, with its ledger entry proven too. */
async function issue(commitment: Json = COMMITMENT, by: Signer = FIRM, entry: Record<string, Json> = {}): Promise<Receipt & { ledger: NonNullable<Receipt['ledger']> }> {
  const text = canonicalJson(commitment);
  const tree = new MemoryLog(by);
  tree.append([...entriesOf(11), utf8(text), ...entriesOf(28, 12)]);
  const ledger = new MemoryLog(LEDGER);
  const entryText = canonicalJson({ v: 1, index: 20, kind: 'batch-admitted', body: { firm: 'sdx', treeSize: 40, treeRoot: hexOf(tree.root), ...entry }, salt: '00' });
  ledger.append([...entriesOf(20), utf8(entryText), ...entriesOf(9, 21)]);
  return {
    v: 1, commitment: text, leafIndex: 11, treeSize: 40, path: tree.path(11).map(hexOf), checkpoint: await tree.checkpoint(), entry: 20,
    ledger: { entry: entryText, treeSize: 30, path: ledger.path(20).map(hexOf), checkpoint: await ledger.checkpoint() },
  };
}

const failures = (verdict: Verdict): string[] => verdict.checks.filter((check) => !check.ok).map((check) => check.name);

test('a receipt verifies alone, with its ledger entry, with the bytes that were sent, and within the door\'s answer', async () => {
  const receipt = await issue();
  const { ledger: _ledger, ...alone } = receipt;
  assert.equal(verifyReceipt(alone, KEYS).reason, 'the receipt verifies');
  assert.equal(verifyReceipt(receipt, KEYS, DIGEST).reason, 'the receipt verifies');
  const answer = { submission: 'S-7', counts: COUNTS, rejections: [{ line: 3, code: 'EVENT_NOT_JSON' }], receipt };
  const verdict = verifyReceipt(JSON.parse(JSON.stringify(answer)), KEYS, DIGEST);
  assert.equal(verdict.reason, 'the receipt verifies');
  assert.deepEqual(verdict.checks.map((check) => check.name), ['form', 'commitment', 'signature', 'firm', 'size', 'inclusion', 'answer', 'content', 'ledger entry', 'ledger inclusion']);
});

test('each lie fails the check that names it', async () => {
  const receipt = await issue();
  const other = await issue({ ...COMMITMENT, submission: 'S-8' });
  const lies: readonly (readonly [string, unknown, string[]])[] = [
    ['another commitment', { ...receipt, commitment: other.commitment }, ['inclusion']],
    ['a commitment with a space', { ...receipt, commitment: receipt.commitment.replace('{', '{ ') }, ['commitment', 'firm', 'inclusion', 'ledger entry']],
    ['another place', { ...receipt, leafIndex: 12 }, ['inclusion']],
    ['another size', { ...receipt, treeSize: 41 }, ['size']],
    ['a path too short', { ...receipt, path: receipt.path.slice(1) }, ['inclusion']],
    ['a head of another key', { ...receipt, checkpoint: receipt.ledger.checkpoint }, ['firm', 'size', 'inclusion', 'ledger entry', 'ledger inclusion']],
    ['another ledger entry', { ...receipt, entry: 21 }, ['ledger entry', 'ledger inclusion']],
    ['the entry of another head', { ...receipt, ledger: { ...receipt.ledger, entry: receipt.ledger.entry.replace('"treeSize":40', '"treeSize":39') } }, ['ledger entry', 'ledger inclusion']],
    ['counts that were not committed to', { submission: 'S-7', counts: { ...COUNTS, accepted: 499, rejected: 0 }, receipt }, ['answer']],
    ['another submission', { submission: 'S-8', counts: COUNTS, receipt }, ['answer']],
  ];
  for (const [name, given, checks] of lies) assert.deepEqual(failures(verifyReceipt(given, KEYS)), checks, name);
  assert.deepEqual(failures(verifyReceipt(receipt, KEYS, 'cd'.repeat(32))), ['content']);
  assert.deepEqual(failures(verifyReceipt(receipt, [keyOf(FIRM)])), ['ledger inclusion']);
  assert.deepEqual(failures(verifyReceipt(receipt, [keyOf(LEDGER)])), ['signature', 'firm', 'size', 'inclusion', 'ledger entry']);
  assert.deepEqual(failures(verifyReceipt(receipt, [...KEYS, 'no key'])), ['key']);
});

test('a ledger entry of another firm or another head proves nothing of this one', async () => {
  for (const entry of [{ firm: 'bfx' }, { treeRoot: '00'.repeat(32) }, { treeSize: 41 }]) assert.deepEqual(failures(verifyReceipt(await issue(COMMITMENT, FIRM, entry), KEYS)), ['ledger entry']);
});

test('a leaf of one firm\'s tree is no receipt of another firm', async () => {
  const stolen = await issue({ ...COMMITMENT, firm: 'bfx' });
  assert.deepEqual(failures(verifyReceipt(stolen, KEYS)), ['firm', 'ledger entry']);
  const suffix = signer('pvara.example/firm/other/sdx');
  assert.deepEqual(failures(verifyReceipt(await issue(COMMITMENT, suffix), [...KEYS, keyOf(suffix)])), ['firm']);
});

test('what is no receipt is refused, never by an exception', async () => {
  const receipt = await issue();
  for (const given of [undefined, null, '', 7, [], {}, { ...receipt, v: 2 }, { ...receipt, more: 1 }, { ...receipt, path: ['zz'] }, { ...receipt, leafIndex: -1 }, { ...receipt, treeSize: 1e300 }, { receipt: {} }]) {
    assert.deepEqual(failures(verifyReceipt(given, KEYS)), ['form']);
  }
  const deep = { ...receipt, commitment: '['.repeat(60_000) };
  assert.equal(verifyReceipt(deep, KEYS).verified, false);
  assert.equal(verifyReceipt({ ...receipt, commitment: `${'['.repeat(30_000)}${']'.repeat(30_000)}` }, KEYS).verified, false);
  assert.equal(verifyReceipt({ ...receipt, commitment: '{"v":1,"v":1}' }, KEYS).verified, false);
  assert.equal(verifyReceipt({ ...receipt, commitment: '"\\ud800"' }, KEYS).verified, false);
  fc.assert(fc.property(fc.anything(), (given) => assert.equal(verifyReceipt(given, KEYS).verified, false)), { numRuns: 200 });
});

test('any flipped bit of a receipt is refused', async () => {
  const bytes = Buffer.from(JSON.stringify(await issue()));
  fc.assert(fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
    const bent = Buffer.from(bytes);
    bent[at] = (bent[at] ?? 0) ^ (1 << bit);
    let given: unknown;
    try {
      given = JSON.parse(bent.toString('utf8'));
    } catch {
      return;
    }
    assert.equal(verifyReceipt(given, KEYS).verified, false, `byte ${at}`);
  }), { numRuns: 600 });
});
