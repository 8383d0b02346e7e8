import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { contentHash } from './content-hash.ts';

const event = { v: 1, id: 'E-1', seq: 7, amount: { asset: 'iso4217:PKR', value: '12.50' }, identity: 'sealed', list: [{ a: 'x', b: 2 }, 'y', true] };

test('the order of keys, spacing and the seal of an identity make no difference', () => {
  const turned = { list: [{ b: 2, a: 'x' }, 'y', true], identity: 'sealed anew', amount: { value: '12.50', asset: 'iso4217:PKR' }, seq: 7, id: 'E-1', v: 1 };
  assert.equal(contentHash(turned), contentHash(event));
  assert.equal(contentHash(JSON.parse(JSON.stringify(event, undefined, 2))), contentHash(event));
});

test('any change of what is said changes the hash', () => {
  const { v, ...without } = event;
  for (const other of [
    { ...event, v: 2 }, { ...event, seq: 8 }, { ...event, id: 'E-2' }, { ...event, amount: { ...event.amount, value: '12.5' } }, { ...event, list: ['y', { a: 'x', b: 2 }, true] }, { ...event, list: [...event.list, false] },
    { ...event, id: event.amount.value, amount: { ...event.amount, value: 'E-1' } }, without, { ...event, w: v }, { ...event, seq: 7 + 2 ** 40 },
  ]) assert.notEqual(contentHash(other), contentHash(event), JSON.stringify(other));
});

test('short texts, of which there are most, do not collide more than chance allows', () => {
  const seen = new Map<number, number>();
  for (let seq = 0; seq < 60_000; seq++) seen.set(contentHash({ id: `E-${seq}`, seq }), seq);
  assert.ok(seen.size >= 60_000 - 4, `${60_000 - seen.size} collisions of 60,000, where 0.4 are expected`);
  fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => a === b || contentHash({ a, b }) !== contentHash({ a: b, b: a })));
});
