import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { formatInstant, instantOf } from '../../src/terms/index.ts';
import { auditCounts } from './counts.ts';
import { maySell, type AuditFacts, type TakenEvent } from './facts.ts';
import { compareFindings, expectedFindings } from './findings.ts';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
const NOW = 1_795_000_000_000_000;
const LAKH = 100_000;
const WALLET = '0x1111111111111111111111111111111111111111';
const LISTED = '0x2222222222222222222222222222222222222222';
const STABLE = 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7';

const COIN = 'monero:mainnet/slip44:128';

const facts: AuditFacts = {
  firms: ['one', 'two'].map((id, i) => ({ id, number: i + 1, steps: [{ to: 'e4-aml-registered', effectiveFrom: 0 }] })),
  assets: [{ id: 'iso4217:PKR', decimals: 2 }, { id: STABLE, decimals: 6 }, { id: COIN, decimals: 12, class: 'privacy' }],
  rates: [{ at: instantOf(0), rates: [{ asset: STABLE, paisaE8: '2820000000000' }, { asset: COIN, paisaE8: '2820000000000' }] }],
  listed: new Set([`evm:${LISTED}`]),
  parameters: {
    'record.threshold': 10 * LAKH * 100, 'near.share': 0.7, 'high.value': 20 * LAKH * 100, 'structuring.count': 3, 'structuring.quiet': DAY, 'burst.count': 3, 'burst.sum': 80 * LAKH * 100, 'burst.quiet': DAY,
    'dormant.silence': 90 * DAY, 'dormant.quiet': 30 * DAY, 'untraded.received': 5 * LAKH * 100, 'untraded.share': 0.9, 'untraded.trades': 0, 'untraded.quiet': DAY, 'private.received': 5 * LAKH * 100,
    'private.share': 0.8, 'private.quiet': DAY, 'drain.received': 5 * LAKH * 100, 'drain.share': 0.9, 'drain.age': 48 * HOUR, 'drain.quiet': 7 * DAY, 'funnel.share': 0.8, 'funnel.senders': 8, 'funnel.quiet': 7 * DAY,
    'pass.received': 5 * LAKH * 100, 'pass.share': 0.8, 'pass.most': 1.2, 'pass.quiet': DAY,
    'handed.received': 20_000 * 100, 'handed.share': 0.9, 'handed.most': 1.01, 'handed.quiet': DAY, 'fan.receivers': 6, 'fan.most': 40, 'fan.quiet': DAY, 'hops.count': 2, 'hops.trades': 4, 'hops.share': 0.85, 'hops.most': 1.01, 'hops.quiet': DAY,
    'through.received': 2 * LAKH * 100, 'through.share': 0.9, 'through.most': 1.01, 'through.quiet': DAY, 'barred.quiet': 30 * DAY,
    'first.age': DAY, 'first.quiet': 30 * DAY, 'swap.value': 200 * LAKH * 100, 'swap.quiet': 7 * DAY, 'coin.received': 5 * LAKH * 100, 'coin.share': 0.8, 'coin.quiet': DAY, 'coins.count': 10, 'coins.quiet': 7 * DAY,
    'hidden.count': 3, 'hidden.value': 5 * LAKH * 100, 'hidden.quiet': 7 * DAY, 'untold.count': 5, 'untold.quiet': 7 * DAY, 'cash.received': 5 * LAKH * 100, 'cash.share': 0.8, 'cash.quiet': 7 * DAY,
    'collected.received': 20 * LAKH * 100, 'collected.senders': 5, 'collected.quiet': 7 * DAY, 'spread.count': 3, 'spread.quiet': DAY,
  },
  personOf: (_firm, customer) => customer,
};

let seq = 0;
function event(kind: string, hours: number, rupees: number, more: object = {}, firm = 'one'): TakenEvent {
  seq += 1;
  const amount = kind.startsWith('fiat') ? { asset: 'iso4217:PKR', value: rupees.toFixed(2) } : { asset: STABLE, value: (rupees / 282).toFixed(6) };
  const channel = kind.startsWith('fiat') ? { channel: { method: 'raast', accountToken: `acc-${seq}` } } : {};
  return { firm, event: { v: 1, kind, id: `e${seq}`, seq, at: formatInstant(instantOf(NOW + hours * HOUR)), customer: 'p', amount, ...channel, ...more } };
}
const withdrawal = (hours: number, rupees: number, more: object = {}, firm = 'one'): TakenEvent => event('asset-withdrawal', hours, rupees, { chain: 'eip155:1', to: WALLET, counterparty: { kind: 'hosted' }, ...more }, firm);
const deposit = (hours: number, rupees: number): TakenEvent => event('asset-deposit', hours, rupees, { chain: 'eip155:1', from: WALLET });
const transfer = (hours: number, rupees: number, customer: string, toCustomer: string): TakenEvent => event('internal-transfer', hours, rupees, { customer, toCustomer });
const trade = (hours: number, rupees: number, more: object = {}): TakenEvent => event('trade', hours, rupees, { side: 'buy', quote: { asset: 'iso4217:PKR', value: '1' }, ...more });
const coin = (hours: number, rupees: number): TakenEvent => event('trade', hours, 0, { side: 'buy', amount: { asset: COIN, value: (rupees / 282).toFixed(12) }, quote: { asset: 'iso4217:PKR', value: '1' } });
const onboarded = (hours: number): TakenEvent => ({ firm: 'one', event: { v: 1, kind: 'customer-onboarded', id: `o${++seq}`, seq, at: formatInstant(instantOf(NOW + hours * HOUR)), customer: 'p' } });
const opening = (hours: number, knownHours: number): TakenEvent => ({ firm: 'one', event: { v: 1, kind: 'opening-load', id: `o${++seq}`, seq, at: formatInstant(instantOf(NOW + hours * HOUR)), customer: 'p', onboardedAt: formatInstant(instantOf(NOW + knownHours * HOUR)) } });
const rulesIn = (events: readonly TakenEvent[]): string[] => [...new Set(expectedFindings(events, facts).findings.map((one) => one.rule))].sort();

/** Each rule with a case that fires it, and the same case with one thing too few. */
const CASES: readonly (readonly [rule: string, fires: () => TakenEvent[], misses: () => TakenEvent[]])[] = [
  ['structuring', () => [0, 3, 9].map((h) => event('fiat-in', h, 9 * LAKH)), () => [0, 3, 25].map((h) => event('fiat-in', h, 9 * LAKH))],
  ['burst', () => [0, 3, 9].map((h) => event('fiat-in', h, 27 * LAKH)), () => [0, 3, 9].map((h) => event('fiat-in', h, 26 * LAKH))],
  ['dormant', () => [event('fiat-in', -91 * 24, LAKH), event('fiat-in', 0, 21 * LAKH)], () => [event('fiat-in', -89 * 24, LAKH), event('fiat-in', 0, 21 * LAKH)]],
  ['untraded', () => [event('fiat-in', 0, 6 * LAKH), event('fiat-out', 5, 5.5 * LAKH)], () => [event('fiat-in', 0, 6 * LAKH), trade(1, LAKH), event('fiat-out', 5, 5.5 * LAKH)]],
  ['private', () => [event('fiat-in', 0, 6 * LAKH), trade(0.2, LAKH), withdrawal(0.5, 5 * LAKH, { counterparty: { kind: 'unhosted' } })], () => [event('fiat-in', 0, 6 * LAKH), trade(0.2, LAKH), withdrawal(1.1, 5 * LAKH, { counterparty: { kind: 'unhosted' } })]],
  ['drain', () => [onboarded(-1), event('fiat-in', 0, 6 * LAKH), trade(1, LAKH), event('fiat-out', 30, 5.9 * LAKH)], () => [onboarded(-20), event('fiat-in', 0, 6 * LAKH), trade(1, LAKH), event('fiat-out', 30, 5.9 * LAKH)]],
  ['drain', () => [opening(-1, -2), event('fiat-in', 0, 6 * LAKH), trade(1, LAKH), event('fiat-out', 30, 5.9 * LAKH)], () => [opening(-1, -20 * 24), event('fiat-in', 0, 6 * LAKH), trade(1, LAKH), event('fiat-out', 30, 5.9 * LAKH)]],
  ['funnel', () => [...Array.from({ length: 8 }, (_, i) => event('fiat-in', i, LAKH / 2)), trade(9, 1_000), event('fiat-out', 10, 3.5 * LAKH)], () => [...Array.from({ length: 7 }, (_, i) => event('fiat-in', i, LAKH / 2)), trade(9, 1_000), event('fiat-out', 10, 3.5 * LAKH)]],
  ['pass-through', () => [event('fiat-in', 0, 6 * LAKH), trade(1, LAKH), event('fiat-out', 5, 5 * LAKH, {}, 'two')], () => [event('fiat-in', 0, 6 * LAKH), trade(1, LAKH), event('fiat-out', 5, 4 * LAKH, {}, 'two')]],
  ['handed-on', () => [transfer(0, LAKH, 'other', 'p'), transfer(5, 0.97 * LAKH, 'p', 'third')], () => [transfer(0, LAKH, 'other', 'p'), transfer(5, 1.1 * LAKH, 'p', 'third')]],
  ['fan-out', () => Array.from({ length: 6 }, (_, i) => event('fiat-out', i, 1_000)), () => Array.from({ length: 5 }, (_, i) => event('fiat-out', i, 1_000))],
  ['hops', () => [deposit(0, LAKH), trade(0.5, LAKH), trade(1, LAKH), withdrawal(2, 0.9 * LAKH), deposit(5, LAKH), trade(6, LAKH), trade(7, LAKH), withdrawal(8, 0.9 * LAKH)], () => [deposit(0, LAKH), trade(1, LAKH), withdrawal(2, 0.9 * LAKH), deposit(5, LAKH), trade(6, LAKH), trade(7, LAKH), withdrawal(8, 0.9 * LAKH)]],
  ['through', () => [event('fiat-in', 0, 3 * LAKH), trade(0.2, LAKH), withdrawal(0.5, 2.9 * LAKH)], () => [event('fiat-in', 0, 3 * LAKH), trade(0.2, LAKH), withdrawal(1, 2.9 * LAKH)]],
  ['first-high', () => [onboarded(-2), event('fiat-in', 0, 25 * LAKH)], () => [onboarded(-30), event('fiat-in', 0, 25 * LAKH)]],
  ['big-swap', () => [trade(0, 201 * LAKH)], () => [trade(0, 199 * LAKH)]],
  ['coin-swap', () => [deposit(0, 6 * LAKH), coin(0.5, 5 * LAKH)], () => [deposit(0, 6 * LAKH), coin(1.1, 5 * LAKH)]],
  ['coins', () => Array.from({ length: 10 }, (_, i) => coin(i, 1_000)), () => Array.from({ length: 9 }, (_, i) => coin(i, 1_000))],
  ['hidden', () => [0, 2, 9].map((h) => event('fiat-in', h, 6 * LAKH, { access: { anonymiser: 'tor' } })), () => [0, 2, 9].map((h) => event('fiat-in', h, 6 * LAKH, { access: { anonymiser: 'none' } }))],
  ['untold', () => [0, 24, 48, 72, 96].map((h) => withdrawal(h, 1_000)), () => [0, 24, 48, 72, 96].map((h) => withdrawal(h, 1_000, { travelRule: { status: h === 96 ? 'complete' : 'partial' } }))],
  ['cash-card', () => [event('fiat-in', 0, 6 * LAKH, { channel: { method: 'cash' } }), trade(1, LAKH), event('fiat-out', 30, 5 * LAKH, { channel: { method: 'card' } })], () => [event('fiat-in', 0, 6 * LAKH, { channel: { method: 'cash' } }), trade(1, LAKH), event('fiat-out', 30, 5 * LAKH)]],
  ['collected', () => ['a', 'b', 'c', 'd', 'e'].map((from, i) => transfer(i, 5 * LAKH, from, 'p')), () => ['a', 'b', 'c', 'd', 'd'].map((from, i) => transfer(i, 5 * LAKH, from, 'p'))],
  ['spread', () => ['1', '2', '3'].map((digit, i) => withdrawal(i * 0.4, 1_000, { to: `0x${digit.repeat(40)}`.replace(LISTED, WALLET.replace('0x1', '0x9')) })), () => ['1', '4', '5'].map((digit, i) => withdrawal(i * 0.5, 1_000, { to: `0x${digit.repeat(40)}` }))],
  ['sanctioned-wallet', () => [withdrawal(0, 1_000, { to: LISTED.toUpperCase().replace('0X', '0x') })], () => [withdrawal(0, 1_000)]],
  ['service-barred', () => [trade(0, 1_000, { service: 'lending' })], () => [trade(0, 1_000, { service: 'derivatives' })]],
];

for (const [rule, fires, misses] of CASES) {
  test(`${rule}: fires on its case and not on the near miss`, () => {
    deepStrictEqual(rulesIn(fires()), [rule]);
    deepStrictEqual(rulesIn(misses()), []);
    deepStrictEqual(rulesIn([...fires()].reverse()), [rule], 'whatever the order of arrival');
  });
}

test('what was cancelled is no act, and a correction stands in the place of what it corrects', () => {
  const three = [0, 3, 9].map((h) => event('fiat-in', h, 9 * LAKH));
  const third = three[2];
  const target = third?.event;
  ok(typeof target === 'object' && target !== null && 'id' in target);
  const cancel: TakenEvent = { firm: 'one', event: { v: 1, kind: 'cancel', id: 'x', seq: ++seq, at: formatInstant(instantOf(NOW)), customer: 'p', target: target.id } };
  deepStrictEqual(rulesIn([...three, cancel]), []);
  const correct: TakenEvent = { firm: 'one', event: { v: 1, kind: 'correct', id: 'y', seq: ++seq, at: formatInstant(instantOf(NOW)), target: target.id, replacement: { ...target, amount: { asset: 'iso4217:PKR', value: '100.00' } } } };
  deepStrictEqual(rulesIn([...three, correct]), []);
});

test('a rule is quiet after a finding until its period is over or its first measure doubles', () => {
  const many = Array.from({ length: 6 }, (_, h) => event('fiat-in', h, 7.5 * LAKH));
  const found = expectedFindings(many, facts).findings.filter((one) => one.rule === 'structuring');
  strictEqual(found.length, 2, 'at three, and again at six');
});

test('a firm may sell what its stage allows on the day', () => {
  const steps = [{ to: 'e3-noc-granted', effectiveFrom: 10 }, { to: 'e4-aml-registered', effectiveFrom: 20 }, { to: 'l2-licensed', effectiveFrom: 30, services: ['lending'] }, { to: 'q-suspended', effectiveFrom: 40 }];
  deepStrictEqual([5, 15, 25, 35, 45].map((at) => [maySell(steps, 'exchange', at), maySell(steps, 'lending', at)]), [[false, false], [false, false], [true, false], [false, true], [false, false]]);
});

test('findings that are missing and findings without ground are both named', () => {
  const one = { rule: 'burst', firm: 'one', event: 'e', person: 'p' };
  deepStrictEqual(compareFindings([one], [{ ...one, event: 'f' }]), { missing: ['burst one/e p'], unfounded: ['burst one/f p'] });
});

test('counts that do not balance are named: lost, doubled, undecided, unasked', () => {
  const receipt = { firm: 'one', lines: 3, accepted: 2, held: 0, rejected: 1, duplicate: 0 };
  const taken = new Set(['one/a', 'one/b']);
  const good = [{ firm: 'one', id: 'a', batches: 1, decided: true }, { firm: 'one', id: 'b', batches: 1, decided: true }];
  deepStrictEqual(auditCounts([receipt], taken, good), []);
  strictEqual(auditCounts([receipt], taken, good.slice(1)).length, 1);
  strictEqual(auditCounts([receipt], taken, [...good, { firm: 'one', id: 'c', batches: 1, decided: true }]).length, 1);
  strictEqual(auditCounts([receipt], taken, good.map((one) => ({ ...one, batches: 2 }))).length, 2);
  strictEqual(auditCounts([receipt], taken, good.map((one) => ({ ...one, decided: false }))).length, 2);
  strictEqual(auditCounts([{ ...receipt, rejected: 0 }], taken, good).length, 1);
});
