/** "May I?": no where something stands against it, yes only where what was set was measured, never a breach of what is no law. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answerOf, type HeadroomAnswer, type Limit } from './headroom.ts';

const law = { status: 'prescribed' as const, clause: null };
const limit = (measure: string, limitValue: number | null, live: number | null, more: Partial<Limit> = {}): Limit => ({ limit: measure, title: { en: '', ur: '' }, measure, per: 'firm', window: null, unit: 'count', bound: 'ceiling', limitValue, isWorkingDefault: false, live, provenance: law, ...more });
const headroom = (limits: Limit[], open = true): HeadroomAnswer => ({
  asOf: 0, firm: { code: 'XX', name: { en: '', ur: '' }, invented: true }, stage: { id: 's', title: { en: '', ur: '' }, isLicence: false, isStopped: false }, limits, conditions: [],
  services: [{ id: 'exchange', title: { en: '', ur: '' }, open, provenance: law }, { id: 'lending', title: { en: '', ur: '' }, open: false, provenance: law }],
});
const states = (said: ReturnType<typeof answerOf>) => said.grounds.map((one) => `${one.name} ${one.state}`);

test('one customer more: inside up to the cap, against one past it, and a cap that is no law only reminds', () => {
  strictEqual(answerOf(headroom([limit('customers', 400, 399)]), { ask: 'customer' }).verdict, 'yes');
  strictEqual(answerOf(headroom([limit('customers', 400, 400)]), { ask: 'customer' }).verdict, 'no');
  strictEqual(answerOf(headroom([limit('customers', 400, 400, { provenance: { status: 'draft', clause: null } })]), { ask: 'customer' }).verdict, 'reminds');
});

test('a cap that nobody set stands against nothing; one that nobody measures leaves the answer open', () => {
  deepStrictEqual(states(answerOf(headroom([limit('customers', null, 7)]), { ask: 'customer' })), ['exchange inside', 'customers unset']);
  strictEqual(answerOf(headroom([limit('customers', null, 7)]), { ask: 'customer' }).verdict, 'yes');
  strictEqual(answerOf(headroom([limit('assets', 20, null)]), { ask: 'asset' }).verdict, 'unknown');
  strictEqual(answerOf(headroom([limit('assets', 20, null)]), { ask: 'asset', count: 19 }).verdict, 'yes');
  strictEqual(answerOf(headroom([limit('assets', 20, null)]), { ask: 'asset', count: 20 }).verdict, 'no');
});

test('where no service is open nothing may be done, whatever the figures', () => {
  for (const ask of ['customer', 'asset', 'payout'] as const) strictEqual(answerOf(headroom([limit('customers', 400, 1)], false), { ask, amount: 1, count: 1 }).verdict, 'no');
});

test('a service is open or it is not; one that the framework does not know is not', () => {
  strictEqual(answerOf(headroom([]), { ask: 'service', service: 'exchange' }).verdict, 'yes');
  strictEqual(answerOf(headroom([]), { ask: 'service', service: 'lending' }).verdict, 'no');
  strictEqual(answerOf(headroom([]), { ask: 'service', service: 'nothing' }).verdict, 'no');
});

test('a payment counts with what the customer got within the window', () => {
  const cap = limit('paid-out', 100_000, null, { per: 'customer', unit: 'money', window: '24 h' });
  deepStrictEqual([99_999, 100_000, 100_001].map((amount) => answerOf(headroom([cap]), { ask: 'payout', amount }).verdict), ['yes', 'yes', 'no']);
  strictEqual(answerOf(headroom([cap]), { ask: 'payout' }).verdict, 'unknown');
});

test('it never says yes past a limit of law, and never no because of a limit that is none', () => {
  fc.assert(fc.property(fc.nat(1_000), fc.nat(1_000), fc.constantFrom('prescribed', 'draft', 'assumption', 'unset'), (cap, live, status) => {
    const said = answerOf(headroom([limit('customers', status === 'unset' ? null : cap, live, { provenance: { status, clause: null } })]), { ask: 'customer' });
    strictEqual(said.verdict, status === 'unset' || live + 1 <= cap ? 'yes' : status === 'prescribed' ? 'no' : 'reminds');
  }));
});
