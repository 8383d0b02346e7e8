import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { readEntries, withActor, SYSTEM } from '../../log/index.ts';
import { LAKH, min, type Told } from '../engine/testing/cases.ts';
import { openHouse } from './testing/house.ts';

const near = (id: string, at: number, over: Partial<Told> = {}): Told => ({ kind: 'fiat-in', id, at, paisa: 9 * LAKH, party: 'acc-1', ...over });

test('events become findings, counts and a position in one commit; a restart goes on where it was', async (t) => {
  const house = await openHouse();
  t.after(() => house.close());
  await house.admit(1, [near('a', 0), near('b', min(1))], min(2));
  const first = house.start();
  await house.untilDecided();
  first.worker.stop();
  await first.ended;
  await house.admit(2, [near('c', min(3))], min(3));
  const second = house.start();
  await house.untilDecided();
  deepStrictEqual(await house.findings(), ['structuring c provisional']);
  await house.admit(1, [near('z', min(30), { person: 2 })], min(30));
  await house.untilDecided();
  await house.admit(1, [near('y', min(31), { person: 3 })], min(31));
  await house.untilDecided();
  second.worker.stop();
  await second.ended;
  deepStrictEqual(await house.findings(), ['structuring c settled'], 'the watermark passed');
  strictEqual(await house.decided(), 5);
  const entries = await withActor(house.pool, SYSTEM, (tx) => readEntries(tx, { from: 0, kinds: ['findings-recorded'], limit: 10 }));
  strictEqual(entries.length, 1);
});
