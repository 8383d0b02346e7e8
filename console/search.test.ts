import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { kept, parseSearch, searches, stringifySearch } from './search.ts';

test('a filter goes into the address as plain text and comes back the same', () => {
  const filter = { firm: 'SDX', kind: 'fiat-in,fiat-out', asset: 'eip155:1/erc20:0xdAC1', from: '2026-11-24', since: '1795512000000000' };
  const text = stringifySearch(filter);
  strictEqual(text, '?firm=SDX&kind=fiat-in,fiat-out&asset=eip155:1/erc20:0xdAC1&from=2026-11-24&since=1795512000000000');
  deepStrictEqual(kept(searches.events)(parseSearch(text)), filter);
});

test('a value that its schema refuses is dropped, and the rest is kept', () => {
  deepStrictEqual(kept(searches.events)({ firm: 'SDX', way: 'sideways', from: '24.11.2026', nonsense: 'x' }), { firm: 'SDX' });
  deepStrictEqual(kept(searches.alerts)({ id: 'AL-20418', sort: 'colour', severity: 'critical,high' }), { id: 'AL-20418', severity: 'critical,high' });
});

test('a number of an entry is read as a number', () => {
  deepStrictEqual(kept(searches.ledger)({ entry: '40' }), { entry: 40 });
});
