import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { eventCheck, eventSchema } from './index.ts';
import { checkOf } from './quick-check.ts';

const HEAD = { v: 1, id: 'E-1', stream: 'main', seq: 1, at: '2026-11-24T09:20:00.123456Z' };
const PKR = { asset: 'iso4217:PKR', value: '250000.50' };
const USDT = { asset: 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7', value: '12.5' };
const PROFILE = { type: 'person', ageBand: '25-34', province: 'sindh', incomeClass: 'low', riskClass: 'medium', pep: false, residence: 'PK' };
const ACCESS = { ipToken: 'ip1', deviceToken: 'd1', country: 'PK', network: 'AS17557', anonymiser: 'vpn' };
const MOVE = { ...HEAD, customer: 'C-1', amount: USDT, pkr: '3514.99', access: ACCESS };
const CHANNEL = { method: 'raast', bank: 'HABBPKKA', accountToken: 't1', country: 'PK' };
const CHAIN = { ...MOVE, chain: 'eip155:1', txHash: `0x${'ab'.repeat(32)}`, counterparty: { kind: 'hosted', firm: 'f', country: 'AE' }, travelRule: { status: 'complete', protocol: 'p', message: 'm', sha256: 'c'.repeat(64) }, memo: 'x' };
const JWE = 'e'.repeat(40);

const GOOD: readonly Readonly<Record<string, unknown>>[] = [
  { ...HEAD, kind: 'customer-onboarded', customer: 'C-1', identity: JWE, profile: PROFILE, access: ACCESS },
  { ...HEAD, kind: 'customer-changed', customer: 'C-1', identity: JWE, profile: PROFILE, status: 'active' },
  { ...MOVE, kind: 'fiat-in', amount: PKR, channel: CHANNEL }, { ...MOVE, kind: 'fiat-out', amount: PKR, channel: CHANNEL },
  { ...CHAIN, kind: 'asset-deposit', from: '0xabc' }, { ...CHAIN, kind: 'asset-withdrawal', to: '0xabc' },
  { ...MOVE, kind: 'trade', side: 'buy', quote: PKR, fee: PKR, order: 'O', counterpartyCustomer: 'C-2' },
  { ...HEAD, kind: 'order', customer: 'C-1', order: 'O', side: 'sell', amount: USDT, price: '1', state: 'placed' },
  { ...MOVE, kind: 'internal-transfer', toCustomer: 'C-2' }, { ...MOVE, kind: 'p2p-trade', side: 'sell', quote: PKR, counterpartyCustomer: 'C-2', channel: CHANNEL },
  { ...HEAD, kind: 'sign-in', customer: 'C-1', access: ACCESS, outcome: 'failure' }, { ...HEAD, kind: 'device', customer: 'C-1', access: {}, change: 'added' },
  { ...HEAD, kind: 'closing-statement', day: '2026-11-24', lastSeq: 0, counts: [{ kind: 'trade', asset: USDT.asset, count: 3, sum: '12.5' }, { kind: 'sign-in', count: 0 }], customers: 2, balances: [PKR, USDT] },
  { ...HEAD, kind: 'opening-load', customer: 'C-1', day: '2026-11-24', identity: JWE, profile: PROFILE, onboardedAt: HEAD.at, balances: [PKR] },
  { ...HEAD, kind: 'cancel', customer: 'C-1', otherCustomer: 'C-2', target: 'E-0', reason: 'error' },
  { ...HEAD, kind: 'correct', target: 'E-0', replacement: { ...MOVE, id: 'E-0', kind: 'internal-transfer', toCustomer: 'C-2' } },
];

const isEvent = eventCheck();

test('every kind in good form is taken, as the schema takes it', () => {
  assert.deepEqual(GOOD.map((event) => event['kind']), [...new Set(GOOD.map((event) => event['kind']))]);
  assert.equal(GOOD.length, eventSchema.options.length);
  for (const event of GOOD) {
    assert.ok(isEvent(event), String(event['kind']));
    assert.deepEqual(eventSchema.parse(event), event);
  }
});

/** What a mutation may put in a place. */
const ODD: readonly unknown[] = [
  null, true, false, 0, 1, -1, 1.5, 2 ** 53, 1e308, '', 'x', 'main', 'PK', 'p', '2e5', '00', '-1', '1.', '9'.repeat(61), 'a'.repeat(65), 'a b', '\u202eabc', 'é', 'é'.repeat(64), '2026-11-24', [], [1], {}, { v: 1 },
  PKR, USDT, PROFILE, ACCESS, 'fiat-in', 'trade', 'order', 'constructor', '__proto__', HEAD.at, JWE, 'a\n',
];
const NAMES: readonly string[] = ['v', 'kind', 'name', 'identity', '__proto__', 'constructor', 'toString', 'memo', 'stream', 'customer', 'sum', ''];

/** Changes one place of a value: replaces, removes or adds. The path is taken modulo what is there. */
function bend(value: unknown, path: readonly number[], odd: unknown, name: string, act: number): unknown {
  if (typeof value !== 'object' || value === null) return odd;
  const keys = Object.keys(value);
  const [step = 0, ...rest] = path;
  const key = keys[step % Math.max(keys.length, 1)];
  const copy: Record<string, unknown> = Object.fromEntries(Object.entries(value));
  if (path.length === 0 || key === undefined) Object.defineProperty(copy, name, { value: odd, enumerable: true, configurable: true, writable: true });
  else if (rest.length === 0 && act === 0) delete copy[key];
  else copy[key] = rest.length === 0 ? odd : bend(copy[key], rest, odd, name, act);
  return Array.isArray(value) ? Object.values(copy) : copy;
}

test('what the quick check takes, the schema takes as it stands; what it does not take needs a default or is refused', () => {
  let taken = 0;
  const bent = fc.tuple(fc.constantFrom(...GOOD), fc.array(fc.nat(30), { maxLength: 4 }), fc.constantFrom(...ODD), fc.constantFrom(...NAMES), fc.nat(2));
  fc.assert(fc.property(bent, ([event, path, odd, name, act]) => {
    const value: unknown = JSON.parse(JSON.stringify(bend(event, path, odd, name, act)));
    const parsed = eventSchema.safeParse(value);
    if (isEvent(value)) {
      taken += 1;
      assert.ok(parsed.success);
      assert.deepEqual(parsed.data, value);
    } else if (parsed.success) {
      assert.notDeepEqual(parsed.data, value, 'only a value that the schema completes is left to it');
    }
  }), { numRuns: 4_000 });
  assert.ok(taken > 100, `the property is tried on good values too, not on ${taken}`);
});

test('a keyword that it does not know stops it when it is made', () => {
  for (const schema of [z.number(), z.string(), z.array(z.boolean()), z.strictObject({ a: z.email().max(5) }), z.strictObject({ a: z.boolean() }).meta({ minProperties: 1 }), z.union([z.strictObject({}), z.boolean()])]) {
    assert.throws(() => checkOf(z.toJSONSchema(schema), 'kind'));
  }
  assert.throws(() => checkOf(z.toJSONSchema(z.object({ a: z.boolean() }), { io: 'input' }), 'kind'), 'an object that is not strict');
});
