import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { makeLedger } from './testing/fake-ledger.ts';
import { consistencyOf, leafOf, rootOf, signer } from './testing/fake-tree.ts';
import { makeNation } from './testing/nation.ts';
import { verifyEntry, verifyHead } from './verify.ts';

const rows = makeNation(3).entries.slice(0, 37);
const given = <T>(value: T | null): T => { ok(value !== null); return value; };
const failed = (checks: readonly { step: string; ok: boolean }[]): string[] => checks.filter((check) => !check.ok).map((check) => check.step);

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, value: { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) } });
});

test('every entry of an honest ledger verifies, by arithmetic that the test does not share', () => {
  const ledger = makeLedger(rows, null);
  for (const row of rows) deepStrictEqual(failed(verifyEntry(given(ledger.entry(row.index)), given(ledger.proof(row.index)))), []);
});

test('content that was changed after it was entered is found, and the rest of the proof still stands', () => {
  const ledger = makeLedger(rows, 12);
  deepStrictEqual(failed(verifyEntry(given(ledger.entry(12)), given(ledger.proof(12)))), ['leaf']);
});

test('a proof of another entry, a broken path and a foreign signature are each found', () => {
  const ledger = makeLedger(rows, null);
  const entry = given(ledger.entry(5));
  const proof = given(ledger.proof(5));
  ok(failed(verifyEntry(entry, given(ledger.proof(6)))).includes('leaf-given'));
  deepStrictEqual(failed(verifyEntry(entry, { ...proof, path: proof.path.toReversed() })), ['path']);
  const foreign = signer('nigran.example/ledger', 8);
  deepStrictEqual(failed(verifyEntry(entry, { ...proof, checkpoint: { note: proof.checkpoint.note, keys: [foreign.vkey] } })), ['signature', 'size', 'path']);
});

const grown = (size: number, spoiled: number | null = null): Buffer[] => Array.from({ length: size }, (_, n) => leafOf(Buffer.from(n === spoiled ? 'spoiled' : `leaf ${n}`)));
const head = (leaves: readonly Buffer[], seed = 7) => { const key = signer('nigran.example/ledger', seed); return { note: key.checkpoint(leaves.length, rootOf(leaves)), keys: [key.vkey] }; };
const proves = (leaves: readonly Buffer[]) => async (from: number, to: number) => ({ from, to, path: consistencyOf(from, leaves.slice(0, to)).map((one) => one.toString('hex')) });

test('a head that extends the remembered one is accepted and remembered in its place', async () => {
  const small = await verifyHead(head(grown(13)), proves(grown(13)));
  strictEqual(small.before, null);
  const large = await verifyHead(head(grown(29)), proves(grown(29)));
  deepStrictEqual([large.before, failed(large.checks)], [13, []]);
  strictEqual((await verifyHead(head(grown(29)), proves(grown(29)))).before, 29);
});

test('a past that was rewritten is found, and is not remembered', async () => {
  await verifyHead(head(grown(13)), proves(grown(13)));
  const forged = grown(29, 4);
  deepStrictEqual(failed((await verifyHead(head(forged), proves(forged))).checks), ['consistency']);
  deepStrictEqual(failed((await verifyHead(head(grown(29)), proves(grown(29)))).checks), []);
});

test('a ledger that shrank, and a key that changed, are found', async () => {
  await verifyHead(head(grown(13)), proves(grown(13)));
  deepStrictEqual(failed((await verifyHead(head(grown(9)), proves(grown(9)))).checks), ['consistency']);
  deepStrictEqual(failed((await verifyHead(head(grown(20), 9), proves(grown(20)))).checks), ['key']);
});
