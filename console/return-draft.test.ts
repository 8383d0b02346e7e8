import { deepStrictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { fieldState, prefilled, type ReturnField } from './return-draft.ts';

const field = (change: Partial<ReturnField>): ReturnField => ({
  section: 'customers', field: 'onboarded', label: { en: 'x', ur: 'x' }, figure: 'customers.onboarded', word: false, means: null, computed: 12, filed: null, differs: false, events: [], eventsTotal: 12, filter: null, ...change,
});

test('a field is the firm\'s word, not filed, agreed or different', () => {
  deepStrictEqual([field({ word: true, computed: null }), field({}), field({ filed: 12 }), field({ filed: 11, differs: true })].map(fieldState), ['word', 'unfiled', 'agrees', 'differs']);
});

test('the feed fills its numbers, and leaves what else was written', () => {
  const before = { customers: [{ onboarded: '9', refused: '2' }], entity: [{ name: 'Sandhill' }] };
  deepStrictEqual(prefilled(before, [field({}), field({ field: 'refused', word: true, computed: null }), field({ section: 'reports', field: 'ctr', computed: 0 })]), {
    customers: [{ onboarded: '12', refused: '2' }], entity: [{ name: 'Sandhill' }], reports: [{ ctr: '0' }],
  });
  deepStrictEqual(before.customers[0]?.onboarded, '9', 'nothing is written into what was given');
});
