import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { parseVerifierKey, signerOfSeed, verifierKey } from './index.ts';
import { AddressFilter, encodeAddressFilter, type FilteredAddress } from './published.ts';

const signer = signerOfSeed('authority.example/register', new Uint8Array(32).fill(7));
const other = signerOfSeed('authority.example/register', new Uint8Array(32).fill(8));
const keyOf = (of: typeof signer) => { const key = parseVerifierKey(verifierKey(of.keyId, of.publicKey)); ok(key !== undefined); return key; };
const OF = { lists: [{ list: 'ofac', version: '2026-06-25' }], asOf: '2026-11-24T00:00:00Z' };
const evm = (i: number): FilteredAddress => ({ family: 'evm', address: `0x${createHash('sha256').update(`${i}`).digest('hex').slice(0, 40)}` });
const many = (count: number, from = 0): FilteredAddress[] => Array.from({ length: count }, (_, i) => evm(from + i));

test('every listed address is found, about one in 256 of the others is, and an address takes little more than a byte', async () => {
  const file = await encodeAddressFilter(many(20_000), OF, signer);
  const filter = AddressFilter.open(file, [keyOf(signer)]);
  ok(filter !== undefined);
  ok(many(20_000).every(({ family, address }) => filter.mayHold(family, address)));
  const wrong = many(40_000, 1_000_000).filter(({ family, address }) => filter.mayHold(family, address)).length;
  ok(wrong > 80 && wrong < 260, `${wrong} of 40,000; 156 are expected`);
  ok(file.length / 20_000 < 1.25, `${file.length / 20_000} bytes an address`);
  strictEqual(filter.mayHold('tron', evm(1).address) && filter.mayHold('bitcoin', evm(1).address) && filter.mayHold('solana', evm(1).address), false, 'an address is of its family');
  deepStrictEqual([filter.head.count, filter.head.lists], [20_000, OF.lists]);
});

test('a filter of any size holds what it was made of; an empty one holds nothing', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 400 }), async (count) => {
    const filter = AddressFilter.open(await encodeAddressFilter([...many(count), ...many(Math.min(count, 3))], OF, signer), [keyOf(signer)]);
    return filter !== undefined && filter.head.count === count && many(count).every(({ family, address }) => filter.mayHold(family, address)) && (count > 0 || !filter.mayHold('evm', evm(1).address));
  }), { numRuns: 40 });
});

test('a file that was changed, cut, signed by another key or of no form is refused', async () => {
  const file = await encodeAddressFilter(many(300), OF, signer);
  for (const at of [0, 3, 10, 60, 200, file.length - 1]) {
    const changed = Uint8Array.from(file);
    changed[at] = (changed[at] ?? 0) ^ 1;
    strictEqual(AddressFilter.open(changed, [keyOf(signer)]), undefined, `byte ${at}`);
  }
  for (const bad of [file.subarray(0, 2), file.subarray(0, file.length - 1), new Uint8Array(), new Uint8Array(5_000).fill(255)]) strictEqual(AddressFilter.open(bad, [keyOf(signer)]), undefined);
  strictEqual(AddressFilter.open(file, [keyOf(other)]), undefined);
  strictEqual(AddressFilter.open(file, []), undefined);
});
